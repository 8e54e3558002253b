// Commands that open dialogs about the capture and the program.
import { Clock, FlaskConical, Info, KeyRound, ScrollText } from 'lucide-react'
import { dialogCommandMessages as m } from '../i18n/dialog-commands'
import { keysMessages } from '../i18n/decryption-keys'
import type { Command } from './registry'

/** Properties, time format, samples, about. */
export const DIALOG_COMMANDS: readonly Command[] = [
  {
    id: 'file.properties',
    title: m.properties,
    group: 'file',
    icon: ScrollText,
    keys: ['Mod+Alt+Shift+C'],
    enabled: (app) => app.active.get() !== null,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) app.openDialog('properties', { captureId: session.id })
    },
  },
  {
    id: 'file.open-sample',
    title: m.openSample,
    group: 'file',
    icon: FlaskConical,
    // The browser's own chooser has the samples anyway.
    offered: (app) => app.host.nativeDialogs,
    run: (app) => {
      app.openDialog('open-file', { behind: false })
    },
  },
  {
    id: 'view.time-format',
    title: m.timeFormat,
    group: 'view',
    icon: Clock,
    run: (app) => {
      app.openDialog('settings', { page: 'time' })
    },
  },
  {
    id: 'file.decryption-keys',
    title: keysMessages.command,
    group: 'file',
    icon: KeyRound,
    run: (app) => {
      app.openDialog('decryption-keys', {})
    },
  },
  {
    id: 'help.about',
    title: m.about,
    group: 'help',
    icon: Info,
    run: (app) => {
      app.openDialog('about', {})
    },
  },
]
