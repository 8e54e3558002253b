// The cursor with which protocols read. Every reading call checks bounds once, records a node and advances; a call past the end stops the layer by
// a preallocated sentinel, one catch per layer appends a problem node, and what was read before stays. Peeks answer 0 past the end.
//
// What Wireshark distinguishes, we do: past the captured bytes but within the packet -> _ws.short; past the packet's own end -> _ws.malformed;
// past the end of a first fragment -> _ws.unreassembled; any other throw is our own bug -> _ws.malformed.dissector_bug.
import { Cursor } from './cursor'
import type { FieldId, NumericType, SpanType } from './field'
import { masked } from './masked'
import { PacketContext } from './packet'
import {
  BUG,
  EXPERT,
  EXPERT_GROUP,
  EXPERT_MESSAGE,
  EXPERT_SEVERITY,
  GROUP_CODES,
  MALFORMED,
  MALFORMED_EXPERT,
  SEVERITY_CODES,
  SHORT,
  TEXT,
  UNREASSEMBLED,
} from './problems'
import { FIELD_FLAGS, dispatchTable, fieldById, heuristicList, protocolByName } from './registry'
import type { Protocol } from './registry'
import type { Session, StateKey } from './session'
import { ASCII_TEXT, GENERATED, HEXADECIMAL, HIDDEN, LITTLE_ENDIAN, MAX_NODES, TreeBuffer } from './tree-buffer'
import type { SourceOrigins, TimeValue } from './tree-buffer'

/** Thrown (preallocated, without a stack) when a read passes the end; only Decoder.layer catches it. */
class OutOfBounds extends Error {
  readonly kind: 'short' | 'malformed' | 'unreassembled' | 'budget'
  constructor(kind: 'short' | 'malformed' | 'unreassembled' | 'budget') {
    super(kind)
    this.kind = kind
  }
}
const SHORT_READ = new OutOfBounds('short'),
  MALFORMED_READ = new OutOfBounds('malformed'),
  UNREASSEMBLED_READ = new OutOfBounds('unreassembled'),
  BUDGET = new OutOfBounds('budget')

const STOP_WORDS = {
  short: 'Packet size limited during capture',
  malformed: 'Malformed Packet',
  unreassembled: 'Unreassembled Packet',
} as const

/** Deepest nesting of layers in one packet. */
const MAX_LAYERS = 64
/** Wireshark's pinfo->desegment_len values: one more segment, and everything until FIN. */
export const ONE_MORE_SEGMENT = 0x0fffffff,
  UNTIL_FIN = 0x0ffffffe

export class Decoder extends Cursor {
  readonly tree = new TreeBuffer()
  readonly packet = new PacketContext()
  session!: Session
  /** First visit of this packet: state may be written. */
  first = false
  /** The pass over the capture may have gone further: what later packets tell of this one is shown. */
  hindsight = false
  /** Summary columns are wanted (Protocol, Info). Guard costly texts with it. */
  summary = false
  /** Labels of tree rows are wanted. Guard costly texts with it. */
  labels = false
  /** Only state is wanted of this first visit, not the tree: protocols with `stateInHead` may find their message cut, and skip what writes none. */
  stateOnly = false
  /** FACT bits of the packet so far; valid after a first visit. */
  facts = 0
  /** Protocols over TCP are not called: what asks for this wants the columns of the headers and will never dissect the packets again. */
  headersOnly = false
  /** With headersOnly: not even the headers' fields are wanted, only addresses, ports and streams. */
  addressesOnly = false

  /** First byte of the current layer. */
  layerStart = 0
  /** Node of the current layer. */
  layerNode = -1
  /** Parent of the nodes that are recorded now. */
  parent = -1
  /** Node recorded last. */
  last = -1
  /** Key by which the current layer was dispatched (for example the ethertype). */
  key: number | string = 0
  /** What the caller knows beside the key; for media types their parameters: 'charset=utf-8'. */
  keyDetail = ''
  /** Where the layer that ran last ends as it says itself: a protocol with a length of its own lowers `end`; what follows is its carrier's trailer. */
  childEnd = 0
  /** Whether the layer that ran last, or one inside it, was stopped by a read past the end. */
  childStopped = false

  /** Wireshark's pinfo->desegment_offset and desegment_len: set by a protocol over TCP that needs more bytes (see needMore). */
  desegmentOffset = 0
  desegmentLength = 0
  /** See needMore. */
  desegmentHead = 0
  /** > 0 while the caller can provide more bytes (TCP with reassembly on). */
  canDesegment = 0

  protocolColumn = ''
  infoColumn = ''
  private infoFence = 0
  private layerProtocol!: Protocol
  /** Whether a layer inside the current one was stopped. */
  private anyStopped = false
  private sourceIndex = 0
  private depth = 0
  /** The layers that run now, outermost first; valid below `depth`. */
  private readonly running: Protocol[] = []
  private fragmentEnd = false

  /** Dissects one frame. The caller has filled `packet`. Afterwards tree, protocolColumn and infoColumn are valid until the next call. */
  begin(session: Session, frame: Uint8Array, first: boolean, root: Protocol): void {
    this.renew(session, frame, first)
    this.packet.reset()
    this.depth = 0
    this.at = 0
    this.end = Math.max(this.packet.originalLength, frame.length)
    this.parent = this.last = this.layerNode = -1
    this.key = this.facts = 0
    this.layer(root, 0, this.end)
  }

  /**
   * Runs a part of one frame's dissection alone: `inside` reads at..end as the layer `protocol`, whose outer layers were read by somebody else, who has
   * filled `packet` with what they leave for inner ones. For first visits that want state, not a tree.
   */
  beginInside(session: Session, frame: Uint8Array, protocol: Protocol, at: number, end: number, inside: (d: Decoder) => void): void {
    this.renew(session, frame, true)
    this.depth = 1
    this.at = this.layerStart = at
    this.end = end
    this.key = this.facts = 0
    this.layerProtocol = this.running[0] = protocol
    this.layerNode = this.last = this.parent = this.tree.add(protocol.fieldId, at, at, -1, 0, 0, 0)
    this.tree.chain.push(protocol.name)
    try {
      inside(this)
    } catch (error) {
      this.stopped(error, protocol)
    }
  }

  /** Makes what is kept between calls as new. */
  private renew(session: Session, frame: Uint8Array, first: boolean): void {
    this.first = first
    this.session = session
    this.tree.clear()
    this.tree.sources.push({ name: 'Frame', bytes: frame })
    this.bytes = frame
    this.captured = frame.length
    this.sourceIndex = 0
    this.protocolColumn = this.infoColumn = ''
    this.infoFence = 0
    this.desegmentLength = this.desegmentOffset = this.canDesegment = 0
    this.fragmentEnd = this.anyStopped = false
  }

  // ---- reading: each call records a node, advances and returns the value

  u8(field: FieldId<'u8' | 'char' | 'bool' | 'i8'>): number {
    const at = this.need(1)
    return this.number(field, at, 1, this.bytes[at]!)
  }
  u16(field: FieldId<'u16' | 'bool'>): number {
    const at = this.need(2)
    return this.number(field, at, 2, (this.bytes[at]! << 8) | this.bytes[at + 1]!)
  }
  u24(field: FieldId<'u24' | 'u32' | 'bool'>): number {
    const at = this.need(3)
    return this.number(field, at, 3, (this.bytes[at]! << 16) | (this.bytes[at + 1]! << 8) | this.bytes[at + 2]!)
  }
  u32(field: FieldId<'u32' | 'bool' | 'framenum'>): number {
    const at = this.need(4)
    return this.number(field, at, 4, this.peek32(at))
  }
  /** 48 bits, in a field of 64. */
  u48(field: FieldId<'u64'>): number {
    const at = this.need(6)
    return this.number(field, at, 6, this.peek16(at) * 0x1_0000_0000 + this.peek32(at + 2))
  }
  /** 64 bits; the exact value is read from the bytes when it is shown, the returned number is rounded above 2^53. */
  u64(field: FieldId<'u64' | 'i64'>): number {
    const at = this.need(8)
    return this.number(field, at, 8, this.peek32(at) * 0x1_0000_0000 + this.peek32(at + 4))
  }
  u16le(field: FieldId<'u16' | 'bool'>): number {
    const at = this.need(2),
      value = this.number(field, at, 2, this.peek16le(at))
    this.tree.flags[this.last]! |= LITTLE_ENDIAN
    return value
  }
  u32le(field: FieldId<'u32' | 'bool'>): number {
    const at = this.need(4),
      value = this.number(field, at, 4, this.peek32le(at))
    this.tree.flags[this.last]! |= LITTLE_ENDIAN
    return value
  }
  u64le(field: FieldId<'u64' | 'i64'>): number {
    const at = this.need(8),
      value = this.number(field, at, 8, this.peek32le(at + 4) * 0x1_0000_0000 + this.peek32le(at))
    this.tree.flags[this.last]! |= LITTLE_ENDIAN
    return value
  }
  /** Signed integers of 1, 2, 3 or 4 bytes, big-endian. */
  signed(field: FieldId<'i8' | 'i16' | 'i24' | 'i32'>, length: number): number {
    const at = this.need(length),
      shift = 32 - 8 * length
    return this.number(field, at, length, (this.peekInteger(at, length) << shift) >> shift)
  }
  /** Unsigned integer of 1 to 7 bytes, big-endian, whatever the field's width. */
  unsigned(field: FieldId<NumericType>, length: number): number {
    const at = this.need(length)
    return this.number(field, at, length, this.peekInteger(at, length))
  }
  /** IEEE 754 of 4 or 8 bytes. */
  ieee(field: FieldId<'float' | 'double'>, length: 4 | 8, littleEndian = false): number {
    const at = this.need(length),
      view = new DataView(this.bytes.buffer, this.bytes.byteOffset + at, length)
    return this.record(field, at, at + length, length === 4 ? view.getFloat32(0, littleEndian) : view.getFloat64(0, littleEndian), 0)
  }
  /** A range of bytes whose value is formatted from the bytes when shown (bytes, addresses, text, GUID). Advances. */
  span(field: FieldId<SpanType>, length: number): void {
    const at = this.need(length)
    this.record(field, at, at + length, 0, 0)
  }
  /** A string whose value is given (decoded name, unescaped text) for a range that is consumed. */
  text(field: FieldId<'string'>, length: number, value: string): void {
    const at = this.need(length)
    this.record(field, at, at + length, 0, 0)
    this.tree.setObject(this.last, value)
  }
  /** Skips bytes without a node. */
  skip(length: number): void {
    this.need(length)
  }

  // ---- recording without advancing

  /** A number for an explicit range, value given (masks are applied by the caller or by bits). */
  add(field: FieldId<NumericType | 'float' | 'double' | 'u64' | 'i64'>, start: number, end: number, value: number): number {
    return this.record(field, start, end, value, 0)
  }
  /** A bit field: `raw` is the unmasked unit read from start..end. Returns the masked and shifted value. */
  bits(field: FieldId<NumericType>, start: number, end: number, raw: number): number {
    return this.record(field, start, end, masked(field, raw), 0)
  }
  /** A range with its value taken from the bytes. Bounds are checked; the cursor does not move. */
  range(field: FieldId<SpanType | 'protocol'>, start: number, end: number): void {
    if (end > this.captured || start < 0) this.fail(end)
    this.record(field, start, end, 0, 0)
  }
  /** A string, bytes, or 64-bit value that the range alone does not give. */
  value(field: FieldId, start: number, end: number, value: string | Uint8Array | bigint): void {
    this.record(field, start, end, 0, 0)
    this.tree.setObject(this.last, value)
  }
  /** A computed number, shown in brackets. The range (empty by default) says which bytes it was computed from. */
  generated(field: FieldId, value: number, start = this.at, end = start): number {
    return this.record(field, start, end, value, GENERATED)
  }
  /** A computed string, bytes or 64-bit value, shown in brackets. */
  generatedValue(field: FieldId, value: string | Uint8Array | bigint, start = this.at, end = start): void {
    this.record(field, start, end, 0, GENERATED)
    this.tree.setObject(this.last, value)
  }
  /** A time, from the packet or (generated = true) computed; nanoseconds 0..999999999, or of the sign of a negative relative time. */
  time(field: FieldId<'abstime' | 'reltime'>, seconds: number, nanoseconds: number, start = this.at, end = start, generated = true): void {
    this.record(field, start, end, seconds + nanoseconds / 1e9, generated ? GENERATED : 0)
    const value: TimeValue = { seconds, nanoseconds }
    this.tree.setObject(this.last, value)
  }
  /** Marks a node (default: the last one) as filterable but not shown in the tree. */
  hide(node = this.last): void {
    this.tree.flags[node]! |= HIDDEN
  }
  /** Says that the last GUID is stored with its first three groups in little-endian order. */
  littleEndian(): void {
    this.tree.flags[this.last]! |= LITTLE_ENDIAN
  }
  /** Marks the last node as computed. */
  markGenerated(): void {
    this.tree.flags[this.last]! |= GENERATED
  }
  /** Says that the last string is ASCII: other bytes show as U+FFFD, a NUL ends it. Formatted only when shown, as every range. */
  ascii(): void {
    this.tree.flags[this.last]! |= ASCII_TEXT
  }
  /** Prints the last integer in hexadecimal whatever its field says (Wireshark registers some names twice, with different bases). */
  hexadecimal(): void {
    this.tree.flags[this.last]! |= HEXADECIMAL
  }
  /** Replaces the last node's label; call only when `labels`. */
  label(text: string): void {
    this.tree.labels[this.last] = text
  }
  /** Adds to a node's label (default: the last node); call only when `labels`. Without an own label yet, the text follows the default one. */
  appendLabel(text: string, node = this.last): void {
    this.tree.labels[node] = (this.tree.labels[node] ?? '\u0000') + text
  }
  /** A row of text only (no filter name). Opens nothing; use enter() after it for children. */
  note(start: number, end: number, text: string): void {
    this.record(TEXT, start, end, 0, 0)
    this.tree.setObject(this.last, text)
  }

  // ---- nesting

  /** Makes the last node the parent of what follows; returns what leave() needs. */
  enter(node = this.last): number {
    const outer = this.parent
    this.parent = node
    return outer
  }
  /** Ends a subtree; `end` >= 0 sets the end of the subtree's own node. */
  leave(outer: number, end = -1): void {
    if (end >= 0) this.tree.setEnd(this.parent, end)
    this.last = this.parent
    this.parent = outer
  }

  /** Number of the byte source being read: 0 is the frame itself, others were reassembled, decompressed or decrypted. */
  get source(): number {
    return this.sourceIndex
  }
  // ---- stopping

  /** Checks that a range was captured; stops the layer (short or malformed) when not. */
  require(length: number, at = this.at): void {
    if (at + length > this.captured || at + length > this.end) this.fail(at + length)
  }
  /** Stops the layer as malformed. */
  malformed(): never {
    throw MALFORMED_READ
  }

  // ---- layers

  /** Calls the protocol that a table names for a key (after Decode As). Returns whether one took the bytes. */
  next(table: string, key: number | string, start = this.at, end = this.end, nested = false): boolean {
    const protocol = this.protocolOf(table, key)
    if (protocol) this.key = key
    return !!protocol && this.layer(protocol, start, end, nested)
  }
  /** The protocol that a table, or Decode As, names for a key. */
  protocolOf(table: string, key: number | string): Protocol | undefined {
    const as = this.session.options.decodeAs.get(table)?.get(key)
    return (as === undefined ? undefined : protocolByName(as)) ?? dispatchTable(table).get(key)
  }
  /** Tries the heuristics of a table in order. */
  nextByContent(table: string, start = this.at, end = this.end): boolean {
    for (const protocol of heuristicList(table)) {
      const at = this.at,
        oldEnd = this.end
      this.at = start
      this.end = end
      const yes = protocol.recognises ? protocol.recognises(this) : true
      this.at = at
      this.end = oldEnd
      if (yes && this.layer(protocol, start, end)) return true
    }
    return false
  }
  /** Whatever no protocol knows: Wireshark's "data". */
  data(start = this.at, end = this.end): void {
    const protocol = protocolByName('data')
    if (protocol && end > start) this.layer(protocol, start, end)
  }
  /** Runs a protocol over start..end of the current source, as a sibling of the layers before (or, nested, under the current parent). Returns false if it declined. */
  layer(protocol: Protocol, start: number, end: number, nested = false): boolean {
    const { at, end: outerEnd, layerStart, layerNode, parent, depth, key, bytes, captured, sourceIndex, fragmentEnd, canDesegment } = this
    if (depth >= MAX_LAYERS) {
      this.problem(MALFORMED, start, end)
      return true
    }
    // only the protocol directly above TCP may ask it for more; what it calls may not, unless it says so by setting canDesegment again
    if (canDesegment > 0) this.canDesegment = canDesegment - 1
    const outerProtocol = this.layerProtocol,
      outerStopped = this.anyStopped
    this.anyStopped = false
    this.layerProtocol = protocol
    const tree = this.tree,
      before = tree.count,
      chain = tree.chain.length
    this.depth = depth + 1
    this.running[depth] = protocol
    this.at = this.layerStart = start
    this.end = end
    this.parent = nested ? parent : -1
    const node = tree.add(protocol.fieldId, start, Math.max(start, Math.min(end, captured)), this.parent, 0, 0, sourceIndex)
    this.layerNode = this.last = this.parent = node
    tree.chain.push(protocol.name)
    let taken = true,
      stopped = false
    try {
      taken = protocol.run(this) !== false
      if (!taken) {
        tree.count = before
        tree.chain.length = chain
      }
    } catch (error) {
      this.bytes = bytes
      this.captured = captured
      this.sourceIndex = sourceIndex
      this.fragmentEnd = fragmentEnd
      this.depth = depth + 1
      this.stopped(error, protocol)
      stopped = true
    }
    this.childEnd = this.end
    this.childStopped = stopped || this.anyStopped
    this.anyStopped = outerStopped || this.childStopped
    this.at = at
    this.end = outerEnd
    this.layerStart = layerStart
    this.layerNode = layerNode
    this.parent = parent
    this.depth = depth
    this.key = key
    this.canDesegment = canDesegment
    this.layerProtocol = outerProtocol
    this.last = node
    return taken
  }
  /**
   * Has the protocol that a table names for a key read start..end as a part of the current layer, under the current parent and without a row of its own,
   * as types of ASN.1 are read by whoever knows their object identifier. `named` adds its name to the chain of protocols. A read past the end stops the
   * current layer. Returns whether a protocol took the bytes.
   */
  embed(table: string, key: number | string, start: number, end: number, named = true): boolean {
    const protocol = dispatchTable(table).get(key)
    if (!protocol) return false
    if (this.depth >= MAX_LAYERS) throw MALFORMED_READ
    const outer = { at: this.at, end: this.end, key: this.key, depth: this.depth }
    Object.assign(this, { at: start, end: Math.min(end, this.end), key, depth: this.depth + 1 })
    if (named) this.tree.chain.push(protocol.name)
    try {
      return protocol.run(this) !== false
    } finally {
      Object.assign(this, outer)
    }
  }
  /** Runs a part of the current layer so that damage inside ends only that part (as one message of several in a segment). The cursor is left where it
   *  stopped; end, parent and source are put back. */
  guard(part: (d: this) => void): void {
    const { end, parent, bytes, captured, sourceIndex, fragmentEnd } = this
    try {
      part(this)
    } catch (error) {
      this.bytes = bytes
      this.captured = captured
      this.sourceIndex = sourceIndex
      this.fragmentEnd = fragmentEnd
      this.stopped(error, this.layerProtocol)
    }
    this.end = end
    this.parent = parent
  }
  /** Sets where the current layer's node ends (Wireshark's proto_item_set_len). */
  layerEnds(end: number): void {
    this.tree.setEnd(this.layerNode, Math.max(this.layerStart, Math.min(end, this.captured)))
  }
  /** Takes the layer's bytes without showing them: the layer's row and its name in the chain go. Nothing may be recorded in the layer afterwards. */
  withdraw(): void {
    this.tree.count = this.layerNode
    this.tree.chain.pop()
  }
  /** Starts a further row of the current protocol beside its first one (several messages in one segment); the chain of protocols names it once. */
  furtherRow(): void {
    this.layerStart = this.at
    this.layerNode = this.last = this.parent = this.tree.add(this.layerProtocol.fieldId, this.at, this.readable, -1, 0, 0, this.sourceIndex)
  }
  /** Adds a name to the protocol chain without a layer (Wireshark's "ethertype"). */
  chainName(name: string): void {
    this.tree.chain.push(name)
  }
  /** Runs `inside` over other bytes (reassembled, decompressed) shown as a tab of their own; positions inside are relative to them.
   *  `length` is their whole length where not all of them are at hand; `origin` says which bytes of frames they are, where they are such. */
  within(name: string, bytes: Uint8Array, inside: () => void, length = bytes.length, origin?: SourceOrigins): void {
    const { bytes: outer, captured, at, end, sourceIndex, fragmentEnd } = this
    this.sourceIndex = Math.min(255, this.tree.sources.push(origin ? { name, bytes, origin } : { name, bytes }) - 1)
    this.bytes = bytes
    this.captured = bytes.length
    this.end = length
    this.fragmentEnd = false
    this.at = 0
    try {
      inside()
    } finally {
      this.bytes = outer
      this.captured = captured
      this.at = at
      this.end = end
      this.sourceIndex = sourceIndex
      this.fragmentEnd = fragmentEnd
    }
  }
  /** The first protocol of a table's heuristics that recognises bytes of a frame, outside any dissection (the index asks before it dissects);
   *  `tunnelsOnly` asks those alone that carry network packets. */
  recognises(table: string, session: Session, frame: Uint8Array, start: number, end: number, tunnelsOnly = false): Protocol | undefined {
    this.session = session
    this.bytes = frame
    this.captured = frame.length
    for (const protocol of heuristicList(table)) {
      this.at = this.layerStart = start
      this.end = end
      if (tunnelsOnly && protocol.firstVisit !== 'packets') continue
      if (protocol.recognises ? protocol.recognises(this) : true) return protocol
    }
    return undefined
  }
  /** Says that reads past `end` are missing because a datagram was not reassembled, not because it is malformed. */
  endsInFragment(): void {
    this.fragmentEnd = true
  }
  /**
   * A protocol over TCP asks for more: the PDU at `offset` (position in the current source, as d.at) needs `length` more bytes than the layer holds
   * (or ONE_MORE_SEGMENT when that cannot be told yet, UNTIL_FIN when the PDU ends with the stream). Allowed only while d.canDesegment > 0, and the
   * protocol returns at once. What was recorded of earlier PDUs of the layer stays; nothing of the PDU at `offset` should have been recorded, nor any
   * state written for it. When the bytes are there, decode is called again with the PDU from its first byte on (in a source of its own, tab
   * "Reassembled TCP"; d.packet.reassembled is true), in the frame that completes it; bytes after the PDU follow in a call of their own.
   * `head`, where it is known: how many of the PDU's bytes a protocol with `stateInHead` needs for its state.
   */
  needMore(offset: number, length: number, head = 0): void {
    this.desegmentHead = head
    this.desegmentOffset = offset
    this.desegmentLength = length
  }
  /** Whether a protocol is among the layers around the current one. */
  isInside(name: string): boolean {
    return this.running.slice(0, Math.max(0, this.depth - 1)).some((protocol) => protocol.name === name)
  }
  /** Name of the layer around the current one: 1 = the one that called it, 2 = that one's caller, and so on; '' when there is none. */
  carrier(level: number): string {
    return this.running[this.depth - 1 - level]?.name ?? ''
  }
  /** State of this capture for a protocol. */
  state<T>(key: StateKey<T>): T {
    return this.session.state(key)
  }

  // ---- summary columns

  setProtocol(name: string): void {
    if (this.summary) this.protocolColumn = name
  }
  /** Replaces the Info text after the fence. */
  setInfo(text: string): void {
    if (this.summary) this.infoColumn = this.infoFence ? this.infoColumn.slice(0, this.infoFence) + text : text
  }
  appendInfo(text: string): void {
    if (this.summary) this.infoColumn += text
  }
  /** Puts a text before the Info text after the fence; `fenced`: later setInfo calls keep it. */
  prependInfo(text: string, fenced = false): void {
    if (this.summary) this.infoColumn = this.infoColumn.slice(0, this.infoFence) + text + this.infoColumn.slice(this.infoFence)
    if (this.summary && fenced) this.infoFence += text.length
  }
  /** Keeps what the Info column holds now: later setInfo calls follow it. */
  fenceInfo(): void {
    this.infoFence = this.infoColumn.length
  }

  // ---- problems

  /** An expert item: the field's own node, under a _ws.expert node at the current parent, over a range. `detail` replaces the text. */
  expert(field: FieldId<'expert'>, start = this.at, end = start, detail = '', parent = this.parent): void {
    const spec = fieldById(field),
      outer = this.parent
    this.parent = parent
    this.record(EXPERT, start, end, 0, GENERATED)
    const inner = this.enter()
    this.record(field, start, end, 0, GENERATED)
    if (detail) this.tree.setObject(this.last, detail)
    this.record(EXPERT_MESSAGE, start, end, 0, GENERATED)
    this.tree.setObject(this.last, detail || spec.label)
    this.hide()
    this.record(EXPERT_SEVERITY, start, end, SEVERITY_CODES[spec.severity ?? 'note'], GENERATED)
    this.record(EXPERT_GROUP, start, end, GROUP_CODES[spec.group ?? 'undecoded'], GENERATED)
    this.leave(inner)
    this.parent = outer
  }

  // ---- inside

  private need(length: number): number {
    const at = this.at,
      next = at + length
    if (length < 0 || next > this.captured || next > this.end) this.fail(next)
    this.at = next
    return at
  }
  private fail(next: number): never {
    if (next > this.end) throw this.fragmentEnd ? UNREASSEMBLED_READ : MALFORMED_READ
    throw next > this.captured ? SHORT_READ : MALFORMED_READ
  }
  private number(field: FieldId, at: number, length: number, raw: number): number {
    return this.record(field, at, at + length, masked(field, raw), 0)
  }
  private record(field: FieldId | number, start: number, end: number, value: number, flags: number): number {
    if (this.tree.count >= MAX_NODES) throw BUDGET
    this.last = this.tree.add(field, start, end, this.parent, value, flags | (FIELD_FLAGS[field]! & (GENERATED | HIDDEN)), this.sourceIndex)
    return value
  }
  private problem(field: number, start: number, end: number): void {
    this.last = this.tree.add(field, start, Math.max(start, Math.min(end, this.captured)), -1, 0, GENERATED, this.sourceIndex)
  }
  private stopped(error: unknown, protocol: Protocol): void {
    const start = Math.min(this.layerStart, this.captured)
    if (error instanceof OutOfBounds) {
      if (error.kind === 'budget') {
        if (this.depth > 1) throw error
        return
      }
      const field = error.kind === 'short' ? SHORT : error.kind === 'malformed' ? MALFORMED : UNREASSEMBLED
      this.problem(field, start, start)
      const words = STOP_WORDS[error.kind]
      this.tree.setObject(this.last, `${words}: ${protocol.short}${error.kind === 'short' ? ' truncated' : ''}`)
      if (error.kind === 'malformed') this.expert(MALFORMED_EXPERT, start, start, '', this.last)
      if (this.summary) {
        if (!this.protocolColumn) this.protocolColumn = protocol.short
        this.infoColumn += `[${words}]`
      }
      return
    }
    this.problem(BUG, start, start)
    this.tree.setObject(this.last, `[Dissector bug, protocol ${protocol.name}: ${error instanceof Error ? error.message : String(error)}]`)
  }
}
