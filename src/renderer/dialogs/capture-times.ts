// Times of a capture that need nanoseconds, which a JavaScript number would lose.
import { languageTag, type Language } from '../app/i18n/messages'

/** A moment given in nanoseconds since 1970 (decimal text), in local time with nine digits. */
export function printMoment(nanoseconds: string, language: Language): string {
  const total = BigInt(nanoseconds)
  const fraction = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const date = new Date(Number((total - fraction) / 1_000_000n))
  const day = new Intl.DateTimeFormat(languageTag(language), { dateStyle: 'medium' }).format(date)
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(date)
  return `${day} ${time}.${fraction.toString().padStart(9, '0')}`
}

/** Seconds between two moments; negative when the second is earlier. */
export function secondsBetween(first: string, last: string): number {
  return Number(BigInt(last) - BigInt(first)) / 1e9
}
