// HTTP/1 as clients send it when they are old, careless, hurried or gone, to nginx on the loopback: the transactions must be those of its access log.
import { appendFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { RecordedNginx, freePort, whyNoRecording } from '../support/recorded-nginx'

const reason = whyNoRecording(),
  nginx = new RecordedNginx()

/** What a client does in turn: sends a text, waits for so many milliseconds, or something else. */
type Step = string | number | ((socket: Socket) => void)
const GONE = (socket: Socket) => void socket.destroy()
const HOST = 'Host: a\r\n'
const ask = (target: string, fields = '', version = '1.1', method = 'GET') => `${method} ${target} HTTP/${version}\r\n${HOST}${fields}\r\n`
const GAP = 60

const CLIENTS: readonly (readonly Step[])[] = [
  [ask('/', '', '1.0')],
  [ask('/', 'Connection: keep-alive\r\n', '1.0'), GAP, ask('/data.json', '', '1.0')],
  // pipelined
  [
    ask('/') +
      ask('/', '', '1.1', 'HEAD') +
      ask('/none') +
      ask('/empty') +
      ask('/long.txt', 'Range: bytes=5-99\r\n') +
      ask('/moved') +
      ask('/data.json'),
  ],
  [
    ask('/', 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\nIf-None-Match: "x"\r\n'),
    GAP,
    ask('/long.txt', 'Accept-Encoding: gzip\r\n'),
  ],
  [ask('/long.txt', 'Range: bytes=0-9,20-29\r\n'), GAP, ask('/long.txt', 'Range: bytes=9999999-\r\n')],
  [
    ask('/post', 'Transfer-Encoding: chunked\r\n', '1.1', 'POST') + '5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n',
    GAP,
    ask('/'),
  ],
  [ask('/post', 'Content-Length: 3000\r\n', '1.1', 'POST'), GAP, 'k'.repeat(1000), GAP, 'k'.repeat(2000)],
  [ask('/small', 'Content-Length: 2000\r\n', '1.1', 'POST') + 'm'.repeat(2000)],
  [ask('/post', 'Content-Length: nan\r\n', '1.1', 'POST')],
  // one letter at a time, behind an empty line
  [
    '\r\n',
    ...ask('/data.json')
      .split('')
      .flatMap((letter) => [letter, 1]),
  ],
  ['GET /data.json HTTP/1.1\nHost: a\n\n'],
  ['GET /with spaces HTTP/1.1\r\n' + HOST + '\r\n'],
  ['GET / HTTP/1.1\r\n\r\n'],
  [`GET /${'q'.repeat(9000)}`],
  [ask('/', `X-Long: ${'z'.repeat(9000)}\r\n`)],
  [ask('/data.json'), GAP, 'GET /half HTTP/1.1\r\nHost: '],
  ['GET /half HTTP/1.1\r\nHost: '],
  [ask('/post', 'Content-Length: 2000\r\n', '1.1', 'POST') + 'only this'],
  [ask('/drop')],
  [ask('/slow'), GAP, GONE],
  [ask('/slow')],
  [ask('http://a/data.json'), GAP, ask('/', '', '1.1', 'PROPFIND')],
]

async function perform(socket: Socket, steps: readonly Step[]): Promise<void> {
  socket.setNoDelay()
  socket.on('error', () => undefined).resume()
  const closed = new Promise((resolve) => socket.on('close', resolve))
  for (const step of steps)
    if (typeof step === 'function') step(socket)
    else if (typeof step === 'number') await delay(step)
    else socket.write(step)
  await Promise.race([closed, delay(3000)])
  socket.destroy()
}

describe.skipIf(reason !== '')(`HTTP/1 of nginx ${reason}`, () => {
  beforeAll(async () => {
    const [clear, secure] = [await freePort(), await freePort()],
      place = `
        location = /post { proxy_pass http://127.0.0.1:${clear}/data.json; proxy_method GET; }
        location = /small { client_max_body_size 10; proxy_pass http://127.0.0.1:${clear}/; }
        location = /empty { return 204; } location = /moved { return 302 /; } location = /drop { return 444; }
        location = /slow { limit_rate 20k; alias ${nginx.folder}/www/long.txt; gzip off; }
        client_header_timeout 1s; client_body_timeout 1s; keepalive_timeout 1s; large_client_header_buffers 4 2k;`
    await nginx.start(
      `server { listen 127.0.0.1:${clear}; ${place} } server { listen 127.0.0.1:${secure} ssl; ${place} }`,
      [clear, secure],
      {
        'index.html': '<p>hello</p>'.repeat(10),
        'long.txt': 'a line of text\n'.repeat(20_000),
        'data.json': '{"a":1}',
      },
    )
    await Promise.all(
      CLIENTS.flatMap((steps) => [
        perform(connect(clear, '127.0.0.1'), steps),
        perform(
          connectTls({ port: secure, host: '127.0.0.1', rejectUnauthorized: false }).on('keylog', (line) => {
            appendFileSync(nginx.keyLog, line)
          }),
          steps,
        ),
      ]),
    )
    await nginx.stop()
  }, 60_000)
  afterAll(() => {
    nginx.remove()
  })

  test('transactions equal the access log', async () => {
    const run = await commandLine('http', nginx.capture, '-o', `tls.keylog_file:${nginx.keyLog}`, '--json')
    expect(run.stderr).toBe('')
    interface Transaction {
      connection: { client: string; nth: number }
      request: { method: string; target: string; version: string }
      response: { status: number; framedBytes: number; complete: boolean } | null
      tls: { version: string } | null
    }
    const told = (port: string, nth: string | number, request: string, status: string | number, tls: string) =>
      `${port} ${nth} ${request.slice(0, 60)} ${status} ${tls}`
    const ours = (JSON.parse(run.stdout) as Transaction[]).map(({ connection, request, response, tls }) =>
        told(
          connection.client.split(':').at(-1) ?? '',
          connection.nth,
          `${request.method} ${request.target} ${request.version}`.trim(),
          response ? `${response.status} ${response.framedBytes}` : 'no response',
          tls?.version ?? '',
        ),
      ),
      theirs = nginx.log().map(({ port, nth, request, status, body, tls }) =>
        told(
          port,
          nth,
          request,
          // what it logs of connections that it closed without a word, or that ended before the request did
          [408, 444].includes(status) || (status === 400 && body === 0) ? 'no response' : `${status} ${body}`,
          tls,
        ),
      )
    expect(ours.sort()).toEqual(theirs.sort())
    expect(ours.length).toBeGreaterThan(60)
  })
})
