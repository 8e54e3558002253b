// wireglass diagram as a user calls it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commandLine, sample } from '../../support/command-line'

const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-diagram-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const LOSS = sample('tcp-bulk-loss.pcapng')

test('bulk data is folded, losses are not, and both ends are named', async () => {
  const { stdout, status } = await commandLine('diagram', LOSS)
  expect(status).toBe(0)
  expect(stdout).toContain('Opening: three-way handshake (3 segments')
  expect(stdout).toContain('17 segments, 24,616 B, Seq 13,033–37,648, 18 ACKs all repeat Ack 8,689 (17 duplicates)')
  expect(stdout).toMatch(/56 .*Fast retransmission Seq 8,689/)
  expect(stdout.split('\n').length).toBeLessThan(60)
})

test('without folding every segment has its arrow: nothing is capped', async () => {
  const { stdout } = await commandLine('diagram', LOSS, '--fold', 'no', '--no-states')
  expect(stdout.split('\n').filter((line) => /^ +\d+\.\d{6}/.test(line))).toHaveLength(537)
})

test('a file is named by its ending, and is the same each time', async () => {
  const files = ['a.svg', 'b.svg'].map((name) => path.join(folder, name))
  for (const file of files) expect((await commandLine('diagram', LOSS, '-o', file, '--theme', 'dark', '--lang', 'zh')).status).toBe(0)
  const [a, b] = files.map((file) => readFileSync(file, 'utf8'))
  expect(a).toBe(b)
  expect(a).toContain('建立连接：三次握手')
  expect(a).toContain('@font-face')
  expect(a).not.toMatch(/var\(|href=|<script/)
})

test('several hosts get a lifeline each', async () => {
  const { stdout } = await commandLine('diagram', sample('dns-resolver.pcapng'), '--filter', 'dns', '--format', 'mermaid')
  expect(stdout.match(/participant/g)?.length).toBeGreaterThan(2)
  expect(stdout).toContain('DNS Standard query')
})

test('what does not exist or makes no sense is said', async () => {
  expect(await commandLine('diagram', LOSS, '--stream', '7')).toMatchObject({
    status: 2,
    stderr: 'There is no TCP stream 7: the capture has 1, numbered from 0.',
  })
  expect(await commandLine('diagram', LOSS, '--pair', '10.0.0.1,10.0.0.2')).toMatchObject({ status: 2 })
  expect(await commandLine('diagram', LOSS, '--format', 'gif')).toMatchObject({ status: 1 })
  expect((await commandLine('diagram')).status).toBe(1)
})

test('a PNG has the size that was asked for, a PDF its pages, and both are the same each time', async () => {
  const REFUSED = sample('tcp-refused.pcapng')
  const drawn = async (capture: string, name: string, ...more: readonly string[]): Promise<Buffer> => {
    const file = path.join(folder, name)
    expect((await commandLine('diagram', capture, '-o', file, ...more)).status).toBe(0)
    return readFileSync(file)
  }
  const png = await drawn(REFUSED, 'a.png', '--scale', '1', '--lang', 'zh')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const svg = (await drawn(REFUSED, 'size.svg', '--lang', 'zh')).toString()
  const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(width), Number(height)])
  expect((await drawn(REFUSED, 'b.png', '--scale', '1', '--lang', 'zh')).equals(png)).toBe(true)
  const pdf = await drawn(LOSS, 'a.pdf', '--fold', 'no')
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  // 537 rows do not fit on one page.
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(5)
  expect((await drawn(LOSS, 'b.pdf', '--fold', 'no')).equals(pdf)).toBe(true)
})
