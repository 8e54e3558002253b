// Transactions of HTTP/2 connections from their bytes, however these are cut.
import { describe, expect, it } from 'vitest'
import { HttpConnectionReader, requestLine, statusLine } from '../../../../src/engine/session/http/exchanges'
import type { HttpReader } from '../../../../src/engine/session/http/exchanges'
import { Http2ConnectionReader } from '../../../../src/engine/session/http/http2-reader'
import { messageRanges, partsOf } from '../../../../src/engine/session/http/message-parts'
import { httpTransactions } from '../../../../src/engine/session/http/transactions'
import { octets, tcpConnection } from '../../../support/conversations'
import type { Turn } from '../../../support/conversations'
import { traceOf } from '../../../support/dissect'
import {
  FLAG,
  PREFACE,
  TYPE,
  h2frame,
  headerBlock,
  literal,
  requestBlock,
  responseBlock,
  settingsFrame,
} from '../../../support/http2-frames'

const { endStream, endHeaders, padded } = FLAG

interface Told {
  readonly asked: string
  readonly answered: string
  readonly interim: number
  readonly bytes: readonly [number, number | undefined]
  readonly complete: readonly [boolean, boolean | undefined]
}
function told(reader: HttpReader): Told[] {
  return reader.exchanges.map(({ request, response, interim }) => {
    const line = requestLine(request.head)
    return {
      asked: `${line.method} ${line.target} ${line.version}`,
      answered: response ? `${statusLine(response.head).version} ${statusLine(response.head).status}` : '',
      interim: interim.length,
      bytes: [request.bodyBytes, response?.bodyBytes],
      complete: [request.complete, response?.complete],
    }
  })
}
/** Feeds turns, each cut into pieces of `size` bytes. */
function feed(reader: HttpReader, turns: readonly (readonly [0 | 1, Uint8Array])[], size = Infinity): void {
  let frame = 0
  for (const [side, bytes] of turns)
    for (let at = 0; at < bytes.length; at += size) reader.data(side, bytes.subarray(at, Math.min(bytes.length, at + size)), ++frame)
}

function fed(turns: readonly (readonly [0 | 1, Uint8Array])[]): HttpReader {
  const reader = new Http2ConnectionReader(0)
  feed(reader, turns)
  return reader
}

const TURNS: readonly (readonly [0 | 1, Uint8Array])[] = [
  [0, Buffer.concat([octets(PREFACE), settingsFrame({ 1: 8192 })])],
  [1, Buffer.concat([settingsFrame({ 3: 10 }), h2frame(TYPE.settings, FLAG.ack, 0)])],
  [0, h2frame(TYPE.headers, endHeaders, 1, requestBlock('/post', { ':method': 'POST', cookie: 'a=b' }))],
  [0, h2frame(TYPE.headers, endHeaders | endStream, 3, requestBlock('/get').subarray(0))],
  [0, Buffer.concat([h2frame(TYPE.data, padded, 1, Buffer.from([3, 65, 66, 0, 0, 0])), h2frame(TYPE.data, endStream, 1, 'CD')])],
  [1, h2frame(TYPE.headers, endHeaders, 1, headerBlock({ ':status': '103' }))],
  [1, h2frame(TYPE.headers, endHeaders, 3, responseBlock())],
  [1, Buffer.concat([h2frame(TYPE.headers, 0, 1, responseBlock().subarray(0, 5)), h2frame(9, endHeaders, 1, responseBlock().subarray(5))])],
  [1, Buffer.concat([h2frame(TYPE.data, 0, 1, 'one'), h2frame(TYPE.data, endStream, 3, 'three'), h2frame(TYPE.data, 0, 1, 'two')])],
  [1, h2frame(TYPE.headers, endHeaders | endStream, 1, literal('trail', 'er'))],
]
const EXPECTED: readonly Told[] = [
  { asked: 'POST /post HTTP/2', answered: 'HTTP/2 200', interim: 1, bytes: [4, 6], complete: [true, true] },
  { asked: 'GET /get HTTP/2', answered: 'HTTP/2 200', interim: 0, bytes: [0, 5], complete: [true, true] },
]

describe('the reader of HTTP/2 connections', () => {
  it.each([1, 2, 7, 10, 1000])('tells interleaved streams apart, in pieces of %i bytes', (size) => {
    const reader = new Http2ConnectionReader(0)
    feed(reader, TURNS, size)
    expect(told(reader)).toEqual(EXPECTED)
  })

  it('knows where a body’s bytes are', () => {
    const reader = new Http2ConnectionReader(0),
      server = Buffer.concat(TURNS.filter(([side]) => side === 1).map(([, bytes]) => bytes))
    feed(reader, TURNS, 4)
    const message = reader.exchanges[0]?.response
    if (!message) throw new Error('no response')
    const bytes = Buffer.concat(messageRanges(message, 5).map(([from, to]) => server.subarray(from, to)))
    expect(bytes.toString()).toBe('onetw')
    expect(partsOf(message, bytes).parts.map(({ kind, text }) => [kind, text])).toEqual([
      ['start-line', 'HTTP/2 200'],
      ['header', ':status: 200'],
      ['body', ''],
    ])
  })

  it('goes on behind an upgrade, whose request is stream 1', () => {
    const reader = new HttpConnectionReader(0)
    feed(reader, [
      [0, octets('GET /up HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n')],
      [1, Buffer.concat([octets('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'), settingsFrame()])],
      [0, Buffer.concat([octets(PREFACE), h2frame(TYPE.headers, endHeaders | endStream, 3, requestBlock('/next'))])],
      [1, Buffer.concat([h2frame(TYPE.headers, endHeaders, 1, responseBlock()), h2frame(TYPE.data, endStream, 1, 'hi')])],
    ])
    expect(told(reader)).toEqual([
      { asked: 'GET /up HTTP/1.1', answered: 'HTTP/2 200', interim: 1, bytes: [0, 2], complete: [true, true] },
      { asked: 'GET /next HTTP/2', answered: '', interim: 0, bytes: [0, undefined], complete: [true, undefined] },
    ])
  })

  it('takes a promise for a request, and counts what was on its way when a stream was reset', () => {
    const reader = new Http2ConnectionReader(0)
    feed(reader, [
      [0, h2frame(TYPE.headers, endHeaders | endStream, 1, requestBlock('/page'))],
      [1, h2frame(TYPE.promise, endHeaders, 1, Buffer.concat([Buffer.of(0, 0, 0, 2), requestBlock('/style')]))],
      [1, Buffer.concat([h2frame(TYPE.headers, endHeaders, 2, responseBlock()), h2frame(TYPE.data, endStream, 2, 'css')])],
      [1, Buffer.concat([h2frame(TYPE.headers, endHeaders, 1, responseBlock()), h2frame(TYPE.data, 0, 1, 'ab')])],
      [0, h2frame(TYPE.reset, 0, 1, Buffer.of(0, 0, 0, 8))],
      [1, h2frame(TYPE.data, 0, 1, 'late')],
      // a server that does not want the body answers and resets at once
      [0, h2frame(TYPE.headers, endHeaders, 3, requestBlock('/post', { ':method': 'POST' }))],
      [
        1,
        Buffer.concat([
          h2frame(TYPE.headers, endHeaders | endStream, 3, responseBlock()),
          h2frame(TYPE.reset, 0, 3, Buffer.of(0, 0, 0, 0)),
        ]),
      ],
      [0, h2frame(TYPE.data, endStream, 3, 'body')],
    ])
    expect(told(reader)).toEqual([
      { asked: 'GET /page HTTP/2', answered: 'HTTP/2 200', interim: 0, bytes: [0, 6], complete: [true, false] },
      { asked: 'GET /style HTTP/2', answered: 'HTTP/2 200', interim: 0, bytes: [0, 3], complete: [true, true] },
      { asked: 'POST /post HTTP/2', answered: 'HTTP/2 200', interim: 0, bytes: [4, 0], complete: [true, true] },
    ])
  })

  it('goes on behind missing bytes where a frame certainly begins, with what needs nothing of the frames before', () => {
    const reader = new Http2ConnectionReader(0)
    reader.gap(0, 0, 1)
    feed(reader, TURNS)
    expect(told(reader).map(({ asked, answered }) => `${asked} -> ${answered}`)).toEqual([
      'POST /post HTTP/2 -> HTTP/2 200',
      'GET /get HTTP/2 -> HTTP/2 200',
    ])
    const middle = new Http2ConnectionReader(0)
    feed(middle, TURNS.slice(0, 8))
    // within an answer's body, whose length was told: the next frame is where it must be
    const body = h2frame(TYPE.data, 0, 1, 'x'.repeat(100))
    middle.data(1, body.subarray(0, 30), 20)
    middle.gap(1, 50, 21)
    middle.data(1, body.subarray(80), 22)
    feed(middle, TURNS.slice(8))
    expect(told(middle)).toEqual(
      told(fed(TURNS)).map((one) =>
        one.asked.startsWith('POST') ? { ...one, bytes: [one.bytes[0], (one.bytes[1] ?? 0) + 100], complete: [true, false] } : one,
      ),
    )
  })

  it('names no header field that refers to an entry of the table which is missing', () => {
    const reader = new Http2ConnectionReader(0),
      asks = (stream: number, block: Uint8Array) => h2frame(TYPE.headers, endHeaders | endStream, stream, block),
      // RFC 7541, C.4: the second request refers to the authority of the first
      first = Buffer.from('828684418cf1e3c2e5f23a6ba0ab90f4ff', 'hex'),
      second = Buffer.from('828684be5886a8eb10649cbf', 'hex'),
      third = Buffer.from('828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf', 'hex'),
      authorities = () => reader.exchanges.map(({ request }) => request.head.fields.map(([name, value]) => `${name}=${value}`).at(3))
    feed(reader, [[0, Buffer.concat([octets(PREFACE), settingsFrame({ 1: 8192 })])]])
    reader.gap(0, asks(1, first).length, 5)
    feed(reader, [
      [0, asks(3, second)],
      [0, asks(5, third)],
    ])
    expect(told(reader).map(({ asked }) => asked)).toEqual(['GET / HTTP/2', 'GET /index.html HTTP/2'])
    expect(authorities()).toEqual(['<unknown>=', '<unknown>='])
  })

  it('stops where a frame is too long', () => {
    const long = new Http2ConnectionReader(0)
    feed(long, [
      [0, Buffer.from('ffffff010400000001', 'hex')],
      [0, h2frame(TYPE.headers, endHeaders | endStream, 3, requestBlock('/'))],
    ])
    expect(told(long)).toEqual([])
  })
})

describe('transactions', () => {
  it('come from a connection that speaks HTTP/2 at once, whoever speaks first', () => {
    const request = Buffer.concat([
        octets(PREFACE),
        h2frame(TYPE.headers, endHeaders | endStream, 1, requestBlock('/', { cookie: 'a=b' })),
        h2frame(
          TYPE.headers,
          endHeaders | endStream,
          3,
          Buffer.concat([requestBlock('/two'), literal('cookie', 'a=b'), literal('cookie', 'c=d')]),
        ),
      ]),
      answer = Buffer.concat([h2frame(TYPE.headers, endHeaders, 1, responseBlock()), h2frame(TYPE.data, endStream, 1, 'four')])
    const orders: Turn[][] = [
      [
        ['client', request],
        ['server', Buffer.concat([settingsFrame({ 3: 1 }), answer])],
      ],
      [
        ['server', settingsFrame({ 3: 1 })],
        ['client', request],
        ['server', answer],
      ],
    ]
    for (const turns of orders) {
      const trace = traceOf(tcpConnection(40_000, 7777, turns))
      while (trace.advance(100, { depth: 'state', keep: true }) > 0);
      const [first, second] = httpTransactions(trace)
      expect(first?.connection).toMatchObject({ client: '10.0.0.1:40000', nth: 1, http2Stream: 1 })
      expect(first?.request).toMatchObject({ method: 'GET', target: '/', version: 'HTTP/2', host: 'a.example' })
      expect(first?.response).toMatchObject({ status: 200, reason: '', version: 'HTTP/2', bodyBytes: 4, complete: true })
      expect(first?.timings.wait).toBeGreaterThan(0)
      expect(second?.connection).toMatchObject({ nth: 2, http2Stream: 3 })
      expect(second?.request.headers).toContainEqual(['cookie', 'a=b; c=d'])
      expect(second?.response).toBeNull()
    }
  })
})
