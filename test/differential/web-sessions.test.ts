// `wireglass http` and `wireglass tls` against what the programs said that made the captures: nginx's access log, OpenSSL's own words.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'

const captures = path.resolve(import.meta.dirname, '../captures')

interface Logged {
  client_port: string
  nth_on_connection: string
  host: string
  request: string
  status: number
  body_bytes: number
  tls: string
  cipher: string
}
interface Transaction {
  connection: { client: string; nth: number }
  request: { method: string; target: string; version: string; host: string }
  response: { status: number; bodyBytes: number; framedBytes: number; headers: [string, string][] } | null
  tls: { version: string; cipher: string } | null
}
interface Report {
  version: string
  cipher: string | null
  group: string | null
  resumed: boolean
  alpn: string | null
  decrypted: boolean
  reason: string
  phases: { name: string; from: string }[]
  alerts: { from: string; number: number }[]
  certificates: unknown[]
}
interface Said {
  connections: {
    version: string
    cipher: string
    temp_key: string | null
    resumed: boolean
    alpn: string | null
    alert: string | null
    early_data: string | null
  }[]
}

function json<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

describe('http --json', () => {
  test('equals the access log of nginx, transaction by transaction', async () => {
    const folder = path.join(captures, 'journey'),
      run = await commandLine(
        'http',
        path.join(folder, 'client.pcap'),
        '-o',
        `tls.keylog_file:${path.join(folder, 'client.keylog')}`,
        '--json',
      )
    expect(run.stderr).toBe('')
    const ours = (JSON.parse(run.stdout) as Transaction[]).map(({ connection, request, response, tls }) =>
      [
        connection.client.split(':').at(-1),
        connection.nth,
        request.host,
        `${request.method} ${request.target} ${request.version}`,
        response?.status,
        response?.framedBytes,
        tls?.version ?? '',
        tls?.cipher ?? '',
      ].join(' '),
    )
    const theirs = json<Logged[]>(path.join(folder, 'access.json')).map((one) =>
      [one.client_port, one.nth_on_connection, one.host, one.request, one.status, one.body_bytes, one.tls, one.cipher].join(' '),
    )
    expect(ours.sort()).toEqual(theirs.sort())
  })

  test('counts a chunked body without the framing of its chunks', async () => {
    const folder = path.join(captures, 'journey'),
      run = await commandLine(
        'http',
        path.join(folder, 'client.pcap'),
        '-o',
        `tls.keylog_file:${path.join(folder, 'client.keylog')}`,
        '--json',
      )
    for (const { response } of JSON.parse(run.stdout) as Transaction[]) {
      const isChunked = response?.headers.some(([name, value]) => name === 'transfer-encoding' && value === 'chunked')
      if (response && !isChunked) expect(response.bodyBytes).toBe(response.framedBytes)
      else if (response) expect(response.bodyBytes).toBe(response.framedBytes - 11)
    }
  })

  test('prints what is in the clear without keys', async () => {
    const run = await commandLine('http', path.join(captures, 'journey/client.pcap'), '--json')
    const ours = JSON.parse(run.stdout) as Transaction[]
    const clear = json<Logged[]>(path.join(captures, 'journey/access.json')).filter(({ tls }) => tls === '')
    expect(ours).toHaveLength(clear.length)
  })
})

/** OpenSSL's names of the suites in the captures. */
const SUITES: Readonly<Record<string, string>> = {
  'ECDHE-RSA-AES256-SHA': 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'DHE-RSA-AES128-GCM-SHA256': 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'AES128-SHA256': 'TLS_RSA_WITH_AES_128_CBC_SHA256',
}
const scenarios = readdirSync(path.join(captures, 'tls'))
  .filter((name) => name.endsWith('.truth.json'))
  .map((name) => name.replace('.truth.json', ''))

describe('tls --json', () => {
  test.each(scenarios)('%s: as OpenSSL says', async (scenario) => {
    const base = path.join(captures, 'tls', scenario),
      run = await commandLine('tls', `${base}.pcap`, '-o', `tls.keylog_file:${base}.keylog`, '--json'),
      reports = JSON.parse(run.stdout) as Report[],
      { connections } = json<Said>(`${base}.truth.json`)
    expect(reports).toHaveLength(connections.length)
    connections.forEach((said, index) => {
      const report = reports[index]
      expect(report?.version).toBe(said.version)
      expect(report?.cipher).toBe(said.cipher === '(NONE)' ? null : (SUITES[said.cipher] ?? said.cipher))
      expect(report?.resumed).toBe(said.resumed)
      expect(report?.alpn).toBe(said.alpn)
      if (said.alert) expect(report?.alerts.map(({ number }) => String(number))).toContain(said.alert)
      else expect(report?.decrypted).toBe(true)
      if (said.temp_key?.includes('X25519')) expect(report?.group?.toLowerCase()).toBe('x25519')
      const early = report?.phases.findIndex(({ name }) => name === 'ApplicationData') ?? -1,
        hello = report?.phases.findIndex(({ name }) => name === 'ServerHello') ?? -1
      expect(early >= 0 && early < hello).toBe(said.early_data === 'accepted')
    })
  })

  test('says why a connection cannot be decrypted', async () => {
    const base = path.join(captures, 'tls/tls13-aes128'),
      without = JSON.parse((await commandLine('tls', `${base}.pcap`, '--json')).stdout) as Report[],
      other = path.join(captures, 'tls/tls12-dhe.keylog'),
      wrong = JSON.parse((await commandLine('tls', `${base}.pcap`, '-o', `tls.keylog_file:${other}`, '--json')).stdout) as Report[]
    expect(without.map(({ decrypted, reason }) => [decrypted, reason])).toEqual([[false, 'no-key-log']])
    expect(wrong.map(({ decrypted, reason }) => [decrypted, reason])).toEqual([[false, 'no-key-for-random']])
  })
})

describe('decryption in the packet list', () => {
  test.each(scenarios)('%s: the plaintext that the client sent is in the tree', async (scenario) => {
    const base = path.join(captures, 'tls', scenario),
      { client_plaintext: sent, connections } = json<Said & { client_plaintext: string[] }>(`${base}.truth.json`)
    if (connections.some(({ cipher }) => cipher === '(NONE)')) return
    const run = await commandLine('-r', `${base}.pcap`, '-o', `tls.keylog_file:${base}.keylog`, '-T', 'fields', '-e', 'data.data')
    const bytes = Buffer.from(run.stdout.replace(/[^0-9a-f]/g, ''), 'hex').toString('latin1')
    for (const text of sent) expect(bytes).toContain(text.trim())
  })
})
