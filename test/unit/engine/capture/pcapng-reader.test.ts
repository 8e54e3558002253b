import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { RECORD_CUSTOM_BLOCK, RECORD_JOURNAL } from '../../../../src/engine/capture/link-types'
import { openCapture } from '../../../../src/engine/capture/open'
import { readPacketOptions } from '../../../../src/engine/capture/pcapng-options'
import { Blocks, concat, payload, readAll, u16s, u32s, u64s } from '../../../support/capture-bytes'

const SECOND = 1_000_000n

function read(...parts: Uint8Array[]) {
  return readAll(memorySource(concat(...parts), 'test.pcapng'))
}

/** Seconds.nanoseconds of each packet. */
function timesOf(...parts: Uint8Array[]): string[] {
  return read(...parts).packets.map((text) => text.split(' ')[1] ?? '')
}

for (const big of [false, true]) {
  const b = new Blocks(big)
  const data = payload(61)
  const hex = Buffer.from(data).toString('hex')

  describe(`a ${big ? 'big' : 'little'}-endian section`, () => {
    test('gives its packets with interface, time and lengths', () => {
      const { reader, packets, status } = read(
        b.section(),
        b.interface(1),
        b.interface(113, 96),
        b.packet(0, 5n * SECOND, data),
        b.packet(1, 7n * SECOND + 9n, data, { original: 1500 }),
      )
      expect(packets).toEqual([`@96 5.000000000 61/61 link 1 if 0 ${hex}`, `@192 7.000009000 61/1500 link 113 if 1 ${hex}`])
      expect(status).toBe('end')
      expect(reader.interfaces.map(({ linkType, snapLength, id }) => ({ linkType, snapLength, id }))).toEqual([
        { linkType: 1, snapLength: 0, id: 0 },
        { linkType: 113, snapLength: 96, id: 1 },
      ])
      expect(reader.formatLabel).toBe(`pcapng, ${big ? 'big' : 'little'}-endian`)
    })

    test('tells what its header and interfaces say', () => {
      const section = concat(
        b.option(1, 'one'),
        b.option(1, 'two\nlines'),
        b.option(2, 'cpu'),
        b.option(3, 'os'),
        b.option(4, 'app'),
        b.end(),
      )
      const options = concat(
        b.option(2, 'eth0'),
        b.option(3, 'the uplink'),
        b.option(6, Uint8Array.of(2, 0, 0, 0, 0, 1)),
        b.option(8, u64s(big, 10_000_000_000n)),
        b.option(11, concat(Uint8Array.of(0), Buffer.from('tcp port 80'))),
        b.option(12, 'Linux'),
        b.option(13, Uint8Array.of(4)),
        b.option(15, 'card'),
      )
      const { reader } = read(b.section(section), b.interface(1, 0, options))
      expect(reader.sections).toEqual([
        { byteOrder: big ? 'big' : 'little', hardware: 'cpu', os: 'os', application: 'app', comments: ['one', 'two\nlines'] },
      ])
      expect(reader.interfaces[0]).toMatchObject({
        name: 'eth0',
        description: 'the uplink',
        speed: 10_000_000_000n,
        filter: 'tcp port 80',
        os: 'Linux',
        fcsLength: 4,
        hardware: 'card',
        macAddress: Uint8Array.of(2, 0, 0, 0, 0, 1),
      })
    })

    test('has old and simple packets', () => {
      const { packets } = read(
        b.section(),
        b.interface(1, 40),
        b.oldPacket(0, 0xffff, 3n * SECOND, data),
        b.simplePacket(data.subarray(0, 40), 61),
      )
      expect(packets).toEqual([`@76 3.000000000 61/61 link 1 if 0 ${hex}`, `@156 - 40/61 link 1 if 0 ${hex.slice(0, 80)}`])
    })

    test('has names, statistics and secrets anywhere', () => {
      const name = (address: number[], ...names: string[]) =>
        concat(Uint8Array.from(address), Buffer.from(names.map((text) => `${text}\0`).join('')))
      const counters = concat(b.option(4, u64s(big, 1000n)), b.option(5, u64s(big, 7n)), b.option(2, u32s(big, 0, 1_500_000)), b.end())
      const { reader } = read(
        b.section(),
        b.secrets('TLSK', 'CLIENT_RANDOM 00 11\n'),
        b.interface(),
        b.names([1, name([192, 0, 2, 1], 'a.example', 'b.example')], [2, name(new Array<number>(16).fill(1), 'six')]),
        b.packet(0, SECOND, data),
        b.statistics(0, 2n * SECOND, counters),
      )
      expect(reader.nameRecords).toEqual([
        { kind: 'ipv4', address: Uint8Array.of(192, 0, 2, 1), names: ['a.example', 'b.example'] },
        { kind: 'ipv6', address: new Uint8Array(16).fill(1), names: ['six'] },
      ])
      expect(reader.secrets).toMatchObject([{ type: 'TLSK', text: 'CLIENT_RANDOM 00 11\n', section: 0 }])
      expect(reader.interfaces[0]?.statistics).toMatchObject({
        received: 1000n,
        dropped: 7n,
        start: { seconds: 1, nanoseconds: 500_000_000 },
        time: { seconds: 2, nanoseconds: 0 },
      })
    })

    test('has packet options that are read on request', () => {
      const options = concat(
        b.option(1, 'first'),
        b.option(2, u32s(big, 0x89)),
        b.option(4, u64s(big, 3n)),
        b.option(3, Uint8Array.of(2, 1, 2, 3, 4)),
        b.option(6, u32s(big, 5)),
        b.option(1, 'second\nline'),
      )
      const source = memorySource(concat(b.section(), b.interface(), b.packet(0, SECOND, data, { options }), b.packet(0, SECOND, data)))
      const reader = openCapture(source)
      reader.next()
      expect(reader.hasOptions).toBe(true)
      expect(readPacketOptions(source, reader.position, reader.linkType)).toMatchObject({
        comments: ['first', 'second\nline'],
        flags: 0x89,
        direction: 1,
        reception: 2,
        fcsLength: 4,
        dropCount: 3n,
        queue: 5,
        hashes: [{ algorithm: 2, data: Uint8Array.of(1, 2, 3, 4) }],
      })
      reader.next()
      expect(reader.hasOptions).toBe(false)
      expect(readPacketOptions(source, reader.position, reader.linkType).comments).toEqual([])
    })
  })
}

describe('sections', () => {
  test('each has its own byte order, and counts its interfaces from 0', () => {
    const little = new Blocks(false)
    const big = new Blocks(true)
    const data = payload(4)
    const { reader, packets } = read(
      little.section(undefined, { length: 12n }),
      little.interface(1),
      little.packet(0, SECOND, data),
      big.section(),
      big.interface(101),
      big.interface(113),
      big.packet(1, 2n * SECOND, data),
    )
    expect(packets.map((text) => text.replace(/^@\d+ /, ''))).toEqual([
      '1.000000000 4/4 link 1 if 0 1f262d34',
      '2.000000000 4/4 link 113 if 2 1f262d34',
    ])
    expect(reader.interfaces.map(({ section, id }) => [section, id])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ])
    expect(reader.formatLabel).toBe('pcapng, both byte orders, 2 sections')
  })

  test('version 1.2 is as 1.0; others are refused at the start and end the reading later', () => {
    const b = new Blocks()
    expect(read(b.section(undefined, { minor: 2 }), b.interface(), b.packet(0, 0n, payload(4))).packets).toHaveLength(1)
    expect(() => read(b.section(undefined, { minor: 1 }))).toThrow(/version 1\.1/)
    const { reader, packets } = read(b.section(), b.interface(), b.packet(0, 0n, payload(4)), b.section(undefined, { major: 2 }))
    expect(packets).toHaveLength(1)
    expect(reader.problem?.code).toBe('pcapng/bad-version')
  })
})

describe('times', () => {
  const b = new Blocks()
  const at = (resolution: number | undefined, offset: bigint | undefined, time: bigint) =>
    timesOf(
      b.section(),
      b.interface(
        1,
        0,
        concat(
          resolution === undefined ? new Uint8Array(0) : b.option(9, Uint8Array.of(resolution)),
          offset === undefined ? new Uint8Array(0) : b.option(14, u64s(false, offset)),
          b.end(),
        ),
      ),
      b.packet(0, time, payload(4)),
    )[0]

  test('are microseconds unless the interface says otherwise', () => {
    expect(at(undefined, undefined, 1_700_000_000_123_456n)).toBe('1700000000.123456000')
  })

  test('keep every nanosecond', () => {
    expect(at(9, undefined, 1_700_000_000_123_456_789n)).toBe('1700000000.123456789')
    expect(at(9, undefined, 1_699_999_999_999_999_999n)).toBe('1699999999.999999999')
    expect(at(9, undefined, 0xffff_ffff_ffff_ffffn)).toBe('18446744073.709551615')
  })

  test('are cut to nanoseconds where units are finer', () => {
    expect(at(12, undefined, 1_234_567_890_123_456n)).toBe('1234.567890123')
  })

  test('may be coarse, or powers of two', () => {
    expect(at(0, undefined, 1_700_000_000n)).toBe('1700000000.000000000')
    expect(at(3, undefined, 1_700_000_000_123n)).toBe('1700000000.123000000')
    expect(at(0x80 | 1, undefined, 3n)).toBe('1.500000000')
    expect(at(0x80 | 20, undefined, (1_700_000_000n << 20n) | 0x80000n)).toBe('1700000000.500000000')
    expect(at(0x80 | 32, undefined, (1_700_000_000n << 32n) | 0x40000000n)).toBe('1700000000.250000000')
  })

  test('have the offset of their interface added', () => {
    expect(at(undefined, 1_000_000_000n, 1_500_000n)).toBe('1000000001.500000000')
    expect(at(9, -10n, 1_500_000_000n)).toBe('-9.500000000')
  })
})

describe('records that are no packets', () => {
  const b = new Blocks()
  test('custom blocks are listed, as tshark does', () => {
    const { reader, packets } = read(b.section(), b.interface(), b.custom(32473, payload(4)), b.custom(32473, payload(8), false))
    expect(packets).toEqual([
      `@60 - 4/4 link ${RECORD_CUSTOM_BLOCK} if -1 1f262d34`,
      `@80 - 8/8 link ${RECORD_CUSTOM_BLOCK} if -1 1f262d343b424950`,
    ])
    expect(reader.customBlocks).toBe(2)
  })

  test('journal entries bring their own time', () => {
    const entry = Buffer.from('__REALTIME_TIMESTAMP=1423123456789012\nMESSAGE=hello\n\0\0\0')
    const { packets } = read(b.section(), b.block(9, entry.subarray(0, 52)))
    expect(packets[0]).toMatch(new RegExp(`^@36 1423123456\\.789012000 52/52 link ${RECORD_JOURNAL} `))
  })

  test('unknown blocks are stepped over', () => {
    const { reader, packets } = read(
      b.section(),
      b.block(0x80001234, payload(8)),
      b.interface(),
      b.block(0x1234, payload(2_000_000)),
      b.packet(0, 0n, payload(4)),
    )
    expect(packets).toHaveLength(1)
    expect(reader.unknownBlocks).toBe(2)
  })
})

describe('what is tolerated', () => {
  const b = new Blocks()
  test('options without an end mark, captured lengths above the original and the snap length', () => {
    const { reader, packets } = read(
      b.section(),
      b.interface(1, 40, b.option(2, 'x')),
      b.packet(0, 0n, payload(60), { original: 50, options: b.option(1, 'no end') }),
    )
    expect(packets).toHaveLength(1)
    expect(reader).toMatchObject({ capturedLength: 60, originalLength: 50, hasOptions: true })
  })

  test('text that is not UTF-8', () => {
    const { reader } = read(b.section(b.option(4, Uint8Array.of(0x61, 0xff, 0x62))))
    expect(reader.sections[0]?.application).toBe('a\ufffdb')
  })

  test('a block length that does not count the padding', () => {
    const body = concat(u32s(false, 0, 0, 0, 61, 61), payload(61), new Uint8Array(3))
    const { packets, status } = read(b.section(), b.interface(), b.block(6, body, { length: 93 }), b.packet(0, 0n, payload(4)))
    expect({ count: packets.length, status }).toEqual({ count: 2, status: 'end' })
  })

  test('statistics of an interface that does not exist', () => {
    expect(read(b.section(), b.interface(), b.statistics(9, 0n, new Uint8Array(0)), b.packet(0, 0n, payload(4))).packets).toHaveLength(1)
  })
})

describe('damage ends the reading, with what came before', () => {
  const b = new Blocks()
  const start = concat(b.section(), b.interface(), b.packet(0, 0n, payload(4)))
  const cases: [string, Uint8Array, string, RegExp][] = [
    ['a wrong trailing length', b.block(6, new Uint8Array(84), { trailer: 4 }), 'pcapng/bad-block-length', /repeated as 4/],
    ['a length that is no block length', u32s(false, 6, 8, 8), 'pcapng/bad-block-length', /length 8/],
    ['text between the blocks', Buffer.from('GET / HTTP/1.1\r\n\r\n\0\0'), 'pcapng/bad-block-length', /1414012975/],
    ['zero bytes', new Uint8Array(40), 'pcapng/bad-block-length', /length 0/],
    ['an interface that does not exist', b.packet(3, 0n, payload(4)), 'pcapng/bad-interface', /interface 3.* 1 so far/],
    ['a packet longer than its block', b.packet(0, 0n, payload(4), { captured: 65536 }), 'pcapng/bad-packet-length', /65536/],
    ['a packet longer than packets are', b.packet(0, 0n, payload(262145)), 'pcapng/bad-packet-length', /262144/],
    ['an option longer than its block', b.packet(0, 0n, payload(4), { options: u16s(false, 1, 200) }), 'pcapng/bad-option', /option/],
    ['flags of a wrong length', b.packet(0, 0n, payload(4), { options: b.option(2, 'abc') }), 'pcapng/bad-option', /option/],
    ['a name record longer than its block', b.block(4, u16s(false, 1, 200)), 'pcapng/bad-block', /200 bytes/],
    ['secrets longer than their block', b.block(10, u32s(false, 0x544c534b, 400)), 'pcapng/bad-block', /400 bytes/],
    ['an unknown byte-order mark', b.block(0x0a0d0d0a, u32s(false, 0x11111111, 1, 0, 0)), 'pcapng/bad-byte-order-magic', /0x11111111/],
    ['a cut block', b.packet(0, 0n, payload(40)).subarray(0, 50), 'pcapng/truncated', /50 of 72 bytes/],
    ['a cut block header', u32s(false, 6), 'pcapng/truncated', /4 of 12 bytes/],
    ['a simple packet that does not fill its block', b.block(3, concat(u32s(false, 4), payload(8))), 'pcapng/bad-packet-length', /4 bytes/],
  ]
  for (const [what, bytes, code, text] of cases) {
    test(what, () => {
      const { reader, packets, status } = read(start, bytes, b.packet(0, 0n, payload(4)).subarray(0, code === 'pcapng/truncated' ? 0 : 36))
      expect(packets).toHaveLength(1)
      expect(status).toBe('damaged')
      expect(reader.problem).toMatchObject({ code, where: { file: 'test.pcapng', offset: start.length, packet: 1 } })
      expect(reader.problem?.message).toMatch(text)
      expect(reader.problem?.message).toMatch(/The packet before it is loaded\.$/)
    })
  }

  test('a packet before any interface', () => {
    expect(read(b.section(), b.packet(0, 0n, payload(4))).reader.problem?.code).toBe('pcapng/bad-interface')
    expect(read(b.section(), b.simplePacket(payload(4))).reader.problem?.code).toBe('pcapng/bad-interface')
  })
})
