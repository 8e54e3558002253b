// Which connections carry HTTP or TLS, and what is read of them where a capture lacks something.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { KEY_LOG } from '../../../../src/engine/dissect/key-log'
import { Trace } from '../../../../src/engine/index/trace'
import { httpTransactions } from '../../../../src/engine/session/http/transactions'
import { byteStreamSteps } from '../../../../src/engine/session/tcp/byte-streams'
import { tlsConnections } from '../../../../src/engine/session/tls/details'
import { nodeCiphers } from '../../../../src/node/host/ciphers'
import { nodeInflate } from '../../../../src/node/host/inflate'
import { tcpConnection } from '../../../support/conversations'
import type { Turn } from '../../../support/conversations'
import { pcapFile } from '../../../support/pcap-builder'

/** An indexed capture of Ethernet frames; of each at most `snapped` bytes are kept. */
function indexed(frames: readonly Uint8Array[], snapped = Infinity, keys = ''): Trace {
  const packets = frames.map((bytes) => ({ bytes: bytes.subarray(0, snapped), originalLength: bytes.length })),
    trace = new Trace(memorySource(pcapFile(packets)), nodeInflate, nodeCiphers)
  trace.session.state(KEY_LOG).addText(keys)
  while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
  return trace
}
function told(frames: readonly Uint8Array[], snapped?: number): string[] {
  return httpTransactions(indexed(frames, snapped)).map(({ request, response }) => {
    const answer = response && ` -> ${response.status} ${response.bodyBytes}${response.complete ? '' : ' (not all)'}`
    return `${request.method} ${request.target} ${request.version}${answer ?? ''}`
  })
}
const ask = (target: string) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`
const answer = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`
const typed = (text: string): Turn[] => Array.from(text, (letter) => ['client', letter])

describe('the beginning of a connection', () => {
  it.each<[string, Turn[], string[]]>([
    ['a request byte by byte, as typed', [...typed(ask('/a')), ['server', answer('one')]], ['GET /a HTTP/1.1 -> 200 3']],
    [
      'empty lines before the request',
      [
        ['client', `\r\n\r\n${ask('/a')}`],
        ['server', answer('one')],
      ],
      ['GET /a HTTP/1.1 -> 200 3'],
    ],
    [
      'empty lines in a segment of their own',
      [
        ['client', '\r\n'],
        ['client', ask('/a')],
        ['server', answer('')],
      ],
      ['GET /a HTTP/1.1 -> 200 0'],
    ],
    [
      'a request to a proxy',
      [
        ['client', ask('http://b/')],
        ['server', answer('one')],
      ],
      ['GET http://b/ HTTP/1.1 -> 200 3'],
    ],
    [
      'an unknown method and target',
      [
        ['client', 'get b HTTP/1.1\r\n\r\n'],
        ['server', answer('one')],
      ],
      ['get b HTTP/1.1 -> 200 3'],
    ],
    [
      'SMTP',
      [
        ['server', '220 mail\r\n'],
        ['client', 'EHLO a\r\n'],
        ['server', '250 mail\r\n'],
      ],
      [],
    ],
    [
      'FTP',
      [
        ['client', 'USER me\r\n'],
        ['client', 'QUIT\r\n'],
      ],
      [],
    ],
    [
      'RTSP',
      [
        ['client', 'OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n'],
        ['server', 'RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n'],
      ],
      [],
    ],
    [
      'SIP',
      [
        ['client', 'INVITE sip:b@c SIP/2.0\r\n\r\n'],
        ['server', 'SIP/2.0 200 OK\r\n\r\n'],
      ],
      [],
    ],
  ])('%s', (_name, turns, expected) => {
    expect(told(tcpConnection(2000, 8080, turns))).toEqual(expected)
  })

  it('is found later where the capture begins in the middle', () => {
    const whole = tcpConnection(2000, 80, [
      ['client', ask('/a')],
      ['server', answer('x'.repeat(50)).slice(0, -20)],
      ['server', 'x'.repeat(20)],
      ['client', ask('/b')],
      ['server', answer('two')],
    ])
    // from the body of the first response on, and from the response on
    expect(told(whole.slice(5))).toEqual(['GET /b HTTP/1.1 -> 200 3'])
    expect(told(whole.slice(4))).toEqual(['GET /b HTTP/1.1 -> 200 3'])
  })
})

describe('requests that are not complete', () => {
  it('are listed as far as they came', () => {
    expect(
      told(
        tcpConnection(2000, 80, [
          ['client', ask('/a')],
          ['server', answer('')],
          ['client', 'GET /b HTTP/1.1\r\nHo'],
        ]),
      ),
    ).toEqual(['GET /a HTTP/1.1 -> 200 0', 'GET /b HTTP/1.1'])
    expect(told(tcpConnection(2000, 80, [['client', 'GET /long']]))).toEqual(['GET /long '])
  })
  it('have the response that refuses them', () => {
    const refused: Turn[] = [
      ['client', `GET /${'a'.repeat(100)}`],
      ['server', 'HTTP/1.1 414 URI Too Long\r\nContent-Length: 2\r\n\r\nno'],
      ['client', 'aaaa HTTP/1.1\r\n\r\n'],
    ]
    expect(told(tcpConnection(2000, 80, refused))).toEqual([`GET /${'a'.repeat(100)}  -> 414 2`])
  })
  it('keep the spaces of a target', () => {
    expect(
      told(
        tcpConnection(2000, 80, [
          ['client', 'GET /a b HTTP/1.1\r\n\r\n'],
          ['server', answer('')],
        ]),
      ),
    ).toEqual(['GET /a b HTTP/1.1 -> 200 0'])
  })
})

describe('what was not captured', () => {
  const turns: Turn[] = [
    ['client', ask('/a')],
    ['server', answer('x'.repeat(300)).slice(0, 200)],
    ['server', answer('x'.repeat(300)).slice(200)],
    ['client', ask('/b')],
    ['server', answer('two')],
    ['client', ask('/c')],
    ['server', answer('three')],
  ]
  const frames = tcpConnection(2000, 80, turns)

  it('counts as sent inside a body, whose end is known', () => {
    const all = ['GET /a HTTP/1.1 -> 200 300 (not all)', 'GET /b HTTP/1.1 -> 200 3', 'GET /c HTTP/1.1 -> 200 5']
    expect(told(frames.toSpliced(5, 1))).toEqual(all)
    expect(told(frames, 150)).toEqual(all)
  })
  it('leaves a request without its response, and the next ones with theirs', () => {
    expect(told(frames.toSpliced(7, 1))).toEqual(['GET /a HTTP/1.1 -> 200 300', 'GET /b HTTP/1.1', 'GET /c HTTP/1.1 -> 200 5'])
    expect(told(frames.toSpliced(6, 1))).toEqual(['GET /a HTTP/1.1 -> 200 300', 'GET /c HTTP/1.1 -> 200 5'])
  })
  it('does not include what an acknowledgment overtook', () => {
    const swapped = [...frames.slice(0, 5), ...[frames[6], frames[5]].flatMap((frame) => frame ?? []), ...frames.slice(7)]
    expect(told(swapped)).toEqual(told(frames))
  })
})

describe('TLS behind something else', () => {
  const file = path.resolve(import.meta.dirname, '../../../captures/tls/tls13-aes128')
  const keys = readFileSync(`${file}.keylog`, 'utf8')
  /** What both sides of the recorded connection sent. */
  function recorded(): Turn[] {
    const turns: Turn[] = [],
      trace = new Trace(memorySource(readFileSync(`${file}.pcap`)), nodeInflate, nodeCiphers)
    while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
    const steps = byteStreamSteps(trace, () => ({
      data: (side, bytes) => turns.push([side === 0 ? 'client' : 'server', bytes.slice()]),
      gap: () => undefined,
      end: () => undefined,
    }))
    while (steps.next().done !== true);
    return turns
  }
  it.each<[string, Turn[]]>([
    [
      'after STARTTLS',
      [
        ['server', '220 mail\r\n'],
        ['client', 'EHLO a\r\n'],
        ['server', '250 STARTTLS\r\n'],
        ['client', 'STARTTLS\r\n'],
        ['server', '220 go\r\n'],
      ],
    ],
    [
      "in a proxy's tunnel",
      [
        ['client', 'CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n'],
        ['server', 'HTTP/1.1 200 Connection established\r\n\r\n'],
      ],
    ],
  ])('is found and decrypted %s', (_name, before) => {
    const trace = indexed(tcpConnection(2000, 3128, [...before, ...recorded()]), Infinity, keys)
    expect(tlsConnections(trace).map(({ version, decrypted, client }) => [version, decrypted, client])).toEqual([
      ['TLSv1.3', true, '10.0.0.1:2000'],
    ])
  })
  it('is not what the request for a tunnel was in', () => {
    const trace = indexed(
      tcpConnection(2000, 3128, [
        ['client', 'CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n'],
        ['server', 'HTTP/1.1 200 Connection established\r\n\r\n'],
        ...recorded(),
      ]),
      Infinity,
      keys,
    )
    expect(httpTransactions(trace).map(({ request, response, tls }) => [request.method, response?.status, tls])).toEqual([
      ['CONNECT', 200, null],
    ])
  })
})
