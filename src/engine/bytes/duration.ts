// Seconds in words, for times to live and timers.

/** "1 day, 19 hours, 51 minutes, 20 seconds"; "0 seconds" for none; a minus sign before the first part of negative ones. */
export function durationText(seconds: number): string {
  if (seconds === 0) return '0 seconds'
  if (seconds < 0) return `-${durationText(-seconds)}`
  const parts: string[] = []
  const part = (count: number, unit: string) => {
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  part(Math.floor(seconds / 86400), 'day')
  part(Math.floor(seconds / 3600) % 24, 'hour')
  part(Math.floor(seconds / 60) % 60, 'minute')
  part(seconds % 60, 'second')
  return parts.join(', ')
}
