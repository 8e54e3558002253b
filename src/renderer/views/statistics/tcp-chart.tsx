// One graph of a TCP connection: series over time on recharts, with dragging to zoom and a packet behind every mark.
import { memo, useRef, useState, type PointerEvent } from 'react'
import { CartesianGrid, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts'

/** A mark: `value`, and where it is a stretch, from `low` to `high`. */
export interface ChartPoint {
  readonly time: number
  readonly value: number
  readonly frame: number
  readonly low?: number
  readonly high?: number
}

/** A series: a line in steps, dots, ticks from low to high, or bars from zero. */
export interface ChartSeries {
  readonly id: string
  readonly color: string
  readonly look: 'step' | 'dashed' | 'dot' | 'tick' | 'bar'
  readonly points: readonly ChartPoint[]
}

interface MarkProps {
  readonly cx?: number | undefined
  readonly cy?: number | undefined
  readonly payload?: ChartPoint | undefined
}

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
  readonly format: (value: number) => string
  readonly formatTime: (seconds: number) => string
  readonly onSelect: (frame: number) => void
  readonly onZoom: (from: number, to: number) => void
}

/** The graph. `range` is what is shown; dragging asks for a part of it. */
export function TcpChart({ label, series, range, height, whole = false, format, formatTime, onSelect, onZoom }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<readonly [number, number] | null>(null)
  const top = series.reduce((most, one) => one.points.reduce((high, point) => Math.max(high, point.high ?? point.value), most), 0)
  const bottom = series.reduce(
    (least, one) => (one.look === 'tick' ? one.points.reduce((low, point) => Math.min(low, point.low ?? point.value), least) : 0),
    top,
  )
  const domain: [number, number] = [Math.min(bottom, top), top === bottom ? bottom + 1 : whole ? Math.ceil(top * 1.02) : top * 1.02]
  const place = (event: PointerEvent): number => {
    const bounds = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - bounds.left - LEFT) / Math.max(1, bounds.width - LEFT - RIGHT)
    return range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0])
  }
  return (
    <div
      ref={box}
      className="gr-box"
      role="img"
      aria-label={label}
      style={{ height }}
      onPointerDown={(event) => {
        if (event.button === 0) setDrag([place(event), place(event)])
      }}
      onPointerMove={(event) => {
        if (drag !== null) setDrag([drag[0], place(event)])
      }}
      onPointerUp={() => {
        if (drag !== null && Math.abs(drag[1] - drag[0]) > (range[1] - range[0]) * 0.01) onZoom(Math.min(...drag), Math.max(...drag))
        setDrag(null)
      }}
      onPointerLeave={() => {
        setDrag(null)
      }}
    >
      <Plot
        series={series}
        range={range}
        height={height}
        whole={whole}
        least={domain[0]}
        most={domain[1]}
        format={format}
        formatTime={formatTime}
        onSelect={onSelect}
      />
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

/** Axes and marks. They stay as they are while a stretch is dragged: a mark that is made anew between press and release is never clicked. */
const Plot = memo(function Plot({
  series,
  range,
  height,
  whole,
  least,
  most,
  format,
  formatTime,
  onSelect,
}: Pick<ChartProps, 'series' | 'range' | 'height' | 'format' | 'formatTime' | 'onSelect'> & {
  readonly whole: boolean
  /** Values at the bottom and at the top. */
  readonly least: number
  readonly most: number
}) {
  const domain: [number, number] = [least, most]
  const scaleY = (value: number): number => TOP + (1 - (value - domain[0]) / (domain[1] - domain[0])) * (height - TOP - BOTTOM)
  const mark = (one: ChartSeries) =>
    function Mark({ cx = 0, cy = 0, payload }: MarkProps) {
      if (one.look === 'step' || one.look === 'dashed') return <g />
      if (one.look === 'tick' && payload?.low !== undefined && payload.high !== undefined) {
        const y1 = scaleY(payload.low)
        const y2 = scaleY(payload.high)
        return (
          <path
            className="gr-mark"
            d={`M${cx} ${y1}L${cx} ${y2}M${cx - 2} ${y1}L${cx + 2} ${y1}M${cx - 2} ${y2}L${cx + 2} ${y2}`}
            stroke={one.color}
            fill="none"
          />
        )
      }
      if (one.look === 'bar')
        return <path className="gr-mark" d={`M${cx} ${scaleY(Math.max(0, domain[0]))}L${cx} ${cy}`} stroke={one.color} strokeWidth={3} />
      return <circle className="gr-mark" cx={cx} cy={cy} r={2.5} fill={one.color} />
    }
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
          tickCount={7}
          tick={TICK}
        />
        <YAxis
          type="number"
          dataKey="value"
          domain={domain}
          allowDataOverflow
          allowDecimals={!whole}
          tickFormatter={format}
          width={LEFT}
          tick={TICK}
          stroke="var(--line-3)"
        />
        {series.map((one) => (
          <Scatter
            key={one.id}
            data={[...one.points]}
            isAnimationActive={false}
            line={
              one.look === 'step' || one.look === 'dashed'
                ? { stroke: one.color, strokeWidth: 1.2, ...(one.look === 'dashed' ? { strokeDasharray: '2 2' } : {}) }
                : false
            }
            lineJointType="stepAfter"
            shape={mark(one)}
            onClick={(point: { readonly payload?: ChartPoint }) => {
              if (point.payload !== undefined && point.payload.frame > 0) onSelect(point.payload.frame)
            }}
          />
        ))}
      </ScatterChart>
    </ResponsiveContainer>
  )
})
