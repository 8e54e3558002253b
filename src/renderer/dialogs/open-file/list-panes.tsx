// Recent files and sample captures in the open dialog.
import { useEffect, useState } from 'react'
import { FileText, FlaskConical } from 'lucide-react'
import type { RecentFile, SampleInfo } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { formatBytes } from '../../app/i18n/format'
import { openFileMessages as m } from '../../app/i18n/open-file'
import { sampleText } from '../../app/i18n/samples'
import { startMessages } from '../../app/i18n/start'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Icon } from '../../ui/icon'
import { EntryList } from './entry-list'

/** Files opened before; ones that are gone are listed but cannot be chosen. */
export function RecentPane({ onOpen }: { readonly onOpen: (path: string, name: string) => void }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [files, setFiles] = useState<readonly RecentFile[] | null>(null)
  const [active, setActive] = useState(0)
  useEffect(() => {
    app.client.call('files.recent', {}).then(
      (answer) => {
        setFiles(answer.files)
      },
      (error: unknown) => {
        setFiles([])
        app.report(error)
      },
    )
  }, [app])
  if (files?.length === 0) return <p className="dl-empty f3">{t(m.noRecent)}</p>
  return (
    <EntryList
      label={t(m.recent)}
      autoFocus
      active={active}
      onActive={setActive}
      onChoose={(index) => {
        const file = files?.[index]
        if (file?.exists === true) onOpen(file.path, file.name)
      }}
      rows={(files ?? []).map((file) => ({
        id: file.path,
        label: file.name,
        disabled: !file.exists,
        content: (
          <>
            <Icon icon={FileText} />
            <span className="cut">
              {file.name} <span className="f3 t11">{file.path}</span>
            </span>
            <span className="f3 t11 num">{file.exists ? formatBytes(file.size, language) : t(m.missing)}</span>
          </>
        ),
      }))}
    />
  )
}

/** The captures that ship with the program, with what each shows. */
export function SamplesPane({ onOpen }: { readonly onOpen: (id: string, name: string) => void }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [samples, setSamples] = useState<readonly SampleInfo[] | null>(null)
  const [active, setActive] = useState(0)
  useEffect(() => {
    app.client.call('files.samples', {}).then(
      (answer) => {
        setSamples(answer.samples)
      },
      (error: unknown) => {
        setSamples([])
        app.report(error)
      },
    )
  }, [app])
  if (samples?.length === 0) return <p className="dl-empty f3">{t(startMessages.noSamples)}</p>
  return (
    <EntryList
      label={t(m.samples)}
      autoFocus
      active={active}
      onActive={setActive}
      onChoose={(index) => {
        const sample = samples?.[index]
        if (sample !== undefined) onOpen(sample.id, sample.file)
      }}
      rows={(samples ?? []).map((sample) => {
        const text = sampleText(sample.id)
        return {
          id: sample.id,
          label: text === null ? sample.file : `${sample.file}, ${t(text)}`,
          content: (
            <>
              <Icon icon={FlaskConical} />
              <span className="dl-two">
                <span className="cut">{sample.file}</span>
                {text !== null && <span className="f3 t11">{t(text)}</span>}
              </span>
              <span className="f3 t11 num">
                {t(startMessages.samplePackets, { count: sample.packets })} · {formatBytes(sample.size, language)}
              </span>
            </>
          ),
        }
      })}
    />
  )
}
