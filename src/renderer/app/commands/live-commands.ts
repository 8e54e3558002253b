// Commands on live captures.
import { ArrowDownToLine, CirclePlay, KeyRound, RotateCw, ShieldAlert } from 'lucide-react'
import type { App } from '../app-model'
import { liveMessages as m } from '../i18n/live'
import { programMessages } from '../i18n/programs'
import { commandMessages } from '../i18n/commands'
import { askToRestart, startCapture, stopCapture } from '../live-actions'
import type { Command } from './registry'

/** True when the tab in front is the running capture, or the last one. */
function isInFront(app: App): boolean {
  const session = app.active.get()
  return session !== null && app.live.capture.get()?.captureId === session.id
}

const isRunning = (app: App): boolean => app.live.capture.get()?.running === true

/** Start, stop, restart, auto-scroll, permission. */
export const LIVE_COMMANDS: readonly Command[] = [
  {
    id: 'live.toggle',
    title: commandMessages.liveToggle,
    group: 'capture',
    icon: CirclePlay,
    keys: ['Mod+E'],
    run: (app) => (isRunning(app) ? stopCapture(app) : startCapture(app)),
  },
  {
    id: 'live.restart',
    title: m.restart,
    group: 'capture',
    icon: RotateCw,
    keys: ['Mod+R'],
    offered: isInFront,
    run: (app) => askToRestart(app),
  },
  {
    id: 'live.new',
    title: m.newCapture,
    group: 'capture',
    keys: ['Mod+Shift+E'],
    run: (app) => {
      app.showStart()
    },
  },
  {
    id: 'live.auto-scroll',
    title: m.autoScroll,
    group: 'capture',
    icon: ArrowDownToLine,
    offered: (app) => isInFront(app) && isRunning(app),
    checked: (app) => app.active.get()?.scroller.following.get() ?? false,
    run: (app) => {
      const scroller = app.active.get()?.scroller
      scroller?.follow(!scroller.following.get())
    },
  },
  {
    id: 'live.record-program',
    title: programMessages.command,
    group: 'capture',
    icon: KeyRound,
    run: (app) => {
      app.openDialog('record-program', {})
    },
  },
  {
    id: 'live.permission',
    title: m.doctorCommand,
    group: 'capture',
    icon: ShieldAlert,
    run: (app) => {
      app.openDialog('capture-permission', {})
    },
  },
]
