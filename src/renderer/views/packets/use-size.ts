// Size of an element as state.
import { useLayoutEffect, useState, type RefObject } from 'react'

/** Inner width and height of the element; 0 before it is mounted. */
export function useSize(ref: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = (): void => {
      const next = { width: element.clientWidth, height: element.clientHeight }
      setSize((previous) => (previous.width === next.width && previous.height === next.height ? previous : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [ref])
  return size
}
