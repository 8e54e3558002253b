// One packet for the detail tree and the bytes pane.
import type { PacketDetail, TreeRow } from '../../shared/contract'
import { encodeBase64 } from '../../shared/text/base64'
import { escapeText } from '../bytes/text'
import type { Decoder } from '../dissect/decoder'
import { fieldText, filterFor, rowText } from '../dissect/format'
import { EXPERT_SEVERITY, severityLevel, TEXT } from '../dissect/problems'
import { fieldById, protocolByName } from '../dissect/registry'
import { GENERATED, HIDDEN, type TreeBuffer } from '../dissect/tree-buffer'
import type { CaptureNames } from './names'
import { classOfChain, className } from './packet-class'

type Relation = PacketDetail['related'][number]['kind']

/** What a field that refers to another packet says about it, by the end of its name. */
const RELATIONS: readonly (readonly [ending: RegExp, kind: Relation])[] = [
  [/\.(request_in|response_to|resp_to)$/, 'request'],
  [/\.(response_in|resp_in)$/, 'response'],
  [/\.acks_frame$/, 'acknowledges'],
  [/\.(rto_frame|duplicate_ack_frame)$/, 'retransmission-of'],
  [/\.reassembled_in$/, 'reassembled-in'],
  [/\.(segment|fragment)$/, 'segment'],
  [/\.prev_(request|response)_in$/, 'previous'],
  [/\.next_(request|response)_in$/, 'next'],
]
const MAX_RELATED = 200

/** Builds the detail from the packet that the decoder holds. */
export function packetDetail(number: number, decoder: Decoder, comments: readonly string[], names: CaptureNames | undefined): PacketDetail {
  const { tree } = decoder
  const severities = severitiesOf(tree)
  const rows: TreeRow[] = []
  const layers: PacketDetail['layers'] = []
  let hiddenBelow = -1
  let protocol = ''
  tree.walk((node, depth, hasChildren) => {
    const flags = tree.flags[node] ?? 0
    // What is below a hidden row is hidden with it.
    if (hiddenBelow >= 0 && depth > hiddenBelow) return
    hiddenBelow = (flags & HIDDEN) !== 0 ? depth : -1
    if (hiddenBelow >= 0) return
    const field = fieldById(tree.field(node))
    if (depth === 0) {
      protocol = field.name
      const known = protocolByName(field.name)
      if (known !== undefined && field.name !== 'frame') {
        layers.push({
          protocol: field.name,
          title: known.title,
          short: known.short,
          source: tree.source[node] ?? 0,
          start: tree.start(node),
          end: tree.end(node),
        })
      }
    }
    rows.push(treeRow(tree, node, depth, hasChildren, protocol, severities[node] ?? 0, names))
  })
  return {
    number,
    tree: rows,
    sources: tree.sources.map(({ name, bytes }) => ({ name, bytes: encodeBase64(bytes) })),
    layers,
    protocolClass: className(classOfChain(tree.chain)),
    protocol: decoder.protocolColumn,
    info: escapeText(decoder.infoColumn),
    comments: [...comments],
    related: relatedOf(tree, number),
  }
}

/** A packet that the user told to ignore: its bytes without a word about them. */
export function ignoredDetail(number: number, bytes: Uint8Array, comments: readonly string[]): PacketDetail {
  return {
    number,
    tree: [],
    sources: [{ name: 'Frame', bytes: encodeBase64(bytes) }],
    layers: [],
    protocolClass: 'other',
    protocol: '',
    info: '<Ignored>',
    comments: [...comments],
    related: [],
  }
}

function treeRow(
  tree: TreeBuffer,
  node: number,
  depth: number,
  hasChildren: boolean,
  protocol: string,
  severity: number,
  names: CaptureNames | undefined,
): TreeRow {
  const field = fieldById(tree.field(node))
  const generated = ((tree.flags[node] ?? 0) & GENERATED) !== 0
  const isText = field.id === TEXT
  const hasValue = !isText && field.type !== 'protocol' && field.type !== 'none' && field.type !== 'expert'
  const value = hasValue ? fieldText(tree, node) : ''
  const name = field.type === 'ipv4' || field.type === 'ipv6' ? names?.nameOf(value) : undefined
  const label = rowText(tree, node) + (name === undefined ? '' : ` (${name})`)
  return {
    depth,
    label: generated ? `[${label}]` : label,
    field: isText ? '' : field.name,
    value,
    filter: filterFor(tree, node),
    source: tree.source[node] ?? 0,
    start: tree.start(node),
    end: tree.end(node),
    generated,
    severity,
    protocol,
    frame: field.type === 'framenum' ? (tree.numbers[node] ?? 0) : 0,
    parent: hasChildren && hasVisibleChild(tree, node),
  }
}

/** A row whose children are all hidden has nothing to open. */
function hasVisibleChild(tree: TreeBuffer, parent: number): boolean {
  for (let node = parent + 1; node < tree.count; node++) {
    if (tree.parent(node) === parent && ((tree.flags[node] ?? 0) & HIDDEN) === 0) return true
  }
  return false
}

/** Severity of each row: the worst of the expert items below it. */
function severitiesOf(tree: TreeBuffer): Uint8Array {
  const severities = new Uint8Array(tree.count)
  for (let node = 0; node < tree.count; node++) {
    if (tree.field(node) !== EXPERT_SEVERITY) continue
    const severity = severityLevel(tree.numbers[node] ?? 0)
    for (let at = tree.parent(node); at >= 0; at = tree.parent(at)) severities[at] = Math.max(severities[at] ?? 0, severity)
  }
  return severities
}

function relatedOf(tree: TreeBuffer, self: number): PacketDetail['related'] {
  const related: PacketDetail['related'] = []
  const seen = new Set<string>()
  for (let node = 0; node < tree.count && related.length < MAX_RELATED; node++) {
    const field = fieldById(tree.field(node))
    if (field.type !== 'framenum') continue
    const number = tree.numbers[node] ?? 0
    const kind = RELATIONS.find(([ending]) => ending.test(field.name))?.[1]
    if (kind === undefined || number <= 0 || number === self || seen.has(`${kind} ${number}`)) continue
    seen.add(`${kind} ${number}`)
    related.push({ number, kind })
  }
  return related
}
