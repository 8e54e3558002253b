// The Time column of the summary line in the forms that -t chooses.
import { civil } from '../engine/service/terminal'
import type { TimeKind } from './options'

/** A time of the capture; negative times carry the sign in seconds, nanoseconds are 0..999,999,999. */
export interface Instant {
  readonly seconds: number
  readonly nanoseconds: number
}

/** Difference of two instants as sign, whole seconds and nanoseconds. */
function difference(a: Instant, b: Instant): { negative: boolean; seconds: number; nanoseconds: number } {
  let seconds = a.seconds - b.seconds,
    nanoseconds = a.nanoseconds - b.nanoseconds
  const negative = seconds < 0 || (seconds === 0 && nanoseconds < 0)
  if (negative) {
    seconds = -seconds
    nanoseconds = -nanoseconds
  }
  if (nanoseconds < 0) {
    seconds -= 1
    nanoseconds += 1_000_000_000
  }
  return { negative, seconds, nanoseconds }
}

function fraction(nanoseconds: number, digits: number): string {
  return digits === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').slice(0, digits)}`
}
function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** Seconds between two instants with `digits` decimals, or as hours, minutes and seconds ("1h 02m 03.5s"; -u hms). */
export function elapsedText(from: Instant, to: Instant, digits: number, hms: boolean): string {
  const { negative, seconds, nanoseconds } = difference(to, from),
    sign = negative ? '-' : '',
    rest = fraction(nanoseconds, digits)
  if (!hms) return `${sign}${seconds}${rest}`
  const hours = Math.floor(seconds / 3600),
    minutes = Math.floor(seconds / 60) % 60,
    left = seconds % 60
  if (hours) return `${sign}${hours}h ${two(minutes)}m ${two(left)}${rest}s`
  if (minutes) return `${sign}${minutes}m ${two(left)}${rest}s`
  return `${sign}${left}${rest}s`
}

/** Time of day, with date or day of the year, or seconds since 1970. `zone` gives the minutes that local time is ahead of UTC. */
export function absoluteText(kind: TimeKind, time: Instant, digits: number, zone: (seconds: number) => number): string {
  if (kind === 'e') return `${time.seconds}${fraction(time.nanoseconds, digits)}`
  const utc = kind.startsWith('u')
  const c = civil(time.seconds + (utc ? 0 : zone(time.seconds) * 60))
  const clock = `${two(c.hour)}:${two(c.minute)}:${two(c.second)}${fraction(time.nanoseconds, digits)}`
  if (kind === 'ad' || kind === 'ud') return `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)} ${clock}`
  if (kind === 'adoy' || kind === 'udoy') {
    const day = Math.floor((Date.UTC(c.year, c.month - 1, c.day) - Date.UTC(c.year, 0, 1)) / 86_400_000) + 1
    return `${String(c.year).padStart(4, '0')}/${String(day).padStart(3, '0')} ${clock}`
  }
  return clock
}
