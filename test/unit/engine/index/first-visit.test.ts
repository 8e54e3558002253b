// The two kinds of first visit leave the same columns and the same state, and columns say what dissection says.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { fieldText } from '../../../../src/engine/dissect/format'
import { fieldById, fieldByName } from '../../../../src/engine/dissect/registry'
import type { TreeBuffer } from '../../../../src/engine/dissect/tree-buffer'
import { PROTOCOL, STATUS, protocolBit } from '../../../../src/engine/index/columns'
import { Trace } from '../../../../src/engine/index/trace'
import { nodeCiphers } from '../../../../src/node/host/ciphers'
import { captureBytes, captureFiles } from '../../../support/corpus'

const QUICK = { summary: false, labels: false }
/** Large captures are looked at up to here. */
const MOST = 1500

function open(bytes: Uint8Array): Trace | undefined {
  try {
    return new Trace(memorySource(bytes), { inflate: () => null }, nodeCiphers)
  } catch {
    return undefined // no capture: other tests say what is said then
  }
}

/** What may stand for a protocol's own bit: protocols inside others need not be known by name. */
function within(name: string): number {
  return ['eth', 'vlan', 'arp', 'ip', 'ipv6', 'icmp', 'icmpv6', 'igmp', 'tcp', 'udp'].includes(name) ? 0 : PROTOCOL.OTHER
}

/** All fields of a packet, one a line. */
function text(tree: TreeBuffer): string[] {
  const lines: string[] = []
  for (let node = 0; node < tree.count; node++) lines.push(`${fieldById(tree.field(node)).name}=${fieldText(tree, node)}`)
  return lines
}

function first(tree: TreeBuffer, name: string): string {
  const field = fieldByName(name),
    node = field ? tree.find(field.id) : -1
  return node < 0 ? '' : fieldText(tree, node)
}

function columnsOf(trace: Trace, row: number): string[] {
  const { columns, records } = trace,
    { tcp } = columns
  return [
    columns.addresses.text(columns.sourceAddress.get(row)),
    columns.addresses.text(columns.destinationAddress.get(row)),
    ...[
      records.status,
      columns.sourcePort,
      columns.destinationPort,
      columns.protocols,
      columns.stream,
      columns.previousInStream,
      tcp.sequence,
      tcp.acknowledgment,
      tcp.flags,
      tcp.window,
      tcp.length,
      tcp.analysis,
      tcp.acksFrame,
      tcp.bytesInFlight,
      tcp.pushBytes,
    ].map((column) => String(column.get(row))),
  ]
}

/** Expects two lists to be the same. Expectations cost more than dissecting, so only lists that differ come to one. */
function expectSame(found: readonly string[], wanted: readonly string[], what: string, number: number): void {
  if (found.length === wanted.length && found.every((text, index) => text === wanted[index])) return
  expect(found, `${what} of frame ${number}`).toEqual(wanted)
}

describe('first visit of a capture', () => {
  for (const file of captureFiles()) {
    test(path.basename(file), () => {
      const bytes = captureBytes(file),
        full = open(bytes),
        quick = open(bytes)
      if (!full || !quick) return
      let packets = 0
      while (packets < MOST && full.visitNext(QUICK)) packets++
      quick.advance(packets, { depth: 'state', keep: true })
      expect(quick.packets).toBe(packets)
      for (let number = 1; number <= packets; number++) {
        const row = number - 1
        expectSame(columnsOf(quick, row), columnsOf(full, row), 'columns', number)
        const expected = text(full.dissect(number, QUICK).tree),
          { tree } = quick.dissect(number, QUICK)
        expectSame(text(tree), expected, 'fields', number)
        const { columns, records } = quick,
          bits = columns.protocols.get(row)
        for (const name of tree.chain)
          if (protocolBit(name) !== 0 && (bits & (protocolBit(name) | within(name))) === 0)
            expect.fail(`the bit of ${name} is not set in frame ${number}`)
        if (records.status.get(row) & STATUS.REPEATED || !(bits & (PROTOCOL.IPV4 | PROTOCOL.IPV6))) continue
        const transport = bits & PROTOCOL.TCP ? 'tcp' : bits & PROTOCOL.UDP ? 'udp' : '',
          network = bits & PROTOCOL.IPV6 ? 'ipv6' : 'ip'
        expectSame(
          [first(tree, `${network}.src`), first(tree, `${network}.dst`)],
          [columns.addresses.text(columns.sourceAddress.get(row)), columns.addresses.text(columns.destinationAddress.get(row))],
          'addresses',
          number,
        )
        if (!transport) continue
        expectSame(
          [first(tree, `${transport}.srcport`), first(tree, `${transport}.dstport`), first(tree, `${transport}.stream`)],
          [columns.sourcePort.get(row), columns.destinationPort.get(row), columns.stream.get(row) - 1].map(String),
          'transport',
          number,
        )
        if (transport !== 'tcp') continue
        const { tcp } = columns
        expectSame(
          [
            first(tree, 'tcp.seq_raw'),
            first(tree, 'tcp.ack_raw'),
            String(Number(first(tree, 'tcp.flags'))),
            first(tree, 'tcp.window_size_value'),
            first(tree, 'tcp.len'),
            first(tree, 'tcp.analysis.acks_frame') || '0',
            first(tree, 'tcp.analysis.bytes_in_flight') || '0',
            first(tree, 'tcp.analysis.push_bytes_sent') || '0',
          ],
          [
            String(tcp.sequence.get(row)),
            String(tcp.acknowledgment.get(row)),
            String(tcp.flags.get(row)),
            String(tcp.window.get(row)),
            String(tcp.length.get(row)),
            String(tcp.acksFrame.get(row)),
            String(tcp.bytesInFlight.get(row)),
            String(tcp.pushBytes.get(row)),
          ],
          'TCP',
          number,
        )
      }
    })
  }
})
