// Contrast of two colours (WCAG 2.2, 1.4.3): 1 is none, 21 is black on white.

function channel(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Relative luminance of #rrggbb, from 0 to 1. */
export function luminance(color: string): number {
  const number = Number.parseInt(color.slice(1), 16)
  return 0.2126 * channel((number >> 16) & 255) + 0.7152 * channel((number >> 8) & 255) + 0.0722 * channel(number & 255)
}

/** Contrast ratio of two #rrggbb colours. */
export function contrastRatio(a: string, b: string): number {
  const first = luminance(a)
  const second = luminance(b)
  const light = Math.max(first, second)
  const dark = Math.min(first, second)
  return (light + 0.05) / (dark + 0.05)
}

/** Ratio below which small text is hard to read. */
export const READABLE = 4.5

/** Reads what a person types as a colour: #abc, abcdef or #AABBCC; null when it is none. */
export function parseColor(text: string): string | null {
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())
  const digits = match?.[1]?.toLowerCase()
  if (digits === undefined) return null
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`
}
