import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { openCapture } from '../../../../src/engine/capture/open'
import type { CaptureSource } from '../../../../src/node/capture-source/capture-source'
import { detectCompression } from '../../../../src/node/capture-source/decompress'
import { openSource, openStream } from '../../../../src/node/capture-source/open-source'
import { concat, pcapHeader, pcapRecord } from '../../../support/capture-bytes'

const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-source-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let files = 0
function file(bytes: Uint8Array, name = 'x'): string {
  const target = path.join(folder, `${++files}-${name}`)
  writeFileSync(target, bytes)
  return target
}

/** Packets that do not compress to nothing. */
function capture(packets: number): Uint8Array {
  let state = 1
  const noise = (length: number) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 16) & (state & 1 ? 0xff : 0x0f)
    })
  return concat(pcapHeader(), ...Array.from({ length: packets }, (_, i) => pcapRecord(1700000000 + i, i, noise(200))))
}

async function everything(source: CaptureSource): Promise<Uint8Array> {
  while (!source.complete) await source.whenMore()
  const bytes = new Uint8Array(source.size)
  // Uneven pieces, so that reading across the parts of a spool is seen.
  for (let at = 0; at < bytes.length;) {
    const got = source.read(bytes, at, Math.min(70_001, bytes.length - at), at)
    if (got === 0) throw new Error(`nothing at ${at}`)
    at += got
  }
  return bytes
}

async function countPackets(source: CaptureSource): Promise<{ packets: number; status: string; message: string }> {
  const reader = openCapture(source)
  for (;;) {
    const status = reader.next()
    if (status === 'wait') await source.whenMore()
    else if (status !== 'packet') return { packets: reader.packets, status, message: reader.problem?.message ?? '' }
  }
}

describe('plain files', () => {
  test('are read where they lie', async () => {
    const bytes = capture(100)
    const source = await openSource(file(bytes))
    expect(source.complete).toBe(true)
    expect(Buffer.from(await everything(source)).equals(bytes)).toBe(true)
    expect(source.read(new Uint8Array(10), 0, 10, bytes.length - 3)).toBe(3)
    expect(source.read(new Uint8Array(10), 0, 10, bytes.length + 3)).toBe(0)
    source.close()
    source.close()
  })

  test('beyond 4 GB too', async () => {
    const large = file(new Uint8Array(0))
    const handle = openSync(large, 'r+')
    writeSync(handle, Buffer.from('far away'), 0, 8, 5 * 2 ** 30)
    closeSync(handle)
    const source = await openSource(large)
    const target = new Uint8Array(8)
    expect(source.size).toBe(5 * 2 ** 30 + 8)
    expect(source.read(target, 0, 8, 5 * 2 ** 30)).toBe(8)
    expect(Buffer.from(target).toString()).toBe('far away')
    source.close()
  })

  test('grow while they are followed', async () => {
    const bytes = capture(6)
    const growing = file(bytes.subarray(0, 700))
    const source = await openSource(growing, { follow: true })
    const reader = openCapture(source)
    let status = reader.next()
    while (status === 'packet') status = reader.next()
    expect(status).toBe('wait')
    const before = reader.packets
    appendFileSync(growing, bytes.subarray(700))
    await source.whenMore()
    while (reader.next() === 'packet') {
      // counted below
    }
    expect([before, reader.packets]).toEqual([3, 6])
    source.stop()
    expect(reader.next()).toBe('end')
    source.close()
  })

  test('that become shorter say so', async () => {
    const shrinking = file(capture(6))
    const source = await openSource(shrinking, { follow: true })
    truncateSync(shrinking, 100)
    expect(source.size).toBe(100)
    expect(source).toMatchObject({ complete: true, failure: { code: 'io/read' } })
    expect(source.failure?.message).toContain('became shorter')
    source.close()
  })
})

describe('what cannot be opened is refused with what to do', () => {
  test('a missing file', async () => {
    await expect(openSource(path.join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'io/not-found',
      where: { file: path.join(folder, 'nowhere') },
    })
  })

  test('a folder', async () => {
    mkdirSync(path.join(folder, 'sub'))
    await expect(openSource(path.join(folder, 'sub'))).rejects.toMatchObject({
      code: 'io/is-directory',
      message: expect.stringContaining('Choose a capture file') as string,
    })
  })
})

describe('compression', () => {
  const bytes = capture(3000)
  const tool = (name: string, ...args: string[]) => spawnSync(name, args, { input: bytes, maxBuffer: 1 << 28 }).stdout

  test('is recognised by content, not by name', () => {
    expect(detectCompression(gzipSync(bytes))).toBe('gzip')
    expect(detectCompression(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd))).toBe('zstd')
    expect(detectCompression(Uint8Array.of(4, 0x22, 0x4d, 0x18))).toBe('lz4')
    expect(detectCompression(bytes)).toBeUndefined()
    expect(detectCompression(new Uint8Array(0))).toBeUndefined()
  })

  const forms: [string, () => Uint8Array, number][] = [
    ['gzip', () => gzipSync(bytes), 1],
    ['gzip of several members', () => concat(gzipSync(bytes), gzipSync(bytes)), 2],
    ['lz4', () => tool('lz4', '-c'), 1],
    ['lz4 with linked blocks of 64 KB and checksums', () => tool('lz4', '-c', '-B4', '-BD', '-BX'), 1],
    ['lz4 with blocks of 4 MB', () => tool('lz4', '-c', '-B7', '-9'), 1],
    ['lz4 with content size, without checksum', () => tool('lz4', '-c', '--content-size', '--no-frame-crc'), 1],
    ['lz4, legacy frame', () => tool('lz4', '-c', '-l'), 1],
    [
      'lz4 of several frames, one of them to be skipped',
      () => concat(tool('lz4', '-c'), Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3), tool('lz4', '-c')),
      2,
    ],
    ['zstd', () => tool('zstd', '-c'), 1],
    ['zstd with a long window and checksum', () => tool('zstd', '-c', '-19', '--check'), 1],
    ['zstd of several frames', () => concat(tool('zstd', '-c'), tool('zstd', '-c')), 2],
  ]
  for (const [name, compress, copies] of forms) {
    test(name, async (context) => {
      const packed = compress()
      // The tool is not installed: nothing to test with.
      if (packed.length === 0) context.skip(`the command ${name.slice(0, 4)} is not installed`)
      const source = await openSource(file(packed))
      const got = await everything(source)
      expect(source.failure).toBeUndefined()
      expect(Buffer.from(got).equals(Buffer.concat(Array.from({ length: copies }, () => bytes)))).toBe(true)
      source.close()
    })
  }

  test('large contents go to a temporary file, and read the same', async () => {
    const source = await openSource(file(gzipSync(bytes)), { memoryLimit: 100_000 })
    expect(Buffer.from(await everything(source)).equals(bytes)).toBe(true)
    source.close()
    expect(source.size).toBe(0)
  })

  test('a capture can be read while it is being decompressed', async () => {
    const source = await openSource(file(gzipSync(bytes)))
    expect(await countPackets(source)).toMatchObject({ packets: 3000, status: 'end' })
    source.close()
  })

  test('a source that is closed early stops', async () => {
    const source = await openSource(file(gzipSync(capture(20000))))
    source.close()
    await source.whenMore()
    expect(source.size).toBe(0)
  })
})

describe('damaged compressed files give what they can, and say so', () => {
  const bytes = capture(3000)

  test('a gzip file that is cut: every packet before the cut', async () => {
    const packed = gzipSync(bytes)
    const source = await openSource(file(packed.subarray(0, packed.length / 2)))
    const { packets, status, message } = await countPackets(source)
    expect(packets).toBeGreaterThan(1300)
    expect(packets).toBeLessThan(1700)
    expect(status).toBe('damaged')
    expect(source.failure?.code).toBe('compression/truncated')
    expect(message).toMatch(/gzip data is cut short.* Copy or download the file again\. The \d+ packets before it are loaded\.$/)
    source.close()
  })

  test('a gzip file without its last bytes: every packet', async () => {
    const packed = gzipSync(bytes)
    const source = await openSource(file(packed.subarray(0, packed.length - 4)))
    expect(await countPackets(source)).toMatchObject({ packets: 3000, status: 'damaged' })
    source.close()
  })

  test('a gzip file with a wrong checksum: every packet', async () => {
    const packed = new Uint8Array(gzipSync(bytes))
    packed[packed.length - 8] = (packed[packed.length - 8] ?? 0) ^ 0xff
    const source = await openSource(file(packed))
    expect(await countPackets(source)).toMatchObject({ packets: 3000, status: 'damaged' })
    expect(source.failure?.code).toBe('compression/damaged')
    source.close()
  })

  test('a gzip file with a damaged middle: the packets up to about there', async () => {
    const packed = new Uint8Array(gzipSync(bytes))
    packed.fill(0xff, packed.length / 2, packed.length / 2 + 100)
    const source = await openSource(file(packed))
    const { packets } = await countPackets(source)
    expect(packets).toBeGreaterThan(1300)
    source.close()
  })

  for (const name of ['lz4', 'zstd']) {
    test(`a ${name} file that is cut`, async (context) => {
      const packed = spawnSync(name, name === 'lz4' ? ['-c', '-B4'] : ['-c'], { input: bytes, maxBuffer: 1 << 28 }).stdout
      if (packed.length === 0) context.skip(`the command ${name} is not installed`)
      const source = await openSource(file(packed.subarray(0, packed.length / 2)))
      const { packets, status } = await countPackets(source)
      expect(packets).toBeGreaterThan(500)
      expect(status).toBe('damaged')
      expect(source.failure?.code).toBe('compression/truncated')
      source.close()
    })
  }

  test('an lz4 file with a damaged start', async () => {
    const source = await openSource(file(concat(Uint8Array.of(4, 0x22, 0x4d, 0x18, 0x64, 0x40, 0xa7), new Uint8Array(100).fill(0xee))))
    await expect(everything(source)).resolves.toHaveLength(0)
    expect(source.failure?.code).toBe('compression/damaged')
    source.close()
  })
})

describe('streams', () => {
  test('are spooled, in whatever pieces they come', async () => {
    const bytes = capture(50)
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => Buffer.from(bytes.subarray(i * 7, i * 7 + 7)))
    const source = await openStream('-', Readable.from(pieces))
    expect(await countPackets(source)).toMatchObject({ packets: 50, status: 'end' })
    source.close()
  })

  test('are decompressed', async () => {
    const source = await openStream('-', Readable.from([gzipSync(capture(50))]))
    expect(await countPackets(source)).toMatchObject({ packets: 50, status: 'end' })
    source.close()
  })

  test('that bring nothing are empty captures', async () => {
    const source = await openStream('-', Readable.from([]))
    expect(() => openCapture(source)).toThrow(/^-: the file is empty/)
    source.close()
  })

  test('named pipes are streams', async (context) => {
    const pipe = path.join(folder, 'pipe')
    if (spawnSync('sh', ['-c', `mkfifo '${pipe}'`]).status !== 0) context.skip('there are no named pipes here')
    const plain = file(capture(20))
    const writer = spawn('sh', ['-c', `cat '${plain}' > '${pipe}'`])
    const written = new Promise((resolve) => writer.once('close', resolve))
    const source = await openSource(pipe)
    expect(await countPackets(source)).toMatchObject({ packets: 20, status: 'end' })
    source.close()
    await written
  })
})
