import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { openCapture } from '../../../../src/engine/capture/open'
import { TraceError } from '../../../../src/shared/errors'
import { concat, payload, pcapHeader, readAll, u32s } from '../../../support/capture-bytes'

function refusal(bytes: Uint8Array | string): { code: string; message: string } {
  try {
    openCapture(memorySource(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'file'))
  } catch (error) {
    if (error instanceof TraceError) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'opened', message: '' }
}

describe('a file that is no capture is refused with what was found instead', () => {
  const cases: [string, Uint8Array | string, RegExp][] = [
    ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0), /xz-compressed data\. Unpack it first/],
    ['bzip2', 'BZh91AY&SY', /bzip2/],
    ['gzip inside a compressed file', Uint8Array.of(0x1f, 0x8b, 8, 0), /compressed more than once/],
    ['ZIP', 'PK\x03\x04 and more', /ZIP archive/],
    ['tar', concat(new Uint8Array(257).fill(65), Buffer.from('ustar\0')), /tar archive/],
    ['PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /PNG picture/],
    ['PDF', '%PDF-1.7\n', /PDF document/],
    ['ELF', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0), /ELF program/],
    ['HTML', '<!DOCTYPE html>\n<html>', /HTML page \(was it saved instead of the download\?\)/],
    ['JSON', '{"a": 1}', /JSON text/],
    ['a key log', 'CLIENT_RANDOM 00 11\n', /TLS key log/],
    ['a hex dump', '000000 00 11 22 33\n000010 44', /hex dump.*text2pcap/],
    ['text', 'hello, world\n', /plain text/],
    ['text with a character cut at the end of the sample', concat(new Uint8Array(511).fill(0x61), Uint8Array.of(0xe4, 0xb8)), /plain text/],
    ['Network Monitor', 'GMBU\0\x02', /Network Monitor/],
    ['zero bytes', new Uint8Array(100), /zero bytes/],
    ['anything else', Uint8Array.of(0, 1, 2, 3, 0xfe, 0xff, 0, 1, 2), /begins with the bytes 00 01 02 03 fe ff 00 01/],
  ]
  for (const [name, bytes, text] of cases) {
    test(name, () => {
      const { code, message } = refusal(bytes)
      expect(code).toBe('capture/not-a-capture')
      expect(message).toMatch(/^file: this is not a packet capture; it is /)
      expect(message).toMatch(text)
    })
  }

  test('an empty file', () => {
    expect(refusal(new Uint8Array(0))).toEqual({
      code: 'capture/empty',
      message: expect.stringMatching(/^file: the file is empty/) as string,
    })
  })
})

describe('snoop', () => {
  const header = concat(Buffer.from('snoop\0\0\0'), u32s(true, 2, 4))
  const record = (data: Uint8Array, padding: number, original = data.length) =>
    concat(u32s(true, original, data.length, 24 + data.length + padding, 0, 1000, 500_000), data, new Uint8Array(padding))

  test('packets are read with their padding stepped over', () => {
    const data = payload(5)
    const { reader, packets, status } = readAll(memorySource(concat(header, record(data, 3, 60), record(data, 0))))
    const hex = Buffer.from(data).toString('hex')
    expect(packets).toEqual([`@40 1000.500000000 5/60 link 1 if 0 ${hex}`, `@72 1000.500000000 5/5 link 1 if 0 ${hex}`])
    expect(status).toBe('end')
    expect(reader.format).toBe('snoop')
  })

  test('a record shorter than its packet is damage', () => {
    const bad = concat(u32s(true, 60, 60, 24, 0, 1, 1), payload(60))
    const { reader, packets } = readAll(memorySource(concat(header, record(payload(5), 3), bad)))
    expect(packets).toHaveLength(1)
    expect(reader.problem?.code).toBe('snoop/bad-packet-length')
  })

  test('other link types are refused with what to do', () => {
    expect(refusal(concat(Buffer.from('snoop\0\0\0'), u32s(true, 2, 18)))).toMatchObject({ code: 'capture/unsupported-format' })
  })
})

test('a damaged stream that brought nothing is refused with its own error', () => {
  const source = {
    ...memorySource(new Uint8Array(0), 'x.gz'),
    failure: new TraceError('compression/damaged', 'x.gz: the gzip data is damaged.'),
  }
  expect(() => openCapture(source)).toThrow('x.gz: the gzip data is damaged. No packet could be read.')
})

test('a damaged stream shows the packets before the damage, then its own error', () => {
  const bytes = concat(pcapHeader(), u32s(false, 1, 2, 4, 4), payload(4), u32s(false, 1, 2))
  const source = { ...memorySource(bytes, 'x.gz'), failure: new TraceError('compression/truncated', 'x.gz: the gzip data is cut short.') }
  const { reader, packets, status } = readAll(source)
  expect(packets).toHaveLength(1)
  expect(status).toBe('damaged')
  expect(reader.problem).toMatchObject({
    code: 'compression/truncated',
    message: 'x.gz: the gzip data is cut short. The packet before it is loaded.',
  })
})
