// The default output: one line a packet (-T text and tabs), the tree (-V, -O) and the bytes (-x).
import { GENERATED, HIDDEN, protocolByName, rowText } from '../engine/service/terminal'
import type { Decoder, TreeBuffer } from '../engine/service/terminal'
import type { Columns } from './columns'
import { printHexDump } from './hex-dump'
import type { Options } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import { TreeOrder } from './tree-order'

/** Prints packets for people. */
export class TextPrinter implements Printer {
  readonly labels: boolean
  readonly summary: boolean
  private readonly out: Output
  private readonly options: Options
  private readonly columns: Columns
  private readonly order = new TreeOrder()
  /** Numbers of the protocols that -O opens; undefined opens all. */
  private readonly opened: Set<number> | undefined

  constructor(out: Output, options: Options, columns: Columns) {
    this.out = out
    this.options = options
    this.columns = columns
    this.labels = options.details
    this.summary = options.summaryToo || !(options.details || options.bytes)
    this.opened = options.detailProtocols && new Set(options.detailProtocols.map((name) => protocolByName(name)?.fieldId ?? -1))
  }

  print(decoder: Decoder): void {
    const { out, options } = this
    if (this.summary) out.line(options.format === 'tabs' ? tabbed(this.columns.cells()) : aligned(this.columns.cells()))
    if (options.details) this.details(decoder.tree)
    if (options.details || options.bytes) {
      if (options.bytes) {
        if (this.summary || options.details) out.line('')
        printHexDump(out, decoder.tree, options.hexdump)
      }
      out.line(options.packetSeparator)
    } else if (options.packetSeparator) out.line(options.packetSeparator)
  }

  private details(tree: TreeBuffer): void {
    this.order.build(tree)
    for (let layer = this.order.child(-1); layer >= 0; layer = this.order.sibling(layer)) {
      this.row(tree, layer, 0, this.opened === undefined || this.opened.has(tree.field(layer)))
    }
  }

  private row(tree: TreeBuffer, node: number, depth: number, open: boolean): void {
    const flags = tree.flags[node] ?? 0
    if (flags & HIDDEN) return
    const text = rowText(tree, node)
    this.out.line(`${indent(depth)}${flags & GENERATED && !text.startsWith('[') ? `[${text}]` : text}`)
    if (!open) return
    for (let child = this.order.child(node); child >= 0; child = this.order.sibling(child)) this.row(tree, child, depth + 1, open)
  }
}

const INDENTS = Array.from({ length: 16 }, (_, depth) => '    '.repeat(depth))

function indent(depth: number): string {
  return INDENTS[depth] ?? '    '.repeat(depth)
}

/** tshark's columns: number, time and source to the right, destination to the left, an arrow between the addresses. */
export function aligned(cells: readonly string[]): string {
  const [number = '', time = '', source = '', destination = '', protocol = '', length = '', info = ''] = cells
  return `${number.padStart(5)} ${time.padStart(10)} ${source.padStart(12)} → ${destination.padEnd(12)} ${protocol} ${length} ${info}`
}

/** The same with tabs between the columns. */
export function tabbed(cells: readonly string[]): string {
  const [number = '', time = '', source = '', destination = '', protocol = '', length = '', info = ''] = cells
  return [number.padStart(5), time.padStart(10), source.padStart(12), '→', destination.padEnd(12), protocol, length, info].join('\t')
}
