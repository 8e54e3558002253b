// The capture helper on this machine's loopback: what each back end writes, how a capture ends, and what the user is told when it cannot be.
import { execFileSync, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCapture } from '../../../src/engine/capture/open'
import type {
  BackendName,
  CaptureEnd,
  CaptureRequest,
  HelperCall,
  HelperCalls,
  HelperMessage,
  InterfaceRequest,
} from '../../../src/node/capture-helper/messages'
import { spawnHelper } from '../../../src/node/live/helper-link'
import { helperScript } from '../../support/live-engine'

const folder = mkdtempSync(join(tmpdir(), 'wireglass-helper-test-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const LO: InterfaceRequest = {
  name: 'lo',
  filter: '',
  promiscuous: true,
  monitor: false,
  snapLength: 262_144,
  bufferMiB: 4,
  linkType: '',
}
let nextFile = 0

function request(changes: Partial<CaptureRequest> = {}): CaptureRequest {
  return { interfaces: [LO], path: join(folder, `c${nextFile++}.pcapng`), backend: 'auto', application: 'Wireglass test', ...changes }
}

const talks: Talk[] = []
afterAll(() => {
  for (const talk of talks) talk.transport.close()
})

/** A helper in a process of its own, as it always is (the package cap would bring a worker thread down), and what it says. */
class Talk {
  readonly said: HelperMessage[] = []
  readonly transport = spawnHelper(helperScript())
  private readonly watchers = new Set<() => void>()
  private id = 0

  constructor() {
    talks.push(this)
    this.transport.listen(
      (message) => {
        this.said.push(message)
        for (const look of this.watchers) look()
      },
      () => undefined,
    )
  }

  async call<C extends HelperCall>(call: C, params: HelperCalls[C]['params']): Promise<HelperCalls[C]['result']> {
    const id = this.id++
    this.transport.post({ id, call, params })
    for (;;) {
      const answer = this.said.find((message) => (message.type === 'answer' || message.type === 'failed') && message.id === id)
      if (answer?.type === 'answer') return answer.result as HelperCalls[C]['result']
      if (answer !== undefined) throw Object.assign(new Error('failed'), answer)
      await new Promise<void>((resolve) => this.watchers.add(resolve))
    }
  }

  async ended(): Promise<CaptureEnd> {
    for (;;) {
      const found = this.said.find((message) => message.type === 'ended')
      if (found?.type === 'ended') return found.end
      await new Promise<void>((resolve) => this.watchers.add(resolve))
    }
  }
}

async function send(port: number, count: number, size = 100): Promise<void> {
  const receiver = createSocket('udp4')
  await new Promise<void>((resolve) => receiver.bind(port, '127.0.0.1', resolve))
  const socket = createSocket('udp4')
  for (let i = 0; i < count; i++) {
    const bytes = Buffer.alloc(size, 1)
    bytes.writeUInt32BE(i)
    await new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve))
  }
  socket.close()
  receiver.close()
}

function packetsOf(path: string): { sequence: number; length: number; seconds: number; nanoseconds: number }[] {
  const bytes = readFileSync(path)
  const reader = openCapture({
    name: path,
    size: bytes.length,
    complete: true,
    failure: undefined,
    read(target, offset, length, position) {
      return bytes.copy(target, offset, position, position + length)
    },
    close: () => undefined,
  })
  const packets = []
  let status = reader.next()
  for (; status === 'packet'; status = reader.next()) {
    const { start, capturedLength, seconds, nanoseconds } = reader
    const sequence = capturedLength >= 46 ? Buffer.from(reader.buffer.subarray(start + 42, start + 46)).readUInt32BE() : -1
    packets.push({ sequence, length: capturedLength, seconds, nanoseconds })
  }
  expect(status).toBe('end')
  return packets
}

const states = await new Talk().call('backends', {})
const usable = (name: BackendName): boolean => states.some((state) => state.name === name && state.permitted)

describe.each(['libpcap', 'dumpcap', 'cap'] as const)('the back end %s', (backend) => {
  beforeEach(({ skip }) => {
    const problem = states.find((state) => state.name === backend)?.problem
    skip(!usable(backend), problem?.message ?? 'not permitted here')
  })

  it('writes every packet that its filter takes, and closes the file with statistics', async () => {
    const talk = new Talk()
    const wanted = request({ backend, interfaces: [{ ...LO, filter: 'udp port 46001' }] })
    const before = Date.now() / 1000
    expect((await talk.call('start', wanted)).kernelTimes).toBe(backend !== 'cap')
    await send(46_001, 300)
    await send(46_002, 5)
    const end = await talk.call('stop', {})
    expect(end).toMatchObject({ packets: 300, problem: null })
    const packets = packetsOf(wanted.path)
    expect(packets.map((packet) => packet.sequence)).toEqual(Array.from({ length: 300 }, (_, index) => index))
    for (const { seconds } of packets) expect(Math.abs(seconds - before)).toBeLessThan(60)
  })

  it('names a wrong filter and an unknown interface', async () => {
    const wrong = new Talk().call('start', request({ backend, interfaces: [{ ...LO, filter: 'tcp prot 80' }] }))
    await expect(wrong).rejects.toMatchObject({ problem: { code: 'live/filter' } })
    const unknown = new Talk().call('start', request({ backend, interfaces: [{ ...LO, name: 'nosuch0' }] }))
    await expect(unknown).rejects.toMatchObject({ problem: { code: 'live/no-interface' } })
  })

  it('cuts packets at the snap length and stops after so many', async () => {
    const talk = new Talk()
    const wanted = request({ backend, interfaces: [{ ...LO, filter: 'udp port 46003', snapLength: 60 }], stop: { packets: 7 } })
    await talk.call('start', wanted)
    await send(46_003, 20)
    expect((await talk.ended()).packets).toBe(7)
    expect(packetsOf(wanted.path).map((packet) => packet.length)).toEqual(Array(7).fill(60))
  })
})

/** Why tests of a capture are skipped; '' where they run. */
const noLibpcap = usable('libpcap')
  ? ''
  : ` (skipped: ${states.find((state) => state.name === 'libpcap')?.problem?.message ?? 'no libpcap'})`
const isRoot = process.getuid?.() === 0
const noRoot = isRoot ? '' : ' (skipped: needs root)'

describe.skipIf(noLibpcap !== '')(`a capture${noLibpcap}`, () => {
  it('goes on in another file and keeps the newest ones', async () => {
    const ringFolder = join(folder, 'ring')
    mkdirSync(ringFolder)
    const talk = new Talk()
    const wanted = request({
      interfaces: [{ ...LO, filter: 'udp port 46004' }],
      path: join(ringFolder, 'r.pcapng'),
      ring: { packets: 10, files: 2 },
    })
    await talk.call('start', wanted)
    await send(46_004, 35)
    await talk.call('stop', {})
    const files = readdirSync(ringFolder).sort()
    expect(files.map((name) => name.replace(/_\d{14}/, ''))).toEqual(['r_00003.pcapng', 'r_00004.pcapng'])
    expect(files.map((name) => packetsOf(join(ringFolder, name)).length)).toEqual([10, 5])
  })

  it('takes two interfaces at once into one file', async () => {
    const talk = new Talk()
    const wanted = request({
      interfaces: [
        { ...LO, filter: 'udp port 46005' },
        { ...LO, filter: 'udp port 46006' },
      ],
    })
    await talk.call('start', wanted)
    await send(46_005, 4)
    await send(46_006, 3)
    expect((await talk.call('stop', {})).packets).toBe(7)
    expect(packetsOf(wanted.path)).toHaveLength(7)
  })

  it.skipIf(!isRoot)(`ends with whole blocks when the disk is full${noRoot}`, async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status === 0
    expect(mounted).toBe(true)
    try {
      const talk = new Talk()
      const wanted = request({ interfaces: [{ ...LO, filter: 'udp port 46007' }], path: join(disk, 'full.pcapng') })
      await talk.call('start', wanted)
      await send(46_007, 400, 1200)
      const end = await talk.ended()
      expect(end.problem).toMatchObject({ code: 'io/no-space' })
      const packets = packetsOf(wanted.path)
      expect(packets.length).toBeGreaterThan(100)
      expect(packets.map((packet) => packet.sequence)).toEqual(packets.map((_, index) => index))
    } finally {
      spawnSync('umount', [disk])
    }
  })

  describe.skipIf(!isRoot)(`of an interface that is taken away${noRoot}`, () => {
    beforeAll(() => {
      execFileSync('ip', ['link', 'add', 'wgtest0', 'type', 'veth', 'peer', 'name', 'wgtest1'])
      execFileSync('ip', ['link', 'set', 'wgtest0', 'up'])
    })
    afterAll(() => {
      spawnSync('ip', ['link', 'del', 'wgtest0'])
    })

    it('ends and says so', async () => {
      const talk = new Talk()
      await talk.call('start', request({ interfaces: [{ ...LO, name: 'wgtest0' }] }))
      execFileSync('ip', ['link', 'del', 'wgtest0'])
      expect((await talk.ended()).problem).toMatchObject({ code: 'live/interface-lost' })
    })
  })
})

describe.skipIf(noLibpcap !== '')(`questions about this machine${noLibpcap}`, () => {
  it('are answered: interfaces, data link types, filters', async () => {
    const talk = new Talk()
    expect((await talk.call('interfaces', {})).find((one) => one.name === 'lo')).toMatchObject({ loopback: true, up: true })
    expect(await talk.call('linkTypes', { name: 'lo', monitor: false })).toContainEqual({ name: 'EN10MB', description: 'Ethernet' })
    expect(await talk.call('checkFilter', { filter: 'tcp port 80', linkType: '' })).toEqual({ problem: null })
    expect((await talk.call('checkFilter', { filter: 'tcp prot 80', linkType: '' })).problem).toMatch(/syntax/)
  })
})
