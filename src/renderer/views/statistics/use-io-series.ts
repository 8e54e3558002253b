// The series of the I/O graph, read again when the capture grows, the filters change or another stretch of time is shown.
import { useEffect, useMemo, useState } from 'react'
import type { Result, StatisticsScope } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp, useInfo } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'
import type { IoSeriesSetting } from '../../model/settings'

/** What the engine counted, with the settings it was asked with. */
export interface IoAnswer extends Result<'statistics.io'> {
  readonly settings: readonly IoSeriesSetting[]
}

/** Seconds. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** Marks that a series may have: more than a screen has columns. */
const MOST_MARKS = 1500
const TYPING_MS = 250
/** Intervals offered, in nanoseconds. */
export const INTERVALS = [
  1e3, 1e4, 1e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10, 3e10, 6e10, 6e11, 3.6e12, 8.64e13,
]

/** The smallest interval offered that does not give more marks than can be told apart. `span` in nanoseconds. */
export function fittingInterval(span: number, marks = 200): number {
  return INTERVALS.find((interval) => span / interval <= marks) ?? INTERVALS[INTERVALS.length - 1] ?? 1e9
}

/** The answer, and what is wrong with a filter. `interval` in nanoseconds; null: chosen by the span. */
export function useIoSeries(
  session: CaptureSession,
  settings: readonly IoSeriesSetting[],
  scope: StatisticsScope,
  interval: number | null,
  range: TimeRange | null,
): { readonly answer: IoAnswer | null; readonly error: unknown } {
  const app = useApp()
  const packets = useInfo(session, (info) => info.packets)
  const filter = useInfo(session, (info) => info.filter)
  const span = useInfo(session, (info) =>
    info.firstTimeNs === null || info.lastTimeNs === null ? 0 : Math.max(0, Number(BigInt(info.lastTimeNs) - BigInt(info.firstTimeNs))),
  )
  const [state, setState] = useState<{ answer: IoAnswer | null; error: unknown }>({ answer: null, error: null })
  const shown = useMemo(() => settings.filter((one) => one.shown), [settings])
  const displayed = scope === 'displayed' ? filter : ''
  useEffect(() => {
    const abort = new AbortController()
    const length = range === null ? span : (range.to - range.from) * 1e9
    const width =
      interval === null || length / interval > MOST_MARKS ? fittingInterval(length, interval === null ? 200 : MOST_MARKS) : interval
    const within = (text: string): string => (displayed === '' ? text : text.trim() === '' ? displayed : `(${displayed}) && (${text})`)
    const timer = setTimeout(() => {
      app.client
        .call(
          'statistics.io',
          {
            captureId: session.id,
            series: shown.map(({ filter: text, unit }) => ({ filter: within(text), unit })),
            interval: width,
            range: range === null ? null : { from: range.from * 1e9, to: range.to * 1e9 },
          },
          { signal: abort.signal },
        )
        .then(
          (answer) => {
            setState({ answer: { ...answer, settings: shown }, error: null })
          },
          (error: unknown) => {
            if (!isCancelled(error)) setState((before) => ({ ...before, error }))
          },
        )
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, session, shown, displayed, interval, range, packets, span])
  return state
}
