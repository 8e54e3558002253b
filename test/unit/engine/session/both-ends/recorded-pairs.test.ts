// Pairs of real captures (scripts/record-both-ends.py): what is said of them is held against what the network between them did to each packet, and against
// the counters of both kernels.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Trace } from '../../../../../src/engine/index/trace'
import { bothEnds, type BothEnds } from '../../../../../src/engine/session/both-ends/both-ends'
import { offsetAt } from '../../../../../src/engine/session/both-ends/clock-offset'
import { headerChanges, packetHeader } from '../../../../../src/engine/session/both-ends/packet-header'
import type { Passage } from '../../../../../src/engine/session/both-ends/passages'
import { sameConnections } from '../../../../../src/engine/session/both-ends/same-connection'
import { openTrace } from '../../../../support/open-trace'

interface TruePacket {
  readonly from: 'client' | 'server'
  readonly seq: number
  readonly ack: number
  readonly flags: number
  readonly len: number
  readonly id: number
  readonly in: number
  readonly out: readonly number[]
}
interface Truth {
  readonly serverAhead: number
  readonly serverDriftPpm: number
  readonly kernel: Readonly<Record<'client' | 'server', Readonly<Record<string, number>>>>
  readonly packets: readonly TruePacket[]
}

const FOLDER = 'test/captures/both-ends'
const traces = new Map<string, Trace>()

function traceOf(name: string, side: string): Trace {
  const file = `${FOLDER}/${name}.${side}.pcap`
  const trace = traces.get(file) ?? openTrace(file)
  traces.set(file, trace)
  return trace
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(`${FOLDER}/${name}.truth.json`, 'utf8')) as Truth
}

function laid(name: string, order: readonly [string, string] = ['client', 'server']): BothEnds {
  const [first, second] = [traceOf(name, order[0]), traceOf(name, order[1])]
  const [same] = sameConnections(first, 0, second)
  if (same === undefined) throw new Error('no such connection')
  return bothEnds(first, 0, second, same)
}

/** Key of a packet as its sender's capture has it. */
function keyOf(both: BothEnds, { from, sent }: Passage): string {
  const segments = both.segments[from]
  const { identification } = packetHeader(both.traces[from], segments.frame[sent] ?? 0)
  const word = (value: number | undefined) => (value ?? 0) >>> 0
  const flags = (segments.flags[sent] ?? 0) & 0x3f
  return `${from} ${word(segments.sequence[sent])} ${word(segments.acknowledgment[sent])} ${segments.length[sent]} ${flags} ${Number(identification)}`
}

function trueKey({ from, seq, ack, len, flags, id }: TruePacket): string {
  return `${from === 'client' ? 0 : 1} ${seq} ${ack} ${len} ${flags} ${id}`
}

describe.each(['loss', 'disorder', 'uneven', 'drift'])('%s: each packet', (name) => {
  const truth = truthOf(name)
  const both = laid(name)
  const sent = both.passages.filter(({ fate }) => fate !== 'repeated')
  it('is found once, with the fate that the network gave it', () => {
    const fates = new Map(sent.map((passage) => [keyOf(both, passage), passage.fate]))
    expect(fates.size).toBe(truth.packets.length)
    for (const packet of truth.packets)
      expect([trueKey(packet), fates.get(trueKey(packet))]).toEqual([trueKey(packet), packet.out.length === 0 ? 'lost' : 'arrived'])
  })
  it('that the network repeated arrives again', () => {
    const repeated = both.passages.filter(({ fate }) => fate === 'repeated').map((passage) => keyOf(both, passage))
    expect(repeated.toSorted()).toEqual(
      truth.packets
        .filter(({ out }) => out.length > 1)
        .map(trueKey)
        .toSorted(),
    )
  })
  it('was overtaken by as many as left the network before it and entered behind it', () => {
    const way = (side: 'client' | 'server') => truth.packets.filter(({ from, out }) => from === side && out.length > 0)
    for (const side of ['client', 'server'] as const) {
      const packets = way(side)
      const expected = new Map(
        packets.map((packet, index) => [
          trueKey(packet),
          packets.slice(index + 1).filter(({ out }) => (out[0] ?? 0) < (packet.out[0] ?? 0)).length,
        ]),
      )
      for (const passage of sent.filter(({ from, fate }) => fate === 'arrived' && from === (side === 'client' ? 0 : 1)))
        expect([keyOf(both, passage), passage.overtakenBy]).toEqual([keyOf(both, passage), expected.get(keyOf(both, passage))])
    }
  })
  it('is counted as both kernels count', () => {
    const { client, server } = truth.kernel
    const arrived = (end: 0 | 1) => both.passages.filter(({ from, arrived: there }) => from === end && there.length > 0).length
    expect([arrived(0), arrived(1)]).toEqual([server['Tcp.InSegs'], client['Tcp.InSegs']])
  })
})

describe('the clock', () => {
  it.each(['loss', 'disorder', 'gateway', 'offload', 'uneven', 'drift'])(
    '%s: the true offset lies within what is said to be certain',
    (name) => {
      const { serverAhead, serverDriftPpm } = truthOf(name)
      const { clock } = laid(name)
      if (clock?.uncertainty === undefined) throw new Error('no clock')
      for (const after of [0, 10e9, 20e9]) {
        const truly = (serverAhead + (serverDriftPpm * after) / 1e15) * 1e9
        expect(Math.abs(offsetAt(clock, after) - truly)).toBeLessThanOrEqual(clock.uncertainty)
      }
    },
  )
  it('is right to a millisecond where both directions are equally fast', () => {
    for (const name of ['loss', 'disorder', 'gateway', 'offload'])
      expect(Math.abs((laid(name).clock?.offset ?? 0) - truthOf(name).serverAhead * 1e9)).toBeLessThan(1e6)
  })
  it('drifts as the file was made to, and not in the others', () => {
    expect(Math.abs((laid('drift').clock?.driftPpm ?? 0) - 120)).toBeLessThan(12)
    for (const name of ['loss', 'disorder', 'gateway', 'offload', 'uneven']) expect(laid(name).clock?.driftPpm).toBe(0)
  })
  it('is the other way round when the captures are', () => {
    for (const name of ['loss', 'gateway', 'offload']) {
      const [one, two] = [laid(name), laid(name, ['server', 'client'])]
      expect((one.clock?.offset ?? 0) + (two.clock?.offset ?? 1)).toBeCloseTo(0, -1)
      expect(two.firstEnd).toBe(1)
      const told = ({ passages }: BothEnds) =>
        passages.map(({ from, fate, sent, arrived }) => JSON.stringify([from, fate, sent, arrived])).toSorted()
      expect(told(two)).toEqual(told(one))
    }
  })
})

describe('a gateway between', () => {
  it('changes address, port, numbers, MSS and hops, and each packet is still found', () => {
    const truth = truthOf('gateway')
    const both = laid('gateway')
    expect(both.same).toMatchObject({ endpoints: 1, numbers: 'moved' })
    expect(both.passages.map(({ fate }) => fate)).toEqual(truth.packets.map(() => 'arrived'))
    const [syn] = both.passages
    const changes = headerChanges(
      packetHeader(both.traces[0], both.segments[0].frame[0] ?? 0),
      packetHeader(both.traces[1], both.segments[1].frame[0] ?? 0),
    )
    expect(syn?.sent).toBe(0)
    expect(changes).toEqual([
      { fact: 'source', before: '10.78.0.1', after: '203.0.113.7' },
      { fact: 'sourcePort', before: expect.any(String) as string, after: '40123' },
      { fact: 'hops', before: '64', after: '61' },
      { fact: 'mss', before: '1460', after: '1360' },
    ])
  })
})

describe('offloading', () => {
  const truth = truthOf('offload')
  const both = laid('offload')
  it('leaves packets whole in the first capture that arrive in pieces', () => {
    expect(both.passages.some(({ arrived }) => arrived.length > 10)).toBe(true)
    expect(both.passages.filter(({ fate }) => fate === 'appeared')).toEqual([])
  })
  it('has exactly the bytes missing that the network lost', () => {
    const lost = truth.packets.filter(({ out, from }) => from === 'client' && out.length === 0).reduce((sum, { len }) => sum + len, 0)
    const missing = both.passages
      .filter(({ from }) => from === 0)
      .reduce((sum, passage) => sum + (passage.fate === 'lost' ? (both.segments[0].length[passage.sent] ?? 0) : passage.missing), 0)
    expect(missing).toBe(lost)
  })
  it('does not hide the acknowledgments that were lost', () => {
    const lost = truth.packets.filter(({ out, from }) => from === 'server' && out.length === 0).length
    expect(both.passages.filter(({ from, fate }) => from === 1 && fate === 'lost')).toHaveLength(lost)
  })
})
