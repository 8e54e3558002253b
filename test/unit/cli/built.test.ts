// The command line as it ships: bundled, with its launcher, bytecode and the parts that are loaded on request, started through the link npm makes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concat, payload, pcapHeader, pcapRecord } from '../../support/capture-bytes'
import { sample } from '../../support/command-line'

const root = path.resolve(import.meta.dirname, '../../..')
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wireglass-built-'))
  const installed = path.join(folder, 'node_modules/wireglass')
  await build({
    configFile: path.join(root, 'vite.node.config.ts'),
    mode: 'cli',
    logLevel: 'error',
    build: { outDir: path.join(installed, 'out/cli') },
  })
  writeFileSync(path.join(installed, 'package.json'), '{"type":"module"}')
  mkdirSync(path.join(folder, 'node_modules/.bin'))
  symlinkSync('../wireglass/out/cli/index.js', path.join(folder, 'node_modules/.bin/wireglass'))
}, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'node_modules/.bin/wireglass'), ...args])
  return { status, stdout: stdout.toString(), stderr: stderr.toString() }
}

describe('the built command line', () => {
  it.each([
    ['png', '\x89PNG\r\n'],
    ['pdf', '%PDF-'],
  ])('draws a diagram as %s', (format, signature) => {
    const file = path.join(folder, `diagram.${format}`)
    expect(run('diagram', sample('page-load.pcapng'), '--stream', '0', '--format', format, '-o', file)).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect(readFileSync(file, 'latin1').slice(0, signature.length)).toBe(signature)
  })

  it('prints packets and answers with its status', () => {
    const { status, stdout } = run('-r', sample('dns-resolver.pcapng'), '-c', '1', '-T', 'fields', '-e', 'frame.number')
    expect([status, stdout]).toEqual([0, '1\n'])
    const wrong = run('-Y', 'no.such.field', '-r', sample('dns-resolver.pcapng'))
    expect(wrong.status).toBe(2)
    expect(wrong.stderr).toMatch(/^wireglass: /)
  })

  it('reads a large file, which another thread reads ahead, as it reads a stream', () => {
    // no packet fits into what is left of a block, and some are larger than what lies between two
    const file = path.join(folder, 'large.pcap'),
      chunks = [pcapHeader({})]
    for (let i = 0, size = 0; size < 70 << 20; i++) {
      const record = pcapRecord(i, 0, payload((i * 7919) % 200_000))
      chunks.push(record)
      size += record.length
    }
    writeFileSync(file, concat(...chunks))
    const summary = ['-T', 'fields', '-e', 'frame.number', '-e', 'frame.cap_len', '-e', 'frame.time_epoch', '-e', 'eth.src']
    const ahead = run('-r', file, ...summary),
      stream = spawnSync('sh', [
        '-c',
        `cat "$1" | "$0" "$2" -r - ${summary.join(' ')}`,
        process.execPath,
        file,
        path.join(folder, 'node_modules/.bin/wireglass'),
      ])
    expect(ahead.stdout.split('\n').length).toBe(chunks.length)
    expect([ahead.status, ahead.stdout]).toEqual([stream.status, stream.stdout.toString()])
  })
})
