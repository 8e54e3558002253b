// Addresses as small integers: each different address of a capture is stored once, and columns and conversations hold its number.
import type { Core } from '../core/core'
import {
  ADDRESS_ETHER as ETHER,
  ADDRESS_IPV4 as IPV4,
  ADDRESS_IPV6 as IPV6,
  S_ADDRESSES,
  S_ADDRESS_KINDS,
  S_ADDRESS_WORDS,
} from '../core/layout'
import { etherText, ipv4Text, ipv6Text } from '../bytes/text'
import type { Address, AddressKind } from './packet'

const KINDS: readonly AddressKind[] = ['none', 'ether', 'ipv4', 'ipv6', 'text']
const NONE = 0,
  TEXT = 4

/** Interned addresses. Number 0 is "no address"; numbers are dense and never change. */
export class AddressTable {
  private readonly core: Core
  private readonly texts = new Map<string, number>()
  private readonly textOf = new Map<number, string>()

  constructor(core: Core) {
    this.core = core
  }

  /** Addresses including number 0. */
  get count(): number {
    return this.core.state(S_ADDRESSES)
  }

  /** Number of an IPv4 address given as a 32-bit integer. */
  ipv4(value: number): number {
    return this.core.fn.ipv4(value)
  }
  /** Number of an IPv6 address given as four 32-bit integers. */
  ipv6(a: number, b: number, c: number, d: number): number {
    return this.core.fn.intern(IPV6, a, b, c, d)
  }
  /** Number of an Ethernet address: first 16 and last 32 bits. */
  ether(high: number, low: number): number {
    return this.core.fn.intern(ETHER, high, low, 0, 0)
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
          id = this.core.fn.appendAddress(TEXT, 0, 0, 0, 0)
          this.texts.set(address.text, id)
          this.textOf.set(id, address.text)
        }
        return id
      }
    }
  }

  /** What kind of address a number stands for. */
  kind(id: number): AddressKind {
    return KINDS[this.code(id)]!
  }
  /** The address's bytes (4, 6 or 16; none for 'none' and 'text'). */
  bytes(id: number): Uint8Array {
    const kind = this.code(id)
    if (kind === ETHER) {
      const high = this.word(id, 0),
        low = this.word(id, 1)
      return Uint8Array.of(high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low)
    }
    const words = kind === IPV6 ? 4 : kind === IPV4 ? 1 : 0,
      bytes = new Uint8Array(words * 4)
    for (let i = 0; i < words * 4; i++) bytes[i] = this.word(id, i >> 2) >>> (24 - 8 * (i & 3))
    return bytes
  }
  /** The address as tshark -n writes it; '' for number 0. */
  text(id: number): string {
    switch (this.code(id)) {
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
    const kind = this.code(a),
      byKind = kind - this.code(b)
    if (byKind !== 0) return byKind
    if (kind === TEXT) return this.text(a) < this.text(b) ? -1 : 1
    for (let i = 0; i < 4; i++) {
      const difference = (this.word(a, i) >>> 0) - (this.word(b, i) >>> 0)
      if (difference !== 0) return difference
    }
    return 0
  }
  /** A code of KINDS, and the four words of an address: IPv6 all of them, IPv4 the first, Ethernet the first two (16 and 32 bits). */
  private code(id: number): number {
    const at = (this.core.state(S_ADDRESS_KINDS) >>> 0) + id,
      word = this.core.words[at >>> 2]!
    return id < this.count ? (word >>> ((at & 3) * 8)) & 0xff : NONE
  }
  private word(id: number, index: number): number {
    return this.core.words[(this.core.state(S_ADDRESS_WORDS) >>> 2) + id * 4 + index]!
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
}
