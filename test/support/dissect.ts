// Dissects frames made in a test, in order, as the terminal does, and tells what a user would see.
import { memorySource } from '../../src/engine/bytes/byte-source'
import type { Decoder } from '../../src/engine/dissect/decoder'
import { fieldText, rowText } from '../../src/engine/dissect/format'
import { fieldById, fieldByName } from '../../src/engine/dissect/registry'
import { HIDDEN } from '../../src/engine/dissect/tree-buffer'
import { Trace } from '../../src/engine/index/trace'
import { nodeInflate } from '../../src/node/host/inflate'
import { pcapFile } from './pcap-builder'

/** One dissected packet. */
export interface Seen {
  readonly protocol: string
  readonly info: string
  /** As frame.protocols. */
  readonly chain: string
  /** Values of a field as -T fields prints them. */
  values(field: string): string[]
  /** Rows of the tree from the first row of a protocol on, indented by depth. */
  rows(protocol: string): string[]
  readonly nodes: number
  readonly hasBug: boolean
}

/** Opens frames (10 ms apart unless times in seconds are given) as a capture. */
export function traceOf(frames: readonly Uint8Array[], seconds?: readonly number[], linkType = 1): Trace {
  const packets = frames.map((bytes, i) => {
    const time = seconds?.[i] ?? 1_000_000 + i * 0.01
    return { bytes, seconds: Math.floor(time), fraction: Math.round((time % 1) * 1e6) }
  })
  return new Trace(memorySource(pcapFile(packets, { linkType })), nodeInflate)
}

/** First visit of all frames, in order. */
export function dissectAll(frames: readonly Uint8Array[], seconds?: readonly number[]): Seen[] {
  const trace = traceOf(frames, seconds)
  return frames.map(() => {
    trace.visitNext({ summary: true, labels: true })
    return seen(trace.decoder)
  })
}

/** What a decoder holds now. */
export function seen(d: Decoder): Seen {
  const tree = d.tree,
    values = new Map<string, string[]>(),
    lines: { depth: number; text: string; field: string; hidden: boolean }[] = []
  for (let node = 0; node < tree.count; node++) {
    const { name } = fieldById(tree.field(node)),
      known = values.get(name)
    if (known) known.push(fieldText(tree, node))
    else values.set(name, [fieldText(tree, node)])
  }
  tree.walk((node, depth) => {
    lines.push({
      depth,
      text: rowText(tree, node),
      field: fieldById(tree.field(node)).name,
      hidden: ((tree.flags[node] ?? 0) & HIDDEN) !== 0,
    })
  })
  return {
    protocol: d.protocolColumn,
    info: d.infoColumn,
    chain: values.get('frame.protocols')?.[0] ?? '',
    values(field) {
      if (!fieldByName(field)) throw new RangeError(`no field ${field}`)
      return values.get(field) ?? []
    },
    rows(protocol) {
      const first = lines.findIndex(({ field }) => field === protocol)
      return first < 0
        ? []
        : lines
            .slice(first)
            .filter(({ hidden }) => !hidden)
            .map(({ depth, text }) => '  '.repeat(depth) + text)
    },
    nodes: tree.count,
    hasBug: values.has('_ws.malformed.dissector_bug'),
  }
}
