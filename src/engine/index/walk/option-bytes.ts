// Options of IPv6's hop-by-hop and destination headers, as far as the header walk must know them.

const PAD1 = 0,
  PADN = 1,
  ROUTER_ALERT = 5

/** Whether the options in bytes[at..end) are of the kinds that no dissector stumbles over (RFC 8200, 4.2; RFC 2711). */
export function areOptionsPlain(bytes: Uint8Array, at: number, end: number): boolean {
  while (at < end) {
    const kind = bytes[at]!
    if (kind === PAD1) {
      at++
      continue
    }
    if (at + 2 > end) return false
    const length = bytes[at + 1]!
    if (kind !== PADN && (kind !== ROUTER_ALERT || length !== 2)) return false
    at += 2 + length
    if (at > end) return false
  }
  return true
}
