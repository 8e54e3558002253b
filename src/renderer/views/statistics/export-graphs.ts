// Graphs as files: the numbers as CSV, the drawing as SVG with its colours resolved.
import type { TcpSeries } from '../../../shared/contract'

/** One line a point: series, time, value (segments: low and high), packet. */
export function seriesCsv(series: TcpSeries): string {
  const lines = ['series,time_s,value,high,packet']
  for (const { kind, time, low, high, frame } of series.segments) lines.push(`segment ${kind},${time},${low},${high},${frame}`)
  for (const [name, points] of [
    ['acknowledged', series.acknowledged],
    ['limit', series.limit],
    ['window_bytes', series.window],
    ['rtt_ms', series.roundTrips],
    ['throughput_bps', series.throughput],
  ] as const) {
    for (const { time, value, frame } of points) lines.push(`${name},${time},${value},,${frame === 0 ? '' : frame}`)
  }
  return `${lines.join('\r\n')}\r\n`
}

/** A drawn chart by itself; null when there is none. */
export function chartSvg(drawn: Element | null): string | null {
  if (drawn === null) return null
  const style = getComputedStyle(document.documentElement)
  const resolved = (text: string): string =>
    text.replace(/var\((--[\w-]+)\)/g, (_match, name: string) => style.getPropertyValue(name).trim())
  const copy = drawn.cloneNode(true)
  if (!(copy instanceof SVGElement)) return null
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('font-family', 'Inter, sans-serif')
  copy.setAttribute('font-size', '10.5')
  for (const text of copy.querySelectorAll('text')) text.setAttribute('fill', style.getPropertyValue('--fg-3').trim())
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  ground.setAttribute('fill', style.getPropertyValue('--bg-1').trim())
  copy.prepend(ground)
  return resolved(new XMLSerializer().serializeToString(copy))
}

/** A drawn chart as a picture, `scale` pixels for each of its own. Rejects when the browser cannot draw it. */
export async function chartPng(drawn: Element, scale: number): Promise<Blob> {
  const svg = chartSvg(drawn)
  const { width, height } = drawn.getBoundingClientRect()
  if (svg === null) throw new Error('There is no graph to draw.')
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser could not make a picture of this graph.'))
      else resolve(blob)
    }, 'image/png')
  })
}
