// Caching, redirects, cookies, pipelining and codings, told from connections that the test wrote itself.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../../../src/shared/contract'
import { tcpConnection, type Turn } from '../../../support/conversations'
import { startEngine } from '../../../support/engine-harness'
import { pcapFile } from '../../../support/pcap-builder'

async function views(...connections: readonly (readonly Turn[])[]): Promise<Result<'http.transaction'>[]> {
  const engine = startEngine()
  const frames = connections.flatMap((turns, index) => tcpConnection(40_000 + index, 80, turns))
  engine.files.set('/x/a.pcap', pcapFile(frames.map((bytes, index) => ({ bytes, seconds: 1_700_000_000, fraction: index * 1000 }))))
  const { captureId } = await engine.open('/x/a.pcap')
  const { total } = await engine.client.call('http.transactions', {
    captureId,
    text: '',
    status: 'all',
    stream: null,
    sort: 'time',
    descending: false,
    first: 0,
    count: 0,
  })
  const all: Result<'http.transaction'>[] = []
  for (let id = 0; id < total; id++) all.push(await engine.client.call('http.transaction', { captureId, id }))
  expect(engine.log).toEqual([])
  return all
}
const get = (path: string, ...headers: string[]): Turn => [
  'client',
  [`GET ${path} HTTP/1.1`, 'Host: a.test', ...headers, '', ''].join('\r\n'),
]
const answer = (status: string, body: string, ...headers: string[]): Turn => [
  'server',
  [`HTTP/1.1 ${status}`, `Content-Length: ${body.length}`, ...headers, '', body].join('\r\n'),
]

describe('caching', () => {
  it('tells what a 304 saved, and what the answer before allowed', async () => {
    const [first, second] = await views([
      get('/a'),
      answer('200 OK', 'x'.repeat(500), 'ETag: "1"', 'Cache-Control: max-age=60'),
      get('/a', 'If-None-Match: "1"'),
      ['server', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'],
    ])
    expect(first?.cache).toMatchObject({ outcome: 'may-be-stored', freshFor: 60, savedBytes: null })
    expect(second?.cache).toMatchObject({
      outcome: 'not-modified',
      conditions: ['if-none-match: "1"'],
      savedBytes: 500,
      earlier: { id: 0 },
    })
  })
  it('tells no-store, no-cache, Expires and a failed condition apart', async () => {
    const outcomes = await views([
      get('/a'),
      answer('200 OK', 'x', 'Cache-Control: no-store'),
      get('/b'),
      answer('200 OK', 'x', 'Cache-Control: no-cache'),
      get('/c'),
      answer('200 OK', 'x', 'Date: Tue, 14 Nov 2023 22:13:20 GMT', 'Expires: Tue, 14 Nov 2023 23:13:20 GMT'),
      get('/d', 'If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT'),
      answer('200 OK', 'x'),
      get('/e'),
      answer('200 OK', 'x', 'Expires: 0'),
    ])
    expect(outcomes.map(({ cache }) => [cache.outcome, cache.freshFor])).toEqual([
      ['must-not-be-stored', null],
      ['must-be-asked', null],
      ['may-be-stored', 3600],
      ['modified', null],
      ['must-be-asked', 0],
    ])
  })
})

describe('redirects and cookies', () => {
  it('are followed over connections', async () => {
    const [first, second, third] = await views(
      [get('/one'), answer('302 Found', '', 'Location: ../two?x=1', 'Set-Cookie: id=7; Path=/; HttpOnly')],
      [
        get('/two?x=1', 'Cookie: id=7; other=1'),
        answer('303 See Other', '', 'Location: //a.test/three'),
        get('/three'),
        answer('200 OK', 'x'),
      ],
    )
    const urls = ['http://a.test/one', 'http://a.test/two?x=1', 'http://a.test/three']
    for (const one of [first, second, third]) expect(one?.redirects.map(({ url }) => url)).toEqual(urls)
    expect(first?.cookies.set).toEqual([{ name: 'id', value: '7', attributes: ['Path=/', 'HttpOnly'] }])
    expect(second?.cookies.sent).toMatchObject([
      { name: 'id', value: '7', setBy: { id: 0 } },
      { name: 'other', value: '1', setBy: null },
    ])
  })
})

describe('connections', () => {
  it('are told to be pipelined, kept, closed, or of HTTP/1.0', async () => {
    const [a, b, c, d] = await views(
      [
        ['client', 'GET /a HTTP/1.1\r\nHost: a.test\r\n\r\nGET /b HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n'],
        ['server', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny'],
      ],
      [
        ['client', 'GET /c HTTP/1.0\r\n\r\n'],
        ['server', 'HTTP/1.0 200 OK\r\n\r\nuntil the end'],
      ],
      [get('/d'), answer('200 OK', 'x', 'Connection: close')],
    )
    expect([a, b, c, d].map((one) => [one?.connection.persistence, one?.connection.pipelined])).toEqual([
      ['kept', false],
      ['closed-by-request', true],
      ['http-1.0', false],
      ['closed-by-response', false],
    ])
    expect([a, b].map((one) => one?.response?.body.content)).toEqual([btoa('x'), btoa('y')])
    expect(c?.response).toMatchObject({ complete: true, body: { sent: 13, kind: 'text' } })
  })
})

describe('bodies', () => {
  it('that cannot be decoded say why', async () => {
    const zipped = gzipSync('{"a":[1,2]}').toString('latin1')
    const outcomes = await views([
      get('/a'),
      answer('200 OK', zipped, 'Content-Encoding: gzip', 'Content-Type: application/json'),
      get('/b'),
      answer('200 OK', 'no gzip', 'Content-Encoding: gzip'),
      get('/c'),
      answer('200 OK', 'x', 'Content-Encoding: compress'),
      get('/d'),
      answer('200 OK', 'x', 'Content-Encoding: gzip, gzip, gzip, gzip, gzip'),
      get('/e'),
      ['server', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nfffffffffffffff\r\n'],
    ])
    expect(outcomes.map(({ response }) => [response?.body.kind, response?.body.problem, response?.body.size])).toEqual([
      ['json', 'none', 11],
      ['other', 'damaged', null],
      ['other', 'unknown-coding', null],
      ['other', 'unknown-coding', null],
      ['text', 'none', 3],
    ])
    expect(outcomes[4]?.response?.complete).toBe(false)
  })
})
