// HTTP/2 on connections made here: how it is found, what its frames show, and that any packet reads the same on its own as in order.
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../../../support/conversations'
import { octets, tcpConnection } from '../../../../support/conversations'
import { dissectAll, seen, traceOf } from '../../../../support/dissect'
import type { Seen } from '../../../../support/dissect'
import {
  FLAG,
  PREFACE,
  TYPE,
  h2frame,
  headerBlock,
  hpackInteger,
  literal,
  requestBlock,
  responseBlock,
  settingsFrame,
} from '../../../../support/http2-frames'

const { endStream, endHeaders, padded } = FLAG
/** Packets of the handshake before the first turn. */
const HANDSHAKE = 3

function connection(turns: readonly Turn[], port = 80): Uint8Array[] {
  return tcpConnection(40_000, port, [['client', Buffer.concat([octets(PREFACE), settingsFrame()])], ['server', settingsFrame()], ...turns])
}
/** The packets of the turns alone. */
function packets(turns: readonly Turn[]): Seen[] {
  return dissectAll(connection(turns)).slice(HANDSHAKE + 2, HANDSHAKE + 2 + turns.length)
}
function request(path = '/', fields: Readonly<Record<string, string>> = {}, stream = 1): Buffer {
  return h2frame(TYPE.headers, endHeaders | endStream, stream, requestBlock(path, fields))
}
function response(fields: Readonly<Record<string, string>>, stream = 1, status = '200'): Buffer {
  return h2frame(TYPE.headers, endHeaders, stream, responseBlock(fields, status))
}
function data(text: Uint8Array | string, last = true, stream = 1): Buffer {
  return h2frame(TYPE.data, last ? endStream : 0, stream, text)
}

describe('HTTP/2', () => {
  it('begins at the client’s preface on a port of HTTP, and nowhere else', () => {
    const turns: Turn[] = [['client', Buffer.concat([octets(PREFACE), settingsFrame({ 3: 100 })])]]
    const [known] = dissectAll(tcpConnection(40_000, 80, turns)).slice(HANDSHAKE),
      [other] = dissectAll(tcpConnection(40_000, 9999, turns)).slice(HANDSHAKE)
    expect(known).toMatchObject({ protocol: 'HTTP2', info: 'Magic, SETTINGS[0]', chain: 'eth:ethertype:ip:tcp:http:http2' })
    expect(other?.chain).toBe('eth:ethertype:ip:tcp:data')
  })

  it('takes over after Upgrade: h2c, whose settings are read', () => {
    const [asked, switched] = dissectAll(
      tcpConnection(40_000, 80, [
        ['client', 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA\r\n\r\n'],
        ['server', Buffer.concat([octets('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'), settingsFrame()])],
      ]),
    ).slice(HANDSHAKE)
    expect(asked?.values('http2.settings.max_concurrent_streams')).toEqual(['100'])
    expect(asked?.chain).not.toContain('http2')
    expect(switched?.info).toBe('HTTP/1.1 101 Switching Protocols , SETTINGS[0]')
  })

  it('says what a request asks and a response answers', () => {
    const [asked, answered] = packets([
      ['client', request('/a/b?x=1&y=%41')],
      ['server', Buffer.concat([response({ 'content-type': 'text/plain', age: '5' }), data('hello')])],
    ])
    expect(asked?.info).toBe('HEADERS[1]: GET /a/b?x=1&y=%41')
    expect(asked?.values('http2.request.full_uri')).toEqual(['http://a.example/a/b?x=1&y=%41'])
    expect(asked?.values('http.path_sub_segment')).toEqual(['x=1', 'y=%41'])
    expect(asked?.values('http2.header.unescaped')).toContain('/a/b?x=1&y=A')
    expect(answered?.info).toBe('HEADERS[1]: 200 OK, DATA[1] (text/plain)')
    expect(answered?.values('http2.headers.status')).toEqual(['200'])
    expect(answered?.values('http2.headers.age')).toEqual(['5'])
  })

  it('reads a header block that CONTINUATION frames go on with', () => {
    const block = requestBlock('/long', { 'x-long': 'y'.repeat(50) })
    const [first, rest] = packets([
      ['client', h2frame(TYPE.headers, endStream, 1, block.subarray(0, 60))],
      [
        'client',
        Buffer.concat([
          h2frame(TYPE.continuation, 0, 1, block.subarray(60, 100)),
          h2frame(TYPE.continuation, endHeaders, 1, block.subarray(100)),
        ]),
      ],
    ])
    expect(first?.values('http2.header.name')).toEqual([':method', ':scheme', ':authority'])
    expect(rest?.values('http2.header.name')).toEqual([':path', 'x-long'])
  })

  it('puts a body together from padded frames of several packets, and shows where', () => {
    const [, part, whole] = packets([
      ['server', response({ 'content-type': 'text/plain' })],
      ['server', h2frame(TYPE.data, padded, 1, Buffer.from([2, 104, 105, 0, 0]))],
      ['server', data(' there')],
    ])
    expect(part?.values('http2.data.data')).toEqual(['6869'])
    expect(part?.rows('http2')).toContain('    Padding: 0000')
    expect(whole?.values('http2.body.fragment')).toEqual(['7', '8'])
    expect(whole?.values('http2.data.data')).toEqual([octets('hi there').toString('hex')])
    expect(whole?.rows('http2')).toContain('  Line-based text data: text/plain (1 lines)')
  })

  it.each([
    ['gzip', gzipSync('unpacked')],
    ['br', brotliCompressSync('unpacked')],
  ])('undoes %s, with trailers as the end', (coding, packed) => {
    const [, whole] = packets([
      ['server', Buffer.concat([response({ 'content-type': 'text/plain', 'content-encoding': coding }), data(packed, false)])],
      ['server', h2frame(TYPE.headers, endHeaders | endStream, 1, headerBlock({ checksum: '1' }))],
    ])
    expect(whole?.values('http2.data.data')).toEqual([octets('unpacked').toString('hex')])
    expect(whole?.info).toBe('HEADERS[1] (text/plain)')
  })

  it('says when a body cannot be decompressed, and does not try with a part of one', () => {
    const [broken, partial] = packets([
      ['server', Buffer.concat([response({ 'content-encoding': 'gzip' }, 1), data('plain', true, 1)])],
      ['server', Buffer.concat([response({ 'content-encoding': 'gzip' }, 3, '206'), data('plain', true, 3)])],
    ])
    expect(broken?.values('http2.body_decompression_failed')).toHaveLength(1)
    expect(partial?.values('http2.body_decompression_failed')).toHaveLength(0)
  })

  it('pairs DNS over HTTPS by stream', () => {
    const query = Buffer.from('000001000001000000000000046e616d650000010001', 'hex'),
      answer = Buffer.from('000081800001000000000000046e616d650000010001', 'hex'),
      type = { 'content-type': 'application/dns-message' }
    const asked = (stream: number): Turn => [
      'client',
      Buffer.concat([h2frame(TYPE.headers, endHeaders, stream, headerBlock({ ':method': 'POST', ...type })), data(query, true, stream)]),
    ]
    const answered = (stream: number): Turn => ['server', Buffer.concat([response(type, stream), data(answer, true, stream)])]
    const [, , third, fourth] = packets([asked(1), asked(3), answered(3), answered(1)])
    expect(third?.protocol).toBe('DoH')
    expect(third?.values('dns.response_to')).toEqual(['7'])
    expect(fourth?.values('dns.response_to')).toEqual(['6'])
  })

  it('leaves bodies alone that begin before the capture, are tunnelled or have a transfer coding', () => {
    const rows = packets([
      ['server', data('nobody asked', true, 1)],
      [
        'client',
        Buffer.concat([
          h2frame(TYPE.headers, endHeaders, 3, headerBlock({ ':method': 'CONNECT', ':authority': 'b:1' })),
          data('x', false, 3),
        ]),
      ],
      ['server', Buffer.concat([response({ 'transfer-encoding': 'chunked', 'content-type': 'text/plain' }, 5), data('1\r\na', true, 5)])],
    ]).map((packet) => packet.rows('http2').filter((row) => row.startsWith('  Stream: DATA')))
    expect(rows).toEqual([
      ['  Stream: DATA, Stream ID: 1, Length 12'],
      ['  Stream: DATA, Stream ID: 3, Length 1 (partial entity body) (tunneled data)'],
      ['  Stream: DATA, Stream ID: 5, Length 4 (transfer-encoded body)'],
    ])
  })

  it('keeps to the table size that was acknowledged', () => {
    const [, , obeyed] = packets([
      ['server', settingsFrame({ 1: 50 })],
      ['client', Buffer.concat([h2frame(TYPE.settings, FLAG.ack, 0), h2frame(TYPE.settings, FLAG.ack, 0)])],
      [
        'client',
        h2frame(TYPE.headers, endHeaders, 1, Buffer.concat([hpackInteger(50, 5, 0x20), literal('name', 'x', 0x40), Buffer.of(0xbe)])),
      ],
    ])
    expect(obeyed?.values('http2.header_table_size_update.header_table_size')).toEqual(['50'])
    expect(obeyed?.values('http2.header.name')).toEqual(['name', 'name'])
  })

  it('stops after 200 fields of a block, and reads the next block rightly', () => {
    const many = Buffer.concat(Array.from({ length: 205 }, (_, i) => literal(`h${i}`, 'v', 0x40)))
    const [first, second] = packets([
      ['client', h2frame(TYPE.headers, endHeaders, 1, many)],
      ['client', h2frame(TYPE.headers, endHeaders, 3, Buffer.of(0xbe))],
    ])
    expect(first?.values('http2.header.count')).toEqual(['200'])
    expect(first?.values('http2.header_lines_exceeded')).toHaveLength(1)
    expect(second?.values('http2.header.name')).toEqual(['h204'])
  })

  it('does not let a few bytes unfold to much', () => {
    // one entry of 4000 bytes, named again and again
    const bomb = Buffer.concat([literal('x', 'y'.repeat(4000), 0x40), Buffer.alloc(12_000, 0xbe)])
    const [packet] = packets([['client', h2frame(TYPE.headers, endHeaders, 1, bomb)]])
    expect(Number(packet?.values('http2.header.length')[0])).toBeLessThan(256 * 1024)
    expect(packet?.values('http2.header_size_exceeded')).toHaveLength(1)
  })

  it('ends a malformed frame alone', () => {
    const [packet] = packets([['client', Buffer.concat([h2frame(TYPE.data, padded, 1, Buffer.from([9, 65])), request('/next', {}, 3)])]])
    expect(packet?.values('_ws.malformed')).toHaveLength(1)
    expect(packet?.values('http2.headers.path')).toEqual(['/next'])
  })

  it('says nothing of a frame that only begins in a packet, beside those that end in it', () => {
    const long = data('x'.repeat(100), true)
    const [first, second] = packets([
      ['client', Buffer.concat([request('/'), long.subarray(0, 50)])],
      ['client', Buffer.concat([long.subarray(50), long.subarray(0, 20)])],
    ])
    expect(first).toMatchObject({ protocol: 'HTTP2', info: 'HEADERS[1]: GET /' })
    expect(second).toMatchObject({ protocol: 'HTTP2', info: 'DATA[1]' })
  })

  it('reads any packet alone as in order, after a pass for state too', () => {
    const body = Buffer.alloc(40_000, 'text ')
    const frames = connection([
      ['client', request('/one', { 'x-index': 'a' })],
      [
        'client',
        h2frame(TYPE.headers, endHeaders | endStream, 3, Buffer.concat([requestBlock('/two'), literal('t', 'v', 0x40), Buffer.of(0xbe)])),
      ],
      [
        'server',
        Buffer.concat([
          response({ 'content-type': 'text/plain', 'content-encoding': 'gzip' }),
          response({ 'content-type': 'text/plain' }, 3),
        ]),
      ],
      ['server', data(gzipSync('some text'), false)],
      ['server', Buffer.concat([data('interleaved', true, 3), data('', true, 1)])],
      ['client', h2frame(TYPE.headers, endHeaders | endStream, 5, Buffer.of(0xbe))],
      // one frame over several segments
      ['server', Buffer.concat([response({ 'content-type': 'text/plain' }, 5), data(body, true, 5)]).subarray(0, 30_000)],
      ['server', Buffer.concat([response({ 'content-type': 'text/plain' }, 5), data(body, true, 5)]).subarray(30_000)],
    ])
    const show = (packet: Seen) =>
      [packet.protocol, packet.info, ...packet.rows('http2')].filter((row) => !row.includes('Reassembled body in'))
    const wishes = { summary: true, labels: true },
      inOrder = dissectAll(frames).map(show)
    const trace = traceOf(frames)
    while (trace.advance(10, { depth: 'state', keep: true }) > 0);
    for (let n = frames.length - 2; n > HANDSHAKE; n--) {
      if (inOrder[n - 1]?.[0] !== 'HTTP2') continue
      expect(show(seen(trace.dissect(n, wishes)))).toEqual(inOrder[n - 1])
    }
  })
})
