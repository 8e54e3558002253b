// Native dialogs as the engine asks for them: a question to main, answered by its id.
import type { HostPort } from '../../engine/service'
import type { FromEngine } from './messages'

/** Dialogs, and where main's answers go. */
export interface Dialogs extends Pick<HostPort, 'openDialog' | 'saveDialog'> {
  answer(id: number, path: string | null): void
}

/** Makes the dialogs; `ask` sends a question to main. */
export function createDialogs(ask: (message: FromEngine) => void): Dialogs {
  const waiting = new Map<number, (path: string | null) => void>()
  let nextId = 1
  const question = (message: (id: number) => FromEngine): Promise<string | null> =>
    new Promise((resolve) => {
      const id = nextId++
      waiting.set(id, resolve)
      ask(message(id))
    })
  return {
    openDialog: () => question((id) => ({ type: 'open-dialog', id })),
    saveDialog: (suggestedName, format) => question((id) => ({ type: 'save-dialog', id, suggestedName, format })),
    answer(id, path) {
      waiting.get(id)?.(path)
      waiting.delete(id)
    },
  }
}
