// Times in filters: absolute ones in the two forms that Wireshark reads, spans as seconds with a fraction.
import type { TimeValue } from '../dissect/tree-buffer'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?: ?(Z|UTC)|([+-])(\d{2}):?(\d{2}))?$/
const WORDS = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}), (\d{4}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?: (UTC))?$/

/** "2026-11-22 13:05:42.5" (local time; Z, UTC or +01:00 for another zone) or "Nov 22, 2026 13:05:42.5". */
export function parseAbsoluteTime(text: string): TimeValue | undefined {
  const iso = ISO.exec(text),
    worded = iso ? null : WORDS.exec(text)
  if (iso) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = iso
      .slice(1, 7)
      .map((part) => Number((part as string | undefined) ?? 0))
    const offset =
      iso[9] === undefined ? (iso[8] === undefined ? undefined : 0) : (iso[9] === '-' ? -1 : 1) * (Number(iso[10]) * 60 + Number(iso[11]))
    return instant(year, month, day, hour, minute, second, iso[7] ?? '', offset)
  }
  if (worded) {
    const month = MONTHS.indexOf((worded[1] ?? '').toLowerCase()) + 1
    return instant(
      Number(worded[3]),
      month,
      Number(worded[2]),
      Number(worded[4]),
      Number(worded[5]),
      Number(worded[6]),
      worded[7] ?? '',
      worded[8] ? 0 : undefined,
    )
  }
  return undefined
}

/** `offset`: minutes ahead of UTC; undefined is local time. */
function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction: string,
  offset: number | undefined,
): TimeValue | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined
  const milliseconds =
    offset === undefined
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000
  return { seconds: Math.floor(milliseconds / 1000), nanoseconds: Number(fraction.padEnd(9, '0')) }
}

/** Seconds with up to nine decimals. */
export function parseTimeSpan(text: string): TimeValue | undefined {
  const match = /^(\d+)(?:\.(\d{0,9})\d*)?$/.exec(text)
  return match ? { seconds: Number(match[1]), nanoseconds: Number((match[2] ?? '').padEnd(9, '0')) } : undefined
}
