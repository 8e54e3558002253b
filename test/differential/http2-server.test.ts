// HTTP/2 between real programs: curl asks nginx over TLS and in the clear, tcpdump listens; the transactions must be those of nginx's access log, and the
// fields those of tshark.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { RecordedNginx, freePort, whyNoRecording } from '../support/recorded-nginx'
import { tshark, tsharkVersion } from '../support/tshark'

const hasHttp2 = / HTTP2 /.test(`${spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout} `),
  reason = whyNoRecording('curl --version') || (hasHttp2 ? '' : 'SKIPPED, curl has no HTTP/2'),
  nginx = new RecordedNginx(),
  { capture, keyLog } = nginx

async function curl(...args: string[]): Promise<void> {
  const child = spawn('curl', ['-sk', '--no-progress-meter', '--compressed', ...args], {
    env: { ...process.env, SSLKEYLOGFILE: keyLog },
    stdio: 'ignore',
  })
  await once(child, 'exit')
}

async function record(): Promise<void> {
  const [secure, clear] = [await freePort(), await freePort()],
    place = `location = /post { return 200 "taken"; } location = /moved { return 302 /; }`
  await nginx.start(
    `server { listen 127.0.0.1:${secure} ssl http2; ${place} } server { listen 127.0.0.1:${clear} http2; ${place} }`,
    [secure, clear],
    {
      'index.html': '<p>hello</p>'.repeat(10),
      'long.txt': 'a line of text\n'.repeat(20_000),
      'data.json': '{"a":1}',
      'noise.png': Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * i) & 255)),
    },
  )
  const tls = (name: string) => `https://127.0.0.1:${secure}${name}`,
    open = (name: string) => `http://127.0.0.1:${clear}${name}`
  await curl('--http2', '-Z', tls('/'), tls('/long.txt'), tls('/noise.png'), tls('/data.json'), tls('/none'), tls('/moved'))
  await curl('--http2', '-d', 'x'.repeat(50_000), tls('/post'))
  await curl('--http2', tls('/long.txt'), '-r', '100-300', '-H', 'cookie: a=b; c=d')
  for (const name of ['/', '/long.txt', '/noise.png']) await curl('--http2-prior-knowledge', open(name))
  await curl('--http2-prior-knowledge', '-d', 'y'.repeat(3000), open('/post'))
  await nginx.stop()
}

describe.skipIf(reason !== '')(`HTTP/2 of curl and nginx ${reason}`, () => {
  beforeAll(record, 60_000)
  afterAll(() => {
    nginx.remove()
  })

  test('transactions equal the access log', async () => {
    const run = await commandLine('http', capture, '-o', `tls.keylog_file:${keyLog}`, '--json')
    interface Transaction {
      connection: { client: string; nth: number }
      request: { method: string; target: string; version: string }
      response: { status: number; bodyBytes: number; complete: boolean } | null
    }
    const ours = (JSON.parse(run.stdout) as Transaction[]).map(({ connection, request, response }) =>
        [
          connection.client.split(':').at(-1),
          connection.nth,
          `${request.method} ${request.target} ${request.version}`,
          response?.status,
          response?.bodyBytes,
          response?.complete,
        ].join(' '),
      ),
      logged = nginx
        .log()
        .map(({ port, nth, request, status, body }) => `${port} ${nth} ${request.replace('HTTP/2.0', 'HTTP/2')} ${status} ${body} true`)
    expect(ours.sort()).toEqual(logged.sort())
    expect(ours).toHaveLength(12)
  })

  test.skipIf(tsharkVersion === undefined)('fields equal those of tshark', async () => {
    const table = tshark(['-G', 'fields'])
        .stdout.split('\n')
        .map((line) => line.split('\t')[2] ?? '')
        // of expert items and groups tshark prints no value
        .filter((name) => /^http2\./.test(name) && !/_exceeded$|_failed$|_error$|\.(stream|header|fragments|settings|origin)$/.test(name)),
      args = ['-n', '-r', capture, '-o', `tls.keylog_file:${keyLog}`, '-T', 'fields', '-E', 'separator=|']
    const fields = [...table, 'frame.number', 'tls.app_data_proto'].flatMap((name) => ['-e', name]),
      theirs = tshark([...args, ...fields]).stdout.split('\n'),
      run = await commandLine(...args, ...fields)
    expect(theirs.filter((line) => line.includes('GET')).length).toBeGreaterThan(3)
    expect(run.stdout.split('\n')).toEqual(theirs)
  })
})
