// HTTP/2 on bytes that nobody meant: whatever is flipped, dissection ends, finds no bug of ours, and shows the same on a second look.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { HeaderDecoder } from '../../src/engine/protocols/app/http2/hpack'
import type { Turn } from '../support/conversations'
import { octets, tcpConnection } from '../support/conversations'
import { seen, traceOf } from '../support/dissect'
import type { Seen } from '../support/dissect'
import { FLAG, PREFACE, TYPE, h2frame, hpackInteger, literal, requestBlock, responseBlock, settingsFrame } from '../support/http2-frames'

const RUNS = Number(process.env['MUTANTS'] ?? 100)
const { endStream, endHeaders, padded, priority } = FLAG

const client = [
  settingsFrame({ 1: 4096, 2: 0, 3: 100 }),
  h2frame(
    TYPE.headers,
    endHeaders | priority,
    1,
    Buffer.concat([Buffer.from('8000000b10', 'hex'), requestBlock('/a?b=c'), literal('x', 'y', 0x40)]),
  ),
  h2frame(TYPE.data, padded, 1, Buffer.from([2, 65, 66, 0, 0])),
  h2frame(TYPE.headers, endStream, 1, Buffer.concat([Buffer.of(0xbe), literal('trail', 'er')]).subarray(0, 8)),
  h2frame(TYPE.continuation, endHeaders, 1, literal('trail', 'er').subarray(7)),
  h2frame(TYPE.goAway, 0, 0, Buffer.alloc(12)),
]
const server = [
  settingsFrame({ 1: 100 }),
  h2frame(TYPE.settings, FLAG.ack, 0),
  h2frame(
    TYPE.headers,
    endHeaders,
    1,
    Buffer.concat([hpackInteger(50, 5, 0x20), responseBlock({ 'content-type': 'text/plain', 'content-encoding': 'gzip' })]),
  ),
  h2frame(TYPE.data, 0, 1, gzipSync('text').subarray(0, 12)),
  h2frame(TYPE.data, endStream, 1, gzipSync('text').subarray(12)),
  h2frame(TYPE.promise, endHeaders, 1, Buffer.concat([Buffer.of(0, 0, 0, 2), requestBlock('/pushed')])),
  h2frame(10, 0, 0, Buffer.from([0, 1, 97, 98])),
  h2frame(12, 0, 0, Buffer.from([0, 1, 97])),
  h2frame(16, 0, 0, Buffer.from([0, 0, 0, 1, 117])),
  h2frame(TYPE.window, 0, 0, Buffer.alloc(4)),
]

const mutation = fc.record({
  flips: fc.array(fc.record({ at: fc.nat(2000), value: fc.nat(255) }), { maxLength: 8 }),
  cuts: fc.array(fc.nat(1000), { maxLength: 6 }),
})

/** The bytes with flips, in segments cut where told. */
function pieces(bytes: Uint8Array, { flips, cuts }: { flips: { at: number; value: number }[]; cuts: number[] }): Uint8Array[] {
  const mutant = Uint8Array.from(bytes)
  for (const { at, value } of flips) mutant[at % mutant.length] = value
  const places = [...new Set([0, ...cuts.map((cut) => cut % mutant.length), mutant.length])].sort((a, b) => a - b)
  return places.slice(1).map((end, i) => mutant.subarray(places[i], end))
}

function outcome(packet: Seen): string {
  return [
    packet.chain,
    ...['http2.type', 'http2.header.value', 'http2.header.index', 'http2.data.data', 'http2.body.fragment', '_ws.malformed'].map((field) =>
      packet.values(field).join(),
    ),
  ].join(' ')
}

describe('mutated HTTP/2', () => {
  it(`${RUNS} connections find no bug, end, and read alone as in order`, () => {
    fc.assert(
      fc.property(mutation, mutation, (asked, answered) => {
        const turns: Turn[] = [
          ['client', octets(PREFACE)],
          ...pieces(Buffer.concat(client), asked).map((piece): Turn => ['client', piece]),
          ...pieces(Buffer.concat(server), answered).map((piece): Turn => ['server', piece]),
        ]
        const frames = tcpConnection(40_000, 80, turns),
          wishes = { summary: true, labels: true },
          trace = traceOf(frames),
          other = traceOf(frames)
        const first = frames.map(() => {
          trace.visitNext(wishes)
          const packet = seen(trace.decoder)
          expect(packet.hasBug).toBe(false)
          return outcome(packet)
        })
        while (other.advance(1000, { depth: 'state', keep: true }) > 0);
        const alone = (from: typeof trace) => frames.map((_, n) => outcome(seen(from.dissect(frames.length - n, wishes)))).reverse()
        expect(alone(trace)).toEqual(first)
        expect(alone(other)).toEqual(first)
      }),
      { numRuns: RUNS },
    )
  })

  it('decodes any header blocks without end or exception', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.boolean()), { maxLength: 10 }), (blocks) => {
        const decoder = new HeaderDecoder()
        let bytes = 0,
          length = 0
        for (const [block, isLast] of blocks) {
          bytes += block.length
          decoder.read(block, isLast, (one) => (length += one.length))
        }
        expect(length).toBeLessThanOrEqual(bytes)
      }),
      { numRuns: RUNS },
    )
  })
})
