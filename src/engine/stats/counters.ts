// Numbers by index in one growing array: a table of counts for any number of conversations.

/** Numbers that are 0 until they are set; the array grows as they are. */
export class Counters {
  private values = new Float64Array(256)

  get(index: number): number {
    return this.values[index] ?? 0
  }
  set(index: number, value: number): void {
    if (index >= this.values.length) {
      const larger = new Float64Array(Math.max(index + 1, this.values.length * 2))
      larger.set(this.values)
      this.values = larger
    }
    this.values[index] = value
  }
  add(index: number, value: number): void {
    this.set(index, this.get(index) + value)
  }
}
