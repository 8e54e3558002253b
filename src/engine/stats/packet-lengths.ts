// Packets by their length on the wire, in classes that double, as Wireshark's table has them.

/** Packets of a class: lengths from `from` to `to` bytes (null: and more). */
export interface LengthClass {
  readonly from: number
  readonly to: number | null
  packets: number
  bytes: number
}

const FIRST = 40
const CLASSES = 8

/** Counts packets by length. */
export class PacketLengths {
  readonly classes: readonly LengthClass[] = [
    { from: 0, to: FIRST - 1, packets: 0, bytes: 0 },
    ...Array.from({ length: CLASSES }, (_unused, index) => ({
      from: FIRST * 2 ** index,
      to: index === CLASSES - 1 ? null : FIRST * 2 ** (index + 1) - 1,
      packets: 0,
      bytes: 0,
    })),
  ]

  /** Counts a packet of `bytes` on the wire. */
  add(bytes: number): void {
    const one = this.classes.find(({ to }) => to === null || bytes <= to)
    if (one === undefined) return
    one.packets++
    one.bytes += bytes
  }
}
