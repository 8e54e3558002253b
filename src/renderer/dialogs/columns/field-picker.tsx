// Finds a field (of the engine's field table) or a built-in column by name, and adds it.
import { useEffect, useId, useState } from 'react'
import { Search } from 'lucide-react'
import type { FieldInfo } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp, useSetting } from '../../app/app-context'
import { COLUMN_TITLES } from '../../app/i18n/columns'
import { columnMessages as m } from '../../app/i18n/dialogs'
import { useT } from '../../app/i18n/use-t'
import { useStore } from '../../model/store'
import { BUILT_IN_CONTENTS, type BuiltInContent } from '../../model/columns'
import { TextField } from '../../ui/fields'
import { listMove } from '../open-file/entry-list'

/** What was picked. */
export type Pick = { readonly kind: 'field'; readonly name: string } | { readonly kind: 'built-in'; readonly content: BuiltInContent }

/** A search field with its hits below. Enter adds the marked hit. */
export function FieldPicker({ onPick }: { readonly onPick: (pick: Pick) => void }) {
  const app = useApp()
  const t = useT()
  const id = useId()
  const columns = useSetting('columns')
  const session = useStore(app.active)
  const [text, setText] = useState('')
  const [fields, setFields] = useState<readonly FieldInfo[] | null>(null)
  const [active, setActive] = useState(0)
  const query = text.trim()
  const captureId = session?.id ?? null
  useEffect(() => {
    if (query === '') return undefined
    const abort = new AbortController()
    app.client.call('fields.search', { captureId, text: query, limit: 40 }, { signal: abort.signal }).then(
      (answer) => {
        setFields(answer.fields)
      },
      (error: unknown) => {
        if (!isCancelled(error)) setFields([])
      },
    )
    return () => {
      abort.abort()
    }
  }, [app, captureId, query])
  const taken = new Set(columns.map((column) => column.content))
  const words = query.toLowerCase()
  const builtIn = BUILT_IN_CONTENTS.filter(
    (content) =>
      !taken.has(content) && (query === '' || t(COLUMN_TITLES[content]).toLowerCase().includes(words) || content.includes(words)),
  )
  const hits: readonly { readonly key: string; readonly main: string; readonly side: string; readonly pick: Pick }[] =
    query === '' && text === ''
      ? builtIn.map((content) => ({
          key: content,
          main: t(COLUMN_TITLES[content]),
          side: t(m.builtIn),
          pick: { kind: 'built-in', content },
        }))
      : [
          ...builtIn.map((content) => ({
            key: content,
            main: t(COLUMN_TITLES[content]),
            side: t(m.builtIn),
            pick: { kind: 'built-in', content } as const,
          })),
          ...(fields ?? []).map((field) => ({
            key: `field:${field.name}`,
            main: field.name,
            side: field.label,
            pick: { kind: 'field', name: field.name } as const,
          })),
        ]
  const pick = (index: number): void => {
    const hit = hits[index]
    if (hit === undefined) return
    onPick(hit.pick)
    setText('')
    setActive(0)
  }
  return (
    <div className="fp">
      <TextField
        label={t(m.add)}
        icon={Search}
        mono
        placeholder={t(m.search)}
        value={text}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={hits[active] === undefined ? undefined : `${id}-${String(active)}`}
        onChange={(value) => {
          setText(value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          const to = event.key === 'Home' || event.key === 'End' ? null : listMove(event.key, active, hits.length)
          if (to !== null && hits.length > 0) {
            event.preventDefault()
            setActive(to)
            document.getElementById(`${id}-${String(to)}`)?.scrollIntoView({ block: 'nearest' })
          } else if (event.key === 'Enter') {
            event.preventDefault()
            pick(active)
          }
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t(m.add)} className="fp-list">
        {hits.map((hit, index) => (
          <li
            key={hit.key}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            className={`fp-row ${index === active ? 'on' : ''}`}
            onPointerMove={() => {
              setActive(index)
            }}
            onClick={() => {
              pick(index)
            }}
          >
            <span className={hit.pick.kind === 'field' ? 'mono cut' : 'cut'}>{hit.main}</span>
            <span className="f3 t11 cut">{hit.side}</span>
          </li>
        ))}
      </ul>
      {query !== '' && fields !== null && hits.length === 0 && <p className="f3 t11">{t(m.noField, { text: query })}</p>}
    </div>
  )
}
