// Checks of headers that send a packet from the index's fast path to its dissection.

/** ARPHRD_ types of Linux whose cooked packets do not hold an ethertype: tunnels, wireless monitors, CAN and the like. */
export function isTunnelDevice(type: number): boolean {
  return type !== 1 && type !== 512 && type !== 772 && type !== 65534 && type !== 519
}

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
