// Starts a browser or a command and records it: on the chosen interfaces, or wherever its packets may pass.
import type { RecordedProgram } from '../../shared/contract'
import { isPipe, liveRequest } from '../model/live-settings'
import type { App } from './app-model'
import { programMessages as m } from './i18n/programs'

/** Records a program that the user knows as `name`. Resolves to whether it was started; why not is reported. */
export async function recordProgram(app: App, program: RecordedProgram, name: string): Promise<boolean> {
  try {
    const choices = app.settings.get().live
    const interfaces = await interfacesFor(app, choices.interfaces)
    if (interfaces.length === 0) {
      app.toasts.show({ kind: 'bad', title: app.t(m.notStarted), text: app.t(m.noInterface) })
      return false
    }
    // a program of its own gets a file of its own: the options for files and ends are for captures that last
    const filter = withoutThisPage(app, choices.filter)
    const request = liveRequest(
      { ...choices, interfaces, filter, path: '', stop: { packets: 0, megabytes: 0, files: 0, seconds: 0 } },
      false,
    )
    let captureId = -1
    const early: (() => void)[] = []
    const unsubscribe = app.client.on('program.ended', (end) => {
      const tell = (): void => {
        if (end.captureId !== captureId) return
        unsubscribe()
        const keys = end.secrets === 0 ? app.t(m.noSecrets) : app.t(m.secrets, { count: end.secrets })
        if (end.status === 0 || end.status === null) app.toasts.show({ kind: 'ok', title: app.t(m.ended, { name }), text: keys })
        else app.toasts.show({ kind: 'bad', title: app.t(m.failed, { name, status: end.status }), text: end.said === '' ? keys : end.said })
      }
      if (captureId < 0) early.push(tell)
      else tell()
    })
    try {
      const { live, info, keyLog } = await app.client.call('program.record', { program, request })
      captureId = info.captureId
      app.live.capture.set(live)
      const session = app.adopt(info)
      session.scroller.grow(live.running)
      session.scroller.follow(true)
      app.view.set('packets')
      app.toasts.show({ kind: 'info', title: app.t(m.recording, { name }), text: app.t(m.keysIn, { path: keyLog }) })
      for (const tell of early) tell()
      return true
    } catch (error) {
      unsubscribe()
      throw error
    }
  } catch (error) {
    app.report(error, app.t(m.notStarted))
    return false
  }
}

/** In the browser host the page's own connection would be captured too, and grow with every row that is shown. */
function withoutThisPage(app: App, filter: string): string {
  if (app.host.kind !== 'browser' || location.port === '') return filter
  const others = `not tcp port ${location.port}`
  return filter.trim() === '' ? others : `(${filter.trim()}) and ${others}`
}

/** The user's interfaces, or "any", or (where there is none) all that are up and have an address. */
async function interfacesFor(app: App, chosen: readonly string[]): Promise<readonly string[]> {
  const own = chosen.filter((name) => !isPipe(name))
  if (own.length > 0) return own
  const { interfaces } = await app.client.call('live.interfaces', {})
  if (interfaces.some(({ name }) => name === 'any')) return ['any']
  return interfaces.filter(({ up, addresses, connected }) => up && addresses.length > 0 && connected !== false).map(({ name }) => name)
}
