// Decoder of LZ4 frames as a stream: independent and linked blocks of all sizes, stored blocks, concatenated and skippable
// frames, and the legacy frame. Checksums are stepped over, not verified.
// https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md (BSD-2-Clause documents)
import { u32le } from '../../engine/bytes/integers'

const FRAME = 0x184d2204
const LEGACY_FRAME = 0x184c2102
const SKIPPABLE = 0x184d2a50
const HISTORY = 65536
const LEGACY_BLOCK = 8 << 20

/** What is wrong with the stream. */
export class Lz4Damage extends Error {}

/** Pushed chunks come out decoded through `output`, whose bytes are valid during the call only. */
export class Lz4Decoder {
  private readonly output: (bytes: Uint8Array) => void
  private pending = new Uint8Array(0)
  private at = 0
  private state: 'magic' | 'header' | 'block' | 'skip' = 'magic'
  private skipLength = 0
  private legacy = false
  private linked = false
  private blockChecksum = false
  private contentChecksum = false
  private blockMaximum = 0
  private window = new Uint8Array(0)
  /** Valid bytes of history at the start of window. */
  private history = 0

  constructor(output: (bytes: Uint8Array) => void) {
    this.output = output
  }

  /** Decodes as far as the bytes allow; copies what it must keep. Throws Lz4Damage. */
  push(chunk: Uint8Array): void {
    const rest = this.pending.length - this.at
    const joined = new Uint8Array(rest + chunk.length)
    joined.set(this.pending.subarray(this.at))
    joined.set(chunk, rest)
    this.pending = joined
    this.at = 0
    while (this.step()) {
      // step() has moved on by one part of the stream
    }
  }

  /** True where a stream may end: between frames. Legacy frames have no end mark. */
  get atBoundary(): boolean {
    return this.pending.length === this.at && (this.state === 'magic' || (this.state === 'block' && this.legacy))
  }

  private step(): boolean {
    const have = this.pending.length - this.at
    switch (this.state) {
      case 'magic':
        return have >= 4 && this.frameStart()
      case 'header':
        return this.frameHeader(have)
      case 'skip': {
        const length = Math.min(have, this.skipLength)
        this.at += length
        this.skipLength -= length
        if (this.skipLength > 0) return false
        this.state = 'magic'
        return true
      }
      case 'block':
        return this.block(have)
    }
  }

  private frameStart(): boolean {
    const magic = u32le(this.pending, this.at)
    if (magic === FRAME) {
      this.state = 'header'
    } else if (magic === LEGACY_FRAME) {
      this.legacy = true
      this.linked = false
      this.begin(LEGACY_BLOCK)
    } else if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      if (this.pending.length - this.at < 8) return false
      this.skipLength = u32le(this.pending, this.at + 4)
      this.at += 4
      this.state = 'skip'
    } else {
      throw new Lz4Damage(`0x${magic.toString(16)} is not the start of an LZ4 frame`)
    }
    this.at += 4
    return true
  }

  /** FLG, BD, optional content size (8) and dictionary id (4), header checksum. */
  private frameHeader(have: number): boolean {
    if (have < 3) return false
    const flags = this.pending[this.at] ?? 0
    const descriptor = this.pending[this.at + 1] ?? 0
    const length = 3 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0)
    if (have < length) return false
    if (flags >> 6 !== 1) throw new Lz4Damage(`the LZ4 frame has version ${flags >> 6}`)
    if (flags & 1) throw new Lz4Damage('the LZ4 frame needs a dictionary')
    const size = (descriptor >> 4) & 7
    if (size < 4) throw new Lz4Damage(`the LZ4 frame has the unknown block size code ${size}`)
    this.legacy = false
    this.linked = (flags & 0x20) === 0
    this.blockChecksum = (flags & 0x10) !== 0
    this.contentChecksum = (flags & 4) !== 0
    this.at += length
    this.begin(1 << (8 + 2 * size))
    return true
  }

  private begin(blockMaximum: number): void {
    this.blockMaximum = blockMaximum
    this.history = 0
    if (this.window.length < HISTORY + blockMaximum) this.window = new Uint8Array(HISTORY + blockMaximum)
    this.state = 'block'
  }

  private block(have: number): boolean {
    if (have < 4) return false
    const word = u32le(this.pending, this.at)
    if (this.legacy) {
      // A legacy frame ends with the file or where another magic number stands.
      if (word === FRAME || word === LEGACY_FRAME || (word & 0xfffffff0) >>> 0 === SKIPPABLE) {
        this.state = 'magic'
        return true
      }
    } else if (word === 0) {
      const length = 4 + (this.contentChecksum ? 4 : 0)
      if (have < length) return false
      this.at += length
      this.state = 'magic'
      return true
    }
    const stored = !this.legacy && word >>> 31 === 1
    const size = this.legacy ? word : word & 0x7fffffff
    if (size > (this.legacy ? LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16 : this.blockMaximum)) {
      throw new Lz4Damage(`an LZ4 block claims ${size} bytes, more than its frame allows`)
    }
    const total = 4 + size + (this.blockChecksum && !this.legacy ? 4 : 0)
    if (have < total) return false
    const from = this.at + 4
    const start = this.history
    let end: number
    if (stored) {
      this.window.set(this.pending.subarray(from, from + size), start)
      end = start + size
    } else {
      end = decodeBlock(this.pending, from, from + size, this.window, start, start + this.blockMaximum)
    }
    this.at += total
    this.output(this.window.subarray(start, end))
    this.keepHistory(end)
    return true
  }

  private keepHistory(end: number): void {
    if (!this.linked) {
      this.history = 0
      return
    }
    const keep = Math.min(HISTORY, end)
    this.window.copyWithin(0, end - keep, end)
    this.history = keep
  }
}

/** Decodes one block into target[start..maximum), with target[0..start) as history; answers the end. */
function decodeBlock(source: Uint8Array, from: number, to: number, target: Uint8Array, start: number, maximum: number): number {
  let read = from
  let write = start
  while (read < to) {
    const token = source[read++] ?? 0
    let literals = token >> 4
    if (literals === 15) {
      for (let more = 255; more === 255; literals += more) {
        if (read >= to) throw new Lz4Damage('an LZ4 block ends inside a length')
        more = source[read++] ?? 0
      }
    }
    if (read + literals > to || write + literals > maximum) throw new Lz4Damage('the literals of an LZ4 block do not fit')
    for (const end = read + literals; read < end;) target[write++] = source[read++] ?? 0
    // The last sequence has no match.
    if (read === to) return write
    if (read + 2 > to) throw new Lz4Damage('an LZ4 block ends inside an offset')
    const offset = (source[read] ?? 0) | ((source[read + 1] ?? 0) << 8)
    read += 2
    let length = token & 15
    if (length === 15) {
      for (let more = 255; more === 255; length += more) {
        if (read >= to) throw new Lz4Damage('an LZ4 block ends inside a length')
        more = source[read++] ?? 0
      }
    }
    length += 4
    if (offset === 0 || offset > write) throw new Lz4Damage('an LZ4 match points before the start of the data')
    if (write + length > maximum) throw new Lz4Damage('an LZ4 block is longer than its frame allows')
    // Byte by byte: a match may overlap what it writes.
    for (const end = write + length; write < end; write++) target[write] = target[write - offset] ?? 0
  }
  return write
}
