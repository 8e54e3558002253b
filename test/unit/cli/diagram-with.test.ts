// wireglass diagram --with: two captures of one connection as one diagram.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../../support/command-line'

const FOLDER = 'test/captures/both-ends'

describe('diagram --with', () => {
  it('draws every packet that the network lost as lost, with the frame in the capture that has it', async () => {
    const { packets } = JSON.parse(readFileSync(`${FOLDER}/loss.truth.json`, 'utf8')) as { packets: { out: number[] }[] }
    const run = await commandLine('diagram', `${FOLDER}/loss.client.pcap`, '--with', `${FOLDER}/loss.server.pcap`, '--fold', 'no')
    expect(run.status).toBe(0)
    const lost = run.stdout.split('\n').filter((line) => line.includes('Lost between'))
    expect(lost).toHaveLength(packets.filter(({ out }) => out.length === 0).length)
    for (const line of lost) expect(line).toMatch(/\d+ → –|– → \d+/)
    const [, said, total, ahead] =
      /(\d+) of (\d+) packets lost between\. The clock of loss\.server\.pcap is ([\d.]+) s ahead/.exec(run.stdout) ?? []
    expect([Number(said), Number(total)]).toEqual([lost.length, packets.length])
    expect(Number(ahead)).toBeCloseTo(3.7, 3)
  })
  it.each(['svg', 'html', 'mermaid', 'plantuml', 'png', 'pdf'])('writes %s, the same bytes each time', async (format) => {
    const draw = () =>
      commandLine('diagram', `${FOLDER}/gateway.client.pcap`, '--with', `${FOLDER}/gateway.server.pcap`, '--format', format)
    const [one, two] = [await draw(), await draw()]
    expect([one.status, one.stderr]).toEqual([0, ''])
    expect(one.bytes.length).toBeGreaterThan(1000)
    expect(Buffer.compare(one.bytes, two.bytes)).toBe(0)
  })
  it('says that the second file does not have the connection', async () => {
    const run = await commandLine('diagram', `${FOLDER}/loss.client.pcap`, '--with', `${FOLDER}/uneven.server.pcap`)
    expect([run.status, run.stderr]).toEqual([
      1,
      expect.stringContaining('uneven.server.pcap does not have TCP stream 0 of test/captures/both-ends/loss.client.pcap') as string,
    ])
  })
  it('does not go with --pair', async () => {
    const run = await commandLine(
      'diagram',
      `${FOLDER}/loss.client.pcap`,
      '--with',
      `${FOLDER}/loss.server.pcap`,
      '--pair',
      '10.0.0.1,10.0.0.2',
    )
    expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('--with goes with --stream N') as string])
  })
})
