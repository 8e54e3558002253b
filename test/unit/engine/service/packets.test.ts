import { describe, expect, it } from 'vitest'
import { startEngine, type EngineHarness } from '../../../support/engine-harness'
import { arpRequest, pcapFile, udpDatagram } from '../../../support/pcap-builder'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { saveCapture } from '../../../../src/engine/capture/save-capture'

const file = pcapFile([
  { bytes: arpRequest(1, 2), seconds: 1 },
  { bytes: udpDatagram(1, 2, 9999, new TextEncoder().encode('Hello \u202e\u0007 World')), seconds: 2 },
  { bytes: arpRequest(1, 3), seconds: 4 },
  { bytes: udpDatagram(2, 1, 9999, new TextEncoder().encode('needle')), seconds: 9 },
])

async function opened(bytes: Uint8Array = file): Promise<{ engine: EngineHarness; captureId: number }> {
  const engine = startEngine()
  engine.files.set('/x/a.pcap', bytes)
  const { captureId } = await engine.open('/x/a.pcap')
  return { engine, captureId }
}

describe('one packet', () => {
  it('is a tree whose rows point at bytes, with its layers and its bytes', async () => {
    const { engine, captureId } = await opened()
    const detail = await engine.client.call('packet.get', { captureId, number: 1, resolveNames: false })
    expect(detail).toMatchObject({ number: 1, protocol: 'ARP', protocolClass: 'arp', comments: [] })
    expect(detail.sources).toEqual([{ name: 'Frame', bytes: Buffer.from(arpRequest(1, 2)).toString('base64') }])
    expect(detail.layers.map(({ protocol, short, start, end }) => [protocol, short, start, end])).toEqual([
      ['eth', 'Ethernet', 0, 14],
      ['arp', 'ARP', 14, 42],
    ])
    const opcode = detail.tree.find((row) => row.field === 'arp.opcode')
    expect(opcode).toMatchObject({
      depth: 1,
      label: expect.stringContaining('equest (1)') as string,
      value: '1',
      filter: 'arp.opcode == 1',
      source: 0,
      start: 20,
      end: 22,
      generated: false,
      protocol: 'arp',
      parent: false,
      frame: 0,
    })
    const roots = detail.tree.filter((row) => row.depth === 0)
    expect(roots.map((row) => [row.field, row.parent])).toEqual([
      ['frame', true],
      ['eth', true],
      ['arp', true],
    ])
    for (const row of detail.tree) if (row.generated) expect(row.label).toMatch(/^\[.*\]$/s)
  })

  it('that does not exist is refused with how many there are', async () => {
    const { engine, captureId } = await opened()
    await expect(engine.client.call('packet.get', { captureId, number: 5, resolveNames: false })).rejects.toMatchObject({
      code: 'rpc/bad-argument',
      message: expect.stringContaining('4 are loaded') as string,
    })
    await expect(engine.client.call('packet.setComments', { captureId, number: 5, comments: [] })).rejects.toMatchObject({
      code: 'rpc/bad-argument',
    })
  })

  it('that is ignored shows its bytes and nothing else, and is in no search or filter', async () => {
    const { engine, captureId } = await opened()
    expect(await engine.client.call('packet.ignore', { captureId, numbers: [1], on: true })).toMatchObject({ ignored: 1, dirty: false })
    const detail = await engine.client.call('packet.get', { captureId, number: 1, resolveNames: false })
    expect([detail.tree, detail.layers, detail.info, detail.sources.length]).toEqual([[], [], '<Ignored>', 1])
    const { rows } = await engine.client.call('rows.get', {
      captureId,
      first: 0,
      count: 1,
      columns: ['number', 'source', 'info'],
      time: { kind: 'relative', precision: 'auto' },
      resolveNames: false,
      colorize: true,
    })
    expect(rows[0]).toMatchObject({ cells: ['1', '', '<Ignored>'], ignored: true })
    expect((await engine.client.call('filter.apply', { captureId, text: 'arp' })).shown).toBe(1)
  })

  it('is copied as tree, bytes, summary or JSON', async () => {
    const { engine, captureId } = await opened()
    const text = (format: 'summary' | 'tree' | 'hex' | 'json', numbers: number[]): Promise<string> =>
      engine.client.call('packet.text', { captureId, numbers, format }).then((answer) => answer.text)
    expect(await text('hex', [4])).toContain('0020  00 01 03 e8 27 0f 00 0e  00 00 6e 65 65 64 6c 65'.replace('  00 00 6e', ' 00 00 6e'))
    expect((await text('summary', [1, 4, 99])).split('\n')).toHaveLength(3)
    expect(await text('tree', [1])).toMatch(/^Frame 1.*\n( {4}.*\n)+/)
    expect(JSON.parse(await text('json', [1, 2]))).toMatchObject([{ number: 1, layers: { arp: { 'arp.opcode': '1' } } }, { number: 2 }])
  })
})

describe('marks', () => {
  it('are set one by one, for all that is displayed, and taken away', async () => {
    const { engine, captureId } = await opened()
    const mark = (numbers: number[] | 'displayed' | 'none', on: boolean): Promise<number> =>
      engine.client.call('packet.mark', { captureId, numbers, on }).then((info) => info.marked)
    expect(await mark([2, 3, 77], true)).toBe(2)
    expect(await mark([3], false)).toBe(1)
    await engine.client.call('filter.apply', { captureId, text: 'arp' })
    expect(await mark('displayed', true)).toBe(3)
    expect(await mark('none', false)).toBe(0)
  })
})

describe('comments', () => {
  it('are changed, counted and make the capture dirty until it is saved', async () => {
    const { engine, captureId } = await opened()
    const info = await engine.client.call('packet.setComments', { captureId, number: 2, comments: ['first', '', 'second'] })
    expect(info).toMatchObject({ commented: 1, dirty: true })
    expect((await engine.client.call('packet.get', { captureId, number: 2, resolveNames: false })).comments).toEqual(['first', 'second'])
    await engine.client.call('capture.save', {
      captureId,
      path: '/x/b.pcapng',
      format: 'pcapng',
      scope: { what: 'all' },
      keepComments: true,
      keepSecrets: false,
      overwrite: false,
    })
    expect((await engine.client.call('capture.info', { captureId })).dirty).toBe(false)
    expect(await engine.client.call('packet.setComments', { captureId, number: 2, comments: [] })).toMatchObject({
      commented: 0,
      dirty: true,
    })
  })

  it('come back from the saved file', async () => {
    const { engine, captureId } = await opened()
    await engine.client.call('packet.setComments', { captureId, number: 3, comments: ['line one\nline two'] })
    await engine.client.call('capture.save', {
      captureId,
      path: '/x/b.pcapng',
      format: 'pcapng',
      scope: { what: 'all' },
      keepComments: true,
      keepSecrets: false,
      overwrite: false,
    })
    engine.files.set('/x/b.pcapng', engine.saved.get('/x/b.pcapng') ?? new Uint8Array(0))
    const again = await engine.open('/x/b.pcapng')
    expect(again).toMatchObject({ packets: 4, commented: 1, dirty: false })
    expect((await engine.client.call('packet.get', { captureId: again.captureId, number: 3, resolveNames: false })).comments).toEqual([
      'line one\nline two',
    ])
    const { rows } = await engine.client.call('rows.get', {
      captureId: again.captureId,
      first: 2,
      count: 1,
      columns: ['comment'],
      time: { kind: 'relative', precision: 'auto' },
      resolveNames: false,
      colorize: false,
    })
    expect(rows[0]).toMatchObject({ cells: ['line one\\nline two'], commented: true })
    await engine.client.call('capture.save', {
      captureId: again.captureId,
      path: '/x/c.pcapng',
      format: 'pcapng',
      scope: { what: 'all' },
      keepComments: false,
      keepSecrets: false,
      overwrite: false,
    })
    engine.files.set('/x/c.pcapng', engine.saved.get('/x/c.pcapng') ?? new Uint8Array(0))
    expect((await engine.open('/x/c.pcapng')).commented).toBe(0)
  })
})

describe('saving', () => {
  const save = (engine: EngineHarness, captureId: number, path: string, scope: object, overwrite = false): Promise<{ packets: number }> =>
    engine.client.call('capture.save', {
      captureId,
      path,
      format: 'pcap',
      scope: { what: 'all', ...scope },
      keepComments: true,
      keepSecrets: false,
      overwrite,
    })

  it('writes the same file again, or the packets that were chosen', async () => {
    const { engine, captureId } = await opened()
    await save(engine, captureId, '/x/all.pcap', {})
    expect(Buffer.from(engine.saved.get('/x/all.pcap') ?? []).equals(Buffer.from(file))).toBe(true)
    await engine.client.call('packet.mark', { captureId, numbers: [1, 4], on: true })
    await engine.client.call('packet.ignore', { captureId, numbers: [4], on: true })
    await engine.client.call('filter.apply', { captureId, text: 'arp' })
    expect((await save(engine, captureId, '/x/1', { what: 'displayed' })).packets).toBe(2)
    expect((await save(engine, captureId, '/x/2', { what: 'marked' })).packets).toBe(2)
    expect((await save(engine, captureId, '/x/3', { what: 'marked', dropIgnored: true })).packets).toBe(1)
    expect((await save(engine, captureId, '/x/4', { what: 'range', range: '2-' })).packets).toBe(3)
    expect((await save(engine, captureId, '/x/5', { what: 'selected', range: '3' })).packets).toBe(1)
    expect((await save(engine, captureId, '/x/6', { dropIgnored: true })).packets).toBe(3)
  })

  it('refuses what cannot be meant, and a file that exists', async () => {
    const { engine, captureId } = await opened()
    await expect(save(engine, captureId, '/x/a', { what: 'marked' })).rejects.toMatchObject({ code: 'export/unsupported' })
    await expect(save(engine, captureId, '/x/a', { what: 'range', range: '9-1' })).rejects.toMatchObject({ code: 'rpc/bad-argument' })
    await save(engine, captureId, '/x/a', {})
    await expect(save(engine, captureId, '/x/a', {})).rejects.toMatchObject({ code: 'io/exists' })
    await save(engine, captureId, '/x/a', {}, true)
    expect(engine.log).toEqual([])
  })

  it('that fails loses nothing: the old file stays and the work is still there', async () => {
    const { engine, captureId } = await opened()
    await save(engine, captureId, '/x/a', {})
    const before = engine.saved.get('/x/a')
    await engine.client.call('packet.setComments', { captureId, number: 1, comments: ['kept'] })
    engine.failWrites = true
    await expect(save(engine, captureId, '/x/a', {}, true)).rejects.toMatchObject({ code: 'io/no-space' })
    expect(engine.saved.get('/x/a')).toBe(before)
    expect(await engine.client.call('capture.info', { captureId })).toMatchObject({ dirty: true, commented: 1 })
  })

  it('to pcap stays dirty while comments would be lost', async () => {
    const { engine, captureId } = await opened()
    await engine.client.call('packet.setComments', { captureId, number: 1, comments: ['kept'] })
    await save(engine, captureId, '/x/a', {})
    expect((await engine.client.call('capture.info', { captureId })).dirty).toBe(true)
  })

  it('as a download gives the same bytes under a fitting name', async () => {
    const { engine, captureId } = await opened()
    const answer = await engine.client.call('capture.download', {
      captureId,
      format: 'pcapng',
      scope: { what: 'range', range: '1' },
      keepComments: true,
      keepSecrets: false,
    })
    expect(answer.name).toBe('a-range.pcapng')
    const parts: Uint8Array[] = []
    saveCapture(
      memorySource(new Uint8Array(Buffer.from(answer.bytes, 'base64'))),
      { write: (bytes) => parts.push(bytes.slice()) },
      { format: 'pcap', nanoseconds: false },
    )
    expect(Buffer.concat(parts).equals(Buffer.from(pcapFile([{ bytes: arpRequest(1, 2), seconds: 1 }])))).toBe(true)
  })
})

describe('searching', () => {
  const find = async (what: object, from = 0, backwards = false): Promise<[number, boolean]> => {
    const { engine, captureId } = await opened()
    await engine.client.call('packet.mark', { captureId, numbers: [3], on: true })
    await engine.client.call('packet.setComments', { captureId, number: 2, comments: ['x'] })
    const { number, wrapped } = await engine.client.call('rows.search', { captureId, from, backwards, what: what as { kind: 'marked' } })
    return [number, wrapped]
  }

  it('finds text and bytes, forwards and backwards, round the end', async () => {
    expect(await find({ kind: 'string', text: 'NEEDLE', where: 'bytes', matchCase: false })).toEqual([4, false])
    expect(await find({ kind: 'string', text: 'NEEDLE', where: 'bytes', matchCase: true })).toEqual([0, false])
    expect(await find({ kind: 'hex', text: '6e 65:65-64' })).toEqual([4, false])
    expect(await find({ kind: 'hex', text: '6e6565' }, 4)).toEqual([4, true])
    expect(await find({ kind: 'string', text: 'opcode', where: 'tree', matchCase: false }, 1)).toEqual([3, false])
    expect(await find({ kind: 'string', text: 'opcode', where: 'tree', matchCase: false }, 1, true)).toEqual([3, true])
    expect(await find({ kind: 'regex', text: '^10\\.0\\.0\\.2$', where: 'list', matchCase: false }, 2)).toEqual([4, false])
    expect(await find({ kind: 'filter', text: 'udp' }, 2)).toEqual([4, false])
    expect(await find({ kind: 'marked' }, 3)).toEqual([3, true])
    expect(await find({ kind: 'comment' }, 4, true)).toEqual([2, false])
    expect(await find({ kind: 'time-reference' })).toEqual([0, false])
    expect(await find({ kind: 'conversation' }, 2)).toEqual([2, true])
    expect(await find({ kind: 'conversation' }, 1, true)).toEqual([3, true])
  })

  it('says what is wrong with what to look for', async () => {
    for (const what of [
      { kind: 'hex', text: '4' },
      { kind: 'hex', text: '' },
      { kind: 'regex', text: '(', where: 'list', matchCase: false },
      { kind: 'string', text: '', where: 'list', matchCase: false },
    ]) {
      await expect(find(what)).rejects.toMatchObject({ code: 'rpc/bad-argument' })
    }
    await expect(find({ kind: 'filter', text: 'no.such.field' })).rejects.toMatchObject({ code: 'filter/unknown-field' })
  })
})

describe('the overview', () => {
  it('counts packets by class over time', async () => {
    const { engine, captureId } = await opened()
    const all = await engine.client.call('overview.get', { captureId, buckets: 4, fromNs: null, toNs: null })
    expect([all.fromNs, all.toNs]).toEqual([0, 8e9])
    expect(all.buckets.map(({ counts, firstPacket }) => [counts.reduce((a, b) => a + b), firstPacket])).toEqual([
      [2, 1],
      [1, 3],
      [0, 0],
      [1, 4],
    ])
    expect(all.buckets.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(42 + 58 + 42 + 48)
    const part = await engine.client.call('overview.get', { captureId, buckets: 1, fromNs: 1e9, toNs: 3e9 })
    expect(part.buckets[0]).toMatchObject({ firstPacket: 2 })
  })

  it('maps the displayed list', async () => {
    const { engine, captureId } = await opened()
    const { classes } = await engine.client.call('overview.map', { captureId, samples: 100 })
    expect(classes).toHaveLength(4)
    expect(classes[0]).toBe(classes[2])
    expect((await engine.client.call('overview.map', { captureId, samples: 2 })).classes).toHaveLength(2)
  })
})

describe('what the user does to packets', () => {
  it('is in their frame fields', async () => {
    const { engine, captureId } = await opened()
    const fields = async (): Promise<Record<string, string>> => {
      const { tree } = await engine.client.call('packet.get', { captureId, number: 3, resolveNames: false })
      return Object.fromEntries(
        tree
          .filter((row) => /^frame\.(marked|time_relative|time_delta_displayed|ref_time|comment)$/.test(row.field))
          .map((row) => [row.field, row.value]),
      )
    }
    expect(await fields()).toEqual({
      'frame.marked': '0',
      'frame.time_relative': '3.000000000',
      'frame.time_delta_displayed': '2.000000000',
    })
    await engine.client.call('packet.mark', { captureId, numbers: [3], on: true })
    await engine.client.call('packet.timeReference', { captureId, number: 2, on: true })
    await engine.client.call('packet.setComments', { captureId, number: 3, comments: ['look'] })
    await engine.client.call('filter.apply', { captureId, text: 'arp' })
    expect(await fields()).toEqual({
      'frame.marked': '1',
      'frame.time_relative': '2.000000000',
      'frame.time_delta_displayed': '3.000000000',
      'frame.comment': 'look',
    })
    await engine.client.call('packet.timeReference', { captureId, number: 3, on: true })
    expect(await fields()).toMatchObject({ 'frame.time_relative': '0.000000000', 'frame.ref_time': '3' })
  })
})
