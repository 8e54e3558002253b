// Commands on the selected packets: mark, ignore, time reference, comment; and moving between packets.
import { ArrowDown, ArrowUp, Bookmark, Clock, Copy, EyeOff, Hash, MessageSquareText, Search, Shuffle } from 'lucide-react'
import { copyText } from '../../dialogs/copy'
import type { CaptureSession } from '../../model/capture-session'
import { selectedCount } from '../../model/selection'
import { patch } from '../../model/store'
import type { App } from '../app-model'
import { commandMessages as m } from '../i18n/commands'
import { packetsMessages } from '../i18n/packets'
import { findAgain, stepTo } from './search'
import type { Command } from './registry'

const hasPackets = (app: App): boolean => (app.active.get()?.info.get().shown ?? 0) > 0
const hasSelection = (app: App): boolean => (app.active.get()?.selection.get().focus ?? -1) >= 0

/** Switches marks or ignoring of the selected packets: off when all of them have it, else on. */
async function toggle(app: App, session: CaptureSession, method: 'packet.mark' | 'packet.ignore'): Promise<void> {
  const selection = session.selection.get()
  const count = selectedCount(selection)
  // All displayed packets have a name of their own; naming ten million numbers would be slow.
  const numbers = count > 1 && count === session.info.get().shown ? 'displayed' : await session.selectedNumbers()
  if (numbers.length === 0) return
  if (numbers !== 'displayed' && numbers.length < count) {
    app.toasts.show({ kind: 'info', title: app.t(packetsMessages.tooManySelected, { count: numbers.length }) })
  }
  const flag = method === 'packet.mark' ? 'marked' : 'ignored'
  const { focus } = selection
  const on = session.rows.row(focus)?.[flag] !== true
  session.update(await app.client.call(method, { captureId: session.id, numbers, on }))
  session.refresh()
}

/** Runs with the active capture. */
function onSession(run: (app: App, session: CaptureSession) => void | Promise<void>): (app: App) => Promise<void> {
  return async (app) => {
    const session = app.active.get()
    if (session !== null) await run(app, session)
  }
}

function move(by: number): (app: App) => Promise<void> {
  return onSession((_app, session) => {
    session.select(Math.max(0, session.selection.get().focus + by))
  })
}

/** Moving between packets and finding them. */
export const GO_COMMANDS: readonly Command[] = [
  {
    id: 'go.to',
    title: m.goTo,
    group: 'go',
    icon: Hash,
    keys: ['Mod+G'],
    enabled: hasPackets,
    run: (app) => {
      app.openDialog('go-to', {})
    },
  },
  {
    id: 'go.first',
    title: m.first,
    group: 'go',
    keys: ['Mod+Home'],
    enabled: hasPackets,
    run: onSession((_app, session) => {
      session.select(0)
    }),
  },
  {
    id: 'go.last',
    title: m.last,
    group: 'go',
    keys: ['Mod+End'],
    enabled: hasPackets,
    run: onSession((_app, session) => {
      session.select(session.info.get().shown - 1)
    }),
  },
  {
    id: 'go.next',
    title: m.nextPacket,
    group: 'go',
    icon: ArrowDown,
    keys: ['Mod+ArrowDown', 'F8', 'J'],
    enabled: hasPackets,
    run: move(1),
  },
  {
    id: 'go.previous',
    title: m.previousPacket,
    group: 'go',
    icon: ArrowUp,
    keys: ['Mod+ArrowUp', 'F7', 'K'],
    enabled: hasPackets,
    run: move(-1),
  },
  {
    id: 'go.next-conversation',
    title: m.nextConversation,
    group: 'go',
    keys: ['Mod+.', ']'],
    enabled: hasSelection,
    run: (app) => stepTo(app, { kind: 'conversation' }, false),
  },
  {
    id: 'go.previous-conversation',
    title: m.previousConversation,
    group: 'go',
    keys: ['Mod+,', '['],
    enabled: hasSelection,
    run: (app) => stepTo(app, { kind: 'conversation' }, true),
  },
  {
    id: 'go.back',
    title: m.back,
    group: 'go',
    keys: ['Alt+ArrowLeft'],
    enabled: hasPackets,
    run: onSession((_app, session) => session.travel(-1)),
  },
  {
    id: 'go.forward',
    title: m.forward,
    group: 'go',
    keys: ['Alt+ArrowRight'],
    enabled: hasPackets,
    run: onSession((_app, session) => session.travel(1)),
  },
  {
    id: 'go.next-marked',
    title: m.nextMarked,
    group: 'go',
    keys: ['Mod+Shift+N'],
    enabled: hasPackets,
    run: (app) => stepTo(app, { kind: 'marked' }, false),
  },
  {
    id: 'go.previous-marked',
    title: m.previousMarked,
    group: 'go',
    keys: ['Mod+Shift+B'],
    enabled: hasPackets,
    run: (app) => stepTo(app, { kind: 'marked' }, true),
  },
  {
    id: 'go.next-reference',
    title: m.nextReference,
    group: 'go',
    keys: ['Mod+Alt+N'],
    enabled: hasPackets,
    run: (app) => stepTo(app, { kind: 'time-reference' }, false),
  },
  { id: 'go.next-comment', title: m.nextComment, group: 'go', enabled: hasPackets, run: (app) => stepTo(app, { kind: 'comment' }, false) },
  {
    id: 'edit.find',
    title: m.find,
    group: 'edit',
    icon: Search,
    keys: ['Mod+F'],
    enabled: hasPackets,
    run: (app) => {
      patch(app.find, { open: true })
      document.getElementById('find-input')?.focus()
    },
  },
  {
    id: 'edit.find-next',
    title: m.findNext,
    group: 'edit',
    desktopKeys: ['Mod+N'],
    keys: ['F3'],
    enabled: hasPackets,
    run: (app) => findAgain(app, false),
  },
  {
    id: 'edit.find-previous',
    title: m.findPrevious,
    group: 'edit',
    keys: ['Mod+B', 'Shift+F3'],
    enabled: hasPackets,
    run: (app) => findAgain(app, true),
  },
  {
    id: 'edit.select-all',
    title: m.selectAll,
    group: 'edit',
    enabled: hasPackets,
    run: onSession((_app, session) => {
      session.selectAll()
    }),
  },
]

/** Marking, ignoring, commenting, copying. */
export const PACKET_COMMANDS: readonly Command[] = [
  {
    id: 'packet.mark',
    title: m.mark,
    group: 'packet',
    icon: Bookmark,
    keys: ['Mod+M'],
    enabled: hasSelection,
    run: onSession((app, session) => toggle(app, session, 'packet.mark')),
  },
  {
    id: 'packet.mark-displayed',
    title: m.markDisplayed,
    group: 'packet',
    keys: ['Mod+Shift+M'],
    enabled: hasPackets,
    run: onSession(async (app, session) => {
      session.update(await app.client.call('packet.mark', { captureId: session.id, numbers: 'displayed', on: true }))
    }),
  },
  {
    id: 'packet.unmark-all',
    title: m.unmarkAll,
    group: 'packet',
    keys: ['Mod+Alt+M'],
    enabled: (app) => (app.active.get()?.info.get().marked ?? 0) > 0,
    run: onSession(async (app, session) => {
      session.update(await app.client.call('packet.mark', { captureId: session.id, numbers: 'none', on: false }))
    }),
  },
  {
    id: 'packet.ignore',
    title: m.ignore,
    group: 'packet',
    icon: EyeOff,
    keys: ['Mod+D'],
    enabled: hasSelection,
    run: onSession((app, session) => toggle(app, session, 'packet.ignore')),
  },
  {
    id: 'packet.ignore-displayed',
    title: m.ignoreDisplayed,
    group: 'packet',
    keys: ['Mod+Shift+D'],
    enabled: hasPackets,
    run: onSession(async (app, session) => {
      session.update(await app.client.call('packet.ignore', { captureId: session.id, numbers: 'displayed', on: true }))
    }),
  },
  {
    id: 'packet.unignore-all',
    title: m.unignoreAll,
    group: 'packet',
    keys: ['Mod+Alt+D'],
    enabled: (app) => (app.active.get()?.info.get().ignored ?? 0) > 0,
    run: onSession(async (app, session) => {
      session.update(await app.client.call('packet.ignore', { captureId: session.id, numbers: 'none', on: false }))
    }),
  },
  {
    id: 'packet.time-reference',
    title: m.timeReference,
    group: 'packet',
    icon: Clock,
    desktopKeys: ['Mod+T'],
    browserKeys: ['Alt+T'],
    enabled: hasSelection,
    run: onSession(async (app, session) => {
      const { focus, number } = session.selection.get()
      if (number === 0) return
      const on = session.rows.row(focus)?.timeReference !== true
      session.update(await app.client.call('packet.timeReference', { captureId: session.id, number, on }))
      session.refresh()
    }),
  },
  {
    id: 'packet.comment',
    title: m.comment,
    group: 'packet',
    icon: MessageSquareText,
    keys: ['Mod+Alt+C'],
    enabled: hasSelection,
    run: onSession((app, session) => {
      const { number } = session.selection.get()
      if (number > 0) app.openDialog('comment', { captureId: session.id, number })
    }),
  },
  {
    id: 'packet.decode-as',
    title: m.decodeAs,
    group: 'packet',
    icon: Shuffle,
    keys: ['Mod+Shift+U'],
    enabled: hasSelection,
    run: onSession((app, session) => {
      app.openDialog('decode-as', { captureId: session.id, number: Math.max(0, session.selection.get().number) })
    }),
  },
  {
    id: 'packet.copy-summary',
    title: m.copySummary,
    group: 'packet',
    icon: Copy,
    enabled: hasSelection,
    run: onSession(async (app, session) => {
      const numbers = await session.selectedNumbers()
      const { text } = await app.client.call('packet.text', { captureId: session.id, numbers, format: 'summary' })
      await copyText(app, text)
    }),
  },
]
