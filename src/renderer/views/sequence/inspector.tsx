// Beside the diagram: the selected segment and the whole connection, explained with their own numbers.
import { useEffect, useState } from 'react'
import type { DiagramSpec, ExplainSection, Result, SegmentExplanation } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useT } from '../../app/i18n/use-t'
import { isCancelled } from '../../../shared/rpc/problem'
import type { PacketAtBoth } from './sequence-state'
import type { SelectedRow } from './use-ladder-keys'

type Explanation = Result<'diagram.explain'>

/** A selection has to rest this long before it is explained (key repeat). */
const SETTLE_MS = 60

/** The explanation of the selected packet (none = of the connection alone); null while there is none. */
export function useExplanation(spec: DiagramSpec | null, selected: SelectedRow, packet: PacketAtBoth): Explanation | null {
  const app = useApp()
  const [explained, setExplained] = useState<{ readonly kind: string; readonly explanation: Explanation } | null>(null)
  const { frame } = packet
  const { index } = selected
  useEffect(() => {
    const kind = spec?.scope.kind
    if (spec === null || (kind !== 'stream' && kind !== 'both')) return undefined
    const abort = new AbortController()
    const timer = setTimeout(() => {
      const { signal } = abort
      const asked =
        kind === 'both'
          ? app.client.call('diagram.explainRow', { spec, index: index < 0 ? null : index }, { signal })
          : app.client.call('diagram.explain', { spec, number: frame === 0 ? null : frame }, { signal })
      asked.then(
        (explanation) => {
          setExplained({ kind, explanation })
        },
        (error: unknown) => {
          if (!isCancelled(error)) app.report(error)
        },
      )
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, spec, frame, index])
  return explained !== null && explained.kind === spec?.scope.kind ? explained.explanation : null
}

/** The inspector's content. */
export function SequenceInspector({ explanation }: { readonly explanation: Explanation | null }) {
  const t = useT()
  const segment = explanation?.segment ?? null
  return (
    <div className="sqi" tabIndex={0} role="region" aria-label={t(m.explanation)}>
      {segment === null ? <p className="f3">{t(m.choose)}</p> : <Segment segment={segment} />}
      {explanation !== null && explanation.connection.length > 0 && (
        <section className="sqi-connection">
          <h3>{t(m.connection)}</h3>
          {explanation.connection.map((section) => (
            <details key={section.title} open={segment === null}>
              <summary>{section.title}</summary>
              <Paragraphs section={section} />
            </details>
          ))}
        </section>
      )}
    </div>
  )
}

function Segment({ segment }: { readonly segment: SegmentExplanation }) {
  const t = useT()
  return (
    <>
      <header className="sqi-head">
        <h2>{segment.title}</h2>
        <span className="chip ev">#{segment.frame}</span>
        <span className="sp" />
        <span className="mono f3">{segment.time}</span>
      </header>
      <p>{segment.text}</p>
      <dl className="sqi-facts">
        {segment.facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="mono selectable">{value}</dd>
          </div>
        ))}
      </dl>
      {segment.changes.length > 0 && (
        <section>
          <h3>{t(m.stateChange)}</h3>
          {segment.changes.map((change) => (
            <div className="sqi-change" key={`${change.who}${change.to}`}>
              <span>{change.who}</span>
              <span>
                <b className={`st st-${change.from.toLowerCase()}`}>{change.from}</b> →{' '}
                <b className={`st st-${change.to.toLowerCase()}`}>{change.to}</b>
                {change.inferred && <i className="f3"> {t(m.inferred)}</i>}
              </span>
            </div>
          ))}
        </section>
      )}
      {segment.sections.map((section) => (
        <section key={section.title}>
          <h3>{section.title}</h3>
          <Paragraphs section={section} />
        </section>
      ))}
      {segment.header.length > 0 && <Header rows={segment.header} />}
    </>
  )
}

function Header({ rows }: { readonly rows: SegmentExplanation['header'] }) {
  const t = useT()
  return (
    <section>
      <h3>{t(m.header)}</h3>
      <div className="sqi-header">
        {rows.map((row, index) => (
          <div key={index}>
            {row.map((cell) => (
              <span key={cell.label} className={cell.strong ? 'strong' : ''} style={{ flexGrow: cell.bits }}>
                <small>{cell.label}</small>
                <b className="mono">{cell.value}</b>
              </span>
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}

function Paragraphs({ section }: { readonly section: ExplainSection }) {
  return (
    <>
      {section.paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p className="f3 sqi-source">{section.source}</p>
    </>
  )
}
