// Display-filter box: syntax colours, state, completions, history. Enter applies; Escape closes the list, then restores the filter in force.
import { useId, useRef, useState } from 'react'
import { Bookmark, CircleAlert, Filter, Settings2, X } from 'lucide-react'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp, useInfo, useSetting } from '../../app/app-context'
import { errorText } from '../../app/i18n/error-text'
import { focusPane } from '../../app/commands/panes'
import { filterMessages as m } from '../../app/i18n/filter'
import { formatNumber, formatPercent } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { HISTORY_LIMIT } from '../../model/settings'
import { useStore } from '../../model/store'
import { IconButton, Key } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor, type MenuItem } from '../../ui/menu'
import { CompletionList, type Proposal } from './completion-list'
import { combineFilters } from './menus'
import { tokenParts } from './filter-tokens'
import { FILTER_DRAG_TYPE } from './filter-drag'
import { useCompletions, useFilterCheck, useFilterCount } from './use-filter'

const STATE_CLASS = { empty: '', valid: 'ok', hint: 'warn', invalid: 'bad', incomplete: '' } as const

/** The filter box of a capture. */
export function FilterBox({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const id = useId()
  const text = useStore(session.filterDraft)
  const run = useStore(session.filterRun)
  const applied = useInfo(session, (info) => info.filter)
  const shown = useInfo(session, (info) => info.shown)
  const packets = useInfo(session, (info) => info.packets)
  const history = useSetting('filterHistory')
  const input = useRef<HTMLInputElement>(null)
  const overlay = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(false)
  const [cursor, setCursor] = useState(0)
  // What the list below proposes: nothing, completions of the word, or the history.
  const [listing, setListing] = useState<'none' | 'completions' | 'history'>('none')
  const [active, setActive] = useState(-1)
  const [failure, setFailure] = useState<string | null>(null)
  const checked = useFilterCheck(text)
  const completions = useCompletions(session, text, cursor, focused && listing === 'completions')

  const fresh = checked?.text === text ? checked.check : null
  const state = fresh?.state ?? (text === '' ? 'empty' : 'incomplete')
  const proposals: readonly Proposal[] =
    listing === 'history'
      ? history
          .filter((item) => item !== text)
          .map((item) => ({ text: item, replace: 'all', type: '', label: '', packets: null, matched: 0 }))
      : listing === 'completions'
        ? completions.items.map((item) => ({ ...item, replace: 'word', matched: completions.end - completions.start }))
        : []
  const listOpen = focused && proposals.length > 0
  const isRight = state === 'valid' || state === 'hint'
  const words = isRight && focused && text !== '' && run === null ? fresh?.words : undefined
  const draft = text.trim()
  const count = useFilterCount(session, isRight && focused && run === null && draft !== applied ? draft : '')
  const problem =
    failure ?? (focused && !listOpen && fresh !== null && (state === 'invalid' || state === 'hint') ? fresh.message[language] : null)

  const setText = (next: string, at: number, list: typeof listing): void => {
    session.filterDraft.set(next)
    setCursor(at)
    setListing(list)
    setActive(-1)
    setFailure(null)
  }
  const apply = (filter: string): void => {
    const trimmed = filter.trim()
    setListing('none')
    setActive(-1)
    session.applyFilter(trimmed).then(
      () => {
        if (trimmed === '') return
        const rest = app.settings.get().filterHistory.filter((item) => item !== trimmed)
        app.settings.update({ filterHistory: [trimmed, ...rest].slice(0, HISTORY_LIMIT) })
      },
      (error: unknown) => {
        if (!isCancelled(error)) setFailure(errorText(error, language))
      },
    )
  }
  const accept = (index: number): void => {
    const item = proposals[index]
    if (item === undefined) return
    if (item.replace === 'all') {
      setText(item.text, item.text.length, 'none')
      return
    }
    const next = text.slice(0, completions.start) + item.text + text.slice(completions.end)
    const at = completions.start + item.text.length
    setText(next, at, 'none')
    // After React has written the new text into the field.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey) return
    const mod = event.ctrlKey || event.metaKey
    if (event.key === 'Enter') {
      if (listOpen && active >= 0) accept(active)
      else apply(text)
    } else if (event.key === 'Tab' && listOpen && listing === 'completions' && !event.shiftKey) accept(Math.max(0, active))
    else if (event.key === 'ArrowDown' && !mod) {
      if (listOpen) setActive((active + 1) % proposals.length)
      else setListing(text === '' ? 'history' : 'completions')
    } else if (event.key === 'ArrowUp' && !mod) {
      if (listOpen) setActive(active <= 0 ? proposals.length - 1 : active - 1)
      else setListing('history')
    } else if (event.key === ' ' && mod) setListing('completions')
    else if (event.key === 'Escape') {
      if (listOpen) setListing('none')
      else if (run !== null) session.cancelFilter()
      else if (text !== applied) setText(applied, applied.length, 'none')
      else focusPane('list')
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const track = (element: HTMLInputElement): void => {
    setCursor(element.selectionStart ?? element.value.length)
    if (overlay.current !== null) overlay.current.scrollLeft = element.scrollLeft
  }
  return (
    <div
      className={`filter ${failure !== null ? 'bad' : STATE_CLASS[state]} ${focused ? 'foc' : ''}`}
      data-state={state}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(FILTER_DRAG_TYPE)) event.preventDefault()
      }}
      onDrop={(event) => {
        const dropped = event.dataTransfer.getData(FILTER_DRAG_TYPE)
        if (dropped === '') return
        event.preventDefault()
        event.stopPropagation()
        const next = combineFilters(text, dropped, 'and')
        setText(next, next.length, 'none')
        input.current?.focus()
      }}
    >
      <Icon icon={Filter} />
      <div className="q">
        <div ref={overlay} className="q-colour" aria-hidden="true">
          {tokenParts(text, checked?.text ?? '', checked?.check ?? null).map((part, index) => (
            <span key={index} className={`tk-${part.kind}`}>
              {part.text}
            </span>
          ))}
        </div>
        <input
          ref={input}
          id="filter-input"
          role="combobox"
          aria-label={t(m.label)}
          aria-autocomplete="list"
          aria-expanded={listOpen}
          aria-controls={listOpen ? `${id}-list` : undefined}
          aria-activedescendant={listOpen && active >= 0 ? `${id}-list-${String(active)}` : undefined}
          aria-invalid={state === 'invalid' ? true : undefined}
          aria-describedby={problem !== null ? `${id}-problem` : words !== undefined && !listOpen ? `${id}-words` : undefined}
          data-pane-focus=""
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={t(m.placeholder)}
          value={text}
          onChange={(event) => {
            setText(event.target.value, event.target.selectionStart ?? event.target.value.length, 'completions')
          }}
          onSelect={(event) => {
            track(event.currentTarget)
          }}
          onScroll={(event) => {
            track(event.currentTarget)
          }}
          onFocus={() => {
            setFocused(true)
          }}
          onBlur={() => {
            setFocused(false)
            setListing('none')
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {run !== null ? (
        <Chip className="square">
          <i className="spinner" aria-hidden="true" />
          {run.progress === null
            ? '…'
            : t(m.running, {
                percent: formatPercent(run.progress.total === 0 ? 0 : run.progress.done / run.progress.total, language),
                count: run.progress.matched ?? 0,
              })}
        </Chip>
      ) : state === 'invalid' || failure !== null ? (
        <Chip kind="bad" className="square">
          {t(m.notApplied)}
        </Chip>
      ) : text !== '' && text === applied ? (
        <Chip kind={state === 'hint' ? 'warn' : 'ok'} className="square">
          {t(m.matches, { count: shown })}
        </Chip>
      ) : null}
      {(text !== '' || run !== null) && (
        <IconButton
          label={t(run === null ? m.clear : m.cancel)}
          icon={X}
          size="small"
          onClick={() => {
            if (run !== null) session.cancelFilter()
            else {
              setText('', 0, 'none')
              if (applied !== '') apply('')
              input.current?.focus()
            }
          }}
        />
      )}
      <SavedFilters session={session} text={text} valid={state === 'valid' || state === 'hint'} onUse={apply} />
      <Key>/</Key>
      {listOpen && (
        <CompletionList
          id={`${id}-list`}
          heading={t(
            listing === 'history' ? m.history : completions.items.some((item) => item.kind === 'field') ? m.completions : m.completionsAny,
          )}
          proposals={proposals}
          active={active}
          onActive={setActive}
          onAccept={(index) => {
            accept(index)
            input.current?.focus()
          }}
          note={
            draft === applied
              ? ''
              : count !== null
                ? t(m.wouldMatch, { count })
                : t(m.stillShowing, { shown: formatNumber(shown, language), total: formatNumber(packets, language) })
          }
        />
      )}
      {words !== undefined && !listOpen && problem === null && (
        <div className="fpop err-pop" id={`${id}-words`}>
          <Icon icon={Filter} className="f3" />
          <div>
            <div className="f1">{words[language]}</div>
            {draft !== applied && <div className="f3 t11">{count === null ? t(m.counting) : t(m.wouldMatch, { count })}</div>}
          </div>
        </div>
      )}
      {problem !== null && (
        <div className="fpop err-pop" id={`${id}-problem`} role="alert">
          <Icon icon={CircleAlert} className={state === 'hint' && failure === null ? 'warn-text' : 'bad-text'} />
          <div>
            <div className="f1">{problem}</div>
            {fresh !== null && fresh.end > fresh.start && failure === null && (
              <div className="f3 t11">{t(m.column, { column: fresh.start + 1 })}</div>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

function SavedFilters({
  session,
  text,
  valid,
  onUse,
}: {
  readonly session: CaptureSession
  readonly text: string
  readonly valid: boolean
  readonly onUse: (text: string) => void
}) {
  const app = useApp()
  const t = useT()
  const saved = useSetting('savedFilters')
  const history = useSetting('filterHistory')
  const menu = useMenuAnchor()
  const isSaved = saved.some((item) => item.text === text.trim())
  const use = (filter: string) => (): void => {
    session.filterDraft.set(filter)
    onUse(filter)
  }
  const items: MenuItem[] = [
    {
      id: 'save',
      label: t(m.saveCurrent),
      icon: Bookmark,
      disabled: !valid || isSaved,
      onSelect: () => {
        app.openDialog('save-filter', { text: text.trim() })
      },
    },
    {
      id: 'manage',
      label: t(m.manage),
      icon: Settings2,
      onSelect: () => {
        app.openDialog('settings', { page: 'filters' })
      },
    },
    { kind: 'separator', id: 's1' },
    { kind: 'heading', id: 'h1', label: t(saved.length === 0 ? m.none : m.savedHeading) },
    ...saved.map((item, index): MenuItem => ({ id: `saved-${String(index)}`, label: item.name, onSelect: use(item.text) })),
    ...(saved.length === 0
      ? []
      : [
          {
            kind: 'menu',
            id: 'remove',
            label: t(m.removeSaved),
            items: saved.map((item, index) => ({
              id: `remove-${String(index)}`,
              label: item.name,
              onSelect: () => {
                app.settings.update({ savedFilters: saved.filter((other) => other !== item) })
              },
            })),
          } satisfies MenuItem,
        ]),
    ...(history.length === 0
      ? []
      : [
          { kind: 'heading', id: 'h2', label: t(m.recentHeading) } satisfies MenuItem,
          ...history.slice(0, 8).map((item, index): MenuItem => ({ id: `recent-${String(index)}`, label: item, onSelect: use(item) })),
        ]),
  ]
  return (
    <>
      <IconButton
        label={t(m.saved)}
        icon={Bookmark}
        size="small"
        pressed={isSaved && text !== '' ? true : undefined}
        aria-haspopup="menu"
        onClick={(event) => {
          menu.openAt({ element: event.currentTarget })
        }}
      />
      {menu.anchor !== null && <Menu label={t(m.saved)} items={items} anchor={menu.anchor} onClose={menu.close} end />}
    </>
  )
}
