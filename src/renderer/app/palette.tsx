// Command palette: one list for packets (#), commands (>), hosts (@) and streams (:).
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { ArrowLeftRight, FileText, Filter, Hash, Monitor, Search, type LucideIcon } from 'lucide-react'
import { rememberFocus } from '../ui/focus'
import { Icon } from '../ui/icon'
import { Key } from '../ui/button'
import { useApp } from './app-context'
import type { App } from './app-model'
import { COMMANDS } from './commands/commands'
import { shortcutText } from './commands/registry'
import type { Translate } from './i18n/messages'
import { paletteMessages as m } from './i18n/palette'
import { useT } from './i18n/use-t'

interface Entry {
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon | undefined
  readonly note: string | undefined
  readonly run: () => void
}

/** Score of a label for a query: higher is better, 0 is no match. Words match in any order; a match at a word's start counts more. */
export function paletteScore(label: string, query: string): number {
  const text = label.toLowerCase()
  let score = 1
  for (const word of query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '')) {
    const at = text.indexOf(word)
    if (at < 0) return 0
    score += at === 0 ? 4 : /[\s:(]/.test(text[at - 1] ?? '') ? 3 : 1
  }
  return score
}

function entriesFor(app: App, t: Translate, input: string): Entry[] {
  const prefix = ['#', '>', '@', ':'].find((sign) => input.startsWith(sign)) ?? ''
  const query = input.slice(prefix.length).trim()
  const session = app.active.get()
  const entries: Entry[] = []
  const filter = (id: string, label: string, icon: LucideIcon, text: string): void => {
    if (session === null) return
    entries.push({
      id,
      label,
      icon,
      note: undefined,
      run: () => {
        session.applyFilter(text).catch((error: unknown) => {
          app.report(error)
        })
      },
    })
  }
  const number = /^\d{1,10}$/.test(query) ? Number(query) : 0
  if ((prefix === '' || prefix === '#') && session !== null && number > 0 && number <= session.info.get().packets) {
    entries.push({
      id: 'packet',
      label: t(m.packet, { number: String(number) }),
      icon: Hash,
      note: undefined,
      run: () =>
        void session.goTo(number).catch((error: unknown) => {
          app.report(error)
        }),
    })
  }
  if ((prefix === '' || prefix === ':') && /^\d{1,9}$/.test(query) && session !== null) {
    filter('stream', t(m.stream, { number: query }), ArrowLeftRight, `tcp.stream == ${query}`)
  }
  if (prefix === '@' || prefix === '') {
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(query)) filter('host', t(m.host, { address: query }), Monitor, `ip.addr == ${query}`)
    else if (/^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}$/i.test(query) && query.length > 3)
      filter('host', t(m.host, { address: query }), Monitor, `ipv6.addr == ${query}`)
    else if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(query)) filter('host', t(m.host, { address: query }), Monitor, `eth.addr == ${query}`)
  }
  if (prefix === '' || prefix === '>') {
    const hits = COMMANDS.commands
      .filter((command) => command.keyOnly !== true && command.offered?.(app) !== false && command.enabled?.(app) !== false)
      .map((command) => ({
        command,
        label: t(command.title),
        score: paletteScore(`${t(command.title)} ${command.title.en as string}`, query),
      }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score)
    for (const { command, label } of hits) {
      entries.push({
        id: command.id,
        label,
        icon: command.icon,
        note: shortcutText(command, app.host.kind),
        run: () => COMMANDS.run(command.id, app),
      })
    }
  }
  if (prefix === '') {
    for (const other of app.captures.get()) {
      if (other === session) continue
      const label = t(m.capture, { name: other.info.get().name })
      if (query === '' || paletteScore(label, query) > 0) {
        entries.push({
          id: `capture-${String(other.id)}`,
          label,
          icon: FileText,
          note: undefined,
          run: () => {
            app.active.set(other)
          },
        })
      }
    }
    if (query.length > 1 && number === 0) filter('filter', t(m.filter, { text: query }), Filter, query)
  }
  return entries
}

/** The command palette. */
export function Palette({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const id = useId()
  const [input, setInput] = useState(text)
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const entries = useMemo(() => entriesFor(app, t, input), [app, t, input])
  useLayoutEffect(() => {
    const restore = rememberFocus()
    field.current?.focus()
    return restore
  }, [])
  useEffect(() => {
    document.body.dataset['modal'] = '1'
    return () => {
      delete document.body.dataset['modal']
    }
  }, [])
  const choose = (index: number): void => {
    const entry = entries[index]
    if (entry === undefined) return
    onClose()
    // After the focus has returned, so that the command can move it.
    setTimeout(entry.run, 0)
  }
  const go = (index: number): void => {
    const next = Math.min(Math.max(0, index), entries.length - 1)
    setActive(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  return createPortal(
    <div
      className="backdrop top"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="pal" role="dialog" aria-modal="true" aria-label={t(m.title)}>
        <div className="pq">
          <Icon icon={Search} />
          <input
            ref={field}
            role="combobox"
            aria-label={t(m.title)}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={entries.length > 0 ? `${id}-${String(active)}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={t(m.placeholder)}
            value={input}
            onChange={(event) => {
              setInput(event.target.value)
              setActive(0)
            }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'ArrowDown') go(active + 1 >= entries.length ? 0 : active + 1)
              else if (event.key === 'ArrowUp') go(active === 0 ? entries.length - 1 : active - 1)
              else if (event.key === 'PageDown') go(active + 8)
              else if (event.key === 'PageUp') go(active - 8)
              else if (event.key === 'Enter') choose(active)
              else if (event.key === 'Escape') onClose()
              else if (event.key !== 'Tab') return
              event.preventDefault()
              event.stopPropagation()
            }}
          />
          <Key>Esc</Key>
        </div>
        <ul ref={list} role="listbox" id={`${id}-list`} aria-label={t(m.title)} className="pal-list">
          {entries.map((entry, index) => (
            <li
              key={entry.id}
              id={`${id}-${String(index)}`}
              role="option"
              aria-selected={index === active}
              className={`pi ${index === active ? 'on' : ''}`}
              onPointerMove={() => {
                setActive(index)
              }}
              onClick={() => {
                choose(index)
              }}
            >
              <span className="row">{entry.icon !== undefined && <Icon icon={entry.icon} />}</span>
              <span className="cut">{entry.label}</span>
              {entry.note !== undefined && <Key>{entry.note}</Key>}
            </li>
          ))}
        </ul>
        {entries.length === 0 && <div className="pal-none f3">{t(m.nothing)}</div>}
        <div className="pal-foot">{t(m.hint)}</div>
        <div className="visually-hidden" aria-live="polite">
          {t(m.results, { count: entries.length })}
        </div>
      </div>
    </div>,
    document.body,
  )
}
