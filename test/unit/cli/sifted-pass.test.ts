// Filters that the packet index sifts print what dissecting every packet on its first visit prints.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine, sample } from '../../support/command-line'
import { captureFiles } from '../../support/corpus'
import { segmentCapture } from '../../support/tcp-segments'
import type { BuiltSegment } from '../../support/tcp-segments'

/** The same packets, but the index cannot tell anything of it: every packet is dissected. */
const unsifted = (filter: string): string => `(${filter}) || frame.comment == "never written"`

const FILTERS = [
  'tcp',
  'http.request',
  'http.response.code == 200',
  'dns',
  'tcp.flags.syn == 1',
  'tcp.payload contains "HTTP"',
  'icmp',
  'tls',
]
const FORMATS = [
  ['-T', 'fields', '-e', 'frame.number', '-e', 'tcp.port', '-e', 'frame.time_delta_displayed'],
  ['-T', 'fields', '-e', 'frame.number', '-e', 'frame.len', '-e', 'tcp.stream'],
  [],
  ['-V'],
  ['-t', 'dd'],
]

const LARGEST = 120_000
const files = [
  sample('tcp-bulk-loss.pcapng'),
  sample('dns-resolver.pcapng'),
  ...captureFiles('http1', 'tls', 'ip', 'tunnels')
    .filter((file) => statSync(file).size < LARGEST)
    .filter((_file, index) => index % 9 === 0),
]

describe('a sifted filter', () => {
  it.each(files.map((file) => [path.basename(file), file]))('prints of %s what dissecting every packet prints', async (_name, file) => {
    for (const [index, filter] of FILTERS.entries()) {
      const format = FORMATS[index % FORMATS.length] ?? []
      const [sifted, whole] = [
        await commandLine('-r', file, ...format, '-Y', filter),
        await commandLine('-r', file, ...format, '-Y', unsifted(filter)),
      ]
      expect(sifted, filter).toEqual(whole)
    }
  })

  it('saves the packets that it selects, and stops at a count', async () => {
    const file = sample('tcp-bulk-loss.pcapng'),
      fields = ['-T', 'fields', '-e', 'frame.number']
    for (const extra of [[], ['-c', '40']]) {
      const [sifted, whole] = [
        await commandLine('-r', file, ...extra, ...fields, '-Y', 'tcp.len > 0'),
        await commandLine('-r', file, ...extra, ...fields, '-Y', unsifted('tcp.len > 0')),
      ]
      expect(sifted.stdout).not.toBe('')
      expect(sifted).toEqual(whole)
    }
  })

  it('finds responses whose heads came in a segment before their bodies, however many of them wait at once', async () => {
    const connections = 1500,
      segments: BuiltSegment[] = [],
      request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
    for (const step of ['request', 'head', 'body'])
      for (let nth = 0; nth < connections; nth++) {
        const common = { port: 20_000 + nth, serverPort: 80, time: segments.length * 10, flags: 0x18 },
          status = nth % 3 === 0 ? '404 Not Found' : '200 OK',
          head = `HTTP/1.1 ${status}\r\nX-Padding: ${'p'.repeat(1800 + (nth % 200))}\r\nContent-Length: 4\r\n\r\n`
        if (step === 'request') segments.push({ ...common, sequence: 1, acknowledgment: 1, payload: request })
        else
          segments.push({
            ...common,
            fromServer: true,
            sequence: step === 'head' ? 1 : 1 + head.length,
            acknowledgment: 1 + request.length,
            payload: step === 'head' ? head : 'body',
          })
      }
    const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-heads-')),
      file = path.join(folder, 'heads.pcap')
    writeFileSync(file, segmentCapture(segments))
    const found = await commandLine('-r', file, '-T', 'fields', '-e', 'frame.number', '-Y', 'http.response.code == 404')
    rmSync(folder, { recursive: true })
    const expected = Array.from({ length: connections / 3 }, (_, i) => 2 * connections + 3 * i + 1)
    expect(found.stdout.trim().split('\n').map(Number)).toEqual(expected)
  })
})
