// Addresses as small integers: each different address of a capture is stored once, and columns and conversations hold its number.
import { withRoom } from '../bytes/room'
import { etherText, ipv4Text, ipv6Text } from '../bytes/text'
import type { Address, AddressKind } from './packet'

const KINDS: readonly AddressKind[] = ['none', 'ether', 'ipv4', 'ipv6', 'text']
const NONE = 0,
  ETHER = 1,
  IPV4 = 2,
  IPV6 = 3,
  TEXT = 4
/** A power of two. */
const RECENT = 1024

/** Interned addresses. Number 0 is "no address"; numbers are dense and never change. */
export class AddressTable {
  /** Addresses including number 0. */
  count = 1
  private kinds = new Uint8Array(64)
  /** Four words an address, signed so that the engine's compiler keeps them out of the heap: IPv6 all four, IPv4 the first, Ethernet the first two (16 and 32 bits). */
  private words = new Int32Array(256)
  private slots = new Int32Array(256)
  /** IPv4 addresses that came last, by some of their bits, with their numbers (0 = none yet). */
  private readonly recentValues = new Int32Array(RECENT)
  private readonly recentNumbers = new Int32Array(RECENT)
  private readonly texts = new Map<string, number>()
  private readonly textOf = new Map<number, string>()

  /** Number of an IPv4 address given as a 32-bit integer. */
  ipv4(value: number): number {
    value |= 0
    const place = (value ^ (value >>> 11)) & (RECENT - 1),
      recent = this.recentNumbers[place]!
    if (this.recentValues[place] === value && recent !== 0) return recent
    this.recentValues[place] = value
    return (this.recentNumbers[place] = this.intern(IPV4, value, 0, 0, 0))
  }
  /** Number of an IPv6 address given as four 32-bit integers. */
  ipv6(a: number, b: number, c: number, d: number): number {
    return this.intern(IPV6, a | 0, b | 0, c | 0, d | 0)
  }
  /** Number of an Ethernet address: first 16 and last 32 bits. */
  ether(high: number, low: number): number {
    return this.intern(ETHER, high | 0, low | 0, 0, 0)
  }
  /** Number of an address that a dissector set; bytes missing at the end count as 0. */
  of(address: Address): number {
    const { bytes, at } = address
    switch (address.kind) {
      case 'none':
        return NONE
      case 'ipv4':
        return this.ipv4(word(bytes, at))
      case 'ipv6':
        return this.ipv6(word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12))
      case 'ether':
        return this.ether(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0), word(bytes, at + 2))
      case 'text': {
        let id = this.texts.get(address.text)
        if (id === undefined) {
          id = this.append(TEXT, 0, 0, 0, 0)
          this.texts.set(address.text, id)
          this.textOf.set(id, address.text)
        }
        return id
      }
    }
  }

  /** What kind of address a number stands for. */
  kind(id: number): AddressKind {
    return KINDS[this.kinds[id] ?? 0]!
  }
  /** The address's bytes (4, 6 or 16; none for 'none' and 'text'). */
  bytes(id: number): Uint8Array {
    const kind = this.kinds[id] ?? 0,
      at = id * 4
    if (kind === ETHER) {
      const high = this.words[at]!,
        low = this.words[at + 1]!
      return Uint8Array.of(high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low)
    }
    const words = kind === IPV6 ? 4 : kind === IPV4 ? 1 : 0,
      bytes = new Uint8Array(words * 4)
    for (let i = 0; i < words * 4; i++) bytes[i] = this.words[at + (i >> 2)]! >>> (24 - 8 * (i & 3))
    return bytes
  }
  /** The address as tshark -n writes it; '' for number 0. */
  text(id: number): string {
    switch (this.kinds[id]) {
      case ETHER:
        return etherText(this.bytes(id))
      case IPV4:
        return ipv4Text(this.bytes(id))
      case IPV6:
        return ipv6Text(this.bytes(id))
      case TEXT:
        return this.textOf.get(id) ?? ''
      default:
        return ''
    }
  }
  /** Order of two addresses: by kind, then by value. Negative, 0 or positive. */
  compare(a: number, b: number): number {
    if (a === b) return 0
    const byKind = this.kinds[a]! - this.kinds[b]!
    if (byKind !== 0) return byKind
    if (this.kinds[a] === TEXT) return this.text(a) < this.text(b) ? -1 : 1
    for (let i = 0; i < 4; i++) {
      const difference = (this.words[a * 4 + i]! >>> 0) - (this.words[b * 4 + i]! >>> 0)
      if (difference !== 0) return difference
    }
    return 0
  }
  /** Bytes of memory held. */
  get memory(): number {
    return this.kinds.byteLength + this.words.byteLength + this.slots.byteLength
  }

  private intern(kind: number, a: number, b: number, c: number, d: number): number {
    const slots = this.slots,
      mask = slots.length - 1,
      words = this.words,
      kinds = this.kinds
    let h = Math.imul(a ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f) ^ kind, 0x9e3779b1)
    h ^= h >>> 15
    for (let slot = h & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot]!
      if (id === 0) {
        const fresh = this.append(kind, a, b, c, d)
        slots[slot] = fresh
        if (this.count * 2 > slots.length) this.rehash()
        return fresh
      }
      const at = id * 4
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d && kinds[id] === kind) return id
    }
  }
  private append(kind: number, a: number, b: number, c: number, d: number): number {
    const id = this.count++
    if (id === this.kinds.length) {
      this.kinds = withRoom(this.kinds)
      this.words = withRoom(this.words)
    }
    this.kinds[id] = kind
    const at = id * 4,
      words = this.words
    words[at] = a
    words[at + 1] = b
    words[at + 2] = c
    words[at + 3] = d
    return id
  }
  private rehash(): void {
    const old = this.slots
    const slots = (this.slots = new Int32Array(old.length * 4)),
      mask = slots.length - 1
    for (let i = 0; i < old.length; i++) {
      const id = old[i]!
      if (id === 0) continue
      const at = id * 4,
        words = this.words
      let h = Math.imul(
        words[at]! ^
          Math.imul(words[at + 1]!, 0x85ebca6b) ^
          Math.imul(words[at + 2]!, 0xc2b2ae35) ^
          Math.imul(words[at + 3]!, 0x27d4eb2f) ^
          this.kinds[id]!,
        0x9e3779b1,
      )
      h ^= h >>> 15
      let slot = h & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
}
