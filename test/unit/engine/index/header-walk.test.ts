// The pass that wants headers only finds what dissection finds: the same streams, the same analysis of every TCP header, the same conversations of every
// kind, for every packet of the corpus; and where it leaves a packet's columns to be trusted, they say what the tree says.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { fieldText } from '../../../../src/engine/dissect/format'
import { fieldById, fieldByName } from '../../../../src/engine/dissect/registry'
import type { TreeBuffer } from '../../../../src/engine/dissect/tree-buffer'
import { PROTOCOL, STATUS } from '../../../../src/engine/index/columns'
import { Trace } from '../../../../src/engine/index/trace'
import { HEADER } from '../../../../src/engine/index/walk/found-headers'
import { MARK } from '../../../../src/engine/protocols/transport/tcp/analysis-flags'
import { captureBytes, captureFiles } from '../../../support/corpus'

/** Large captures are looked at up to here. */
const MOST = 1500
const NAMES = new Map<number, readonly [string, string]>([
  [HEADER.ETHERNET, ['eth.src', 'eth.dst']],
  [HEADER.IPV4, ['ip.src', 'ip.dst']],
  [HEADER.IPV6, ['ipv6.src', 'ipv6.dst']],
])

function open(bytes: Uint8Array): Trace | undefined {
  try {
    return new Trace(memorySource(bytes), { inflate: () => null })
  } catch {
    return undefined // no capture: other tests say what is said then
  }
}

function isQuoted(tree: TreeBuffer, node: number): boolean {
  for (let at = tree.parent(node); at >= 0; at = tree.parent(at)) if (/^icmp(v6)?$/.test(fieldById(tree.field(at)).name)) return true
  return false
}

/** Texts of a field's occurrences that no ICMP error quotes. */
function all(tree: TreeBuffer, name: string): string[] {
  const id = fieldByName(name)?.id,
    texts: string[] = []
  for (let node = 0; node < tree.count; node++) if (tree.field(node) === id && !isQuoted(tree, node)) texts.push(fieldText(tree, node))
  return texts
}

/** What the walk found of the packet visited last, and the same from its dissection. */
function foundAndDissected(quick: Trace, tree: TreeBuffer): [Record<string, string[]>, Record<string, string[]>] {
  const { found } = quick,
    { addresses } = quick.columns,
    walked: Record<string, string[]> = {},
    dissected: Record<string, string[]> = {}
  for (const name of [...[...NAMES.values()].flat(), 'tcp.stream', 'udp.stream']) {
    walked[name] = []
    dissected[name] = all(tree, name)
  }
  for (let i = 0; found && i < found.count; i++) {
    if (found.quoted[i]) continue
    const names = NAMES.get(found.kind[i] ?? -1)
    if (names) {
      walked[names[0]]?.push(addresses.text(found.source[i] ?? 0))
      walked[names[1]]?.push(addresses.text(found.destination[i] ?? 0))
    } else walked[found.kind[i] === HEADER.TCP ? 'tcp.stream' : 'udp.stream']?.push(String(found.stream[i]))
  }
  return [walked, dissected]
}

/** The streams of a capture with their ends. */
function streams(trace: Trace): string[] {
  const { tcp, udp, addresses } = trace.conversations
  return [tcp, udp].flatMap((table) =>
    Array.from(
      { length: table.count },
      (_, stream) =>
        `${addresses.text(table.sourceAddress(stream))}:${table.sourcePort(stream)} ${addresses.text(table.destinationAddress(stream))}:${table.destinationPort(stream)} ${table.firstFrame(stream)}-${table.lastFrame(stream)}`,
    ),
  )
}

describe('headers of a capture', () => {
  for (const file of captureFiles()) {
    test(path.basename(file), () => {
      const bytes = captureBytes(file),
        full = open(bytes),
        quick = open(bytes)
      if (!full || !quick) return
      for (let number = 1; number <= MOST && full.visitNext({ summary: false, labels: false }); number++) {
        const row = number - 1,
          { tree } = full.decoder
        expect(quick.advance(1, { depth: 'headers', keep: true })).toBe(1)
        const { columns } = quick
        if (quick.found) {
          const [walked, dissected] = foundAndDissected(quick, tree)
          expect(walked, `headers of frame ${number}`).toEqual(dissected)
        }
        for (const name of [
          'sequence',
          'acknowledgment',
          'flags',
          'window',
          'analysis',
          'acksFrame',
          'bytesInFlight',
          'pushBytes',
        ] as const) {
          // what belongs to reassembly is not wanted of headers
          const mask = name === 'analysis' ? ~MARK.CONTINUES : -1
          expect(columns.tcp[name].get(row) & mask, `${name} of frame ${number}`).toBe(full.columns.tcp[name].get(row) & mask)
        }
        const bits = columns.protocols.get(row),
          // a layer that declined its bytes may have left rows
          occurs = (name: string) => tree.chain.includes(name) || tree.find(fieldByName(name)?.id ?? -1) >= 0
        for (const [name, bit] of [
          ['ip', PROTOCOL.IPV4],
          ['ipv6', PROTOCOL.IPV6],
          ['tcp', PROTOCOL.TCP],
          ['udp', PROTOCOL.UDP],
        ] as const)
          expect((bits & bit) !== 0, `bit of ${name} in frame ${number}`).toBe(occurs(name))
        if (quick.records.status.get(row) & STATUS.REPEATED || !(bits & (PROTOCOL.IPV4 | PROTOCOL.IPV6))) continue
        const network = bits & PROTOCOL.IPV6 ? 'ipv6' : 'ip',
          text = (address: number) => columns.addresses.text(address)
        expect([...all(tree, `${network}.src`), ...all(tree, `${network}.dst`)], `addresses of frame ${number}`).toEqual([
          text(columns.sourceAddress.get(row)),
          text(columns.destinationAddress.get(row)),
        ])
        const transport = bits & PROTOCOL.TCP ? 'tcp' : bits & PROTOCOL.UDP ? 'udp' : undefined
        if (transport)
          expect([`${transport}.srcport`, `${transport}.dstport`, `${transport}.stream`].flatMap((name) => all(tree, name))).toEqual(
            [columns.sourcePort.get(row), columns.destinationPort.get(row), columns.stream.get(row) - 1].map(String),
          )
      }
      expect(streams(quick)).toEqual(streams(full))
    })
  }
})
