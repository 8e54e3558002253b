// -T pdml and psml: the tree and the summary as XML.
import { HIDDEN, TEXT, rowText } from '../engine/service/terminal'
import type { Decoder, Field, TreeBuffer } from '../engine/service/terminal'
import { COLUMN_TITLES } from './columns'
import type { Columns } from './columns'
import { bytesHex, fieldOf, jsonValue, rawHex } from './json-text'
import type { Options } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import type { SelectedFields } from './selected-fields'
import { TreeOrder } from './tree-order'

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
const SPECIAL = /[&<>"']/
const HEAD = '<?xml version="1.0" encoding="utf-8"?>'

function xml(text: string): string {
  if (!SPECIAL.test(text)) return text
  return text.replace(/[&<>"']/g, (c) => NAMES[c] ?? c)
}

/** Packet Summary Markup Language. */
export class PsmlPrinter implements Printer {
  readonly labels = false
  readonly summary = true
  private readonly out: Output
  private readonly columns: Columns
  private readonly creator: string

  constructor(out: Output, columns: Columns, creator: string) {
    this.out = out
    this.columns = columns
    this.creator = creator
  }

  begin(): void {
    this.out.text(`${HEAD}\n<psml version="0" creator="${xml(this.creator)}">\n<structure>\n`)
    for (const title of COLUMN_TITLES) this.out.line(`<section>${title}</section>`)
    this.out.text('</structure>\n\n')
  }

  print(): void {
    this.out.line('<packet>')
    for (const cell of this.columns.cells()) this.out.line(`<section>${xml(cell)}</section>`)
    this.out.text('</packet>\n\n')
  }

  end(): void {
    this.out.line('</psml>')
  }
}

/** Packet Details Markup Language. */
export class PdmlPrinter implements Printer {
  readonly labels: boolean
  readonly summary: boolean
  private readonly out: Output
  private readonly options: Options
  private readonly selected: SelectedFields | undefined
  private readonly creator: string
  private readonly order = new TreeOrder()

  constructor(out: Output, options: Options, selected: SelectedFields | undefined, creator: string) {
    this.out = out
    this.options = options
    this.selected = selected
    this.creator = creator
    this.labels = selected?.labels ?? true
    this.summary = selected?.summary ?? false
  }

  begin(): void {
    this.out.text(`${HEAD}\n<pdml version="0" creator="${xml(this.creator)}" capture_file="${xml(this.options.file ?? '')}">\n`)
  }

  print(decoder: Decoder): void {
    const { out } = this,
      tree = decoder.tree
    out.line('<packet>')
    if (this.selected)
      this.selected.each(decoder, (name, values) => {
        for (const value of values) out.line(`  <field name="${xml(name)}" show="${xml(value)}"/>`)
      })
    else {
      this.general(decoder)
      this.order.build(tree)
      for (let node = this.order.child(-1); node >= 0; node = this.order.sibling(node)) this.node(tree, node, 1)
    }
    out.text('</packet>\n\n')
    if (!this.selected) out.line('')
  }

  end(): void {
    this.out.line('</pdml>')
  }

  private general(decoder: Decoder): void {
    const packet = decoder.packet,
      size = packet.originalLength,
      hex = (n: number) => n.toString(16)
    const row = (name: string, show: string | number, label: string, value: string) => {
      this.out.line(`    <field name="${name}" pos="0" show="${show}" showname="${label}" value="${value}" size="${size}"/>`)
    }
    this.out.line(`  <proto name="geninfo" pos="0" showname="General information" size="${size}">`)
    row('num', packet.number, 'Number', hex(packet.number))
    row('len', size, 'Frame Length', hex(size))
    row('caplen', packet.capturedLength, 'Captured Length', hex(packet.capturedLength))
    const seconds = `${packet.seconds}.${String(packet.nanoseconds).padStart(9, '0')}`
    const when = decoder.tree.find(fieldNumber(decoder.tree, 'frame.time'))
    row('timestamp', when >= 0 ? xml(jsonValue(decoder.tree, when, fieldOf(decoder.tree, when)) ?? '') : seconds, 'Captured Time', seconds)
    this.out.line('  </proto>')
  }

  private node(tree: TreeBuffer, node: number, depth: number): void {
    const field = fieldOf(tree, node),
      indent = '  '.repeat(depth),
      proto = field.type === 'protocol' && depth === 1
    const label = xml(rowText(tree, node)),
      hidden = (tree.flags[node] ?? 0) & HIDDEN ? ' hide="yes"' : ''
    const size = tree.end(node) - tree.start(node),
      place = `size="${size}" pos="${tree.start(node)}"`
    const children = this.order.child(node) >= 0
    let open: string
    if (proto) open = `${indent}<proto name="${xml(field.name)}" showname="${label}"${hidden} ${place}`
    else if (field.id === TEXT) open = `${indent}<field name="" show="${label}"${hidden} ${place}${value(tree, node, field)}`
    else {
      const show = jsonValue(tree, node, field)
      const shown = show !== undefined ? ` show="${xml(show)}"` : field.type === 'protocol' ? '' : ' show=""'
      open = `${indent}<field name="${xml(field.name)}" showname="${label}"${hidden} ${place}${shown}${value(tree, node, field) || (shown === ' show=""' ? ' value=""' : '')}`
    }
    if (!children && !proto) {
      this.out.line(`${open}/>`)
      return
    }
    this.out.line(`${open}>`)
    for (let child = this.order.child(node); child >= 0; child = this.order.sibling(child)) this.node(tree, child, depth + 1)
    this.out.line(`${indent}</${proto ? 'proto' : 'field'}>`)
  }
}

function value(tree: TreeBuffer, node: number, field: Field): string {
  if (tree.end(node) <= tree.start(node) || field.type === 'protocol') return ''
  const text = ` value="${rawHex(tree, node, field)}"`
  if (field.mask === undefined) return text
  return `${text} unmaskedvalue="${bytesHex(tree, node)}"`
}

function fieldNumber(tree: TreeBuffer, name: string): number {
  for (let node = 0; node < tree.count; node++) if (fieldOf(tree, node).name === name) return tree.field(node)
  return -1
}
