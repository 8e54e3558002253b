// Decode As through the service: rules of the settings, what a packet suggests, and dissecting anew while captures are open.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startEngine, type EngineHarness } from '../../../support/engine-harness'
import { NO_TSHARK, tshark, tsharkVersion } from '../../../support/tshark'

const file = path.join(import.meta.dirname, '../../../../resources/samples/page-load.pcapng')

async function matching(engine: EngineHarness, captureId: number, text: string): Promise<number> {
  return (await engine.client.call('filter.count', { captureId, text })).matched
}

async function indexed(engine: EngineHarness, captureId: number): Promise<void> {
  for (;;) {
    const { state, packets } = await engine.client.call('capture.info', { captureId })
    if (state === 'complete' && packets === 406) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

it.skipIf(tsharkVersion === undefined)(
  `a port is read as another protocol, as tshark -d reads it${tsharkVersion ? '' : ` (${NO_TSHARK})`}`,
  async () => {
    const engine = startEngine()
    engine.files.set('page.pcapng', readFileSync(file))
    const { captureId } = await engine.open('page.pcapng')
    await engine.client.call('packet.mark', { captureId, numbers: [37], on: true })
    await engine.client.call('filter.apply', { captureId, text: 'http' })
    expect(await matching(engine, captureId, 'telnet')).toBe(0)
    const rule = { table: 'tcp.port', key: 80, protocol: 'telnet' }
    await engine.client.call('settings.set', {
      settings: { decodeAs: [rule, { table: 'tcp.port', key: 81, protocol: 'no-such-protocol' }] },
    })
    await engine.client.call('capture.redissect', {})
    await indexed(engine, captureId)
    expect(await engine.client.call('capture.info', { captureId })).toMatchObject({ marked: 1, filter: '', shown: 406 })
    const theirs = tshark(['-n', '-r', file, '-d', 'tcp.port==80,telnet', '-Y', 'telnet'])
    expect(await matching(engine, captureId, 'telnet')).toBe(theirs.stdout.split('\n').filter((line) => line !== '').length)
    expect((await engine.client.call('packet.get', { captureId, number: 37, resolveNames: false })).protocol).toBe('TELNET')
    await engine.client.call('settings.set', { settings: { decodeAs: [] } })
    await engine.client.call('capture.redissect', {})
    await indexed(engine, captureId)
    expect(await matching(engine, captureId, 'telnet')).toBe(0)
  },
)

it('a packet suggests the keys by which its layers were chosen', async () => {
  const engine = startEngine()
  engine.files.set('page.pcapng', readFileSync(file))
  const { captureId } = await engine.open('page.pcapng')
  const { suggested, protocols, tables } = await engine.client.call('decodeAs.options', { packet: { captureId, number: 37 } })
  expect(suggested).toEqual(
    expect.arrayContaining([
      { table: 'tcp.port', key: 80, protocol: 'http' },
      { table: 'ip.proto', key: 6, protocol: 'tcp' },
      { table: 'ethertype', key: 0x0800, protocol: 'ip' },
    ]),
  )
  expect(protocols.map(({ name }) => name)).toContain('telnet')
  expect(tables.map(({ name }) => name)).toContain('udp.port')
  await expect(engine.client.call('decodeAs.options', { packet: { captureId, number: 5000 } })).rejects.toThrow()
})
