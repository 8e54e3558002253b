// What the start screen offers beside capturing: recent files and samples.
import { useEffect, useState } from 'react'
import { FileText, FlaskConical, X } from 'lucide-react'
import type { RecentFile, SampleInfo } from '../../../shared/contract'
import { IconButton } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { useApp } from '../app-context'
import { formatBytes } from '../i18n/format'
import { sampleText } from '../i18n/samples'
import { startMessages as m } from '../i18n/start'
import { useLanguage, useT } from '../i18n/use-t'

/** Files that were opened before. */
export function RecentFiles() {
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

/** Captures that come with the program. */
export function Samples() {
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
