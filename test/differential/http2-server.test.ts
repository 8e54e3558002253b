// HTTP/2 between real programs: curl asks nginx over TLS and in the clear, tcpdump listens; the transactions must be those of nginx's access log, and the
// fields those of tshark.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { tshark, tsharkVersion } from '../support/tshark'

const missing = ['nginx -v', 'curl --version', 'tcpdump --version', 'openssl version'].filter((line) => {
    const [program = '', ...args] = line.split(' ')
    return spawnSync(program, args).status !== 0
  }),
  hasHttp2 = / HTTP2 /.test(`${spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout} `),
  reason =
    missing.length > 0
      ? `SKIPPED, not installed: ${missing.map((line) => line.split(' ')[0]).join(' ')}`
      : !hasHttp2
        ? 'SKIPPED, curl has no HTTP/2'
        : process.getuid?.() === 0
          ? ''
          : 'SKIPPED, only root may capture'

interface Logged {
  port: string
  nth: string
  request: string
  status: number
  body: number
}

const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-http2-')),
  capture = path.join(folder, 'lo.pcap'),
  keyLog = path.join(folder, 'lo.keylog'),
  children: ChildProcess[] = []

/** A TCP port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

function configuration(secure: number, clear: number): string {
  const place = `root ${folder}/www; location = /post { return 200 "taken"; } location = /moved { return 302 /; }`
  return `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
  log_format asked escape=json '{"port":"$remote_port","nth":"$connection_requests","request":"$request","status":$status,"body":$body_bytes_sent}';
  access_log ${folder}/access.log asked;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  gzip on; gzip_min_length 100; gzip_types text/plain;
  types { text/html html; text/plain txt; application/json json; image/png png; }
  server {
    listen 127.0.0.1:${secure} ssl http2; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem; ${place}
  }
  server { listen 127.0.0.1:${clear} http2; ${place} }
}`
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++) await delay(50)
}

async function curl(...args: string[]): Promise<void> {
  const child = spawn('curl', ['-sk', '--no-progress-meter', '--compressed', ...args], {
    env: { ...process.env, SSLKEYLOGFILE: keyLog },
    stdio: 'ignore',
  })
  await once(child, 'exit')
}

async function record(): Promise<void> {
  const [secure, clear] = [await freePort(), await freePort()]
  mkdirSync(path.join(folder, 'www'))
  writeFileSync(path.join(folder, 'www/index.html'), '<p>hello</p>'.repeat(10))
  writeFileSync(path.join(folder, 'www/long.txt'), 'a line of text\n'.repeat(20_000))
  writeFileSync(path.join(folder, 'www/data.json'), '{"a":1}')
  writeFileSync(path.join(folder, 'www/noise.png'), Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * i) & 255)))
  writeFileSync(path.join(folder, 'nginx.conf'), configuration(secure, clear))
  spawnSync(
    'openssl',
    `req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout ${folder}/key.pem -out ${folder}/cert.pem`.split(' '),
  )
  const server = spawn('nginx', ['-c', path.join(folder, 'nginx.conf')], { stdio: 'ignore' }),
    dump = spawn('tcpdump', ['-i', 'lo', '-U', '--immediate-mode', '-B', '65536', '-w', capture, `port ${secure} or port ${clear}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  children.push(server, dump)
  await once(dump.stderr, 'data')
  await until(() => spawnSync('curl', ['-sk', '-o', '/dev/null', '-I', `https://127.0.0.1:${secure}/data.json`]).status === 0)
  const tls = (name: string) => `https://127.0.0.1:${secure}${name}`,
    open = (name: string) => `http://127.0.0.1:${clear}${name}`
  await curl('--http2', '-Z', tls('/'), tls('/long.txt'), tls('/noise.png'), tls('/data.json'), tls('/none'), tls('/moved'))
  await curl('--http2', '-d', 'x'.repeat(50_000), tls('/post'))
  await curl('--http2', tls('/long.txt'), '-r', '100-300', '-H', 'cookie: a=b; c=d')
  for (const name of ['/', '/long.txt', '/noise.png']) await curl('--http2-prior-knowledge', open(name))
  await curl('--http2-prior-knowledge', '-d', 'y'.repeat(3000), open('/post'))
  await delay(300)
  const ended = once(dump, 'exit')
  dump.kill('SIGINT')
  await ended
}

describe.skipIf(reason !== '')(`HTTP/2 of curl and nginx ${reason}`, () => {
  beforeAll(record, 60_000)
  afterAll(() => {
    for (const child of children) child.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  test('transactions equal the access log', async () => {
    const run = await commandLine('http', capture, '-o', `tls.keylog_file:${keyLog}`, '--json')
    interface Transaction {
      connection: { client: string; nth: number }
      request: { method: string; target: string; version: string }
      response: { status: number; bodyBytes: number; complete: boolean } | null
    }
    // the question whether the server is up is logged, too, but has no keys
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
      logged = readFileSync(path.join(folder, 'access.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Logged)
        .filter(({ request }) => !request.startsWith('HEAD'))
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
