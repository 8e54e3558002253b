// --export-objects http against tshark's own: the same names with the same bytes.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commandLine } from '../../support/command-line'
import { corpusFolder } from '../../support/corpus'
import { httpCapture } from '../../support/http-captures'
import { NO_TSHARK, tshark, tsharkVersion } from '../../support/tshark'

const root = mkdtempSync(path.join(tmpdir(), 'wireglass-objects-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})
const journey = path.resolve(import.meta.dirname, '../../captures/journey')

/** Digests of a folder's files by name. */
function digests(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(path.join(folder, name)))
          .digest('hex'),
      ]),
  )
}

/** What both programs export; their folders are made by them. */
async function both(...args: string[]): Promise<{ readonly theirs: Record<string, string>; readonly ours: Record<string, string> }> {
  const around = mkdtempSync(path.join(root, 'run-')),
    theirs = path.join(around, 'a', 'theirs'),
    ours = path.join(around, 'a', 'ours')
  tshark([...args, '-q', '--export-objects', `http,${theirs}`])
  const { stdout } = await commandLine(...args, '-q', '--export-objects', `http,${ours}`)
  expect(stdout).toBe('')
  return { theirs: digests(theirs), ours: digests(ours) }
}

describe.skipIf(tsharkVersion === undefined)(`exported objects${tsharkVersion === undefined ? `: ${NO_TSHARK}` : ''}`, () => {
  test('are those of a decrypted journey, with its forms', { timeout: 60_000 }, async () => {
    const { theirs, ours } = await both(
      '-r',
      path.join(journey, 'client.pcap'),
      '-o',
      `tls.keylog_file:${path.join(journey, 'client.keylog')}`,
    )
    expect(ours).toEqual(theirs)
    expect(Object.keys(ours)).toContain('submit(1)')
  })

  test('have the same names whatever was asked for', { timeout: 60_000 }, async () => {
    const long = (letter: string, length: number, end = '') => `/${letter.repeat(length)}${end}`
    const targets = [
      '/',
      '/a/',
      '/a//',
      '/..',
      '/a/..',
      '/.',
      '*',
      '/../../etc/passwd',
      'http://x',
      'http://x/y.txt?q=a/b',
      '/a\\b',
      '/x:y|z"<>*.t',
      '/\x01\x1f\x7f\t.c',
    ]
    targets.push('/caf\xc3\xa9.txt', '/nul\0.txt', '/.hidden', '/end.', '/CON', '/a?b/../..', '.', '..', '/-rf', ' /two-spaces')
    targets.push(
      long('L', 300),
      long('M', 300, '.html'),
      long('Q?', 150),
      `/N.${'n'.repeat(252)}`,
      `/O.${'o'.repeat(253)}`,
      long('P', 252, '.gz'),
      long('R', 251, '.gz'),
    )
    const file = path.join(root, 'targets.pcap')
    // twice, so that each gets a number, too
    writeFileSync(file, httpCapture([...targets, ...targets]))
    const { theirs, ours } = await both('-r', file)
    expect(ours).toEqual(theirs)
    expect(Object.keys(ours)).toHaveLength(targets.length * 2)
  })

  const missing = corpusFolder === undefined
  test
    .skipIf(missing)
    .each([
      ['http1/bruteshark__HTTP_-_NTLM.pcapng'],
      ['http1/pcap2har__pcapr.net.pcap'],
      ['http1/suricata__http-brotli-ce_input.pcap'],
      ['http1/suricata__http-event-chunk_input.pcap'],
      ['http1/wswiki__client-grpc-web-text-http1-send-two-unary.pcapng'],
      ['http1/zeek__methods.pcap'],
      ['http1/tcptrace__input_http.dmp.gz'],
      ['http2/suricata__http2-range.pcap'],
      ['http2/snort3_demo__http2.demo.pcap'],
    ])('are those of %s', { timeout: 60_000 }, async (name) => {
    const file = path.join(corpusFolder ?? '', name)
    expect(existsSync(file)).toBe(true)
    const { theirs, ours } = await both('-r', file)
    expect(ours).toEqual(theirs)
    expect(Object.keys(ours)).not.toHaveLength(0)
  })

  test.skipIf(missing)('are those of the second of two passes', { timeout: 60_000 }, async () => {
    const file = path.join(corpusFolder ?? '', 'http2/snort3_demo__http2.demo.pcap')
    const { theirs, ours } = await both('-2', '-R', 'frame.number < 400', '-r', file)
    expect(ours).toEqual(theirs)
  })
})
