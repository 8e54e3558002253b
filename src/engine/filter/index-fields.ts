// Fields whose values the packet index holds: each can be put into a tree from the columns, without reading the packet. Only for rows whose status
// has no REPEATED, where columns and dissection agree (test/property/index-plan.test.ts holds them together).
import type { Field } from '../dissect/field'
import { fieldByName, protocolByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'
import { PROTOCOL, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'
import { ANALYSIS, ANALYSIS_MASK } from '../protocols/transport/tcp/analysis-flags'

/** Adds a field's nodes for a row to a tree, or none when the packet does not have it. */
export type ColumnLoader = (trace: Trace, row: number, tree: TreeBuffer) => void

type Read = (trace: Trace, row: number) => number

const present = (bit: number) => (trace: Trace, row: number) => (trace.columns.protocols.get(row) & bit) !== 0
const isTcp = present(PROTOCOL.TCP),
  isUdp = present(PROTOCOL.UDP)

function number(id: number, when: (trace: Trace, row: number) => boolean, ...reads: readonly Read[]): ColumnLoader {
  return (trace, row, tree) => {
    if (!when(trace, row)) return
    for (const read of reads) tree.add(id, 0, 0, -1, read(trace, row), 0, 0)
  }
}

function address(id: number, bit: number, ...reads: readonly Read[]): ColumnLoader {
  const has = present(bit)
  return (trace, row, tree) => {
    if (!has(trace, row)) return
    for (const read of reads) tree.setObject(tree.add(id, 0, 0, -1, 0, 0, 0), trace.columns.addresses.bytes(read(trace, row)))
  }
}

const always = () => true
const source: Read = (trace, row) => trace.columns.sourceAddress.get(row),
  destination: Read = (trace, row) => trace.columns.destinationAddress.get(row)
const sourcePort: Read = (trace, row) => trace.columns.sourcePort.get(row),
  destinationPort: Read = (trace, row) => trace.columns.destinationPort.get(row)
const stream: Read = (trace, row) => trace.columns.stream.get(row) - 1
const flags: Read = (trace, row) => trace.columns.tcp.flags.get(row)

/** A loader for each name; undefined for fields of the flags and of the analysis, which are found by their own tables. */
const LOADERS: Readonly<Record<string, (id: number) => ColumnLoader>> = {
  'frame.number': (id) => number(id, always, (_trace, row) => row + 1),
  'frame.len': (id) => number(id, always, (trace, row) => trace.records.originalLength.get(row)),
  'frame.cap_len': (id) => number(id, always, (trace, row) => trace.records.capturedLength.get(row)),
  'frame.marked': (id) => number(id, always, (trace, row) => (trace.session.marks.marked(row + 1) ? 1 : 0)),
  'frame.ignored': (id) => number(id, always, (trace, row) => (trace.session.marks.ignored(row + 1) ? 1 : 0)),
  'frame.time': time((trace, row) => ({ seconds: trace.records.seconds.get(row), nanoseconds: trace.records.nanoseconds.get(row) })),
  'frame.time_epoch': time((trace, row) => ({ seconds: trace.records.seconds.get(row), nanoseconds: trace.records.nanoseconds.get(row) })),
  'frame.time_relative': time((trace, row) => since(trace, row, trace.session.marks.reference(row + 1) - 1)),
  'frame.time_delta': time((trace, row) => since(trace, row, Math.max(0, row - 1))),
  'ip.src': (id) => address(id, PROTOCOL.IPV4, source),
  'ip.dst': (id) => address(id, PROTOCOL.IPV4, destination),
  'ip.addr': (id) => address(id, PROTOCOL.IPV4, source, destination),
  'ipv6.src': (id) => address(id, PROTOCOL.IPV6, source),
  'ipv6.dst': (id) => address(id, PROTOCOL.IPV6, destination),
  'ipv6.addr': (id) => address(id, PROTOCOL.IPV6, source, destination),
  'tcp.srcport': (id) => number(id, isTcp, sourcePort),
  'tcp.dstport': (id) => number(id, isTcp, destinationPort),
  'tcp.port': (id) => number(id, isTcp, sourcePort, destinationPort),
  'tcp.stream': (id) => number(id, isTcp, stream),
  'tcp.len': (id) => number(id, isTcp, (trace, row) => trace.columns.tcp.length.get(row)),
  'tcp.seq_raw': (id) => number(id, isTcp, (trace, row) => trace.columns.tcp.sequence.get(row)),
  'tcp.ack_raw': (id) => number(id, isTcp, (trace, row) => trace.columns.tcp.acknowledgment.get(row)),
  'tcp.window_size_value': (id) => number(id, isTcp, (trace, row) => trace.columns.tcp.window.get(row)),
  'tcp.flags': (id) => number(id, isTcp, flags),
  'udp.srcport': (id) => number(id, isUdp, sourcePort),
  'udp.dstport': (id) => number(id, isUdp, destinationPort),
  'udp.port': (id) => number(id, isUdp, sourcePort, destinationPort),
  'udp.stream': (id) => number(id, isUdp, stream),
}

interface Moment {
  readonly seconds: number
  readonly nanoseconds: number
}

function time(read: (trace: Trace, row: number) => Moment): (id: number) => ColumnLoader {
  return (id) => (trace, row, tree) => {
    if ((trace.records.status.get(row) & STATUS.NO_TIME) !== 0) return
    const { seconds, nanoseconds } = read(trace, row)
    tree.setObject(tree.add(id, 0, 0, -1, seconds + nanoseconds / 1e9, 0, 0), { seconds, nanoseconds })
  }
}

/** Time between two rows; both parts have the same sign, as in the tree. */
function since(trace: Trace, row: number, from: number): Moment {
  if (row === from) return { seconds: 0, nanoseconds: 0 }
  const { records } = trace
  let seconds = records.seconds.get(row) - records.seconds.get(from),
    nanoseconds = records.nanoseconds.get(row) - records.nanoseconds.get(from)
  if (nanoseconds < 0 && seconds > 0) {
    seconds--
    nanoseconds += 1e9
  }
  if (nanoseconds > 0 && seconds < 0) {
    seconds++
    nanoseconds -= 1e9
  }
  return { seconds, nanoseconds }
}

/** Single flags of the TCP header. */
const FLAG_NAMES: ReadonlySet<string> = new Set(
  ['res', 'ae', 'cwr', 'ece', 'urg', 'ack', 'push', 'reset', 'syn', 'fin'].map((name) => `tcp.flags.${name}`),
)

/** Results of the sequence analysis by their bit; what several bits or further state decide is left to the dissection. */
const ANALYSIS_BITS: ReadonlyMap<string, number> = new Map([
  ['tcp.analysis.flags', ANALYSIS_MASK],
  ['tcp.analysis.fast_retransmission', ANALYSIS.FAST_RETRANSMISSION],
  ['tcp.analysis.spurious_retransmission', ANALYSIS.SPURIOUS_RETRANSMISSION],
  ['tcp.analysis.out_of_order', ANALYSIS.OUT_OF_ORDER],
  ['tcp.analysis.lost_segment', ANALYSIS.LOST_SEGMENT],
  ['tcp.analysis.ack_lost_segment', ANALYSIS.ACK_LOST_SEGMENT],
  ['tcp.analysis.keep_alive', ANALYSIS.KEEP_ALIVE],
  ['tcp.analysis.keep_alive_ack', ANALYSIS.KEEP_ALIVE_ACK],
  ['tcp.analysis.duplicate_ack', ANALYSIS.DUPLICATE_ACK],
  ['tcp.analysis.window_update', ANALYSIS.WINDOW_UPDATE],
  ['tcp.analysis.window_full', ANALYSIS.WINDOW_FULL],
  ['tcp.analysis.zero_window', ANALYSIS.ZERO_WINDOW],
  ['tcp.analysis.zero_window_probe', ANALYSIS.ZERO_WINDOW_PROBE],
  ['tcp.analysis.zero_window_probe_ack', ANALYSIS.ZERO_WINDOW_PROBE_ACK],
  ['tcp.analysis.reused_ports', ANALYSIS.REUSED_PORTS],
])

/** Protocols whose bit says that they occur, not only that they may. */
const PROTOCOL_BITS: ReadonlyMap<string, number> = new Map([
  ['frame', 0],
  ['eth', PROTOCOL.ETHERNET],
  ['vlan', PROTOCOL.VLAN],
  ['ip', PROTOCOL.IPV4],
  ['ipv6', PROTOCOL.IPV6],
  ['tcp', PROTOCOL.TCP],
  ['udp', PROTOCOL.UDP],
])

/** The loader of a field, or undefined when the index does not hold it. A protocol's node has no bytes: it can only be asked whether it is there. */
export function columnLoader(field: Field): ColumnLoader | undefined {
  const { id, name } = field
  const loader = Object.hasOwn(LOADERS, name) ? LOADERS[name]?.(id) : undefined
  if (loader !== undefined) return loader
  if (FLAG_NAMES.has(name)) {
    const mask = Number(field.mask ?? 0)
    return number(id, isTcp, (trace, row) => ((trace.columns.tcp.flags.get(row) & mask) === 0 ? 0 : 1))
  }
  const analysis = ANALYSIS_BITS.get(name)
  if (analysis !== undefined)
    return number(
      id,
      (trace, row) => isTcp(trace, row) && (trace.columns.tcp.analysis.get(row) & analysis) !== 0,
      () => 1,
    )
  const bit = PROTOCOL_BITS.get(name)
  return bit === undefined ? undefined : number(id, bit === 0 ? always : present(bit), () => 0)
}

/** True for a field of which only presence can be asked. */
export function isPresenceOnly(field: Field): boolean {
  return protocolByName(field.name) !== undefined || field.type === 'none' || field.type === 'expert'
}

/** The field of a name, where the index holds it. */
export function indexedField(name: string): Field | undefined {
  const field = fieldByName(name)
  return field !== undefined && columnLoader(field) !== undefined ? field : undefined
}
