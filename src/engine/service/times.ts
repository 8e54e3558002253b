// The Time column: exact to the nanosecond, since seconds and nanoseconds are kept apart and never joined in a double.
import type { TimeFormat } from '../../shared/contract'
import type { CaptureInterface } from '../capture/reader'
import { civil } from '../dissect/format'
import type { Clock } from './ports'

/** A moment or a difference; nanoseconds are 0..999,999,999, seconds may be negative. */
export interface Moment {
  readonly seconds: number
  readonly nanoseconds: number
}

/** a - b. */
export function difference(a: Moment, b: Moment): Moment {
  const nanoseconds = a.nanoseconds - b.nanoseconds
  return nanoseconds < 0
    ? { seconds: a.seconds - b.seconds - 1, nanoseconds: nanoseconds + 1_000_000_000 }
    : { seconds: a.seconds - b.seconds, nanoseconds }
}

/** Nanoseconds since 1970 as a decimal string. */
export function epochText(moment: Moment): string {
  return String(BigInt(Math.trunc(moment.seconds)) * 1_000_000_000n + BigInt(moment.nanoseconds))
}

/** Digits after the point that an interface's timestamps have. */
export function digitsOf(resolution: CaptureInterface['timeResolution'] | undefined): number {
  if (resolution === undefined) return 6
  const digits = resolution.base === 10 ? resolution.exponent : Math.ceil(resolution.exponent * Math.LOG10E * Math.LN2)
  return Math.min(9, Math.max(0, digits))
}

/** Seconds with a fraction; digits beyond `digits` are cut off, as Wireshark does. */
export function secondsText(moment: Moment, digits: number): string {
  if (moment.seconds >= 0) return `${moment.seconds}${fraction(moment.nanoseconds, digits)}`
  // -1 s and 900,000,000 ns are -0.1 s.
  const carry = moment.nanoseconds > 0
  return `-${-moment.seconds - (carry ? 1 : 0)}${fraction(carry ? 1_000_000_000 - moment.nanoseconds : 0, digits)}`
}

function fraction(nanoseconds: number, digits: number): string {
  return digits > 0 ? `.${String(nanoseconds).padStart(9, '0').slice(0, digits)}` : ''
}

/** The moments that a packet's time can be told from. */
export interface TimeReferences {
  readonly time: Moment
  /** The first packet, or the last time reference. */
  readonly reference: Moment
  readonly previousCaptured: Moment
  readonly previousDisplayed: Moment
}

/** Text of the Time column. */
export function timeText(kind: TimeFormat['kind'], references: TimeReferences, digits: number, clock: Clock): string {
  const { time } = references
  switch (kind) {
    case 'relative':
      return secondsText(difference(time, references.reference), digits)
    case 'delta':
      return secondsText(difference(time, references.previousCaptured), digits)
    case 'delta-displayed':
      return secondsText(difference(time, references.previousDisplayed), digits)
    case 'epoch':
      return secondsText(time, digits)
    case 'absolute':
      return timeOfDay(localTime(time, clock), digits)
    case 'absolute-date':
      return dateAndTime(localTime(time, clock), digits)
    case 'utc':
      return timeOfDay(time, digits)
    case 'utc-date':
      return dateAndTime(time, digits)
  }
}

function localTime(time: Moment, clock: Clock): Moment {
  return { seconds: time.seconds + clock.zoneOffsetMinutes(time.seconds) * 60, nanoseconds: time.nanoseconds }
}

const two = (value: number): string => String(value).padStart(2, '0')

function timeOfDay(time: Moment, digits: number): string {
  const { hour, minute, second } = civil(time.seconds)
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction(time.nanoseconds, digits)}`
}

function dateAndTime(time: Moment, digits: number): string {
  const { year, month, day } = civil(time.seconds)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${timeOfDay(time, digits)}`
}
