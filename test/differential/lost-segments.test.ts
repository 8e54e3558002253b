// TLS and HTTP of curl and nginx, captured live; then each packet in turn is taken out of the capture. Whatever is behind the gap must be read as in the whole
// capture, what is missing must be counted, and nothing may be told that is not so.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as connectHttp2 } from 'node:http2'
import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { KEY_LOG } from '../../src/engine/dissect/key-log'
import { Trace } from '../../src/engine/index/trace'
import { httpTransactions } from '../../src/engine/session/http/transactions'
import type { HttpTransaction } from '../../src/engine/session/http/transactions'
import { tlsReports } from '../../src/engine/session/tls/report'
import type { TlsReport } from '../../src/engine/session/tls/report'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'
import { captureOf, segmentsOf } from '../support/lost-packets'
import type { RecordedSegment } from '../support/lost-packets'
import { RecordedNginx, freePort, whyNoRecording } from '../support/recorded-nginx'

const hasHttp2 = / HTTP2 /.test(`${spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout} `),
  reason = whyNoRecording('curl --version') || (hasHttp2 ? '' : 'SKIPPED, curl has no HTTP/2'),
  nginx = new RecordedNginx()

interface Case {
  readonly name: string
  readonly curl: string
  /** A record's decryption needs the record before it, so that one more is lost. */
  readonly chained?: boolean
}
const tls12 = (suite: string, version = '--http1.1') => `--tlsv1.2 --tls-max 1.2 ${version} --ciphers ${suite}`
const CASES: readonly Case[] = [
  { name: 'TLS 1.3', curl: '--tlsv1.3 --http1.1' },
  { name: 'TLS 1.3 ChaCha20', curl: '--tlsv1.3 --http1.1 --tls13-ciphers TLS_CHACHA20_POLY1305_SHA256' },
  { name: 'TLS 1.2 AES-GCM', curl: tls12('ECDHE-RSA-AES128-GCM-SHA256') },
  { name: 'TLS 1.2 ChaCha20', curl: tls12('ECDHE-RSA-CHACHA20-POLY1305') },
  { name: 'TLS 1.2 AES-CCM', curl: tls12('DHE-RSA-AES128-CCM:AES128-CCM') },
  { name: 'TLS 1.2 AES-CBC', curl: tls12('ECDHE-RSA-AES256-SHA384') },
  { name: 'TLS 1.0 AES-CBC', curl: '--tlsv1.0 --tls-max 1.0 --http1.1 --ciphers AES128-SHA:@SECLEVEL=0', chained: true },
  { name: 'TLS 1.3 HTTP/2', curl: '--tlsv1.3 --http2' },
  { name: 'TLS 1.2 HTTP/2', curl: tls12('ECDHE-RSA-AES128-GCM-SHA256', '--http2') },
  { name: 'HTTP/1.1', curl: '--http1.1' },
  { name: 'HTTP/2', curl: '' },
]

const captures: RecordedSegment[][] = []
let keys = ''

async function record(): Promise<void> {
  const [secure, clear, clear2] = [await freePort(), await freePort(), await freePort()]
  await nginx.start(
    `server { listen 127.0.0.1:${secure} ssl http2; ssl_protocols TLSv1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0; }
     server { listen 127.0.0.1:${clear}; } server { listen 127.0.0.1:${clear2} http2; }`,
    [secure, clear, clear2],
    { 'small.txt': 'hello', 'long.bin': Buffer.from(Array.from({ length: 45_000 }, (_, i) => (i * i * 31) & 255)) },
  )
  const first = 41_000
  for (const [index, { name, curl }] of CASES.entries()) {
    const place = name.startsWith('TLS') ? `https://127.0.0.1:${secure}` : `http://127.0.0.1:${name.startsWith('HTTP/1') ? clear : clear2}`
    const port = first + index,
      targets = ['/small.txt?1', '/long.bin?2', '/small.txt?3', '/none?4', '/small.txt?5'],
      args = targets.flatMap((target) => [`${place}${target}`, '-o', '/dev/null'])
    if (curl === '') {
      await askHttp2(place, port, targets)
      continue
    }
    const child = spawn('curl', ['-sk', '--local-port', `${port}`, '-H', 'x-who: a client', ...curl.split(' '), ...args], {
      env: { ...process.env, SSLKEYLOGFILE: nginx.keyLog },
      stdio: 'ignore',
    })
    await once(child, 'exit')
  }
  await nginx.stop()
  keys = readFileSync(nginx.keyLog, 'utf8')
  const all = segmentsOf(readFileSync(nginx.capture), 1400)
  for (const index of CASES.keys())
    captures.push(all.filter(({ sourcePort, destinationPort }) => [sourcePort, destinationPort].includes(first + index)))
}

/** Asks one after the other over one connection in the clear, which curl does not do. */
async function askHttp2(place: string, localPort: number, targets: readonly string[]): Promise<void> {
  const session = connectHttp2(place, {
    createConnection: () => connectTcp({ port: Number(new URL(place).port), host: '127.0.0.1', localPort }),
  })
  for (const target of targets) {
    const stream = session.request({ ':path': target, 'x-who': 'a client' })
    stream.resume()
    await once(stream, 'close')
  }
  session.close()
  await once(session, 'close')
}

interface Read {
  readonly tls: TlsReport | undefined
  readonly http: readonly HttpTransaction[]
}
function read(segments: readonly RecordedSegment[]): Read {
  const trace = new Trace(memorySource(captureOf(segments)), nodeInflate, nodeCiphers)
  trace.session.state(KEY_LOG).addText(keys)
  while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
  return { tls: tlsReports(trace)[0], http: httpTransactions(trace) }
}

/** Packets with data, each with what is read without it. */
function* withoutOne(segments: readonly RecordedSegment[]): Generator<{ readonly lost: number } & Read> {
  for (const [lost, { payload }] of segments.entries())
    if (payload.length > 0) yield { lost, ...read(segments.filter((_, index) => index !== lost)) }
}

const headerText = (list: readonly (readonly [string, string])[]) => list.map(([name, value]) => `${name}: ${value}`)

describe.skipIf(reason !== '')(`one packet that was not captured ${reason}`, () => {
  beforeAll(record, 60_000)
  afterAll(() => {
    nginx.remove()
  })

  test.each(CASES.map((one, index) => [one.name, one, index] as const).filter(([name]) => name.startsWith('TLS')))(
    '%s: every record behind it is opened, and those that are missing are counted',
    (_name, { chained = false }, index) => {
      const segments = captures[index] ?? [],
        whole = read(segments).tls
      expect(whole?.decrypted).toBe(true)
      let counted = 0
      for (const { lost, tls } of withoutOne(segments)) {
        // without a hello nobody knows which keys
        if (tls?.cipher === null || tls?.phases[0]?.name !== 'ClientHello') continue
        const { records, gaps } = tls
        expect(records.protected - records.opened, `without packet ${lost + 1}`).toBeLessThanOrEqual(chained ? 1 : 0)
        const missing = gaps[0]?.records ?? null
        if (missing === null) continue
        counted++
        expect(records.protected + missing, `without packet ${lost + 1}`).toBe(whole?.records.protected)
      }
      expect(counted).toBeGreaterThan(30)
    },
  )

  test.each(CASES.map((one, index) => [one.name, index] as const))(
    '%s: nothing is told that is not so, and what is behind it is told',
    (name, index) => {
      const segments = captures[index] ?? [],
        whole = read(segments).http
      expect(whole.map(({ request, response }) => `${request.target} ${response?.status}`)).toEqual([
        '/small.txt?1 200',
        '/long.bin?2 200',
        '/small.txt?3 200',
        '/none?4 404',
        '/small.txt?5 200',
      ])
      let unknown = 0
      for (const { lost, http, tls } of withoutOne(segments)) {
        const about = `without packet ${lost + 1}`
        for (const { request, response } of http) {
          const same = whole.find((one) => one.request.target === request.target)
          if (!same) {
            expect(request.target, about).toBe('<unknown>')
            unknown++
            continue
          }
          expect(headerText(same.request.headers), about).toEqual(
            expect.arrayContaining(headerText(request.headers.filter(([header]) => header !== '<unknown>'))),
          )
          if (!response) continue
          if (response.status !== 0) expect(response.status, about).toBe(same.response?.status)
          expect(headerText(same.response?.headers ?? []), about).toEqual(
            expect.arrayContaining(headerText(response.headers.filter(([header]) => header !== '<unknown>'))),
          )
          if (response.complete) expect(response.bodyBytes, about).toBe(same.response?.bodyBytes)
          expect(response.bodyBytes, about).toBeLessThanOrEqual(same.response?.bodyBytes ?? 0)
        }
        // a request and its answer are lost at most, or what stands for a whole flight: the last transaction comes long behind most gaps
        const isOpened = tls === undefined || (tls.cipher !== null && tls.phases[0]?.name === 'ClientHello')
        const inLong = lost > segments.findIndex(({ payload }) => payload.length === 1400) && lost < segments.length - 14
        if (isOpened && inLong) expect(http.length, about).toBeGreaterThanOrEqual(4)
        if (isOpened && inLong && name.includes('HTTP')) expect(http.at(-1)?.response?.bodyBytes, about).toBe(5)
      }
      expect(unknown).toBeLessThan(segments.length)
    },
  )
})
