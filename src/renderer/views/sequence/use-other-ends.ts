// Where else a connection was captured: the open captures that hold it too.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { GROWTH_MS, useCalm, useGrowth } from '../../app/use-calm'
import type { CaptureSession } from '../../model/capture-session'
import { useStore } from '../../model/store'

/** The connection as another open capture has it. */
export interface FoundEnd {
  readonly session: CaptureSession
  readonly stream: number
  /** Its endpoints there. */
  readonly a: string
  readonly b: string
}

/** The other captures of a TCP stream, the likeliest stream of each first; null while they are looked for, and for no stream (-1). */
export function useOtherEnds(session: CaptureSession, stream: number): readonly FoundEnd[] | null {
  const app = useApp()
  const captures = useStore(app.captures)
  const packets = useGrowth(session)
  const progress = useCalm(useProgress(captures), GROWTH_MS)
  const [found, setFound] = useState<{ readonly stream: number; readonly ends: readonly FoundEnd[] }>({ stream: -1, ends: [] })
  useEffect(() => {
    if (stream < 0) return undefined
    const abort = new AbortController()
    const look = async (): Promise<void> => {
      const ends: FoundEnd[] = []
      for (const other of captures) {
        if (other === session) continue
        const same = await app.client.call(
          'diagram.sameConnections',
          { captureId: session.id, stream, second: other.id },
          { signal: abort.signal },
        )
        ends.push(...same.found.map((one) => ({ session: other, stream: one.stream, a: one.a, b: one.b })))
      }
      setFound({ stream, ends })
    }
    look().catch((error: unknown) => {
      // a capture that is closed meanwhile has nothing to lay beside
      if (!isCancelled(error) && !abort.signal.aborted) setFound({ stream, ends: [] })
    })
    return () => {
      abort.abort()
    }
  }, [app, session, stream, captures, packets, progress])
  return found.stream === stream && stream >= 0 ? found.ends.filter((end) => captures.includes(end.session)) : null
}

/** Changes whenever one of the captures has more packets. */
function useProgress(captures: readonly CaptureSession[]): string {
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = captures.map(({ info }) => info.subscribe(listener))
      return () => {
        for (const end of ends) end()
      }
    },
    [captures],
  )
  return useSyncExternalStore(subscribe, () => captures.map(({ id, info }) => `${id}:${info.get().packets}`).join(' '))
}
