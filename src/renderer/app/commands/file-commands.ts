// Commands on files and tabs.
import { FolderOpen, LifeBuoy, RotateCcw, Save, Settings2, Square, X } from 'lucide-react'
import type { App } from '../app-model'
import { commandMessages as m } from '../i18n/commands'
import type { Command } from './registry'

const hasCapture = (app: App): boolean => app.active.get() !== null

function stepTab(app: App, by: number): void {
  const captures = app.captures.get()
  const active = app.active.get()
  const index = active === null ? -1 : captures.indexOf(active)
  const next = captures[(index + by + captures.length) % Math.max(1, captures.length)]
  if (next !== undefined) app.active.set(next)
}

const tabKeys: readonly Command[] = Array.from({ length: 9 }, (_, index) => ({
  id: `file.tab-${String(index + 1)}`,
  title: m.nextTab,
  group: 'file' as const,
  keys: [`Alt+${String(index + 1)}`],
  keyOnly: true,
  offered: () => false,
  run: () => undefined,
})).map((command, index) => ({
  ...command,
  offered: (app: App) => app.captures.get()[index] !== undefined,
  run: (app: App) => {
    const session = app.captures.get()[index]
    if (session !== undefined) app.active.set(session)
  },
}))

/** Open, save, close, tabs, settings. */
export const FILE_COMMANDS: readonly Command[] = [
  { id: 'file.open', title: m.open, group: 'file', icon: FolderOpen, keys: ['Mod+O'], run: (app) => app.chooseFile() },
  {
    id: 'file.save',
    title: m.save,
    group: 'file',
    icon: Save,
    keys: ['Mod+S', 'Mod+Shift+S'],
    enabled: hasCapture,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) app.openDialog('save', { captureId: session.id })
    },
  },
  {
    id: 'file.save-displayed',
    title: m.saveDisplayed,
    group: 'file',
    enabled: hasCapture,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) app.openDialog('save', { captureId: session.id, scope: 'displayed' })
    },
  },
  {
    id: 'file.save-marked',
    title: m.saveMarked,
    group: 'file',
    enabled: (app) => (app.active.get()?.info.get().marked ?? 0) > 0,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) app.openDialog('save', { captureId: session.id, scope: 'marked' })
    },
  },
  {
    id: 'file.salvage',
    title: m.salvage,
    group: 'file',
    icon: LifeBuoy,
    enabled: hasCapture,
    offered: (app) => (app.active.get()?.info.get().problem ?? null) !== null,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) app.openDialog('save', { captureId: session.id, scope: 'all', salvage: true })
    },
  },
  {
    id: 'file.close',
    title: m.close,
    group: 'file',
    icon: X,
    desktopKeys: ['Mod+W'],
    browserKeys: ['Alt+W'],
    enabled: hasCapture,
    run: async (app) => {
      const session = app.active.get()
      if (session !== null) await app.close(session)
    },
  },
  {
    id: 'file.reload',
    title: m.reload,
    group: 'file',
    icon: RotateCcw,
    desktopKeys: ['Mod+Shift+R'],
    browserKeys: ['Alt+R'],
    enabled: (app) => (app.active.get()?.info.get().path ?? null) !== null && !app.live.isRunning(app.active.get()?.id ?? -1),
    run: async (app) => {
      const session = app.active.get()
      if (session === null) return
      app.replace(session.id, await app.client.call('capture.reload', { captureId: session.id }))
    },
  },
  {
    id: 'file.stop-reading',
    title: m.stopReading,
    group: 'file',
    icon: Square,
    offered: (app) =>
      ['indexing', 'waiting'].includes(app.active.get()?.info.get().state ?? '') && !app.live.isRunning(app.active.get()?.id ?? -1),
    run: async (app) => {
      const session = app.active.get()
      if (session !== null) session.update(await app.client.call('capture.stop', { captureId: session.id }))
    },
  },
  {
    id: 'file.next-tab',
    title: m.nextTab,
    group: 'file',
    desktopKeys: ['Ctrl+Tab'],
    browserKeys: ['Alt+PageDown'],
    offered: (app) => app.captures.get().length > 1,
    run: (app) => {
      stepTab(app, 1)
    },
  },
  {
    id: 'file.previous-tab',
    title: m.previousTab,
    group: 'file',
    desktopKeys: ['Ctrl+Shift+Tab'],
    browserKeys: ['Alt+PageUp'],
    offered: (app) => app.captures.get().length > 1,
    run: (app) => {
      stepTab(app, -1)
    },
  },
  {
    id: 'file.settings',
    title: m.settings,
    group: 'file',
    icon: Settings2,
    keys: ['Mod+Shift+,'],
    run: (app) => {
      app.openDialog('settings', {})
    },
  },
  ...tabKeys,
]
