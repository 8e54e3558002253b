// Options of capturing, right and wrong: where tshark refuses, so does this; where it goes on, so does this, with the same status.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCommandLine } from '../../support/built-command-line'
import { NO_TSHARK, tshark, tsharkVersion } from '../../support/tshark'

const FILE = path.resolve(import.meta.dirname, '../../captures/journey/client.pcap')
const READING = ['-p -s 100 -B 4 -y EN10MB -I -i lo', '-a packets:3', '-a packets:3 -c 2', '-f tcp', '-i lo -f tcp', '-b filesize:10', '-L']
/** What reaches the capture, and tshark's status (4.0.17): it would have to start dumpcap for each. */
const CAPTURING: readonly (readonly [options: string, status: number])[] = [
  ['-i nosuch0 -c 1', 1],
  ['-i 99 -c 1', 1],
  ['-i lo -y NOSUCH', 1],
  ['-i lo -w /nonexistent/x.pcapng -c 1', 1],
  ['-i lo -f tcp_prot -c 1', 1],
  ['-i nosuch0 -L', 2],
  ['-i lo -Y tcp.prt==1 -c 1', 2],
]
const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const reason = tsharkVersion === undefined ? NO_TSHARK : isRoot ? '' : 'capturing needs root'

describe.skipIf(reason !== '')(`options of capturing and tshark's ${reason}`, () => {
  let folder: string
  let program: string
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wireglass-options-'))
    program = await buildCommandLine(folder)
  }, 120_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const ours = (args: readonly string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', input: '' })

  test.each(READING)('of a file: %s', (text) => {
    const args = ['-n', '-r', FILE, ...text.split(' '), '-T', 'fields', '-e', 'frame.number']
    const { status, stdout } = tshark(args)
    expect(ours(args)).toMatchObject({ status, stdout })
  })

  test.each(CAPTURING)('of a capture: %s', (text, expected) => {
    const { status, stdout, stderr } = ours(text.split(' ').map((word) => word.replace('_', ' ')))
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' })
    expect(stderr).toMatch(/^wireglass: ./)
  })
})
