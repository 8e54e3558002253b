// The clipboard.
import type { App } from '../app/app-model'
import { copyMessages as m } from '../app/i18n/dialogs'
import { uiMessages } from '../app/i18n/ui'

/** Copies a text and says so; says why when the clipboard refuses. */
export async function copyText(app: App, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    const first = text.split('\n', 1)[0] ?? ''
    app.toasts.show({ kind: 'ok', title: app.t(uiMessages.copied), text: first.length > 80 ? `${first.slice(0, 80)}…` : first })
  } catch (error) {
    app.report(error, app.t(m.copyFailed))
  }
}
