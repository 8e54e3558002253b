// Overview strip: packets over time as stacked bars, gaps named, a brush that offers a filter, and what the list shows.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { Filter, X } from 'lucide-react'
import type { OverviewBucket } from '../../../shared/contract'
import { useApp, useInfo } from '../../app/app-context'
import { formatSeconds } from '../../app/i18n/format'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { useCalm } from '../../app/use-calm'
import type { CaptureSession } from '../../model/capture-session'
import { ROW_HEIGHTS } from '../../model/settings'
import { Button, IconButton } from '../../ui/button'
import { useThemeVersion } from './canvas-colors'
import { drawOverview } from './overview-draw'
import { bucketOfPacket, bucketTotal, findGaps, niceStep, rangeFilter, tickLabel, ticks } from './overview-model'
import { useSize } from './use-size'

const BAR = 6
const TICK_SPACING = 240
const REFRESH_MS = 700

interface Data {
  readonly from: number
  readonly to: number
  readonly buckets: readonly OverviewBucket[]
}

/** Range of buckets, half-open. */
interface Brush {
  readonly start: number
  readonly end: number
}

/** The overview strip of a capture. */
export function OverviewStrip({ session }: { readonly session: CaptureSession }) {
  const t = useT()
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const data = useOverview(session, size.width)
  const hasTimes = useInfo(session, (info) => info.firstTimeNs !== null || info.packets === 0)
  const step = data === null ? 1 : niceStep(((data.to - data.from) * TICK_SPACING) / Math.max(1, size.width))
  const gaps = useMemo(() => (data === null ? [] : findGaps(data.buckets, 0.14).slice(0, 3)), [data])
  return (
    <section className="mini" aria-label={t(m.overview)} data-pane="overview" ref={box}>
      {data !== null && (
        <>
          <Bars data={data} width={size.width} height={size.height} />
          {ticks(data.from, data.to, size.width, TICK_SPACING).map((value) => (
            <Tick key={value} share={(value - data.from) / (data.to - data.from)} width={size.width} label={tickLabel(value, step)} />
          ))}
          {gaps.map((gap) => (
            <span
              key={gap.from}
              className="lab gap"
              style={{ left: `${String(100 * gap.from)}%`, width: `${String(100 * (gap.to - gap.from))}%` }}
            >
              {t(m.gapText, { time: formatSeconds(Number(((gap.to - gap.from) * (data.to - data.from)).toPrecision(2)), language) })}
            </span>
          ))}
          <Viewport session={session} data={data} />
          <BrushLayer session={session} data={data} width={size.width} />
        </>
      )}
      {!hasTimes && <span className="lab gap">{t(m.overviewUnknown)}</span>}
      <Legend />
    </section>
  )
}

/** Room that the label of a tick needs, in pixels; one nearer to the right edge stands left of its line. */
const TICK_ROOM = 56

function Tick({ share, width, label }: { readonly share: number; readonly width: number; readonly label: string }) {
  const style =
    (1 - share) * width < TICK_ROOM ? { right: `${String(100 * (1 - share))}%`, paddingRight: 4 } : { left: `${String(100 * share)}%` }
  return (
    <span className="lab num tick" style={style}>
      {label}
    </span>
  )
}

const LEGEND = [
  ['tcp', 'TCP'],
  ['tls', 'TLS'],
  ['http', 'HTTP'],
  ['dns', 'DNS'],
  ['arp', 'ARP'],
  ['udp', 'UDP'],
  ['icmp', 'ICMP'],
] as const

function Legend() {
  return (
    <span className="lab legend" aria-hidden="true">
      {LEGEND.map(([id, name]) => (
        <span key={id} className={`row g4 p-${id}`}>
          <i className="dot square" />
          {name}
        </span>
      ))}
    </span>
  )
}

/** The buckets for a width, read again (not more often than REFRESH_MS) while the capture grows. */
function useOverview(session: CaptureSession, width: number): Data | null {
  const app = useApp()
  const packets = useCalm(
    useInfo(session, (info) => info.packets),
    REFRESH_MS,
  )
  const complete = useInfo(session, (info) => info.state === 'complete')
  const [data, setData] = useState<Data | null>(null)
  const lastAt = useRef(0)
  const count = Math.min(4000, Math.max(1, Math.floor(width / BAR)))
  useEffect(() => {
    if (width === 0 || packets === 0) return undefined
    let stopped = false
    const load = async (): Promise<void> => {
      lastAt.current = Date.now()
      try {
        const answer = await app.client.call('overview.get', { captureId: session.id, buckets: count, fromNs: null, toNs: null })
        const to = answer.toNs > answer.fromNs ? answer.toNs : answer.fromNs + 1
        if (!stopped) setData({ from: answer.fromNs / 1e9, to: to / 1e9, buckets: answer.buckets })
      } catch (error) {
        if (!stopped) session.fail(error)
      }
    }
    const timer = setTimeout(() => void load(), Math.max(0, lastAt.current + REFRESH_MS - Date.now()))
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [app, session, count, width, packets, complete])
  return data
}

function Bars({ data, width, height }: { readonly data: Data; readonly width: number; readonly height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useThemeVersion()
  useEffect(() => {
    if (canvas.current !== null && width > 0) {
      drawOverview(
        canvas.current,
        data.buckets,
        width,
        height,
        ticks(data.from, data.to, width, TICK_SPACING).map((value) => (value - data.from) / (data.to - data.from)),
      )
    }
  }, [data, width, height, theme])
  return <canvas ref={canvas} aria-hidden="true" />
}

/** Marks which part of the capture the list shows. */
function Viewport({ session, data }: { readonly session: CaptureSession; readonly data: Data }) {
  const app = useApp()
  const top = useSyncExternalStore(session.viewport.subscribe, session.viewport.get)
  const rowHeight = ROW_HEIGHTS[app.settings.get().density]
  const first = session.numberAt(Math.floor(top.top / rowHeight))
  const last = session.numberAt(Math.max(0, Math.min(session.info.get().shown - 1, Math.floor((top.top + top.height) / rowHeight))))
  if (first === 0 || last === 0 || top.height === 0) return null
  const from = bucketOfPacket(data.buckets, Math.min(first, last))
  const to = bucketOfPacket(data.buckets, Math.max(first, last))
  if (from < 0 || to < 0) return null
  const total = data.buckets.length
  return (
    <i
      className="view-mark"
      aria-hidden="true"
      style={{ left: `${String((100 * from) / total)}%`, width: `${String((100 * (to - from + 1)) / total)}%` }}
    />
  )
}

function BrushLayer({ session, data, width }: { readonly session: CaptureSession; readonly data: Data; readonly width: number }) {
  const t = useT()
  const language = useLanguage()
  const [brush, setBrush] = useState<Brush | null>(null)
  const layer = useRef<HTMLDivElement>(null)
  const startHandle = useRef<HTMLSpanElement>(null)
  const drag = useRef<{ kind: 'new' | 'start' | 'end' | 'move'; from: number; brush: Brush; moved: boolean } | null>(null)
  const total = data.buckets.length
  const seconds = (bucket: number): number => data.from + (bucket / total) * (data.to - data.from)
  const bucketAt = (clientX: number): number => {
    const bounds = layer.current?.getBoundingClientRect()
    return bounds === undefined ? 0 : Math.min(total, Math.max(0, ((clientX - bounds.left) / bounds.width) * total))
  }
  const apply = (range: Brush): void => {
    session.applyFilter(rangeFilter(session.info.get().filter, seconds(range.start), seconds(range.end))).catch((error: unknown) => {
      session.fail(error)
    })
  }
  const adjust = (edge: 'start' | 'end', by: number): void => {
    setBrush((previous) => {
      if (previous === null) return null
      return edge === 'start'
        ? { ...previous, start: Math.min(Math.max(0, previous.start + by), previous.end - 1) }
        : { ...previous, end: Math.max(Math.min(total, previous.end + by), previous.start + 1) }
    })
  }
  const count = brush === null ? 0 : data.buckets.slice(brush.start, brush.end).reduce((sum, bucket) => sum + bucketTotal(bucket), 0)
  const text = brush === null ? '' : t(m.brushText, { count, time: formatSeconds(seconds(brush.end) - seconds(brush.start), language) })
  const onKey =
    (edge: 'start' | 'end') =>
    (event: React.KeyboardEvent): void => {
      const by = event.shiftKey ? 10 : 1
      if (event.key === 'ArrowLeft') adjust(edge, -by)
      else if (event.key === 'ArrowRight') adjust(edge, by)
      else if (event.key === 'Home') adjust(edge, -total)
      else if (event.key === 'End') adjust(edge, total)
      else if (event.key === 'Enter' && brush !== null) apply(brush)
      else if (event.key === 'Escape' || event.key === 'Delete') setBrush(null)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
  const left = brush === null ? 0 : (brush.start / total) * width
  const right = brush === null ? 0 : (brush.end / total) * width
  return (
    <>
      <div
        ref={layer}
        className="brush-layer"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = bucketAt(event.clientX)
          const near = (bucket: number): boolean => Math.abs(((at - bucket) / total) * width) < 6
          const kind =
            brush === null
              ? 'new'
              : near(brush.start)
                ? 'start'
                : near(brush.end)
                  ? 'end'
                  : at > brush.start && at < brush.end
                    ? 'move'
                    : 'new'
          drag.current = { kind, from: at, brush: brush ?? { start: Math.floor(at), end: Math.floor(at) + 1 }, moved: false }
        }}
        onPointerMove={(event) => {
          const current = drag.current
          if (current === null) return
          const at = bucketAt(event.clientX)
          if (Math.abs(((at - current.from) / total) * width) > 3) current.moved = true
          if (!current.moved) return
          if (current.kind === 'new')
            setBrush({
              start: Math.floor(Math.min(at, current.from)),
              end: Math.max(Math.ceil(Math.max(at, current.from)), Math.floor(Math.min(at, current.from)) + 1),
            })
          else if (current.kind === 'start') setBrush({ start: Math.min(Math.round(at), current.brush.end - 1), end: current.brush.end })
          else if (current.kind === 'end') setBrush({ start: current.brush.start, end: Math.max(Math.round(at), current.brush.start + 1) })
          else {
            const size = current.brush.end - current.brush.start
            const start = Math.min(Math.max(0, Math.round(current.brush.start + at - current.from)), total - size)
            setBrush({ start, end: start + size })
          }
        }}
        onPointerUp={(event) => {
          const current = drag.current
          drag.current = null
          if (current === null || current.moved) return
          // A click without a drag goes to the first packet at that time.
          setBrush(null)
          const bucket = data.buckets.slice(Math.floor(bucketAt(event.clientX))).find((item) => item.firstPacket > 0)
          if (bucket !== undefined) {
            session.goTo(bucket.firstPacket).catch((error: unknown) => {
              session.fail(error)
            })
          }
        }}
        onPointerCancel={() => {
          drag.current = null
        }}
      />
      {brush === null ? (
        <button
          type="button"
          className="brush-new"
          data-pane-focus=""
          onClick={() => {
            setBrush({ start: Math.floor(total / 4), end: Math.ceil((3 * total) / 4) })
            requestAnimationFrame(() => startHandle.current?.focus())
          }}
        >
          {t(m.brush)}
        </button>
      ) : (
        <>
          <div className="brush" style={{ left, width: right - left }} />
          <span
            ref={startHandle}
            role="slider"
            tabIndex={0}
            data-pane-focus=""
            className="handle"
            style={{ left }}
            aria-label={t(m.brushStart)}
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={brush.start}
            aria-valuetext={formatSeconds(seconds(brush.start), language)}
            onKeyDown={onKey('start')}
          />
          <span
            role="slider"
            tabIndex={0}
            className="handle"
            style={{ left: right }}
            aria-label={t(m.brushEnd)}
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={brush.end}
            aria-valuetext={formatSeconds(seconds(brush.end), language)}
            onKeyDown={onKey('end')}
          />
          <div className="brush-card" role="group" aria-label={t(m.brush)} style={{ left: Math.min(left, Math.max(0, width - 330)) }}>
            <span className="num" aria-live="polite">
              {text}
            </span>
            <Button
              icon={Filter}
              onClick={() => {
                apply(brush)
              }}
            >
              {t(m.brushFilter)}
            </Button>
            <IconButton
              label={t(m.brushClear)}
              icon={X}
              size="small"
              onClick={() => {
                setBrush(null)
              }}
            />
          </div>
        </>
      )}
    </>
  )
}
