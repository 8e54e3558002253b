// The engine's statistics of a capture, with progress while they are read.
import { useCallback, useEffect, useState } from 'react'
import type { CaptureStatistics, HealthFinding, StatisticsScope } from '../../../shared/contract'
import type { Progress } from '../../../shared/rpc/client'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp, useInfo } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'

/** An answer as far as it is there; the one before stays while the next is read. */
export interface Reading<R> {
  readonly answer: R | null
  readonly progress: Progress | null
}

type Read<R> = (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<R>

/** A capture that grows is not read again for every packet. */
const PAUSE_MS = 300

/** Protocols, lengths and expert items of all packets, or of those displayed. */
export function useStatistics(session: CaptureSession, scope: StatisticsScope): Reading<CaptureStatistics> {
  const app = useApp()
  const packets = useInfo(session, (info) => info.packets)
  const list = useInfo(session, (info) => `${info.filter} ${info.ignored} ${info.commented}`)
  const read = useCallback<Read<CaptureStatistics>>(
    (signal, onProgress) => app.client.call('statistics.read', { captureId: session.id, scope }, { signal, onProgress }),
    [app, session, scope],
  )
  return useReading(session, read, `${packets} ${list}`)
}

/** What the capture can prove. */
export function useHealth(session: CaptureSession): Reading<readonly HealthFinding[]> {
  const app = useApp()
  const packets = useInfo(session, (info) => info.packets)
  const state = useInfo(session, (info) => info.state)
  const read = useCallback<Read<readonly HealthFinding[]>>(
    async (signal, onProgress) => (await app.client.call('statistics.health', { captureId: session.id }, { signal, onProgress })).findings,
    [app, session],
  )
  return useReading(session, read, `${packets} ${state}`)
}

/** Reads what `read` reads; again when it is another function, or when `version` says that the answer may have changed. */
function useReading<R>(session: CaptureSession, read: Read<R>, version: string): Reading<R> {
  const app = useApp()
  const [reading, setReading] = useState<Reading<R>>({ answer: null, progress: null })
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(
      () => {
        read(abort.signal, (progress) => {
          if (!abort.signal.aborted) setReading((before) => ({ ...before, progress }))
        }).then(
          (answer) => {
            if (!abort.signal.aborted) setReading({ answer, progress: null })
          },
          (error: unknown) => {
            if (!isCancelled(error)) app.report(error)
          },
        )
      },
      session.info.get().state === 'indexing' ? PAUSE_MS : 0,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, session, read, version])
  return reading
}
