// DNS and HTTP against tshark, field by field, on messages made here: every record type and option, and heads and bodies of all kinds.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { exactFieldText } from '../../src/engine/dissect/format'
import { allFields, fieldById } from '../../src/engine/dissect/registry'
import { octets, tcpConnection, udpFrame } from '../support/conversations'
import type { Turn } from '../support/conversations'
import { traceOf } from '../support/dissect'
import { OPTION_DATA, RECORD_DATA, hex, message, name, question, record, u16 } from '../support/dns-messages'
import { pcapFile } from '../support/pcap-builder'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const SEPARATOR = '\u0003',
  AGGREGATOR = '\u0004'
/** Wireshark's own fields of protocols that are not read yet, and what it cannot show in single pass. */
const NOT_COMPARED = new Set(['frame.protocols'])

function fieldsOf(prefixes: readonly string[]): string[] {
  return allFields()
    .map(({ name: field }) => field)
    .filter((field) => prefixes.some((prefix) => field.startsWith(`${prefix}.`)) && !NOT_COMPARED.has(field))
}

/** Rows of "field=values" per frame, of both programs. */
function bothSides(
  folder: string,
  title: string,
  frames: readonly Uint8Array[],
  prefixes: readonly string[],
): { theirs: string[][]; ours: string[][] } {
  const file = path.join(folder, `${title.replace(/\W+/g, '-')}.pcap`),
    fields = fieldsOf(prefixes)
  const seconds = frames.map((_, i) => 1_000_000 + i * 0.01)
  writeFileSync(
    file,
    pcapFile(
      frames.map((bytes, i) => ({ bytes, seconds: Math.floor(seconds[i] ?? 0), fraction: Math.round(((seconds[i] ?? 0) % 1) * 1e6) })),
    ),
  )
  const { stdout } = tshark([
    '-n',
    '-r',
    file,
    '-T',
    'fields',
    '-E',
    `separator=${SEPARATOR}`,
    '-E',
    `aggregator=${AGGREGATOR}`,
    '-E',
    'occurrence=a',
    ...fields.flatMap((field) => ['-e', field]),
  ])
  const theirs = stdout
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.split(SEPARATOR).flatMap((cell, i) => (cell === '' ? [] : [`${fields[i] ?? ''}=${cell.replaceAll(AGGREGATOR, ' | ')}`])),
    )
  const trace = traceOf(frames, seconds)
  const ours = frames.map(() => {
    trace.visitNext({ summary: false, labels: false })
    const { tree } = trace.decoder,
      cells = new Map<string, string>()
    for (let node = 0; node < tree.count; node++) {
      const { name: field } = fieldById(tree.field(node)),
        known = cells.get(field),
        text = exactFieldText(tree, node)
      cells.set(field, known === undefined ? text : `${known} | ${text}`)
    }
    return fields.flatMap((field) =>
      cells.get(field) === undefined || cells.get(field) === '' ? [] : [`${field}=${cells.get(field) ?? ''}`],
    )
  })
  return { theirs, ours }
}

const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const GET = crlf('GET /a HTTP/1.1\nHost: h.example\n\n')
const body = 'line one\nline two\n'.repeat(20)
const withBody = (headers: string, bytes: Uint8Array): Turn[] => [
  ['client', GET],
  ['server', Buffer.concat([octets(crlf(`HTTP/1.1 200 OK\n${headers}Content-Length: ${bytes.length}\n\n`)), bytes])],
]

const CONVERSATIONS: readonly (readonly [title: string, turns: readonly Turn[], port?: number])[] = [
  [
    'headers of every kind',
    [
      [
        'client',
        crlf(
          'GET http://proxy.example/p?q=1&r=a%26b&&e=&=v#f HTTP/1.1\nHost: h.example:8080\nUser-Agent:  two \nAccept: */*\nReferer: http://r/\nCookie: a=b; c=d;e ; f\nAuthorization: Basic dXNlcjpwYXNz\nX-Forwarded-For: 1.2.3.4\nX-Unknown: v\nConnection: close\nSec-WebSocket-Key: k\nContent-Length: 5x\nDate: d\n\n',
        ),
      ],
      [
        'server',
        crlf(
          'HTTP/1.1 200 OK Fine  \nServer: s\nSet-Cookie: a=b; Path=/\nSet-Cookie: c=d\nLocation: /x\nWWW-Authenticate: Basic realm="r"\nContent-Type: text/html; charset=utf-8\nContent-Length: 5\n\nhello',
        ),
      ],
    ],
  ],
  [
    'pipelining and segments',
    [
      ['client', GET + crlf('POST /c?x=y HTTP/1.1\nHost: h\nContent-Length: 3\n\na=1')],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 3\nContent-Type: text/plain\n\nabcHTTP/1.1 404 Not Found\nContent-Length: 0\n\n')],
      ['server', crlf('HTTP/1.1 204 No Content\n\n')],
      ['client', GET.slice(0, 10)],
      ['client', GET.slice(10)],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 10\n\n0123')],
      ['server', '456789'],
    ],
  ],
  [
    'chunks',
    [
      ['client', GET],
      ['server', crlf('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Type: text/plain\n\n6\nhello \n5\nworld\n0\nX-T: 1\n\n')],
      ['client', GET],
      ['server', crlf('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5;ext=1\nhe')],
      ['server', crlf('llo\n0\n')],
      ['server', '\r\n'],
      ['client', GET],
      ['server', crlf('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nhello\n0\n\n')],
    ],
  ],
  [
    'bodies that are not there',
    [
      ['client', crlf('HEAD /x HTTP/1.1\nHost: h\n\n')],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 100\n\n')],
      ['client', GET],
      ['server', crlf('HTTP/1.1 304 Not Modified\nContent-Length: 100\n\n')],
      ['client', crlf('POST /p HTTP/1.1\nHost: h\nExpect: 100-continue\nContent-Length: 4\n\n')],
      ['server', crlf('HTTP/1.1 100 Continue\n\n')],
      ['client', 'body'],
      ['server', crlf('HTTP/1.1 201 Created\nContent-Length: 0\n\n')],
    ],
  ],
  [
    'what servers should not send',
    [
      ['client', crlf('POST /p HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\nContent-Length: 4\n\n4\nabcd\n0\n\n')],
      ['server', crlf('HTTP/1.1 999 Weird\nTransfer-Encoding: foo\nContent-Length: 3\n\nabc')],
      ['client', crlf('GET / HTTP/1.1\nHost: h\nBad Name: x\nFolded: a\n b\n\n')],
      ['client', `\r\n${GET}`],
      ['client', 'garbage line\r\n'],
      ['client', '\x00\x01'],
      ['client', 'FOO /x HTTP/1.1\r\n\r\n'],
      ['client', 'abc: def\r\n'],
    ],
  ],
  ['gzip', withBody('Content-Encoding: gzip\nContent-Type: text/plain\n', gzipSync(body))],
  ['deflate', withBody('Content-Encoding: deflate\nContent-Type: text/plain\n', deflateSync(body))],
  ['br', withBody('Content-Encoding: br\nContent-Type: text/plain\n', brotliCompressSync(body))],
  ['compress', withBody('Content-Encoding: compress\n', octets('xxxx'))],
  [
    'another port',
    [
      ['client', GET],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 2\n\nab')],
    ],
    7777,
  ],
  [
    'the port of TLS',
    [
      ['client', GET],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 2\n\nab')],
    ],
    443,
  ],
  [
    'a tunnel',
    [
      ['client', crlf('CONNECT t.example:9999 HTTP/1.1\nHost: t.example:9999\n\n')],
      ['server', crlf('HTTP/1.1 200 Connection established\n\n')],
      ['client', '\x01\x02'],
      ['server', '\x03'],
    ],
    3128,
  ],
  [
    'another protocol',
    [
      ['client', crlf('GET /ws HTTP/1.1\nHost: h\nUpgrade: foo\n\n')],
      ['server', crlf('HTTP/1.1 101 Switching Protocols\nUpgrade: foo\n\n')],
      ['client', '\x01\x02'],
    ],
  ],
  [
    'notifications',
    [
      ['client', crlf('NOTIFY * HTTP/1.1\nHost: h\nNT: x\n\n')],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 0\n\n')],
      ['client', crlf('OPTIONS * HTTP/1.1\nHost: h\n\n')],
      ['client', crlf('GET /nohost HTTP/1.1\n\n')],
    ],
  ],
]

describe.skipIf(tsharkVersion === undefined)(tsharkVersion === undefined ? `SKIPPED, ${NO_TSHARK}` : 'like tshark', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-app-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const answer = (payload: Uint8Array) => udpFrame(53, 4000, payload, '10.0.0.2', '10.0.0.1')

  test('records of every type', () => {
    const frames = RECORD_DATA.map(([type, data], i) =>
      answer(message(i + 1, 0x8180, [question('q.example.com', type)], [record('q.example.com', type, data)])),
    )
    const { theirs, ours } = bothSides(folder, 'records', frames, ['dns'])
    expect(ours).toEqual(theirs)
  })
  test('options of every kind', () => {
    const frames = OPTION_DATA.map(([code, data], i) =>
      udpFrame(
        4000,
        53,
        message(
          i + 1,
          0x0120,
          [question('o.ex', 1)],
          [],
          [],
          [record('', 41, Buffer.concat([u16(code), u16(data.length), data]), { rrClass: 4096, ttl: 0x01018001 })],
        ),
      ),
    )
    const { theirs, ours } = bothSides(folder, 'options', frames, ['dns'])
    expect(ours).toEqual(theirs)
  })
  test('opcodes, results, names and transactions', () => {
    const ask = message(5, 0x0100, [question('re.ex', 1)]),
      reply = message(5, 0x8180, [question('re.ex', 1)])
    const frames = [
      ...[0, 1, 2, 4, 5, 7].flatMap((opcode) => [
        udpFrame(4000, 53, message(100 + opcode, opcode << 11, [question('o.ex', 6)])),
        answer(message(100 + opcode, 0x8000 | (opcode << 11) | opcode, [question('o.ex', 6)])),
      ]),
      ...[name(''), hex('c00c'), hex('0161c00c'), hex('0161c0ff'), Buffer.concat([Buffer.from([3]), hex('0941c3'), name('ex')])].map(
        (owner, i) => udpFrame(4000, 53, message(200 + i, 0x0100, [question(owner, 1)])),
      ),
      udpFrame(4000, 53, ask),
      udpFrame(4000, 53, ask),
      answer(reply),
      answer(reply),
      udpFrame(4000, 53, ask),
      answer(reply),
      udpFrame(53, 4001, reply, '10.0.0.2', '10.0.0.1'),
      udpFrame(4000, 53, Buffer.concat([message(6, 0x0100, [question('x.ex', 1)]), octets('junk')])),
      udpFrame(4000, 53, hex('0102')),
      udpFrame(4000, 53, hex('0102 0100 0001')),
      udpFrame(
        4000,
        53,
        message(
          7,
          0x2800,
          [question('z.ex', 6)],
          [record('a.z.ex', 255, hex(''), { rrClass: 254, ttl: 0 })],
          [record('a.z.ex', 1, hex('01020304'))],
        ),
      ),
      udpFrame(
        5353,
        5353,
        message(
          0,
          0x8400,
          [],
          [record('x._http._tcp.local', 33, Buffer.concat([u16(0), u16(0), u16(80), name('a.local')]), { rrClass: 0x8001 })],
          [],
          [record('', 41, hex(''), { rrClass: 1440, ttl: 0x1194 })],
        ),
      ),
      udpFrame(60_000, 5355, message(8, 0x0700, [question('host', 1)])),
    ]
    const { theirs, ours } = bothSides(folder, 'messages', frames, ['dns'])
    expect(ours).toEqual(theirs)
  })
  test.each(CONVERSATIONS.map(([title, turns, port]) => ({ title, turns, port: port ?? 80 })))(
    'HTTP with $title',
    ({ title, turns, port }) => {
      const { theirs, ours } = bothSides(folder, title, tcpConnection(40_000, port, turns, false), ['http', 'data'])
      expect(ours).toEqual(theirs)
    },
  )
  test('SSDP', () => {
    const frames = [
      crlf('M-SEARCH * HTTP/1.1\nHOST: 239.255.255.250:1900\nMX: 1\n\n'),
      crlf('NOTIFY * HTTP/1.1\nHOST: h\nNTS: ssdp:alive\n\n'),
      'hello',
    ].map((text) => udpFrame(50_000, 1900, octets(text), '10.0.0.1', '239.255.255.250'))
    const { theirs, ours } = bothSides(folder, 'ssdp', frames, ['http', 'data'])
    expect(ours).toEqual(theirs)
  })
})
