// Global shortcuts and commands from native menus.
import { useEffect } from 'react'
import { isTyping } from '../../ui/focus'
import type { App } from '../app-model'
import { COMMANDS } from './commands'

/** Listens for shortcuts while the application is mounted. Dialogs keep their keys to themselves. */
export function useShortcuts(app: App): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      if (document.body.dataset['modal'] !== undefined) return
      const target = event.target
      const command = COMMANDS.match(event, app.host.kind, isTyping(target))
      if (command === undefined) return
      if (COMMANDS.run(command.id, app)) event.preventDefault()
      // A shortcut that belongs to us must not fall through to the browser (Ctrl+S, Ctrl+G) even when it cannot run now, unless it is not on offer.
      else if ((event.ctrlKey || event.metaKey) && command.offered?.(app) !== false) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    const off = app.client.on('host.command', ({ command, argument }) => {
      if (command === 'file.open-path' && argument !== undefined) void app.open({ kind: 'path', path: argument }, argument)
      else COMMANDS.run(command, app)
    })
    return () => {
      window.removeEventListener('keydown', onKey)
      off()
    }
  }, [app])
}
