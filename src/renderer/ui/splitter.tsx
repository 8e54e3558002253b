// Splitter: the draggable line between two panes; a focusable separator that arrow keys move.
import { useRef } from 'react'

/** Props of Splitter. `value` is the size in pixels of the pane that it controls. */
export interface SplitterProps {
  readonly label: string
  /** 'horizontal' is a horizontal line that moves up and down. */
  readonly orientation: 'horizontal' | 'vertical'
  readonly value: number
  readonly min: number
  readonly max: number
  /** True when the pane lies after the line (below or right), so that moving up or left makes it larger. */
  readonly after?: boolean
  readonly onChange: (value: number) => void
  /** Double click and Enter restore this size. */
  readonly initial: number
}

const STEP = 16

/** The line between two panes. */
export function Splitter({ label, orientation, value, min, max, after = false, onChange, initial }: SplitterProps) {
  const drag = useRef<{ start: number; value: number } | null>(null)
  const clamp = (next: number): number => Math.round(Math.min(Math.max(next, min), Math.max(min, max)))
  const sign = after ? -1 : 1
  const position = (event: React.PointerEvent): number => (orientation === 'horizontal' ? event.clientY : event.clientX)
  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={Math.max(min, max)}
      tabIndex={0}
      className={`splitter ${orientation}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { start: position(event), value }
      }}
      onPointerMove={(event) => {
        if (drag.current !== null) onChange(clamp(drag.current.value + sign * (position(event) - drag.current.start)))
      }}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
      onDoubleClick={() => {
        onChange(clamp(initial))
      }}
      onKeyDown={(event) => {
        const back = orientation === 'horizontal' ? 'ArrowUp' : 'ArrowLeft'
        const forward = orientation === 'horizontal' ? 'ArrowDown' : 'ArrowRight'
        if (event.key === back) onChange(clamp(value - sign * STEP))
        else if (event.key === forward) onChange(clamp(value + sign * STEP))
        else if (event.key === 'Home') onChange(min)
        else if (event.key === 'End') onChange(clamp(max))
        else if (event.key === 'Enter') onChange(clamp(initial))
        else return
        event.preventDefault()
      }}
    />
  )
}
