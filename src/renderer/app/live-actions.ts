// What the user can do with live captures; commands, toolbar and start screen all come here.
import { RpcError } from '../../shared/rpc/problem'
import { isPipe, LIVE_FILTER_HISTORY, liveRequest, type LiveSettings } from '../model/live-settings'
import type { App } from './app-model'
import { liveMessages as m, liveProblemTitle } from './i18n/live'

/** Changes the choices for the next capture. */
export function updateLive(app: App, part: Partial<LiveSettings>): void {
  app.settings.update({ live: { ...app.settings.get().live, ...part } })
}

/** Starts a capture as chosen; without an interface, or where it fails for lack of one, the start screen shows. */
export async function startCapture(app: App, overwrite = false): Promise<void> {
  const choices = app.settings.get().live
  if (choices.interfaces.length === 0) {
    app.showStart()
    app.toasts.show({ kind: 'info', title: app.t(m.chooseInterface) })
    return
  }
  try {
    const { live, info } = await app.client.call('live.start', liveRequest(choices, overwrite))
    app.live.capture.set(live)
    rememberFilter(app, choices)
    const session = app.adopt(info)
    session.scroller.grow(live.running)
    session.scroller.follow(true)
    app.view.set('packets')
  } catch (error) {
    if (error instanceof RpcError && error.code === 'io/exists') {
      app.openDialog('replace-capture', { path: choices.path })
      return
    }
    reportLive(app, error)
    if (error instanceof RpcError && (error.code === 'live/permission' || error.code === 'live/no-library')) {
      app.showStart()
      await app.live.diagnose()
    }
  }
}

/** Stops the running capture; its packets stay. */
export async function stopCapture(app: App): Promise<void> {
  app.live.capture.set(await app.client.call('live.stop', {}))
}

/** Captures the same again in place of the present capture. */
export async function restartCapture(app: App): Promise<void> {
  try {
    const { live, info } = await app.client.call('live.restart', {})
    app.live.capture.set(live)
    const session = app.session(info.captureId) ?? app.adopt(info)
    session.scroller.grow(live.running)
    session.scroller.follow(true)
  } catch (error) {
    reportLive(app, error)
  }
}

/** The same, after asking where packets would be lost. */
export function askToRestart(app: App): Promise<void> | void {
  const session = app.session(app.live.capture.get()?.captureId ?? -1)
  if (session !== undefined && session.info.get().dirty && session.info.get().path === null) app.openDialog('restart-capture', {})
  else return restartCapture(app)
}

/** Opens packets that an earlier capture left. */
export async function openKept(app: App, id: string): Promise<void> {
  try {
    app.adopt(await app.client.call('live.recover', { id }))
    app.view.set('packets')
  } catch (error) {
    app.report(error)
  }
  await app.live.loadSpools()
}

/** Says what went wrong with a capture, with a title in the user's language. */
export function reportLive(app: App, error: unknown): void {
  app.report(error, app.t(liveProblemTitle(error instanceof RpcError ? error.code : '')))
}

function rememberFilter(app: App, { filter, filterHistory, interfaces }: LiveSettings): void {
  const text = filter.trim()
  if (text === '' || interfaces.every(isPipe)) return
  updateLive(app, { filterHistory: [text, ...filterHistory.filter((one) => one !== text)].slice(0, LIVE_FILTER_HISTORY) })
}
