// Telnet (RFC 854): data, commands, and options with their subnegotiations (telnet-options.ts). STARTTLS hands over to TLS once both sides follow.
// Not covered: TN3270 and TN5250 data streams, VMware's options, what encryption hides.
import { defineProgress, defineProtocol, progressOf } from '../../../dissect/define'
import { startTls } from '../../../dissect/start-tls'
import type { Decoder } from '../../../dissect/define'
import { TELNET_COMMANDS, TELNET_OPTIONS } from '../../../values/telnet'
import { TELNET_FIELDS } from './telnet-fields'
import type { TelnetFields } from './telnet-fields'
import { START_TLS, SUBOPTIONS } from './telnet-options'

const IAC = 0xff,
  SB = 250

/** Bits 1 << direction: that side says that TLS follows. */
const FOLLOWS = defineProgress('telnet', 0)

export const telnet = defineProtocol({
  name: 'telnet',
  title: 'Telnet',
  short: 'TELNET',
  accepts: { 'tcp.port': [23] },
  fields: TELNET_FIELDS,
  decode(d, f) {
    const progress = progressOf(d, FOLLOWS)
    d.setProtocol('TELNET')
    if (d.summary) d.setInfo('Telnet Data ...')
    while (d.at < d.end) {
      const command = nextCommand(d)
      if (command > d.at) text(d, f, command)
      if (d.at >= d.end) break
      const option = readCommand(d, f)
      if (option === START_TLS) progress.now |= 1 << d.packet.direction
    }
    if (d.first) {
      progress.keep(d.packet.number)
      if (progress.now === 3) startTls(d, 'telnet')
    }
  },
})

/** Position of the next IAC that is not doubled, or the end; an IAC as the last byte is malformed. */
function nextCommand(d: Decoder): number {
  const end = d.readable
  for (let at = d.at; ;) {
    const found = d.indexOf(IAC, at, end)
    if (found < 0) {
      if (d.readable < d.end && d.at === d.readable) d.require(1)
      return end
    }
    d.require(1, found + 1)
    if (d.peek8(found + 1) !== IAC) return found
    at = found + 2
  }
}

/** Data, a row a line. CR alone is no line's end here: it is followed by NUL or LF (RFC 854). */
function text(d: Decoder, f: TelnetFields, end: number): void {
  while (d.at < end) {
    const start = d.at
    let next = end
    for (let at = start; at < end; at++) {
      const byte = d.peek8(at)
      if (byte === 10 || (byte === 0 && at > start && d.peek8(at - 1) === 13)) {
        next = at + 1
        break
      }
    }
    d.span(f['telnet.data'], next - start)
    d.ascii()
    stray(d, f, start, next)
  }
}

/** Something but NULs behind the NUL that ends a text. */
function stray(d: Decoder, f: TelnetFields, start: number, end: number): void {
  const zero = d.indexOf(0, start, end)
  if (zero < 0) return
  for (let at = zero + 1; at < end; at++) {
    if (d.peek8(at) === 0) continue
    const outer = d.enter()
    d.expert(f['_ws.string.trailing_stray_characters'], start, end)
    d.leave(outer)
    return
  }
}

/** Reads from IAC on. Returns the option of a subnegotiation, else -1. */
function readCommand(d: Decoder, f: TelnetFields): number {
  const start = d.at,
    command = d.peek8(start + 1),
    hasOption = command >= SB && command <= 254,
    option = d.peek8(start + 2)
  if (hasOption && !d.has(3, start)) {
    d.note(start, start + 2, 'Command header')
    const outer = d.enter()
    d.skip(1)
    d.u8(f['telnet.cmd'])
    d.leave(outer)
    d.require(1)
  }
  const words = TELNET_COMMANDS[command]
  d.note(start, start + 2, hasOption ? `${words ?? ''} ${TELNET_OPTIONS[option] ?? '<unknown option>'}` : (words ?? '<unknown option>'))
  const outer = d.enter()
  d.skip(1)
  d.u8(f['telnet.cmd'])
  if (hasOption) {
    d.u8(f['telnet.subcmd'])
    if (d.labels) d.label(`Subcommand: ${TELNET_OPTIONS[option] ?? '<unknown option>'}`)
    if (command === SB) suboption(d, f, option)
  }
  d.leave(outer, d.at)
  return command === SB ? option : -1
}

/** Parameters of an option, up to the next IAC that is not doubled. */
function suboption(d: Decoder, f: TelnetFields, option: number): void {
  const start = d.at,
    end = d.readable
  let stop = end
  for (let at = start; ;) {
    const found = d.indexOf(IAC, at, end)
    if (found < 0) break
    // Wireshark takes a doubled IAC for the end where it lies further from the segment's start than bytes follow the option; so do we
    if (found - d.layerStart + 1 >= end - start || d.peek8(found + 1) !== IAC) {
      stop = found
      break
    }
    at = found + 2
  }
  if (stop === start) return
  const outer = d.enter(),
    reader = SUBOPTIONS[option],
    outerEnd = d.end
  d.end = stop
  if (reader) reader(d, f, stop, option)
  else d.span(f['telnet.option_data'], stop - start)
  d.leave(outer)
  d.end = outerEnd
  d.at = stop
}
