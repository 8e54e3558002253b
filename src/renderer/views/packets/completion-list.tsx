// The list below the filter box: completions of the word, or recent filters.
import { useEffect, useRef } from 'react'
import { filterMessages as m } from '../../app/i18n/filter'
import { formatNumber } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Key } from '../../ui/button'
import { protocolClass } from './tree-model'

/** One proposal. `replace` says whether it replaces the word at the cursor or everything; `matched` characters of it are typed already. */
export interface Proposal {
  readonly text: string
  readonly replace: 'word' | 'all'
  readonly type: string
  readonly label: string
  readonly packets: number | null
  readonly matched: number
}

/** The list of proposals; the focus stays in the filter box. */
export function CompletionList({
  id,
  heading,
  proposals,
  active,
  onActive,
  onAccept,
  note,
}: {
  readonly id: string
  readonly heading: string
  readonly proposals: readonly Proposal[]
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onAccept: (index: number) => void
  readonly note: string
}) {
  const t = useT()
  const language = useLanguage()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const counted = proposals.some((item) => item.packets !== null)
  return (
    <div className="fpop ac">
      <div className="hd">
        <span>{heading}</span>
        <span className="sp" />
        {counted && <span>{t(m.packets)}</span>}
      </div>
      <ul ref={list} id={id} role="listbox" aria-label={heading}>
        {proposals.map((item, index) => (
          <li
            key={`${item.text}-${String(index)}`}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            className={`it p-${protocolClass(item.text)} ${index === active ? 'on' : ''}`}
            onPointerMove={() => {
              if (index !== active) onActive(index)
            }}
            onPointerDown={(event) => {
              // The text field keeps the focus.
              event.preventDefault()
              onAccept(index)
            }}
          >
            <span className="dot" />
            <span className="mono cut">
              <b>{item.text.slice(0, item.matched)}</b>
              {item.text.slice(item.matched)}
            </span>
            <span className="ty cut">
              <span className="mono">{item.type}</span>
              <span className="cut">{item.label}</span>
            </span>
            <span className="num f3 t11">{item.packets === null ? '' : formatNumber(item.packets, language)}</span>
          </li>
        ))}
      </ul>
      <div className="ft">
        <span>
          <Key>Tab</Key> {t(m.accept)}
        </span>
        <span>
          <Key>↵</Key> {t(m.applyKey)}
        </span>
        <span className="sp" />
        <span>{note}</span>
      </div>
      <div className="visually-hidden" aria-live="polite">
        {t(m.results, { count: proposals.length })}
      </div>
    </div>
  )
}
