// Live DTLS of `openssl s_client` to `openssl s_server`, captured on the loopback with the client's key log: what was typed at both ends must be what is
// read, and every field what tshark shows, where tshark can open the records. Needs OpenSSL 3, tcpdump and the right to capture.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { makeCertificates, noLiveOpenssl, recorded, started, until } from '../support/openssl-live'
import { tshark, tsharkVersion } from '../support/tshark'

interface Case {
  readonly name: string
  /** Options of both programs. */
  readonly both: string
  readonly server?: string
  /** Twice, the second time with the first one's session. */
  readonly resumes?: boolean
  /** The client asks for another handshake before it sends. */
  readonly renegotiates?: boolean
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
  { name: 'DTLS 1.2 with a cookie', both: '-dtls1_2', server: '-listen' },
  { name: 'DTLS 1.2 resumed by ticket', both: '-dtls1_2', resumes: true },
  { name: 'DTLS 1.2 resumed by session id', both: '-dtls1_2 -no_ticket', resumes: true },
  { name: 'DTLS 1.2 renegotiation', both: '-dtls1_2', server: '-client_renegotiation', renegotiates: true, closedInTshark: true },
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

/** OpenSSL's name of a suite. */
function opensslName(iana: string): string {
  const { stdout } = spawnSync('openssl', ['ciphers', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], { encoding: 'utf8' })
  return new RegExp(`^${iana} +- (\\S+)`, 'm').exec(stdout)?.[1] ?? '?'
}

let folder = ''
/** What each client printed, by port. */
const printed = new Map<number, string[]>()
const textOf = (who: string, port: number) => `the ${who}'s secret ${port}\n`

async function connect({ both, server: serverOnly, resumes = false, renegotiates = false }: Case, port: number): Promise<void> {
  const place = `127.0.0.1:${port}`,
    certificates = ['-cert', 'rsa.pem', '-key', 'rsa.key', '-dcert', 'ec.pem', '-dkey', 'ec.key'],
    options = both.split(' '),
    own = serverOnly?.split(' ') ?? []
  const server = started(folder, 'openssl', 's_server', '-4', '-accept', place, '-mtu', '1400', ...certificates, ...options, ...own)
  await until(() => server.output.includes('ACCEPT'))
  for (const session of resumes ? [`-sess_out ${port}.sess`, `-sess_in ${port}.sess`] : ['']) {
    const before = server.output.length,
      client = started(
        folder,
        ...(['openssl', 's_client', '-connect', place, '-mtu', '1400', '-keylogfile', 'keys.log'] as const),
        ...['-cert', 'rsa.pem', '-key', 'rsa.key', ...options, ...(session === '' ? [] : session.split(' '))],
      ),
      hears = async (who: typeof server, text: string, from = 0) => {
        await until(() => client.ended || who.output.includes(text, from))
      }
    await hears(client, 'Verify return code')
    if (renegotiates) {
      client.type('R\n')
      await hears(client, 'RENEGOTIATING')
      await pause(400)
    }
    client.type(textOf('client', port))
    await hears(server, textOf('client', port), before)
    server.type(textOf('server', port))
    await hears(client, textOf('server', port))
    client.type('Q\n')
    await until(() => client.ended, 2000)
    printed.set(port, [...(printed.get(port) ?? []), client.output])
    client.child.kill()
  }
  server.child.kill()
}

describe.skipIf(noLiveOpenssl !== undefined)(`DTLS of OpenSSL, live${noLiveOpenssl === undefined ? '' : `: ${noLiveOpenssl}`}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wireglass-dtls-'))
    makeCertificates(folder, 'dtls.example.test')
    const cases = CASES.map((one, index) => [one, BASE + index] as const)
    await recorded(folder, `udp portrange ${BASE}-${BASE + CASES.length}`, cases, 3, (one) => connect(...one))
  }, 60_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const fields = FIELDS.flatMap((field) => ['-e', field]),
    options = (port: number) => [
      ...['-r', path.join(folder, 'live.pcap'), '-o', `tls.keylog_file:${path.join(folder, 'keys.log')}`],
      ...['-Y', `udp.port == ${port} && dtls`, '-T', 'fields', ...fields],
    ]

  test.each(CASES.map((one, index) => [one.name, one, BASE + index] as const))('%s', async (_name, { closedInTshark, resumes }, port) => {
    const { stdout } = await commandLine(...options(port)),
      data = stdout.split('\n').flatMap((line) => {
        const last = line.split('\t').at(-1) ?? ''
        return last === '' ? [] : [Buffer.from(last, 'hex').toString('latin1')]
      })
    const exchange = [textOf('client', port), textOf('server', port)]
    expect(data).toEqual(resumes === true ? [...exchange, ...exchange] : exchange)
    if (tsharkVersion !== undefined && closedInTshark !== true) expect(stdout).toBe(tshark(options(port)).stdout)
  })

  interface Connection {
    readonly transport: string
    readonly server: string
    readonly version: string
    readonly cipher: string
    readonly resumed: boolean
    readonly decrypted: boolean
    readonly reason: string
    readonly ja3: string
    readonly records: { readonly protected: number; readonly opened: number }
    readonly phases: readonly { readonly name: string; readonly from: string }[]
    readonly alerts: readonly { readonly name: string }[]
    readonly certificates: readonly { readonly from: string }[]
  }
  const connections = async (...keys: string[]) => {
    const { stdout } = await commandLine('tls', path.join(folder, 'live.pcap'), ...keys, '--json')
    return JSON.parse(stdout) as Connection[]
  }

  test('the table of TLS connections has them all, with what OpenSSL says of each', async () => {
    const all = await connections('-o', `tls.keylog_file:${path.join(folder, 'keys.log')}`)
    for (const [index, { name, resumes, renegotiates, server, both }] of CASES.entries()) {
      const port = BASE + index,
        // the same ports may be taken for the second connection, which then belongs to the first one's conversation
        mine = all.filter((one) => one.server.endsWith(`:${port}`)),
        [last] = mine.slice(-1),
        output = printed.get(port)?.at(-1) ?? ''
      expect(mine.length, name).toBe(resumes === true ? 2 : 1)
      expect(last, name).toMatchObject({
        transport: 'udp',
        version: / Protocol +: (\S+)/.exec(output)?.[1] ?? /, (DTLSv\S+), Cipher/.exec(output)?.[1],
        resumed: resumes === true,
        decrypted: true,
        reason: 'none',
      })
      expect(output, name).toContain(`Cipher is ${opensslName(last?.cipher ?? '')}`)
      expect(last?.records.opened, name).toBe(last?.records.protected)
      expect(
        last?.alerts.map((alert) => alert.name),
        name,
      ).toContain('close_notify')
      const steps = last?.phases.map((phase) => `${phase.from} ${phase.name}`) ?? []
      expect(steps.filter((step) => step === 'client ChangeCipherSpec').length, name).toBe(renegotiates === true ? 2 : 1)
      // s_server asks every client for its cookie
      expect(steps.slice(0, 4), name).toEqual([
        'client ClientHello',
        'server HelloVerifyRequest',
        'client ClientHello',
        'server ServerHello',
      ])
      expect(
        steps.filter((step) => step.endsWith('ApplicationData')),
        name,
      ).toEqual(['client ApplicationData', 'server ApplicationData'])
      if (resumes !== true && !both.includes('psk')) {
        expect(steps, name).toContain('client ClientKeyExchange')
        expect(
          last?.certificates.some(({ from }) => from === 'client'),
          name,
        ).toBe(server === '-Verify 1')
        expect(
          last?.certificates.some(({ from }) => from === 'server'),
          name,
        ).toBe(true)
      }
    }
    if (tsharkVersion === undefined) return
    const { stdout } = tshark([
      '-r',
      path.join(folder, 'live.pcap'),
      '-Y',
      'dtls.handshake.ja3',
      '-T',
      'fields',
      '-e',
      'dtls.handshake.ja3',
    ])
    // the hello of a renegotiation is encrypted, and tshark does not open it
    const renegotiated = BASE + CASES.findIndex(({ renegotiates }) => renegotiates),
      others = all.filter((one) => !one.server.endsWith(`:${renegotiated}`)).map(({ ja3 }) => ja3),
      theirs = new Set(stdout.trim().split('\n'))
    expect(others.filter((ja3) => !theirs.has(ja3))).toEqual([])
  })

  test('without keys the table says why', async () => {
    const all = await connections()
    expect(new Set(all.map(({ reason, decrypted }) => `${reason} ${decrypted}`))).toEqual(new Set(['no-key-log false']))
    expect(all.every(({ phases }) => phases.some(({ name }) => name === 'Finished'))).toBe(true)
  })

  test('without the key log nothing is opened', async () => {
    const file = path.join(folder, 'live.pcap'),
      { stdout } = await commandLine('-r', file, '-Y', 'data || dtls.handshake.verify_data', '-T', 'fields', '-e', 'frame.number')
    expect(stdout).toBe('')
  })
})
