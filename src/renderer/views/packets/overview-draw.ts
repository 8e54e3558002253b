// Draws the overview's bars on a canvas.
import type { OverviewBucket } from '../../../shared/contract'
import { classColors, token } from './canvas-colors'
import { bucketTotal } from './overview-model'

/** Room above the bars (labels) and below them (axis). */
const TOP = 16
const BOTTOM = 16

/** Draws stacked bars and the hairlines of the ticks (shares of the width). */
export function drawOverview(
  canvas: HTMLCanvasElement,
  buckets: readonly OverviewBucket[],
  width: number,
  height: number,
  lines: readonly number[],
): void {
  const ratio = window.devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.style.width = `${String(width)}px`
  canvas.style.height = `${String(height)}px`
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(ratio, ratio)
  const base = height - BOTTOM
  context.fillStyle = token('--line-1')
  context.fillRect(0, base, width, 1)
  for (const line of lines) context.fillRect(Math.round(line * width), TOP, 1, base - TOP)
  const colors = classColors()
  const most = buckets.reduce((max, bucket) => Math.max(max, bucketTotal(bucket)), 1)
  const step = width / Math.max(1, buckets.length)
  const bar = Math.max(1, Math.floor(step) - 1)
  const room = base - TOP
  buckets.forEach((bucket, index) => {
    const total = bucketTotal(bucket)
    if (total === 0) return
    const full = Math.max(2, (total / most) * room)
    let y = base
    bucket.counts.forEach((count, place) => {
      if (count === 0) return
      const part = Math.max(1, (count / total) * full)
      context.fillStyle = colors.classes[place] ?? colors.other
      context.fillRect(Math.floor(index * step), y - part, bar, part)
      y -= part
    })
    // Problems are a tick above the bar, so that they show whatever the bar's colours are.
    if (bucket.problems > 0) {
      context.fillStyle = colors.problem
      context.fillRect(Math.floor(index * step), Math.max(TOP - 3, y - 3), bar, 2)
    }
  })
}
