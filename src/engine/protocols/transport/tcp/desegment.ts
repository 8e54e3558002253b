// What becomes of a segment's payload: given to the protocol above, joined with other segments to a PDU that spans them, or shown as segment data.
// The rules are those of tshark 4.0.17 with its defaults (reassembly on, in the order of arrival).
//
// The same steps run on every visit. The first visit writes the table of PDUs (pdus.ts); later visits see of it what was there before their packet,
// so that they end up at the same place.
import { ONE_MORE_SEGMENT, UNTIL_FIN } from '../../../dissect/decoder'
import { conversationOf, rememberedProtocol } from '../../../dissect/conversation'
import type { Decoder } from '../../../dissect/define'
import { FACT } from '../../../dissect/packet-facts'
import { dispatchTable, protocolByName } from '../../../dissect/registry'
import type { Protocol } from '../../../dissect/registry'
import { ANALYSIS, FIN, MARK, SYN } from './analysis-flags'
import { F_FIN_FRAME, F_STATE, RUNS_TO_FIN } from '../../../core/layout'
import { PDU } from './pdus'
import type { PduPart } from './pdus'
import type { Segment, TcpIds } from './tcp'
import type { TcpTracker } from './tracker'

/** Largest start of a PDU that is kept for reassembly, as a bound against absurd requests. */
const LARGEST_START = 1 << 20
/** Segments of which nothing is given to protocols above: those that bring nothing new, and those that come out of order. A fast retransmission fills the
 *  gap that was asked about. */
const REPEATED = ANALYSIS.RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION | ANALYSIS.OUT_OF_ORDER

/** Dissects the payload at d.at..d.end. */
export function dissectPayload(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment): void {
  const p = d.packet,
    start = d.at
  p.streamEnds = (s.flags & FIN) !== 0
  const inFrame = d.source === 0 && start <= 0xffff
  if (d.first && s.ordinal === 0 && inFrame) tracker.pdus.payloadAt.set(p.number - 1, start)
  if (d.headersOnly) return
  const off = d.session.options.preferences.get('tcp.desegment_tcp_streams')?.toUpperCase() === 'FALSE'
  if (off || p.stream < 0 || p.inError || p.fragmented || d.leftCaptured < d.left) {
    d.canDesegment = 0
    if (off || !(tracker.analysis & REPEATED)) protocolAbove(d, tracker, s, start, d.end)
    return
  }
  desegment(d, f, tracker, s, inFrame)
}

/** A FIN ends what was to last until the end of the stream. Returns whether it did; then the payload, if any, was dissected with it. */
export function dissectAtFin(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment): boolean {
  const { pdus, flow, flows } = tracker,
    p = d.packet,
    frame = p.number
  if (
    !(s.flags & FIN) ||
    p.stream < 0 ||
    d.headersOnly ||
    !(flows.get(flow, F_STATE) & RUNS_TO_FIN) ||
    flows.get(flow, F_FIN_FRAME) !== frame
  )
    return false
  const pdu = pdus.startedBefore(flow, s.sequence, frame),
    next = (s.sequence + s.length) >>> 0
  if (pdu < 0) return false
  const at = s.start + s.headerLength,
    payload = d.slice(at, d.end)
  if (d.first && pdus.state[pdu]! & PDU.UNTIL_FIN && ((pdus.next[pdu]! - s.sequence) | 0) >= 0) {
    tracker.mark(MARK.CONTINUES)
    if (d.source !== 0 || s.ordinal > 0 || at > 0xffff) pdus.keepCopy(frame, s.ordinal, payload)
    else pdus.payloadAt.set(frame - 1, at)
    pdus.extend(pdu, next, false)
    if (pdus.add(pdu, s.sequence, s.length, frame)) pdus.completeFrame[pdu] = frame
  }
  if (pdus.completeFrame[pdu] !== frame) return false
  const parts = pdus.parts(pdu, frame),
    bytes = pdus.bytes(pdu, parts, d.session.frames, frame, payload)
  if (s.length === 0) parts.push({ frame, offset: bytes.length, length: 0, skip: 0, overlaps: false })
  if (!d.stateOnly) showParts(d, f, parts, bytes)
  d.canDesegment = 0
  p.streamEnds = p.reassembled = true
  d.within('Reassembled TCP', bytes, () => protocolAbove(d, tracker, s, 0, bytes.length))
  p.reassembled = false
  pdus.finish(pdu)
  return true
}

function desegment(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment, inFrame: boolean): void {
  const { pdus, flow } = tracker,
    p = d.packet,
    end = d.end,
    frame = p.number,
    start = d.at
  let at = start,
    sequence = (s.sequence + (s.flags & SYN ? 1 : 0)) >>> 0
  while (at < end) {
    const next = (sequence + (end - at)) >>> 0
    const same = pdus.startingAt(flow, sequence, frame)
    if (same >= 0 && ((next - pdus.next[same]!) | 0) <= 0) {
      segmentData(d, f, at, end, 'Retransmitted TCP segment data')
      reassembledIn(d, f, tracker, same)
      d.appendInfo(' [TCP segment of a reassembled PDU]')
      return
    }
    // a longer segment than the one that began the message is a part of it, too
    const pdu = same >= 0 ? same : pdus.covering(flow, sequence, frame)
    // out of order inside a message that is being collected, a segment is a part of it; elsewhere nobody reads it
    if (tracker.analysis & (pdu >= 0 ? REPEATED & ~ANALYSIS.OUT_OF_ORDER : REPEATED)) {
      if (!(tracker.analysis & (ANALYSIS.SPURIOUS_RETRANSMISSION | ANALYSIS.OUT_OF_ORDER)))
        segmentData(d, f, at, end, 'Retransmitted TCP segment data')
      return
    }
    // what reaches into a message that was complete before adds nothing, and nobody reads it
    if (pdu >= 0 && pdus.completeFrame[pdu]! > 0 && pdus.completeFrame[pdu]! < frame) return
    let follows = 0,
      called = false,
      dataFrom = at,
      more = 0
    if (pdu >= 0) {
      const open = (pdus.state[pdu]! & PDU.OPEN) !== 0
      const length = open && d.first ? end - at : Math.min(end - at, (pdus.next[pdu]! - sequence) >>> 0)
      if (d.first) {
        tracker.mark(MARK.CONTINUES)
        if (!inFrame || s.ordinal > 0) pdus.keepCopy(frame, s.ordinal, d.slice(s.start + s.headerLength, end))
        if (open) pdus.extend(pdu, (sequence + length) >>> 0, false)
        if (pdus.add(pdu, sequence, length, frame)) pdus.completeFrame[pdu] = frame
      }
      if (length < end - at) follows = length
      if (pdus.completeFrame[pdu] === frame) {
        // as in tshark, what a segment out of order completes is shown and nobody reads it
        if (tracker.analysis & ANALYSIS.OUT_OF_ORDER) {
          segmentData(d, f, at, at + length, 'TCP segment data')
          if (!d.stateOnly) {
            const parts = pdus.parts(pdu, frame)
            showParts(d, f, parts, pdus.bytes(pdu, parts, d.session.frames, frame, d.slice(s.start + s.headerLength, end)))
          }
          pdus.finish(pdu)
          return
        }
        const outcome = reassembled(d, f, tracker, s, pdu, at, length)
        called = true
        if (outcome === 'extended') {
          follows = 0
          d.desegmentLength = 0
          segmentData(d, f, at, end, 'TCP segment data')
          d.setProtocol('TCP')
          d.appendInfo(' [TCP segment of a reassembled PDU]')
          return
        }
        more = d.desegmentLength
        if (more) dataFrom = at + outcome
      }
    } else {
      d.canDesegment = 2
      d.desegmentLength = 0
      protocolAbove(d, tracker, s, at, end)
      d.canDesegment = 0
      called = true
      more = d.desegmentLength
      if (more) dataFrom = Math.max(at, d.desegmentOffset)
    }
    if (more) {
      d.desegmentLength = 0
      if (d.first) startPdu(d, tracker, s, (sequence + (dataFrom - at)) >>> 0, next, more, inFrame)
      // of a message that begins behind others in the segment, the columns say nothing
      if (dataFrom === start) {
        if (pdu < 0) d.setProtocol('TCP')
        d.appendInfo(' [TCP segment of a reassembled PDU]')
      }
      // of a segment that belongs to a message wholly the bytes stand there already
      if (pdu < 0) segmentData(d, f, dataFrom, end, 'TCP segment data')
      return
    }
    if (!called) {
      if (s.ordinal === 0 && at === start && follows === 0) d.facts |= FACT.SEGMENT
      reassembledIn(d, f, tracker, pdu)
      d.appendInfo(' [TCP segment of a reassembled PDU]')
      segmentData(d, f, at, follows === 0 ? end : at + follows, 'TCP segment data')
    }
    // what follows the PDU's end is read even while parts before it are missing
    if (follows === 0) return
    at += follows
    sequence = (sequence + follows) >>> 0
    d.fenceInfo()
  }
}

/** A PDU is complete: gives it to the protocol above. Returns how far into the segment it was consumed, or that it needs still more. */
function reassembled(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment, pdu: number, at: number, length: number): number | 'extended' {
  const { pdus } = tracker,
    p = d.packet,
    end = d.end,
    size = (pdus.next[pdu]! - pdus.sequence[pdu]!) >>> 0
  const head =
    d.stateOnly && !(pdus.state[pdu]! & (PDU.OPEN | PDU.OVERLAP)) && !pdus.grew(pdu)
      ? neededHead(pdus.head[pdu]!, protocolByPort(d, tracker, s)?.stateInHead(d.session, conversationOf(d)) ?? 0)
      : 0
  const cut = head > 0 && head < size
  const limit = cut ? head : Infinity,
    kept = cut ? pdus.heads.get(pdu, head) : undefined,
    parts = kept ? [] : pdus.parts(pdu, p.number, limit)
  const bytes = kept ?? pdus.bytes(pdu, parts, d.session.frames, p.number, d.slice(s.start + s.headerLength, end), limit)
  const before = d.tree.count
  if (!d.stateOnly) {
    segmentData(d, f, at, at + length, 'TCP segment data')
    showParts(d, f, parts, bytes)
  }
  const shown = d.tree.count
  d.canDesegment = cut ? 0 : 2
  d.desegmentLength = 0
  p.reassembled = true
  const payloadAt = s.start + s.headerLength,
    origin = d.source === 0 ? () => pdus.origin(pdu, cut ? pdus.parts(pdu, p.number) : parts, p.number, payloadAt) : undefined
  d.within('Reassembled TCP', bytes, () => protocolAbove(d, tracker, s, 0, size), size, origin)
  p.reassembled = false
  d.canDesegment = 0
  const old = size - length
  if (!d.desegmentLength) {
    pdus.finish(pdu)
    return length
  }
  if (d.desegmentOffset <= old) {
    // nothing of this segment was read yet: the PDU is longer than was thought
    if (d.first) {
      const next = (pdus.sequence[pdu]! + size) >>> 0,
        more = d.desegmentLength
      if (more === ONE_MORE_SEGMENT) pdus.extend(pdu, (next + 1) >>> 0, true)
      else pdus.extend(pdu, (next + (more === UNTIL_FIN ? 0x3fff_ffff : more)) >>> 0, false)
      if (more === UNTIL_FIN) {
        pdus.state[pdu]! |= PDU.UNTIL_FIN
        untilFin(tracker)
      }
    }
    if (d.tree.count === shown) {
      d.tree.count = before
      d.tree.sources.pop()
    }
    return 'extended'
  }
  pdus.finish(pdu)
  return d.desegmentOffset - old
}

/** How much of a PDU's start is to be read for state: what the protocol above said of this one, at most what it says of all; 0 = all of it. */
function neededHead(ofThis: number, most: number): number {
  return ofThis > 0 ? Math.min(ofThis, most) : most
}

/** The flow's FIN will complete a PDU. */
function untilFin(tracker: TcpTracker): void {
  const { flows, flow } = tracker
  flows.set(flow, F_STATE, flows.get(flow, F_STATE) | RUNS_TO_FIN)
}

function startPdu(d: Decoder, tracker: TcpTracker, s: Segment, sequence: number, next: number, more: number, inFrame: boolean): void {
  const { pdus, flow } = tracker,
    frame = d.packet.number,
    length = (next - sequence) >>> 0
  if (more === UNTIL_FIN) untilFin(tracker)
  if (length > LARGEST_START) return
  const open = more === ONE_MORE_SEGMENT
  const end = more === UNTIL_FIN ? (next + 0x3fff_ffff) >>> 0 : (next + (open ? 1 : more)) >>> 0
  const pdu = pdus.start(flow, s.ordinal, sequence, end, frame, open, d.desegmentHead)
  if (more === UNTIL_FIN) pdus.state[pdu]! |= PDU.UNTIL_FIN
  pdus.add(pdu, sequence, length, frame)
  const head = d.desegmentHead
  if (d.stateOnly && head > 0 && head <= length) pdus.heads.keep(pdu, d.slice(d.end - length, d.end - length + head))
  if (!inFrame || s.ordinal > 0) pdus.keepCopy(frame, s.ordinal, d.slice(s.start + s.headerLength, d.end))
}

/** The protocol of the conversation if one is remembered, then the port tables (the server's port first), then what recognises itself, else data. */
function protocolAbove(d: Decoder, tracker: TcpTracker, s: Segment, from: number, to: number): void {
  const outer = d.end,
    at = d.at
  d.at = from
  d.end = to
  above(d, tracker, s)
  d.at = at
  d.end = outer
}

function above(d: Decoder, tracker: TcpTracker, s: Segment): void {
  // the byte of a keep-alive was sent before; nothing is to be read from it
  if (tracker.analysis & ANALYSIS.KEEP_ALIVE) {
    d.data()
    return
  }
  const remembered = rememberedProtocol(d)
  if (remembered && d.layer(remembered, d.at, d.end)) return
  for (const port of portsInOrder(d, tracker, s)) if (port !== 0 && d.next('tcp.port', port)) return
  if (d.nextByContent('tcp')) return
  d.data()
}

/** The server's port where it is known, then the lower and the higher one. */
function portsInOrder(d: Decoder, tracker: TcpTracker, s: Segment): readonly number[] {
  const server = tracker.serverPort(d.packet.stream),
    low = Math.min(s.sourcePort, s.destinationPort),
    high = Math.max(s.sourcePort, s.destinationPort)
  return server === 0 ? (low === high ? [low] : [low, high]) : [server, low === server ? high : low]
}

/** The protocol that memory or ports name for a payload. */
function protocolByPort(d: Decoder, tracker: TcpTracker, s: Segment): Protocol | undefined {
  const remembered = rememberedProtocol(d)
  if (remembered) return remembered
  for (const port of portsInOrder(d, tracker, s)) {
    const as = d.session.options.decodeAs.get('tcp.port')?.get(port),
      found = (as === undefined ? undefined : protocolByName(as)) ?? dispatchTable('tcp.port').get(port)
    if (port !== 0 && found) return found
  }
  return undefined
}

function segmentData(d: Decoder, f: TcpIds, from: number, to: number, words: string): void {
  const stop = Math.min(to, d.readable)
  if (stop <= from || d.stateOnly) return
  const parent = d.parent
  d.parent = d.layerNode
  d.range(f['tcp.segment_data'], from, stop)
  if (d.labels) d.label(`${words} (${stop - from} byte${stop - from === 1 ? '' : 's'})`)
  d.parent = parent
}

function reassembledIn(d: Decoder, f: TcpIds, tracker: TcpTracker, pdu: number): void {
  const frame = tracker.pdus.completeFrame[pdu]!
  // a single pass of tshark does not say so, even of a frame that repeats what is complete
  if (d.hindsight && frame !== 0 && frame !== d.packet.number) d.generated(f['tcp.reassembled_in'], frame)
}

function showParts(d: Decoder, f: TcpIds, parts: readonly PduPart[], bytes: Uint8Array): void {
  const outer = d.parent
  d.parent = -1
  d.generatedValue(
    f['tcp.segments'],
    `${parts.length} Reassembled TCP Segments (${bytes.length} bytes): ${parts.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
    0,
    0,
  )
  const inner = d.enter()
  for (const part of parts) {
    d.generated(f['tcp.segment'], part.frame, 0, 0)
    if (d.labels)
      d.label(
        `Frame: ${part.frame}, payload: ${part.offset}-${part.offset + part.length - 1} (${part.length} byte${part.length === 1 ? '' : 's'})`,
      )
    if (part.overlaps) {
      const child = d.enter()
      d.generated(f['tcp.segment.overlap'], 1, 0, 0)
      d.leave(child)
    }
  }
  d.generated(f['tcp.segment.count'], parts.length, 0, 0)
  d.generated(f['tcp.reassembled.length'], bytes.length, 0, 0)
  d.generatedValue(f['tcp.reassembled.data'], bytes, 0, 0)
  d.leave(inner)
  d.parent = outer
}
