// Tooltips: shown after a short wait on hover, sooner on keyboard focus; hidden by Escape. Drawn in a portal, so nothing clips them.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

const HOVER_WAIT_MS = 500
const FOCUS_WAIT_MS = 200

interface Place {
  readonly x: number
  readonly y: number
  readonly below: boolean
}

/** Gives its one child element a tooltip. The child must have its accessible name itself: the tooltip is for the eye. */
export function Tooltip({
  text,
  shortcut,
  children,
}: {
  readonly text: string
  readonly shortcut?: string | undefined
  readonly children: ReactNode
}) {
  const [place, setPlace] = useState<Place | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const hide = (): void => {
    clearTimeout(timer.current)
    setPlace(null)
  }
  const show = (wrapper: Element, wait: number): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const target = wrapper.firstElementChild
      if (target?.isConnected !== true) return
      const box = target.getBoundingClientRect()
      const below = box.bottom + 34 < window.innerHeight
      const x = Math.min(Math.max(box.left + box.width / 2, 60), window.innerWidth - 60)
      setPlace({ x, y: below ? box.bottom + 6 : box.top - 6, below })
    }, wait)
  }
  useEffect(() => {
    if (place === null) return undefined
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setPlace(null)
    }
    window.addEventListener('keydown', onKey, true)
    return () => {
      window.removeEventListener('keydown', onKey, true)
    }
  }, [place])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
    },
    [],
  )
  return (
    <>
      {/* display: contents, so the wrapper takes no part in the layout. */}
      <span
        className="tip-target"
        onPointerEnter={(event) => {
          if (event.pointerType !== 'touch') show(event.currentTarget, HOVER_WAIT_MS)
        }}
        onPointerLeave={hide}
        onPointerDown={hide}
        onFocus={(event) => {
          if (event.target.matches(':focus-visible')) show(event.currentTarget, FOCUS_WAIT_MS)
        }}
        onBlur={hide}
      >
        {children}
      </span>
      {place !== null &&
        createPortal(
          <div className={`tip ${place.below ? '' : 'up'}`} aria-hidden="true" style={{ left: place.x, top: place.y }}>
            {text}
            {shortcut !== undefined && <span className="f3"> {shortcut}</span>}
          </div>,
          document.body,
        )}
    </>
  )
}
