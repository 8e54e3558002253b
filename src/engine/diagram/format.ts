// Numbers as the diagram writes them, the same in both languages.

/** 12345 -> "12,345". */
export function count(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Bytes: exact below 1 MB ("8,688 B"), then "1.20 MB". */
export function bytes(value: number): string {
  if (value < 1_000_000) return `${count(value)} B`
  if (value < 1e9) return `${(value / 1e6).toFixed(2)} MB`
  return `${(value / 1e9).toFixed(2)} GB`
}

/** A duration in nanoseconds with three digits: "78 µs", "20.6 ms", "1.01 s". */
export function duration(nanoseconds: number): string {
  const sign = nanoseconds < 0 ? '-' : ''
  const value = Math.abs(nanoseconds)
  if (value < 1000) return `${sign}${value} ns`
  if (value < 999_500) return `${sign}${value % 1000 === 0 ? count(value / 1000) : three(value / 1000)} µs`
  if (value < 999_500_000) return `${sign}${three(value / 1e6)} ms`
  return `${sign}${three(value / 1e9)} s`
}

function three(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : count(Math.round(value))
}

/** Seconds with six digits, or nine where the capture has them: "0.041521". */
export function seconds(nanoseconds: number, digits: number): string {
  const sign = nanoseconds < 0 ? '-' : ''
  const value = Math.abs(Math.round(nanoseconds))
  const fraction = String(value % 1e9)
    .padStart(9, '0')
    .slice(0, digits)
  return `${sign}${Math.floor(value / 1e9)}${digits > 0 ? `.${fraction}` : ''}`
}
