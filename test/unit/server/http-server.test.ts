import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_MESSAGE_BYTES, MAX_PAGES, startHttpServer, type HttpServer } from '../../../src/server/http-server'
import { rpcProtocols, RPC_PATH } from '../../../src/shared/rpc/websocket'
import { rawRequest } from '../../support/raw-http'

let folder: string
let server: HttpServer
let host: string
const pages: WebSocket[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
  const root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(root, 'assets', 'app-1a.js'), 'export {}')
  writeFileSync(join(root, '.hidden.js'), 'hidden')
  writeFileSync(join(folder, 'secret.txt'), 'SECRET')
  writeFileSync(join(folder, 'renderer-secret.js'), 'SECRET')
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'))
  symlinkSync(folder, join(root, 'out'))
  server = await startHttpServer({ root, port: 0, onPage: (page) => pages.push(page) })
  host = `127.0.0.1:${server.port}`
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: readonly string[] = [`Host: ${host}`]): ReturnType<typeof rawRequest> =>
  rawRequest(server.port, [`GET ${path} HTTP/1.1`, ...headers, 'Connection: close'])

const upgrade = (headers: readonly string[], path = RPC_PATH): ReturnType<typeof rawRequest> =>
  rawRequest(server.port, [
    `GET ${path} HTTP/1.1`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  ])

const origin = (): string => `Origin: http://${host}`
const withToken = (token = server.token): string => `Sec-WebSocket-Protocol: ${rpcProtocols(token).join(', ')}`

describe('the address', () => {
  it('carries a token of at least 128 bits behind the fragment sign, so that it is never sent or logged', () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/#token=${server.token}`)
    expect(Buffer.from(server.token, 'base64url').length).toBeGreaterThanOrEqual(16)
  })

  it('is reachable over the loopback interface alone', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((entry) => (entry !== undefined && entry.family === 'IPv4' && !entry.internal ? [entry.address] : []))
    for (const address of ['127.0.0.2', ...others]) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ port: server.port, host: address, timeout: 2000 })
        const answer = (value: boolean) => () => {
          socket.destroy()
          resolve(value)
        }
        socket.on('connect', answer(true)).on('error', answer(false)).on('timeout', answer(false))
      })
      expect({ address, reached }).toEqual({ address, reached: false })
    }
  })
})

describe('files of the page', () => {
  it('are served with headers that allow nothing but the page itself', async () => {
    const answer = await get('/')
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<title>page</title>')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('*')
  })

  it('are found with a query, by either name of this machine, and by HEAD without a body', async () => {
    expect((await get('/assets/app-1a.js?v=2')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect((await get('/', [`Host: localhost:${server.port}`])).status).toBe(200)
    const head = await rawRequest(server.port, ['HEAD / HTTP/1.1', `Host: ${host}`, 'Connection: close'])
    expect([head.status, head.body]).toEqual([200, ''])
  })

  it('are all there is: other paths are not found, other methods refused', async () => {
    expect((await get('/nothing.js')).status).toBe(404)
    expect((await get('/assets')).status).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
      expect((await rawRequest(server.port, [`${method} / HTTP/1.1`, `Host: ${host}`, 'Connection: close'])).status).toBe(405)
    }
  })
})

describe('a path trick', () => {
  const tricks = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2E%2E%2Fsecret.txt',
    '/..%2fsecret.txt',
    '/%252e%252e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets\\..\\..\\secret.txt',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/etc/passwd%00.js',
    '/index.html%00.js',
    '/link.txt',
    '/out/secret.txt',
    '/out/renderer-secret.js',
    '/../renderer-secret.js',
    '/.hidden.js',
    '/./index.html',
    '/%c0%ae%c0%ae/secret.txt',
    '/%',
    '/%zz',
    '/C:/secret.txt',
    '/index.html::$DATA',
    'secret.txt',
    '*',
    'file:///etc/passwd',
    'http://127.0.0.1/../secret.txt',
  ]
  it.each(tricks)('%s is refused', async (path) => {
    const answer = await get(path)
    expect([400, 404]).toContain(answer.status)
    expect(answer.body).not.toContain('SECRET')
    expect(answer.body).not.toContain('hidden')
    expect(answer.body).not.toContain('root:')
  })
})

describe('a request with a foreign Host', () => {
  const hosts = (): string[][] => [
    ['Host: evil.example'],
    [`Host: evil.example:${server.port}`],
    ['Host: 127.0.0.1'],
    [`Host: 127.0.0.1.evil.example:${server.port}`],
    [`Host: 127.0.0.1:${server.port + 1}`],
    [`Host: [::1]:${server.port}`],
    ['Host:'],
    [`Host: ${host}`, 'Host: evil.example'],
    ['Host: evil.example', `Host: ${host}`],
    [`Host: ${host}@evil.example`],
  ]
  it('is refused, for files and for the RPC', async () => {
    for (const headers of hosts()) {
      const file = await get('/', headers)
      expect([headers, file.status, file.body.includes('<title>')]).toEqual([headers, file.status, false])
      expect([400, 403]).toContain(file.status)
      const rpc = await upgrade([...headers, origin(), withToken()])
      expect([400, 403]).toContain(rpc.status)
    }
  })

  it('is refused without any Host as well', async () => {
    expect((await get('/', [])).status).toBe(400)
    expect((await rawRequest(server.port, ['GET / HTTP/1.0'])).status).toBe(403)
  })
})

describe('a request with a foreign Origin', () => {
  const origins = (): string[] => [
    'http://evil.example',
    'null',
    `https://${host}`,
    `http://${host}.evil.example`,
    `http://127.0.0.1:${server.port + 1}`,
    'file://',
    '',
  ]
  it('is refused, for files and for the RPC', async () => {
    for (const value of origins()) {
      expect([value, (await get('/', [`Host: ${host}`, `Origin: ${value}`])).status]).toEqual([value, 403])
      expect([value, (await upgrade([`Host: ${host}`, `Origin: ${value}`, withToken()])).status]).toEqual([value, 403])
    }
    expect((await upgrade([`Host: ${host}`, origin(), 'Origin: http://evil.example', withToken()])).status).toBe(403)
  })

  it('is refused by the RPC without any Origin too, since a browser always sends one', async () => {
    expect((await upgrade([`Host: ${host}`, withToken()])).status).toBe(403)
  })
})

describe('the RPC', () => {
  it('needs the token', async () => {
    const own = [`Host: ${host}`, origin()]
    expect((await upgrade(own)).status).toBe(401)
    expect((await upgrade([...own, 'Sec-WebSocket-Protocol: wireglass.1'])).status).toBe(401)
    expect((await upgrade([...own, withToken('')])).status).toBe(401)
    expect((await upgrade([...own, withToken('x'.repeat(32))])).status).toBe(401)
    expect((await upgrade([...own, withToken(server.token.slice(0, -1))])).status).toBe(401)
    expect((await upgrade([...own, withToken(`${server.token}x`)])).status).toBe(401)
    expect((await upgrade([...own, `Authorization: Bearer ${server.token}`])).status).toBe(401)
    expect((await upgrade(own, `${RPC_PATH}?token=${server.token}`)).status).toBe(404)
    expect((await get(RPC_PATH)).status).toBe(401)
    expect((await get(`${RPC_PATH}/anything`)).status).toBe(401)
    expect((await upgrade([...own, withToken()])).status).toBe(101)
  })

  it('lets a page with the token in, and no more pages than a person has open', async () => {
    const open = (): Promise<WebSocket | number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${host}${RPC_PATH}`, rpcProtocols(server.token), { origin: `http://${host}` })
        socket.on('open', () => {
          resolve(socket)
        })
        socket.on('unexpected-response', (_request, response) => {
          resolve(response.statusCode ?? 0)
        })
        socket.on('error', () => undefined)
      })
    for (const page of pages) page.terminate()
    await expect.poll(() => pages.every((page) => page.readyState === WebSocket.CLOSED)).toBe(true)
    const opened: WebSocket[] = []
    for (let count = 0; count < MAX_PAGES; count++) {
      const page = await open()
      if (page instanceof WebSocket) opened.push(page)
    }
    expect(opened).toHaveLength(MAX_PAGES)
    expect(opened[0]?.protocol).toBe('wireglass.1')
    expect(await open()).toBe(503)
    const closed = new Promise((resolve) => opened[0]?.on('close', resolve))
    opened[0]?.send('x'.repeat(MAX_MESSAGE_BYTES + 1))
    expect(await closed).toBe(1009)
    for (const page of opened) page.terminate()
  })
})

describe('the link for the browser that is opened at start', () => {
  it('leads to the address once', async () => {
    const link = new URL(server.launchLink())
    expect(link.href).not.toContain(server.token)
    const answer = await get(link.pathname)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/#token=${server.token}`])
    expect((await get(link.pathname)).status).toBe(410)
    expect((await get('/launch/guess')).status).toBe(410)
    expect((await get('/launch/')).status).toBe(410)
  })

  it('is refused to other hosts and sites', async () => {
    const { pathname } = new URL(server.launchLink())
    expect((await get(pathname, ['Host: evil.example'])).status).toBe(403)
    expect((await get(pathname, [`Host: ${host}`, 'Origin: http://evil.example'])).status).toBe(403)
    expect((await get(pathname)).status).toBe(302)
  })
})

describe('a broken request', () => {
  it('is answered or dropped, and the next one is served', async () => {
    for (const lines of [['\u0000\u0001'], ['GET'], [`GET / HTTP/1.1`, `Host: ${host}`, `X: ${'y'.repeat(20_000)}`]]) {
      expect([400, 431]).toContain((await rawRequest(server.port, lines)).status)
    }
    expect((await get('/')).status).toBe(200)
  })

  it('starting fails with the reason when the port is taken', async () => {
    await expect(startHttpServer({ root: folder, port: server.port, onPage: () => undefined })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
