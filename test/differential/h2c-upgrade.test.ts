// The upgrade of HTTP/1.1 to HTTP/2 in the clear (RFC 7540, 3.2), live: curl asks for it, a small server grants it, tcpdump listens. Neither nginx nor Node's own
// server grants it, so this one does: its answers stand in the test, and curl says whether they are right.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { FLAG, PREFACE, TYPE, h2frame, headerBlock, settingsFrame } from '../support/http2-frames'
import { noLiveOpenssl, recorded } from '../support/openssl-live'

const { endStream, endHeaders, ack } = FLAG
const PORT = 23_790,
  SPLIT = 700
const bodyOf = (stream: number) => `the answer on stream ${stream}\n`.repeat(100)

function answer(socket: Socket, stream: number): void {
  const body = bodyOf(stream)
  socket.write(
    Buffer.concat([
      h2frame(TYPE.headers, endHeaders, stream, headerBlock({ ':status': '200', 'content-type': 'text/plain' })),
      h2frame(TYPE.data, 0, stream, body.slice(0, SPLIT)),
      h2frame(TYPE.data, endStream, stream, body.slice(SPLIT)),
    ]),
  )
}

/** Grants an upgrade, answers the request that asked for it on stream 1, and the others on theirs. */
function serve(socket: Socket): void {
  let held = Buffer.alloc(0),
    state: 'head' | 'preface' | 'frames' = 'head'
  socket.on('error', () => undefined)
  socket.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes])
    if (state === 'head') {
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return
      held = held.subarray(end + 4)
      state = 'preface'
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
      socket.write(settingsFrame({ 3: 100 }))
      answer(socket, 1)
    }
    if (state === 'preface' && held.length >= PREFACE.length) {
      held = held.subarray(PREFACE.length)
      state = 'frames'
    }
    while (state === 'frames' && held.length >= 9 && held.length >= 9 + held.readUIntBE(0, 3)) {
      const type = held.readUInt8(3),
        stream = held.readUInt32BE(5)
      if (type === TYPE.settings && !(held.readUInt8(4) & ack)) socket.write(h2frame(TYPE.settings, ack, 0))
      if (type === TYPE.headers) answer(socket, stream)
      held = held.subarray(9 + held.readUIntBE(0, 3))
    }
  })
}

interface Transaction {
  readonly connection: { readonly stream: number; readonly nth: number; readonly http2Stream: number | null }
  readonly request: { readonly method: string; readonly target: string; readonly version: string; readonly host: string }
  readonly response: { readonly status: number; readonly version: string; readonly bodyBytes: number; readonly complete: boolean } | null
}

describe.skipIf(noLiveOpenssl !== undefined)('an upgrade to h2c, live', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-h2c-'))
  let server: Server, printed: Record<string, unknown>[]

  beforeAll(async () => {
    server = createServer(serve).listen(PORT, '127.0.0.1')
    await once(server, 'listening')
    await recorded(folder, `tcp port ${PORT}`, ['/first', '/second'], 1, async (target) => {
      const place = `http://127.0.0.1:${PORT}`,
        more = ['a', 'b'].flatMap((name) => [`${place}${target}/${name}`, '-o', path.join(folder, name)]),
        args = ['-s', '--http2', '-w', '%{json}\n', `${place}${target}`, '-o', path.join(folder, 'body'), ...more],
        child = spawn('curl', args)
      let output = ''
      child.stdout.on('data', (piece: Buffer) => (output += piece.toString()))
      await once(child, 'close')
      printed = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    })
  }, 60_000)
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('curl took the answers', () => {
    expect(printed.map((one) => `${String(one['http_version'])} ${String(one['response_code'])} ${String(one['size_download'])}`)).toEqual(
      [1, 3, 5].map((stream) => `2 200 ${bodyOf(stream).length}`),
    )
    expect(readFileSync(path.join(folder, 'body'), 'latin1')).toBe(bodyOf(1))
  })

  test('the request that asked for it is answered on stream 1, the others follow on the same connection', async () => {
    const { stdout } = await commandLine('http', path.join(folder, 'live.pcap'), '--json'),
      all = JSON.parse(stdout) as Transaction[]
    expect(
      all.map(
        ({ connection, request, response }) =>
          `${connection.stream}.${connection.nth}/${connection.http2Stream} ${request.method} ${request.target} ${request.version} -> ` +
          `${response?.version} ${response?.status} ${response?.bodyBytes} ${response?.complete}`,
      ),
    ).toEqual(
      ['/first', '/second'].flatMap((target, stream) => [
        `${stream}.1/1 GET ${target} HTTP/1.1 -> HTTP/2 200 ${bodyOf(1).length} true`,
        `${stream}.2/3 GET ${target}/a HTTP/2 -> HTTP/2 200 ${bodyOf(3).length} true`,
        `${stream}.3/5 GET ${target}/b HTTP/2 -> HTTP/2 200 ${bodyOf(5).length} true`,
      ]),
    )
  })
})
