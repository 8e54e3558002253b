import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dissectAll, seen, traceOf } from '../../../../support/dissect'

/** An Ethernet frame with one fragment of an IPv4 datagram that carries UDP. */
function fragment(payload: readonly number[], offset: number, more: boolean, identification = 7): Uint8Array {
  const total = 20 + payload.length,
    word = (more ? 0x2000 : 0) | (offset / 8)
  const header = [
    0x45,
    0,
    total >> 8,
    total & 255,
    identification >> 8,
    identification & 255,
    word >> 8,
    word & 255,
    64,
    17,
    0,
    0,
    10,
    0,
    0,
    1,
    10,
    0,
    0,
    2,
  ]
  return Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 8, 0, ...header, ...payload])
}
/** A UDP datagram between two unused ports. */
function datagram(size: number): number[] {
  return [0x9c, 0x41, 0x9c, 0x42, size >> 8, size & 255, 0, 0, ...Array.from({ length: size - 8 }, (_, i) => (i * 7) & 255)]
}
const parts = (whole: readonly number[], size: number) =>
  Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => ({
    at: i * size,
    bytes: whole.slice(i * size, (i + 1) * size),
    more: (i + 1) * size < whole.length,
  }))

describe('IPv4 fragments', () => {
  test('the last missing one completes the datagram in any order', () => {
    const whole = datagram(200),
      hexadecimal = Buffer.from(whole.slice(8)).toString('hex')
    fc.assert(
      fc.property(fc.shuffledSubarray(parts(whole, 40), { minLength: 5, maxLength: 5 }), (order) => {
        const packets = dissectAll(order.map((part) => fragment(part.bytes, part.at, part.more)))
        expect(packets.map((packet) => packet.chain.endsWith('udp:data'))).toEqual([false, false, false, false, true])
        expect(packets.at(-1)?.values('data.data')).toEqual([hexadecimal])
        expect(packets.at(-1)?.values('ip.fragment.count')).toEqual(['5'])
      }),
      { numRuns: 20 },
    )
  })
  test('a fragment that came twice is marked, and agrees', () => {
    const whole = datagram(64),
      [first, second] = parts(whole, 32)
    if (!first || !second) throw new Error('two parts')
    const packets = dissectAll([fragment(first.bytes, 0, true), fragment(first.bytes, 0, true), fragment(second.bytes, 32, false)])
    expect(packets[2]?.values('ip.fragment.overlap')).toEqual(['1'])
    expect(packets[2]?.values('ip.fragment.overlap.conflict')).toEqual([])
  })
  test('datagrams of two identifications do not mix', () => {
    const whole = datagram(64),
      [first, second] = parts(whole, 32)
    if (!first || !second) throw new Error('two parts')
    const packets = dissectAll([fragment(first.bytes, 0, true, 1), fragment(second.bytes, 32, false, 2)])
    expect(packets.map((packet) => packet.info)).toEqual([
      'Fragmented IP protocol (proto=UDP 17, off=0, ID=0001)',
      'Fragmented IP protocol (proto=UDP 17, off=32, ID=0002)',
    ])
  })
  test('a second look at an early fragment knows where the datagram was completed', () => {
    const whole = datagram(64),
      [first, second] = parts(whole, 32)
    if (!first || !second) throw new Error('two parts')
    const trace = traceOf([fragment(first.bytes, 0, true), fragment(second.bytes, 32, false)])
    trace.visitNext({ summary: true, labels: false })
    trace.visitNext({ summary: true, labels: false })
    const again = seen(trace.dissect(1, { summary: true, labels: false }))
    expect(again.values('ip.reassembled_in')).toEqual(['2'])
    expect(seen(trace.dissect(2, { summary: true, labels: false })).chain).toBe('eth:ethertype:ip:udp:data')
  })
})

describe('echoes', () => {
  /** An echo with its checksum, between two addresses. */
  function echo(type: number, from: number, to: number): Uint8Array {
    const checksum = ~((type << 8) + 1 + 2) & 0xffff,
      body = [type, 0, checksum >> 8, checksum & 255, 0, 1, 0, 2]
    return Uint8Array.from([
      0,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
      10,
      11,
      8,
      0,
      0x45,
      0,
      0,
      28,
      0,
      0,
      0,
      0,
      64,
      1,
      0,
      0,
      10,
      0,
      0,
      from,
      10,
      0,
      0,
      to,
      ...body,
    ])
  }
  test('a reply names its request and the time between them', () => {
    const [request, reply] = dissectAll([echo(8, 1, 2), echo(0, 2, 1)], [1, 1.25])
    expect(request?.values('icmp.resp_in')).toEqual([])
    expect(reply?.values('icmp.resp_to')).toEqual(['1'])
    expect(reply?.values('icmp.resptime')).toEqual(['250'])
    expect(reply?.info).toBe('Echo (ping) reply    id=0x0001, seq=2/512, ttl=64 (request in 1)')
  })
  test('a second look at a request names its reply, or says that there was none', () => {
    const trace = traceOf([echo(8, 1, 2), echo(0, 2, 1), echo(8, 1, 3)])
    for (let i = 0; i < 3; i++) trace.visitNext({ summary: true, labels: false })
    expect(seen(trace.dissect(1, { summary: true, labels: false })).values('icmp.resp_in')).toEqual(['2'])
    expect(seen(trace.dissect(3, { summary: true, labels: false })).info).toContain('(no response found!)')
  })
})
