// What a reader finds does not depend on how the bytes come: in which blocks they are read, in which steps a file grows.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { CAPTURE_HEADER_LENGTH } from '../../../../src/engine/capture/open'
import { Blocks, concat, GrowingSource, payload, pcapHeader, pcapRecord, readAll } from '../../../support/capture-bytes'

const RUNS = 300

const pcapFile = fc
  .record({
    big: fc.boolean(),
    magic: fc.constantFrom(0xa1b2c3d4, 0xa1b23c4d),
    lengths: fc.array(fc.nat(300), { minLength: 3, maxLength: 20 }),
    cut: fc.nat(40),
  })
  .map(({ big, magic, lengths, cut }) => {
    const records = lengths.map((length, i) => pcapRecord(1700000000 + i, i, payload(length, i), { big }))
    const whole = concat(pcapHeader({ big, magic }), ...records)
    return whole.subarray(0, whole.length - cut)
  })

const block = fc.constantFrom('packet', 'old', 'simple', 'names', 'statistics', 'custom', 'unknown', 'section', 'options')
const pcapngFile = fc
  .record({ blocks: fc.array(fc.tuple(block, fc.nat(300), fc.boolean()), { maxLength: 25 }), cut: fc.nat(40) })
  .map(({ blocks, cut }) => {
    let b = new Blocks(false)
    const parts = [b.section(), b.interface()]
    blocks.forEach(([kind, length, big], i) => {
      const data = payload(length, i)
      const time = BigInt(i) * 1_000_001n
      if (kind === 'section') {
        b = new Blocks(big)
        parts.push(b.section(), b.interface(i % 2))
      } else if (kind === 'packet') parts.push(b.packet(0, time, data))
      else if (kind === 'options') parts.push(b.packet(0, time, data, { options: b.option(1, 'a comment') }))
      else if (kind === 'old') parts.push(b.oldPacket(0, i, time, data))
      else if (kind === 'simple') parts.push(b.simplePacket(data))
      else if (kind === 'names') parts.push(b.names([1, payload(9, i)]))
      else if (kind === 'statistics') parts.push(b.statistics(0, time, b.end()))
      else if (kind === 'custom') parts.push(b.custom(i, data, big))
      else parts.push(b.block(0x7777, payload(length & ~3, i)))
    })
    const whole = concat(...parts)
    return whole.subarray(0, Math.max(whole.length - cut, 48))
  })

describe.each([
  ['pcap', pcapFile],
  ['pcapng', pcapngFile],
])('%s', (_name, file) => {
  test('the size of the blocks that are read changes nothing', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 64, max: 700 }), (bytes, blockSize) => {
        const whole = readAll(memorySource(bytes))
        const parts = readAll(memorySource(bytes), { blockSize })
        expect(parts.packets).toEqual(whole.packets)
        expect(parts.status).toBe(whole.status)
        expect(parts.reader.problem).toEqual(whole.reader.problem)
        expect(parts.reader.interfaces).toEqual(whole.reader.interfaces)
        expect(parts.reader.consumed).toBe(whole.reader.consumed)
      }),
      { numRuns: RUNS },
    )
  })

  test('the steps in which a file grows change nothing', () => {
    fc.assert(
      fc.property(
        file,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
        fc.integer({ min: 64, max: 700 }),
        (bytes, steps, blockSize) => {
          const whole = readAll({ ...memorySource(bytes), name: 'growing' })
          const source = new GrowingSource(bytes)
          source.grow(CAPTURE_HEADER_LENGTH)
          let step = 0
          const parts = readAll(source, { blockSize }, () => {
            source.grow(steps[step++ % steps.length] ?? 1)
          })
          expect(parts.packets).toEqual(whole.packets)
          expect(parts.status).toBe(whole.status)
          expect(parts.reader.problem).toEqual(whole.reader.problem)
          expect(parts.reader.nameRecords).toEqual(whole.reader.nameRecords)
        },
      ),
      { numRuns: RUNS },
    )
  })

  test('flipped bytes never throw, and never make the reader stand still', () => {
    fc.assert(
      fc.property(file, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }), (bytes, flips) => {
        const damaged = bytes.slice()
        for (const [at, value] of flips) damaged[48 + (at % Math.max(1, damaged.length - 48))] = value
        const { reader, status, packets } = readAll(memorySource(damaged))
        expect(['end', 'damaged']).toContain(status)
        expect(reader.problem === undefined).toBe(status === 'end')
        expect(packets.length).toBeLessThanOrEqual(damaged.length / 12)
      }),
      { numRuns: RUNS },
    )
  })
})

test('a standard file whose third record is cut is not taken for another dialect', () => {
  // Read with Nokia's longer record headers, empty packets fit to the last byte, one of them 1.7 GB long on the wire.
  const records = [0, 1, 2].map((i) => pcapRecord(1700000000 + i, i, payload(0, i), { big: false }))
  const whole = concat(pcapHeader({ big: false, magic: 0xa1b2c3d4 }), ...records).subarray(0, 64)
  expect(readAll(memorySource(whole)).packets).toEqual([
    '@40 1700000000.000000000 0/0 link 1 if 0 ',
    '@56 1700000001.000001000 0/0 link 1 if 0 ',
  ])
})
