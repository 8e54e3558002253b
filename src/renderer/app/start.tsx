// Starts the application on a connection: host, settings, first captures, then the window. Development pages start it on a fake engine.
import { createRoot } from 'react-dom/client'
import type { EngineClient } from '../../shared/rpc/client'
import { createSettings } from '../model/settings'
import { App } from './app-model'
import { Root } from './root'
import { applyAppearance, systemLanguage } from './theme'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import '../styles/shell.css'

/** Asks the engine for host and settings and mounts the window. Resolves to the application. */
export async function start(client: EngineClient, root: HTMLElement): Promise<App> {
  const [host, { settings: document }] = await Promise.all([client.call('host.info', {}), client.call('settings.get', {})])
  const settings = createSettings(client, document)
  const app = new App(client, host, settings, systemLanguage())
  applyAppearance(settings.get(), app.language())
  window.addEventListener('pagehide', () => void settings.flush())
  createRoot(root).render(<Root app={app} />)
  // Dialogs that open on a key must be there at once, or what is typed next would go elsewhere.
  void Promise.allSettled([
    import('./palette'),
    import('./go-to-dialog'),
    import('../dialogs/comment-dialog'),
    import('../dialogs/open-file/open-file-dialog'),
    import('../dialogs/save/save-dialog'),
    import('../dialogs/save/close-unsaved-dialog'),
  ])
  return app
}
