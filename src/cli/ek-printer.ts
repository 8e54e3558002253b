// -T ek: two lines a packet for Elasticsearch's bulk interface. Every layer is one flat object; siblings of one field become an array.
import { TEXT, fieldByName, protocolByName, rowText } from '../engine/service/terminal'
import type { Decoder, Field, TreeBuffer } from '../engine/service/terminal'
import { emptyValue, fieldOf, indexName, isoTime, jsonValue, quoted, rawHex } from './json-text'
import type { LayerFilter, Options } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import type { SelectedFields } from './selected-fields'
import { TreeOrder } from './tree-order'

/** Options that Wireshark registers as protocols of their own: their keys have no prefix. */
const OPTION = /^(?:tcp|ip)\.options\.(?:rvbd\.)?[a-z0-9_]+$/

/** Prints packets for Elasticsearch. */
export class EkPrinter implements Printer {
  readonly labels: boolean
  readonly summary: boolean
  private readonly out: Output
  private readonly options: Options
  private readonly selected: SelectedFields | undefined
  private readonly order = new TreeOrder()
  private readonly keys: string[] = []

  constructor(out: Output, options: Options, selected: SelectedFields | undefined) {
    this.out = out
    this.options = options
    this.selected = selected
    this.labels = selected?.labels ?? true
    this.summary = selected?.summary ?? options.summaryToo
  }

  print(decoder: Decoder): void {
    const packet = decoder.packet,
      tree = decoder.tree
    const milliseconds = BigInt(packet.seconds) * 1000n + BigInt(Math.floor(packet.nanoseconds / 1e6))
    this.out.line(`{"index":{"_index":${quoted(indexName(packet.seconds))},"_type":"doc"}}`)
    const members: string[] = []
    if (this.selected) {
      this.selected.each(decoder, (name, values) => {
        members.push(`${quoted(name.replaceAll('.', '_'))}:[${values.map(quoted).join(',')}]`)
      })
    } else {
      this.order.build(tree)
      const frame = tree.sources[0]
      if (this.options.bytes && frame) members.push(`"frame_raw":${quoted(Buffer.from(frame.bytes).toString('hex'))}`)
      this.children(tree, [-1], this.options.layers, members)
    }
    this.out.line(`{"timestamp":"${milliseconds}","layers":{${members.join(',')}}}`)
  }

  /** Adds the members for the children of nodes; children of plain fields follow their parents on the same level. */
  private children(tree: TreeBuffer, parents: readonly number[], filter: LayerFilter | undefined, members: string[]): void {
    const groups = new Map<number, number[]>(),
      top = parents[0] === -1
    for (const parent of parents) {
      for (let node = this.order.child(parent); node >= 0; node = this.order.sibling(node)) {
        const id = tree.field(node),
          known = groups.get(id)
        if (known) known.push(node)
        else groups.set(id, [node])
      }
    }
    for (const nodes of groups.values()) {
      const [first] = nodes
      if (first === undefined) continue
      const field = fieldOf(tree, first),
        key = this.key(field)
      const shut = filter !== undefined && !filter.names.includes(field.name)
      if (this.options.bytes && field.id !== TEXT && tree.end(first) > tree.start(first) && !(top && field.name === 'frame')) {
        const raw = nodes.map((node) => quoted(rawHex(tree, node, field)))
        members.push(`"${key}_raw":${raw.length > 1 ? `[${raw.join(',')}]` : (raw[0] ?? 'null')}`)
      }
      const values = nodes.map((node) => (shut ? `{"filtered":${quoted(field.name)}}` : this.value(tree, node, field, filter)))
      members.push(`"${key}":${values.length > 1 ? `[${values.join(',')}]` : (values[0] ?? 'null')}`)
      if (field.type === 'protocol' || shut) continue
      this.children(tree, nodes, filter?.withChildren ? undefined : filter, members)
    }
  }

  private value(tree: TreeBuffer, node: number, field: Field, filter: LayerFilter | undefined): string {
    if (field.id === TEXT) return quoted(rowText(tree, node))
    if (field.type === 'protocol') {
      if (this.order.child(node) < 0) {
        const text = emptyValue(tree, node, field)
        return text ? quoted(text) : '{}'
      }
      const inner: string[] = []
      this.children(tree, [node], filter?.withChildren ? undefined : filter, inner)
      return `{${inner.join(',')}}`
    }
    if (field.type === 'bool') return tree.numbers[node] ? 'true' : 'false'
    if (field.type === 'abstime') return quoted(isoTime(tree, node))
    const value = jsonValue(tree, node, field)
    return value === undefined ? 'null' : quoted(value)
  }

  private key(field: Field): string {
    const known = this.keys[field.id]
    if (known !== undefined) return known
    const own = field.name.replaceAll('.', '_')
    const parent = fieldByName(field.protocol)
    const outer =
      field.id === TEXT ||
      protocolByName(field.name) ||
      field.name === '_ws.expert' ||
      field.name === '_ws.malformed' ||
      field.name === '_ws.short' ||
      (field.type === 'bytes' && OPTION.test(field.name))
    const key =
      field.id === TEXT
        ? 'text'
        : outer
          ? own
          : field.name.startsWith('_ws.expert.')
            ? `_ws_expert_${own}`
            : `${(parent?.name ?? field.protocol).replaceAll('.', '_')}_${own}`
    this.keys[field.id] = key
    return key
  }
}
