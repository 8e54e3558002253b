// Find bar (Ctrl+F): text, hex, regular expression or display filter, in list, details or bytes. Enter next, Shift+Enter previous.
import { useEffect, useRef } from 'react'
import { ArrowDown, ArrowUp, CaseSensitive, Search, X } from 'lucide-react'
import { useApp } from '../../app/app-context'
import { focusPane } from '../../app/commands/panes'
import { findAgain, stopSearch } from '../../app/commands/search'
import type { FindState } from '../../app/app-model'
import type { PlainMessage } from '../../app/i18n/messages'
import { findMessages as m } from '../../app/i18n/find'
import { useT } from '../../app/i18n/use-t'
import { patch, useStore } from '../../model/store'
import { IconButton } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Select } from '../../ui/select'

const PLACEHOLDERS: Readonly<Record<FindState['kind'], PlainMessage>> = {
  string: m.placeholderString,
  hex: m.placeholderHex,
  regex: m.placeholderRegex,
  filter: m.placeholderFilter,
}

/** The find bar; draws nothing while it is closed. */
export function FindBar() {
  const app = useApp()
  const t = useT()
  const find = useStore(app.find)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!find.open) return
    input.current?.focus()
    input.current?.select()
  }, [find.open])
  if (!find.open) return null
  const close = (): void => {
    stopSearch()
    patch(app.find, { open: false, outcome: null })
    focusPane('list')
  }
  const run = (backwards: boolean): void => {
    findAgain(app, backwards).catch((error: unknown) => {
      app.report(error)
    })
  }
  const placed = find.kind === 'string' || find.kind === 'regex'
  const status = find.busy ? t(m.searching) : find.outcome === 'none' ? t(m.notFound) : find.outcome === 'wrapped' ? t(m.wrapped) : ''
  return (
    <div
      className="findbar"
      role="search"
      aria-label={t(m.title)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <span className={`inp ${find.outcome === 'none' ? 'bad' : ''}`}>
        <Icon icon={Search} />
        <input
          ref={input}
          id="find-input"
          aria-label={t(PLACEHOLDERS[find.kind])}
          placeholder={t(PLACEHOLDERS[find.kind])}
          className={find.kind === 'string' ? '' : 'mono'}
          spellCheck={false}
          autoComplete="off"
          value={find.text}
          onChange={(event) => {
            patch(app.find, { text: event.target.value, outcome: null })
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            run(event.shiftKey)
          }}
        />
        <span className="f3 t11" aria-live="polite">
          {status}
        </span>
      </span>
      <IconButton
        label={t(m.previous)}
        icon={ArrowUp}
        shortcut="Shift+F3"
        disabled={find.text === ''}
        onClick={() => {
          run(true)
        }}
      />
      <IconButton
        label={t(m.next)}
        icon={ArrowDown}
        shortcut="F3"
        disabled={find.text === ''}
        onClick={() => {
          run(false)
        }}
      />
      <span className="vr" />
      <Select
        label={t(m.kind)}
        value={find.kind}
        options={[
          { value: 'string', name: t(m.string) },
          { value: 'hex', name: t(m.hex) },
          { value: 'regex', name: t(m.regex) },
          { value: 'filter', name: t(m.filter) },
        ]}
        onChange={(kind) => {
          patch(app.find, { kind, outcome: null })
        }}
      />
      {placed && (
        <>
          <Select
            label={t(m.where)}
            value={find.where}
            options={[
              { value: 'list', name: t(m.list) },
              { value: 'tree', name: t(m.tree) },
              { value: 'bytes', name: t(m.bytes) },
            ]}
            onChange={(where) => {
              patch(app.find, { where, outcome: null })
            }}
          />
          <IconButton
            label={t(m.matchCase)}
            icon={CaseSensitive}
            pressed={find.matchCase}
            onClick={() => {
              patch(app.find, { matchCase: !find.matchCase, outcome: null })
            }}
          />
        </>
      )}
      <span className="sp" />
      <IconButton label={t(m.close)} icon={X} onClick={close} />
    </div>
  )
}
