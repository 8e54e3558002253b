// What every carrier of ethertypes shares (Ethernet, 802.1Q, SNAP, SLL …): dispatch by ethertype, and the padding and trailer behind a payload
// that is shorter than the frame. IEEE 802.3, 3.2.8 (pad) and 3.2.9 (frame check sequence).
import type { Decoder } from './decoder'
import { bytes, expert } from './field'
import type { FieldId } from './field'
import { addField } from './registry'

const PADDING = addField('eth.padding', bytes('Padding'), 'eth')
const PADDING_BAD = addField(
  'eth.padding_bad',
  expert('note', 'protocol', "Didn't find padding of zeros, and an undecoded trailer exists. There may be padding of non-zeros."),
  'eth',
)
/** Shortest Ethernet frame without its frame check sequence. */
const MINIMUM_FRAME = 60

/** Dissects start..end by its ethertype; what nobody knows is data. Afterwards d.childEnd says where the payload ended by its own length. */
export function payloadByEthertype(d: Decoder, type: number, start: number, end = d.end): void {
  d.chainName('ethertype')
  if (d.next('ethertype', type, start, end)) return
  d.setProtocol(`0x${type.toString(16).padStart(4, '0')}`)
  d.data(start, end)
  d.childEnd = end
}

/** How a carrier shows what follows its payload. */
export interface TrailerShape {
  readonly trailer: FieldId<'bytes'>
  /** Bytes of frame check sequence: a number when the capture file says so, 'maybe' when it may be there, 0 when never. */
  readonly fcs: number | 'maybe'
  /** Shows the frame check sequence at a position. */
  readonly showFcs?: (at: number) => void
  /** Where the frame's first byte is, for the minimum length. */
  readonly frameStart: number
}

/** Records padding, trailer and frame check sequence of start..end under the current parent. Captured bytes only. */
export function recordTrailer(d: Decoder, start: number, end: number, shape: TrailerShape): void {
  let reported = end - start,
    captured = Math.max(0, d.readable - start)
  if (reported <= 0) return
  captured = Math.min(captured, reported)
  let fcsAt = -1
  // A frame long enough to need no padding that still has four bytes more than its payload most likely kept its check sequence.
  if (shape.fcs === 4 || (shape.fcs === 'maybe' && end - shape.frameStart >= 64 && reported >= 4)) {
    if (captured < reported) {
      reported -= 4
      captured = Math.min(captured, reported)
    } else {
      reported -= 4
      captured -= 4
      fcsAt = start + captured
    }
  }
  if (captured > 0) {
    const room = Math.min(MINIMUM_FRAME - (start - shape.frameStart), reported)
    let padding = 0,
      bad = false
    // frames inside tunnels were not padded for a wire of their own
    const outermost = d.tree.chain.indexOf('eth') === d.tree.chain.lastIndexOf('eth')
    if (outermost && start - shape.frameStart < MINIMUM_FRAME && end - shape.frameStart >= MINIMUM_FRAME && room > 0) {
      padding = room
      for (let i = 0; i < room && padding; i++) if (d.peek8(start + i) !== 0) padding = 0
      bad = padding === 0
    }
    if (padding > 0) d.range(PADDING, start, start + Math.min(padding, captured))
    if (captured > padding) {
      d.range(shape.trailer, start + padding, start + captured)
      if (bad) d.expert(PADDING_BAD, start, start, '', d.last)
    }
  }
  if (fcsAt >= 0) shape.showFcs?.(fcsAt)
}
