// Strip at the right of the list: what kinds of packets lie where, problems, and the scroll thumb.
import { useEffect, useRef, useState } from 'react'
import { PROTOCOL_CLASSES } from '../../../shared/contract'
import { useApp, useInfo } from '../../app/app-context'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { useStore } from '../../model/store'
import { classColors, useThemeVersion } from './canvas-colors'
import { useSize } from './use-size'

const MIN_THUMB = 18
const REFRESH_MS = 1000
/** Severity from which a row counts as a problem: notes, such as retransmissions, as in the list; chats are no problem. */
const PROBLEM_SEVERITY = 2

/** Props of Minimap. `top` and `viewport` are list pixels. */
export interface MinimapProps {
  readonly session: CaptureSession
  readonly rowCount: number
  readonly rowHeight: number
  readonly viewport: number
  readonly top: number
  readonly onScrollTo: (top: number) => void
}

/** The strip, which is also the list's scroll bar. */
export function Minimap({ session, rowCount, rowHeight, viewport, top, onScrollTo }: MinimapProps) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const drag = useRef<{ y: number; top: number } | null>(null)
  const listHeight = rowCount * rowHeight
  const maxTop = Math.max(0, listHeight - viewport)
  const thumb = listHeight === 0 ? 0 : Math.min(size.height, Math.max(MIN_THUMB, (viewport / listHeight) * size.height))
  const room = Math.max(0, size.height - thumb)
  const thumbTop = maxTop === 0 ? 0 : (top / maxTop) * room
  const toTop = (y: number): number => (room === 0 ? 0 : (y / room) * maxTop)
  return (
    <div
      ref={box}
      className="vscroll"
      role="scrollbar"
      aria-label={t(m.scroll)}
      aria-controls="packet-list-rows"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, rowCount - 1)}
      aria-valuenow={Math.round(top / rowHeight)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top
        // A click beside the thumb jumps there; the thumb is then dragged by its middle.
        if (y >= thumbTop && y <= thumbTop + thumb) drag.current = { y, top: thumbTop }
        else {
          drag.current = { y, top: y - thumb / 2 }
          onScrollTo(toTop(y - thumb / 2))
        }
      }}
      onPointerMove={(event) => {
        if (drag.current === null) return
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top
        onScrollTo(toTop(Math.min(room, Math.max(0, drag.current.top + y - drag.current.y))))
      }}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
      onWheel={(event) => {
        onScrollTo(top + event.deltaY)
      }}
    >
      <MapCanvas session={session} height={size.height} />
      {maxTop > 0 && <span className="th" style={{ top: thumbTop, height: thumb }} />}
    </div>
  )
}

function MapCanvas({ session, height }: { readonly session: CaptureSession; readonly height: number }) {
  const app = useApp()
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useThemeVersion()
  const shown = useInfo(session, (info) => info.shown)
  const filter = useInfo(session, (info) => info.filter)
  const sort = useStore(session.sort)
  const [map, setMap] = useState<{ readonly classes: readonly number[]; readonly problems: readonly number[] } | null>(null)
  const lastAt = useRef(0)
  const samples = Math.min(4000, Math.max(1, Math.floor(height / 2)))
  useEffect(() => {
    if (height === 0) return undefined
    let stopped = false
    const load = async (): Promise<void> => {
      lastAt.current = Date.now()
      try {
        const next = await app.client.call('overview.map', { captureId: session.id, samples })
        if (!stopped) setMap(next)
      } catch {
        // The strip is an extra: without it the list still works, and a lost connection is reported elsewhere.
      }
    }
    // While a capture grows, once a second is enough.
    const timer = setTimeout(() => void load(), Math.max(0, lastAt.current + REFRESH_MS - Date.now()))
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [app, session, samples, height, shown, filter, sort])
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (element === null || context === null || context === undefined || height === 0) return
    const ratio = window.devicePixelRatio
    element.width = Math.round(14 * ratio)
    element.height = Math.round(height * ratio)
    context.scale(ratio, ratio)
    context.clearRect(0, 0, 14, height)
    if (map === null || map.classes.length === 0) return
    const colors = classColors()
    const step = height / map.classes.length
    const tcp = PROTOCOL_CLASSES.indexOf('tcp')
    map.classes.forEach((value, index) => {
      const problem = (map.problems[index] ?? 0) >= PROBLEM_SEVERITY
      // TCP is the calm background of most captures; only the rest is drawn in colour.
      if (!problem && value === tcp) return
      context.fillStyle = problem ? colors.problem : (colors.classes[value] ?? colors.other)
      context.globalAlpha = problem ? 1 : 0.75
      context.fillRect(problem ? 1 : 2, index * step, problem ? 12 : 10, Math.max(1, Math.min(step, 2)))
    })
  }, [map, height, theme])
  return <canvas ref={canvas} aria-hidden="true" />
}
