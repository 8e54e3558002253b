// -z io,phs: which protocols occurred inside which, in tshark's indented table.
import { HIDDEN, fieldById } from '../engine/service/terminal'
import type { Filter, Trace } from '../engine/service/terminal'
import type { Output } from './output'

interface Level {
  frames: number
  bytes: number
  readonly inside: Map<number, Level>
}

const level = (): Level => ({ frames: 0, bytes: 0, inside: new Map() })

/** Counts packets by the chain of their protocols. */
export class ProtocolHierarchy {
  readonly needsTree = true
  readonly filter: Filter | undefined
  private readonly trace: Trace
  private readonly filterText: string
  /** tshark has the frame itself as a level only where a filter asks about it. */
  private readonly withFrame: boolean
  private readonly top = level()

  constructor(trace: Trace, filter: Filter | undefined, filterText: string) {
    this.trace = trace
    this.filter = filter
    this.filterText = filterText
    this.withFrame = /\bframe\b/.test(filterText)
  }

  /** Counts the packet that was visited last. */
  add(): void {
    const { tree } = this.trace.decoder,
      bytes = this.trace.records.originalLength.get(this.trace.packets - 1)
    let at = this.top,
      segments = -1
    const enter = (id: number) => {
      let next = at.inside.get(id)
      if (!next) at.inside.set(id, (next = level()))
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

  print(out: Output): void {
    out.line('')
    out.line('='.repeat(67))
    out.line('Protocol Hierarchy Statistics')
    out.line(`Filter: ${this.filterText}`)
    out.line('')
    printLevel(out, this.top, 0)
    out.line('='.repeat(67))
  }
}

function printLevel(out: Output, { inside }: Level, depth: number): void {
  for (const [id, one] of inside) {
    out.line(`${('  '.repeat(depth) + fieldById(id).name).padEnd(40)} frames:${one.frames} bytes:${one.bytes}`)
    printLevel(out, one, depth + 1)
  }
}
