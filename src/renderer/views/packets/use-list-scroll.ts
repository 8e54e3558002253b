// Scrolling of the packet list: keeps the position in list pixels and the scrolled element in step with it, scaled for very long lists.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { CaptureSession } from '../../model/capture-session'
import { scrollScale, type ScrollScale } from '../../model/scroll-scale'

/** Position of the list and how to change it. */
export interface ListScroll {
  /** Pixels of the list above the view. */
  readonly top: number
  readonly scale: ScrollScale
  /** Direction of the last movement, for prefetching. */
  readonly direction: -1 | 0 | 1
  scrollTo(top: number): void
  /** Scroll handler of the element. */
  onScroll(): void
}

/** Scroll state of the list in `scroller`. `viewport` is the height of the rows on screen. */
export function useListScroll(scroller: RefObject<HTMLElement | null>, session: CaptureSession, rowCount: number, rowHeight: number, viewport: number): ListScroll {
  const scale = scrollScale(rowCount, rowHeight, viewport)
  const [state, setState] = useState<{ top: number; direction: -1 | 0 | 1 }>({ top: session.listTop, direction: 0 })
  const position = useRef(session.listTop)
  const expected = useRef(-1)
  const current = useRef(scale)
  useLayoutEffect(() => {
    current.current = scale
  })

  const move = useCallback(
    (top: number): void => {
      const before = position.current
      if (top === before) return
      position.current = top
      session.listTop = top
      setState({ top, direction: top > before ? 1 : -1 })
    },
    [session],
  )

  const scrollTo = useCallback(
    (top: number): void => {
      const next = current.current.clamp(top)
      move(next)
      const element = scroller.current
      if (element === null) return
      element.scrollTop = current.current.toElement(next)
      expected.current = element.scrollTop
    },
    [move, scroller],
  )

  const onScroll = useCallback((): void => {
    const element = scroller.current
    if (element === null) return
    // The echo of our own scrollTo: the exact position is known already.
    if (Math.abs(element.scrollTop - expected.current) < 1) return
    expected.current = -1
    move(current.current.toList(element.scrollTop))
  }, [move, scroller])

  // Another row count, density or height: keep the position, within the new limits.
  useLayoutEffect(() => {
    if (viewport <= 0) return
    scrollTo(position.current)
  }, [rowCount, rowHeight, viewport, scrollTo])

  // In a scaled list the browser's own wheel step would jump over many rows, so the wheel moves list pixels.
  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const onWheel = (event: WheelEvent): void => {
      if (!current.current.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight * 1.5 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? element.clientHeight : 1
      scrollTo(position.current + event.deltaY * unit)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element.removeEventListener('wheel', onWheel)
    }
  }, [scroller, scrollTo, rowHeight])

  return { top: scale.clamp(state.top), scale, direction: state.direction, scrollTo, onScroll }
}
