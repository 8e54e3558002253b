// What a diagram or a graph shows before anybody has chosen.
import { useEffect } from 'react'
import { useApp } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'
import { sequenceState } from './sequence-state'

/** The first time, the diagram shows the connection of the selected packet; without TCP, everything displayed. */
export function useInitialScope(session: CaptureSession): void {
  const app = useApp()
  useEffect(() => {
    const state = sequenceState(session)
    if (state.scope.get() !== null) return
    const choose = async (): Promise<void> => {
      const { number } = session.selection.get()
      const of = number > 0 ? await app.client.call('diagram.streamOf', { captureId: session.id, number }) : { stream: -1 }
      const { total } = await app.client.call('diagram.streams', { captureId: session.id, text: '', first: 0, count: 1 })
      state.scope.set(
        of.stream >= 0 ? { kind: 'stream', stream: of.stream } : total > 0 ? { kind: 'stream', stream: 0 } : { kind: 'displayed' },
      )
    }
    choose().catch((error: unknown) => {
      app.report(error)
    })
  }, [app, session])
}
