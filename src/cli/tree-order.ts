// The dissected tree in display order, as linked lists in arrays that are reused for every packet.
import type { TreeBuffer } from '../engine/service/terminal'

/** First child and next sibling of every node. Node -1 stands for the packet, whose children are the layers. */
export class TreeOrder {
  private first = new Int32Array(0)
  private last = new Int32Array(0)
  private next = new Int32Array(0)
  private rootFirst = -1

  /** Reads the parents of a tree. */
  build(tree: TreeBuffer): void {
    const count = tree.count
    if (this.first.length < count) {
      this.first = new Int32Array(count * 2)
      this.last = new Int32Array(count * 2)
      this.next = new Int32Array(count * 2)
    }
    const { first, last, next } = this
    first.fill(-1, 0, count)
    last.fill(-1, 0, count)
    next.fill(-1, 0, count)
    let rootLast = -1
    this.rootFirst = -1
    for (let node = 0; node < count; node++) {
      const parent = tree.parent(node)
      const before = parent < 0 ? rootLast : (last[parent] ?? -1)
      if (before >= 0) next[before] = node
      else if (parent < 0) this.rootFirst = node
      else first[parent] = node
      if (parent < 0) rootLast = node
      else last[parent] = node
    }
  }

  /** First child, or -1. */
  child(node: number): number {
    return node < 0 ? this.rootFirst : (this.first[node] ?? -1)
  }

  /** Next sibling, or -1. */
  sibling(node: number): number {
    return this.next[node] ?? -1
  }
}
