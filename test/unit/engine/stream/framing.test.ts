// Messages in a stream of bytes, by every rule; what does not fit is said, never guessed.
import { expect, test } from 'vitest'
import { utf8Bytes } from '../../../../src/engine/stream/find'
import { edgesOf, frameMessages, simulatedReads, type Framing } from '../../../../src/engine/stream/framing'

const ranges = (bytes: Uint8Array | readonly number[], framing: Framing) => {
  const { messages, broken } = frameMessages(Uint8Array.from(bytes), framing)
  return { messages: messages.map(({ start, end, complete }) => [start, end, complete]), broken }
}

test('fixed length: the last message may be cut', () => {
  expect(ranges(new Uint8Array(10), { kind: 'fixed', length: 4 })).toEqual({
    messages: [
      [0, 4, true],
      [4, 8, true],
      [8, 10, false],
    ],
    broken: -1,
  })
  expect(ranges(new Uint8Array(3), { kind: 'fixed', length: 0 }).broken).toBe(0)
})

test('delimiter: also one of several bytes whose beginning repeats', () => {
  const framing: Framing = { kind: 'delimiter', bytes: utf8Bytes('\r\n') }
  expect(ranges(utf8Bytes('a\r\n\r\r\nbc'), framing).messages).toEqual([
    [0, 3, true],
    [3, 6, true],
    [6, 8, false],
  ])
})

const PREFIX = { kind: 'prefix', offset: 0, width: 2, littleEndian: false, countsHeader: false, add: 0 } as const

test('length prefix: offset, width, byte order, header counted or not', () => {
  expect(ranges([0, 2, 1, 1, 0, 0, 0, 9, 1], PREFIX).messages).toEqual([
    [0, 4, true],
    [4, 6, true],
    [6, 9, false],
  ])
  expect(ranges([7, 3, 0, 1, 1, 1], { ...PREFIX, offset: 1, littleEndian: true }).messages).toEqual([[0, 6, true]])
  expect(ranges([0, 4, 1, 1, 0, 2], { ...PREFIX, countsHeader: true }).messages).toEqual([
    [0, 4, true],
    [4, 6, true],
  ])
  expect(ranges([1, 9, 9, 9], { ...PREFIX, width: 1, add: 2 }).messages).toEqual([[0, 4, true]])
})

test('a length that cannot be is told, and nothing is read behind it', () => {
  expect(ranges([0, 4, 1, 1, 0, 1, 5, 5], { ...PREFIX, countsHeader: true })).toEqual({
    messages: [
      [0, 4, true],
      [4, 8, false],
    ],
    broken: 4,
  })
  expect(ranges(new Uint8Array(20).fill(255), { ...PREFIX, width: 8 })).toEqual({ messages: [[0, 20, false]], broken: 0 })
})

test('HTTP: Content-Length, chunks with trailers, none, to the close', () => {
  const first = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc'
  const second = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n'
  const third = 'HTTP/1.1 304 Not Modified\r\n\r\n'
  const last = 'HTTP/1.0 200 OK\r\n\r\nto the close'
  const { messages, broken } = ranges(utf8Bytes(first + second + third + last), { kind: 'http' })
  expect(broken).toBe(-1)
  expect(messages.map(([start, end]) => Number(end) - Number(start))).toEqual([first.length, second.length, third.length, last.length])
  expect(ranges(utf8Bytes('GET / HTTP/1.1\r\n\r\nnot HTTP at all\r\n\r\n'), { kind: 'http' }).broken).toBe(18)
  expect(ranges(utf8Bytes(second.slice(0, 60)), { kind: 'http' }).messages).toEqual([[0, 60, false]])
})

test('messages are disjoint and cover every byte, whatever the bytes', () => {
  let seed = 3
  const next = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8
  for (let round = 0; round < 200; round++) {
    const bytes = Uint8Array.from({ length: next() % 200 }, () => next() % 8)
    for (const framing of [
      PREFIX,
      { ...PREFIX, width: 1 as const, countsHeader: true },
      { kind: 'delimiter', bytes: Uint8Array.of(1, 2) },
      { kind: 'http' },
    ] as const) {
      const { messages } = frameMessages(bytes, framing)
      let at = 0
      for (const { start, end } of messages) {
        expect(start).toBe(at)
        expect(end).toBeGreaterThan(start)
        at = end
      }
      expect(at).toBe(bytes.length)
    }
  }
})

test('a reader without framing gets what has come, in pieces of its buffer', () => {
  expect(simulatedReads([10, 12, 30], 8)).toEqual([8, 10, 12, 20, 28, 30])
})

test('a combination takes for each message the first rule by which it is all there', () => {
  const text = 'GET / HTTP/1.1\r\n\r\nplain line\nPUT / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx'
  const { messages } = ranges(utf8Bytes(text), { kind: 'any', of: [{ kind: 'http' }, { kind: 'delimiter', bytes: utf8Bytes('\n') }] })
  expect(messages.map(([start, end]) => text.slice(Number(start), Number(end)))).toEqual([
    'GET / HTTP/1.1\r\n\r\n',
    'plain line\n',
    'PUT / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx',
  ])
})

test('coalesced segments, split messages, and reads that happen to be whole', () => {
  const messages = [
    { start: 0, end: 4, complete: true },
    { start: 4, end: 8, complete: true },
    { start: 8, end: 30, complete: true },
  ]
  // two messages and the beginning of a third in the first segment, the rest in two more
  expect(edgesOf(messages, [10, 20, 30], simulatedReads([10, 20, 30], 4))).toEqual({ coalesced: 1, split: 1, wholeReads: 2 })
  expect(edgesOf(messages, [4, 8, 30], simulatedReads([4, 8, 30], 100))).toEqual({ coalesced: 0, split: 0, wholeReads: 3 })
})
