// Width and height of the window as state, for the few layout choices that CSS cannot make.
import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => {
    window.removeEventListener('resize', listener)
  }
}

/** Inner width of the window in pixels. */
export function useWindowWidth(): number {
  return useSyncExternalStore(subscribe, () => window.innerWidth)
}

/** Inner height of the window in pixels. */
export function useWindowHeight(): number {
  return useSyncExternalStore(subscribe, () => window.innerHeight)
}

/** Below this width details and bytes become tabs, and labels drop (patterns.md). */
export const NARROW = 1200
/** From this width on list columns and the lower pane are larger, unless the user chose their size. */
export const WIDE = 1680
