import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { octets, tcpConnection, udpFrame } from '../../../../support/conversations'
import type { Turn } from '../../../../support/conversations'
import { dissectAll, seen, traceOf } from '../../../../support/dissect'
import type { Seen } from '../../../../support/dissect'

/** Text with CRLF line ends. */
const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const GET = crlf('GET /a HTTP/1.1\nHost: h.example\n\n')
const OK = crlf('HTTP/1.1 200 OK\nContent-Length: 0\n\n')
/** The frames that carry the turns, in order. */
const talk = (turns: readonly Turn[], port = 80): Seen[] => dissectAll(tcpConnection(40_000, port, turns, false)).slice(3)
const inform = (frames: readonly Seen[]) => frames.map(({ protocol, info }) => `${protocol} ${info}`)
/** A response to GET with a body. */
const answered = (headers: string, body: Uint8Array | string): Seen => {
  const bytes = typeof body === 'string' ? octets(body) : body
  return talk([
    ['client', GET],
    ['server', Buffer.concat([octets(crlf(`HTTP/1.1 200 OK\n${headers}Content-Length: ${bytes.length}\n\n`)), bytes])],
  ])[1] as Seen
}
const one = (field: string) => (frame: Seen) => frame.values(field)[0] ?? ''

describe('a request and its response', () => {
  const [request, response] = talk([
    [
      'client',
      crlf(
        'GET /p/x?q=1&&r=a%26b HTTP/1.1\nHost: h.example\nUser-Agent: agent\nCookie: a=b; c=d\nAuthorization: Basic dXNlcjpwYXNz\nX-Other: v\n\n',
      ),
    ],
    [
      'server',
      crlf('HTTP/1.1 404 Not Here\nContent-Type: text/plain; charset=utf-8\nContent-Length: 6\n\none\ntwo')
        .replace(/\r\ntwo$/, '\ntwo')
        .replace('6', '7'),
    ],
  ]) as [Seen, Seen]

  test('are told in the Info column', () => {
    expect(inform([request, response])).toEqual(['HTTP GET /p/x?q=1&&r=a%26b HTTP/1.1 ', 'HTTP HTTP/1.1 404 Not Here  (text/plain)'])
  })

  test('show the request line, its headers, and what follows from them', () => {
    expect(request.rows('http')).toEqual([
      'Hypertext Transfer Protocol',
      String.raw`  GET /p/x?q=1&&r=a%26b HTTP/1.1\r\n`,
      String.raw`    Expert Info (Chat/Sequence): GET /p/x?q=1&&r=a%26b HTTP/1.1\r\n`,
      String.raw`      GET /p/x?q=1&&r=a%26b HTTP/1.1\r\n`,
      '      Severity level: Chat',
      '      Group: Sequence',
      '    Request Method: GET',
      '    Request URI: /p/x?q=1&&r=a%26b',
      '      Request URI Path: /p/x',
      '      Request URI Query: q=1&&r=a%26b',
      '        Request URI Query Parameter: q=1',
      '        Request URI Query Parameter: r=a%26b',
      '    Request Version: HTTP/1.1',
      String.raw`  Host: h.example\r\n`,
      String.raw`  User-Agent: agent\r\n`,
      String.raw`  Cookie: a=b; c=d\r\n`,
      '    Cookie pair: a=b',
      '    Cookie pair: c=d',
      String.raw`  Authorization: Basic dXNlcjpwYXNz\r\n`,
      '    Credentials: user:pass',
      String.raw`  X-Other: v\r\n`,
      String.raw`  \r\n`,
      '  Full request URI: http://h.example/p/x?q=1&&r=a%26b',
      '  HTTP request 1/1',
    ])
  })

  test('show the status line, the body, and to what it answers', () => {
    expect([
      one('http.response.code')(response),
      one('http.response.code.desc')(response),
      one('http.response.phrase')(response),
      one('http.content_length')(response),
    ]).toEqual(['404', 'Not Found', 'Not Here', '7'])
    expect([one('http.request_in')(response), one('http.time')(response), one('http.response_for.uri')(response)]).toEqual([
      '4',
      '0.010000000',
      'http://h.example/p/x?q=1&&r=a%26b',
    ])
    expect(response.rows('data-text-lines')).toEqual(['Line-based text data: text/plain (2 lines)', String.raw`  one\n`, '  two'])
  })
})

describe('messages of a connection', () => {
  test('in one segment are rows of their own, numbered and paired as tshark does in one pass', () => {
    const frames = talk([
      ['client', GET + crlf('GET /b HTTP/1.1\nHost: h\n\n')],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 3\nContent-Type: text/plain\n\nabc') + OK],
      ['client', GET],
      ['server', OK],
    ])
    expect(inform(frames)).toEqual([
      'HTTP GET /a HTTP/1.1 GET /b HTTP/1.1 ',
      'HTTP HTTP/1.1 200 OK  (text/plain)HTTP/1.1 200 OK ',
      'HTTP GET /a HTTP/1.1 ',
      'HTTP HTTP/1.1 200 OK ',
    ])
    expect(
      frames.map(({ values }) => [
        values('http.request_number'),
        values('http.response_number'),
        values('http.request_in'),
        values('http.prev_request_in'),
      ]),
    ).toEqual([
      [['1', '2'], [], [], ['4']],
      [[], ['2', '3'], ['4'], ['4', '4']],
      [['4'], [], [], []],
      [[], ['4'], ['6'], []],
    ])
  })

  test('know what came after them on a second look', () => {
    const trace = traceOf(
      tcpConnection(
        40_000,
        80,
        [
          ['client', GET],
          ['server', OK],
          ['client', GET],
          ['server', OK],
        ],
        false,
      ),
    )
    while (trace.visitNext({ summary: true, labels: true }) > 0);
    const at = (frame: number) => seen(trace.dissect(frame, { summary: true, labels: true }))
    expect([
      at(4).values('http.response_in'),
      at(4).values('http.next_request_in'),
      at(5).values('http.next_response_in'),
      at(6).values('http.prev_request_in'),
      at(7).values('http.request_in'),
    ]).toEqual([['5'], ['6'], ['7'], ['4'], ['6']])
  })

  test('are put together from segments, by length, chunks or blank line', () => {
    const frames = talk([
      ['client', GET.slice(0, 9)],
      ['client', GET.slice(9)],
      ['server', crlf('HTTP/1.1 200 OK\nContent-Length: 10\n\n01234')],
      ['server', '56789'],
      ['client', GET],
      ['server', crlf('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5;x=1\nhe')],
      ['server', crlf('llo\n0\n')],
      ['server', crlf('T: 1\n\n')],
    ])
    expect(frames.map(one('http.file_data'))).toEqual(['', '', '', '0123456789', '', '', '', 'hello'])
    expect(frames.map(({ chain }) => chain.includes('http'))).toEqual([false, true, false, true, true, false, false, true])
    const last = frames[7] as Seen
    expect([last.values('http.chunk_size'), last.values('http.chunk_data'), last.values('http.chunked_trailer_part')]).toEqual([
      ['5', '0'],
      ['68656c6c6f'],
      [String.raw`T: 1\r\n`],
    ])
  })

  test.each([
    ['a response to HEAD', 'HEAD', 'HTTP/1.1 200 OK\nContent-Length: 100\n\n'],
    ['304', 'GET', 'HTTP/1.1 304 Not Modified\nContent-Length: 100\n\n'],
    ['204', 'GET', 'HTTP/1.1 204 No Content\n\n'],
  ])('%s has no body, whatever its headers say', (_, method, response) => {
    const frames = talk([
      ['client', GET.replace('GET', method)],
      ['server', crlf(response)],
      ['client', GET],
    ])
    expect(frames.map(({ values }) => values('http.response').length + values('http.request').length)).toEqual([1, 1, 1])
  })

  test('that are not HTTP are a continuation, on a connection that was', () => {
    const frames = talk([
      ['client', GET],
      ['server', OK],
      ['server', '\x80\x01binary'],
      ['server', 'some text\r\n'],
    ])
    expect(
      frames.slice(2).map(({ info, chain, values }) => [info, chain.split(':').slice(-2).join(':'), values('http.file_data')]),
    ).toEqual([
      ['Continuation', 'http:data', []],
      ['Continuation', 'http:data', [String.raw`some text\r\n`]],
    ])
  })

  test('that begin with an empty line are read behind it, with a warning', () => {
    const frame = talk([['client', `\r\n${GET}`]])[0] as Seen
    expect([frame.info, frame.values('http.leading_crlf'), frame.values('http.request.method')]).toEqual([
      'GET /a HTTP/1.1 ',
      ['1'],
      ['GET'],
    ])
  })

  test('are found by content on a port that says nothing', () => {
    expect(
      inform(
        talk(
          [
            ['client', GET],
            ['server', OK],
          ],
          7777,
        ),
      ),
    ).toEqual(['HTTP GET /a HTTP/1.1 ', 'HTTP HTTP/1.1 200 OK '])
  })
})

describe('a body', () => {
  const text = 'line one\nline two\n'.repeat(20)
  test.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', octets(text)],
  ])('coded as %s is shown decoded', (coding, body) => {
    const frame = answered(`Content-Encoding: ${coding}\nContent-Type: text/plain\n`, body)
    expect([one('http.file_data')(frame), frame.chain.split(':').at(-1)]).toEqual([
      text.replaceAll('\n', String.raw`\n`),
      'data-text-lines',
    ])
  })

  test('whose coding is unknown or damaged stays as it is, with a warning', () => {
    for (const coding of ['compress', 'gzip']) {
      const frame = answered(`Content-Encoding: ${coding}\n`, 'not gzip')
      expect([frame.values('http.decompression_failed'), frame.values('data.data')]).toEqual([['1'], ['6e6f7420677a6970']])
    }
  })

  test.each([
    ['text/html', '<a>\n', 'data-text-lines', 'HTTP', ' (text/html)'],
    ['application/json', '{"a":1}', 'json', 'HTTP/JSON', ', JavaScript Object Notation (application/json)'],
    ['application/json', 'no json', 'json:data-text-lines', 'HTTP/JSON', ', JavaScript Object Notation (application/json)'],
    ['text/xml; charset=x', '<a/>', 'xml', 'HTTP/XML', ''],
    ['application/x-www-form-urlencoded', 'a=b&c=%20', 'urlencoded-form', 'HTTP', ' (application/x-www-form-urlencoded)'],
    ['application/zip', 'PK', 'media', 'HTTP', ' (application/zip)'],
    ['image/gif', `GIF89a${'x'.repeat(20)}`, 'image-gif', 'HTTP', ' (GIF89a)'],
    ['image/gif', 'short', 'media', 'HTTP', ' (image/gif)'],
    [
      'multipart/form-data; boundary="b"',
      '--b\r\nContent-Type: text/plain\r\n\r\nv\r\n--b--\r\n',
      'mime_multipart:data-text-lines',
      'HTTP',
      ' (text/plain)',
    ],
  ])('of %s goes to the protocol of its type', (type, body, chain, protocol, info) => {
    const frame = answered(`Content-Type: ${type}\n`, body)
    expect([frame.chain, frame.protocol, frame.info]).toEqual([`eth:ethertype:ip:tcp:http:${chain}`, protocol, `HTTP/1.1 200 OK ${info}`])
  })

  test('that is both chunked and of a given length is a warning', () => {
    const frame = talk([
      ['client', crlf('POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\nContent-Length: 4\n\n4\nabcd\n0\n\n')],
    ])[0] as Seen
    expect([frame.values('http.te_and_length'), frame.values('http.file_data')]).toEqual([['1'], ['abcd']])
  })
})

describe('a connection that is handed over', () => {
  test('by CONNECT carries what the port in its target says', () => {
    const frames = talk(
      [
        ['client', crlf('CONNECT t.example:9999 HTTP/1.1\nHost: t.example:9999\n\n')],
        ['server', crlf('HTTP/1.1 200 Connection established\n\n')],
        ['client', '\x01\x02\x03'],
      ],
      3128,
    )
    const last = frames[2] as Seen
    expect([
      last.chain.split(':').slice(-2),
      last.values('http.proxy_connect_host'),
      last.values('http.proxy_connect_port'),
      last.values('data.data'),
    ]).toEqual([['http', 'data'], ['t.example'], ['9999'], ['010203']])
  })

  test('by Upgrade is no HTTP any more', () => {
    const frames = talk([
      ['client', crlf('GET /ws HTTP/1.1\nHost: h\nUpgrade: foo\nConnection: Upgrade\n\n')],
      ['server', crlf('HTTP/1.1 101 Switching Protocols\nUpgrade: foo\n\n')],
      ['client', GET],
    ])
    expect((frames[2] as Seen).values('http.request')).toEqual([])
  })
})

test('SSDP is HTTP over UDP under its own name', () => {
  const frame = dissectAll([
    udpFrame(
      50_000,
      1900,
      octets(crlf('M-SEARCH * HTTP/1.1\nHOST: 239.255.255.250:1900\nST: upnp:rootdevice\n\n')),
      '10.0.0.1',
      '239.255.255.250',
    ),
  ])[0] as Seen
  expect([frame.protocol, frame.info, frame.chain.split(':').at(-1), frame.values('http.request.full_uri')]).toEqual([
    'SSDP',
    'M-SEARCH * HTTP/1.1 ',
    'ssdp',
    ['http://239.255.255.250:1900*'],
  ])
})
