// A binary heap.

/** Gives what was put in, the least first, at a cost of log n each. Of equals any may come first. */
export class Heap<T> {
  private readonly items: T[] = []
  /** Negative when `a` comes before `b`. */
  private readonly compare: (a: T, b: T) => number

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare
  }

  /** The least, which stays; undefined when it is empty. */
  get first(): T | undefined {
    return this.items[0]
  }

  push(item: T): void {
    const { items } = this
    let at = items.length
    items.push(item)
    while (at > 0) {
      const above = (at - 1) >> 1,
        other = items[above] as T
      if (this.compare(item, other) >= 0) break
      items[at] = other
      at = above
    }
    items[at] = item
  }

  /** Takes the least out; undefined when it is empty. */
  pop(): T | undefined {
    const { items } = this,
      least = items[0],
      item = items.pop()
    if (items.length === 0 || item === undefined) return least
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && this.compare(items[below + 1] as T, items[below] as T) < 0) below++
      const other = items[below] as T
      if (this.compare(item, other) <= 0) break
      items[at] = other
      at = below
    }
    items[at] = item
    return least
  }
}
