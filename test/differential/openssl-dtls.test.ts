// Live DTLS of `openssl s_client` to `openssl s_server`, captured on the loopback with the client's key log: what was typed at both ends must be what is
// read, and every field what tshark shows, where tshark can open the records. Needs OpenSSL 3, tcpdump and the right to capture.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { tshark, tsharkVersion } from '../support/tshark'

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const missing = !has('openssl', 'version')
  ? 'openssl is not installed'
  : !has('tcpdump', '--version') || process.getuid?.() !== 0
    ? 'tcpdump with the right to capture is not there'
    : undefined

interface Case {
  readonly name: string
  /** Options of both programs. */
  readonly both: string
  readonly server?: string
  /** tshark 4.0.17 does not open the records. */
  readonly closedInTshark?: boolean
}
const suite = (name: string, closedInTshark = false): Case => ({
  name: `DTLS 1.2 ${name}`,
  both: `-dtls1_2 -cipher ${name}:@SECLEVEL=0`,
  closedInTshark,
})
const CASES: readonly Case[] = [
  suite('ECDHE-RSA-AES128-GCM-SHA256'),
  suite('AES256-GCM-SHA384'),
  suite('ECDHE-ECDSA-AES256-CCM'),
  suite('AES128-CCM8'),
  // its nonce has the epoch in it
  suite('ECDHE-RSA-CHACHA20-POLY1305', true),
  suite('AES256-SHA256'),
  suite('ECDHE-RSA-AES256-SHA384'),
  suite('DHE-RSA-AES128-SHA256'),
  { name: 'DTLS 1.2 without encrypt-then-MAC', both: '-dtls1_2 -no_etm -cipher AES128-SHA256' },
  { name: 'DTLS 1.2 PSK', both: '-dtls1_2 -psk 1a2b3c -cipher PSK-AES128-GCM-SHA256' },
  { name: 'DTLS 1.2 client certificate', both: '-dtls1_2', server: '-Verify 1' },
  { name: 'DTLS 1.2 small datagrams', both: '-dtls1_2 -mtu 300' },
  { name: 'DTLS 1.0', both: '-dtls1 -cipher AES128-SHA:@SECLEVEL=0' },
]
const BASE = 23_600
const FIELDS = [
  'frame.number',
  'dtls.record.content_type',
  'dtls.record.epoch',
  'dtls.record.sequence_number',
  'dtls.handshake.type',
  'dtls.handshake.message_seq',
  'dtls.handshake.verify_data',
  'dtls.alert_message.desc',
  'dtls.app_data',
  'data.data',
]

let folder = ''
const dump: { child?: ChildProcess } = {}

async function until(condition: () => boolean, ms = 5000): Promise<void> {
  for (let end = Date.now() + ms; Date.now() < end && !condition();) await pause(15)
}

/** A program with what it has printed. */
function started(program: string, ...args: string[]) {
  const child = spawn(program, args, { cwd: folder }),
    state = { output: '', ended: false, child, type: (text: string) => child.stdin.write(text) }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (state.output += piece.toString('latin1')))
  child.stdin.on('error', () => undefined)
  child.on('close', () => (state.ended = true))
  return state
}

const textOf = (who: string, port: number) => `the ${who}'s secret ${port}\n`

async function connect({ both, server: serverOnly }: Case, port: number): Promise<void> {
  const place = `127.0.0.1:${port}`,
    certificates = ['-cert', 'rsa.pem', '-key', 'rsa.key', '-dcert', 'ec.pem', '-dkey', 'ec.key'],
    options = both.split(' '),
    own = serverOnly?.split(' ') ?? []
  const server = started('openssl', 's_server', '-4', '-accept', place, '-mtu', '1400', ...certificates, ...options, ...own)
  await until(() => server.output.includes('ACCEPT'))
  const client = started(
    ...(['openssl', 's_client', '-connect', place, '-mtu', '1400', '-keylogfile', 'keys.log'] as const),
    ...['-cert', 'rsa.pem', '-key', 'rsa.key', ...options],
  )
  await until(() => client.ended || client.output.includes('Verify return code'))
  client.type(textOf('client', port))
  await until(() => client.ended || server.output.includes(textOf('client', port)))
  server.type(textOf('server', port))
  await until(() => client.ended || client.output.includes(textOf('server', port)))
  client.type('Q\n')
  await until(() => client.ended, 2000)
  client.child.kill()
  server.child.kill()
}

describe.skipIf(missing !== undefined)(`DTLS of OpenSSL, live${missing === undefined ? '' : `: ${missing}`}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wireglass-dtls-'))
    const certificate = (name: string, ...key: string[]) =>
      spawnSync(
        'openssl',
        ['req', '-x509', '-nodes', ...key, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2', '-subj', '/CN=dtls.example.test'],
        { cwd: folder },
      )
    certificate('rsa', '-newkey', 'rsa:2048')
    certificate('ec', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
    const recorder = started(
      ...(['tcpdump', '-i', 'lo', '-w', 'live.pcap', '-U', '--immediate-mode', '-Z', 'root'] as const),
      `udp portrange ${BASE}-${BASE + CASES.length}`,
    )
    dump.child = recorder.child
    await until(() => recorder.output.includes('listening'))
    const queue = CASES.map((one, index) => [one, BASE + index] as const)
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await connect(...next)
    }
    await Promise.all(Array.from({ length: 3 }, worker))
    await pause(300)
    recorder.child.kill('SIGINT')
    await until(() => recorder.ended)
  }, 60_000)
  afterAll(() => {
    dump.child?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  const fields = FIELDS.flatMap((field) => ['-e', field]),
    options = (port: number) => [
      ...['-r', path.join(folder, 'live.pcap'), '-o', `tls.keylog_file:${path.join(folder, 'keys.log')}`],
      ...['-Y', `udp.port == ${port} && dtls`, '-T', 'fields', ...fields],
    ]

  test.each(CASES.map((one, index) => [one.name, one, BASE + index] as const))('%s', async (_name, { closedInTshark }, port) => {
    const { stdout } = await commandLine(...options(port)),
      data = stdout.split('\n').flatMap((line) => {
        const last = line.split('\t').at(-1) ?? ''
        return last === '' ? [] : [Buffer.from(last, 'hex').toString('latin1')]
      })
    expect(data).toEqual([textOf('client', port), textOf('server', port)])
    if (tsharkVersion !== undefined && closedInTshark !== true) expect(stdout).toBe(tshark(options(port)).stdout)
  })

  test('without the key log nothing is opened', async () => {
    const file = path.join(folder, 'live.pcap'),
      { stdout } = await commandLine('-r', file, '-Y', 'data || dtls.handshake.verify_data', '-T', 'fields', '-e', 'frame.number')
    expect(stdout).toBe('')
  })
})
