// The sequence view: a connection (or more) as a ladder, with explanations beside it. Its selection is that of the packet list.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ChevronDown, ChevronUp, CircleAlert, Ellipsis } from 'lucide-react'
import type { DiagramRow, DiagramSpec } from '../../../shared/contract'
import { useApp, useSetting } from '../../app/app-context'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import { useInfo } from '../../app/app-context'
import { GROWTH_MS, useCalm, useGrowth } from '../../app/use-calm'
import type { CaptureSession } from '../../model/capture-session'
import { useSelected, useStore } from '../../model/store'
import { Button, IconButton, Segmented } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor, type MenuItem } from '../../ui/menu'
import { useSize } from '../packets/use-size'
import { ExportMenu } from './export-menu'
import { SequenceInspector, useExplanation } from './inspector'
import { LadderPane, type SelectedRow } from './ladder-pane'
import { ScopePicker } from './scope-picker'
import { sequenceState, type Scope } from './sequence-state'
import { useInitialScope } from './use-initial-scope'
import { useDiagram } from './use-diagram'
import './sequence.css'

/** Selections that follow each other faster than this do not reach the packet list (key repeat). */
const SETTLE_MS = 120
/** Choices of the maximum segment lifetime in seconds. */
const LIFETIMES = [15, 30, 60, 120]

/** The view. */
export function SequenceView({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const settings = useSetting('sequence')
  const state = sequenceState(session)
  const scope = useStore(state.scope)
  const unfolded = useStore(state.unfolded)
  const frame = useStore(state.selected)
  const packets = useGrowth(session)
  const shown = useCalm(
    useInfo(session, (info) => `${info.filter} ${info.shown}`),
    GROWTH_MS,
  )
  const narrow = useWindowWidth() < NARROW
  const [sheet, setSheet] = useState(false)
  const main = useRef<HTMLDivElement>(null)
  const size = useSize(main)
  const width = Math.max(200, Math.floor(size.width - 12))
  const isReady = size.width > 0
  useInitialScope(session)
  const spec = useMemo(
    (): DiagramSpec | null =>
      scope === null || !isReady ? null : { captureId: session.id, scope, language, unfolded, ...settings, width },
    [session, scope, language, unfolded, settings, width, isReady],
  )
  const diagram = useDiagram(app.client, spec, scope?.kind === 'displayed' ? hash(shown) : packets)
  const current = diagram.spec !== null && diagram.info !== null && diagram.spec.captureId === session.id ? diagram.spec : null
  const { selected, reveal, select } = useLadderSelection(session, current)
  const explanation = useExplanation(current, frame)
  const setScope = (next: Exclude<Scope, null>): void => {
    state.top.set(0)
    state.unfolded.set([])
    state.selected.set(0)
    state.scope.set(next)
  }
  const openFold = (row: DiagramRow): void => {
    state.unfolded.set((before) => (before === 'all' || before.includes(row.frame) ? before : [...before, row.frame]))
  }
  const onScrolled = useCallback(
    (top: number) => {
      state.top.set(top)
    },
    [state],
  )
  const { info, error } = diagram
  const title = explanation?.segment?.title ?? t(m.explanation)
  return (
    <div className="sq-view">
      <div className="sq-head" data-pane="toolbar">
        <h2>{t(m.title)}</h2>
        <i className="sep" />
        <ScopePicker session={session} scope={scope} onChange={setScope} />
        {info !== null && info.retransmissions > 0 && <Chip kind="bad">{t(m.retransmissions, { count: info.retransmissions })}</Chip>}
        {info !== null && info.outOfOrder > 0 && !narrow && <Chip className="pink">{t(m.outOfOrder, { count: info.outOfOrder })}</Chip>}
        {info !== null && info.resets > 0 && !narrow && <Chip kind="bad">{t(m.resets, { count: info.resets })}</Chip>}
        <span className="sp" />
        {!narrow && (
          <>
            <Segmented
              label={t(m.numbers)}
              value={settings.numbers}
              options={[
                { value: 'relative', name: t(m.relative) },
                { value: 'raw', name: t(m.raw) },
              ]}
              onChange={(numbers) => {
                app.settings.update({ sequence: { ...settings, numbers } })
              }}
            />
            <Segmented
              label={t(m.spacing)}
              value={settings.spacing}
              options={[
                { value: 'even', name: t(m.even) },
                { value: 'scale', name: t(m.scale) },
              ]}
              onChange={(spacing) => {
                app.settings.update({ sequence: { ...settings, spacing } })
              }}
            />
          </>
        )}
        <OptionsMenu session={session} narrow={narrow} />
        <ExportMenu spec={current} />
      </div>
      <div className="sq-body">
        <div ref={main} className="sq-main">
          {error !== null ? (
            <div className="state bad">
              <Icon icon={CircleAlert} size="large" />
              <h2>{t(m.failed)}</h2>
              <p>{error instanceof Error ? error.message : ''}</p>
              <Button
                onClick={() => {
                  setScope({ kind: 'displayed' })
                }}
              >
                {t(m.everything)}
              </Button>
            </div>
          ) : info?.packets === 0 ? (
            <div className="state">
              <h2>{t(m.nothing)}</h2>
            </div>
          ) : (
            current !== null && (
              <LadderPane
                key={scope === null ? '' : JSON.stringify(scope)}
                diagram={{ ...diagram, spec: current }}
                selected={selected}
                initialTop={state.top.get()}
                reveal={reveal}
                onSelect={select}
                onOpenFold={openFold}
                onScrolled={onScrolled}
              />
            )
          )}
        </div>
        {scope?.kind === 'stream' && (!narrow || sheet) && (
          <aside className={`sq-side ${narrow ? 'sheet' : ''}`} data-pane="inspector">
            <SequenceInspector explanation={explanation} />
          </aside>
        )}
      </div>
      {scope?.kind === 'stream' && narrow && (
        <button
          type="button"
          className="sq-peek"
          aria-expanded={sheet}
          onClick={() => {
            setSheet(!sheet)
          }}
        >
          <b>{title}</b>
          {frame > 0 && <span className="chip ev">#{frame}</span>}
          <span className="cut">{explanation?.segment?.text ?? ''}</span>
          <span className="sp" />
          {t(m.explain)}
          <Icon icon={sheet ? ChevronDown : ChevronUp} />
        </button>
      )}
    </div>
  )
}

const NO_ROW: SelectedRow = { index: -1, frame: 0 }

/** Selection in step with the packet list: what is selected here is selected there, and the other way round. */
function useLadderSelection(session: CaptureSession, spec: DiagramSpec | null) {
  const app = useApp()
  const state = sequenceState(session)
  const frame = useStore(state.selected)
  const [selected, setSelected] = useState<SelectedRow>(NO_ROW)
  const [reveal, setReveal] = useState<{ readonly top: number; readonly height: number } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** A selection in the list that this view has caused itself. */
  const own = useRef(0)
  /** Selections of this view that the list has not followed yet: until it has, what it says is not news. */
  const going = useRef(0)
  const number = useSelected(session.selection, (selection) => selection.number)
  useEffect(() => {
    if (number > 0 && going.current === 0 && number !== own.current) state.selected.set(number)
  }, [number, state])
  // Rows also move when the diagram is drawn differently.
  useEffect(() => {
    if (spec === null || frame === 0) return undefined
    let current = true
    app.client.call('diagram.find', { spec, number: frame }).then(
      (found) => {
        if (!current) return
        setSelected({ index: found.index, frame })
        if (found.index >= 0) setReveal({ top: found.top, height: found.height })
      },
      (error: unknown) => {
        app.report(error)
      },
    )
    return () => {
      current = false
    }
  }, [app, spec, frame])
  const pending = useRef(0)
  const flush = useCallback(() => {
    clearTimeout(timer.current)
    const wanted = pending.current
    pending.current = 0
    if (wanted === 0) return
    own.current = wanted
    going.current++
    session
      .goTo(wanted)
      .catch((error: unknown) => {
        app.report(error)
      })
      .finally(() => {
        going.current--
      })
  }, [app, session])
  useEffect(() => flush, [flush])
  const select = (row: DiagramRow): void => {
    state.selected.set(row.frame)
    setSelected({ index: row.index, frame: row.frame })
    setReveal({ top: row.top, height: row.height })
    pending.current = row.frame
    clearTimeout(timer.current)
    timer.current = setTimeout(flush, SETTLE_MS)
  }
  return { selected: frame === 0 ? NO_ROW : selected, reveal, select }
}

function OptionsMenu({ session, narrow }: { readonly session: CaptureSession; readonly narrow: boolean }) {
  const app = useApp()
  const t = useT()
  const settings = useSetting('sequence')
  const state = sequenceState(session)
  const unfolded = useStore(state.unfolded)
  const { anchor, openAt, close } = useMenuAnchor()
  const change = (part: Partial<typeof settings>) => () => {
    app.settings.update({ sequence: { ...settings, ...part } })
  }
  const wide: MenuItem[] = narrow
    ? [
        {
          id: 'relative',
          label: t(m.relative),
          radio: true,
          checked: settings.numbers === 'relative',
          onSelect: change({ numbers: 'relative' }),
        },
        { id: 'raw', label: t(m.raw), radio: true, checked: settings.numbers === 'raw', onSelect: change({ numbers: 'raw' }) },
        { kind: 'separator', id: 'a' },
        { id: 'even', label: t(m.even), radio: true, checked: settings.spacing === 'even', onSelect: change({ spacing: 'even' }) },
        { id: 'scale', label: t(m.scale), radio: true, checked: settings.spacing === 'scale', onSelect: change({ spacing: 'scale' }) },
        { kind: 'separator', id: 'b' },
      ]
    : []
  return (
    <>
      <IconButton
        label={t(m.options)}
        icon={Ellipsis}
        aria-haspopup="menu"
        onClick={(event) => {
          openAt({ element: event.currentTarget })
        }}
      />
      {anchor !== null && (
        <Menu
          label={t(m.options)}
          anchor={anchor}
          end
          onClose={close}
          items={[
            ...wide,
            { id: 'states', label: t(m.showStates), checked: settings.states, onSelect: change({ states: !settings.states }) },
            { id: 'messages', label: t(m.showMessages), checked: settings.messages, onSelect: change({ messages: !settings.messages }) },
            {
              id: 'options',
              label: t(m.showOptions),
              checked: settings.tcpOptions,
              onSelect: change({ tcpOptions: !settings.tcpOptions }),
            },
            { kind: 'separator', id: 'c' },
            {
              id: 'unfold',
              label: t(m.unfoldAll),
              disabled: unfolded === 'all',
              onSelect: () => {
                state.unfolded.set('all')
              },
            },
            {
              id: 'fold',
              label: t(m.foldAll),
              disabled: unfolded.length === 0,
              onSelect: () => {
                state.unfolded.set([])
              },
            },
            { kind: 'separator', id: 'd' },
            { kind: 'heading', id: 'msl', label: t(m.msl) },
            ...LIFETIMES.map((seconds) => ({
              id: `msl-${seconds}`,
              label: t(m.seconds, { count: String(seconds) }),
              radio: true,
              checked: settings.msl === seconds,
              onSelect: change({ msl: seconds }),
            })),
          ]}
        />
      )}
    </>
  )
}

/** A number that changes with the text. */
function hash(text: string): number {
  let value = 0
  for (let index = 0; index < text.length; index++) value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0
  return value
}
