// The browser host's file chooser: folders of the computer the program runs on, recent files, samples, and files of this browser.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Clock, FlaskConical, Folder, Upload } from 'lucide-react'
import { useApp } from '../../app/app-context'
import { openFileMessages as m } from '../../app/i18n/open-file'
import { useT } from '../../app/i18n/use-t'
import { useStore } from '../../model/store'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Icon } from '../../ui/icon'
import { ProgressBar } from '../../ui/progress'
import '../dialogs.css'
import { FolderPane } from './folder-pane'
import { RecentPane, SamplesPane } from './list-panes'

type Place = 'folders' | 'recent' | 'samples'

/** The open dialog. */
export function OpenFileDialog({ behind, onClose }: { readonly behind: boolean; readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const [place, setPlace] = useState<Place>('folders')
  const input = useRef<HTMLInputElement>(null)
  const opening = useStore(app.opening)
  const captures = useStore(app.captures)
  const [before] = useState(captures.length)
  // A file sent from here, or dropped anywhere in the window, is open now.
  const opened = captures.length > before && opening === null
  useEffect(() => {
    if (opened) onClose()
  }, [opened, onClose])
  const places: readonly { readonly value: Place; readonly name: string; readonly icon: ReactNode }[] = [
    { value: 'folders', name: t(m.folders), icon: <Icon icon={Folder} /> },
    { value: 'recent', name: t(m.recent), icon: <Icon icon={Clock} /> },
    { value: 'samples', name: t(m.samples), icon: <Icon icon={FlaskConical} /> },
  ]
  const send = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return
    await app.upload(files, behind)
  }
  const openPath = async (path: string, name: string): Promise<void> => {
    onClose()
    await app.open({ kind: 'path', path }, name, behind)
  }
  return (
    <Dialog title={t(m.title)} width={820} height={560} onClose={onClose} className="dlg-panes">
      <div className="dl-panes">
        <nav className="dl-nav" aria-label={t(m.places)}>
          {places.map((item) => (
            <button
              key={item.value}
              type="button"
              className={`dl-nav-item ${item.value === place ? 'on' : ''}`}
              aria-current={item.value === place ? 'page' : undefined}
              onClick={() => {
                setPlace(item.value)
              }}
            >
              {item.icon}
              {item.name}
            </button>
          ))}
          <span className="sp" />
          <Button icon={Upload} onClick={() => input.current?.click()}>
            {t(m.device)}
          </Button>
          <p className="f3 t11">{t(m.deviceHint)}</p>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              void send([...(event.target.files ?? [])])
            }}
          />
        </nav>
        <div className="dl-main">
          {opening === null ? (
            place === 'folders' ? (
              <FolderPane onOpen={(path, name) => void openPath(path, name)} />
            ) : place === 'recent' ? (
              <RecentPane onOpen={(path, name) => void openPath(path, name)} />
            ) : (
              <SamplesPane
                onOpen={(id, name) => {
                  onClose()
                  void app.open({ kind: 'sample', id }, name, behind)
                }}
              />
            )
          ) : (
            <div className="dl-busy">
              <p>{t(m.uploading, { name: opening.name })}</p>
              <ProgressBar share={opening.share ?? null} label={t(m.uploading, { name: opening.name })} />
            </div>
          )}
        </div>
      </div>
    </Dialog>
  )
}
