// The sequence view: a connection (or more) as a ladder, with explanations beside it. Its selection is that of the packet list.
import { useCallback, useMemo, useRef, useState } from 'react'
import { ChevronDown, ChevronUp, CircleAlert, Ellipsis } from 'lucide-react'
import type { DiagramRow, DiagramSpec } from '../../../shared/contract'
import { useApp, useSetting } from '../../app/app-context'
import { errorText } from '../../app/i18n/error-text'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import { useInfo } from '../../app/app-context'
import { GROWTH_MS, useCalm, useGrowth } from '../../app/use-calm'
import type { CaptureSession } from '../../model/capture-session'
import { useStore } from '../../model/store'
import { Button, IconButton, Segmented } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor, type MenuItem } from '../../ui/menu'
import { Tabs } from '../../ui/tabs'
import { useSize } from '../packets/use-size'
import { ExportMenu } from './export-menu'
import { SequenceInspector, useExplanation } from './inspector'
import { LadderPane } from './ladder-pane'
import { BetweenChips, NoOtherEnd, OtherEndPicker } from './other-end'
import { ScopePicker } from './scope-picker'
import { NO_PACKET, sequenceState, type Scope } from './sequence-state'
import { likelyScope, useInitialScope } from './use-initial-scope'
import { useDiagram } from './use-diagram'
import { useLadderSelection } from './use-ladder-selection'
import { useOtherEnds } from './use-other-ends'
import './sequence.css'

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
  const packet = useStore(state.selected)
  const captures = useStore(state.captures)
  const beside = useStore(state.beside)
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
  const isTwo = captures === 'two'
  // Two captures need the header's room for the second one.
  const compact = narrow || isTwo
  const stream = scope?.kind === 'stream' ? scope.stream : -1
  const ends = useOtherEnds(session, isTwo ? stream : -1)
  const chosen = ends?.find((end) => end.session.id === beside?.captureId && end.stream === beside.stream) ?? ends?.[0]
  const [second, secondStream] = [chosen?.session, chosen?.stream ?? -1]
  const shownScope = useMemo(
    (): Scope => (!isTwo ? scope : second === undefined ? null : { kind: 'both', stream, second: second.id, secondStream }),
    [isTwo, scope, stream, second, secondStream],
  )
  const spec = useMemo(
    (): DiagramSpec | null =>
      shownScope === null || !isReady ? null : { captureId: session.id, scope: shownScope, language, unfolded, ...settings, width },
    [session, shownScope, language, unfolded, settings, width, isReady],
  )
  const secondPackets = useCalm(
    useInfo(second ?? session, (info) => info.packets),
    GROWTH_MS,
  )
  const diagram = useDiagram(app.client, spec, shownScope?.kind === 'displayed' ? hash(shown) : packets + secondPackets)
  const current =
    spec !== null && diagram.spec !== null && diagram.info !== null && diagram.spec.captureId === session.id ? diagram.spec : null
  const { selected, reveal, select } = useLadderSelection(session, second, current)
  const explanation = useExplanation(current, selected, packet)
  const begin = (): void => {
    state.top.set(0)
    state.unfolded.set([])
    state.selected.set(NO_PACKET)
  }
  const setScope = (next: Exclude<Scope, null>): void => {
    begin()
    state.scope.set(next)
  }
  const setCaptures = (next: 'one' | 'two'): void => {
    // The packet stays selected; its row is elsewhere.
    state.top.set(0)
    state.unfolded.set([])
    state.captures.set(next)
    if (next === 'one' || stream >= 0) return
    likelyScope(app, session).then(
      (likely) => {
        // What the view showed first may have been chosen meanwhile.
        if (state.scope.get()?.kind !== 'stream') setScope(likely)
      },
      (error: unknown) => {
        app.report(error)
      },
    )
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
  const segment = explanation?.segment ?? null
  const title = segment?.title ?? t(m.explanation)
  const hasInspector = shownScope?.kind === 'stream' || shownScope?.kind === 'both'
  return (
    <div className="sq-view">
      <div className="sq-head" data-pane="toolbar">
        <h2>{t(m.title)}</h2>
        <i className="sep" />
        <Tabs
          label={t(m.capturesShown)}
          value={captures}
          tabs={[
            { value: 'one', name: t(m.oneCapture) },
            { value: 'two', name: t(m.twoCaptures) },
          ]}
          onChange={setCaptures}
        />
        <i className="sep" />
        <ScopePicker session={session} scope={scope} streamsOnly={isTwo} onChange={setScope} />
        {isTwo && ends !== null && chosen !== undefined && (
          <OtherEndPicker
            ends={ends}
            chosen={chosen}
            onChoose={(end) => {
              begin()
              state.beside.set({ captureId: end.session.id, stream: end.stream })
            }}
          />
        )}
        {isTwo && !narrow && current !== null && <BetweenChips between={info?.between ?? null} />}
        {info !== null && info.retransmissions > 0 && <Chip kind="bad">{t(m.retransmissions, { count: info.retransmissions })}</Chip>}
        {info !== null && info.outOfOrder > 0 && !narrow && <Chip className="pink">{t(m.outOfOrder, { count: info.outOfOrder })}</Chip>}
        {info !== null && info.resets > 0 && !narrow && <Chip kind="bad">{t(m.resets, { count: info.resets })}</Chip>}
        <span className="sp" />
        {!compact && (
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
        <OptionsMenu session={session} compact={compact} />
        <ExportMenu spec={current} />
      </div>
      <div className="sq-body">
        <div ref={main} className="sq-main">
          {isTwo && stream < 0 ? (
            <div className="state">
              <h2>{t(m.noTcp)}</h2>
            </div>
          ) : isTwo && ends !== null && chosen === undefined ? (
            <NoOtherEnd others={app.captures.get().length - 1} />
          ) : error !== null ? (
            <div className="state bad">
              <Icon icon={CircleAlert} size="large" />
              <h2>{t(m.failed)}</h2>
              <p>{errorText(error, language)}</p>
              {!isTwo && (
                <Button
                  onClick={() => {
                    setScope({ kind: 'displayed' })
                  }}
                >
                  {t(m.everything)}
                </Button>
              )}
            </div>
          ) : info?.packets === 0 ? (
            <div className="state">
              <h2>{t(m.nothing)}</h2>
            </div>
          ) : (
            current !== null &&
            spec !== null && (
              <LadderPane
                key={JSON.stringify(current.scope)}
                diagram={{ ...diagram, spec: current }}
                wanted={spec}
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
        {hasInspector && (!narrow || sheet) && (
          <aside className={`sq-side ${narrow ? 'sheet' : ''}`} data-pane="inspector">
            <SequenceInspector explanation={explanation} />
          </aside>
        )}
      </div>
      {hasInspector && narrow && (
        <button
          type="button"
          className="sq-peek"
          aria-expanded={sheet}
          onClick={() => {
            setSheet(!sheet)
          }}
        >
          <b>{title}</b>
          {segment !== null && <span className="chip ev">#{segment.frame}</span>}
          <span className="cut">{segment?.text ?? ''}</span>
          <span className="sp" />
          {t(m.explain)}
          <Icon icon={sheet ? ChevronDown : ChevronUp} />
        </button>
      )}
    </div>
  )
}

function OptionsMenu({ session, compact }: { readonly session: CaptureSession; readonly compact: boolean }) {
  const app = useApp()
  const t = useT()
  const settings = useSetting('sequence')
  const state = sequenceState(session)
  const unfolded = useStore(state.unfolded)
  const { anchor, openAt, close } = useMenuAnchor()
  const change = (part: Partial<typeof settings>) => () => {
    app.settings.update({ sequence: { ...settings, ...part } })
  }
  const wide: MenuItem[] = compact
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
