// Which protocols occurred inside which: packets counted by the chain of their protocols, as tshark's -z io,phs counts them.
import { fieldById, protocolByName } from '../dissect/registry'
import { HIDDEN } from '../dissect/tree-buffer'
import type { TreeBuffer } from '../dissect/tree-buffer'

/** One protocol under the ones around it. `frames` and `bytes` (of whole frames, as on the wire) include those of the levels inside. */
export interface HierarchyLevel {
  /** Filter name of the protocol (or 'tcp.segments', the list of segments behind a message that they make up). */
  readonly name: string
  readonly label: string
  frames: number
  bytes: number
  readonly inside: Map<number, HierarchyLevel>
}

/** The hierarchy, packet by packet. */
export class ProtocolHierarchy {
  readonly top: HierarchyLevel = { name: '', label: '', frames: 0, bytes: 0, inside: new Map() }
  private readonly withFrame: boolean

  /** `withFrame`: the frame itself is the outermost level. */
  constructor(withFrame: boolean) {
    this.withFrame = withFrame
  }

  /** Counts a dissected packet of `bytes` on the wire. */
  add(tree: TreeBuffer, bytes: number): void {
    let at = this.top,
      segments = -1
    const enter = (id: number): void => {
      let next = at.inside.get(id)
      if (!next) {
        const { name, label } = fieldById(id)
        at.inside.set(id, (next = { name, label: protocolByName(name)?.short ?? label, frames: 0, bytes: 0, inside: new Map() }))
      }
      next.frames++
      next.bytes += bytes
      at = next
    }
    for (let node = 0; node < tree.count; node++) {
      if (tree.parent(node) >= 0 || ((tree.flags[node] ?? 0) & HIDDEN) !== 0) continue
      const id = tree.field(node),
        { name } = fieldById(id)
      if (name === 'frame' && !this.withFrame) continue
      // tshark counts the list of segments behind the message that they make up
      if (segments >= 0 && (tree.source[node] ?? 0) === 0) {
        enter(segments)
        segments = -1
      }
      if (name === 'tcp.segments') segments = id
      else enter(id)
    }
    if (segments >= 0) enter(segments)
  }
}
