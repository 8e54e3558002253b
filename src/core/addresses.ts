// Addresses as small integers: each different address of a capture is stored once. See AddressTable, which tells what the numbers stand for.
import { ADDRESS_IPV4, RECENT, RECENT_AT, S_ADDRESSES, S_ADDRESS_KINDS, S_ADDRESS_WORDS } from '../engine/core/layout'
import { allocate, setState, state, withRoom } from './memory'

let kinds: usize = 0
let words: usize = 0
let slots: usize = 0
let room: i32 = 64
let mask: i32 = 255

/** Number 0 stands for no address. */
export function makeAddresses(): void {
  kinds = allocate(room)
  words = allocate(room << 4)
  slots = allocate((mask + 1) << 2)
  setState(S_ADDRESSES, 1)
  tell()
}

function tell(): void {
  setState(S_ADDRESS_KINDS, kinds as i32)
  setState(S_ADDRESS_WORDS, words as i32)
}

/** Number of an IPv4 address. */
export function ipv4(value: i32): i32 {
  const place: usize = RECENT_AT + (((value ^ (value >>> 11)) & (RECENT - 1)) << 3),
    recent = load<i32>(place, 4)
  if (load<i32>(place) === value && recent !== 0) return recent
  const id = intern(ADDRESS_IPV4, value, 0, 0, 0)
  store<i32>(place, value)
  store<i32>(place, id, 4)
  return id
}

function hash(kind: i32, a: i32, b: i32, c: i32, d: i32): i32 {
  const h = (a ^ (b * 0x85ebca6b) ^ (c * 0xc2b2ae35) ^ (d * 0x27d4eb2f) ^ kind) * 0x9e3779b1
  return h ^ (h >>> 15)
}

/** Number of an address given by its kind and words. */
export function intern(kind: i32, a: i32, b: i32, c: i32, d: i32): i32 {
  let slot = hash(kind, a, b, c, d) & mask
  while (true) {
    const place = slots + (slot << 2),
      id = load<i32>(place)
    if (id === 0) {
      const fresh = appendAddress(kind, a, b, c, d)
      store<i32>(place, fresh)
      if (state(S_ADDRESSES) * 2 > mask + 1) rehash()
      return fresh
    }
    const at = words + (id << 4)
    if (
      load<i32>(at) === a &&
      load<i32>(at, 4) === b &&
      load<i32>(at, 8) === c &&
      load<i32>(at, 12) === d &&
      load<u8>(kinds + id) === (kind as u8)
    )
      return id
    slot = (slot + 1) & mask
  }
}

/** A number for an address that is not looked for by its words. */
export function appendAddress(kind: i32, a: i32, b: i32, c: i32, d: i32): i32 {
  const id = state(S_ADDRESSES)
  setState(S_ADDRESSES, id + 1)
  if (id === room) {
    kinds = withRoom(kinds, room)
    words = withRoom(words, room << 4)
    room *= 4
    tell()
  }
  store<u8>(kinds + id, kind as u8)
  const at = words + (id << 4)
  store<i32>(at, a)
  store<i32>(at, b, 4)
  store<i32>(at, c, 8)
  store<i32>(at, d, 12)
  return id
}

function rehash(): void {
  const old = slots,
    before = mask + 1
  mask = before * 4 - 1
  slots = allocate((mask + 1) << 2)
  for (let i = 0; i < before; i++) {
    const id = load<i32>(old + (i << 2))
    if (id === 0) continue
    const at = words + (id << 4)
    let slot = hash(load<u8>(kinds + id), load<i32>(at), load<i32>(at, 4), load<i32>(at, 8), load<i32>(at, 12)) & mask
    while (load<i32>(slots + (slot << 2)) !== 0) slot = (slot + 1) & mask
    store<i32>(slots + (slot << 2), id)
  }
}
