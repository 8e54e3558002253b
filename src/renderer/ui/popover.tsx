// Popover: the only element with a shadow. Opens at its cause, closes on Escape or a click outside, and is kept inside the window.
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import { createPortal } from 'react-dom'
import { rememberFocus } from './focus'

/** Where a popover opens: at an element, or at a point of the window (context menus). */
export type Anchor = { readonly element: HTMLElement } | { readonly x: number; readonly y: number }

/** Props of Popover. */
export interface PopoverProps {
  readonly anchor: Anchor
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
  /** Align with the right edge of the anchor instead of the left. */
  readonly end?: boolean
  /** False keeps the focus where it is (completion lists). */
  readonly takeFocus?: boolean
  /** Accessible name and role of the box, where its content has none. */
  readonly label?: string
  readonly role?: 'dialog' | 'group'
}

function stop(event: SyntheticEvent): void {
  event.stopPropagation()
}

function stopMenu(event: SyntheticEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

/** A box that floats above the page until it is dismissed; the focus returns to where it was. */
export function Popover({ anchor, onClose, children, className = '', end = false, takeFocus = true, label, role }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const size = element.getBoundingClientRect()
    const at = 'element' in anchor ? anchor.element.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0)
    const gap = 'element' in anchor ? 4 : 0
    const left = end ? at.right - size.width : at.left
    const below = at.bottom + gap
    const fitsBelow = below + size.height <= window.innerHeight - 4
    const top = fitsBelow ? below : Math.max(4, at.top - gap - size.height)
    setPlace({ left: Math.max(4, Math.min(left, window.innerWidth - size.width - 4)), top })
  }, [anchor, end])
  useLayoutEffect(() => {
    if (!takeFocus) return undefined
    const restore = rememberFocus()
    const element = box.current
    const first = element?.querySelector<HTMLElement>('[data-autofocus],input,[role=menu],button:not([disabled])') ?? element
    first?.focus({ preventScroll: true })
    return restore
  }, [takeFocus])
  useEffect(() => {
    const onPointer = (event: PointerEvent): void => {
      const target = event.target
      if (!(target instanceof Node) || box.current?.contains(target) === true) return
      if ('element' in anchor && anchor.element.contains(target)) return
      // A menu opened from inside this popover is a portal of its own.
      if (target instanceof Element && target.closest('.pop') !== null) return
      onClose()
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
    const onBlur = (): void => {
      onClose()
    }
    window.addEventListener('pointerdown', onPointer, true)
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('blur', onBlur)
    return () => {
      window.removeEventListener('pointerdown', onPointer, true)
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('blur', onBlur)
    }
  }, [anchor, onClose])
  return createPortal(
    <div
      ref={box}
      className={`pop ${className}`}
      role={role}
      aria-label={label}
      tabIndex={-1}
      // React passes events of a portal on to the component that opened it; what happens in here is not its business.
      onKeyDown={stop}
      onPointerDown={stop}
      onPointerUp={stop}
      onClick={stop}
      onDoubleClick={stop}
      onContextMenu={stopMenu}
      style={place === null ? { left: 0, top: 0, opacity: 0 } : { left: place.left, top: place.top }}
    >
      {children}
    </div>,
    document.body,
  )
}
