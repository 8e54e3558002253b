// The HTTP view: all transactions with their waterfall, the connections that carried them, and the selected one taken apart.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ChevronDown, ChevronUp, Download, Search, ZoomOut } from 'lucide-react'
import type { HttpRow, HttpStatusClass, HttpTransactionView, WebArtifact } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { formatBytes, formatSeconds } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { useSettledPackets } from '../../app/use-settled-packets'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import type { CaptureSession } from '../../model/capture-session'
import { patch, useSelected, useStore } from '../../model/store'
import { Button, Segmented } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { ProgressBar } from '../../ui/progress'
import { Content } from './content'
import { Facts } from './facts'
import { httpState, type HttpQuery, type Span } from './http-state'
import { Lanes } from './lanes'
import { MessageAnatomy } from './message-anatomy'
import { saveArtifact } from './save-artifact'
import { TransactionTable } from './transaction-table'
import { useTransaction, useTransactions, type Transactions } from './use-transactions'
import { Legend } from './waterfall'
import './http.css'

const STATUS_CLASSES: readonly HttpStatusClass[] = ['all', '2', '3', '4', '5', 'none']
/** Typing rests this long before the table is asked for. */
const TYPING_MS = 150

/** The view. */
export function HttpView({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const state = httpState(session)
  const query = useStore(state.query)
  const selected = useStore(state.selected)
  const zoom = useStore(state.zoom)
  const showLanes = useStore(state.lanes)
  const packets = useSettledPackets(session)
  const narrow = useWindowWidth() < NARROW
  const [sheet, setSheet] = useState(false)
  const transactions = useTransactions(session, query, packets)
  const view = useTransaction(session, selected, packets)
  const { summary } = transactions
  const goTo = useCallback(
    (frame: number) => {
      session.goTo(frame).catch((error: unknown) => {
        app.report(error)
      })
    },
    [app, session],
  )
  const chosen = useFollowedSelection(session, packets)
  const select = ({ id, frame }: { readonly id: number; readonly frame: number }): void => {
    chosen(frame)
    state.selected.set(id)
    goTo(frame)
  }
  const whole: Span = { from: summary?.from ?? 0, to: Math.max(summary?.to ?? 0, (summary?.from ?? 0) + 1e-6) }
  const save = (what: WebArtifact): void => void saveArtifact(app, session.id, what)
  const onScrolled = useCallback(
    (top: number) => {
      state.top.set(top)
    },
    [state],
  )
  const total = summary?.total ?? 0
  return (
    <div className="ht-view">
      <Header session={session} transactions={transactions} zoomed={zoom !== null} narrow={narrow} />
      {transactions.progress !== null && summary === null && (
        <ProgressBar label={t(m.finding)} share={transactions.progress.done / Math.max(1, transactions.progress.total)} />
      )}
      <div className="ht-body">
        {summary !== null && total === 0 ? (
          <div className="state">
            <h2>{t(m.none)}</h2>
            <p>{t(m.noneHint)}</p>
          </div>
        ) : (
          <div className="ht-main">
            {summary?.matched === 0 ? (
              <div className="state">
                <h2>{t(m.noMatch, { total })}</h2>
                <Button
                  onClick={() => {
                    state.draft.set('')
                    state.query.set({ ...query, text: '', status: 'all' })
                  }}
                >
                  {t(m.clear)}
                </Button>
              </div>
            ) : (
              <TransactionTable
                transactions={transactions}
                query={query}
                selected={selected}
                span={zoom ?? whole}
                start={whole.from}
                initialTop={state.top.get()}
                onSort={(sort) => {
                  state.query.set(sortedBy(query, sort))
                }}
                onZoom={(span) => {
                  state.zoom.set(span)
                }}
                onSelect={(row: HttpRow) => {
                  select({ id: row.id, frame: row.requestFrame })
                }}
                onScrolled={onScrolled}
              />
            )}
            {showLanes && selected >= 0 && (
              <Lanes session={session} id={selected} packets={packets} start={whole.from} onTransaction={select} />
            )}
          </div>
        )}
        {total > 0 && (!narrow || sheet) && (
          <aside className={`ht-side ${narrow ? 'sheet' : ''}`} data-pane="inspector">
            <Details view={view} onSave={save} onPacket={goTo} onTransaction={select} />
          </aside>
        )}
      </div>
      {narrow && view !== null && (
        <button
          type="button"
          className="ht-peek"
          aria-expanded={sheet}
          onClick={() => {
            setSheet(!sheet)
          }}
        >
          <b>{view.row.method}</b>
          <span className="cut">{view.row.url}</span>
          <span className="sp" />
          {t(m.details)}
          <Icon icon={sheet ? ChevronDown : ChevronUp} />
        </button>
      )}
    </div>
  )
}

function sortedBy(query: HttpQuery, sort: HttpQuery['sort']): HttpQuery {
  return { ...query, sort, descending: query.sort === sort ? !query.descending : false }
}

/** Follows the packet that is selected elsewhere. The result is to be told of packets that this view selects itself. */
function useFollowedSelection(session: CaptureSession, packets: number): (frame: number) => void {
  const app = useApp()
  const state = httpState(session)
  const number = useSelected(session.selection, (selection) => selection.number)
  const own = useRef(0)
  useEffect(() => {
    if (number === 0 || number === own.current) return undefined
    const abort = new AbortController()
    app.client.call('http.find', { captureId: session.id, number }, { signal: abort.signal }).then(
      ({ id }) => {
        if (id >= 0) state.selected.set(id)
        else if (state.selected.get() < 0) state.selected.set(0)
      },
      // the table itself says what went wrong
      () => undefined,
    )
    return () => {
      abort.abort()
    }
  }, [app, session, state, number, packets])
  return useCallback((frame: number) => {
    own.current = frame
  }, [])
}

function Header({
  session,
  transactions,
  zoomed,
  narrow,
}: {
  readonly session: CaptureSession
  readonly transactions: Transactions
  readonly zoomed: boolean
  readonly narrow: boolean
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const state = httpState(session)
  const query = useStore(state.query)
  const lanes = useStore(state.lanes)
  const text = useStore(state.draft)
  useEffect(() => {
    const timer = setTimeout(() => {
      if (state.query.get().text !== text) patch(state.query, { text })
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [state, text])
  const { summary } = transactions
  const options = useMemo(
    () =>
      STATUS_CLASSES.map((value) => ({
        value,
        name: value === 'all' ? t(m.all) : value === 'none' ? t(m.noAnswer) : `${value}xx`,
      })),
    [t],
  )
  return (
    <>
      <div className="ht-header" data-pane="toolbar">
        <h2>{t(m.title)}</h2>
        <i className="vr" />
        {summary !== null && (
          <>
            <Chip>
              {summary.matched === summary.total
                ? t(m.requests, { count: summary.total })
                : t(m.someRequests, { shown: summary.matched, total: summary.total })}
            </Chip>
            {!narrow && <Chip>{t(m.connections, { count: summary.connections })}</Chip>}
            {!narrow && <Chip>{t(m.body, { size: formatBytes(summary.bodyBytes, language) })}</Chip>}
            {summary.errors > 0 && <Chip kind="bad">× {t(m.errors, { count: summary.errors })}</Chip>}
            {summary.unanswered > 0 && <Chip kind="warn">{t(m.unanswered, { count: summary.unanswered })}</Chip>}
          </>
        )}
        <span className="sp" />
        {!narrow && <Legend />}
        <Button
          icon={Download}
          disabled={(summary?.total ?? 0) === 0}
          onClick={() => {
            void saveArtifact(app, session.id, { kind: 'har' })
          }}
        >
          {t(m.har)}
        </Button>
      </div>
      <div className="ht-strip">
        <TextField label={t(m.filter)} hideLabel icon={Search} placeholder={t(m.filterHint)} value={text} onChange={state.draft.set} />
        <Segmented
          label={t(m.status)}
          value={query.status}
          options={options}
          onChange={(status) => {
            patch(state.query, { status })
          }}
        />
        <span className="sp" />
        {zoomed && (
          <Button
            kind="ghost"
            icon={ZoomOut}
            onClick={() => {
              state.zoom.set(null)
            }}
          >
            {t(m.zoomOut)}
          </Button>
        )}
        <Button
          kind="ghost"
          aria-pressed={lanes}
          icon={lanes ? ChevronDown : ChevronUp}
          onClick={() => {
            state.lanes.set(!lanes)
          }}
        >
          {t(m.lanesShow)}
        </Button>
      </div>
    </>
  )
}

function Details({
  view,
  onSave,
  onPacket,
  onTransaction,
}: {
  readonly view: HttpTransactionView | null
  readonly onSave: (what: WebArtifact) => void
  readonly onPacket: (frame: number) => void
  readonly onTransaction: (link: { readonly id: number; readonly frame: number }) => void
}) {
  const t = useT()
  const language = useLanguage()
  if (view === null) {
    return (
      <div className="ht-details" tabIndex={0} role="region" aria-label={t(m.details)}>
        <p className="f3">{t(m.choose)}</p>
      </div>
    )
  }
  const { row, request, response } = view
  return (
    // another transaction starts at the top, with nothing open
    <div key={row.id} className="ht-details" tabIndex={0} role="region" aria-label={t(m.details)}>
      <div className="ht-details-head">
        <h2 className="mono cut" title={row.url}>
          {row.method} {row.target}
        </h2>
        <span className="f2 mono">{row.duration === null ? '–' : formatSeconds(row.duration / 1e3, language)}</span>
      </div>
      <MessageAnatomy title={t(m.request)} message={request} isRequest onPacket={onPacket} />
      <Content body={request.body} name={t(m.request)} id={row.id} side="request" onSave={onSave} />
      {response === null ? (
        <p className="warn-text">{t(m.noResponse)}</p>
      ) : (
        <>
          <MessageAnatomy title={t(m.response)} message={response} isRequest={false} onPacket={onPacket} />
          <Content body={response.body} name={t(m.response)} id={row.id} side="response" onSave={onSave} />
        </>
      )}
      <Facts view={view} onTransaction={onTransaction} />
    </div>
  )
}
