// Live capture through the engine, on this machine's loopback: what the page sees while it runs, and what is left afterwards.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loopback, sendDatagrams, startLiveEngine, until, type LiveEngine } from '../../../support/live-engine'

const asking = startLiveEngine(tmpdir())
const { permitted } = await asking.client.call('live.diagnose', {})
const skipped = permitted ? '' : ' (skipped: this user may not capture)'

let folder: string
let engine: LiveEngine
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-live-test-'))
  engine = startLiveEngine(folder)
})
afterEach(async () => {
  await engine.client.call('live.stop', {}).catch(() => undefined)
  engine.service.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const spoolFiles = (): string[] => (existsSync(join(folder, 'captures')) ? readdirSync(join(folder, 'captures')) : [])

async function packetsOf(captureId: number): Promise<number> {
  return (await engine.client.call('capture.info', { captureId })).packets
}

describe.skipIf(!permitted)(`a running capture${skipped}`, () => {
  it('shows packets as they come, and a filter keeps up', async () => {
    const { info, live } = await engine.client.call('live.start', loopback('udp port 46101'))
    expect(live).toMatchObject({
      running: true,
      captureId: info.captureId,
      path: '',
      interfaces: [{ name: 'lo', filter: 'udp port 46101' }],
    })
    expect(info.name).toMatch(/^lo-\d{8}-\d{6}\.pcapng$/)
    await sendDatagrams(46_101, 5)
    await until('5 packets are there', async () => (await packetsOf(info.captureId)) === 5)
    await engine.client.call('filter.apply', { captureId: info.captureId, text: 'udp.length > 200' })
    await sendDatagrams(46_101, 3, 300)
    await until('the filter shows 3 of 8', async () => {
      const { packets, shown } = await engine.client.call('capture.info', { captureId: info.captureId })
      return packets === 8 && shown === 3
    })
    const ended = await engine.client.call('live.stop', {})
    expect(ended).toMatchObject({ running: false, packets: 8, problem: null, interfaces: [{ dropped: 0 }] })
    await until(
      'the file is complete',
      async () => (await engine.client.call('capture.info', { captureId: info.captureId })).state === 'complete',
    )
  })

  it('counts packets and drops every second', async () => {
    await engine.client.call('live.start', loopback('udp port 46102'))
    await sendDatagrams(46_102, 50)
    const counted = await until('a second has passed', () => engine.told.find((state) => state.packets === 50))
    expect(counted).toMatchObject({ running: true, droppedPerSecond: 0, interfaces: [{ name: 'lo', dropped: 0 }] })
    expect(counted.packetsPerSecond).toBeGreaterThan(0)
  })

  it('is saved while it runs, and goes on', async () => {
    const { info } = await engine.client.call('live.start', loopback('udp port 46103'))
    await sendDatagrams(46_103, 4)
    await until('4 packets', async () => (await packetsOf(info.captureId)) === 4)
    const path = join(folder, 'part.pcapng')
    const saved = await engine.client.call('capture.save', {
      captureId: info.captureId,
      path,
      format: 'pcapng',
      scope: { what: 'all' },
      keepComments: true,
      keepSecrets: true,
      overwrite: false,
    })
    expect(saved.packets).toBe(4)
    expect(await engine.client.call('capture.info', { captureId: info.captureId })).toMatchObject({ dirty: false })
    await sendDatagrams(46_103, 2)
    await until('2 more, which are not saved', async () => {
      const now = await engine.client.call('capture.info', { captureId: info.captureId })
      return now.packets === 6 && now.dirty
    })
  })

  it('starts again with nothing of before', async () => {
    const { info } = await engine.client.call('live.start', loopback('udp port 46104'))
    await sendDatagrams(46_104, 3)
    await until('3 packets', async () => (await packetsOf(info.captureId)) === 3)
    const again = await engine.client.call('live.restart', {})
    expect(again.live).toMatchObject({ running: true, packets: 0 })
    await sendDatagrams(46_104, 1)
    await until('1 packet', async () => (await packetsOf(again.info.captureId)) === 1)
    await expect(packetsOf(info.captureId)).rejects.toMatchObject({ code: 'capture/not-open' })
    expect(spoolFiles().filter((name) => name.endsWith('.pcapng'))).toHaveLength(1)
  })

  it('is ended and removed by closing it', async () => {
    const { info } = await engine.client.call('live.start', loopback('udp port 46105'))
    await engine.client.call('capture.close', { captureId: info.captureId })
    expect((await engine.client.call('live.state', {})).live).toMatchObject({ running: false })
    expect(spoolFiles()).toEqual([])
  })

  it('stops by itself at what it was to get', async () => {
    const { info } = await engine.client.call('live.start', loopback('udp port 46106', { stop: { packets: 2 } }))
    await sendDatagrams(46_106, 6)
    await until('it has ended', () => engine.told.some((state) => !state.running))
    await until('2 packets', async () => (await packetsOf(info.captureId)) === 2)
  })

  it('goes through the files of a ring, the newest in front', async () => {
    const path = join(folder, 'ring.pcapng')
    await engine.client.call('live.start', loopback('udp port 46107', { path, ring: { packets: 3, files: 2 } }))
    await sendDatagrams(46_107, 8)
    await engine.client.call('live.stop', {})
    const { live } = await engine.client.call('live.state', {})
    expect(live?.path).toMatch(/ring_00003_\d+\.pcapng$/)
    await until('the last file is in front', async () => (await packetsOf(live?.captureId ?? 0)) === 2)
    const files = readdirSync(folder).filter((name) => name.startsWith('ring'))
    expect(files.map((name) => name.slice(0, 10)).sort()).toEqual(['ring_00002', 'ring_00003'])
  })

  it('refuses to run twice at once, or over a file that is there', async () => {
    writeFileSync(join(folder, 'mine.pcapng'), 'mine')
    await expect(engine.client.call('live.start', loopback('', { path: join(folder, 'mine.pcapng') }))).rejects.toMatchObject({
      code: 'io/exists',
    })
    await engine.client.call('live.start', loopback('udp port 46108'))
    await expect(engine.client.call('live.start', loopback(''))).rejects.toMatchObject({ code: 'live/running' })
  })

  it('says what is wrong, and leaves nothing behind', async () => {
    const wrong = async (changes: object): Promise<unknown> => {
      const request = loopback('')
      return engine.client
        .call('live.start', { ...request, interfaces: request.interfaces.map((one) => ({ ...one, ...changes })) })
        .catch((error: unknown) => error)
    }
    expect(await wrong({ name: 'nosuch0' })).toMatchObject({
      code: 'live/no-interface',
      message: expect.stringContaining('"nosuch0"') as string,
    })
    expect(await wrong({ filter: 'tcp prot 80' })).toMatchObject({
      code: 'live/filter',
      message: expect.stringContaining('tcp prot 80') as string,
    })
    expect(spoolFiles()).toEqual([])
    expect((await engine.client.call('live.state', {})).live).toBeNull()
  })
})

describe('questions', () => {
  it('lists interfaces, counters and link types', async () => {
    const { interfaces } = await engine.client.call('live.interfaces', {})
    expect(interfaces.find((one) => one.name === 'lo')).toMatchObject({
      loopback: true,
      up: true,
      addresses: expect.arrayContaining(['127.0.0.1']) as string[],
    })
    const before = (await engine.client.call('live.counters', {})).packets['lo'] ?? 0
    await sendDatagrams(46_120, 10)
    expect((await engine.client.call('live.counters', {})).packets['lo']).toBeGreaterThanOrEqual(before + 10)
  })

  it.skipIf(!permitted)(`asks libpcap about a capture filter${skipped}`, async () => {
    expect(await engine.client.call('live.checkFilter', { filter: 'tcp port 443', linkType: '' })).toEqual({ problem: null })
    expect((await engine.client.call('live.checkFilter', { filter: 'tcp.port 443', linkType: '' })).problem).toContain('syntax error')
    expect((await engine.client.call('live.checkFilter', { filter: 'host nosuch.invalid', linkType: '' })).problem).toContain(
      'nosuch.invalid',
    )
  })
})
