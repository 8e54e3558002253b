import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { openCapture } from '../../../../src/engine/capture/open'
import { readPacketOptions } from '../../../../src/engine/capture/pcapng-options'
import { CaptureSaver, saveCapture } from '../../../../src/engine/capture/save-capture'
import type { SaveOptions, SaveResult } from '../../../../src/engine/capture/save-capture'
import { Blocks, concat, payload, pcapHeader, pcapRecord, readAll, u32s, u64s } from '../../../support/capture-bytes'

function save(bytes: Uint8Array, options: SaveOptions): { bytes: Uint8Array; result: SaveResult } {
  const parts: Uint8Array[] = []
  const result = saveCapture(memorySource(bytes, 'input'), { write: (part) => parts.push(part.slice()) }, options)
  const saved = concat(...parts)
  expect(result.bytes).toBe(saved.length)
  return { bytes: saved, result }
}

/** Packets without their place in the file. */
function contents(bytes: Uint8Array): string[] {
  return readAll(memorySource(bytes)).packets.map((text) => text.replace(/^@\d+ /, ''))
}

/** Comments of every packet. */
function commentsOf(bytes: Uint8Array): (readonly string[])[] {
  const source = memorySource(bytes)
  const reader = openCapture(source)
  const all: (readonly string[])[] = []
  while (reader.next() === 'packet') all.push(readPacketOptions(source, reader.position, reader.linkType).comments)
  return all
}

const pcap = concat(
  pcapHeader(),
  ...[1, 2, 3, 4].map((n) => pcapRecord(1700000000 + n, n * 1000 + n, payload(50 + n, n), { original: 1500 })),
)

const b = new Blocks(true)
const nano = b.option(9, Uint8Array.of(9))
const pcapng = concat(
  b.section(concat(b.option(4, 'maker'), b.end()), { length: 500n }),
  b.interface(1, 262144, concat(b.option(2, 'eth0'), b.end())),
  b.secrets('TLSK', 'CLIENT_RANDOM 00 11\n'),
  b.interface(1, 96, concat(nano, b.end())),
  b.names([1, concat(Uint8Array.of(192, 0, 2, 1), Buffer.from('a.example\0'))]),
  b.packet(0, 1_700_000_000_000_001n, payload(61), {
    options: concat(b.option(1, 'old comment'), b.option(2, u32s(true, 1)), b.option(5, u64s(true, 77n)), b.end()),
  }),
  b.custom(32473, payload(8)),
  b.custom(32473, payload(8), false),
  b.packet(1, 1_700_000_000_000_000_001n, payload(62, 2), { original: 900 }),
  b.block(0x7777, payload(8)),
  b.oldPacket(0, 5, 1_700_000_001_000_000n, payload(63, 3)),
  b.simplePacket(payload(64, 4)),
  b.statistics(0, 0n, concat(b.option(5, u64s(true, 3n)), b.end())),
)

describe('pcap to pcap', () => {
  test('packets stay as they are', () => {
    expect(contents(save(pcap, { format: 'pcap' }).bytes)).toEqual(contents(pcap))
  })

  test('a selection, up to a last packet', () => {
    const { bytes, result } = save(pcap, { format: 'pcap', include: (n) => n !== 2, last: 3 })
    expect(contents(bytes)).toEqual([contents(pcap)[0], contents(pcap)[2]])
    expect(result.packets).toBe(2)
  })

  test('nothing selected gives a valid empty file', () => {
    const { bytes } = save(pcap, { format: 'pcap', include: () => false })
    expect(readAll(memorySource(bytes))).toMatchObject({ packets: [], status: 'end' })
  })

  test('nanoseconds in microseconds are cut and counted', () => {
    const fine = concat(pcapHeader({ magic: 0xa1b23c4d }), pcapRecord(1, 123456789, payload(4)), pcapRecord(1, 5000, payload(4)))
    expect(contents(save(fine, { format: 'pcap' }).bytes)).toEqual(contents(fine))
    const { bytes, result } = save(fine, { format: 'pcap', nanoseconds: false })
    expect(contents(bytes)[0]).toMatch(/^1\.123456000 /)
    expect(result.timesChanged).toBe(1)
  })

  test('the pseudo-header before a packet is kept', () => {
    const bluetooth = concat(pcapHeader({ network: 201 }), pcapRecord(1, 2, payload(20)))
    expect(Buffer.from(save(bluetooth, { format: 'pcap' }).bytes.subarray(24))).toEqual(Buffer.from(bluetooth.subarray(24)))
  })
})

describe('pcap to pcapng and back', () => {
  test('keeps packets, times and lengths', () => {
    const there = save(pcap, { format: 'pcapng', application: 'Wireglass 0.1.0' })
    const { reader } = readAll(memorySource(there.bytes))
    expect(reader.sections[0]?.application).toBe('Wireglass 0.1.0')
    expect(contents(there.bytes)).toEqual(contents(pcap))
    expect(contents(save(there.bytes, { format: 'pcap' }).bytes)).toEqual(contents(pcap))
  })

  test('any time, of either unit, comes back', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(999_999_999), fc.boolean(), (seconds, fraction, fine) => {
        const file = concat(
          pcapHeader({ magic: fine ? 0xa1b23c4d : 0xa1b2c3d4 }),
          pcapRecord(seconds, fine ? fraction : fraction % 1_000_000, payload(4)),
        )
        expect(contents(save(save(file, { format: 'pcapng' }).bytes, { format: 'pcap' }).bytes)).toEqual(contents(file))
      }),
    )
  })

  test('comments and a key log can be added', () => {
    const keyLog = new Uint8Array(Buffer.from('CLIENT_RANDOM 22 33\n'))
    const { bytes } = save(pcap, { format: 'pcapng', comments: new Map([[2, ['why?', 'zwei\nZeilen ü']]]), keyLog })
    expect(commentsOf(bytes)).toEqual([[], ['why?', 'zwei\nZeilen ü'], [], []])
    expect(readAll(memorySource(bytes)).reader.secrets).toMatchObject([{ type: 'TLSK', text: 'CLIENT_RANDOM 22 33\n' }])
  })
})

describe('pcapng to pcapng', () => {
  test('keeps packets, interfaces, section, names, statistics and comments; not secrets, do-not-copy and unknown blocks', () => {
    const { bytes, result } = save(pcapng, { format: 'pcapng' })
    const before = readAll(memorySource(pcapng)).reader
    const { reader, status } = readAll(memorySource(bytes))
    expect(status).toBe('end')
    expect(contents(bytes)).toEqual(contents(pcapng).filter((_, i) => i !== 2))
    expect(reader.interfaces).toEqual(before.interfaces)
    expect(reader.sections).toEqual(before.sections)
    expect(reader.nameRecords).toEqual(before.nameRecords)
    expect(commentsOf(bytes)[0]).toEqual(['old comment'])
    expect(reader).toMatchObject({ secrets: [], unknownBlocks: 0, customBlocks: 1 })
    expect(result).toMatchObject({ packets: 5, leftOut: 1, problem: undefined })
  })

  test('the section length is set to unknown', () => {
    expect(save(pcapng, { format: 'pcapng' }).bytes.subarray(16, 24)).toEqual(new Uint8Array(8).fill(0xff))
  })

  test('keeps secrets when asked', () => {
    const { reader } = readAll(memorySource(save(pcapng, { format: 'pcapng', secrets: true }).bytes))
    expect(reader.secrets).toMatchObject([{ text: 'CLIENT_RANDOM 00 11\n' }])
  })

  test('comments are added, edited and removed; other options stay', () => {
    const comments = new Map<number, string[]>([
      [1, ['new', 'and another']],
      [4, []],
      [5, ['on an old block']],
      [6, ['on a simple block']],
    ])
    const saved = save(pcapng, { format: 'pcapng', comments }).bytes
    expect(commentsOf(saved)).toEqual([['new', 'and another'], [], [], ['on an old block'], ['on a simple block']])
    const source = memorySource(saved)
    const reader = openCapture(source)
    reader.next()
    expect(readPacketOptions(source, reader.position, reader.linkType)).toMatchObject({ flags: 1, packetId: 77n })
    for (let i = 0; i < 3; i++) reader.next()
    expect(readPacketOptions(source, reader.position, reader.linkType).dropCount).toBe(5n)
    expect(contents(saved)[3]).toBe(contents(pcapng)[4])
    expect(commentsOf(save(saved, { format: 'pcapng', comments: new Map([[1, []]]) }).bytes)[0]).toEqual([])
  })

  test('sections of both byte orders stay what they are', () => {
    const little = new Blocks(false)
    const mixed = concat(pcapng, little.section(), little.interface(101), little.packet(0, 5n, payload(7)))
    const saved = save(mixed, { format: 'pcapng', include: (n) => n > 6 }).bytes
    expect(contents(saved)).toEqual([contents(mixed)[6]])
    expect(readAll(memorySource(saved)).reader.sections.map((section) => section.byteOrder)).toEqual(['big', 'little'])
  })
})

describe('pcapng to pcap', () => {
  test('packets of one link type; nanoseconds when an interface has them; the rest is counted', () => {
    const { bytes, result } = save(pcapng, { format: 'pcap', nanoseconds: true })
    expect(contents(bytes).map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      '1700000000.000001000 61/61',
      '1700000000.000000001 62/900',
      '1700000001.000000000 63/63',
      '0.000000000 64/64',
    ])
    expect(result).toMatchObject({ packets: 4, leftOut: 2, commentsLost: 1, timesChanged: 0 })
  })

  test('several link types are refused with what to do', () => {
    const mixed = concat(b.section(), b.interface(1), b.interface(113), b.packet(0, 0n, payload(20)), b.packet(1, 0n, payload(20)))
    expect(() => save(mixed, { format: 'pcap' })).toThrow(/packet 2 has link type 113 .* Save as pcapng/)
    expect(save(mixed, { format: 'pcap', include: (n) => n === 2 }).result.packets).toBe(1)
  })
})

describe('salvage', () => {
  for (const format of ['pcap', 'pcapng'] as const) {
    test(`the readable part of a damaged pcap file is saved as ${format}`, () => {
      const { bytes, result } = save(concat(pcap, u32s(false, 1, 2, 99999999, 4)), { format })
      expect(contents(bytes)).toEqual(contents(pcap))
      expect(result.problem?.code).toBe('pcap/bad-packet-length')
    })
  }

  test('the readable part of a cut pcapng file is saved whole', () => {
    const { bytes, result } = save(pcapng.subarray(0, pcapng.length - 90), { format: 'pcapng' })
    expect(readAll(memorySource(bytes))).toMatchObject({ status: 'end' })
    expect(result).toMatchObject({ packets: 4, problem: { code: 'pcapng/truncated' } })
  })
})

test('saving goes in steps, so that it can be stopped and shown', () => {
  const saver = new CaptureSaver(memorySource(pcap), { write: () => undefined }, { format: 'pcapng' })
  expect(saver.step(1)).toBe('more')
  expect(saver.consumed).toBe(24 + 16 + 51)
  expect(saver.step(100)).toBe('done')
  expect(saver.finish().packets).toBe(4)
})

test('a write that fails is the caller’s to see', () => {
  const sink = {
    write: (): void => {
      throw new Error('disk full')
    },
  }
  expect(() => saveCapture(memorySource(pcap), sink, { format: 'pcap' })).toThrow('disk full')
})
