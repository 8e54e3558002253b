import { describe, expect, it } from 'vitest'
import type { GrowingSource } from '../../../../src/engine/service'
import { startEngine } from '../../../support/engine-harness'
import { arpRequest, pcapFile, udpDatagram } from '../../../support/pcap-builder'

const two = pcapFile([
  { bytes: arpRequest(1, 2), seconds: 1_700_000_000, fraction: 5 },
  { bytes: udpDatagram(1, 2, 9999, new Uint8Array(4)), seconds: 1_700_000_001 },
])

/** A source that grows when the test says so. */
function growing(initial: Uint8Array): GrowingSource & { grow(bytes: Uint8Array): void } {
  let bytes = initial
  let complete = false
  let waiting: (() => void)[] = []
  const wake = (): void => {
    for (const one of waiting.splice(0)) one()
  }
  return {
    name: 'growing',
    get size() {
      return bytes.length
    },
    get complete() {
      return complete
    },
    read(target, targetOffset, length, position) {
      const part = bytes.subarray(position, position + length)
      target.set(part, targetOffset)
      return part.length
    },
    close() {
      waiting = []
    },
    whenMore: () =>
      new Promise((resolve) => {
        if (complete) resolve()
        else waiting.push(resolve)
      }),
    stop() {
      complete = true
      wake()
    },
    grow(more) {
      bytes = new Uint8Array(Buffer.concat([bytes, more]))
      wake()
    },
  }
}

describe('opening a capture', () => {
  it('answers with what is known of it, and remembers the file', async () => {
    const engine = startEngine()
    engine.files.set('/x/two.pcap', two)
    const info = await engine.open('/x/two.pcap')
    expect(info).toMatchObject({
      name: 'two.pcap',
      path: '/x/two.pcap',
      size: two.length,
      indexed: two.length,
      packets: 2,
      shown: 2,
      marked: 0,
      state: 'complete',
      firstTimeNs: '1700000000000005000',
      lastTimeNs: '1700000001000000000',
      problem: null,
      filter: '',
      dirty: false,
      hasSecrets: false,
      usesKeys: false,
      interfaces: [{ index: 0, name: null, linkType: 1, linkTypeName: 'Ethernet', packets: 2, dropped: null }],
    })
    expect(engine.recent).toEqual(['/x/two.pcap'])
    expect(engine.events.at(-1)).toMatchObject({ captureId: info.captureId, packets: 2, state: 'complete' })
  })

  it('is refused with the reason when the file is missing or no capture, and the file is closed', async () => {
    const engine = startEngine()
    engine.files.set('/x/text', new TextEncoder().encode('hello, this is text and no capture at all'))
    await expect(engine.open('/x/none')).rejects.toMatchObject({ code: 'io/not-found', where: { file: '/x/none' } })
    await expect(engine.open('/x/text')).rejects.toMatchObject({ code: 'capture/not-a-capture' })
    expect(engine.closed).toEqual(['/x/text'])
    expect(engine.log).toEqual([])
  })

  it('shows what comes before the damage, and where the damage is', async () => {
    const engine = startEngine()
    engine.files.set('/x/cut.pcap', two.subarray(0, two.length - 3))
    const info = await engine.open('/x/cut.pcap')
    expect(info).toMatchObject({
      packets: 1,
      state: 'complete',
      problem: { code: 'pcap/truncated', where: { file: '/x/cut.pcap', packet: 1 } },
    })
  })

  it('works for a capture without packets', async () => {
    const engine = startEngine()
    engine.files.set('/x/empty.pcap', pcapFile([]))
    const info = await engine.open('/x/empty.pcap')
    expect(info).toMatchObject({ packets: 0, firstTimeNs: null, lastTimeNs: null, state: 'complete', problem: null })
    const { captureId } = info
    expect(await engine.client.call('overview.get', { captureId, buckets: 3, fromNs: null, toNs: null })).toMatchObject({
      buckets: [{ bytes: 0 }, {}, {}],
    })
    expect(await engine.client.call('overview.map', { captureId, samples: 5 })).toEqual({ classes: [], problems: [] })
    expect((await engine.client.call('rows.search', { captureId, from: 0, backwards: false, what: { kind: 'marked' } })).number).toBe(0)
    await engine.client.call('rows.find', { captureId, number: 1 })
  })
})

describe('a file that grows', () => {
  it('is shown as it is and followed', async () => {
    const engine = startEngine()
    const source = growing(two)
    engine.files.set('/x/live.pcap', () => source)
    const info = await engine.open('/x/live.pcap')
    expect(info).toMatchObject({ packets: 2, state: 'complete', problem: null })
    source.grow(two.subarray(24))
    await expect.poll(() => engine.events.at(-1)?.packets).toBe(4)
    await engine.client.call('capture.close', { captureId: info.captureId })
  })

  it('is filtered as it grows, also where a filter goes through the streams', async () => {
    const engine = startEngine(),
      // a hundred conversations, packet by packet in turn
      datagrams = (count: number) =>
        pcapFile(
          Array.from({ length: count }, (_unused, index) => ({
            bytes: udpDatagram((index % 100) + 1, 200, 9999, new Uint8Array(4)),
            seconds: 1_700_000_000 + index,
          })),
        ),
      first = datagrams(10_000),
      source = growing(first)
    engine.files.set('/x/live.pcap', () => source)
    const { captureId } = await engine.open('/x/live.pcap')
    await engine.client.call('packet.ignore', { captureId, numbers: [108, 109], on: true })
    const applied = await engine.client.call('filter.apply', { captureId, text: 'udp.stream == 7 || udp.stream == 9' }),
      again = await engine.client.call('filter.apply', { captureId, text: 'udp.stream == 7' })
    expect([applied.shown, again.shown]).toEqual([199, 99])
    source.grow(datagrams(300).subarray(24))
    await expect.poll(() => engine.events.at(-1)).toMatchObject({ packets: 10_300, shown: 102 })
    const { rows } = await engine.client.call('rows.get', {
      captureId,
      first: 0,
      count: 200,
      columns: ['number'],
      time: { kind: 'relative', precision: 'auto' },
      resolveNames: false,
      colorize: false,
    })
    const expected = Array.from({ length: 103 }, (_unused, index) => index * 100 + 8).filter((number) => number !== 108)
    expect(rows.map(({ number }) => number)).toEqual(expected)
    await engine.client.call('capture.close', { captureId })
  })

  it('is taken for damaged when its last record stays incomplete', async () => {
    const engine = startEngine()
    engine.files.set('/x/half.pcap', () => growing(two.subarray(0, two.length - 3)))
    const info = await engine.open('/x/half.pcap')
    expect(info).toMatchObject({ packets: 1, state: 'waiting', problem: null })
    await expect.poll(() => engine.events.at(-1)).toMatchObject({ packets: 1, state: 'complete', problem: { code: 'pcap/truncated' } })
  })

  it('goes on when the rest of a record arrives', async () => {
    const engine = startEngine()
    const source = growing(two.subarray(0, two.length - 3))
    engine.files.set('/x/half.pcap', () => source)
    const info = await engine.open('/x/half.pcap')
    source.grow(two.subarray(two.length - 3))
    await expect.poll(() => engine.events.at(-1)).toMatchObject({ packets: 2, state: 'complete', problem: null })
    await engine.client.call('capture.close', { captureId: info.captureId })
  })
})

describe('stopping, reloading and closing', () => {
  const many = pcapFile(Array.from({ length: 20_000 }, (_unused, index) => ({ bytes: arpRequest(index % 200, 7), seconds: index })))

  it('stops indexing and keeps what was read', async () => {
    const engine = startEngine()
    engine.files.set('/x/many.pcap', many)
    const { captureId } = await engine.client.call('capture.open', { source: { kind: 'path', path: '/x/many.pcap' } })
    const info = await engine.client.call('capture.stop', { captureId })
    const rows = await engine.client.call('rows.get', {
      captureId,
      first: 0,
      count: 1,
      columns: ['number'],
      time: { kind: 'relative', precision: 'auto' },
      resolveNames: false,
      colorize: false,
    })
    expect(rows.rows).toHaveLength(1)
    expect(['cancelled', 'complete']).toContain(info.state)
    expect((await engine.client.call('capture.info', { captureId })).packets).toBe(info.packets)
  })

  it('reads a changed file again from the start', async () => {
    const engine = startEngine()
    engine.files.set('/x/two.pcap', two)
    const before = await engine.open('/x/two.pcap')
    engine.files.set('/x/two.pcap', pcapFile([{ bytes: arpRequest(1, 2) }]))
    const after = await engine.client.call('capture.reload', { captureId: before.captureId })
    expect(after).toMatchObject({ packets: 1, path: '/x/two.pcap' })
    expect(engine.closed).toEqual(['/x/two.pcap'])
    await expect(engine.client.call('capture.info', { captureId: before.captureId })).rejects.toMatchObject({ code: 'capture/not-open' })
  })

  it('refuses to reload what did not come from a file', async () => {
    const engine = startEngine()
    engine.files.set('upload:1', two)
    const { captureId } = await engine.client.call('capture.open', { source: { kind: 'upload', uploadId: 1 } })
    await expect(engine.client.call('capture.reload', { captureId })).rejects.toMatchObject({ code: 'io/closed' })
  })

  it('closes the file, and calls about it are refused from then on', async () => {
    const engine = startEngine()
    engine.files.set('/x/many.pcap', many)
    const { captureId } = await engine.client.call('capture.open', { source: { kind: 'path', path: '/x/many.pcap' } })
    await engine.client.call('capture.close', { captureId })
    expect(engine.closed).toEqual(['/x/many.pcap'])
    await expect(engine.client.call('packet.get', { captureId, number: 1, resolveNames: false })).rejects.toMatchObject({
      code: 'capture/not-open',
    })
    expect(engine.log).toEqual([])
  })
})

describe('the host', () => {
  it('tells a page what it is, what is open and what could not be opened', async () => {
    const engine = startEngine()
    engine.files.set('/x/two.pcap', two)
    await engine.service.openAtStart(['/x/two.pcap', '/x/none.pcap'])
    const info = await engine.client.call('host.info', {})
    expect(info).toMatchObject({
      kind: 'browser',
      version: '9.9.9',
      nativeDialogs: false,
      opened: [{ name: 'two.pcap' }],
      problems: [{ code: 'io/not-found' }],
    })
  })

  it('says so after an engine died', async () => {
    const engine = startEngine()
    engine.service.reportRestart('out of memory')
    expect((await engine.client.call('host.info', {})).problems).toMatchObject([
      { code: 'host/engine-stopped', message: expect.stringContaining('out of memory') as string },
    ])
  })

  it('has dialogs on the desktop alone', async () => {
    const browser = startEngine()
    await expect(browser.client.call('host.openDialog', {})).rejects.toMatchObject({ code: 'host/unsupported' })
    const desktop = startEngine({ kind: 'desktop' })
    expect(await desktop.client.call('host.openDialog', {})).toEqual({ path: '/home/u/chosen.pcap' })
    expect(await desktop.client.call('host.saveDialog', { suggestedName: 'a', format: 'pcap' })).toEqual({ path: '/home/u/a.pcap' })
  })

  it('announces captures and commands that come from outside the page', async () => {
    const engine = startEngine()
    engine.files.set('/x/two.pcap', two)
    const heard: string[] = []
    engine.client.on('capture.opened', ({ name }) => heard.push(name))
    engine.client.on('host.command', ({ command }) => heard.push(command))
    engine.client.on('host.problem', ({ code }) => heard.push(code))
    await engine.service.open(['/x/two.pcap', '/x/none.pcap'])
    engine.service.command('file.open')
    await expect.poll(() => heard).toEqual(['two.pcap', 'io/not-found', 'file.open'])
    expect((await engine.client.call('host.info', {})).problems).toEqual([])
  })

  it('counts the packets of its samples', async () => {
    const engine = startEngine()
    engine.files.set('sample:two', two)
    expect(await engine.client.call('files.samples', {})).toEqual({ samples: [{ id: 'two', file: 'two.pcap', size: 1, packets: 2 }] })
    expect((await engine.client.call('capture.open', { source: { kind: 'sample', id: 'two' } })).path).toBeNull()
  })

  it('keeps settings, and damaged ones count as none', async () => {
    const engine = startEngine({ documents: { 'settings.json': '[1' } })
    expect(await engine.client.call('settings.get', {})).toEqual({ settings: {} })
    await engine.client.call('settings.set', { settings: { theme: 'dark', later: { x: 1 } } })
    expect(await engine.client.call('settings.get', {})).toEqual({ settings: { theme: 'dark', later: { x: 1 } } })
  })

  it('forgets recent files', async () => {
    const engine = startEngine()
    engine.files.set('/x/two.pcap', two)
    await engine.open('/x/two.pcap')
    await engine.client.call('files.forgetRecent', { path: '/x/two.pcap' })
    expect(await engine.client.call('files.recent', {})).toEqual({ files: [] })
  })
})
