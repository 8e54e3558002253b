// The starts of PDUs whose other segments are still to come, kept at hand in a ring: what protocols need of most PDUs for their state stands in the first
// segment, and reading it again from the file, PDU by PDU, costs more than all else of them. What the ring lost is read from the file.

/** Bytes that are kept. */
const SIZE = 1 << 21
/** A longer start is not kept. */
const LONGEST = 2048

/** Starts of PDUs by number. */
export class HeadRing {
  private readonly bytes = new Uint8Array(SIZE)
  /** Places in all that was ever written; what lies more than SIZE behind the end is lost. */
  private readonly places = new Map<number, number>()
  private end = 0

  /** Keeps a copy of a PDU's start, where it is not too long. */
  keep(pdu: number, head: Uint8Array): void {
    if (head.length > LONGEST) return
    // contiguous: what does not fit before the ring's end begins at its start
    const at = this.end % SIZE
    if (at + head.length > SIZE) this.end += SIZE - at
    this.bytes.set(head, this.end % SIZE)
    this.places.set(pdu, this.end)
    this.end += head.length
  }

  /** The first `length` bytes of a PDU, valid until the next keep(); undefined where they are not at hand. `length` is at most what was kept. */
  get(pdu: number, length: number): Uint8Array | undefined {
    const place = this.places.get(pdu)
    if (place === undefined || this.end - place > SIZE) return undefined
    return this.bytes.subarray(place % SIZE, (place % SIZE) + length)
  }

  forget(pdu: number): void {
    this.places.delete(pdu)
  }

  get memory(): number {
    return SIZE + this.places.size * 40
  }
}
