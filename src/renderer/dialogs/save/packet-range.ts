// Packet numbers as a person writes them: "1-100, 205, 300-".

/** How many packets of 1..total a range names; null when it cannot be read. Parts may overlap; each packet counts once. */
export function countRange(text: string, total: number): number | null {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.every((part) => part === '')) return null
  const ranges: [number, number][] = []
  for (const part of parts) {
    if (part === '') continue
    const match = /^(\d*)\s*(-?)\s*(\d*)$/.exec(part)
    if (match === null) return null
    const [, from = '', dash = '', to = ''] = match
    if (from === '' && to === '') return null
    const first = from === '' ? 1 : Number(from)
    const last = dash === '' ? first : to === '' ? total : Number(to)
    if (first < 1 || last < first) return null
    if (first <= total) ranges.push([first, Math.min(last, total)])
  }
  ranges.sort((a, b) => a[0] - b[0])
  let count = 0
  let end = 0
  for (const [first, last] of ranges) {
    const start = Math.max(first, end + 1)
    if (last >= start) count += last - start + 1
    end = Math.max(end, last)
  }
  return count
}

/** Packet numbers as a range text: [1, 2, 3, 7] is "1-3,7". */
export function rangeText(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const parts: string[] = []
  for (let index = 0; index < sorted.length;) {
    const first = sorted[index] ?? 0
    let last = first
    while (index + 1 < sorted.length && (sorted[index + 1] ?? 0) <= last + 1) last = sorted[++index] ?? last
    index++
    parts.push(first === last ? String(first) : `${String(first)}-${String(last)}`)
  }
  return parts.join(',')
}
