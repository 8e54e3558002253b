// Messages that span segments: given to the protocol above once, whole, in the frame that completes them, and read again from the frames later.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../../../src/engine/bytes/byte-source'
import type { Decoder } from '../../../../../../src/engine/dissect/decoder'
import { fieldText } from '../../../../../../src/engine/dissect/format'
import { fieldByName } from '../../../../../../src/engine/dissect/registry'
import { Trace } from '../../../../../../src/engine/index/trace'
import { segmentCapture } from '../../../../../support/tcp-segments'
import type { BuiltSegment } from '../../../../../support/tcp-segments'

const QUICK = { summary: false, labels: false }

/** A DNS message with its length in front, as over TCP. */
function message(id: number, size: number): Buffer {
  const bytes = Buffer.alloc(14 + size)
  bytes.writeUInt16BE(12 + size, 0)
  bytes.writeUInt16BE(id, 2)
  return bytes
}

/** A byte stream from the client to port 53, cut at the given places. */
function cut(stream: Buffer, places: readonly number[]): BuiltSegment[] {
  const edges = [...new Set([0, ...places.filter((place) => place < stream.length), stream.length])].sort((a, b) => a - b)
  return edges.slice(1).map((to, i) => ({
    sequence: 1000 + (edges[i] ?? 0),
    acknowledgment: 1,
    flags: 0x10,
    payload: stream.subarray(edges[i], to),
    time: i * 100,
    serverPort: 53,
  }))
}

function values(decoder: Decoder, name: string): string[] {
  const { tree } = decoder,
    id = fieldByName(name)?.id,
    found: string[] = []
  for (let node = 0; node < tree.count; node++) if (tree.field(node) === id) found.push(fieldText(tree, node))
  return found
}

function open(segments: readonly BuiltSegment[]): Trace {
  return new Trace(memorySource(segmentCapture(segments)), { inflate: () => null })
}

describe('messages over TCP', () => {
  test('three messages are found however the stream is cut, on the first visit and later, and the index agrees', () => {
    const stream = Buffer.concat([message(0x1111, 5), message(0x2222, 300), message(0x3333, 0)])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }), (places) => {
        const segments = cut(stream, places),
          trace = open(segments),
          seen: string[][] = []
        while (trace.visitNext(QUICK)) seen.push(values(trace.decoder, 'dns.id'))
        expect(seen.flat()).toEqual(['0x1111', '0x2222', '0x3333'])
        const quick = open(segments)
        quick.advance(segments.length, { depth: 'state', keep: true })
        for (let number = segments.length; number > 0; number--) {
          expect(values(trace.dissect(number, QUICK), 'dns.id')).toEqual(seen[number - 1])
          expect(values(quick.dissect(number, QUICK), 'dns.id')).toEqual(seen[number - 1])
        }
      }),
      { numRuns: 60 },
    )
  })
  test('the frame that completes a message lists its segments, the others say where it ends', () => {
    const trace = open(cut(message(7, 100), [10, 60]))
    while (trace.visitNext(QUICK));
    expect(values(trace.dissect(3, QUICK), 'tcp.segment')).toEqual(['1', '2', '3'])
    expect(values(trace.dissect(3, QUICK), 'tcp.reassembled.length')).toEqual(['114'])
    expect(values(trace.dissect(2, QUICK), 'tcp.reassembled_in')).toEqual(['3'])
  })
  test('a segment that was sent again is not dissected again', () => {
    const [first, second] = cut(message(7, 100), [60]) as [BuiltSegment, BuiltSegment],
      trace = open([first, { ...first, time: 400_000 }, { ...second, time: 500_000 }]),
      seen: string[][] = []
    while (trace.visitNext(QUICK)) seen.push(values(trace.decoder, 'dns.id'))
    expect(seen).toEqual([[], [], ['0x0007']])
  })
  test('a message with a lost segment is not made up', () => {
    const [first, , third] = cut(message(7, 100), [20, 60]) as [BuiltSegment, BuiltSegment, BuiltSegment],
      trace = open([first, third]),
      seen: string[][] = []
    while (trace.visitNext(QUICK)) seen.push(values(trace.decoder, 'dns.id'))
    expect(seen.flat()).toEqual([])
  })
})
