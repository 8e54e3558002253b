// Tooltips: shown after a short wait on hover, at once on keyboard focus; hidden by Escape. Drawn in a portal, so nothing clips them.
import { cloneElement, useEffect, useRef, useState, type ReactElement } from 'react'
import { createPortal } from 'react-dom'

const WAIT_MS = 500

interface Place {
  readonly x: number
  readonly y: number
  readonly below: boolean
}

interface TooltipTargetProps {
  readonly onPointerEnter?: (event: React.PointerEvent<HTMLElement>) => void
  readonly onPointerLeave?: (event: React.PointerEvent<HTMLElement>) => void
  readonly onPointerDown?: (event: React.PointerEvent<HTMLElement>) => void
  readonly onFocus?: (event: React.FocusEvent<HTMLElement>) => void
  readonly onBlur?: (event: React.FocusEvent<HTMLElement>) => void
}

/** Gives its one child element a tooltip. The child must have its accessible name itself: the tooltip is for the eye. */
export function Tooltip({
  text,
  shortcut,
  children,
}: {
  readonly text: string
  readonly shortcut?: string | undefined
  readonly children: ReactElement<TooltipTargetProps>
}) {
  const [place, setPlace] = useState<Place | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const hide = (): void => {
    clearTimeout(timer.current)
    setPlace(null)
  }
  const show = (target: HTMLElement, wait: number): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (!target.isConnected) return
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
  const child = cloneElement(children, {
    onPointerEnter: (event) => {
      children.props.onPointerEnter?.(event)
      if (event.pointerType !== 'touch') show(event.currentTarget, WAIT_MS)
    },
    onPointerLeave: (event) => {
      children.props.onPointerLeave?.(event)
      hide()
    },
    onPointerDown: (event) => {
      children.props.onPointerDown?.(event)
      hide()
    },
    onFocus: (event) => {
      children.props.onFocus?.(event)
      if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 200)
    },
    onBlur: (event) => {
      children.props.onBlur?.(event)
      hide()
    },
  })
  return (
    <>
      {child}
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
