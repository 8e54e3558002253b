// Numbers, sizes and durations in the user's language.
import { languageTag, type Language } from './messages'

const cache = new Map<string, Intl.NumberFormat>()

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options)
  let format = cache.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(languageTag(language), options)
    cache.set(key, format)
  }
  return format
}

/** An integer with the language's grouping. */
export function formatNumber(value: number, language: Language): string {
  return numberFormat(language, {}).format(value)
}

/** Bytes in decimal units, three digits at most: 0 B, 573 kB, 1.2 GB. */
export function formatBytes(bytes: number, language: Language): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${numberFormat(language, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }).format(value)} ${units[unit] ?? 'B'}`
}

/** A duration given in seconds, with a unit that keeps two or three digits: 142 µs, 38 ms, 5.155 s, 2 min 5 s. */
export function formatSeconds(seconds: number, language: Language): string {
  const absolute = Math.abs(seconds)
  const digits = (value: number, fraction: number): string => numberFormat(language, { maximumFractionDigits: fraction }).format(value)
  if (absolute === 0) return '0 s'
  if (absolute < 1e-6) return `${digits(seconds * 1e9, 0)} ns`
  if (absolute < 1e-3) return `${digits(seconds * 1e6, 0)} µs`
  if (absolute < 1) return `${digits(seconds * 1e3, absolute < 0.01 ? 1 : 0)} ms`
  if (absolute < 120) return `${digits(seconds, absolute < 10 ? 3 : 1)} s`
  // rounded before it is divided: no minute has 60 s
  const sign = seconds < 0 ? '-' : '',
    whole = Math.round(absolute),
    minutes = Math.round(absolute / 60)
  if (absolute < 7200) return `${sign}${digits(Math.floor(whole / 60), 0)} min ${digits(whole % 60, 0)} s`
  return `${sign}${digits(Math.floor(minutes / 60), 0)} h ${digits(minutes % 60, 0)} min`
}

/** A share as a percentage with one decimal: 5.7%. */
export function formatPercent(share: number, language: Language): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share)
}
