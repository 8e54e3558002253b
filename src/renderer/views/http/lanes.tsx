// Connections of a client to one server on the clock: when each was opened, and which request it carried when.
import { useEffect, useState } from 'react'
import type { Result } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { formatSeconds } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { limitStretches, placeOf, ticksOf, visiblePart } from './clock'
import type { Span } from './http-state'

/** Connections that browsers open to a host at most. */
const LIMIT = 6

/** The chart for the server of a transaction. */
export function Lanes({
  session,
  id,
  packets,
  start,
  onTransaction,
}: {
  readonly session: CaptureSession
  readonly id: number
  readonly packets: number
  /** The moment that is called 0. */
  readonly start: number
  readonly onTransaction: (link: { readonly id: number; readonly frame: number }) => void
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [chart, setChart] = useState<Result<'http.connections'> | null>(null)
  useEffect(() => {
    if (id < 0) return undefined
    const abort = new AbortController()
    app.client.call('http.connections', { captureId: session.id, id }, { signal: abort.signal }).then(setChart, (error: unknown) => {
      if (!isCancelled(error)) app.report(error)
    })
    return () => {
      abort.abort()
    }
  }, [app, session, id, packets])
  if (chart === null || id < 0) return null
  const { lanes } = chart
  const span = spanOf(lanes)
  const used = mostAtOnce(lanes)
  return (
    <section className="ht-lanes" aria-label={t(m.lanes, { host: chart.host })}>
      <h3>
        {t(m.lanes, { host: chart.host })}
        <span className="ht-pips" aria-hidden="true">
          {Array.from({ length: LIMIT }, (_unused, index) => (
            <i key={index} className={index < used ? 'on' : ''} />
          ))}
        </span>
        <span className="f2">{t(m.lanesInUse, { used, most: LIMIT })}</span>
        <span className="sp" />
        <span className="f3">{t(m.lanesNote)}</span>
      </h3>
      <div className="ht-lane-list" tabIndex={0} role="region" aria-label={t(m.lanesNote)}>
        {lanes.map((lane, index) => {
          const port = /:(\d+)$/.exec(lane.client)?.[1] ?? ''
          const opening = lane.opening === null ? null : visiblePart(span, lane.opening.from, lane.opening.to)
          return (
            <div
              key={lane.stream}
              className="ht-lane"
              role="group"
              aria-label={t(m.lane, { number: index + 1, port, stream: String(lane.stream) })}
            >
              <span className="f3 mono">
                {index + 1} :{port} {lane.stream}
              </span>
              <span className="ht-lane-bar">
                {opening !== null && (
                  <span className="op" style={{ left: `${opening.left}%`, width: `${opening.width}%` }} title={t(m.opening)}>
                    {opening.width > 8 && t(m.opening)}
                  </span>
                )}
                {lane.requests.map((request) => {
                  const part = visiblePart(span, request.from, request.to)
                  return part === null ? null : (
                    <button
                      key={request.id}
                      type="button"
                      tabIndex={-1}
                      className={request.id === id ? 'on' : ''}
                      style={{ left: `${part.left}%`, width: `${part.width}%` }}
                      title={`#${request.frame} ${request.name}, ${formatSeconds(request.to - request.from, language)}`}
                      onClick={() => {
                        onTransaction(request)
                      }}
                    >
                      {part.width > 5 && request.name}
                    </button>
                  )
                })}
              </span>
            </div>
          )
        })}
        <Limit lanes={lanes} span={span} />
        {chart.more > 0 && <p className="f3">{t(m.lanesMore, { count: chart.more })}</p>}
        <div className="ht-lane axis" aria-hidden="true">
          <span />
          <span className="ht-lane-bar">
            {ticksOf(span, start, 7).map((tick) => (
              <span key={tick} className="ht-tick" style={{ left: `${placeOf(span, tick)}%` }}>
                {formatSeconds(Math.max(0, Number((tick - start).toFixed(9))), language)}
              </span>
            ))}
          </span>
        </div>
      </div>
    </section>
  )
}

/** Share of the chart in percent from which on a stretch has its words inside. */
const WORDS_FIT = 18

/** When all six were busy, so that a further request had to wait, and where all six stood idle for long. */
function Limit({ lanes, span }: { readonly lanes: Result<'http.connections'>['lanes']; readonly span: Span }) {
  const t = useT()
  const language = useLanguage()
  const stretches = limitStretches(lanes, LIMIT)
  if (stretches.length === 0) return null
  const busy = stretches.filter(({ kind }) => kind === 'busy')
  const title = t(busy.length > 0 ? m.limitReached : m.limitNotReached)
  const wordsOf = ({ kind, from, to }: (typeof stretches)[number]) =>
    t(kind === 'busy' ? m.limitBusy : m.limitFree, { time: formatSeconds(to - from, language) })
  return (
    <div className="ht-lane" role="group" aria-label={[title, ...busy.map(wordsOf)].join(', ')}>
      <span className="f3">{title}</span>
      <span className="ht-lane-bar">
        {stretches.map((stretch) => {
          const part = visiblePart(span, stretch.from, stretch.to)
          if (part === null || (stretch.kind === 'free' && part.width <= WORDS_FIT)) return null
          const words = wordsOf(stretch)
          return (
            <span
              key={stretch.from}
              className={`lim ${stretch.kind}`}
              style={{ left: `${part.left}%`, width: `${part.width}%` }}
              title={words}
            >
              {part.width > WORDS_FIT ? words : busy.length === 1 && part.left > WORDS_FIT && <span className="f2">{words}</span>}
            </span>
          )
        })}
      </span>
    </div>
  )
}

/** How many of the connections were in use at the same moment, at most. */
function mostAtOnce(lanes: Result<'http.connections'>['lanes']): number {
  const turns = lanes
    .flatMap(({ opening, requests }) => {
      const from = opening?.from ?? requests[0]?.from ?? 0
      return [
        { at: from, step: 1 },
        { at: Math.max(from, ...requests.map(({ to }) => to)), step: -1 },
      ]
    })
    .sort((a, b) => a.at - b.at || b.step - a.step)
  let now = 0
  let most = 0
  for (const { step } of turns) most = Math.max(most, (now += step))
  return most
}

function spanOf(lanes: Result<'http.connections'>['lanes']): Span {
  let [from, to] = [Infinity, 0]
  for (const { opening, requests } of lanes) {
    for (const one of opening === null ? requests : [opening, ...requests]) {
      from = Math.min(from, one.from)
      to = Math.max(to, one.to)
    }
  }
  return from === Infinity ? { from: 0, to: 0 } : { from, to: Math.max(to, from + 1e-6) }
}
