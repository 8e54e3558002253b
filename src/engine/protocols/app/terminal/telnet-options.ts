// Subnegotiations of Telnet options (RFC 855): what stands between the option's number and IAC SE. From d.at to `end` lie the parameters.
import type { Decoder } from '../../../dissect/define'
import { TELNET_OPTIONS } from '../../../values/telnet'
import type { TelnetFields } from './telnet-fields'

type Reader = (d: Decoder, f: TelnetFields, end: number, option: number) => void

const SEND = 1,
  IS = 0

/** Says whether an option's value is told or asked for. */
function whose(d: Decoder, f: TelnetFields, words: string): void {
  d.u8(f['telnet.subcmd'])
  if (d.labels) d.label(words)
}

/** Terminal type (RFC 1091) and X display location (RFC 1096): a text, or the wish to have it. */
function textOption(d: Decoder, f: TelnetFields, end: number, option: number): void {
  const what = TELNET_OPTIONS[option] ?? '',
    command = d.peek8()
  if (command === IS) {
    whose(d, f, `Here's my ${what}`)
    if (d.at < end) {
      d.span(f['telnet.string_subopt.value'], end - d.at)
      d.ascii()
    }
  } else if (command === SEND) {
    whose(d, f, `Send your ${what}`)
    if (d.at < end) d.note(d.at, end, 'Extra data')
  } else d.expert(f['telnet.invalid_subcommand'], d.at, d.at + 1, `Invalid ${what} subcommand ${command}`)
}

/** Tab stops (RFC 653): one byte each. */
function tabStops(d: Decoder, f: TelnetFields, end: number, option: number): void {
  const what = TELNET_OPTIONS[option] ?? '',
    mine = d.peek8() === IS
  whose(d, f, mine ? `Here's my ${what}` : `Send your ${what}`)
  while (d.at < end) {
    const stop = d.u8(f['telnet.tabstop'])
    if (d.labels) d.label(`Sender wants receiver to handle tab stop at ${stop}`)
  }
}

/** Window size (RFC 1073). */
function windowSize(d: Decoder, f: TelnetFields, end: number): void {
  const length = end - d.at
  if (length !== 4) {
    d.expert(f['telnet.suboption_length.invalid'], d.at, end, `Suboption parameter length is ${length}, should be 4`)
    return
  }
  d.u16(f['telnet.naws_subopt.width'])
  d.u16(f['telnet.naws_subopt.height'])
}

/** Flow control (RFC 1372). */
function flowControl(d: Decoder, f: TelnetFields): void {
  d.u8(f['telnet.rfc_subopt.cmd'])
}

/** Output marking (RFC 933): banners, with a command before each. */
function outputMarking(d: Decoder, f: TelnetFields, end: number): void {
  while (d.at < end) {
    d.u8(f['telnet.outmark_subopt.cmd'])
    const group = d.indexOf(0x1d, d.at, end),
      stop = group < 0 ? end : group
    d.span(f['telnet.outmark_subopt.banner'], stop - d.at)
    d.ascii()
  }
}

/** Authentication type and its modifiers (RFC 2941). */
function authenticationType(d: Decoder, f: TelnetFields): void {
  d.u8(f['telnet.auth.type'])
  const { at } = d,
    modifiers = d.peek8()
  d.skip(1)
  d.bits(f['telnet.auth.mod.enc'], at, at + 1, modifiers)
  d.bits(f['telnet.auth.mod.cred_fwd'], at, at + 1, modifiers)
  d.bits(f['telnet.auth.mod.how'], at, at + 1, modifiers)
  d.bits(f['telnet.auth.mod.who'], at, at + 1, modifiers)
}

/** Authentication (RFC 2941). */
function authentication(d: Decoder, f: TelnetFields, end: number): void {
  const command = d.u8(f['telnet.auth.cmd'])
  if (command === 3) {
    d.span(f['telnet.auth.name'], end - d.at)
    d.ascii()
  } else if (command === 1) while (d.at < end) authenticationType(d, f)
  else if ((command === 0 || command === 2) && d.at < end) {
    authenticationType(d, f)
    // the type's own command; where there is none, Wireshark shows the IAC behind it
    d.add(f['telnet.auth.krb5.cmd'], d.at, d.at + 1, d.peek8())
  }
}

/** Encryption (RFC 2946). */
function encryption(d: Decoder, f: TelnetFields, end: number): void {
  const command = d.u8(f['telnet.enc.cmd'])
  if (command === 0 || command === 2) {
    d.u8(f['telnet.enc.type'])
    if (d.at < end) d.span(f['telnet.enc.type_data'], end - d.at)
  } else if (command === 1) while (d.at < end) d.u8(f['telnet.enc.type'])
  else if (command === 3 || command === 5) d.note(d.at, end, command === 3 ? 'Key ID' : 'Key ID (advisory)')
  else if (command === 7 || command === 8) {
    if (d.at < end) d.span(f['telnet.enc.key_id'], end - d.at)
  } else if (command !== 4 && command !== 6) d.expert(f['telnet.enc.cmd.unknown'], d.at, end)
}

const LINE_STATES = [
  'Data Ready',
  'Overrun Error',
  'Parity Error',
  'Framing Error',
  'Break Detected',
  'Transfer Holding Register Empty',
  'Transfer Shift Register Empty',
  'Timeout Error',
]
const MODEM_STATES = ['DCTS', 'DDSR', 'TERI', 'DDCD', 'CTS', 'DSR', 'RI', 'DCD']
const CONTROLS = [
  'Output Flow Control Request',
  'Output Flow: None',
  'Output Flow: XON/XOFF',
  'Output Flow: CTS/RTS',
  'Break Request',
  'Break: ON',
  'Break: OFF',
  'DTR Request',
  'DTR: ON',
  'DTR: OFF',
  'RTS Request',
  'RTS: ON',
  'RTS: OFF',
  'Input Flow Control Request',
  'Input Flow: None',
  'Input Flow: XON/XOFF',
  'Input Flow: CTS/RTS',
  'Output Flow: DCD',
  'Input Flow: DTR',
  'Output Flow: DSR',
]

/** Serial port over Telnet (RFC 2217): commands from 100 on come from the server. */
function serialPort(d: Decoder, f: TelnetFields, end: number): void {
  const code = d.peek8(),
    isServer = code >= 100,
    who = isServer ? 'Server' : 'Client',
    command = isServer ? code - 100 : code,
    start = d.at
  d.skip(1)
  const length = end - d.at,
    states = (names: readonly string[]) => names.filter((_, bit) => d.peek8() & (1 << bit)).join(', ') || 'None'
  if (command === 0) {
    if (length === 0) {
      d.note(start, end, `${who} Requests Signature`)
      return
    }
    d.span(f['telnet.comport_subopt.signature'], length)
    d.ascii()
    if (d.labels) d.label(`${who} Signature: ${d.latin1(d.at - length, d.at)}`)
  } else if (command === 1) {
    if (length < 4) {
      d.expert(f['telnet.invalid_baud_rate'], start, end, `${who} <Invalid Baud Rate Packet>`)
      return
    }
    const rate = d.u32(f['telnet.comport_subopt.baud_rate'])
    if (d.labels) d.label(`Baud Rate: ${who}${rate === 0 ? ' Requests Baud Rate' : ` Baud Rate: ${rate}`}`)
  } else if (command >= 2 && command <= 5 && length > 0) {
    const fields = [
        f['telnet.comport_subopt.data_size'],
        f['telnet.comport_subopt.parity'],
        f['telnet.comport_subopt.stop'],
        f['telnet.comport_subopt.control'],
      ] as const,
      value = d.u8(fields[command - 2] ?? f['telnet.comport_subopt.control'])
    if (command === 5 && d.labels) d.label(`Control: ${who} ${CONTROLS[value] ?? `Unknown (${value})`}`)
  } else if (command === 6 || command === 10) {
    d.note(start, end, `${who} ${command === 6 ? 'Linestate' : 'Set Linestate Mask'}: ${states(LINE_STATES)}`)
  } else if (command === 7 || command === 11) {
    d.note(start, end, `${who} ${command === 7 ? 'Modemstate' : 'Set Modemstate Mask'}: ${states(MODEM_STATES)}`)
  } else if (command === 8 || command === 9) d.note(start, end, `${who} Flow Control ${command === 8 ? 'Suspend' : 'Resume'}`)
  else if (command === 12 && length > 0) d.u8(f['telnet.comport_subopt.purge'])
  else {
    d.expert(f['telnet.invalid_subcommand'], start, start + 1, `Invalid ${TELNET_OPTIONS[44] ?? ''} subcommand ${code}`)
    if (length > 0) d.span(f['telnet.subcommand_data'], length)
  }
}

/** 3270 regime (RFC 1041). */
function regime(d: Decoder, f: TelnetFields, end: number): void {
  d.note(d.at, d.at + 1, d.peek8() === IS ? 'IS' : 'ARE')
  d.skip(1)
  if (d.at < end) {
    d.span(f['telnet.string_subopt.value'], end - d.at)
    d.ascii()
  }
}

export const START_TLS = 46
function startTls(d: Decoder, f: TelnetFields): void {
  d.u8(f['telnet.starttls'])
}

/** Readers by option; other options are shown as bytes. */
export const SUBOPTIONS: Readonly<Record<number, Reader>> = {
  11: tabStops,
  24: textOption,
  27: outputMarking,
  29: regime,
  31: windowSize,
  33: flowControl,
  35: textOption,
  37: authentication,
  38: encryption,
  44: serialPort,
  [START_TLS]: startTls,
}
