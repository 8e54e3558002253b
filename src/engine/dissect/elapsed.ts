// Times between packets.
import type { Decoder } from './decoder'
import type { TimeValue } from './tree-buffer'

/**
 * Time from a frame to the one being dissected; seconds and nanoseconds have one sign. Where a damaged file gives more than a second of nanoseconds,
 * or less than none, they are taken as they are, in 32 bits, as tshark does.
 */
export function elapsedSince(d: Decoder, frame: number): TimeValue {
  const p = d.packet,
    frames = d.session.frames
  if (frame === p.number) return { seconds: 0, nanoseconds: 0 }
  let seconds = p.seconds - frames.seconds(frame),
    nanoseconds = (p.nanoseconds - frames.nanoseconds(frame)) | 0
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
