// Live connections of `openssl s_client` to `openssl s_server`, captured on the loopback: messages, parameters and plaintext must be what OpenSSL itself
// prints. Needs OpenSSL 3, tcpdump and the right to capture.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { KEY_LOG } from '../../src/engine/dissect/key-log'
import { Trace } from '../../src/engine/index/trace'
import { decryptedStream } from '../../src/engine/session/http/web-sessions'
import { tlsConnections } from '../../src/engine/session/tls/details'
import type { TlsConnection } from '../../src/shared/contract'
import { nodeSignatureCheck } from '../../src/node/host/certificate-signatures'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'
import { makeCertificates, noLiveOpenssl, recorded, started, until } from '../support/openssl-live'

interface Case {
  readonly name: string
  readonly server?: string
  readonly client?: string
  /** Connections, the later ones resume the first. */
  readonly times?: number
  /** Typed before the text: R renegotiates, K updates keys. */
  readonly command?: string
  /** No handshake comes about. */
  readonly fails?: boolean
}
const OLD = '-cipher ALL:@SECLEVEL=0'
const suite = (name: string): Case => ({ name: `TLS 1.2 ${name}`, client: `-tls1_2 -cipher ${name}:@SECLEVEL=0`, server: OLD })
const suite13 = (name: string): Case => ({
  name: `TLS 1.3 ${name}`,
  client: `-tls1_3 -ciphersuites ${name}`,
  server: `-ciphersuites ${name}`,
})
const group = (name: string): Case => ({ name: `TLS 1.3 group ${name}`, client: `-tls1_3 -groups ${name}`, server: `-groups ${name}` })
const CASES: readonly Case[] = [
  { name: 'TLS 1.0', client: `-tls1 ${OLD}`, server: OLD },
  { name: 'TLS 1.1', client: `-tls1_1 ${OLD}`, server: OLD },
  ...[
    'AES128-SHA',
    'AES256-SHA256',
    'AES128-GCM-SHA256',
    'AES128-CCM8',
    'DHE-RSA-AES256-SHA256',
    'DHE-RSA-AES128-GCM-SHA256',
    'DHE-RSA-CHACHA20-POLY1305',
    'ECDHE-RSA-AES128-SHA',
    'ECDHE-RSA-AES256-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-CCM',
    'CAMELLIA128-SHA256',
    'ADH-AES128-SHA256',
  ].map(suite),
  { name: 'TLS 1.2 PSK', client: '-tls1_2 -psk 1a2b3c -cipher PSK-AES128-CBC-SHA256', server: '-psk 1a2b3c -cipher PSK-AES128-CBC-SHA256' },
  ...['ECDHE-PSK-AES128-CBC-SHA256', 'DHE-PSK-AES128-GCM-SHA256', 'RSA-PSK-AES128-GCM-SHA256'].map((name): Case => ({
    name: `TLS 1.2 ${name}`,
    client: `-tls1_2 -psk 1a2b3c -cipher ${name}`,
    server: `-psk 1a2b3c -cipher ${name}`,
  })),
  { name: 'TLS 1.2 without encrypt-then-MAC', client: '-tls1_2 -no_etm -cipher ECDHE-RSA-AES128-SHA256' },
  { name: 'TLS 1.3 PSK', client: '-tls1_3 -psk 1a2b3c', server: '-psk 1a2b3c' },
  { name: 'TLS 1.2 ALPN', client: '-tls1_2 -alpn h2,http/1.1', server: '-alpn http/1.1' },
  { name: 'TLS 1.2 ticket', client: '-tls1_2', times: 2 },
  { name: 'TLS 1.2 session id', client: '-tls1_2 -no_ticket', server: '-no_ticket', times: 2 },
  { name: 'TLS 1.2 client certificate', client: '-tls1_2 -cert rsa.pem -key rsa.key', server: '-Verify 1' },
  { name: 'TLS 1.2 renegotiation', client: '-tls1_2', server: '-client_renegotiation', command: 'R' },
  ...[
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_CCM_SHA256',
    'TLS_AES_128_CCM_8_SHA256',
  ].map(suite13),
  ...['X25519', 'P-256', 'P-521', 'X448', 'ffdhe2048'].map(group),
  { name: 'TLS 1.3 hello retry', client: '-tls1_3 -groups X25519:P-384', server: '-groups P-384' },
  { name: 'TLS 1.3 resumed', client: '-tls1_3', times: 2 },
  { name: 'TLS 1.3 client certificate', client: '-tls1_3 -cert rsa.pem -key rsa.key', server: '-Verify 1' },
  { name: 'TLS 1.3 key update', client: '-tls1_3', command: 'K' },
  { name: 'alert: no common version', client: '-tls1_2', server: '-tls1_3', fails: true },
  {
    name: 'alert: no common cipher suite',
    client: '-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256',
    server: '-cipher AES256-GCM-SHA384',
    fails: true,
  },
  { name: 'alert: no client certificate, TLS 1.2', client: '-tls1_2', server: '-Verify 1', fails: true },
  { name: 'alert: no client certificate, TLS 1.3', client: '-tls1_3', server: '-Verify 1', fails: true },
  { name: 'alert: unknown authority', client: '-tls1_2 -verify_return_error', fails: true },
]

const BASE = 23_400
let folder = ''

/** What one connection's client printed. */
interface Said {
  readonly output: string
  readonly text: string
}
const said = new Map<string, Said[]>()
let connections: TlsConnection[] = []
let trace: Trace
const names = new Map<string, string>()

function openssl(...args: string[]): string {
  return spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' }).stdout
}

/** Whether somebody listens, as the kernel says: connecting would use up the server's one connection. */
const listens = (port: number) =>
  readFileSync('/proc/net/tcp', 'utf8').includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`) ||
  (existsSync('/proc/net/tcp6') &&
    new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} 0{32}:0000 0A`).test(readFileSync('/proc/net/tcp6', 'utf8')))

async function oneConnection(one: Case, port: number, nth: number): Promise<Said> {
  const text = `secret ${port} ${nth}`
  const session = one.times === undefined ? [] : nth === 0 ? ['-sess_out', `${port}.sess`] : ['-sess_in', `${port}.sess`]
  const client = started(
    folder,
    ...(['openssl', 's_client', '-connect', `127.0.0.1:${port}`, '-msg', '-keylogfile', 'keys.log'] as const),
    ...['-servername', 'tls.example.test', ...session, ...words(one.client)],
  )
  // what follows the handshake: in TLS 1.3 tickets, which a session to be resumed needs
  await until(() => client.ended || client.output.includes('Verify return code'))
  if (one.client?.includes('-tls1_3') === true && one.fails !== true)
    await until(() => client.ended || /<<< .*NewSessionTicket/.test(client.output), 1500)
  if (one.command !== undefined) {
    client.type(`${one.command}\n`)
    await pause(300)
  }
  client.type(`${text}\n`)
  await until(() => client.ended || client.output.includes(reversed(text)), one.fails === true ? 300 : 3000)
  client.type('Q\n')
  await until(() => client.ended, 2000)
  if (!client.ended) client.child.kill()
  return { output: client.output, text }
}
function words(options: string | undefined): string[] {
  return options === undefined ? [] : options.split(' ')
}

describe.skipIf(noLiveOpenssl !== undefined)(`OpenSSL, live${noLiveOpenssl === undefined ? '' : `: ${noLiveOpenssl}`}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wireglass-openssl-'))
    makeCertificates(folder, 'tls.example.test')
    for (const line of openssl('ciphers', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0').split('\n')) {
      const [standard = '', own = ''] = line.split(/\s+-\s+|\s+/)
      names.set(own, standard)
    }
    const runCase = async (one: Case, port: number): Promise<void> => {
      const server = spawn(
        'openssl',
        [
          's_server',
          '-accept',
          String(port),
          '-cert',
          'rsa.pem',
          '-key',
          'rsa.key',
          '-dcert',
          'ec.pem',
          '-dkey',
          'ec.key',
          '-rev',
          '-naccept',
          String(one.times ?? 1),
          ...words(one.server),
        ],
        { cwd: folder, stdio: 'ignore' },
      )
      await until(() => listens(port))
      const all: Said[] = []
      for (let nth = 0; nth < (one.times ?? 1); nth++) all.push(await oneConnection(one, port, nth))
      said.set(one.name, all)
      server.kill()
    }
    const cases = CASES.map((one, index) => [one, BASE + index] as const)
    const file = await recorded(folder, `tcp portrange ${BASE}-${BASE + CASES.length}`, cases, 4, (one) => runCase(...one))
    trace = new Trace(memorySource(readFileSync(file)), nodeInflate, nodeCiphers)
    trace.session.state(KEY_LOG).addText(readFileSync(path.join(folder, 'keys.log'), 'utf8'))
    while (trace.advance(10_000, { depth: 'headers', keep: true }) > 0);
    connections = tlsConnections(trace, nodeSignatureCheck)
  }, 120_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(CASES.map((one, index) => [one.name, one, BASE + index] as const))('%s', (name, one, port) => {
    const found = connections.filter(({ server }) => server === `127.0.0.1:${port}`)
    const all = said.get(name) ?? []
    expect(found).toHaveLength(all.length)
    for (const [nth, { output, text }] of all.entries()) {
      const connection = found[nth]
      if (connection === undefined) throw new Error('no connection')
      if (one.fails === true) {
        const number = /SSL alert number (\d+)|>>> [^\n]*Alert[^\n]*\n\s+02 ([0-9a-f]{2})/.exec(output)
        const expected = number?.[1] === undefined ? Number.parseInt(number?.[2] ?? '', 16) : Number(number[1])
        expect(connection.alerts.map((alert) => [alert.level, alert.number])).toEqual([['fatal', expected]])
        continue
      }
      const [, kind, , cipher = ''] = /(New|Reused), (\S+), Cipher is (\S+)/.exec(output) ?? []
      expect(connection.resumed).toBe(kind === 'Reused')
      expect(connection.cipher).toBe(names.get(cipher) ?? cipher)
      const protocol = /Protocol\s*: (\S+)/.exec(output)?.[1]
      if (protocol !== undefined) expect(connection.version).toBe(protocol)
      const temporary = /Server Temp Key: (?:ECDH, )?([^,\n]+)/.exec(output)?.[1]
      if (temporary !== undefined && one.command !== 'R') expect(groupAs(connection.group)).toBe(temporary)
      const alpn = /ALPN protocol: (\S+)/.exec(output)?.[1]
      expect(connection.alpn).toBe(alpn ?? null)
      expect(handshake(connection)).toEqual(messages(output))
      expect([connection.decrypted, connection.reason]).toEqual([true, 'none'])
      const plain = decryptedStream(trace, connection.stream)
        .records.map((record) => Buffer.from(record.bytes).toString('latin1'))
        .join('')
      expect(plain).toContain(`${text}\n`)
      expect(plain).toContain(reversed(text))
      if (connection.certificates.length > 0)
        expect(connection.certificates[0]).toMatchObject({
          subject: 'CN=tls.example.test',
          signature: 'valid',
          problems: [{ code: 'self-signed' }],
        })
    }
  })
})

/** Handshake messages that `-msg` shows, as sides and names. (It does not show a ChangeCipherSpec that comes in.) */
function messages(output: string): string[] {
  return Array.from(
    output.matchAll(/^(>>>|<<<) [^,]+, Handshake \[length [0-9a-f]+\], (\w+)/gm),
    ([, arrow, name]) => `${arrow === '>>>' ? 'client' : 'server'} ${name ?? ''}`,
  )
}
/** The same of a connection; OpenSSL calls a HelloRetryRequest a ServerHello, which it is on the wire. */
function handshake({ phases }: TlsConnection): string[] {
  return phases
    .filter(({ name }) => name !== 'ApplicationData' && name !== 'ChangeCipherSpec')
    .map(({ from, name }) => `${from} ${name === 'HelloRetryRequest' ? 'ServerHello' : name}`)
}

/** What `-rev` answers to a line. */
function reversed(line: string): string {
  return Array.from(line).reverse().join('')
}

/** A group as OpenSSL names it. */
function groupAs(name: string | null): string {
  const known: Readonly<Record<string, string>> = { x25519: 'X25519', x448: 'X448', secp256r1: 'prime256v1' }
  if (name === null) return ''
  return name.startsWith('DH ') || name.startsWith('ffdhe') ? 'DH' : (known[name] ?? name)
}
