import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Params } from '../../../../src/shared/contract'
import { startEngine, type EngineHarness } from '../../../support/engine-harness'

const samples = path.resolve(import.meta.dirname, '../../../../resources/samples')

let engine: EngineHarness
let captureId = 0
const wanted = (part: Partial<Params<'http.transactions'>> = {}): Params<'http.transactions'> => ({
  captureId,
  text: '',
  status: 'all',
  stream: null,
  sort: 'time',
  descending: false,
  first: 0,
  count: 100,
  ...part,
})

beforeAll(async () => {
  engine = startEngine()
  engine.files.set('/x/page.pcapng', readFileSync(path.join(samples, 'page-load.pcapng')))
  ;({ captureId } = await engine.open('/x/page.pcapng'))
})

describe('http.transactions', () => {
  it('pages, filters and sorts what a page load asked for', async () => {
    const all = await engine.client.call('http.transactions', wanted({ count: 2 }))
    expect([all.total, all.matched, all.connections, all.errors, all.transactions.length]).toEqual([37, 37, 16, 4, 2])
    expect(all.transactions[0]).toMatchObject({ id: 0, method: 'GET', url: 'http://www.example.test/old', status: 301, tls: null })
    expect(all.transactions[0]?.stretches.map(({ kind }) => kind)).toEqual(['dns', 'connect', 'send', 'wait', 'receive'])
    const missing = await engine.client.call('http.transactions', wanted({ status: '4', text: 'missing' }))
    expect(missing.transactions.map(({ url }) => url)).toEqual([
      'http://www.example.test/missing.json',
      'https://www.example.test/missing.json',
    ])
    const largest = await engine.client.call('http.transactions', wanted({ sort: 'size', descending: true, count: 1, stream: 15 }))
    expect(largest.transactions[0]).toMatchObject({ url: 'https://img.example.test/i11.png', responseBytes: 36067 })
  })

  it('tells why a page was cancelled or asked for wrongly', async () => {
    const other = startEngine()
    other.files.set('/x/page.pcapng', readFileSync(path.join(samples, 'page-load.pcapng')))
    const { captureId: id } = await other.open('/x/page.pcapng')
    const abort = new AbortController()
    const call = other.client.call('http.transactions', wanted({ captureId: id }), { signal: abort.signal })
    // who waits beside a caller that gives up still gets the table
    const beside = other.client.call('http.transactions', wanted({ captureId: id }))
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'rpc/cancelled' })
    expect((await beside).total).toBe(37)
    await expect(engine.client.call('http.transaction', { captureId, id: 999 })).rejects.toMatchObject({ code: 'rpc/bad-argument' })
    await expect(engine.client.call('http.transactions', wanted({ count: 100_000 }))).rejects.toMatchObject({ code: 'rpc/bad-argument' })
  })
})

describe('http.transaction', () => {
  it('takes messages apart on their own bytes and undoes the codings', async () => {
    const { request, response, redirects } = await engine.client.call('http.transaction', { captureId, id: 19 })
    expect(request.parts[0]).toMatchObject({ kind: 'start-line', start: 0, text: 'GET / HTTP/1.1' })
    expect(request.parts.at(-1)).toMatchObject({ kind: 'blank', end: request.headSize })
    expect(request.body.kind).toBe('none')
    expect(response?.parts.filter(({ kind }) => kind === 'chunk-size').map(({ text }) => text)).toEqual(['d0', '0'])
    expect(response?.parts.reduce((at, part) => (part.start === at ? part.end : NaN), 0)).toBe(response?.size)
    expect(response?.body).toMatchObject({ codings: ['gzip', 'chunked'], sent: 208, size: 610, kind: 'html', problem: 'none' })
    expect(atob(response?.body.content ?? '')).toContain('<title>')
    expect(redirects).toEqual([])
  })

  it('chains a redirect with where it led', async () => {
    const chain = async (id: number) => (await engine.client.call('http.transaction', { captureId, id })).redirects.map((one) => one.url)
    expect(await chain(0)).toEqual(['http://www.example.test/old', 'http://www.example.test/'])
    expect(await chain(1)).toEqual(await chain(0))
  })

  it('says how the connections to one host were used', async () => {
    const { connection, limit } = await engine.client.call('http.transaction', { captureId, id: 35 })
    expect(connection).toMatchObject({ persistence: 'kept', pipelined: false })
    expect(connection.transactions.map(({ id }) => id)).toEqual([27, 35])
    expect(limit).toMatchObject({ open: 6, most: 6 })
    const { lanes, host } = await engine.client.call('http.connections', { captureId, id: 35 })
    expect([host, lanes.length, lanes[0]?.requests.length]).toEqual(['img.example.test', 6, 2])
  })

  it('is found by its packets, and hands out bodies and an archive', async () => {
    const { transactions } = await engine.client.call('http.transactions', wanted())
    const [, , style] = transactions
    expect(await engine.client.call('http.find', { captureId, number: style?.responseFrame ?? 0 })).toEqual({ id: 2 })
    expect(await engine.client.call('http.find', { captureId, number: 1 })).toEqual({ id: -1 })
    const file = await engine.client.call('web.download', { captureId, what: { kind: 'body', id: 2, side: 'response', decoded: true } })
    expect([file.name, file.type, atob(file.bytes)]).toEqual(['style.css', 'text/css', expect.stringContaining('{')])
    await engine.client.call('web.save', { captureId, what: { kind: 'har' }, path: '/y/page.har', overwrite: false })
    const archive = JSON.parse(new TextDecoder().decode(engine.saved.get('/y/page.har'))) as { log: { entries: unknown[] } }
    expect(archive.log.entries).toHaveLength(37)
  })
})

describe('tls.connections', () => {
  it('lists them, and tells everything of one', async () => {
    const { total, decrypted, connections } = await engine.client.call('tls.connections', { captureId, text: 'img.', first: 0, count: 2 })
    expect([total, decrypted, connections.length]).toEqual([8, 8, 2])
    const { connection } = await engine.client.call('tls.connection', { captureId, stream: 8 })
    expect(connection).toMatchObject({
      version: 'TLSv1.3',
      cipher: 'TLS_AES_128_GCM_SHA256',
      group: 'x25519',
      signature: 'rsa_pss_rsae_sha256',
      keyExchange: 'ecdhe',
      forwardSecret: true,
      decrypted: true,
      earlyData: 'none',
    })
    expect(connection?.roundTrips.map(({ kind }) => kind)).toEqual(['tcp', 'tls'])
    expect(connection?.offers?.versions.find(({ chosen }) => chosen)?.name).toBe('TLS 1.3')
    expect(connection?.offers?.groups.find(({ chosen }) => chosen)?.name).toBe('x25519')
    expect(connection?.phases.map(({ name, protected: isProtected }) => (isProtected ? `[${name}]` : name)).slice(0, 3)).toEqual([
      'ClientHello',
      'ServerHello',
      'ChangeCipherSpec',
    ])
    expect(connection?.certificates).toMatchObject([
      { subject: 'CN=www.example.test', signature: 'valid', rejected: true, problems: [{ code: 'self-signed', rejects: true }] },
    ])
    expect((await engine.client.call('tls.connection', { captureId, stream: 0 })).connection).toBeNull()
    const pem = await engine.client.call('web.download', { captureId, what: { kind: 'certificates', stream: 8 } })
    expect(atob(pem.bytes)).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
  })
})
