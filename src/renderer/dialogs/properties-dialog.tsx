// Properties of the capture file: what it says about itself. What it does not say is "not recorded", never 0.
import { useMemo } from 'react'
import { Copy } from 'lucide-react'
import type { CaptureInfo } from '../../shared/contract'
import { useApp, useInfo } from '../app/app-context'
import { propertyMessages as m } from '../app/i18n/dialogs'
import { formatBytes, formatNumber, formatSeconds } from '../app/i18n/format'
import type { Language, Translate } from '../app/i18n/messages'
import { uiMessages } from '../app/i18n/ui'
import { useLanguage, useT } from '../app/i18n/use-t'
import type { CaptureSession } from '../model/capture-session'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { printMoment, secondsBetween } from './capture-times'
import { copyText } from './copy'
import './dialogs.css'

/** A group of facts. */
export interface FactGroup {
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** The facts about a capture, in groups. */
export function captureFacts(info: CaptureInfo, t: Translate, language: Language): readonly FactGroup[] {
  const missing = t(uiMessages.notRecorded)
  const number = (value: number): string => formatNumber(value, language)
  const { firstTimeNs: first, lastTimeNs: last } = info
  const span = first === null || last === null ? null : secondsBetween(first, last)
  return [
    {
      title: t(m.file),
      facts: [
        [t(m.name), info.name],
        [t(m.path), info.path ?? t(m.noPath)],
        [t(m.format), info.formatLabel],
        [t(m.size), t(m.sizeText, { size: formatBytes(info.size, language), bytes: info.size })],
        [t(m.loaded), formatSeconds(info.loadMs / 1000, language)],
        [t(m.application), info.application ?? missing],
        [t(m.os), info.os ?? missing],
        [t(m.secrets), t(info.hasSecrets ? m.secretsYes : m.secretsNo)],
        ...(info.problem === null ? [] : [[t(m.problem), info.problem.message] as const]),
      ],
    },
    {
      title: t(m.time),
      facts: [
        [t(m.first), first === null ? missing : printMoment(first, language)],
        [t(m.last), last === null ? missing : printMoment(last, language)],
        [t(m.span), span === null ? missing : formatSeconds(span, language)],
      ],
    },
    {
      title: t(m.packets),
      facts: [
        [t(m.total), number(info.packets)],
        [t(m.shown), number(info.shown)],
        [t(m.marked), number(info.marked)],
        [t(m.ignored), number(info.ignored)],
        [t(m.commented), number(info.commented)],
        [t(m.rate), span === null || span <= 0 ? '–' : number(Math.round(info.packets / span))],
        [t(m.rateBytes), span === null || span <= 0 ? '–' : formatBytes(info.size / span, language)],
      ],
    },
  ]
}

/** The properties dialog; nothing when the capture is gone. */
export function PropertiesDialog({ captureId, onClose }: { readonly captureId: number; readonly onClose: () => void }) {
  const session = useApp().session(captureId)
  return session === undefined ? null : <Properties session={session} onClose={onClose} />
}

function Properties({ session, onClose }: { readonly session: CaptureSession; readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const info = useInfo(session, (value) => value)
  const groups = useMemo(() => captureFacts(info, t, language), [info, t, language])
  const text = (): string =>
    [
      ...groups.flatMap((group) => [group.title, ...group.facts.map(([name, value]) => `  ${name}: ${value}`), '']),
      t(m.interfaces),
      ...info.interfaces.map(
        (item) =>
          `  ${String(item.index)} ${item.name ?? ''} ${item.linkTypeName} ${t(m.dropped)}: ${item.dropped === null ? t(uiMessages.notRecorded) : String(item.dropped)}`,
      ),
      ...info.sectionComments.map((comment) => `\n${comment}`),
    ].join('\n')
  return (
    <Dialog
      title={t(m.title)}
      width={760}
      height={600}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <>
          <Button icon={Copy} onClick={() => void copyText(app, text())}>
            {t(m.copy)}
          </Button>
          <span className="sp" />
          <Button kind="primary" type="submit" data-autofocus="">
            {t(uiMessages.close)}
          </Button>
        </>
      }
    >
      <div className="props">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl className="dl-facts selectable">
              {group.facts.map(([name, value]) => (
                <FactRow key={name} name={name} value={value} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <h3 className="props-h">{t(m.interfaces)}</h3>
      <div className="props-scroll">
        <table className="props-table selectable">
          <thead>
            <tr>
              <th>#</th>
              <th>{t(m.interface)}</th>
              <th>{t(m.linkType)}</th>
              <th className="n">{t(m.packets)}</th>
              <th className="n">{t(m.dropped)}</th>
              <th className="n">{t(m.snap)}</th>
              <th>{t(m.filter)}</th>
            </tr>
          </thead>
          <tbody>
            {info.interfaces.map((item) => (
              <tr key={item.index}>
                <td className="mono">{item.index}</td>
                <td>
                  {item.name ?? t(uiMessages.notRecorded)}
                  {item.description !== null && <span className="f3"> {item.description}</span>}
                  {(item.hardware ?? item.os) !== null && (
                    <div className="f3 t11">{[item.hardware, item.os].filter((part) => part !== null).join(' · ')}</div>
                  )}
                </td>
                <td>{item.linkTypeName}</td>
                <td className="n mono">{formatNumber(item.packets, language)}</td>
                <td className="n mono">{item.dropped === null ? t(uiMessages.notRecorded) : formatNumber(item.dropped, language)}</td>
                <td className="n mono">{item.snapLength === 0 ? t(m.snapNone) : formatNumber(item.snapLength, language)}</td>
                <td className="mono">{item.filter ?? t(uiMessages.notRecorded)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3 className="props-h">{t(m.comments)}</h3>
      {info.sectionComments.length === 0 && <p className="f3">{t(m.noComments)}</p>}
      {info.sectionComments.map((comment, index) => (
        <p key={index} className="props-comment selectable">
          {comment}
        </p>
      ))}
    </Dialog>
  )
}

function FactRow({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
