// Statistics through the service, on the recording of a page load; what tshark can tell is held against it.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startEngine } from '../../../support/engine-harness'
import { NO_TSHARK, tshark, tsharkVersion } from '../../../support/tshark'

const file = path.join(import.meta.dirname, '../../../../resources/samples/page-load.pcapng')

async function openPageLoad() {
  const engine = startEngine()
  engine.files.set('page.pcapng', readFileSync(file))
  const { captureId } = await engine.open('page.pcapng')
  return { ...engine, captureId }
}

function counted(filter: string, ...options: string[]): number {
  return tshark(['-n', ...options, '-r', file, '-Y', filter])
    .stdout.split('\n')
    .filter((line) => line !== '').length
}

it.skipIf(tsharkVersion === undefined)(
  `protocols, lengths and expert items add up to what tshark counts${tsharkVersion ? '' : ` (${NO_TSHARK})`}`,
  async () => {
    const { client, captureId } = await openPageLoad()
    const { packets, hierarchy, lengths, expert } = await client.call('statistics.read', { captureId, scope: 'all' })
    expect(packets).toBe(406)
    for (const name of ['arp', 'udp', 'dns', 'tcp']) {
      const rows = hierarchy.filter((row) => row.name === name)
      expect([name, rows.reduce((sum, { frames }) => sum + frames, 0)]).toEqual([name, counted(name)])
    }
    expect(lengths.find(({ from }) => from === 80)?.packets).toBe(counted('frame.len >= 80 && frame.len < 160'))
    const fin = expert.find(({ field }) => field === 'tcp.connection.fin')
    expect(fin).toMatchObject({ level: 1, protocol: 'TCP', count: counted('tcp.connection.fin') })
  },
)

it('counts what the filter shows, without the packets that are ignored', async () => {
  const { client, captureId } = await openPageLoad()
  await client.call('filter.apply', { captureId, text: 'dns' })
  expect(await client.call('statistics.read', { captureId, scope: 'displayed' })).toMatchObject({ packets: 64 })
  await client.call('packet.ignore', { captureId, numbers: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11], on: true })
  const { hierarchy, packets } = await client.call('statistics.read', { captureId, scope: 'displayed' })
  expect(hierarchy.filter(({ name }) => name === 'dns').reduce((sum, { frames }) => sum + frames, 0)).toBe(packets)
  expect(packets).toBeLessThan(64)
})

it('packets over time end where the capture ends, whatever the interval', async () => {
  const { client, captureId } = await openPageLoad()
  for (const interval of [1, 1e6, 1e9, 1e12]) {
    const { series } = await client.call('statistics.io', {
      captureId,
      series: [
        { filter: '', unit: 'packets' },
        { filter: 'dns', unit: 'bytes' },
      ],
      interval,
      range: null,
    })
    expect(series[0]?.values.reduce((sum, value) => sum + value, 0)).toBe(406)
    expect(series[1]).toMatchObject({ packets: 64 })
    expect(series[1]?.values.reduce((sum, value) => sum + value, 0)).toBe(6396)
  }
  await expect(
    client.call('statistics.io', { captureId, series: [{ filter: 'tcp.prt', unit: 'packets' }], interval: 1e6, range: null }),
  ).rejects.toThrow('tcp.prt')
})

it.skipIf(tsharkVersion === undefined)(`health says what the capture proves${tsharkVersion ? '' : ` (${NO_TSHARK})`}`, async () => {
  const { client, captureId } = await openPageLoad()
  const { findings } = await client.call('statistics.health', { captureId })
  const of = (subject: string) => findings.find((finding) => finding.subject === subject)
  expect(of('handshakes')).toMatchObject({ verdict: 'proof', total: 16 })
  expect(of('one-way')).toMatchObject({ verdict: 'proof' })
  expect(of('cut')).toMatchObject({ verdict: 'proof', total: 406 })
  expect(of('clock')).toMatchObject({ verdict: 'proof' })
  expect(of('oversize')).toMatchObject({ verdict: 'limit', count: counted('frame.len > 1518') })
  // recorded on one of two machines behind a virtual cable: no card ever fills the checksums in
  const bad = counted('tcp.checksum.status == "Bad"', '-o', 'tcp.check_checksum:TRUE')
  expect((of('offload')?.count ?? 0) + (of('checksums')?.count ?? 0)).toBe(bad)
  expect(of('offload')).toMatchObject({ verdict: 'limit', count: bad })
})

it('a capture that begins in the middle, one way, cut and with a clock that goes back is told apart', async () => {
  const engine = startEngine()
  const whole = readFileSync(path.join(import.meta.dirname, '../../../captures/tcp-states/client-closes.pcap'))
  const records: Buffer[] = []
  for (let at = 24; at < whole.length;) {
    const length = whole.readUInt32LE(at + 8)
    records.push(whole.subarray(at, at + 16 + length))
    at += 16 + length
  }
  // what the client sent after its SYN, the second of these a second too early
  const client = records.filter((record) => record.length > 16 + 34 && record.readUInt16BE(16 + 12) === 0x0800)
  const source = client[0]?.readUInt32BE(16 + 26)
  const sent = client
    .filter((record) => record.readUInt32BE(16 + 26) === source)
    .slice(1)
    .map((record) => Buffer.from(record))
  const second = sent[1]
  second?.writeUInt32LE(second.readUInt32LE(0) - 1, 0)
  const third = sent[2]
  third?.writeUInt32LE(third.readUInt32LE(12) + 500, 12)
  engine.files.set('half.pcap', Buffer.concat([whole.subarray(0, 24), ...sent]))
  const { captureId } = await engine.open('half.pcap')
  const { findings } = await engine.client.call('statistics.health', { captureId })
  const limits = findings.filter(({ verdict }) => verdict === 'limit').map(({ subject, count, frames }) => ({ subject, count, frames }))
  expect(limits).toEqual(
    expect.arrayContaining([
      { subject: 'handshakes', count: 1, frames: [1] },
      { subject: 'one-way', count: 1, frames: [1] },
      { subject: 'cut', count: 1, frames: [3] },
      { subject: 'clock', count: 1, frames: [2] },
    ]),
  )
})
