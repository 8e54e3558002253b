// QUIC on packets cut and mixed in any way: a hello that arrives in pieces, out of order and twice, is read once and whole; damage is never a bug of ours;
// a second look sees what the first saw.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { MAX_NODES } from '../../src/engine/dissect/tree-buffer'
import { Trace } from '../../src/engine/index/trace'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'
import { udpFrame } from '../support/conversations'
import { seen } from '../support/dissect'
import type { Seen } from '../support/dissect'
import { pcapFile } from '../support/pcap-builder'
import { cryptoFrame, initialPacket } from '../support/quic-packets'

const DESTINATION = Buffer.from('8394c8f03e515708', 'hex'),
  SOURCE = Buffer.from('c101', 'hex')

/** A client hello with one extension: the name of a server. */
function hello(name: string): Buffer {
  const host = Buffer.from(name),
    u16 = (value: number) => Buffer.from([value >> 8, value & 255])
  const entry = Buffer.concat([Buffer.from([0]), u16(host.length), host]),
    extension = Buffer.concat([u16(0), u16(entry.length + 2), u16(entry.length), entry])
  const body = Buffer.concat([
    u16(0x0303),
    Buffer.alloc(32, 5),
    Buffer.from([0]),
    u16(2),
    u16(0x1301),
    Buffer.from([1, 0]),
    u16(extension.length),
    extension,
  ])
  return Buffer.concat([Buffer.from([1, 0]), u16(body.length), body])
}

function traceOf(datagrams: readonly Uint8Array[]): Trace {
  const packets = datagrams.map((bytes, i) => ({ bytes: udpFrame(50_000, 4433, bytes), seconds: 1000 + i, fraction: 0 }))
  return new Trace(memorySource(pcapFile(packets, { linkType: 1 }), 'quic'), nodeInflate, nodeCiphers)
}

const WISHES = { summary: true, labels: true }
function both(datagrams: readonly Uint8Array[]): Seen[] {
  const trace = traceOf(datagrams),
    outcome = (packet: Seen) =>
      [
        packet.chain,
        packet.info,
        ...['tls.handshake.type', 'tls.handshake.extensions_server_name', 'quic.frame_type'].map((name) => packet.values(name).join()),
      ].join(' ')
  const first = datagrams.map(() => {
    trace.visitNext(WISHES)
    return seen(trace.decoder)
  })
  for (const packet of first) {
    expect(packet.hasBug).toBe(false)
    expect(packet.nodes).toBeLessThanOrEqual(MAX_NODES + 10)
  }
  const later = (one: Trace) => datagrams.map((_, n) => outcome(seen(one.dissect(n + 1, WISHES))))
  expect(later(trace)).toEqual(first.map(outcome))
  const indexed = traceOf(datagrams)
  while (indexed.advance(64, { depth: 'state', keep: true }) > 0);
  expect(later(indexed)).toEqual(first.map(outcome))
  return first
}

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 70 }), { minLength: 0, maxLength: 8 })

test('a hello in pieces, in any order, some of them twice, over any packets', () => {
  fc.assert(
    fc.property(
      cuts,
      fc.infiniteStream(fc.nat()),
      fc.array(fc.nat(8), { maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      (places, order, again, share) => {
        const message = hello('quic.example'),
          ends = [...places.filter((at) => at < message.length), message.length].sort((a, b) => a - b)
        const pieces = ends.map((end, i) => cryptoFrame(ends[i - 1] ?? 0, message.subarray(ends[i - 1] ?? 0, end)))
        const sent = pieces.map((piece) => ({ piece, rank: order.next().value ?? 0 })).sort((a, b) => a.rank - b.rank)
        const frames = [...sent.map(({ piece }) => piece), ...again.map((n) => pieces[n % pieces.length] ?? Buffer.alloc(0))],
          datagrams: Buffer[] = []
        for (let at = 0; at < frames.length; at += share)
          datagrams.push(initialPacket(DESTINATION, SOURCE, datagrams.length, Buffer.concat(frames.slice(at, at + share))))
        const packets = both(datagrams)
        expect(packets.flatMap((packet) => packet.values('tls.handshake.extensions_server_name'))).toEqual(['quic.example'])
        expect(packets.flatMap((packet) => packet.values('_ws.malformed'))).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
})

test('frames of any bytes, and packets with anything changed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(3), fc.nat(300), fc.nat(255)), { maxLength: 5 }),
      (contents, changes) => {
        const datagrams = contents.map((content, n) => initialPacket(DESTINATION, SOURCE, n, content))
        for (const [n, at, byte] of changes) {
          const datagram = datagrams[n]
          if (datagram && at < datagram.length) datagram[at] = byte
        }
        both(datagrams)
      },
    ),
    { numRuns: 300 },
  )
})
