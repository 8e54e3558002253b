// Which packets the list shows, and in which order. Without filter and sort order it costs nothing: row r is packet r + 1.

/** Rows of the packet list. A packet is named by its number (from 1), a row by its position (from 0). */
export class DisplayedList {
  /** Numbers by row, or undefined when every packet is shown in file order. */
  private numbers: Uint32Array | undefined
  private length = 0
  /** True while numbers ascend, so that a packet's row is found by halving. */
  private ascending = true

  /** Shows every packet in file order; `packets` is how many there are now. */
  showAll(packets: number): void {
    this.numbers = undefined
    this.length = packets
    this.ascending = true
  }

  /** Shows these packets in this order. Takes the array over; `length` of it are used. */
  show(numbers: Uint32Array, length: number, ascending: boolean): void {
    this.numbers = numbers
    this.length = length
    this.ascending = ascending
  }

  /** True when every packet is shown in file order. */
  get isComplete(): boolean {
    return this.numbers === undefined
  }

  get size(): number {
    return this.length
  }

  /** A packet that was indexed after the filter was applied, and passes it. */
  append(number: number): void {
    const numbers = this.numbers
    if (numbers === undefined) {
      this.length = Math.max(this.length, number)
      return
    }
    if (this.length === numbers.length) {
      const larger = new Uint32Array(Math.max(1024, numbers.length * 2))
      larger.set(numbers)
      this.numbers = larger
    }
    const target = this.numbers ?? numbers
    target[this.length++] = number
  }

  /** Packet number in a row; 0 when there is no such row. */
  at(row: number): number {
    if (row < 0 || row >= this.length) return 0
    return this.numbers === undefined ? row + 1 : (this.numbers[row] ?? 0)
  }

  /** Row of a packet; where it is hidden, the row of the nearest packet shown after it (or before, at the end) with exact = false. */
  find(number: number): { row: number; exact: boolean } {
    if (this.numbers === undefined) {
      const row = Math.min(number, this.length) - 1
      return { row: Math.max(0, row), exact: number <= this.length }
    }
    return this.ascending ? this.halve(this.numbers, number) : this.scan(this.numbers, number)
  }

  private halve(numbers: Uint32Array, number: number): { row: number; exact: boolean } {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((numbers[middle] ?? 0) < number) low = middle + 1
      else high = middle
    }
    return { row: Math.max(0, Math.min(low, this.length - 1)), exact: low < this.length && numbers[low] === number }
  }

  /** Sorted by something else: the nearest following number may be anywhere. */
  private scan(numbers: Uint32Array, number: number): { row: number; exact: boolean } {
    let row = 0
    let nearest = Infinity
    for (let index = 0; index < this.length; index++) {
      const found = numbers[index] ?? 0
      if (found === number) return { row: index, exact: true }
      if (found > number && found < nearest) {
        nearest = found
        row = index
      }
    }
    return { row, exact: false }
  }

  /** The numbers shown now, as a copy in list order. */
  copy(): Uint32Array {
    if (this.numbers !== undefined) return this.numbers.slice(0, this.length)
    const all = new Uint32Array(this.length)
    for (let row = 0; row < all.length; row++) all[row] = row + 1
    return all
  }
}
