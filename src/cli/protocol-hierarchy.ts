// -z io,phs: which protocols occurred inside which, in tshark's indented table.
import { ProtocolHierarchy } from '../engine/service/terminal'
import type { Filter, HierarchyLevel, Trace } from '../engine/service/terminal'
import type { Output } from './output'

/** Counts packets by the chain of their protocols. */
export class HierarchyTable {
  readonly needsTree = true
  readonly filter: Filter | undefined
  private readonly trace: Trace
  private readonly filterText: string
  private readonly hierarchy: ProtocolHierarchy

  constructor(trace: Trace, filter: Filter | undefined, filterText: string) {
    this.trace = trace
    this.filter = filter
    this.filterText = filterText
    // tshark has the frame itself as a level only where a filter asks about it
    this.hierarchy = new ProtocolHierarchy(/\bframe\b/.test(filterText))
  }

  /** Counts the packet that was visited last. */
  add(): void {
    this.hierarchy.add(this.trace.decoder.tree, this.trace.records.originalLength.get(this.trace.packets - 1))
  }

  print(out: Output): void {
    out.line('')
    out.line('='.repeat(67))
    out.line('Protocol Hierarchy Statistics')
    out.line(`Filter: ${this.filterText}`)
    out.line('')
    printLevel(out, this.hierarchy.top, 0)
    out.line('='.repeat(67))
  }
}

function printLevel(out: Output, { inside }: HierarchyLevel, depth: number): void {
  for (const one of inside.values()) {
    out.line(`${('  '.repeat(depth) + one.name).padEnd(40)} frames:${one.frames} bytes:${one.bytes}`)
    printLevel(out, one, depth + 1)
  }
}
