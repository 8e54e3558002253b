// The detail tree as data: which rows show, paths that remember open nodes across packets, and the link between rows and bytes.
import type { TreeRow } from '../../../shared/contract'

/** Path of every row: its ancestors' and its own field names. Rows of text only use their label up to the first colon. Repeated siblings share a path. */
export function treePaths(tree: readonly TreeRow[]): readonly string[] {
  const stack: string[] = []
  return tree.map((row) => {
    stack.length = row.depth
    const own = row.field === '' ? `"${row.label.split(/[:(]/, 1)[0]?.trim().slice(0, 60) ?? ''}"` : row.field
    stack.push(own)
    return stack.join('/')
  })
}

/** Whether a node is open: as the user left it, else only the last top-level layer is. */
export function isOpen(tree: readonly TreeRow[], index: number, path: string, remembered: Readonly<Record<string, boolean>>): boolean {
  const row = tree[index]
  if (row?.parent !== true) return false
  const known = remembered[path]
  if (known !== undefined) return known
  return row.depth === 0 && index === lastTopLevel(tree) && row.protocol !== 'frame' && row.protocol !== 'data'
}

function lastTopLevel(tree: readonly TreeRow[]): number {
  return tree.findLastIndex((row) => row.depth === 0)
}

/** Indices of the rows that show, in order. */
export function shownRows(
  tree: readonly TreeRow[],
  paths: readonly string[],
  remembered: Readonly<Record<string, boolean>>,
): readonly number[] {
  const shown: number[] = []
  let hiddenBelow = Number.POSITIVE_INFINITY
  tree.forEach((row, index) => {
    if (row.depth > hiddenBelow) return
    hiddenBelow = Number.POSITIVE_INFINITY
    shown.push(index)
    if (row.parent && !isOpen(tree, index, paths[index] ?? '', remembered)) hiddenBelow = row.depth
  })
  return shown
}

/** Index after the last descendant of a row. */
export function subtreeEnd(tree: readonly TreeRow[], index: number): number {
  const depth = tree[index]?.depth ?? 0
  let end = index + 1
  while ((tree[end]?.depth ?? -1) > depth) end++
  return end
}

/** Index of the parent of a row, or -1. */
export function parentOf(tree: readonly TreeRow[], index: number): number {
  const depth = tree[index]?.depth ?? 0
  for (let at = index - 1; at >= 0; at--) if ((tree[at]?.depth ?? 0) < depth) return at
  return -1
}

/** The row that says most about a byte: the smallest range that holds it, the deepest of equals; a real field rather than a computed one. -1 if none. */
export function rowOfByte(tree: readonly TreeRow[], source: number, offset: number): number {
  let best = -1
  let bestSize = Number.POSITIVE_INFINITY
  let bestDepth = -1
  tree.forEach((row, index) => {
    if (row.source !== source || offset < row.start || offset >= row.end || row.field === 'frame') return
    const size = row.end - row.start
    const before = tree[best]
    const better = size < bestSize || (size === bestSize && (row.depth > bestDepth || (before?.generated === true && !row.generated)))
    if (!better || (before !== undefined && size === bestSize && row.generated && !before.generated)) return
    best = index
    bestSize = size
    bestDepth = row.depth
  })
  return best
}

/** All ancestors of a row, nearest first. */
export function ancestors(tree: readonly TreeRow[], index: number): readonly number[] {
  const found: number[] = []
  for (let at = parentOf(tree, index); at >= 0; at = parentOf(tree, at)) found.push(at)
  return found
}

/** A label split for drawing: the name in front is emphasised on protocol rows. */
export function labelParts(row: TreeRow): readonly [strong: string, rest: string] {
  if (row.depth > 0) return ['', row.label]
  const match = /^([^,:(]+)(.*)$/s.exec(row.label)
  return match === null ? [row.label, ''] : [match[1] ?? '', match[2] ?? '']
}

/** The row whose label begins with `typed`, searching the shown rows after `from` and around. -1 if none. */
export function findTyped(tree: readonly TreeRow[], shown: readonly number[], from: number, typed: string): number {
  const text = typed.toLowerCase()
  const start = Math.max(0, shown.indexOf(from))
  for (let step = text.length === 1 ? 1 : 0; step <= shown.length; step++) {
    const index = shown[(start + step) % shown.length]
    if (index !== undefined && (tree[index]?.label.toLowerCase().startsWith(text) ?? false)) return index
  }
  return -1
}

/** Class of a protocol for its colour: link layers yellow, network blue, transport grey, the rest by protocol. */
export function protocolClass(protocol: string): string {
  const known: Readonly<Record<string, string>> = {
    frame: 'tcp',
    eth: 'arp',
    arp: 'arp',
    rarp: 'arp',
    vlan: 'arp',
    llc: 'arp',
    sll: 'arp',
    null: 'arp',
    ppp: 'arp',
    wlan: 'arp',
    radiotap: 'arp',
    ip: 'dns',
    ipv6: 'dns',
    dns: 'dns',
    mdns: 'dns',
    llmnr: 'dns',
    tcp: 'tcp',
    udp: 'udp',
    quic: 'udp',
    icmp: 'icmp',
    icmpv6: 'icmp',
    igmp: 'icmp',
    tls: 'tls',
    ssl: 'tls',
    http: 'http',
    http2: 'http',
    http3: 'http',
    websocket: 'http',
  }
  return known[protocol.split('.')[0] ?? ''] ?? 'other'
}
