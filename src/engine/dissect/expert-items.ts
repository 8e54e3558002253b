// Expert items of a dissected packet, as lists and tables want them.
import { fieldText, stringValue, valueName } from './format'
import { EXPERT, EXPERT_GROUP, MALFORMED_EXPERT } from './problems'
import { fieldById, protocolByName } from './registry'
import type { TreeBuffer } from './tree-buffer'

/** One item. `level`: 0 comment, 1 chat, 2 note, 3 warning, 4 error. */
export interface ExpertItem {
  readonly level: number
  /** Wireshark's name of the group, for example "Sequence". */
  readonly group: string
  /** Short name of the protocol that it is about, for example "TCP". */
  readonly protocol: string
  readonly message: string
  /** Name of the item's own field, which a filter can ask for. */
  readonly field: string
}

/** Wireshark counts these under the reader of the layer's inside. */
const OWNERS: Readonly<Record<string, string>> = { 'eth.padding_bad': 'Ethertype' }

/** The items of a packet, in the order in which they were found; without those about packets that an ICMP error quotes. */
export function expertItems(tree: TreeBuffer): ExpertItem[] {
  const items: ExpertItem[] = []
  for (let node = 0; node < tree.count; node++) {
    // Decoder.expert records the item's own field, message, severity and group right after the expert node
    if (tree.field(node) !== EXPERT || node + 4 >= tree.count || isQuoted(tree, node)) continue
    const field = fieldById(tree.field(node + 1)),
      severity = tree.numbers[node + 3] ?? 0
    items.push({
      level: Math.max(0, (severity >> 21) & 7),
      group: valueName(fieldById(EXPERT_GROUP), tree.numbers[node + 4] ?? 0) ?? 'Unknown',
      protocol: OWNERS[field.name] ?? protocolOf(tree, node, field.id === MALFORMED_EXPERT),
      message: stringValue(tree, node + 2),
      field: field.name,
    })
  }
  return items
}

/** The innermost protocol around a node; for a packet that ended too early, the one that was being read. */
function protocolOf(tree: TreeBuffer, node: number, malformed: boolean): string {
  for (let at = tree.parent(node); at >= 0; at = tree.parent(at)) {
    if (malformed) return fieldText(tree, at).replace(/^.*: /, '')
    const protocol = protocolByName(fieldById(tree.field(at)).name)
    if (protocol) return protocol.short
  }
  return ''
}

/** Whether a node lies in a packet that an ICMP error quotes: it is not about this packet. */
function isQuoted(tree: TreeBuffer, node: number): boolean {
  let inner = ''
  for (let at = tree.parent(node); at >= 0; at = tree.parent(at)) {
    const { name } = fieldById(tree.field(at))
    if (inner === '' && protocolByName(name)) inner = name
    if ((name === 'icmp' || name === 'icmpv6') && inner !== name) return true
  }
  return false
}
