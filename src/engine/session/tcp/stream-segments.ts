// The segments of one TCP stream in file order, from the index's columns: what the state machine, the sequence diagram and the graphs read. Nothing is
// dissected; a stream of n segments costs n steps along the stream's chain.
import { PROTOCOL, STATUS } from '../../index/columns'
import type { Trace } from '../../index/trace'
import { MARK } from '../../protocols/transport/tcp/analysis-flags'
import { F_BASE } from '../../core/layout'
import { NO_ROW, tcpTracker } from '../../protocols/transport/tcp/tracker'

/** Segments as columns of one length; index i is the i-th segment in file order. Quoted headers (ICMP errors) are not among them. */
export interface StreamSegments {
  readonly stream: number
  readonly count: number
  readonly frame: Uint32Array
  /** 0 as the stream's first packet (the usual "client"), 1 the other way. */
  readonly direction: Uint8Array
  /** Seconds since the capture's first packet. */
  readonly time: Float64Array
  /** Raw numbers as signed words: compare them with sequenceDistance(). */
  readonly sequence: Int32Array
  readonly acknowledgment: Int32Array
  /** 12 bits of flags as in the header. */
  readonly flags: Uint16Array
  /** Window as in the header, and the shift count in force for it (-1 unknown, -2 not used); a SYN's window is never scaled. */
  readonly window: Uint16Array
  readonly scale: Int8Array
  /** Payload bytes. */
  readonly length: Uint32Array
  /** ANALYSIS and MARK bits of protocols/transport/tcp/analysis-flags. */
  readonly analysis: Uint32Array
  /** Frame of the segment that this one acknowledges; 0 = none. */
  readonly acksFrame: Uint32Array
  /** First sequence number of each direction, as relative numbers count from it. */
  readonly base: readonly [number, number]
}

/** a - b in sequence space: positive when a is later. */
export function sequenceDistance(a: number, b: number): number {
  return (a - b) | 0
}

/** Bytes of window that a segment offers. */
export function offeredWindow(segments: StreamSegments, index: number): number {
  const scale = segments.scale[index] ?? 0
  return (segments.window[index] ?? 0) * (scale > 0 && ((segments.flags[index] ?? 0) & 2) === 0 ? 2 ** scale : 1)
}

/** Reads a stream's segments. Of a stream that does not exist there are none. */
export function streamSegments(trace: Trace, stream: number): StreamSegments {
  const { tcp: table } = trace.conversations,
    tracker = tcpTracker(trace.session),
    frames: number[] = [],
    ordinals: number[] = []
  let frame = stream < table.count ? table.lastFrame(stream) : 0,
    limit = MAX_HEADERS
  while (frame > 0) {
    const place = placeOf(trace, stream, frame, limit)
    // an ICMP error quotes a header: it was not sent again
    if (!place.quoted) {
      frames.push(frame)
      ordinals.push(place.ordinal)
    }
    // a tunnelled packet may carry the stream twice
    limit = place.previous === frame ? place.ordinal : MAX_HEADERS
    frame = limit === 0 ? 0 : place.previous
  }
  frames.reverse()
  ordinals.reverse()
  const count = frames.length,
    { records } = trace
  const result = {
    stream,
    count,
    frame: Uint32Array.from(frames),
    direction: new Uint8Array(count),
    time: new Float64Array(count),
    sequence: new Int32Array(count),
    acknowledgment: new Int32Array(count),
    flags: new Uint16Array(count),
    window: new Uint16Array(count),
    scale: new Int8Array(count),
    length: new Uint32Array(count),
    analysis: new Uint32Array(count),
    acksFrame: new Uint32Array(count),
    base: [tracker.flows.get(stream * 2, F_BASE), tracker.flows.get(stream * 2 + 1, F_BASE)] as const,
  }
  const firstSeconds = records.seconds.get(0),
    firstNanoseconds = records.nanoseconds.get(0)
  frames.forEach((number, index) => {
    const { columns, row } = tracker.rowOf(number, ordinals[index] ?? 0),
      analysis = columns.analysis.get(row),
      direction = analysis & MARK.REVERSE ? 1 : 0
    result.direction[index] = direction
    result.time[index] = records.seconds.get(number - 1) - firstSeconds + (records.nanoseconds.get(number - 1) - firstNanoseconds) / 1e9
    result.sequence[index] = columns.sequence.get(row)
    result.acknowledgment[index] = columns.acknowledgment.get(row)
    result.flags[index] = columns.flags.get(row)
    result.window[index] = columns.window.get(row)
    result.scale[index] = tracker.scaleAt(stream * 2 + direction, number)
    result.length[index] = columns.length.get(row)
    result.analysis[index] = analysis
    result.acksFrame[index] = columns.acksFrame.get(row)
  })
  return result
}

/** Which of a frame's transport headers belongs to the stream (of those numbered below `limit`), and the stream's frame before it. */
function placeOf(trace: Trace, stream: number, frame: number, limit: number): { ordinal: number; previous: number; quoted: boolean } {
  const row = frame - 1,
    { columns, conversations } = trace
  if ((trace.records.status.get(row) & STATUS.REPEATED) === 0)
    return { ordinal: 0, previous: columns.previousInStream.get(row), quoted: false }
  const quoted = (columns.protocols.get(row) & (PROTOCOL.ICMP | PROTOCOL.ICMPV6)) !== 0,
    tracker = tcpTracker(trace.session)
  for (let ordinal = limit - 1; ordinal > 0; ordinal--) {
    const place = conversations.furtherPlace(frame, ordinal)
    // streams of other transports have the same numbers
    if (place?.stream === stream && tracker.rowOf(frame, ordinal).row !== NO_ROW) return { ordinal, previous: place.previousFrame, quoted }
  }
  return { ordinal: 0, previous: columns.previousInStream.get(row), quoted }
}

/** Most transport headers of one packet. */
const MAX_HEADERS = 64
