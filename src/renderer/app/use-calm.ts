// A value that changes all the time, for work that takes longer than a change.
import { useEffect, useRef, useState } from 'react'
import type { CaptureSession } from '../model/capture-session'
import { useInfo } from './app-context'

/** While a capture grows, what is worked out of all of it is worked out anew this often. */
export const GROWTH_MS = 500

/** The value as it was at most `ms` ago; it changes at once when it has rested that long. */
export function useCalm<T>(value: T, ms: number): T {
  const [calm, setCalm] = useState(value)
  const changedAt = useRef(-Infinity)
  useEffect(() => {
    const timer = setTimeout(
      () => {
        changedAt.current = performance.now()
        setCalm(value)
      },
      Math.max(0, changedAt.current + ms - performance.now()),
    )
    return () => {
      clearTimeout(timer)
    }
  }, [value, ms])
  return calm
}

/** Packets of a capture, told calmly. */
export function useGrowth(session: CaptureSession): number {
  return useCalm(
    useInfo(session, (info) => info.packets),
    GROWTH_MS,
  )
}
