// Where the second and further transport headers of packets (tunnels, ICMP quotes) belong. Frames and ordinals only grow on first visits, so that places stand
// in their order and a binary search finds them.
import { withRoom } from '../bytes/room'

/** Words of a place: frame, ordinal with marks, stream, frame of the stream before this one. */
const WORDS = 4,
  REVERSE = 0x100,
  TCP = 0x200

export class FurtherPlaces {
  count = 0
  private words = new Int32Array(16 * WORDS)

  /** Adds the place of a header that comes after all that were added; answers its index. */
  add(frame: number, ordinal: number, isTcp: boolean, stream: number, direction: 0 | 1, previousFrame: number): number {
    const index = this.count++,
      at = index * WORDS
    if (at === this.words.length) this.words = withRoom(this.words)
    this.words[at] = frame
    this.words[at + 1] = (ordinal & 0xff) | (direction === 0 ? 0 : REVERSE) | (isTcp ? TCP : 0)
    this.words[at + 2] = stream
    this.words[at + 3] = previousFrame
    return index
  }

  /** Index of a header's place; -1 where it has none. */
  indexOf(frame: number, ordinal: number): number {
    const { words } = this
    let low = 0,
      high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1,
        at = middle * WORDS
      if (words[at]! < frame || (words[at] === frame && (words[at + 1]! & 0xff) < ordinal)) low = middle + 1
      else high = middle
    }
    const at = low * WORDS
    return low < this.count && words[at] === frame && (words[at + 1]! & 0xff) === ordinal ? low : -1
  }

  /** What was added. */
  isTcp(index: number): boolean {
    return (this.words[index * WORDS + 1]! & TCP) !== 0
  }
  stream(index: number): number {
    return this.words[index * WORDS + 2]!
  }
  direction(index: number): 0 | 1 {
    return this.words[index * WORDS + 1]! & REVERSE ? 1 : 0
  }
  previousFrame(index: number): number {
    return this.words[index * WORDS + 3]!
  }

  /** Bytes of memory held. */
  get memory(): number {
    return this.words.byteLength
  }
}
