// Finding packets: the find bar's search, and steps to the next marked, commented or related packet.
import type { Params } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { patch } from '../../model/store'
import type { App } from '../app-model'
import { findMessages } from '../i18n/find'

/** What to look for, as rows.search takes it. */
export type SearchTarget = Params<'rows.search'>['what']

let running: AbortController | null = null

/** Selects the next or previous packet that fits. Resolves to whether there was one. */
export async function searchPackets(app: App, what: SearchTarget, backwards: boolean): Promise<'found' | 'wrapped' | 'none'> {
  const session = app.active.get()
  if (session === null) return 'none'
  running?.abort()
  const abort = new AbortController()
  running = abort
  const result = await app.client.call(
    'rows.search',
    { captureId: session.id, from: session.selection.get().number, backwards, what },
    { signal: abort.signal },
  )
  if (result.number === 0) return 'none'
  await session.goTo(result.number)
  return result.wrapped ? 'wrapped' : 'found'
}

/** Steps to a packet of a kind; says so when there is none. */
export async function stepTo(app: App, what: SearchTarget, backwards: boolean): Promise<void> {
  try {
    const outcome = await searchPackets(app, what, backwards)
    if (outcome === 'none') app.toasts.show({ kind: 'info', title: app.t(findMessages.nothing) })
  } catch (error) {
    if (!isCancelled(error)) throw error
  }
}

/** Runs the find bar's search; opens the bar when there is nothing to look for. */
export async function findAgain(app: App, backwards: boolean): Promise<void> {
  const { kind, text, where, matchCase } = app.find.get()
  if (text === '') {
    patch(app.find, { open: true })
    return
  }
  const what: SearchTarget = kind === 'filter' ? { kind, text } : kind === 'hex' ? { kind, text } : { kind, text, where, matchCase }
  patch(app.find, { busy: true, outcome: null })
  try {
    patch(app.find, { outcome: await searchPackets(app, what, backwards) })
  } catch (error) {
    if (!isCancelled(error)) throw error
  } finally {
    patch(app.find, { busy: false })
  }
}

/** Stops a running search. */
export function stopSearch(): void {
  running?.abort()
}
