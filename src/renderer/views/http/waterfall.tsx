// The waterfall's axis, its bars and its legend.
import { useRef, useState } from 'react'
import type { HttpRow, HttpStretch } from '../../../shared/contract'
import { formatSeconds } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { placeOf, ticksOf, visiblePart } from './clock'
import type { Span } from './http-state'

const KINDS: readonly HttpStretch['kind'][] = ['dns', 'connect', 'tls', 'send', 'wait', 'receive']
/** A drag shorter than this many pixels is a click. */
const SHORTEST_DRAG = 6

/** Names of the colours. */
export function Legend() {
  const t = useT()
  return (
    <span className="ht-legend">
      {KINDS.map((kind) => (
        <span key={kind}>
          <i className={`wf-${kind}`} />
          {t(m[kind])}
        </span>
      ))}
    </span>
  )
}

/** Marks of the clock; dragging over it chooses a part. */
export function Axis({ span, start, onZoom }: { readonly span: Span; readonly start: number; readonly onZoom: (span: Span) => void }) {
  const t = useT()
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const share = (clientX: number): number => {
    const bounds = box.current?.getBoundingClientRect()
    return bounds === undefined || bounds.width === 0 ? 0 : Math.min(1, Math.max(0, (clientX - bounds.left) / bounds.width))
  }
  const ticks = ticksOf(span, start, 6)
  return (
    <div
      ref={box}
      className="ht-axis"
      title={t(m.zoomHint)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: share(event.clientX), to: share(event.clientX) })
      }}
      onPointerMove={(event) => {
        if (drag !== null) setDrag({ from: drag.from, to: share(event.clientX) })
      }}
      onPointerUp={() => {
        setDrag(null)
        if (drag === null || Math.abs(drag.to - drag.from) * (box.current?.clientWidth ?? 0) < SHORTEST_DRAG) return
        const length = span.to - span.from
        onZoom({ from: span.from + Math.min(drag.from, drag.to) * length, to: span.from + Math.max(drag.from, drag.to) * length })
      }}
      onPointerCancel={() => {
        setDrag(null)
      }}
    >
      <span className="visually-hidden">{t(m.waterfall)}</span>
      {ticks.map((tick) => (
        <span key={tick} className="ht-tick" style={{ left: `${placeOf(span, tick)}%` }}>
          {formatSeconds(Math.max(0, Number((tick - start).toFixed(9))), language)}
        </span>
      ))}
      {drag !== null && (
        <i
          className="ht-drag"
          style={{ left: `${Math.min(drag.from, drag.to) * 100}%`, width: `${Math.abs(drag.to - drag.from) * 100}%` }}
        />
      )}
    </div>
  )
}

/** Stretches of one transaction; a thin line where nothing is known to have happened in between. */
export function Bar({ row, span }: { readonly row: HttpRow; readonly span: Span }) {
  const t = useT()
  const language = useLanguage()
  const first = row.stretches[0]
  const end = row.stretches.at(-1)
  const whole = first === undefined || end === undefined ? null : visiblePart(span, first.from, end.to)
  if (whole === null) return null
  const label = row.stretches
    .filter(({ from, to }) => to > from)
    .map(({ kind, from, to }) => `${t(m[kind])} ${formatSeconds(to - from, language)}`)
    .join(', ')
  return (
    <span className="ht-bar" title={label}>
      <i className="wf-idle" style={{ left: `${whole.left}%`, width: `${whole.width}%` }} />
      {row.stretches.map(({ kind, from, to }) => {
        const part = visiblePart(span, from, to)
        return part === null ? null : <i key={kind} className={`wf-${kind}`} style={{ left: `${part.left}%`, width: `${part.width}%` }} />
      })}
      {row.duration !== null && <Took left={whole.left} right={whole.left + whole.width} seconds={row.duration / 1e3} />}
    </span>
  )
}

/** Room in percent that a duration needs beside its bar. */
const TEXT_ROOM = 18

/** From the request to the answer's end, behind the bar or, at the clock's end, before it; nowhere when the bar leaves no room. */
function Took({ left, right, seconds }: { readonly left: number; readonly right: number; readonly seconds: number }) {
  const language = useLanguage()
  if (right > 100 - TEXT_ROOM && left < TEXT_ROOM) return null
  return (
    <span className="ht-took mono" aria-hidden="true" style={right > 100 - TEXT_ROOM ? { right: `${100 - left}%` } : { left: `${right}%` }}>
      {formatSeconds(seconds, language)}
    </span>
  )
}
