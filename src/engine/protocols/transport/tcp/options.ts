// TCP options in the tree. One function an option; the table at the end maps kinds to them. What the sequence analysis needs of the options is read
// by scan-options.ts, without a tree.
import type { Decoder } from '../../../dissect/define'
import type { FieldSpec } from '../../../dissect/field'
import type { FieldIds } from '../../../dissect/registry'
import { EXPERIMENTS, OPTION_KINDS } from '../../../values/tcp-options'
import { multipath } from './mptcp-options'
import type { optionFields } from './option-fields'
import { riverbedProbe, riverbedTransparency } from './riverbed-options'
import { isBelow, isWithin } from './scan-options'

export type OptionIds = FieldIds<typeof optionFields>

/** What options need to know of their segment. */
export interface OptionContext {
  readonly syn: boolean
  readonly ack: boolean
  /** Where relative numbers of the other direction count from. */
  readonly reverseBase: number
  /** Acknowledgment number of the header, raw. */
  readonly acknowledgment: number
}

/** One option at `at` of `length` bytes (kind and length included); the node of the option is open and `node` names it. */
type OptionReader = (d: Decoder, f: OptionIds, at: number, length: number, node: number, context: OptionContext) => void

/** Names of the fields that stand for a whole option. */
type WholeOption = {
  [K in keyof typeof optionFields]: (typeof optionFields)[K] extends FieldSpec<'bytes'> ? K : never
}[keyof typeof optionFields]

interface OptionRow {
  /** Words in the "Options:" row. */
  readonly name: string
  readonly field: WholeOption
  /** Whole length it must have; a range as [least, most]. */
  readonly length?: number | readonly [number, number]
  readonly read?: OptionReader
}

/** Records the options of start..end, as far as they were captured; the cursor does not matter and is not moved. */
export function dissectOptions(d: Decoder, f: OptionIds, start: number, end: number, context: OptionContext): void {
  const captured = Math.min(end, d.readable)
  d.range(f['tcp.options'], start, captured)
  const all = d.last,
    outer = d.enter(all)
  const names: string[] = []
  let nops = 0,
    inRow = 0,
    sawMss = false
  for (let at = start; at < captured;) {
    const kind = d.peek8(at)
    if (kind === 0 || kind === 1) {
      if (kind === 1) {
        nops++
        inRow = at > start && d.peek8(at - 1) === 1 ? inRow + 1 : 1
      }
      names.push(kind === 1 ? 'No-Operation (NOP)' : 'End of Option List (EOL)')
      d.range(f[kind === 1 ? 'tcp.options.nop' : 'tcp.options.eol'], at, at + 1)
      if (d.labels) d.label(kind === 1 ? 'TCP Option - No-Operation (NOP)' : 'TCP Option - End of Option List (EOL)')
      const node = d.last,
        inner = d.enter()
      d.add(f['tcp.option_kind'], at, at + 1, kind)
      d.leave(inner)
      // tshark 4.0.17 says so of the fourth that follows others, or that ends the header
      if (kind === 1 && nops >= 4 && (inRow === 4 || (nops === 4 && at + 1 === end))) d.expert(f['tcp.nop'], at, at + 1, '', node)
      if (kind === 0 && remains(d, at + 1, end)) d.expert(f['tcp.non_zero_bytes_after_eol'], at + 1, end, '', node)
      at++
      // the list is over; zeros that fill the header are shown one by one
      if (kind === 0 && d.peek8(at) !== 0) break
      continue
    }
    const row = rowOf(kind)
    if (at + 1 >= end) {
      d.expert(f['tcp.option.len.invalid'], at, at + 1, `${row.name} (length byte past end of options)`, all)
      break
    }
    if (at + 1 >= captured) break
    const length = d.peek8(at + 1)
    if (length < 2) {
      d.expert(
        f['tcp.option.len.invalid'],
        at,
        at + 2,
        `${row.name} (with too-short option length = ${length} byte${length === 1 ? '' : 's'})`,
        all,
      )
      break
    }
    if (at + length > end) {
      d.expert(
        f['tcp.option.len.invalid'],
        at,
        end,
        `${row.name} (option length = ${length} byte${length === 1 ? '' : 's'} says option goes past end of options)`,
        all,
      )
      break
    }
    names.push(row.name)
    if (kind === 2) sawMss = true
    oneOption(d, f, at, length, row, context)
    at += length
  }
  if (context.syn && !sawMss && captured === end) d.expert(f['tcp.options.mss.absent'], start, end, '', all)
  d.leave(outer)
  if (d.labels) d.tree.labels[all] = `Options: (${end - start} bytes)${names.map((name) => `, ${name}`).join('')}`
}

function oneOption(d: Decoder, f: OptionIds, at: number, length: number, row: OptionRow, context: OptionContext): void {
  d.range(f[row.field], at, Math.min(at + length, d.readable))
  if (d.labels) d.label(`TCP Option - ${row.name}`)
  const node = d.last,
    outer = d.enter()
  d.add(f['tcp.option_kind'], at, at + 1, d.peek8(at))
  d.add(f['tcp.option_len'], at + 1, at + 2, length)
  const lengthNode = d.last,
    [least, most] = typeof row.length === 'number' ? [row.length, row.length] : (row.length ?? [2, 255])
  if (length < least || length > most) {
    d.expert(
      f['tcp.option.len.invalid'],
      at,
      at + length,
      typeof row.length === 'number' ? `option length should be ${row.length}` : `option length should be >= than ${least}`,
      lengthNode,
    )
  } else if (at + length > d.readable) cutOption(d, f, at)
  else row.read?.(d, f, at, length, node, context)
  d.leave(outer)
}

/** What is there of an option that the end of the capture cuts. */
function cutOption(d: Decoder, f: OptionIds, at: number): void {
  const kind = d.peek8(at),
    there = d.readable - at
  if (kind === 8 && there >= 6) d.add(f['tcp.options.timestamp.tsval'], at + 2, at + 6, d.peek32(at + 2))
  if (kind !== 29) return
  d.appendInfo('TCP AO')
  if (there >= 3) d.add(f['tcp.options.ao.keyid'], at + 2, at + 3, d.peek8(at + 2))
  if (there >= 4) d.add(f['tcp.options.ao.rnextkeyid'], at + 3, at + 4, d.peek8(at + 3))
}

function remains(d: Decoder, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (d.peek8(i) !== 0) return true
  return false
}

function name(d: Decoder, node: number, text: string): void {
  if (d.labels) d.appendLabel(text, node)
}

const maximumSegmentSize: OptionReader = (d, f, at, _length, node, context) => {
  const size = d.add(f['tcp.options.mss_val'], at + 2, at + 4, d.peek16(at + 2))
  name(d, node, `: ${size} bytes`)
  d.appendInfo(` MSS=${size}`)
  if (!context.syn) d.expert(f['tcp.options.mss.present'], at, at + 4, '', node)
}

const windowScale: OptionReader = (d, f, at, _length, node) => {
  const shift = d.add(f['tcp.options.wscale.shift'], at + 2, at + 3, d.peek8(at + 2))
  if (shift > 14) d.expert(f['tcp.options.wscale.shift.invalid'], at + 2, at + 3, '', d.last)
  const factor = shift > 14 ? 1 << 14 : 1 << shift
  d.generated(f['tcp.options.wscale.multiplier'], factor, at + 2, at + 3)
  name(d, node, `: ${shift} (multiply by ${factor})`)
  d.appendInfo(` WS=${factor}`)
}

const sackPermitted: OptionReader = (d) => {
  d.appendInfo(' SACK_PERM')
}

/** RFC 2018; RFC 2883 for the duplicate range, which comes first and lies below the acknowledgment or within the second range. */
const sack: OptionReader = (d, f, at, length, node, context) => {
  let count = 0
  const base = context.reverseBase
  for (let edge = at + 2; edge < at + length; edge += 8, count++) {
    if (edge + 8 > at + length) {
      d.expert(f['tcp.suboption_malformed'], edge, at + length, '', node)
      break
    }
    const left = (d.peek32(edge) - base) >>> 0,
      right = (d.peek32(edge + 4) - base) >>> 0
    d.add(f['tcp.options.sack_le'], edge, edge + 4, left)
    if (d.labels) d.label(`left edge = ${left} (relative)`)
    d.add(f['tcp.options.sack_re'], edge + 4, edge + 8, right)
    if (d.labels) d.label(`right edge = ${right} (relative)`)
    name(d, node, ` ${left}-${right}`)
    d.appendInfo(` SLE=${left} SRE=${right}`)
    if (edge === at + 2 && context.ack && duplicateRange(d, edge, at + length, context.acknowledgment)) {
      d.generated(f['tcp.options.sack.dsack_le'], left, edge, edge + 4)
      d.generated(f['tcp.options.sack.dsack_re'], right, edge + 4, edge + 8)
      d.expert(f['tcp.options.sack.dsack'], edge, edge + 8, '', node)
    }
  }
  d.generated(f['tcp.options.sack.count'], count, at + 2, at + 2)
}

function duplicateRange(d: Decoder, edge: number, end: number, acknowledgment: number): boolean {
  const left = d.peek32(edge),
    right = d.peek32(edge + 4)
  if (isBelow(acknowledgment, left, right)) return true
  return edge + 16 <= end && isWithin(left, right, d.peek32(edge + 8), d.peek32(edge + 12))
}

const echo: OptionReader = (d, f, at, _length, node) => {
  const value = d.add(f['tcp.options.echo_value'], at + 2, at + 6, d.peek32(at + 2))
  name(d, node, `: ${value}`)
  d.appendInfo(` ECHO=${value}`)
}

const timestamps: OptionReader = (d, f, at, _length, node) => {
  const value = d.add(f['tcp.options.timestamp.tsval'], at + 2, at + 6, d.peek32(at + 2))
  const reply = d.add(f['tcp.options.timestamp.tsecr'], at + 6, at + 10, d.peek32(at + 6))
  name(d, node, `: TSval ${value}, TSecr ${reply}`)
  d.appendInfo(` TSval=${value} TSecr=${reply}`)
}

const connectionCount: OptionReader = (d, f, at, _length, node) => {
  const value = d.add(f['tcp.options.cc_value'], at + 2, at + 6, d.peek32(at + 2))
  name(d, node, `: ${value}`)
  d.appendInfo(` CC=${value}`)
}

const md5: OptionReader = (d, f, at) => {
  d.appendInfo(' MD5')
  d.range(f['tcp.options.md5.digest'], at + 2, at + 18)
}

const authentication: OptionReader = (d, f, at, length, node) => {
  d.appendInfo('TCP AO')
  name(d, node, '')
  d.add(f['tcp.options.ao.keyid'], at + 2, at + 3, d.peek8(at + 2))
  d.add(f['tcp.options.ao.rnextkeyid'], at + 3, at + 4, d.peek8(at + 3))
  if (length > 4) d.range(f['tcp.options.ao.mac'], at + 4, at + length)
}

/** CCSDS 714.0-B, 3.2.3; extended capabilities follow the four basic bytes. */
const scps: OptionReader = (d, f, at, length, node) => {
  const vector = d.add(f['tcp.options.scps.vector'], at + 2, at + 3, d.peek8(at + 2))
  const outer = d.enter()
  for (const flag of ['bets', 'snack1', 'snack2', 'compress', 'nlts'] as const)
    d.bits(f[`tcp.options.scpsflags.${flag}`], at + 2, at + 3, vector)
  d.bits(f['tcp.options.scpsflags.reserved'], at + 2, at + 3, vector)
  d.leave(outer)
  if (length === 4) {
    d.add(f['tcp.options.scps.binding'], at + 3, at + 4, d.peek8(at + 3))
    name(d, node, `: Connection ID ${d.peek8(at + 3)}`)
    return
  }
  for (let edge = at + 4; edge + 1 < at + length;) {
    const size = d.peek8(edge + 1) >> 4 || 16
    d.add(f['tcp.options.scps.binding.id'], edge, edge + 1, d.peek8(edge))
    d.add(f['tcp.options.scps.binding.len'], edge + 1, edge + 2, size)
    const stop = Math.min(at + length, edge + Math.max(2, size))
    if (stop > edge + 2) d.range(f['tcp.options.scps.binding.data'], edge + 2, stop)
    edge = stop
  }
}

const snack: OptionReader = (d, f, at, _length, node) => {
  const offset = d.add(f['tcp.options.snack.offset'], at + 2, at + 4, d.peek16(at + 2))
  const size = d.add(f['tcp.options.snack.size'], at + 4, at + 6, d.peek16(at + 4))
  name(d, node, `: ${offset}, ${size}`)
}

const quickStart: OptionReader = (d, f, at) => {
  d.bits(f['tcp.options.qs.rate'], at + 2, at + 3, d.peek8(at + 2))
  d.add(f['tcp.options.qs.ttl_diff'], at + 3, at + 4, d.peek8(at + 3))
}

const userTimeout: OptionReader = (d, f, at, _length, node) => {
  const value = d.peek16(at + 2)
  d.bits(f['tcp.options.user_to_granularity'], at + 2, at + 4, value)
  const timeout = d.bits(f['tcp.options.user_to_val'], at + 2, at + 4, value)
  name(d, node, `: ${timeout} ${value & 0x8000 ? 'minutes' : 'seconds'}`)
  d.appendInfo(` USER_TO=${timeout}`)
}

function fastOpenCookie(d: Decoder, f: OptionIds, at: number, end: number): void {
  if (end > at) {
    d.range(f['tcp.options.tfo.cookie'], at, end)
    d.appendInfo(' TFO=C')
    return
  }
  d.range(f['tcp.options.tfo.request'], at, at)
  d.appendInfo(' TFO=R')
}

const fastOpen: OptionReader = (d, f, at, length) => fastOpenCookie(d, f, at + 2, at + length)

function accurateEcn(d: Decoder, f: OptionIds, at: number, end: number, node: number, order: 0 | 1): void {
  const fields = order === 0 ? (['ee0b', 'eceb', 'ee1b'] as const) : (['ee1b', 'eceb', 'ee0b'] as const)
  const texts: string[] = []
  for (let i = 0; i < 3 && at + 3 * i + 3 <= end; i++) {
    const field = fields[i]
    if (!field) break
    const value = d.add(f[`tcp.options.acc_ecn.${field}`], at + 3 * i, at + 3 * i + 3, d.peek24(at + 3 * i))
    texts.push(`${field.toUpperCase()} ${value}`)
  }
  if (texts.length) name(d, node, `: ${texts.join(', ')}`)
}

const experimental: OptionReader = (d, f, at, length, node) => {
  if (length < 4) {
    if (length > 2) d.range(f['tcp.options.experimental.data'], at + 2, at + length)
    return
  }
  const id = d.add(f['tcp.options.experimental.exid'], at + 2, at + 4, d.peek16(at + 2)),
    end = at + length
  name(d, node, `: ${EXPERIMENTS[id] ?? 'Unknown'}`)
  if (id === 0xf989) fastOpenCookie(d, f, at + 4, end)
  else if (id === 0xacc0) {
    name(d, node, ': Accurate ECN (Order 0)')
    accurateEcn(d, f, at + 4, end, node, 0)
  } else if (id === 0xacc1) {
    name(d, node, ': Accurate ECN (Order 1)')
    accurateEcn(d, f, at + 4, end, node, 1)
  } else if (id === 0xac && end > at + 4) {
    d.bits(f['tcp.options.tarr.rate'], at + 4, at + 5, d.peek8(at + 4))
    d.bits(f['tcp.options.tar.reserved'], at + 4, at + 5, d.peek8(at + 4))
  } else if (end > at + 4) d.range(f['tcp.options.experimental.data'], at + 4, end)
}

const unknown: OptionReader = (d, f, at, length, node) => {
  const kind = d.peek8(at)
  name(d, node, `: ${OPTION_KINDS[kind] ?? 'Unknown'} (${kind})`)
  if (length > 2) d.range(f['tcp.options.unknown.payload'], at + 2, at + length)
}

const ROWS = new Map<number, OptionRow>([
  [2, { name: 'Maximum segment size', field: 'tcp.options.mss', length: 4, read: maximumSegmentSize }],
  [3, { name: 'Window scale', field: 'tcp.options.wscale', length: 3, read: windowScale }],
  [4, { name: 'SACK permitted', field: 'tcp.options.sack_perm', length: 2, read: sackPermitted }],
  [5, { name: 'SACK', field: 'tcp.options.sack', read: sack }],
  [6, { name: 'Echo', field: 'tcp.options.echo', length: 6, read: echo }],
  [7, { name: 'Echo reply', field: 'tcp.options.echoreply', length: 6, read: echo }],
  [8, { name: 'Timestamps', field: 'tcp.options.timestamp', length: 10, read: timestamps }],
  [11, { name: 'CC', field: 'tcp.options.cc', length: 6, read: connectionCount }],
  [12, { name: 'CC.NEW', field: 'tcp.options.ccnew', length: 6, read: connectionCount }],
  [13, { name: 'CC.ECHO', field: 'tcp.options.ccecho', length: 6, read: connectionCount }],
  [19, { name: 'TCP MD5 signature', field: 'tcp.options.md5', length: 18, read: md5 }],
  [20, { name: 'SCPS capabilities', field: 'tcp.options.scps', length: [4, 255], read: scps }],
  [21, { name: 'Selective Negative Acknowledgment', field: 'tcp.options.snack', length: 6, read: snack }],
  [22, { name: 'SCPS record boundary', field: 'tcp.options.scpsrec', length: 2 }],
  [23, { name: 'SCPS corruption experienced', field: 'tcp.options.scpscor', length: 2 }],
  [27, { name: 'Quick-Start', field: 'tcp.options.qs', length: 8, read: quickStart }],
  [28, { name: 'User Timeout', field: 'tcp.options.user_to', length: 4, read: userTimeout }],
  [29, { name: 'TCP AO', field: 'tcp.options.ao', length: [4, 255], read: authentication }],
  [30, { name: 'MPTCP', field: 'mptcp', read: multipath }],
  [34, { name: 'TCP Fast Open', field: 'tcp.options.tfo', read: fastOpen }],
  [76, { name: 'Riverbed Probe', field: 'tcp.options.rvbd.probe', length: [3, 255], read: riverbedProbe }],
  [78, { name: 'Riverbed Transparency', field: 'tcp.options.rvbd.trpy', length: 16, read: riverbedTransparency }],
  [
    172,
    {
      name: 'Accurate ECN (Order 0)',
      field: 'tcp.options.acc_ecn',
      read: (d, f, at, length, node) => accurateEcn(d, f, at + 2, at + length, node, 0),
    },
  ],
  [
    174,
    {
      name: 'Accurate ECN (Order 1)',
      field: 'tcp.options.acc_ecn',
      read: (d, f, at, length, node) => accurateEcn(d, f, at + 2, at + length, node, 1),
    },
  ],
  [253, { name: 'Experimental', field: 'tcp.options.experimental', read: experimental }],
  [254, { name: 'Experimental', field: 'tcp.options.experimental', read: experimental }],
])
const UNKNOWN: OptionRow = { name: 'Unknown', field: 'tcp.options.unknown', read: unknown }

function rowOf(kind: number): OptionRow {
  return ROWS.get(kind) ?? UNKNOWN
}
