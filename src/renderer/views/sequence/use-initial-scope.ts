// What a diagram or a graph shows before anybody has chosen.
import { useEffect } from 'react'
import type { App } from '../../app/app-model'
import { useApp } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'
import { sequenceState, type Scope } from './sequence-state'

/** The connection of the selected packet, or the capture's first one; everything displayed where there is no TCP. */
export async function likelyScope(app: App, session: CaptureSession): Promise<Exclude<Scope, null>> {
  const { number } = session.selection.get()
  const of = number > 0 ? await app.client.call('diagram.streamOf', { captureId: session.id, number }) : { stream: -1 }
  if (of.stream >= 0) return { kind: 'stream', stream: of.stream }
  const { total } = await app.client.call('diagram.streams', { captureId: session.id, text: '', first: 0, count: 1 })
  return total > 0 ? { kind: 'stream', stream: 0 } : { kind: 'displayed' }
}

/** The first time, the diagram shows the connection of the selected packet; without TCP, everything displayed. */
export function useInitialScope(session: CaptureSession): void {
  const app = useApp()
  useEffect(() => {
    const state = sequenceState(session)
    if (state.scope.get() !== null) return
    likelyScope(app, session).then(
      (scope) => {
        state.scope.set(scope)
      },
      (error: unknown) => {
        app.report(error)
      },
    )
  }, [app, session])
}
