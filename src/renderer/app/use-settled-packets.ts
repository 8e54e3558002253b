// The number of packets, for what is worked out over the whole capture: while packets still come in, it moves every two seconds only.
import { useEffect, useRef, useState } from 'react'
import type { CaptureSession } from '../model/capture-session'
import { useInfo } from './app-context'

const EVERY_MS = 2000

/** Packets of the capture; not of every moment. */
export function useSettledPackets(session: CaptureSession): number {
  const packets = useInfo(session, (info) => info.packets)
  const isSettled = useInfo(session, (info) => info.state === 'complete' || info.state === 'cancelled')
  const [settled, setSettled] = useState(packets)
  const last = useRef(0)
  useEffect(() => {
    if (packets === settled) return undefined
    const timer = setTimeout(
      () => {
        last.current = Date.now()
        setSettled(packets)
      },
      isSettled ? 0 : Math.max(0, last.current + EVERY_MS - Date.now()),
    )
    return () => {
      clearTimeout(timer)
    }
  }, [packets, settled, isSettled])
  return settled
}
