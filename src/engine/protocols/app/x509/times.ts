// Times of certificates as text (X.680, 46 and 47; RFC 5280, 4.1.2.5).

/** "2026-11-26 12:00:00 (UTC)" of a UTCTime's characters; what is none stays as it is. Two-digit years below 50 are of this century. */
export function dateText(characters: string): string {
  const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-]\d{4}))$/.exec(characters)
  if (!parts) return characters
  const [, year = '', month = '', day = '', hour = '', minute = '', second, zone] = parts
  return `${year < '50' ? '20' : '19'}${year}-${month}-${day} ${hour}:${minute}${second === undefined ? '' : `:${second}`} (UTC${zone ?? ''})`
}

/** Seconds since 1970 of a GeneralizedTime's characters; undefined for what is none. */
export function timeOf(characters: string): { seconds: number; nanoseconds: number } | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d{1,9}))?(?:Z|([+-])(\d\d)(\d\d)?)?$/.exec(characters)
  if (!parts) return undefined
  const [, year, month, day, hour, minute = '0', second = '0', fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = parts,
    shift = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 3600 + Number(zoneMinute) * 60),
    seconds = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000
  return { seconds: seconds - shift, nanoseconds: Number(fraction.padEnd(9, '0')) }
}
