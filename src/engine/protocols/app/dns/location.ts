// Words for the numbers of LOC records (RFC 1876, 2).

/** Size or precision: a mantissa and a power of ten of centimetres, in metres. */
export function precisionText(value: number): string {
  const metres = ((value >> 4) * 10 ** (value & 0x0f)) / 100
  return `${sixDigits(metres)} m`
}

/** Thousandths of arc seconds from the equator or the prime meridian, which is 2^31. */
export function arcText(value: number, limit: number, positive: string, negative: string): string {
  const offset = value - 0x80000000,
    size = Math.abs(offset)
  if (size > limit * 3_600_000) return 'Value out of range'
  const degrees = Math.floor(size / 3_600_000),
    minutes = Math.floor(size / 60_000) % 60,
    milliseconds = size % 60_000
  return `${degrees} deg ${minutes} min ${(milliseconds / 1000).toFixed(3)} sec ${offset < 0 ? negative : positive}`
}

/** Centimetres from 100 km below the WGS 84 spheroid. */
export function altitudeText(value: number): string {
  return `${sixDigits((value - 10_000_000) / 100)} m`
}

/** C's %g. */
function sixDigits(value: number): string {
  if (Math.abs(value) < 1e6) return String(Number(value.toPrecision(6)))
  const [mantissa, exponent] = Number(value.toPrecision(6)).toExponential().split('e+') as [string, string]
  return `${mantissa}e+${exponent.padStart(2, '0')}`
}
