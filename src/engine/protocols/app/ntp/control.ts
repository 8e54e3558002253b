// NTP control messages, mode 6 (RFC 9327): status words, lists of associations, and variables as text.
import type { Decoder } from '../../../dissect/define'
import {
  NTP_CLOCK_SOURCES,
  NTP_CLOCK_STATUS,
  NTP_CONTROL_ERRORS,
  NTP_CONTROL_OPERATIONS,
  NTP_LEAP,
  NTP_PEER_EVENTS,
  NTP_PEER_SELECTION,
  NTP_SYSTEM_EVENTS,
} from '../../../values/ntp'
import type { NtpFields } from './fields'

const READ_STATUS = 1,
  READ_VARIABLES = 2,
  WRITE_VARIABLES = 3,
  READ_CLOCK = 4,
  WRITE_CLOCK = 5,
  ASYNCHRONOUS = 7,
  CONFIGURE = 8,
  MRU = 10,
  ORDERED_LIST = 11,
  NONCE = 12
const MAX_VARIABLES = 1000

/** Reads what follows the flags. */
export function controlMessage(d: Decoder, f: NtpFields): void {
  const at = d.at,
    flags = d.u8(f['ntp.ctrl.flags2']),
    isResponse = (flags & 0x80) !== 0,
    operation = flags & 0x1f
  if (d.labels)
    d.appendLabel(`, Response bit: ${isResponse ? 'Response' : 'Request'}, Opcode: ${NTP_CONTROL_OPERATIONS[operation] ?? 'Unknown'}`)
  const outer = d.enter()
  d.bits(f['ntp.ctrl.flags2.r'], at, at + 1, flags)
  d.bits(f['ntp.ctrl.flags2.error'], at, at + 1, flags)
  d.bits(f['ntp.ctrl.flags2.more'], at, at + 1, flags)
  d.bits(f['ntp.ctrl.flags2.opcode'], at, at + 1, flags)
  d.leave(outer)
  d.u16(f['ntp.ctrl.sequence'])
  const association = d.peek16(d.at + 2)
  if (isResponse && flags & 0x40) errorStatus(d, f)
  else if (isResponse && (operation === READ_CLOCK || operation === WRITE_CLOCK)) clockStatus(d, f)
  else if (isResponse && operation <= ASYNCHRONOUS && operation !== 6) {
    if (association === 0 || operation === ASYNCHRONOUS) systemStatus(d, f)
    else peerStatus(d, f)
  } else d.u16(f['ntp.ctrl.status'])
  d.u16(f['ntp.ctrl.associd'])
  d.u16(f['ntp.ctrl.offset'])
  const count = d.u16(f['ntp.ctrl.count'])
  const data = d.at
  if (count > 0) dataOf(d, f, operation, isResponse, association, count)
  d.at = data + count + (count % 4 ? 4 - (count % 4) : 0)
  if (!isResponse && d.left >= 20) authenticator(d, f)
}

function dataOf(d: Decoder, f: NtpFields, operation: number, isResponse: boolean, association: number, count: number): void {
  const { at } = d,
    end = at + count
  d.range(f['ntp.ctrl.data'], at, Math.min(end, d.readable))
  const outer = d.enter()
  switch (operation) {
    case READ_STATUS:
      if (isResponse && association === 0) associations(d, f, end)
      else if (isResponse) variables(d, f, end)
      break
    case READ_VARIABLES:
    case WRITE_VARIABLES:
    case READ_CLOCK:
    case WRITE_CLOCK:
      variables(d, f, end)
      break
    case ASYNCHRONOUS:
      d.span(f['ntp.ctrl.trapmsg'], count)
      break
    case CONFIGURE:
      d.span(f['ntp.ctrl.configuration'], count)
      break
    case MRU:
      d.span(f['ntp.ctrl.mru'], count)
      break
    case ORDERED_LIST:
      d.span(f['ntp.ctrl.ordlist'], count)
      break
    case NONCE:
      d.span(f['ntp.ctrl.nonce'], count)
      break
    default:
  }
  d.leave(outer)
}

/** Pairs of an association and its peer's status. */
function associations(d: Decoder, f: NtpFields, end: number): void {
  while (d.at < end) {
    d.require(4)
    d.range(f['ntp.ctrl.item'], d.at, d.at + 4)
    const outer = d.enter()
    d.u16(f['ntp.ctrl.associd'])
    peerStatus(d, f)
    d.leave(outer)
  }
}

/** name=value, name="value, with commas", ...: one row each. */
function variables(d: Decoder, f: NtpFields, end: number): void {
  d.require(end - d.at)
  for (let at = d.at, rows = 0; at < end && rows < MAX_VARIABLES; rows++) {
    while (at < end && (d.peek8(at) <= 32 || d.peek8(at) === 44)) at++
    const start = at
    for (let quoted = false; at < end && (quoted || d.peek8(at) !== 44); at++) if (d.peek8(at) === 34) quoted = !quoted
    let stop = at
    while (stop > start && d.peek8(stop - 1) <= 32) stop--
    if (stop === start) continue
    d.range(f['ntp.ctrl.item'], start, stop)
    if (d.labels) d.label(d.latin1(start, stop))
  }
}

function status(d: Decoder, f: NtpFields): number {
  return d.u16(f['ntp.ctrl.status'])
}
function errorStatus(d: Decoder, f: NtpFields): void {
  const at = d.at,
    word = status(d, f)
  if (d.labels) d.appendLabel(`, Error Status Word: ${NTP_CONTROL_ERRORS[word >> 8] ?? 'Unknown'}`)
  const outer = d.enter()
  d.bits(f['ntp.ctrl.err_status'], at, at + 2, word)
  d.leave(outer)
}
function systemStatus(d: Decoder, f: NtpFields): void {
  const at = d.at,
    word = status(d, f)
  if (d.labels) {
    const source = NTP_CLOCK_SOURCES[(word >> 8) & 0x3f] ?? 'Unknown'
    d.appendLabel(
      `, Leap Indicator: ${NTP_LEAP[word >> 14] ?? ''}, Clock Source: ${source}, System Event Code: ${NTP_SYSTEM_EVENTS[word & 15] ?? ''}`,
    )
  }
  const outer = d.enter()
  d.bits(f['ntp.ctrl.sys_status.li'], at, at + 2, word)
  d.bits(f['ntp.ctrl.sys_status.clksrc'], at, at + 2, word)
  d.bits(f['ntp.ctrl.sys_status.count'], at, at + 2, word)
  d.bits(f['ntp.ctrl.sys_status.code'], at, at + 2, word)
  d.leave(outer)
}
function peerStatus(d: Decoder, f: NtpFields): void {
  const at = d.at,
    word = status(d, f)
  if (d.labels) {
    const event = NTP_PEER_EVENTS[word & 15] ?? 'Unknown'
    d.appendLabel(`, Peer Selection: ${NTP_PEER_SELECTION[(word >> 8) & 7] ?? ''}, Peer Event Code: ${event}`)
  }
  const outer = d.enter()
  d.bits(f['ntp.ctrl.peer_status.config'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.authenable'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.authentic'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.reach'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.bcast'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.selection'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.count'], at, at + 2, word)
  d.bits(f['ntp.ctrl.peer_status.code'], at, at + 2, word)
  d.leave(outer)
}
function clockStatus(d: Decoder, f: NtpFields): void {
  const at = d.at,
    word = status(d, f)
  if (d.labels) d.appendLabel(`, Clock Status: ${NTP_CLOCK_STATUS[word >> 8] ?? 'Unknown'}`)
  const outer = d.enter()
  d.bits(f['ntp.ctrl.clock_status.status'], at, at + 2, word)
  d.bits(f['ntp.ctrl.clock_status.code'], at, at + 2, word)
  d.leave(outer)
}

/** Key and digest of a request: MD5's 16 bytes or SHA-1's 20. */
function authenticator(d: Decoder, f: NtpFields): void {
  const start = d.at,
    isSha = d.left >= 24
  d.note(start, d.end, 'Authenticator')
  const outer = d.enter()
  d.generated(f['ntp.key_type'], isSha ? 1 : 0)
  d.u32(f['ntp.key_index'])
  d.span(f['ntp.key_signature'], isSha ? 20 : 16)
  d.leave(outer)
}
