// One open capture: its reader, its index and its session state, and the ways in which packets are dissected: each once in file order (the first
// visit, which may write state) and afterwards any packet alone.
//
// The first visit is the same for everybody: the row writer fills the columns from the headers, and where a protocol above may write state, or the
// headers were not understood, the packet is dissected. The terminal asks for the dissection of every packet at once (visitNext); the page indexes
// first (advance) and dissects what it shows later (dissect). Both leave the same columns and the same state.
import type { ByteSource } from '../bytes/byte-source'
import { u32be, u32le } from '../bytes/integers'
import { RecentBlocks } from '../bytes/recent-blocks'
import { utf8Text } from '../bytes/text'
import { openCapture } from '../capture/open'
import { readPacketOptions } from '../capture/pcapng-options'
import type { PacketOptions } from '../capture/pcapng-options'
import type { CaptureReader, ReadStatus } from '../capture/reader'
import { Core } from '../core/core'
import { S_IS_LEAN } from '../core/layout'
import type { Ciphers } from '../dissect/ciphers'
import { CONVERSATIONS } from '../dissect/conversation'
import { Decoder } from '../dissect/decoder'
import { KEY_LOG } from '../dissect/key-log'
import { WIREGUARD_KEYS } from '../protocols/app/wireguard/keys'
import { setAddress } from '../dissect/packet'
import { EXPERT_SEVERITY, severityLevel } from '../dissect/problems'
import { allProtocols, fieldByName } from '../dissect/registry'
import { Session } from '../dissect/session'
import type { FrameAccess, Inflate, InterfaceDescription } from '../dissect/session'
import { frame } from '../protocols/frame'
import { tcp, visitTcpPayload } from '../protocols/transport/tcp/tcp'
import { tcpTracker } from '../protocols/transport/tcp/tracker'
import { udp, visitUdpPayload } from '../protocols/transport/udp'
import '../protocols/all'
import { CHUNK_ROWS, RecordColumns, STATUS, factBits, protocolBit } from './columns'
import type { PacketColumns } from './columns'
import { ROW, RowWriter } from './row'
import type { RowDepth, RowOutcome } from './row'
import type { FoundHeaders } from './walk/found-headers'

/** Index bits of protocols by their own fields. */
const PROTOCOL_ROWS: ReadonlyMap<number, number> = new Map(allProtocols().map(({ fieldId, name }) => [fieldId, protocolBit(name)]))

/** Expert notes that are no problem: which side closed first. Every orderly connection has them, so they must not mark a row. */
const ROUTINE: ReadonlySet<number | undefined> = new Set(
  ['tcp.connection.fin_active', 'tcp.connection.fin_passive'].map((name) => fieldByName(name)?.id),
)

/** What a first visit asks of the decoder. */
export interface VisitWishes {
  readonly summary: boolean
  readonly labels: boolean
}

/** How much the index pass does. */
export interface AdvanceOptions {
  /** 'state': protocols see what they need for their state, so that every packet can be dissected afterwards, and the severity column is filled.
   *  'headers': headers only, for who wants nothing but columns, streams and found headers. 'columns': the same, but a packet whose headers the columns
   *  cannot all tell is dissected, for who reads those from its tree. */
  readonly depth: 'headers' | 'columns' | 'state'
  /** False: columns of rows that lie well behind are freed, for who reads each row only right after it was visited. With 'headers' the columns of TCP's header fields are
   *  then not written at all. */
  readonly keep: boolean
  /** Whether to stop behind each packet that was dissected, or whose headers were found: for who counts those one by one. */
  readonly pauses?: boolean
}

const PLAIN: VisitWishes = { summary: false, labels: false }
/** A block of the file that is larger than this (of a damaged one, mostly) does not stay in the core's memory. */
const LARGEST_BLOCK = 1 << 21
/** Bytes that are read at once while packets are asked for in order. */
const READ_AHEAD = 65_536

/** An open capture. Row r holds packet r + 1. */
export class Trace implements FrameAccess {
  readonly source: ByteSource
  readonly reader: CaptureReader
  readonly records: RecordColumns
  readonly session: Session
  /** Reused by every dissection; its tree is valid until the next one. */
  readonly decoder = new Decoder()
  /** What the last next() of the reader said. */
  status: ReadStatus = 'wait'
  /** Whether the packet visited last was dissected; then decoder.tree holds it (not wholly, if only state was wanted). */
  dissected = false
  /** Headers of the packet visited last, where its columns cannot tell all of them and it was not dissected. */
  found: FoundHeaders | undefined
  /** How many of the file's blocks of secrets were taken. */
  private secretsTaken = 0
  private readonly recent: RecentBlocks
  private ahead: Uint8Array = new Uint8Array(0)
  private aheadFrom = 0
  /** Interfaces with their place in their section, as packets ask for them. */
  private readonly placed = new Map<InterfaceDescription, InterfaceDescription>()
  private readonly core: Core
  private readonly writer: RowWriter
  private readonly session0: { readonly conversations: ReturnType<typeof conversationsOf>; readonly tracker: ReturnType<typeof tcpTracker> }

  /** Opens a capture. Throws CaptureFileError when the bytes are no capture. */
  constructor(source: ByteSource, inflate: Inflate, ciphers?: Ciphers) {
    this.source = source
    const { sharing } = source,
      core = (this.core = sharing ? new Core(sharing.memory, sharing.end) : new Core())
    this.reader = openCapture(source, { allocate: (length) => (length > LARGEST_BLOCK ? new Uint8Array(length) : core.allocate(length)) })
    this.records = new RecordColumns(core)
    this.recent = new RecentBlocks(source)
    this.session = new Session(core, this, inflate, ciphers)
    this.writer = new RowWriter(this.session, this.decoder)
    this.session0 = { conversations: conversationsOf(this.session), tracker: tcpTracker(this.session) }
  }

  get packets(): number {
    return this.records.rows
  }

  /** Columns of network and transport headers; see columns.ts for what may be trusted when. */
  get columns(): PacketColumns {
    return this.writer.columns
  }

  /** Streams of TCP and UDP: addresses, ports, first and last frames. */
  get conversations(): ReturnType<typeof conversationsOf> {
    return this.session0.conversations
  }

  /** Bytes of memory that columns and streams hold (state of protocols above not counted). */
  get memory(): number {
    const { conversations, tracker } = this.session0
    return this.core.used + this.records.memory + conversations.memory + tracker.pdus.memory
  }

  /** Reads the next record into the index. False when there is none now (see status). */
  private readRecord(): boolean {
    const reader = this.reader
    this.status = reader.next()
    if (reader.secrets.length > this.secretsTaken) this.takeSecrets()
    if (this.status !== 'packet') return false
    const records = this.records,
      row = records.rows
    records.position.set(row, reader.position)
    records.seconds.set(row, reader.seconds)
    records.nanoseconds.set(row, reader.nanoseconds)
    records.originalLength.set(row, reader.originalLength)
    records.capturedLength.set(row, reader.capturedLength)
    records.interfaceIndex.set(row, reader.interfaceIndex)
    records.linkType.set(row, reader.linkType)
    records.status.set(
      row,
      (reader.hasTime ? 0 : STATUS.NO_TIME) |
        (reader.hasOptions ? STATUS.HAS_OPTIONS : 0) |
        (reader.capturedLength < reader.originalLength ? STATUS.CUT : 0),
    )
    records.rows = row + 1
    return true
  }

  /** Key logs in the file serve the packets behind them. */
  private takeSecrets(): void {
    const { secrets } = this.reader
    while (this.secretsTaken < secrets.length) {
      const block = secrets[this.secretsTaken++]
      if (block?.type === 'TLSK') this.session.state(KEY_LOG).addText(utf8Text(block.data))
      else if (block?.type === 'WGKL') this.session.state(WIREGUARD_KEYS).addText(utf8Text(block.data))
    }
  }

  /** First visit of the next packet, wholly dissected: what the terminal does, packet by packet. Returns its number, or 0 when there is none now. */
  visitNext(wishes: VisitWishes): number {
    if (!this.readRecord()) return 0
    const { reader, records } = this
    const outcome = this.writer.write(
      records.rows - 1,
      reader.buffer,
      reader.start,
      reader.capturedLength,
      reader.originalLength,
      reader.linkType,
      'dissect',
    )
    this.visit(wishes, false, 'dissect', outcome === ROW.UNKNOWN)
    return records.rows
  }

  /** First visits of up to `count` packets, dissecting only what must be. Returns how many there were; fewer than `count` at the present end (see status). */
  advance(count: number, options: AdvanceOptions): number {
    const { reader, records, writer } = this,
      state = options.depth === 'state',
      depth = options.depth === 'state' ? 'index' : options.depth
    this.core.setState(S_IS_LEAN, options.depth === 'headers' && !options.keep ? 1 : 0)
    let visited = 0
    while (visited < count) {
      let read = this.readRun(count - visited, depth),
        outcome: RowOutcome
      if (read > 0) {
        const row = records.rows - 1,
          { buffer, start, capturedLength, originalLength, linkType } = reader
        outcome = writer.settle(writer.lastOutcome, row, buffer, start, capturedLength, originalLength, linkType, depth)
      } else {
        if (!this.readRecord()) break
        read = 1
        const row = records.rows - 1,
          { buffer, start, capturedLength, originalLength, linkType } = reader
        outcome = writer.write(row, buffer, start, capturedLength, originalLength, linkType, depth)
      }
      visited += read
      const row = records.rows - 1
      this.dissected = outcome === ROW.UNKNOWN || (state && outcome !== ROW.DONE)
      this.found = undefined
      if (outcome === ROW.WALKED) {
        this.found = writer.found
        records.status.set(row, records.status.get(row) | STATUS.REPEATED)
      }
      if (outcome === ROW.STATE) this.visitPayload(row)
      else if (this.dissected) this.visit(PLAIN, state && outcome !== ROW.UNKNOWN, depth, outcome === ROW.UNKNOWN)
      if (!options.keep && row % CHUNK_ROWS === CHUNK_ROWS - 1) this.forget(row + 1 - CHUNK_ROWS, state)
      if (options.pauses && (this.dissected || this.found)) break
    }
    return visited
  }

  /** Lets the core read as many of the next records as it can, up to `count` and no further than a chunk of rows goes. Returns how many it read: 0 where it can read none by
   *  itself, or one would be no gain. The reader describes the last one, whose row is still to be settled. */
  private readRun(count: number, depth: RowDepth): number {
    const { reader, records, writer } = this,
      first = records.rows
    // the first row tells what times and steady columns count from
    if (count < 2 || first === 0 || this.status !== 'packet') return 0
    const run = reader.recordRun?.()
    if (!run) return 0
    const most = Math.min(count, CHUNK_ROWS - (first % CHUNK_ROWS)),
      read = writer.writeRun(run, reader.buffer, reader.linkType, first, most, records.seconds.first, depth)
    if (read === 0) return 0
    reader.readTo?.(writer.lastOfRun, read)
    records.rows = first + read
    return read
  }

  /** Dissects the packet that was read last, for the first time. */
  private visit(wishes: VisitWishes, stateOnly: boolean, depth: RowDepth, unknown: boolean): void {
    const { reader, decoder, records } = this
    const headersOnly = depth === 'headers' || depth === 'columns'
    this.dissected = true
    this.prepare(records.rows)
    decoder.hindsight = false
    decoder.summary = wishes.summary
    decoder.labels = wishes.labels
    decoder.stateOnly = stateOnly
    decoder.headersOnly = headersOnly
    decoder.addressesOnly = depth === 'headers'
    decoder.begin(this.session, reader.buffer.subarray(reader.start, reader.start + reader.capturedLength), true, frame)
    decoder.stateOnly = decoder.headersOnly = decoder.addressesOnly = false
    if (!headersOnly) this.severityFromTree(records.rows - 1)
    if (unknown) this.columnsFromTree(records.rows - 1)
    this.noteFacts(records.rows - 1)
  }

  /** Dissects the transport payload of the packet that was read last, for the first time and for state alone: the row writer read its headers. */
  private visitPayload(row: number): void {
    const { reader, decoder, writer } = this,
      { packet } = decoder,
      bytes = reader.buffer.subarray(reader.start, reader.start + reader.capturedLength)
    packet.reset()
    this.prepare(row + 1)
    const at = writer.networkAt,
      kind = writer.version === 4 ? 'ipv4' : 'ipv6',
      from = writer.version === 4 ? at + 12 : at + 8,
      to = writer.version === 4 ? at + 16 : at + 24
    for (const address of [packet.source, packet.netSource]) setAddress(address, kind, bytes, from)
    for (const address of [packet.destination, packet.netDestination]) setAddress(address, kind, bytes, to)
    packet.ipProtocol = writer.protocol
    packet.sourcePort = this.columns.sourcePort.get(row)
    packet.destinationPort = this.columns.destinationPort.get(row)
    decoder.summary = decoder.labels = decoder.headersOnly = decoder.hindsight = false
    decoder.stateOnly = true
    const severity = this.columns.severity.get(row)
    if (writer.protocol === 6) decoder.beginInside(this.session, bytes, tcp, writer.transportAt, writer.payloadEnd, visitTcpPayload)
    else decoder.beginInside(this.session, bytes, udp, writer.transportAt, writer.payloadEnd, visitUdpPayload)
    decoder.stateOnly = false
    this.severityFromTree(row)
    if (severity > this.columns.severity.get(row)) this.columns.severity.set(row, severity)
    this.noteFacts(row)
  }

  /** Keeps what protocols said of the packet on its first visit. */
  private noteFacts(row: number): void {
    const { facts } = this.decoder,
      { protocols } = this.columns
    if (facts !== 0) protocols.set(row, protocols.get(row) | factBits(facts))
  }

  /** The worst of a dissected packet's expert items. */
  private severityFromTree(row: number): void {
    const { tree } = this.decoder
    let severity = 0
    for (let node = 0; node < tree.count; node++) {
      // The expert item's own field stands two nodes before its severity.
      if (tree.field(node) !== EXPERT_SEVERITY || ROUTINE.has(tree.field(node - 2))) continue
      const level = severityLevel(tree.numbers[node]!)
      if (level > severity) severity = level
    }
    this.columns.severity.set(row, severity)
  }

  /** The columns of a dissected packet whose headers the row writer did not understand. */
  private columnsFromTree(row: number): void {
    const { decoder, columns, records } = this,
      { tree, packet } = decoder
    let bits = 0
    for (const name of tree.chain) bits |= protocolBit(name)
    // a layer that declined its bytes may have left rows
    for (let node = 0; node < tree.count; node++) bits |= PROTOCOL_ROWS.get(tree.field(node)) ?? 0
    records.status.set(row, records.status.get(row) | STATUS.REPEATED)
    columns.protocols.set(row, bits)
    columns.sourceAddress.set(row, columns.addresses.of(packet.source))
    columns.destinationAddress.set(row, columns.addresses.of(packet.destination))
    columns.sourcePort.set(row, Math.max(0, packet.sourcePort))
    columns.destinationPort.set(row, Math.max(0, packet.destinationPort))
  }

  /** Frees columns of rows below `row` that no later visit of the same pass needs. Messages that span segments are put together for their state: that
   *  needs to know which packets of a stream follow each other. */
  private forget(row: number, state: boolean): void {
    const { columns } = this
    if (!state) {
      columns.stream.forgetBefore(row)
      columns.previousInStream.forgetBefore(row)
    }
    for (const column of [
      columns.sourceAddress,
      columns.destinationAddress,
      columns.sourcePort,
      columns.destinationPort,
      columns.protocols,
      columns.severity,
      columns.tcp.sequence,
      columns.tcp.acknowledgment,
      columns.tcp.flags,
      columns.tcp.window,
      columns.tcp.length,
      columns.tcp.analysis,
      columns.tcp.acksFrame,
      columns.tcp.bytesInFlight,
      columns.tcp.pushBytes,
    ])
      column.forgetBefore(row)
  }

  /** Dissects an indexed packet again, alone. Valid until the next dissection. */
  dissect(number: number, wishes: VisitWishes): Decoder {
    return this.again(number, wishes, this.copyFrame(number), true)
  }

  /** Dissects the packet that was visited last again, with what was known then. Valid until the next visit or dissection. */
  dissectLatest(wishes: VisitWishes): Decoder {
    const { buffer, start, capturedLength } = this.reader
    return this.again(this.packets, wishes, buffer.subarray(start, start + capturedLength), false)
  }

  private again(number: number, wishes: VisitWishes, bytes: Uint8Array, hindsight: boolean): Decoder {
    const { decoder } = this
    this.prepare(number)
    decoder.hindsight = hindsight
    decoder.summary = wishes.summary
    decoder.labels = wishes.labels
    decoder.begin(this.session, bytes, false, frame)
    return decoder
  }

  /** Whether a packet was captured with fewer bytes than it had. */
  isCut(number: number): boolean {
    return (this.records.status.get(number - 1) & STATUS.CUT) !== 0
  }

  /** Dissects an indexed packet's headers again, up to TCP's; for who reads payloads in a way of its own. Valid until the next dissection. */
  dissectHeaders(number: number): Decoder {
    this.decoder.headersOnly = this.decoder.addressesOnly = true
    this.again(number, PLAIN, this.frameAhead(number), true)
    this.decoder.headersOnly = this.decoder.addressesOnly = false
    return this.decoder
  }

  private prepare(number: number): void {
    const row = number - 1,
      records = this.records,
      packet = this.decoder.packet,
      status = records.status.get(row)
    packet.number = number
    packet.seconds = records.seconds.get(row)
    packet.nanoseconds = records.nanoseconds.get(row)
    packet.hasTime = (status & STATUS.NO_TIME) === 0
    packet.hasOptions = (status & STATUS.HAS_OPTIONS) !== 0
    packet.capturedLength = records.capturedLength.get(row)
    packet.originalLength = records.originalLength.get(row)
    packet.linkType = records.linkType.get(row)
    packet.interfaceIndex = records.interfaceIndex.get(row)
    packet.position = records.position.get(row)
  }

  /** Bytes of an indexed packet out of a block that is read ahead where packets are asked for in order. Blocks are not written again: bytes may be kept. */
  private frameAhead(number: number): Uint8Array {
    const row = number - 1,
      length = this.records.capturedLength.get(row),
      position = this.records.position.get(row)
    let at = position - this.aheadFrom
    if (at < 0 || at + length > this.ahead.length) {
      const inOrder = at >= 0 && at < this.ahead.length + READ_AHEAD
      const block = new Uint8Array(inOrder ? Math.max(length, READ_AHEAD) : length)
      this.ahead = block.subarray(0, this.source.read(block, 0, block.length, position))
      this.aheadFrom = position
      at = 0
    }
    return this.ahead.subarray(at, at + length)
  }
  /** Bytes of an indexed packet, as a copy. */
  copyFrame(number: number): Uint8Array {
    const row = number - 1,
      bytes = new Uint8Array(this.records.capturedLength.get(row))
    const got = this.source.read(bytes, 0, bytes.length, this.records.position.get(row))
    return got === bytes.length ? bytes : bytes.subarray(0, got)
  }

  // FrameAccess
  frame(number: number): Uint8Array {
    const row = number - 1,
      length = this.records.capturedLength.get(row),
      position = this.records.position.get(row),
      { reader } = this
    // what the reader's buffer still holds need not be read again
    const start = reader.start - (reader.position - position)
    if (start >= reader.bufferStart && position <= reader.position && this.status === 'packet')
      return reader.buffer.subarray(start, start + length)
    return this.recent.read(position, length)
  }
  seconds(number: number): number {
    return this.records.seconds.get(number - 1)
  }
  nanoseconds(number: number): number {
    return this.records.nanoseconds.get(number - 1)
  }
  interface(index: number): InterfaceDescription | undefined {
    const all = this.reader.interfaces,
      found = all[index]
    if (!found || this.reader.format !== 'pcapng') return found
    const known = this.placed.get(found)
    if (known) return known
    let id = index
    while (id > 0 && all[id - 1]?.section === found.section) id--
    const placed = { ...found, place: { section: found.section, id: index - id } }
    this.placed.set(found, placed)
    return placed
  }
  options(number: number): PacketOptions {
    const row = number - 1
    return readPacketOptions(this.source, this.records.position.get(row), this.records.linkType.get(row))
  }
  customBlock(number: number): { enterprise: number; mayCopy: boolean } {
    const bytes = new Uint8Array(12)
    this.source.read(bytes, 0, 12, this.records.position.get(number - 1) - 12)
    // the block type differs from itself with its bytes exchanged
    const mayCopy = bytes[0] === 0 || bytes[3] === 0,
      big = bytes[0] === 0 || bytes[0] === 0x40
    return { enterprise: big ? u32be(bytes, 8) : u32le(bytes, 8), mayCopy }
  }

  close(): void {
    this.source.close()
  }
}

function conversationsOf(session: Session) {
  return session.state(CONVERSATIONS)
}
