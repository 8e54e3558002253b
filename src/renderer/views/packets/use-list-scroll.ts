// Connects the packet list's element to its scroller.
import { useEffect, useLayoutEffect, type RefObject } from 'react'
import type { ListScroller, ScrollPosition } from '../../model/list-scroller'
import { useStore } from '../../model/store'

/** Position of the list. `viewport` is the height of the rows on screen. */
export function useListScroll(
  element: RefObject<HTMLElement | null>,
  scroller: ListScroller,
  rowCount: number,
  rowHeight: number,
  viewport: number,
): ScrollPosition {
  useLayoutEffect(() => {
    scroller.resize(rowCount, rowHeight, viewport)
  }, [scroller, rowCount, rowHeight, viewport])
  useLayoutEffect(() => (element.current === null ? undefined : scroller.attach(element.current)), [element, scroller])
  // In a scaled list the browser's own wheel step would jump over many rows, so the wheel moves list pixels.
  useEffect(() => {
    const target = element.current
    if (target === null) return undefined
    const onWheel = (event: WheelEvent): void => {
      if (!scroller.scale.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight * 1.5 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? viewport : 1
      scroller.scrollTo(scroller.top + event.deltaY * unit)
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      target.removeEventListener('wheel', onWheel)
    }
  }, [element, scroller, rowHeight, viewport])
  return useStore(scroller.position)
}
