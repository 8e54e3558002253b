// -T json and jsonraw: an array of packets, each with its layers as nested objects. Keys repeat where fields repeat, as tshark prints them;
// --no-duplicate-keys makes arrays of them.
import type { Decoder, TreeBuffer } from '../engine/service/terminal'
import { emptyValue, fieldOf, indexName, jsonKey, jsonValue, quoted, rawItems } from './json-text'
import type { LayerFilter, Options } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import type { SelectedFields } from './selected-fields'
import { TreeOrder } from './tree-order'

/** A member of an object before it is written: value text already in JSON. */
type Write = (depth: number) => void

/** Prints packets as JSON. */
export class JsonPrinter implements Printer {
  readonly labels: boolean
  readonly summary: boolean
  private readonly out: Output
  private readonly options: Options
  private readonly selected: SelectedFields | undefined
  private readonly order = new TreeOrder()
  private readonly withText: boolean
  private readonly withRaw: boolean
  private any = false

  constructor(out: Output, options: Options, selected: SelectedFields | undefined) {
    this.out = out
    this.options = options
    this.selected = selected
    this.labels = selected?.labels ?? true
    this.summary = selected?.summary ?? false
    this.withText = options.format === 'json'
    this.withRaw = options.format === 'jsonraw' || options.bytes
  }

  begin(): void {
    this.out.text('[')
  }

  print(decoder: Decoder): void {
    const out = this.out,
      tree = decoder.tree
    out.text(this.any ? ',' : '')
    this.any = true
    out.text(
      `\n  {\n    "_index": ${quoted(indexName(decoder.packet.seconds))},\n    "_type": "doc",\n    "_score": null,\n    "_source": {\n      "layers": {`,
    )
    if (this.selected) this.fields(decoder, this.selected)
    else {
      this.order.build(tree)
      const members: [string, Write][] = []
      const frame = tree.sources[0]
      if (this.withRaw && frame) {
        const items: readonly (string | number | bigint)[] = [Buffer.from(frame.bytes).toString('hex'), 0, frame.bytes.length, 0, 1]
        members.push([
          'frame_raw',
          (depth) => {
            this.array(items, depth)
          },
        ])
      }
      this.members(tree, -1, this.options.layers, members)
      this.object(members, 4)
    }
    out.text('\n    }\n  }')
  }

  end(): void {
    this.out.text(this.any ? '\n]\n' : '\n\n]\n')
  }

  private fields(decoder: Decoder, selected: SelectedFields): void {
    const members: [string, Write][] = []
    selected.each(decoder, (name, values) => {
      members.push([
        name,
        (depth) => {
          this.array(values, depth)
        },
      ])
    })
    this.object(members, 4)
  }

  /** Members for the children of a node. */
  private members(tree: TreeBuffer, parent: number, filter: LayerFilter | undefined, members: [string, Write][]): void {
    for (let node = this.order.child(parent); node >= 0; node = this.order.sibling(node)) {
      const field = fieldOf(tree, node),
        key = jsonKey(tree, node, field),
        value = jsonValue(tree, node, field),
        at = node
      const children = this.order.child(node) >= 0
      const listed = filter === undefined || filter.names.includes(field.name)
      if (
        this.withRaw &&
        ((!this.withText && field.name !== '_ws.text') || tree.end(node) > tree.start(node)) &&
        !(parent < 0 && field.name === 'frame')
      ) {
        const items = rawItems(tree, node, field)
        members.push([
          `${key}_raw`,
          (depth) => {
            this.array(items, depth)
          },
        ])
      }
      if (this.withText && value !== undefined)
        members.push([
          key,
          () => {
            this.out.text(quoted(value))
          },
        ])
      if (children) {
        const inner: [string, Write][] = []
        if (listed) this.members(tree, at, filter?.withChildren ? undefined : filter, inner)
        else
          inner.push([
            'filtered',
            () => {
              this.out.text(quoted(key))
            },
          ])
        members.push([
          value !== undefined ? `${key}_tree` : key,
          (depth) => {
            this.braces(inner, depth)
          },
        ])
      } else if (this.withText && value === undefined) {
        const text = emptyValue(tree, node, field)
        members.push([
          key,
          () => {
            this.out.text(quoted(text))
          },
        ])
      }
    }
  }

  private braces(members: readonly [string, Write][], depth: number): void {
    this.out.text('{')
    this.object(members, depth)
    this.out.text('}')
  }

  /** Members and the line break after the last one; the caller writes the closing brace of the outermost object. */
  private object(members: readonly [string, Write][], depth: number): void {
    const out = this.out,
      indent = '  '.repeat(depth)
    let first = true
    const write = (key: string, value: Write) => {
      out.text(`${first ? '' : ','}\n${indent}${quoted(key)}: `)
      value(depth + 1)
      first = false
    }
    if (this.options.mergeDuplicateKeys) {
      for (const [key, values] of grouped(members))
        write(
          key,
          values.length === 1 && values[0]
            ? values[0]
            : (inner) => {
                this.list(values, inner)
              },
        )
    } else for (const [key, value] of members) write(key, value)
    out.text(`\n${'  '.repeat(depth - 1)}`)
    if (depth === 4) out.text('}')
  }

  private list(values: readonly Write[], depth: number): void {
    const indent = '  '.repeat(depth)
    this.out.text('[')
    values.forEach((value, i) => {
      this.out.text(`${i ? ',' : ''}\n${indent}`)
      value(depth + 1)
    })
    this.out.text(`\n${'  '.repeat(depth - 1)}]`)
  }

  private array(values: readonly (string | number | bigint)[], depth: number): void {
    this.list(
      values.map((value) => () => {
        this.out.text(typeof value === 'string' ? quoted(value) : String(value))
      }),
      depth,
    )
  }
}

function grouped(members: readonly [string, Write][]): Map<string, Write[]> {
  const groups = new Map<string, Write[]>()
  for (const [key, value] of members) {
    const known = groups.get(key)
    if (known) known.push(value)
    else groups.set(key, [value])
  }
  return groups
}
