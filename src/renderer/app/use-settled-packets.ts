// What is worked out over a whole capture is asked for again when the capture has grown or was dissected anew: not at every moment, but once it has
// come to rest, and every two seconds while packets still come in.
import { useEffect, useRef, useState } from 'react'
import type { CaptureSession } from '../model/capture-session'
import { useStore } from '../model/store'
import { useApp, useInfo } from './app-context'

const EVERY_MS = 2000
/** More packets than a capture has. */
const PACKETS = 2 ** 40

/** A number that changes when the capture has changed, not at every moment. */
export function useSettledPackets(session: CaptureSession): number {
  const dissections = useStore(useApp().dissections)
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
  return dissections * PACKETS + settled
}
