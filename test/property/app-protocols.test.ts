// DNS and HTTP on bytes that nobody meant: never a bug of ours, never without end, and the same on a second look.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_NODES } from '../../src/engine/dissect/tree-buffer'
import { octets, tcpConnection, udpFrame } from '../support/conversations'
import { seen, traceOf } from '../support/dissect'
import type { Seen } from '../support/dissect'
import { OPTION_DATA, RECORD_DATA, hex, message, name, question, record, u16 } from '../support/dns-messages'

/** Dissects frames twice; layers and messages as both visits see them (Info texts of segments differ: the second look knows how a message goes on). */
function bothVisits(frames: readonly Uint8Array[]): { bugs: number; first: string[]; again: string[]; nodes: number } {
  const trace = traceOf(frames),
    first: string[] = []
  let bugs = 0,
    nodes = 0
  const wishes = { summary: true, labels: true }
  for (let n = 0; n < frames.length; n++) {
    trace.visitNext(wishes)
    const packet = seen(trace.decoder)
    bugs += packet.hasBug ? 1 : 0
    nodes = Math.max(nodes, packet.nodes)
    first.push(outcome(packet))
  }
  const again = frames.map((_, n) => {
    const packet = seen(trace.dissect(n + 1, wishes))
    bugs += packet.hasBug ? 1 : 0
    return outcome(packet)
  })
  return { bugs, first, again, nodes }
}

function outcome(packet: Seen): string {
  return [
    packet.chain,
    ...['dns.id', 'dns.response_to', 'http.request.method', 'http.response.code', 'http.request_in', 'http.chunk_size'].map((field) =>
      packet.values(field).join(),
    ),
  ].join(' ')
}

/** `alike`: both visits see the same. TCP reassembly of requests that go on in later segments is told differently in one pass, as in tshark. */
function holds(frames: readonly Uint8Array[], alike = true): void {
  const { bugs, first, again, nodes } = bothVisits(frames)
  expect(bugs).toBe(0)
  expect(nodes).toBeLessThanOrEqual(MAX_NODES + 10)
  if (alike) expect(again).toEqual(first)
}

const dnsPorts = fc.constantFrom(53, 5353, 5355)
/** A message of real records in which some bytes are something else. */
const damagedMessage = fc
  .tuple(
    fc.array(fc.constantFrom(...RECORD_DATA), { minLength: 1, maxLength: 6 }),
    fc.array(fc.constantFrom(...OPTION_DATA), { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 }),
    fc.nat(400),
  )
  .map(([records, options, changes, cut]) => {
    const data = Buffer.concat(options.map(([code, bytes]) => Buffer.concat([u16(code), u16(bytes.length), bytes])))
    const bytes = message(
      1,
      0x8180,
      [question('q.example', 1)],
      records.map(([type, rdata]) => record('q.example', type, rdata)),
      [],
      [record('', 41, data)],
    )
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
    return cut % 4 === 0 ? bytes.subarray(0, cut) : bytes
  })

const httpLines = fc.constantFrom(
  'GET / HTTP/1.1\r\n',
  'POST /a?b=c HTTP/1.1\r\n',
  'HEAD / HTTP/1.0\r\n',
  'CONNECT h:80 HTTP/1.1\r\n',
  'NOTIFY * HTTP/1.1\r\n',
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 101 X\r\n',
  'HTTP/1.1 304 X\r\n',
  'Host: h\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: 99999999999\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip\r\n',
  'Content-Encoding: gzip\r\n',
  'Content-Type: text/plain\r\n',
  'Content-Type: application/json\r\n',
  'Content-Type: multipart/mixed; boundary=x\r\n',
  'Content-Type: application/x-www-form-urlencoded\r\n',
  'Upgrade: websocket\r\n',
  'Cookie: a=b;;c\r\n',
  '\r\n',
  '\n',
  '5\r\nhello\r\n',
  '0\r\n\r\n',
  'ffffffffffffffff\r\n',
  '--x\r\n',
  '--x--',
  'hello',
  '{"a":',
  '\0\x01',
  ' folded\r\n',
  ':\r\n',
)
const httpText = fc
  .array(fc.oneof({ weight: 8, arbitrary: httpLines }, { weight: 1, arbitrary: fc.string({ maxLength: 30 }) }), { maxLength: 14 })
  .map((parts) => octets(parts.join('')))

describe('DNS', () => {
  test('takes any bytes over UDP', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), dnsPorts, (bytes, port) => {
        holds([udpFrame(4000, port, bytes)])
      }),
      { numRuns: 300 },
    )
  })
  test('takes damaged messages', () => {
    fc.assert(
      fc.property(damagedMessage, dnsPorts, (bytes, port) => {
        holds([udpFrame(port, 4000, bytes)])
      }),
      { numRuns: 400 },
    )
  })
  test('takes messages cut into segments anywhere', () => {
    const whole = Buffer.concat(
      [1, 2, 3].map((id) => {
        const bytes = message(id, 0x8180, [question('q.example', 1)], [record('q.example', 1, hex('01020304'))])
        return Buffer.concat([u16(bytes.length), bytes])
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 5 }), (cuts) => {
        const places = [0, ...[...cuts].sort((a, b) => a - b), whole.length],
          pieces = places.slice(1).map((end, i) => whole.subarray(places[i], end))
        const frames = tcpConnection(
            5000,
            53,
            pieces.filter((piece) => piece.length > 0).map((piece) => ['server', piece] as const),
            false,
          ),
          trace = traceOf(frames),
          ids: string[] = []
        while (trace.visitNext({ summary: false, labels: false }) > 0) ids.push(...seen(trace.decoder).values('dns.id'))
        expect(ids).toEqual(['0x0001', '0x0002', '0x0003'])
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    [
      'names that point at each other',
      () =>
        Buffer.concat([
          ...Array.from({ length: 3000 }, (_, i) =>
            Buffer.concat([hex('c0'), Buffer.from([12 + (i % 200)]), hex('0001 0001 00000000 0000')]),
          ),
        ]),
    ],
    ['names of names', () => Buffer.concat(Array.from({ length: 5000 }, () => hex('c00c 0005 0001 00000000 0002 c00c')))],
    [
      'bitmaps of every type',
      () =>
        Buffer.concat(
          Array.from({ length: 1200 }, () => record(name(''), 47, Buffer.concat([name(''), u16(0x0020), Buffer.alloc(32, 0xff)]))),
        ),
    ],
    ['empty texts', () => record(name(''), 16, Buffer.alloc(60_000))],
  ])('bounds what %s cost', (_, rest) => {
    const body = rest(),
      bytes = Buffer.concat([u16(1), u16(0x8180), u16(1), u16(0xffff), u16(0), u16(0), question('a.b.c.d.e.f.g.h.example', 1), body])
    const framed = Buffer.concat([u16(bytes.length), bytes]),
      segments = Array.from({ length: Math.ceil(framed.length / 1400) }, (_, i) => framed.subarray(i * 1400, (i + 1) * 1400))
    holds(
      tcpConnection(
        5000,
        53,
        segments.map((piece) => ['server', piece] as const),
        false,
      ),
    )
  })
})

describe('HTTP', () => {
  test('takes any lines, in any order and any segments', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), httpText), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(80, 3128, 7777),
        (turns, port) => {
          holds(
            tcpConnection(
              40_000,
              port,
              turns.filter(([, bytes]) => bytes.length > 0).map(([client, bytes]) => [client ? 'client' : 'server', bytes] as const),
            ),
            false,
          )
        },
      ),
      { numRuns: 250 },
    )
  })
  test('takes any bytes over UDP as SSDP', () => {
    fc.assert(
      fc.property(fc.oneof(httpText, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        holds([udpFrame(1900, 1900, bytes)])
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['header fields', `GET / HTTP/1.1\r\n${'a:b\r\n'.repeat(9000)}\r\n`],
    ['parameters', `GET /?${'a&'.repeat(20_000)} HTTP/1.1\r\n\r\n`],
    ['cookies', `GET / HTTP/1.1\r\nCookie: ${'a;'.repeat(20_000)}\r\n\r\n`],
    ['chunks', `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(7000)}0\r\n\r\n`],
    ['requests', 'GET / HTTP/1.1\r\n\r\n'.repeat(2500)],
    [
      'form items',
      `POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 40000\r\n\r\n${'a&'.repeat(20_000)}`,
    ],
    ['parts', `POST / HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=x\r\nContent-Length: 42000\r\n\r\n${'--x\r\n\r\n'.repeat(6000)}`],
  ])('bounds what many %s cost', (_, text) => {
    const bytes = octets(text),
      segments = Array.from({ length: Math.ceil(bytes.length / 1400) }, (_, i) => bytes.subarray(i * 1400, (i + 1) * 1400))
    holds(
      tcpConnection(
        40_000,
        80,
        segments.map((piece) => ['client', piece] as const),
        false,
      ),
    )
  })
})
