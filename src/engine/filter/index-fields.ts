// Fields whose values the packet index holds: each can be put into a tree from the columns, without reading the packet. Only for rows whose status
// has no REPEATED, where columns and dissection agree (test/property/index-plan.test.ts holds them together).
import type { Field } from '../dissect/field'
import { fieldByName, protocolByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'
import { PROTOCOL, STATUS } from '../index/columns'
import type { Column } from '../index/columns'
import type { Trace } from '../index/trace'
import { ANALYSIS, ANALYSIS_MASK } from '../protocols/transport/tcp/analysis-flags'

/** Adds a field's nodes for a row to a tree, or none when the packet does not have it. */
export type ColumnLoader = (trace: Trace, row: number, tree: TreeBuffer) => void

type Read = (trace: Trace, row: number) => number

/** A field whose values the columns hold as they are: one value a column, where the packet has the protocol. */
export interface StoredField {
  /** PROTOCOL bit of the packets that have the field; 0: all have it. */
  readonly bit: number
  readonly columns: readonly ((trace: Trace) => Column<Uint32Array | Uint16Array>)[]
  /** Value of what a column holds; undefined where that is the number of an address. */
  readonly value: ((held: number) => number) | undefined
  /** What of the packet's stream it is; undefined where it is the packet's own. */
  readonly ofStream?: StreamPart
}

/** What all packets of a stream have in common, but for their direction. */
export type StreamPart = 'address' | 'port' | 'number'

const present = (bit: number) => (trace: Trace, row: number) => (trace.columns.protocols.get(row) & bit) !== 0
const isTcp = present(PROTOCOL.TCP)

function number(id: number, when: (trace: Trace, row: number) => boolean, read: Read): ColumnLoader {
  return (trace, row, tree) => {
    if (when(trace, row)) tree.add(id, 0, 0, -1, read(trace, row), 0, 0)
  }
}

/** Adds a stored field's node for what a column holds. */
export function addStored(id: number, { value }: StoredField, trace: Trace, held: number, tree: TreeBuffer): void {
  const node = tree.add(id, 0, 0, -1, value === undefined ? 0 : value(held), 0, 0)
  if (value === undefined) tree.setObject(node, trace.columns.addresses.bytes(held))
}

function stored(id: number, field: StoredField): ColumnLoader {
  const { bit, columns } = field
  return (trace, row, tree) => {
    if (bit !== 0 && (trace.columns.protocols.get(row) & bit) === 0) return
    for (const column of columns) addStored(id, field, trace, column(trace).get(row), tree)
  }
}

const always = () => true
const same = (held: number) => held
const source = (trace: Trace) => trace.columns.sourceAddress,
  destination = (trace: Trace) => trace.columns.destinationAddress,
  sourcePort = (trace: Trace) => trace.columns.sourcePort,
  destinationPort = (trace: Trace) => trace.columns.destinationPort,
  flags = (trace: Trace) => trace.columns.tcp.flags

const address = (bit: number, ...columns: StoredField['columns']): StoredField => ({ bit, columns, value: undefined, ofStream: 'address' })
const plain = (bit: number, ...columns: StoredField['columns']): StoredField => ({ bit, columns, value: same })
const port = (bit: number, ...columns: StoredField['columns']): StoredField => ({ bit, columns, value: same, ofStream: 'port' })
const streamOf = (bit: number): StoredField => ({
  bit,
  columns: [(trace) => trace.columns.stream],
  value: (held) => held - 1,
  ofStream: 'number',
})

const STORED: Readonly<Record<string, StoredField>> = {
  'frame.len': plain(0, (trace) => trace.records.originalLength),
  'ip.src': address(PROTOCOL.IPV4, source),
  'ip.dst': address(PROTOCOL.IPV4, destination),
  'ip.addr': address(PROTOCOL.IPV4, source, destination),
  'ipv6.src': address(PROTOCOL.IPV6, source),
  'ipv6.dst': address(PROTOCOL.IPV6, destination),
  'ipv6.addr': address(PROTOCOL.IPV6, source, destination),
  'tcp.srcport': port(PROTOCOL.TCP, sourcePort),
  'tcp.dstport': port(PROTOCOL.TCP, destinationPort),
  'tcp.port': port(PROTOCOL.TCP, sourcePort, destinationPort),
  'tcp.stream': streamOf(PROTOCOL.TCP),
  'tcp.len': plain(PROTOCOL.TCP, (trace) => trace.columns.tcp.length),
  'tcp.seq_raw': plain(PROTOCOL.TCP, (trace) => trace.columns.tcp.sequence),
  'tcp.ack_raw': plain(PROTOCOL.TCP, (trace) => trace.columns.tcp.acknowledgment),
  'tcp.window_size_value': plain(PROTOCOL.TCP, (trace) => trace.columns.tcp.window),
  'tcp.flags': plain(PROTOCOL.TCP, flags),
  'udp.srcport': port(PROTOCOL.UDP, sourcePort),
  'udp.dstport': port(PROTOCOL.UDP, destinationPort),
  'udp.port': port(PROTOCOL.UDP, sourcePort, destinationPort),
  'udp.stream': streamOf(PROTOCOL.UDP),
}

/** A loader for each name that takes more than a column. */
const LOADERS: Readonly<Record<string, (id: number) => ColumnLoader>> = {
  'frame.number': (id) => number(id, always, (_trace, row) => row + 1),
  'frame.cap_len': (id) => number(id, always, (trace, row) => trace.records.capturedLength.get(row)),
  'frame.marked': (id) => number(id, always, (trace, row) => (trace.session.marks.marked(row + 1) ? 1 : 0)),
  'frame.ignored': (id) => number(id, always, (trace, row) => (trace.session.marks.ignored(row + 1) ? 1 : 0)),
  'frame.time': time((trace, row) => ({ seconds: trace.records.seconds.get(row), nanoseconds: trace.records.nanoseconds.get(row) })),
  'frame.time_epoch': time((trace, row) => ({ seconds: trace.records.seconds.get(row), nanoseconds: trace.records.nanoseconds.get(row) })),
  'frame.time_relative': time((trace, row) => since(trace, row, trace.session.marks.reference(row + 1) - 1)),
  'frame.time_delta': time((trace, row) => since(trace, row, Math.max(0, row - 1))),
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

/** Protocols and flags whose bit says that they occur, not only that they may. */
const PRESENCE_BITS: ReadonlyMap<string, number> = new Map([
  ['frame', 0],
  ['eth', PROTOCOL.ETHERNET],
  ['vlan', PROTOCOL.VLAN],
  ['ip', PROTOCOL.IPV4],
  ['ipv6', PROTOCOL.IPV6],
  ['tcp', PROTOCOL.TCP],
  ['udp', PROTOCOL.UDP],
  ['http.request', PROTOCOL.HTTP_REQUEST],
  ['http.response', PROTOCOL.HTTP_RESPONSE],
])

/** A field whose values are in columns as they are, by its name. */
export function storedField({ name, mask }: Field): StoredField | undefined {
  if (Object.hasOwn(STORED, name)) return STORED[name]
  if (!FLAG_NAMES.has(name)) return undefined
  const bits = Number(mask ?? 0)
  return { bit: PROTOCOL.TCP, columns: [flags], value: (held) => ((held & bits) === 0 ? 0 : 1) }
}

/** The PROTOCOL bit that every packet with the field has and no other, where there is one; 0 where all packets have the field. */
export function presenceBit(field: Field): number | undefined {
  return PRESENCE_BITS.get(field.name) ?? storedField(field)?.bit
}

/** The loader of a field, or undefined when the index does not hold it. A protocol's node has no bytes: it can only be asked whether it is there. */
export function columnLoader(field: Field): ColumnLoader | undefined {
  const { id, name } = field
  const loader = Object.hasOwn(LOADERS, name) ? LOADERS[name]?.(id) : undefined
  if (loader !== undefined) return loader
  const column = storedField(field)
  if (column !== undefined) return stored(id, column)
  const analysis = ANALYSIS_BITS.get(name)
  if (analysis !== undefined)
    return number(
      id,
      (trace, row) => isTcp(trace, row) && (trace.columns.tcp.analysis.get(row) & analysis) !== 0,
      () => 1,
    )
  const bit = PRESENCE_BITS.get(name)
  return bit === undefined ? undefined : number(id, bit === 0 ? always : present(bit), () => 1)
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
