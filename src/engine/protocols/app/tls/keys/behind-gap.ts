// The first record behind lost ones: its sequence number is the next that its nonce tells, or one of those that follow, under the present keys or the next
// ones; authentication says which (RFC 8446, 5.3; RFC 5246, 6.2.3). Tries are bounded, whatever a capture holds.
import type { Direction, Unlocked } from './direction'
import type { RecordCipher } from './record-cipher'

/** Sequence numbers that are tried on one record, and on all of a connection: at first, for each record that was opened, and at most. */
const MOST_SKIPPED = 2048,
  FIRST_TRIES = 512,
  TRIES_EARNED = 32,
  MOST_TRIES = 20_000

/** Tries that a connection has left. */
export class Tries {
  left = FIRST_TRIES
  /** A record was opened. */
  earn(): void {
    this.left = Math.min(MOST_TRIES, this.left + TRIES_EARNED)
  }
}

/** Keys under which the record may be, and the sequence number that is tried first. */
export interface Possible {
  readonly cipher: RecordCipher
  readonly from: number
  /** Makes them those of the direction. */
  readonly adopt: () => void
  /** They are not the present ones. */
  readonly isNew: boolean
}

/** A record as it was sent. */
interface ProtectedRecord {
  readonly type: number
  readonly version: number
  readonly payload: Uint8Array
}

/** Opens it, and sets the direction to go on from there; undefined where none of the tries does. */
export function openBehindGap(
  direction: Direction,
  possible: readonly Possible[],
  { type, version, payload }: ProtectedRecord,
  tries: Tries,
): Unlocked | undefined {
  const iv = direction.lastBlock
  for (const { cipher, from, adopt, isNew } of possible) {
    // where a stream cipher's state or the block before is needed, nobody can enter here
    if (cipher.once || (cipher.chained && iv.length === 0)) continue
    for (const sequence of numbers(direction, isNew ? undefined : cipher.sequenceOf(payload, direction.nonceOffset), from)) {
      if (tries.left-- <= 0) break
      const plain = cipher.open(sequence, type, version, payload, iv)
      if (!plain) continue
      adopt()
      const skipped = isNew ? undefined : sequence - from - direction.unopened
      direction.sequence = sequence + 1
      direction.missing = direction.unopened = 0
      direction.nonceOffset = cipher.nonceOffset(sequence, payload)
      if (cipher.chained) direction.lastBlock = cipher.lastBlock(payload)
      return { type: plain.type, bytes: plain.bytes, cipher, sequence, iv, skipped }
    }
  }
  const chained = possible.find(({ cipher }) => cipher.chained)
  if (chained) direction.lastBlock = chained.cipher.lastBlock(payload)
  direction.missing++
  direction.unopened++
  return undefined
}

/** The numbers that are tried: first the one that was told. */
function* numbers({ missing }: Direction, told: number | undefined, from: number): Generator<number> {
  if (told !== undefined && told >= from) yield told
  for (let skipped = 0; skipped <= Math.min(missing, MOST_SKIPPED); skipped++) yield from + skipped
}
