// Expert items of many packets, grouped by what was noticed: how often, and in which packets.
import { expertItems } from '../dissect/expert-items'
import { EXPERT_SEVERITY } from '../dissect/problems'
import { fieldByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'

/** Packets listed for a group; what comes after is counted only. */
export const LISTED_PACKETS = 500
/** Groups kept; a hostile capture must not fill memory with names. */
const MAX_GROUPS = 2000

/** Wireshark's label of fields whose message is all they say. */
const SAYS_NOTHING = 'Formatted text'

/** One kind of item. */
export interface ExpertGroup {
  /** 0 comment, 1 chat, 2 note, 3 warning, 4 error. */
  readonly level: number
  /** Wireshark's name of the group: "Sequence". */
  readonly group: string
  readonly protocol: string
  /** Filter name of the item's own field. */
  readonly field: string
  /** The message, if all items have the same; else what they have in common. */
  summary: string
  count: number
  /** The first LISTED_PACKETS packets and what was said of each. */
  readonly packets: { readonly number: number; readonly message: string }[]
}

/** Collects the items of packets. */
export class ExpertGroups {
  private readonly groups = new Map<string, ExpertGroup>()

  /** Adds what was noticed in a dissected packet. */
  add(tree: TreeBuffer, number: number): void {
    if (tree.find(EXPERT_SEVERITY) < 0) return
    for (const { level, group, protocol, field, message } of expertItems(tree)) {
      const key = `${level} ${protocol} ${field}`,
        known = this.groups.get(key)
      if (known === undefined) {
        if (this.groups.size >= MAX_GROUPS) continue
        this.groups.set(key, { level, group, protocol, field, summary: message, count: 1, packets: [{ number, message }] })
        continue
      }
      known.count++
      if (known.summary !== message) known.summary = inCommon(field, known.packets[0]?.message ?? message)
      if (known.packets.length < LISTED_PACKETS) known.packets.push({ number, message })
    }
  }

  /** The groups, worst first, within a level the most frequent first. */
  list(): readonly ExpertGroup[] {
    return [...this.groups.values()].sort((a, b) => b.level - a.level || b.count - a.count)
  }
}

function inCommon(field: string, first: string): string {
  const label = fieldByName(field)?.label ?? SAYS_NOTHING
  return label === SAYS_NOTHING ? `${first.replace(/(?:\\r|\\n| ?…)+$/, '')} …` : label
}
