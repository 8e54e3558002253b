// HPACK (RFC 7541): the header blocks of one direction of a connection, in their order. What it rejects it rejects as nghttp2 does, by which tshark reads
// them: after an error nothing of the direction can be read any more, since the tables of both ends are no longer known to be the same. Entries that the
// table does not have are shown as unknown and are no error, since the capture may have begun later than the connection.
import { latin1Text } from '../../../bytes/text'
import { STATIC_HEADERS } from '../../../values/http2'
import { huffmanText } from './huffman'

/** A header field; one character a byte. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** How a field was represented (RFC 7541, 6). */
export const REPRESENTATION = { indexed: 0, incremental: 1, without: 2, never: 3, sizeUpdate: 4 } as const

/** One representation of a block. */
export interface Representation {
  readonly kind: (typeof REPRESENTATION)[keyof typeof REPRESENTATION]
  /** Index of the field or of its name; 0 where the name is spelled out. For a size update the new size. */
  readonly index: number
  /** Bytes of it within the block given, in which it ends. */
  readonly length: number
  /** None for a size update. */
  readonly field: HeaderField | undefined
}

/** Size of the dynamic table before anything is agreed on (RFC 9113, 6.5.2), and the largest that is kept, whatever the ends agree on. */
const DEFAULT_TABLE = 4096,
  LARGEST_TABLE = 1 << 20
/** What an entry costs beside its text (RFC 7541, 4.1). */
const ENTRY_COST = 32
/** Longest name and longest value. */
const LONGEST_STRING = 65_536

/** What stands for an entry that was added before the capture began, or in bytes that are missing. */
export const UNKNOWN: HeaderField = { name: '<unknown>', value: '' }
/** Something is not there yet, or is not valid. */
const MORE = Symbol('more'),
  WRONG = Symbol('wrong')
type Problem = typeof MORE | typeof WRONG

/** Decodes the blocks of one direction. */
export class HeaderDecoder {
  /** Nothing can be read any more. */
  broken = false
  /** The dynamic table, oldest first; the entries before `oldest` are gone. */
  private table: HeaderField[] = []
  private oldest = 0
  private size = 0
  private limit = DEFAULT_TABLE
  /** Largest size that an update may name: what SETTINGS said. */
  private agreed = DEFAULT_TABLE
  /** The peer lowered the size: the next block must begin with an update. */
  private updateIsDue = false
  /** No field of the block was read yet, so that an update may come. */
  private atStart = true
  /** Bytes of a representation that the next fragment of the block goes on with. */
  private rest: Uint8Array = new Uint8Array(0)
  private restLength = 0
  /** How many bytes it has at least. */
  private wanted = 0

  private bytes: Uint8Array = new Uint8Array(0)
  private at = 0

  /** SETTINGS_HEADER_TABLE_SIZE of the side that decodes was acknowledged (RFC 7541, 4.2). */
  agree(size: number): void {
    this.agreed = Math.min(size, LARGEST_TABLE)
    if (this.limit <= this.agreed) return
    this.limit = this.agreed
    this.updateIsDue = true
    this.evict()
  }

  /** Blocks are missing: of the dynamic table only what is added from now on is known, and nothing of what was agreed on. */
  forget(): void {
    this.table = []
    this.oldest = this.size = this.restLength = this.wanted = 0
    this.agreed = this.limit = LARGEST_TABLE
    this.updateIsDue = false
    this.atStart = true
  }

  /** Reads a block, or a fragment of one (`isLast` false); `take` gets each representation that ends in it. */
  read(fragment: Uint8Array, isLast: boolean, take: (representation: Representation) => void): void {
    if (this.broken) return
    const before = this.restLength
    if (before > 0) this.keep(fragment)
    if (before + fragment.length < this.wanted && !isLast) return
    this.bytes = before > 0 ? this.rest.subarray(0, this.restLength) : fragment
    this.restLength = this.at = this.wanted = 0
    while (this.at < this.bytes.length) {
      const start = this.at,
        found = this.representation()
      if (found === WRONG || (found === MORE && (isLast || this.bytes.length - start > 3 * LONGEST_STRING))) {
        this.broken = true
        break
      }
      if (found === MORE) {
        this.wanted = Math.max(0, this.wanted - start)
        this.rest = new Uint8Array(0)
        this.keep(this.bytes.subarray(start))
        break
      }
      take({ ...found, length: this.at - Math.max(start, before) })
    }
    this.bytes = new Uint8Array(0)
    if (isLast) this.atStart = true
  }

  private byte(at: number): number {
    return this.bytes.at(at) ?? 0
  }

  private keep(fragment: Uint8Array): void {
    const length = this.restLength + fragment.length
    if (length > this.rest.length) {
      const larger = new Uint8Array(2 * length)
      larger.set(this.rest.subarray(0, this.restLength))
      this.rest = larger
    }
    this.rest.set(fragment, this.restLength)
    this.restLength = length
  }

  private representation(): Omit<Representation, 'length'> | Problem {
    const first = this.byte(this.at)
    if (this.updateIsDue && (first & 0xe0) !== 0x20) return WRONG
    if ((first & 0xe0) === 0x20) return this.sizeUpdate()
    if (first & 0x80) {
      const index = this.integer(7)
      if (typeof index === 'symbol') return index
      if (index === 0) return WRONG
      this.atStart = false
      return { kind: REPRESENTATION.indexed, index, field: this.entry(index) ?? UNKNOWN }
    }
    const kind = first & 0x40 ? REPRESENTATION.incremental : first & 0x10 ? REPRESENTATION.never : REPRESENTATION.without,
      index = this.integer(first & 0x40 ? 6 : 4)
    if (typeof index === 'symbol') return index
    const name = index > 0 ? (this.entry(index) ?? UNKNOWN).name : this.text()
    if (typeof name === 'symbol') return name
    const value = this.text()
    if (typeof value === 'symbol') return value
    const field = { name, value }
    this.atStart = false
    if (kind === REPRESENTATION.incremental) this.add(field)
    return { kind, index, field }
  }

  private sizeUpdate(): Omit<Representation, 'length'> | Problem {
    const size = this.integer(5)
    if (typeof size === 'symbol') return size
    if (!this.atStart || size > this.agreed) return WRONG
    this.updateIsDue = false
    this.limit = size
    this.evict()
    return { kind: REPRESENTATION.sizeUpdate, index: size, field: undefined }
  }

  private entry(index: number): HeaderField | undefined {
    if (index <= STATIC_HEADERS.length) return STATIC_HEADERS[index - 1]
    const place = this.table.length - (index - STATIC_HEADERS.length)
    return place < this.oldest ? undefined : this.table[place]
  }

  private add(field: HeaderField): void {
    this.table.push(field)
    this.size += cost(field)
    this.evict()
  }
  private evict(): void {
    while (this.size > this.limit && this.oldest < this.table.length) this.size -= cost(this.table[this.oldest++] ?? UNKNOWN)
    if (this.oldest < 64 || this.oldest < this.table.length / 2) return
    this.table = this.table.slice(this.oldest)
    this.oldest = 0
  }

  /** RFC 7541, 5.1; nothing of more than 32 bits is valid anywhere. */
  private integer(prefix: number): number | Problem {
    const mask = (1 << prefix) - 1
    let value = this.byte(this.at++) & mask
    if (value < mask) return value
    for (let shift = 0; this.at < this.bytes.length; shift += 7) {
      const byte = this.byte(this.at++)
      value += (byte & 0x7f) * 2 ** shift
      if (shift > 28 || value > 0xffff_ffff) return WRONG
      if (byte < 0x80) return value
    }
    this.wanted = this.at + 1
    return MORE
  }

  /** RFC 7541, 5.2. */
  private text(): string | Problem {
    if (this.at >= this.bytes.length) {
      this.wanted = this.at + 1
      return MORE
    }
    const isCoded = (this.byte(this.at) & 0x80) !== 0,
      length = this.integer(7)
    if (typeof length === 'symbol') return length
    if (length > LONGEST_STRING) return WRONG
    const start = this.at,
      end = start + length
    if (end > this.bytes.length) {
      this.wanted = end
      return MORE
    }
    this.at = end
    if (isCoded) return huffmanText(this.bytes, start, end) ?? WRONG
    return latin1Text(this.bytes, start, end)
  }
}

function cost({ name, value }: HeaderField): number {
  return name.length + value.length + ENTRY_COST
}
