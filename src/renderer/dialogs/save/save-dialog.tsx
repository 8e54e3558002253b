// Saving: format, which packets, what is kept; to a file of the computer the program runs on, or as a download of the browser.
import { useEffect, useRef, useState } from 'react'
import { Download, KeyRound, LifeBuoy, TriangleAlert } from 'lucide-react'
import type { ExportScope } from '../../../shared/contract'
import { isCancelled, RpcError } from '../../../shared/rpc/problem'
import type { Progress } from '../../../shared/rpc/client'
import { useApp, useInfo } from '../../app/app-context'
import { errorText } from '../../app/i18n/error-text'
import { fileName } from '../../app/app-model'
import { formatBytes } from '../../app/i18n/format'
import { saveMessages as m } from '../../app/i18n/save'
import { uiMessages } from '../../app/i18n/ui'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { Button, Segmented } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Checkbox, TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { ProgressBar } from '../../ui/progress'
import { Select } from '../../ui/select'
import '../dialogs.css'
import { downloadBytes } from './download'
import { countRange, rangeText } from './packet-range'
import { suggestPath, withEnding, type SaveFormat } from './save-options'

/** Props of SaveDialog; see DialogProps.save. */
export interface SaveDialogProps {
  readonly captureId: number
  readonly scope?: ExportScope['what']
  readonly salvage?: boolean
  readonly onClose: () => void
}

/** The save dialog; nothing when the capture is gone. */
export function SaveDialog({ captureId, ...rest }: SaveDialogProps) {
  const app = useApp()
  const session = app.session(captureId)
  return session === undefined ? null : <SaveForm session={session} {...rest} />
}

function SaveForm({
  session,
  scope: initialScope,
  salvage = false,
  onClose,
}: Omit<SaveDialogProps, 'captureId'> & { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const info = useInfo(session, (value) => value)
  const [format, setFormat] = useState<SaveFormat>('pcapng')
  const [what, setWhat] = useState<ExportScope['what']>(initialScope ?? (info.filter === '' ? 'all' : 'displayed'))
  const [range, setRange] = useState('')
  const [dropIgnored, setDropIgnored] = useState(info.ignored > 0)
  const [keepComments, setKeepComments] = useState(true)
  const [keepSecrets, setKeepSecrets] = useState(false)
  const [typedPath, setTypedPath] = useState<string | null>(null)
  const [selected, setSelected] = useState<readonly number[]>([])
  const [progress, setProgress] = useState<Progress | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [replace, setReplace] = useState<string | null>(null)
  const abort = useRef<AbortController | null>(null)
  const mayKeepSecrets = info.hasSecrets || info.usesKeys
  const path = typedPath ?? suggestPath(info, app.host.homeFolder, what, salvage, format)

  useEffect(() => {
    session.selectedNumbers().then(setSelected, () => {
      setSelected([])
    })
    return () => abort.current?.abort()
  }, [session])

  const rangeCount = what === 'range' ? countRange(range, info.packets) : null
  const counts: Readonly<Record<ExportScope['what'], number>> = {
    all: info.packets,
    displayed: info.shown,
    marked: info.marked,
    selected: selected.length,
    range: rangeCount ?? 0,
  }
  const count = counts[what]
  const rangeError =
    what !== 'range' || range.trim() === ''
      ? undefined
      : rangeCount === null
        ? t(m.rangeBad)
        : rangeCount === 0
          ? t(m.rangeEmpty)
          : undefined
  // The contract's 'selected' names one packet; several are sent as a range.
  const scope: ExportScope =
    what === 'selected'
      ? selected.length === 1
        ? { what: 'selected', range: String(selected[0]), dropIgnored }
        : { what: 'range', range: rangeText(selected), dropIgnored }
      : what === 'range'
        ? { what, range: range.replace(/\s+/g, ''), dropIgnored }
        : { what, dropIgnored }
  const common = {
    captureId: session.id,
    format,
    scope,
    keepComments: format === 'pcapng' && keepComments,
    keepSecrets: format === 'pcapng' && keepSecrets,
  }

  const run = async (
    work: (options: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<void>,
  ): Promise<void> => {
    const controller = new AbortController()
    abort.current = controller
    setBusy(true)
    setFailure(null)
    setProgress(null)
    try {
      await work({ signal: controller.signal, onProgress: setProgress })
    } catch (error) {
      if (!isCancelled(error)) setFailure(errorText(error, language))
    } finally {
      setBusy(false)
    }
  }
  const save = (target: string, overwrite: boolean): Promise<void> =>
    run(async (options) => {
      try {
        const result = await app.client.call('capture.save', { ...common, path: target, overwrite }, options)
        app.toasts.show({
          kind: 'ok',
          title: t(m.saved, { name: fileName(result.path) }),
          text: t(m.savedText, { count: result.packets, size: formatBytes(result.bytes, language) }),
        })
        onClose()
      } catch (error) {
        if (!(error instanceof RpcError && error.code === 'io/exists')) throw error
        setReplace(target)
      }
    })
  const submit = async (): Promise<void> => {
    if (busy || count === 0) return
    if (path.trim() === '' || fileName(path) === '') {
      setFailure(t(m.nameFile))
      return
    }
    await save(path, false)
  }
  const chooseNative = async (): Promise<void> => {
    try {
      const answer = await app.client.call('host.saveDialog', { suggestedName: fileName(path), format })
      // The native dialog has asked about replacing already.
      if (answer.path !== null) await save(answer.path, true)
    } catch (error) {
      app.report(error)
    }
  }
  const download = (): Promise<void> =>
    run(async (options) => {
      const result = await app.client.call('capture.download', common, options)
      downloadBytes(result.name, result.bytes)
      onClose()
    })

  const formatHint = format === 'pcapng' ? m.pcapngHint : format === 'pcap' ? m.pcapHint : m.pcapNsHint
  return (
    <Dialog
      title={t(salvage ? m.salvageTitle : m.title)}
      width={560}
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={
        busy ? (
          <>
            <ProgressBar share={progress === null || progress.total === 0 ? null : progress.done / progress.total} label={t(m.save)} />
            <span className="f3 t11 num">{progress === null ? '' : t(m.saving, { done: progress.done, total: progress.total })}</span>
            <span className="sp" />
            <Button onClick={() => abort.current?.abort()}>{t(m.stop)}</Button>
          </>
        ) : (
          <>
            {app.host.kind === 'browser' && (
              <Button icon={Download} disabled={count === 0} title={t(m.downloadHint)} onClick={() => void download()}>
                {t(m.download)}
              </Button>
            )}
            <span className="sp" />
            <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
            {app.host.nativeDialogs ? (
              <Button kind="primary" disabled={count === 0} data-autofocus="" onClick={() => void chooseNative()}>
                {t(m.saveAs)}
              </Button>
            ) : (
              <Button kind="primary" type="submit" disabled={count === 0}>
                {t(m.save)}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="dl-form">
        {salvage && (
          <p className="dl-note warn">
            <Icon icon={LifeBuoy} />
            <span>
              {t(m.salvageText)} {info.problem?.message}
            </span>
          </p>
        )}
        {!app.host.nativeDialogs && <TextField label={t(m.path)} mono value={path} onChange={setTypedPath} data-autofocus="" />}
        <div className="dl-field">
          <span className="dl-label">{t(m.format)}</span>
          <Segmented
            label={t(m.format)}
            value={format}
            options={[
              { value: 'pcapng', name: t(m.pcapng) },
              { value: 'pcap', name: t(m.pcap) },
              { value: 'pcap-ns', name: t(m.pcapNs) },
            ]}
            onChange={(next) => {
              setFormat(next)
              if (typedPath !== null) setTypedPath(withEnding(typedPath, next))
            }}
          />
          <p className="f3 t11">{t(formatHint)}</p>
        </div>
        <div className="dl-field">
          <span className="dl-label">{t(m.scope)}</span>
          <div className="row g8">
            <Select
              label={t(m.scope)}
              value={what}
              options={(['all', 'displayed', 'marked', 'selected', 'range'] as const).map((value) => ({
                value,
                name: t(m[value]),
                disabled: value !== 'range' && counts[value] === 0,
                reason: t(m.count, { count: counts[value] }),
              }))}
              onChange={setWhat}
            />
            {what === 'range' && (
              <TextField
                label={t(m.range)}
                hideLabel
                mono
                placeholder={t(m.rangeHint)}
                value={range}
                error={rangeError}
                onChange={setRange}
                className="sp"
              />
            )}
            <span className={`num ${count === 0 ? 'warn-text' : 'f3'}`}>
              {count === 0 && what !== 'range' ? t(m.noPackets) : t(m.count, { count })}
            </span>
          </div>
        </div>
        <div className="dl-checks">
          {info.ignored > 0 && <Checkbox label={t(m.dropIgnored)} checked={dropIgnored} onChange={setDropIgnored} />}
          <Checkbox
            label={t(m.keepComments)}
            checked={format === 'pcapng' && keepComments}
            disabled={format !== 'pcapng'}
            onChange={setKeepComments}
          />
          {mayKeepSecrets && (
            <Checkbox
              label={t(m.keepSecrets)}
              hint={keepSecrets && format === 'pcapng' ? undefined : t(m.secretsOff)}
              checked={format === 'pcapng' && keepSecrets}
              disabled={format !== 'pcapng'}
              onChange={setKeepSecrets}
            />
          )}
        </div>
        {mayKeepSecrets && keepSecrets && format === 'pcapng' && (
          <p className="dl-note warn" role="alert">
            <Icon icon={KeyRound} />
            <span>{t(m.secretsWarning)}</span>
          </p>
        )}
        {failure !== null && (
          <p className="dl-note bad" role="alert">
            <Icon icon={TriangleAlert} />
            <span>{failure}</span>
          </p>
        )}
      </div>
      {replace !== null && (
        <ReplaceQuestion
          name={fileName(replace)}
          onCancel={() => {
            setReplace(null)
          }}
          onReplace={() => {
            setReplace(null)
            void save(replace, true)
          }}
        />
      )}
    </Dialog>
  )
}

function ReplaceQuestion({
  name,
  onCancel,
  onReplace,
}: {
  readonly name: string
  readonly onCancel: () => void
  readonly onReplace: () => void
}) {
  const t = useT()
  return (
    <Dialog
      title={t(m.existsTitle, { name })}
      width={400}
      onClose={onCancel}
      actions={
        <>
          <Button kind="danger" onClick={onReplace}>
            {t(m.replace)}
          </Button>
          <span className="sp" />
          <Button data-autofocus="" onClick={onCancel}>
            {t(uiMessages.cancel)}
          </Button>
        </>
      }
    >
      <p>{t(m.existsText)}</p>
    </Dialog>
  )
}
