// Saves what the engine takes out of a capture: by the native dialog, or as the browser's download.
import type { WebArtifact } from '../../../shared/contract'
import { fileName, type App } from '../../app/app-model'
import { httpMessages as m } from '../../app/i18n/http'
import { downloadFile } from '../../dialogs/save/download'

/** Saves it, and says so; what goes wrong is reported. */
export async function saveArtifact(app: App, captureId: number, what: WebArtifact): Promise<void> {
  try {
    if (!app.host.nativeDialogs) {
      const { name, type, bytes } = await app.client.call('web.download', { captureId, what })
      downloadFile(name, bytes, type)
      app.toasts.show({ kind: 'ok', title: app.t(m.exported, { name }) })
      return
    }
    const { name } = await app.client.call('web.name', { captureId, what })
    const { path } = await app.client.call('host.saveDialog', { suggestedName: name, format: /[^.]*$/.exec(name)?.[0] ?? '' })
    if (path === null) return
    // The native dialog has asked already.
    const saved = await app.client.call('web.save', { captureId, what, path, overwrite: true })
    app.toasts.show({ kind: 'ok', title: app.t(m.saved, { name: fileName(saved.path) }) })
  } catch (error) {
    app.report(error)
  }
}
