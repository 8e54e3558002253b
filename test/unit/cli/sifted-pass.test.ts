// Filters that the packet index sifts print what dissecting every packet on its first visit prints.
import { statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine, sample } from '../../support/command-line'
import { captureFiles } from '../../support/corpus'

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
})
