// Data rates of 802.11n (IEEE 802.11-2012, 20.6), from radiotap's field MCS (radiotap.org). Not covered: streams of unlike modulation (33 and more).
/** Data bits of a symbol in a channel of 20 MHz for one spatial stream, and of the duplicate format, number 32. */
const SYMBOL_BITS = [26, 52, 78, 104, 156, 208, 234, 260],
  DUPLICATE_BITS = 12
/** Bandwidth, index and guard interval are known. */
const MCS_KNOWN = 7
/** Mb/s by the field's three octets; 0 where they do not say, and for what is not covered. */
export function highThroughputRate(known: number, flags: number, index: number): number {
  if ((known & MCS_KNOWN) !== MCS_KNOWN || index > 32) return 0
  const bits = index === 32 ? DUPLICATE_BITS : (SYMBOL_BITS[index % 8] ?? 0) * (1 + Math.floor(index / 8)),
    isWide = (flags & 3) === 1,
    isShort = (flags & 4) !== 0
  return (bits * (isWide ? 108 / 52 : 1)) / (isShort ? 3.6 : 4)
}
