// The engine's statistics of a capture, with progress while they are read.
import { useEffect, useState } from 'react'
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

/** A capture that grows is not read again for every packet. */
const PAUSE_MS = 300

/** Protocols, lengths and expert items of all packets, or of those displayed. */
export function useStatistics(session: CaptureSession, scope: StatisticsScope): Reading<CaptureStatistics> {
  const app = useApp()
  const packets = useInfo(session, (info) => info.packets)
  const list = useInfo(session, (info) => `${info.filter} ${info.ignored} ${info.commented}`)
  return useReading(
    session,
    (signal, onProgress) => app.client.call('statistics.read', { captureId: session.id, scope }, { signal, onProgress }),
    `${packets} ${list} ${scope}`,
  )
}

/** What the capture can prove. */
export function useHealth(session: CaptureSession): Reading<readonly HealthFinding[]> {
  const app = useApp()
  const packets = useInfo(session, (info) => info.packets)
  const state = useInfo(session, (info) => info.state)
  return useReading(
    session,
    async (signal, onProgress) => (await app.client.call('statistics.health', { captureId: session.id }, { signal, onProgress })).findings,
    `${packets} ${state}`,
  )
}

function useReading<R>(
  session: CaptureSession,
  read: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<R>,
  key: string,
): Reading<R> {
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
    // `key` says when to read again; `read` is made anew with every drawing
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [app, session, key])
  return reading
}
