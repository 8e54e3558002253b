// The table of conversations or endpoints: what is listed, search, sums, and the selected conversation beside it.
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { ClipboardCopy } from 'lucide-react'
import type {
  ConversationKind,
  ConversationRow,
  ConversationSort,
  EndpointRow,
  EndpointSort,
  Outcome,
  Result,
} from '../../../shared/contract'
import { CONVERSATION_KINDS, OUTCOMES } from '../../../shared/contract'
import { useApp, useInfo, useSetting } from '../../app/app-context'
import { conversationMessages as m } from '../../app/i18n/conversations'
import { formatNumber, formatPercent } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { useGrowth } from '../../app/use-calm'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import { copyText } from '../../dialogs/copy'
import type { CaptureSession } from '../../model/capture-session'
import { ROW_HEIGHTS } from '../../model/settings'
import { patch, useStore } from '../../model/store'
import { Button, Segmented } from '../../ui/button'
import { Checkbox } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { useSize } from '../packets/use-size'
import { NO_PACKET, sequenceState } from '../sequence/sequence-state'
import { conversationFilter, endpointFilter } from './conversation-filter'
import { ConversationInspector, type ConversationActions } from './conversation-inspector'
import { conversationsState, NOTHING_SELECTED } from './conversations-state'
import { followState } from './follow-state'
import { conversationTitles, endpointTitles } from './csv-titles'
import { DataTable } from './data-table'
import { conversationColumns, endpointColumns, OUTCOME_LOOK } from './table-columns'
import { useTable, type LoadPage } from './use-table'

type Conversations = Result<'conversations.get'>
type Endpoints = Result<'endpoints.get'>

/** The pane. */
export function TablePane({ session, heading }: { readonly session: CaptureSession; readonly heading: ReactNode }) {
  const app = useApp()
  const t = useT()
  const { table } = conversationsState(session)
  const { what, kind } = useStore(table)
  return (
    <>
      <div className="cv-head" data-pane="toolbar">
        {heading}
        <span className="sp" />
        <Segmented
          label={t(m.kind)}
          value={kind}
          options={CONVERSATION_KINDS.map((value) => ({ value, name: t(m[value]) }))}
          onChange={(value) => {
            patch(table, { kind: value, outcome: null, selected: NOTHING_SELECTED })
          }}
        />
        <Segmented
          label={t(m.what)}
          value={what}
          options={[
            { value: 'conversations', name: t(m.conversations) },
            { value: 'endpoints', name: t(m.endpoints) },
          ]}
          onChange={(value) => {
            patch(table, { what: value, text: '' })
          }}
        />
        <CopyButton session={session} app={app} />
      </div>
      {what === 'conversations' ? <ConversationTable session={session} /> : <EndpointTable session={session} />}
    </>
  )
}

function CopyButton({ session, app }: { readonly session: CaptureSession; readonly app: ReturnType<typeof useApp> }) {
  const t = useT()
  const { what, kind, displayed, text, outcome, sort, endpointSort } = useStore(conversationsState(session).table)
  const copy = async (): Promise<void> => {
    const common = { captureId: session.id, kind, displayed, text }
    const answer =
      what === 'conversations'
        ? await app.client.call('conversations.csv', {
            ...common,
            outcome,
            sort: sort.by,
            descending: sort.descending,
            titles: conversationTitles(kind, t),
          })
        : await app.client.call('endpoints.csv', {
            ...common,
            sort: endpointSort.by,
            descending: endpointSort.descending,
            titles: endpointTitles(kind, t),
          })
    await copyText(app, answer.text)
  }
  return (
    <Button
      icon={ClipboardCopy}
      onClick={() => {
        copy().catch((error: unknown) => {
          app.report(error)
        })
      }}
    >
      {t(m.copyCsv)}
    </Button>
  )
}

function useReport(): (error: unknown) => void {
  const app = useApp()
  return useCallback(
    (error: unknown) => {
      app.report(error)
    },
    [app],
  )
}

/** What says that the counts of a capture may have changed though its packets have not. */
function useVersion(session: CaptureSession, displayed: boolean): string {
  return useInfo(session, (info) => `${info.ignored} ${displayed ? `${info.filter} ${info.shown}` : ''}`)
}

function ConversationTable({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const density = useSetting('density')
  const narrow = useWindowWidth() < NARROW
  const { table, scroller } = conversationsState(session)
  const { kind, displayed, text, outcome, sort, selected } = useStore(table)
  const packets = useGrowth(session)
  const version = useVersion(session, displayed)
  const report = useReport()
  const body = useRef<HTMLDivElement>(null)
  const size = useSize(body)
  const load = useCallback<LoadPage<Conversations>>(
    (first, count, options) =>
      app.client.call(
        'conversations.get',
        { captureId: session.id, kind, displayed, text, outcome, sort: sort.by, descending: sort.descending, first, count },
        options,
      ),
    [app, session, kind, displayed, text, outcome, sort],
  )
  const { rows, summary, progress } = useTable<ConversationRow, Conversations>(load, packets, version, report)
  const actions = useActions(session, kind)
  const mostBytes = Math.max(0, ...(summary?.bytes ?? []))
  const columns = useMemo(() => conversationColumns(kind, size.width, mostBytes, t, language), [kind, size.width, mostBytes, t, language])
  const isShown = (id: string): boolean => columns.some((column) => column.id === id)
  const number = (value: number): string => formatNumber(value, language)
  const shown = summary?.shown ?? 0
  const listed = rows.row(selected.index)
  // While the capture grows, the listed row is newer.
  const current = selected.row !== null && listed?.id === selected.row.id ? listed : selected.row
  // where neither a column nor the inspector has room for them
  const statesOf = narrow && !isShown('ends') && current?.tcp ? { id: current.id, ends: current.tcp.ends } : null
  return (
    <>
      <div className="cv-strip">
        {kind === 'tcp' && summary !== null && (
          <OutcomeChips
            outcomes={summary.outcomes}
            outcome={outcome}
            onChange={(next) => {
              patch(table, { outcome: next })
            }}
          />
        )}
        <span className="sp" />
        <SearchAndLimit session={session} />
      </div>
      <div className="cv-body">
        <div ref={body} className="cv-main">
          <DataTable
            label={t(m.conversations)}
            columns={columns}
            rows={rows}
            rowCount={shown}
            rowHeight={ROW_HEIGHTS[density]}
            scroller={scroller}
            selected={selected.index}
            isSelected={({ id }) => id === selected.row?.id}
            sort={sort}
            foot={{
              a:
                summary === null
                  ? ''
                  : shown === summary.total
                    ? t(m.count, { count: shown })
                    : t(m.countOf, { shown, total: summary.total }),
              'packets-there': number(summary?.packets[0] ?? 0),
              'packets-back': number(summary?.packets[1] ?? 0),
              'bytes-there': number(summary?.bytes[0] ?? 0),
              'bytes-back': number(summary?.bytes[1] ?? 0),
              ...(kind === 'tcp' ? { retransmissions: number(summary?.retransmissions ?? 0) } : {}),
            }}
            onSort={(by: ConversationSort, descending) => {
              patch(table, { sort: { by, descending }, selected: { ...selected, index: -1 } })
            }}
            onSelect={(next, index) => {
              patch(table, { selected: { row: next, index } })
              if (kind === 'tcp') sequenceState(session).scope.set({ kind: 'stream', stream: next.id })
            }}
            onOpen={kind === 'tcp' ? actions.openSequence : kind === 'udp' ? actions.follow : actions.filter}
            onKey={(event, at) => {
              if (event.key === 'Escape') {
                patch(table, { selected: { row: null, index: selected.index } })
                return true
              }
              if (
                event.key.toLowerCase() === 'f' &&
                !event.ctrlKey &&
                !event.metaKey &&
                at !== undefined &&
                (kind === 'tcp' || kind === 'udp')
              ) {
                actions.follow(at)
                return true
              }
              if (event.key !== 'Enter' || !event.altKey || at === undefined) return false
              actions.filter(at)
              return true
            }}
          />
          {summary !== null && shown === 0 && <Empty session={session} total={summary.total} name={t(m[kind])} />}
          {progress !== null && summary === null && (
            <div className="state over">
              <p>{t(m.counting, { percent: formatPercent(progress, language) })}</p>
            </div>
          )}
          {(isShown('seen') || isShown('life') || statesOf !== null) && (
            <div className="cv-note">
              {statesOf !== null && (
                <span className="f1">
                  {`${t(m.streamTitle, { number: String(statesOf.id) })} · ${t(m.endStates)}: A\u00a0${statesOf.ends[0]} · B\u00a0${statesOf.ends[1]}`}
                </span>
              )}
              {isShown('seen') && (
                <>
                  <span className="seen" aria-hidden="true">
                    <i className="on" />
                    <i className="on" />
                    <i className="on" />
                    <i className="on" />
                    <i className="on" />
                    <i />
                  </span>
                  <span>{t(m.seenKey)}</span>
                </>
              )}
              {isShown('life') && <span>{t(m.lifeKey)}</span>}
            </div>
          )}
        </div>
        {current !== null && !narrow && (
          <aside className="cv-side" data-pane="inspector">
            <ConversationInspector row={current} kind={kind} displayed={displayed} actions={actions} />
          </aside>
        )}
      </div>
    </>
  )
}

function EndpointTable({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const density = useSetting('density')
  const { table, scroller } = conversationsState(session)
  const { kind, displayed, text, endpointSort: sort } = useStore(table)
  const packets = useGrowth(session)
  const version = useVersion(session, displayed)
  const report = useReport()
  const load = useCallback<LoadPage<Endpoints>>(
    (first, count, options) =>
      app.client.call(
        'endpoints.get',
        { captureId: session.id, kind, displayed, text, sort: sort.by, descending: sort.descending, first, count },
        options,
      ),
    [app, session, kind, displayed, text, sort],
  )
  const { rows, summary } = useTable<EndpointRow, Endpoints>(load, packets, version, report)
  const [selected, setSelected] = useState<{ readonly row: EndpointRow; readonly index: number } | null>(null)
  const columns = useMemo(() => endpointColumns(kind, t, language), [kind, t, language])
  const actions = useActions(session, kind)
  const filter = (row: EndpointRow): void => {
    actions.apply(endpointFilter(kind, row.end))
  }
  return (
    <>
      <div className="cv-strip">
        {selected !== null && (
          <Button
            onClick={() => {
              filter(selected.row)
            }}
          >
            {t(m.filterList)}
          </Button>
        )}
        <span className="sp" />
        <SearchAndLimit session={session} />
      </div>
      <div className="cv-body">
        <div className="cv-main">
          <DataTable
            label={t(m.endpoints)}
            columns={columns}
            rows={rows}
            rowCount={summary?.shown ?? 0}
            rowHeight={ROW_HEIGHTS[density]}
            scroller={scroller}
            selected={selected?.index ?? -1}
            isSelected={({ end }) => end.address === selected?.row.end.address && end.port === selected.row.end.port}
            sort={sort}
            foot={{ address: summary === null ? '' : t(m.ends, { count: summary.shown }) }}
            onSort={(by: EndpointSort, descending) => {
              patch(table, { endpointSort: { by, descending } })
            }}
            onSelect={(row, index) => {
              setSelected({ row, index })
            }}
            onOpen={filter}
          />
          {summary?.shown === 0 && <Empty session={session} total={summary.total} name={t(m[kind])} />}
        </div>
      </div>
    </>
  )
}

/** What can be done with a conversation. */
function useActions(session: CaptureSession, kind: ConversationKind): ConversationActions & { readonly apply: (filter: string) => void } {
  const app = useApp()
  return useMemo(() => {
    const show = (view: string) => (row: ConversationRow) => {
      const { captures, scope, selected, top, unfolded } = sequenceState(session)
      captures.set('one')
      scope.set({ kind: 'stream', stream: row.id })
      selected.set(NO_PACKET)
      top.set(0)
      unfolded.set([])
      app.view.set(view)
    }
    const apply = (filter: string): void => {
      app.view.set('packets')
      session.applyFilter(filter).catch((error: unknown) => {
        app.report(error)
      })
    }
    return {
      apply,
      openSequence: show('sequence'),
      openGraphs: show('statistics'),
      follow: (row: ConversationRow) => {
        const { follow, scroller } = followState(session)
        scroller.scrollTo(0)
        if (kind === 'udp') patch(follow, { protocol: 'udp', udpStream: row.id })
        else {
          if (follow.get().protocol === 'udp') patch(follow, { protocol: 'tcp' })
          sequenceState(session).scope.set({ kind: 'stream', stream: row.id })
        }
        conversationsState(session).tab.set('follow')
      },
      filter: (row: ConversationRow) => {
        apply(conversationFilter(kind, row))
      },
      goTo: (frame: number) => {
        session.goTo(frame).catch((error: unknown) => {
          app.report(error)
        })
      },
    }
  }, [app, session, kind])
}

function SearchAndLimit({ session }: { readonly session: CaptureSession }) {
  const t = useT()
  const { table } = conversationsState(session)
  const { text, displayed } = useStore(table)
  return (
    <>
      <input
        className="inp cv-search"
        type="search"
        value={text}
        aria-label={t(m.search)}
        placeholder={t(m.search)}
        onChange={(event) => {
          patch(table, { text: event.currentTarget.value.slice(0, 200), selected: { row: table.get().selected.row, index: -1 } })
        }}
      />
      <span title={t(m.limitNote)}>
        <Checkbox
          label={t(m.limit)}
          checked={displayed}
          onChange={(on) => {
            patch(table, { displayed: on })
          }}
        />
      </span>
    </>
  )
}

function OutcomeChips({
  outcomes,
  outcome,
  onChange,
}: {
  readonly outcomes: Conversations['outcomes']
  readonly outcome: Outcome | null
  readonly onChange: (outcome: Outcome | null) => void
}) {
  const t = useT()
  const language = useLanguage()
  const all = OUTCOMES.reduce((sum, name) => sum + outcomes[name], 0)
  return (
    <div className="cv-chips" role="group" aria-label={t(m.outcomes)}>
      <button
        type="button"
        className={`fchip ${outcome === null ? 'on' : ''}`}
        aria-pressed={outcome === null}
        onClick={() => {
          onChange(null)
        }}
      >
        {t(m.all)} <span className="num">{formatNumber(all, language)}</span>
      </button>
      {OUTCOMES.filter((name) => outcomes[name] > 0 || outcome === name).map((name) => (
        <button
          key={name}
          type="button"
          className={`fchip ${outcome === name ? 'on' : ''}`}
          aria-pressed={outcome === name}
          onClick={() => {
            onChange(outcome === name ? null : name)
          }}
        >
          <span className={OUTCOME_LOOK[name].tone}>
            <Icon icon={OUTCOME_LOOK[name].icon} />
          </span>
          {t(m[name])} <span className="num">{formatNumber(outcomes[name], language)}</span>
        </button>
      ))}
    </div>
  )
}

function Empty({ session, total, name }: { readonly session: CaptureSession; readonly total: number; readonly name: string }) {
  const t = useT()
  const { table } = conversationsState(session)
  const { displayed } = useStore(table)
  return (
    <div className="state over">
      {total === 0 ? (
        <h2>{t(displayed ? m.noneDisplayed : m.none, { kind: name })}</h2>
      ) : (
        <>
          <h2>{t(m.noneFit, { count: total })}</h2>
          <Button
            onClick={() => {
              patch(table, { text: '', outcome: null })
            }}
          >
            {t(m.clearSearch)}
          </Button>
        </>
      )}
    </div>
  )
}
