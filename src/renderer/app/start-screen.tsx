// Start screen: open, drop zone, recent files, samples.
import { useEffect, useState } from 'react'
import { FileText, FlaskConical, FolderOpen, Upload, X } from 'lucide-react'
import type { RecentFile, SampleInfo } from '../../shared/contract'
import { Button, IconButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useApp } from './app-context'
import { COMMANDS } from './commands/commands'
import { shortcutText } from './commands/registry'
import { formatBytes } from './i18n/format'
import { sampleText } from './i18n/samples'
import { startMessages as m } from './i18n/start'
import { useLanguage, useT } from './i18n/use-t'

/** What shows while no capture is open. */
export function StartScreen({ dropping }: { readonly dropping: boolean }) {
  const app = useApp()
  const t = useT()
  const open = COMMANDS.find('file.open')
  return (
    <div className="start">
      <div className="start-box">
        <h2 className="start-title">{t(m.title)}</h2>
        <div className={`start-drop ${dropping ? 'over' : ''}`}>
          <Icon icon={Upload} size="large" className="f3" />
          <div className="sp">
            <div className="b5">{t(dropping ? m.dropNow : m.drop)}</div>
            <div className="f3">{t(m.formats)}</div>
          </div>
          <Button
            kind="primary"
            icon={FolderOpen}
            data-pane-focus=""
            shortcut={open === undefined ? undefined : shortcutText(open, app.host.kind)}
            onClick={() => void app.chooseFile()}
          >
            {t(m.open)}
          </Button>
        </div>
        <div className="start-cols">
          <RecentFiles />
          <Samples />
        </div>
      </div>
    </div>
  )
}

function RecentFiles() {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [files, setFiles] = useState<readonly RecentFile[] | null>(null)
  // Counts changes to the list, each of which reads it again.
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    void (async () => {
      try {
        setFiles((await app.client.call('files.recent', {})).files)
      } catch (error) {
        setFiles([])
        app.report(error)
      }
    })()
  }, [app, changes])
  const forget = async (path: string | null): Promise<void> => {
    try {
      await app.client.call('files.forgetRecent', { path })
      setChanges((count) => count + 1)
    } catch (error) {
      app.report(error)
    }
  }
  return (
    <section>
      <h2>
        {t(m.recent)}
        <span className="sp" />
        {files !== null && files.length > 0 && (
          <button type="button" className="link t11" onClick={() => void forget(null)}>
            {t(m.clearRecent)}
          </button>
        )}
      </h2>
      {files?.length === 0 && <p className="f3">{t(m.noRecent)}</p>}
      <ul>
        {files?.slice(0, 10).map((file) => (
          <li key={file.path} className="row">
            <button
              type="button"
              className="frow"
              disabled={!file.exists}
              onClick={() => void app.open({ kind: 'path', path: file.path }, file.name)}
            >
              <Icon icon={FileText} />
              <span className="cut">
                {file.name}
                <small className="cut">{file.path}</small>
              </span>
              <span className="f3 t11 num">{file.exists ? formatBytes(file.size, language) : t(m.missing)}</span>
            </button>
            <IconButton label={t(m.forget, { name: file.name })} icon={X} size="small" onClick={() => void forget(file.path)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Samples() {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [samples, setSamples] = useState<readonly SampleInfo[] | null>(null)
  useEffect(() => {
    void (async () => {
      try {
        setSamples((await app.client.call('files.samples', {})).samples)
      } catch (error) {
        setSamples([])
        app.report(error)
      }
    })()
  }, [app])
  return (
    <section>
      <h2>{t(m.samples)}</h2>
      {samples?.length === 0 && <p className="f3">{t(m.noSamples)}</p>}
      <ul>
        {samples?.map((sample) => {
          const text = sampleText(sample.id)
          return (
            <li key={sample.id}>
              <button type="button" className="frow" onClick={() => void app.open({ kind: 'sample', id: sample.id }, sample.file)}>
                <Icon icon={FlaskConical} />
                <span className="cut">
                  {sample.file}
                  {text !== null && (
                    <small className="cut" title={t(text)}>
                      {t(text)}
                    </small>
                  )}
                </span>
                <span className="f3 t11 num">
                  {t(m.samplePackets, { count: sample.packets })} · {formatBytes(sample.size, language)}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
