// A check of headers that sends a packet from the header walk to its dissection.

/** Whether IPv4 options hold a source route (RFC 791, 3.1), which changes the destination, or cannot be told. */
export function isRouted(bytes: Uint8Array, at: number, end: number): boolean {
  while (at < end) {
    const kind = bytes[at]!
    if (kind === 0) return false
    if (kind === 1) {
      at++
      continue
    }
    const length = at + 1 < end ? bytes[at + 1]! : 0
    if (kind === 131 || kind === 137 || length < 2 || at + length > end) return true
    at += length
  }
  return false
}
