// What a time format prints, shown beside its settings. The rows themselves are printed by the engine.
import type { TimeFormat } from '../../../shared/contract'

/** 2026-11-22 14:05:09.123456789 local time; the moment that examples show. */
const EXAMPLE = new Date(2026, 10, 22, 14, 5, 9)
const FRACTION = '123456789'

const two = (value: number): string => String(value).padStart(2, '0')

function clock(hours: number): string {
  return `${two(hours)}:${two(EXAMPLE.getMinutes())}:${two(EXAMPLE.getSeconds())}`
}

/** An example of the format. 'auto' is shown with six digits, the resolution of most files. */
export function timeExample({ kind, precision }: TimeFormat): string {
  const digits = precision === 'auto' ? 6 : precision
  const fraction = digits === 0 ? '' : `.${FRACTION.slice(0, digits)}`
  const local = `${String(EXAMPLE.getFullYear())}-${two(EXAMPLE.getMonth() + 1)}-${two(EXAMPLE.getDate())}`
  switch (kind) {
    case 'relative':
      return `12${fraction}`
    case 'delta':
    case 'delta-displayed':
      return `0${fraction}`
    case 'absolute':
      return clock(EXAMPLE.getHours()) + fraction
    case 'absolute-date':
      return `${local} ${clock(EXAMPLE.getHours())}${fraction}`
    case 'utc':
      return EXAMPLE.toISOString().slice(11, 19) + fraction
    case 'utc-date':
      return EXAMPLE.toISOString().slice(0, 19).replace('T', ' ') + fraction
    case 'epoch':
      return `${String(Math.floor(EXAMPLE.getTime() / 1000))}${fraction}`
  }
}
