import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { openCapture } from '../../../../src/engine/capture/open'
import { concat, GrowingSource, payload, pcapHeader, pcapRecord, readAll, u16s, u32s } from '../../../support/capture-bytes'

function read(bytes: Uint8Array) {
  return readAll(memorySource(bytes, 'test.pcap'))
}

/** Time, lengths and data of every packet. */
function packetsOf(bytes: Uint8Array): string[] {
  return read(bytes).packets.map((text) => text.replace(/^@\d+ /, '').replace(/ link \d+ if 0/, ''))
}

describe('the four standard forms', () => {
  for (const big of [false, true]) {
    for (const nano of [false, true]) {
      const order = big ? 'big-endian' : 'little-endian'
      const unit = nano ? 'nanoseconds' : 'microseconds'
      test(`${unit}, ${order}`, () => {
        const data = payload(5)
        const file = concat(
          pcapHeader({ big, magic: nano ? 0xa1b23c4d : 0xa1b2c3d4 }),
          pcapRecord(1700000000, 123456, data, { big, original: 60 }),
        )
        const { reader, packets, status } = read(file)
        const fraction = nano ? '000123456' : '123456000'
        expect(packets).toEqual([`@40 1700000000.${fraction} 5/60 link 1 if 0 ${Buffer.from(data).toString('hex')}`])
        expect(status).toBe('end')
        expect(reader.formatLabel).toBe(`pcap, ${unit}, ${order}`)
        expect(reader.consumed).toBe(file.length)
      })
    }
  }
})

describe('the file header', () => {
  test('bits above the link type tell the length of the frame check sequence', () => {
    const { reader } = read(concat(pcapHeader({ network: 0x44000001 }), pcapRecord(1, 2, payload(4))))
    expect(reader.linkType).toBe(1)
    expect(reader.interfaces[0]?.fcsLength).toBe(8)
  })

  test('a version before 2 is refused', () => {
    expect(() => openCapture(memorySource(pcapHeader({ major: 1, minor: 0 })))).toThrow(/version 1\.0/)
  })

  test('a link type that tshark refuses is refused, unless asked otherwise', () => {
    const file = concat(pcapHeader({ network: 289 }), pcapRecord(1, 2, payload(4)))
    expect(() => openCapture(memorySource(file))).toThrow(/link type 289/)
    expect(readAll(memorySource(file), { unknownLinkTypes: 'accept' }).packets).toHaveLength(1)
  })

  test('reserved bits that are set are refused', () => {
    expect(() => openCapture(memorySource(pcapHeader({ network: 0x10001 })))).toThrow(/reserved bits/)
  })

  test('a header that is cut off is refused with the lengths', () => {
    expect(() => openCapture(memorySource(pcapHeader().subarray(0, 20)))).toThrow(/20 of 24 bytes/)
  })

  test('a header alone is an empty capture', () => {
    expect(read(pcapHeader())).toMatchObject({ packets: [], status: 'end' })
  })
})

describe('dialects', () => {
  const extra = concat(u32s(false, 2), u16s(false, 8), Uint8Array.of(0, 0))
  const cases: [string, number, Uint8Array<ArrayBuffer>][] = [
    ['modified', 0xa1b2cd34, extra],
    ['SuSE Linux 6.3', 0xa1b2cd34, concat(extra, u32s(false, 0))],
    ['Red Hat Linux 6.1', 0xa1b2c3d4, extra],
    ['Nokia', 0xa1b2c3d4, u32s(false, 0x01020304)],
  ]
  for (const [label, magic, between] of cases) {
    test(`${label} records are recognised by their shape`, () => {
      const records = [1, 2, 3].map((n) => pcapRecord(1700000000 + n, n, payload(60, n), { extra: between }))
      const { reader, packets, status } = read(concat(pcapHeader({ magic }), ...records))
      expect(packets).toHaveLength(3)
      expect(packets[2]).toContain(`1700000003.000003000 60/60 link 1 if 0 ${Buffer.from(payload(60, 3)).toString('hex')}`)
      expect(status).toBe('end')
      expect(reader.formatLabel).toContain(label)
    })
  }

  test('a stream of the standard form is recognised with the second record header, whatever the pieces', () => {
    const file = concat(pcapHeader(), pcapRecord(1, 2, payload(60)), pcapRecord(2, 3, payload(61)))
    const source = new GrowingSource(file)
    source.grow(24)
    const reader = openCapture(source)
    source.grow(76)
    expect(reader.next()).toBe('wait')
    source.grow(16)
    expect(reader.next()).toBe('packet')
    expect(reader.next()).toBe('wait')
    source.grow(100)
    expect(reader.next()).toBe('packet')
    expect(reader.next()).toBe('end')
  })

  test('AIX files have their own link types, and nanoseconds', () => {
    const { reader, packets } = read(concat(pcapHeader({ minor: 2, network: 6 }), pcapRecord(1, 2000, payload(4))))
    expect(reader.linkType).toBe(1)
    expect(packets[0]).toContain('1.000002000')
  })

  test('before version 2.3 the lengths are exchanged', () => {
    const file = concat(pcapHeader({ minor: 2, network: 1 }), pcapRecord(1, 2, payload(4), { captured: 70, original: 4 }))
    expect(packetsOf(file)).toEqual([`1.000002000 4/70 ${Buffer.from(payload(4)).toString('hex')}`])
  })
})

describe('records as careless writers make them', () => {
  test('a captured length above the original length and above the snap length is kept', () => {
    const file = concat(pcapHeader({ snapLength: 3 }), pcapRecord(1, 2, payload(6), { original: 5 }))
    expect(packetsOf(file)).toEqual([`1.000002000 6/5 ${Buffer.from(payload(6)).toString('hex')}`])
  })

  test('a fraction of more than a second stays as the file says it, in 32 bits', () => {
    expect(packetsOf(concat(pcapHeader(), pcapRecord(1, 2_500_000, payload(1))))[0]).toContain('1.-1794967296')
  })

  test('a packet without bytes is a packet', () => {
    expect(packetsOf(concat(pcapHeader(), pcapRecord(1, 2, payload(0), { original: 64 })))).toEqual(['1.000002000 0/64 '])
  })

  test('the pseudo-header of Bluetooth captures is no part of the frame', () => {
    const { reader, packets } = read(concat(pcapHeader({ network: 201 }), pcapRecord(1, 2, payload(10))))
    expect(packets).toEqual([`@44 1.000002000 6/6 link 201 if 0 ${Buffer.from(payload(10).subarray(4)).toString('hex')}`])
    expect(reader.pseudoHeader).toBe(4)
  })
})

describe('damage', () => {
  const good = [1, 2].map((n) => pcapRecord(n, n, payload(20, n)))

  test('a record that is cut off ends the reading with offset, packet and lengths', () => {
    const { reader, packets, status } = read(concat(pcapHeader(), ...good, pcapRecord(3, 3, payload(40)).subarray(0, 30)))
    expect(packets).toHaveLength(2)
    expect(status).toBe('damaged')
    expect(reader.problem?.message).toBe(
      'pcap: the file is cut short in the middle of a record: 30 of 56 bytes are there (offset 0x60, after packet 2). The 2 packets before it are loaded.',
    )
    expect(reader.problem).toMatchObject({ code: 'pcap/truncated', where: { file: 'test.pcap', offset: 0x60, packet: 2 } })
    expect(reader.next()).toBe('damaged')
  })

  test('a cut record header is told too', () => {
    const { reader, packets } = read(concat(pcapHeader(), ...good, Uint8Array.of(1, 2, 3)))
    expect(packets).toHaveLength(2)
    expect(reader.problem?.message).toContain('3 of 16 bytes')
  })

  test('a length that no packet can have ends the reading', () => {
    const { reader, packets } = read(concat(pcapHeader(), ...good, u32s(false, 1, 2, 1131376244, 64), payload(100)))
    expect(packets).toHaveLength(2)
    expect(reader.problem).toMatchObject({ code: 'pcap/bad-packet-length', where: { offset: 0x60 } })
    expect(reader.problem?.message).toContain('1131376244')
  })

  test('262144 bytes are the most that is believed', () => {
    const most = concat(pcapHeader(), pcapRecord(1, 2, payload(262144)))
    const more = concat(pcapHeader(), pcapRecord(1, 2, payload(262145)), pcapRecord(1, 2, payload(1)))
    expect(read(most)).toMatchObject({ status: 'end' })
    expect(read(more)).toMatchObject({ status: 'damaged', packets: [] })
  })
})
