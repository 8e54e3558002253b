// The window: title bar, rail, the current view, status bar; and what floats above them.
import { useEffect, useState } from 'react'
import type { CaptureSession } from '../model/capture-session'
import { createStore, useSelected, useStore, type Readable } from '../model/store'
import { Button } from '../ui/button'
import { ToastArea } from '../ui/toast'
import { VIEWS } from '../views/registry'
import { useApp } from './app-context'
import { useShortcuts } from './commands/use-shortcuts'
import { DialogHost } from './dialog-host'
import { appMessages as m } from './i18n/app'
import { useT } from './i18n/use-t'
import { LiveBanner } from './live-banner'
import { Rail } from './rail'
import { StartScreen } from './start-screen/start-screen'
import { StatusBar } from './status-bar'
import { TitleBar } from './title-bar'

/** The whole window. */
export function Shell() {
  const app = useApp()
  useShortcuts(app)
  const session = useStore(app.active)
  const viewId = useStore(app.view)
  const dropping = useFileDrop()
  const name = useTitle(session)
  useEffect(() => {
    document.title = name === '' ? 'Wireglass' : `${name} - Wireglass`
  }, [name])
  const view = VIEWS.find((item) => item.id === viewId) ?? VIEWS[0]
  const View = view?.component
  return (
    <div className={`app ${dropping ? 'dropping' : ''}`}>
      <TitleBar />
      <Rail />
      <main>
        <h1 className="visually-hidden">{name === '' ? 'Wireglass' : name}</h1>
        <ConnectionBanner />
        {session !== null && <LiveBanner session={session} />}
        {session === null || View === undefined ? <StartScreen dropping={dropping} /> : <View key={session.id} session={session} />}
      </main>
      <StatusBar />
      <ToastArea toasts={app.toasts} />
      <DialogHost />
    </div>
  )
}

interface NamedOnly {
  readonly name: string
}

const NO_NAME: Readable<NamedOnly> = createStore({ name: '' })

/** Name of the capture in front, for the window's title. */
function useTitle(session: CaptureSession | null): string {
  return useSelected<NamedOnly, string>(session === null ? NO_NAME : session.info, (value) => value.name)
}

function ConnectionBanner() {
  const app = useApp()
  const t = useT()
  const connected = useStore(app.connected)
  if (connected) return null
  return (
    <div className="banner bad" role="alert">
      <div>
        <b>{t(m.connectionLost)}</b> {t(m.connectionLostText)}
      </div>
      <span className="sp" />
      <Button
        kind="primary"
        onClick={() => {
          window.location.reload()
        }}
      >
        {t(m.reconnect)}
      </Button>
    </div>
  )
}

/** Opens files dropped anywhere in the window; true while files hover over it. */
function useFileDrop(): boolean {
  const app = useApp()
  const [over, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      depth++
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const move = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent): void => {
      depth = 0
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      void app.upload(files)
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', move)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', move)
      window.removeEventListener('drop', drop)
    }
  }, [app])
  return over
}
