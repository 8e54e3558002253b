// The inspector (key E): explains the selected field and shows the packet's layers. It follows the selection until it is pinned.
import { useEffect, useState } from 'react'
import { Columns3, Filter, Pin, PinOff, TriangleAlert, X } from 'lucide-react'
import type { PacketDetail, TreeRow } from '../../shared/contract'
import { useApp } from '../app/app-context'
import { explainMessages as m } from '../app/i18n/explain'
import { useLanguage, useT } from '../app/i18n/use-t'
import { insertFieldColumn } from '../model/column-order'
import type { CaptureSession } from '../model/capture-session'
import { Button, IconButton } from '../ui/button'
import { Chip, PacketLink } from '../ui/chip'
import { Icon } from '../ui/icon'
import { explain, type Card, type CardBox } from './explain'
import { LayerLadder } from './layer-ladder'
import './explain.css'

/** Props of the inspector's content. `row` is the selected row of the tree, or null. */
export interface ExplainPanelProps {
  readonly session: CaptureSession
  readonly packet: PacketDetail | null
  readonly row: TreeRow | null
  readonly onClose: () => void
}

interface Subject {
  readonly packet: PacketDetail
  readonly row: TreeRow
}

/** The inspector's content. */
export function ExplainPanel({ session, packet, row, onClose }: ExplainPanelProps) {
  const t = useT()
  const language = useLanguage()
  const [pinned, setPinned] = useState<Subject | null>(null)
  // Without a selected field the packet's innermost protocol is explained: the panel is never empty while a packet is selected.
  const fallback = row ?? (packet === null ? null : (packet.tree.findLast((item) => item.depth === 0) ?? null))
  const subject = pinned ?? (packet === null || fallback === null ? null : { packet, row: fallback })
  const index = subject === null ? -1 : subject.packet.tree.indexOf(subject.row)
  const card = subject === null || index < 0 ? null : explain(subject.packet, index, language)
  return (
    <>
      <div className="inh">
        <h2>{t(m.title)}</h2>
        <span className="f3 mono t11 cut">{card?.field ?? ''}</span>
        <span className="sp" />
        <IconButton
          label={pinned === null ? t(m.pin) : t(m.unpin)}
          icon={pinned === null ? Pin : PinOff}
          size="small"
          pressed={pinned !== null}
          disabled={subject === null}
          onClick={() => {
            setPinned(pinned === null ? subject : null)
          }}
        />
        <IconButton label={t(m.close)} icon={X} size="small" onClick={onClose} />
      </div>
      <div className="inb ex-body" tabIndex={0} role="region" aria-label={t(m.title)}>
        {subject === null || card === null ? (
          <p className="f3">{t(m.nothing)}</p>
        ) : (
          <>
            {pinned !== null && pinned.packet !== packet && (
              <div>
                <Chip>
                  <Icon icon={Pin} size="small" />
                  {t(m.pinnedTo, { number: pinned.packet.number })}
                </Chip>
              </div>
            )}
            <ExplainCard card={card} session={session} number={subject.packet.number} />
            <div className="rule" />
            <LayerLadder packet={subject.packet} row={subject.row} />
          </>
        )}
      </div>
    </>
  )
}

function ExplainCard({ card, session, number }: { readonly card: Card; readonly session: CaptureSession; readonly number: number }) {
  const t = useT()
  const app = useApp()
  const type = useFieldType(card.column)
  // Chinese full stops and colons bring their own space.
  const gap = useLanguage() === 'zh' ? '' : ' '
  const facts = [
    card.bytes === null
      ? card.generated
        ? t(m.computed)
        : ''
      : card.bytes.first === card.bytes.last
        ? t(m.byte, { first: String(card.bytes.first) })
        : t(m.bytes, { first: String(card.bytes.first), last: String(card.bytes.last) }),
    card.source,
    card.source === '' && type !== null ? t(m.type, { type }) : '',
  ].filter((text) => text !== '')
  return (
    <>
      <div className="selectable">
        <div className="ex-title">
          <h3>{card.title}</h3>
          {card.gloss !== '' && <span className="f2">{card.gloss}</span>}
          <span className="sp" />
          <span className="mono ex-value">{card.value}</span>
        </div>
        <p className="ex-text">
          {card.what}
          {gap}
          {card.here}
        </p>
      </div>
      {card.severity !== null && (
        <div>
          <Chip kind={card.severity.level >= 3 ? 'bad' : card.severity.level === 2 ? 'warn' : 'plain'}>
            {card.severity.level >= 2 && <Icon icon={TriangleAlert} size="small" />}
            {t(m.severity, { name: card.severity.name })}
          </Chip>
        </div>
      )}
      {card.meaning !== null && (
        <p className="ex-text ex-meaning selectable">
          <b className="mono">{card.meaning.name}</b> {card.meaning.text}
          {card.meaning.source !== '' && card.meaning.source !== card.source && <span className="f3 t11"> {card.meaning.source}</span>}
        </p>
      )}
      {card.sum !== null && <SumBoxes sum={card.sum} session={session} number={number} />}
      {card.why !== null && (
        <p className="ex-text selectable">
          <b className="f1 b5">{card.why.question === '' ? t(m.worthKnowing) : card.why.question}</b>
          {gap}
          {card.why.text}
        </p>
      )}
      {card.protocol !== null && (
        <p className="ex-text selectable">
          <b className="f1 b5">{t(m.fromProtocol, { name: card.protocol.name })}</b> {card.protocol.text}
        </p>
      )}
      {facts.length > 0 && <p className="ex-facts f3 t11 selectable">{facts.join(' · ')}</p>}
      <div className="row g6">
        <Button
          icon={Filter}
          disabled={card.filter === null}
          title={card.filter ?? t(m.noFilter)}
          onClick={() => {
            if (card.filter !== null)
              session.applyFilter(card.filter).catch((error: unknown) => {
                session.fail(error)
              })
          }}
        >
          {t(m.filterByValue)}
        </Button>
        <Button
          icon={Columns3}
          disabled={card.column === null}
          onClick={() => {
            const field = card.column
            if (field === null) return
            app.settings.update({ columns: insertFieldColumn(app.settings.get().columns, field) })
            app.toasts.show({ kind: 'ok', title: t(m.columnAdded, { field }) })
          }}
        >
          {t(m.column)}
        </Button>
      </div>
    </>
  )
}

function SumBoxes({
  sum,
  session,
  number,
}: {
  readonly sum: NonNullable<Card['sum']>
  readonly session: CaptureSession
  readonly number: number
}) {
  return (
    <div className="eq selectable" role="group">
      {sum.boxes.map((box, index) => (
        // Boxes never move within a sum.
        <SumBox key={index} box={box} sign={index === 0 ? null : (sum.signs[index - 1] ?? null)} session={session} number={number} />
      ))}
    </div>
  )
}

function SumBox({
  box,
  sign,
  session,
  number,
}: {
  readonly box: CardBox
  readonly sign: string | null
  readonly session: CaptureSession
  readonly number: number
}) {
  const t = useT()
  const evidence = useEvidence(session, number, box.evidence)
  return (
    <>
      {sign !== null && <em>{sign}</em>}
      <span>
        <b>{box.value}</b>
        <i>
          {box.label}
          {evidence !== null && evidence > 0 && (
            <PacketLink
              number={evidence}
              label={t(m.showPacket, { number: evidence })}
              onOpen={(target) => {
                session.goTo(target).catch((error: unknown) => {
                  session.fail(error)
                })
              }}
            />
          )}
          {evidence === 0 && <span className="cut">{t(m.notFound)}</span>}
        </i>
      </span>
    </>
  )
}

/** Number of the packet that a filter finds, nearest before `from`; 0 when the list has none, null while unknown. */
function useEvidence(session: CaptureSession, from: number, filter: string | null): number | null {
  const app = useApp()
  const key = `${String(session.id)}/${String(from)}/${filter ?? ''}`
  const [found, setFound] = useState<{ readonly key: string; readonly number: number } | null>(null)
  useEffect(() => {
    if (filter === null) return undefined
    const abort = new AbortController()
    app.client
      .call(
        'rows.search',
        { captureId: session.id, from, backwards: true, what: { kind: 'filter', text: filter } },
        { signal: abort.signal },
      )
      .then(
        (answer) => {
          setFound({ key, number: answer.number })
        },
        // Evidence is an extra: without it the box still shows its number.
        () => {
          setFound(null)
        },
      )
    return () => {
      abort.abort()
    }
  }, [app, session, from, filter, key])
  return found?.key === key ? found.number : null
}

/** Type of a field as the field table names it; null until it is known. */
function useFieldType(field: string | null): string | null {
  const app = useApp()
  const [known, setKnown] = useState<{ readonly field: string; readonly type: string } | null>(null)
  useEffect(() => {
    if (field === null) return undefined
    const abort = new AbortController()
    app.client.call('fields.search', { captureId: null, text: field, limit: 20 }, { signal: abort.signal }).then(
      (answer) => {
        const match = answer.fields.find((item) => item.name === field)
        setKnown(match === undefined ? null : { field, type: match.type })
      },
      // The type is an extra line; the card is complete without it.
      () => {
        setKnown(null)
      },
    )
    return () => {
      abort.abort()
    }
  }, [app, field])
  return known !== null && known.field === field ? known.type : null
}
