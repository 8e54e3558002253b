// One graph over time: axes by recharts, each series a single path in them, with dragging to zoom and a packet behind every mark.
import { memo, useState, type PointerEvent } from 'react'
import { CartesianGrid, ResponsiveContainer, ScatterChart, usePlotArea, XAxis, YAxis } from 'recharts'
import { roundNumbers } from '../../../shared/round-steps'
import { nearestMark, outline, type ChartSeries, type Scales } from './chart-marks'

const TICK = { fill: 'var(--fg-3)' }
const LEFT = 62
const RIGHT = 14
const BOTTOM = 24
const TOP = 8

interface ChartProps {
  readonly label: string
  readonly series: readonly ChartSeries[]
  readonly range: readonly [number, number]
  readonly height: number
  /** Values are whole numbers, and so are the marks of the axis. */
  readonly whole?: boolean
  /** The axis of values begins at zero, not at the least of them. */
  readonly fromZero?: boolean
  readonly format: (value: number) => string
  readonly formatTime: (seconds: number) => string
  readonly onSelect: (frame: number) => void
  readonly onZoom: (from: number, to: number) => void
}

/** The graph. `range` is what is shown; dragging asks for a part of it. */
export function TcpChart({
  label,
  series,
  range,
  height,
  whole = false,
  fromZero = true,
  format,
  formatTime,
  onSelect,
  onZoom,
}: ChartProps) {
  const [drag, setDrag] = useState<readonly [number, number] | null>(null)
  const top = series.reduce((most, one) => one.points.reduce((high, point) => Math.max(high, point.high ?? point.value), most), 0)
  const bottom = fromZero
    ? 0
    : series.reduce((least, one) => one.points.reduce((low, point) => Math.min(low, point.low ?? point.value), least), top)
  const domain: [number, number] = [Math.min(bottom, top), top === bottom ? bottom + 1 : whole ? Math.ceil(top * 1.02) : top * 1.02]
  const place = (event: PointerEvent): number => {
    const bounds = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - bounds.left - LEFT) / Math.max(1, bounds.width - LEFT - RIGHT)
    return range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0])
  }
  /** The packet of the mark under the pointer; 0 where there is none. */
  const frameAt = (event: PointerEvent): number => {
    const { left, top: above, width } = event.currentTarget.getBoundingClientRect()
    const scales = scalesOf(range, domain, { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM })
    return nearestMark(series, scales, event.clientX - left, event.clientY - above)?.frame ?? 0
  }
  return (
    <div
      className="gr-box"
      role="img"
      aria-label={label}
      style={{ height }}
      onPointerDown={(event) => {
        if (event.button === 0) setDrag([place(event), place(event)])
      }}
      onPointerMove={(event) => {
        if (drag !== null) setDrag([drag[0], place(event)])
        else event.currentTarget.style.cursor = frameAt(event) > 0 ? 'pointer' : ''
      }}
      onPointerUp={(event) => {
        if (drag === null) return
        setDrag(null)
        const [from, to] = [Math.min(...drag), Math.max(...drag)]
        if (to - from > (range[1] - range[0]) * 0.01) onZoom(from, to)
        else if (frameAt(event) > 0) onSelect(frameAt(event))
      }}
      onPointerLeave={() => {
        setDrag(null)
      }}
    >
      <Plot series={series} range={range} whole={whole} least={domain[0]} most={domain[1]} format={format} formatTime={formatTime} />
      {drag !== null && (
        <i
          className="gr-drag"
          style={{
            left: `calc(${LEFT}px + (100% - ${LEFT + RIGHT}px) * ${(Math.min(...drag) - range[0]) / (range[1] - range[0])})`,
            width: `calc((100% - ${LEFT + RIGHT}px) * ${Math.abs(drag[1] - drag[0]) / (range[1] - range[0])})`,
          }}
        />
      )}
    </div>
  )
}

/** Axes and marks. They stay as they are while a stretch is dragged. */
const Plot = memo(function Plot({
  series,
  range,
  whole,
  least,
  most,
  format,
  formatTime,
}: Pick<ChartProps, 'series' | 'range' | 'format' | 'formatTime'> & {
  readonly whole: boolean
  /** Values at the bottom and at the top. */
  readonly least: number
  readonly most: number
}) {
  const domain: [number, number] = [least, most]
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={{ top: TOP, right: RIGHT, bottom: 0, left: 0 }}>
        <CartesianGrid stroke="var(--line-1)" />
        <XAxis
          type="number"
          dataKey="time"
          domain={[range[0], range[1]]}
          allowDataOverflow
          tickFormatter={formatTime}
          height={BOTTOM}
          stroke="var(--line-3)"
          ticks={roundNumbers(range[0], range[1], 7, false)}
          tick={TICK}
        />
        <YAxis
          type="number"
          dataKey="value"
          domain={domain}
          allowDataOverflow
          ticks={roundNumbers(least, most, 5, whole)}
          tickFormatter={format}
          width={LEFT}
          tick={TICK}
          stroke="var(--line-3)"
        />
        <Marks series={series} range={range} domain={domain} />
      </ScatterChart>
    </ResponsiveContainer>
  )
})

/** The series in the plot's area. Each is one element however many points it has. */
function Marks({
  series,
  range,
  domain,
}: {
  readonly series: readonly ChartSeries[]
  readonly range: readonly [number, number]
  readonly domain: readonly [number, number]
}) {
  const area = usePlotArea()
  if (area === undefined) return null
  const { x, y, width, height } = area
  const scales = scalesOf(range, domain, { x: 0, y: 0, width, height })
  return (
    <svg x={x} y={y} width={width} height={height} className="gr-marks">
      {series.map((one) => (
        <path key={one.id} className={`gr-${one.look}`} d={outline(one, scales, width)} stroke={one.color} fill="none" />
      ))}
    </svg>
  )
}

function scalesOf(
  range: readonly [number, number],
  domain: readonly [number, number],
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Scales {
  return {
    x: (time) => area.x + ((time - range[0]) / (range[1] - range[0])) * area.width,
    y: (value) => area.y + (1 - (value - domain[0]) / (domain[1] - domain[0])) * area.height,
    base: Math.max(0, domain[0]),
  }
}
