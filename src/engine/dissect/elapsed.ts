// Times between packets.
import type { Decoder } from './decoder'
import type { TimeValue } from './tree-buffer'

/**
 * Time from a frame to another (the one being dissected unless given); seconds and nanoseconds have one sign. Where a damaged file gives more than a second of nanoseconds,
 * or less than none, they are taken as they are, in 32 bits, as tshark does.
 */
export function elapsedSince(d: Decoder, frame: number, until = d.packet.number): TimeValue {
  const frames = d.session.frames
  if (frame === until) return { seconds: 0, nanoseconds: 0 }
  let seconds = frames.seconds(until) - frames.seconds(frame),
    nanoseconds = (frames.nanoseconds(until) - frames.nanoseconds(frame)) | 0
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
