import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startEngine, type EngineHarness } from '../../../support/engine-harness'
import { pcapFile, udpDatagram } from '../../../support/pcap-builder'

const sample = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../../resources/samples/page-load.pcapng')))

async function cells(engine: EngineHarness, captureId: number, resolveNames: boolean): Promise<string[]> {
  const { rows } = await engine.client.call('rows.get', {
    captureId,
    first: 0,
    count: 500,
    columns: ['source', 'destination'],
    time: { kind: 'relative', precision: 'auto' },
    resolveNames,
    colorize: false,
  })
  return rows.flatMap((row) => row.cells)
}

/** A pcapng file with a Name Resolution Block and one packet, little-endian. */
function withNames(records: readonly (readonly [address: Uint8Array, name: string])[], packet: Uint8Array): Uint8Array {
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
    const head = Buffer.alloc(8)
    head.writeUInt32LE(type, 0)
    head.writeUInt32LE(padded.length + 12, 4)
    return Buffer.concat([head, padded, head.subarray(4, 8)])
  }
  const words = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer)
  const names = records.map(([address, name]) => {
    const value = Buffer.concat([address, Buffer.from(`${name}\0`)])
    const head = Buffer.alloc(4)
    head.writeUInt16LE(address.length === 4 ? 1 : 2, 0)
    head.writeUInt16LE(value.length, 2)
    return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
  })
  return new Uint8Array(
    Buffer.concat([
      block(0x0a0d0d0a, words(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff)),
      block(1, words(1, 0)),
      block(4, Buffer.concat([...names, words(0)])),
      block(6, Buffer.concat([words(0, 0, 0, packet.length, packet.length), packet])),
    ]),
  )
}

describe('names of addresses', () => {
  it('come from the DNS answers of the capture, when they are wanted', async () => {
    const engine = startEngine()
    engine.files.set('/x/page.pcapng', sample)
    const { captureId } = await engine.open('/x/page.pcapng')
    const plain = await cells(engine, captureId, false)
    const named = await cells(engine, captureId, true)
    expect(plain.filter((text) => /[g-z]/i.test(text))).toEqual([])
    const names = new Map(
      plain.map((text, index) => [text, named[index] ?? '']).filter(([text, name]) => text !== name) as [string, string][],
    )
    expect(names.size).toBeGreaterThan(0)
    for (const [address, name] of names) {
      expect(address).toMatch(/^[\d.]+$|:/)
      expect(name).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    }
    // A packet's own lines say both.
    const row = plain.findIndex((text) => names.has(text))
    const number = Math.floor(row / 2) + 1
    const { tree } = await engine.client.call('packet.get', { captureId, number, resolveNames: true })
    const [address, name] = [...names].find(([one]) => one === plain[row]) ?? ['', '']
    expect(
      tree
        .filter((line) => line.value === address)
        .map((line) => line.label)
        .join('\n'),
    ).toContain(`${address} (${name})`)
  })

  it('come from Name Resolution Blocks, and control characters in them are shown escaped', async () => {
    const engine = startEngine()
    engine.files.set(
      '/x/names.pcapng',
      withNames(
        [
          [Uint8Array.of(10, 0, 0, 1), 'host.example'],
          [Uint8Array.of(10, 0, 0, 2), 'evil\u202e\u0007'],
        ],
        udpDatagram(1, 2, 9, new Uint8Array(1)),
      ),
    )
    const { captureId } = await engine.open('/x/names.pcapng')
    expect(await cells(engine, captureId, true)).toEqual(['host.example', 'evil\\u202e\\a'])
  })

  it('are not there when the capture has none', async () => {
    const engine = startEngine()
    engine.files.set('/x/a.pcap', pcapFile([{ bytes: udpDatagram(1, 2, 9, new Uint8Array(1)) }]))
    const { captureId } = await engine.open('/x/a.pcap')
    expect(await cells(engine, captureId, true)).toEqual(['10.0.0.1', '10.0.0.2'])
  })
})
