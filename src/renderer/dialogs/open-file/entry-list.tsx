// A list of things to open, worked by keyboard: arrows, Home, End, PageUp, PageDown, Enter, Backspace.
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react'

/** One line: its key, what assistive technology reads, and its cells. */
export interface EntryRow {
  readonly id: string
  readonly label: string
  readonly disabled?: boolean
  readonly content: ReactNode
}

/** Props of EntryList. `active` is an index, or -1. */
export interface EntryListProps {
  readonly label: string
  readonly rows: readonly EntryRow[]
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onChoose: (index: number) => void
  readonly onBack?: (() => void) | undefined
  readonly listRef?: Ref<HTMLUListElement>
  readonly autoFocus?: boolean
}

/** Where a key moves the active line to, or null when it is none of the list's keys. */
export function listMove(key: string, active: number, count: number): number | null {
  const last = count - 1
  if (key === 'ArrowDown') return Math.min(last, active + 1)
  if (key === 'ArrowUp') return Math.max(0, active - 1)
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'PageDown') return Math.min(last, active + 12)
  if (key === 'PageUp') return Math.max(0, active - 12)
  return null
}

/** A list box. A click chooses the line; Enter chooses the active one. */
export function EntryList({ label, rows, active, onActive, onChoose, onBack, autoFocus = false }: EntryListProps) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const onKey = (event: KeyboardEvent): void => {
    const to = listMove(event.key, active, rows.length)
    if (to !== null && rows.length > 0) onActive(to)
    else if (event.key === 'Enter' && active >= 0) onChoose(active)
    else if (event.key === 'Backspace' && onBack !== undefined) onBack()
    else return
    event.preventDefault()
  }
  return (
    <ul
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      className="dl-list"
      data-autofocus={autoFocus ? '' : undefined}
      aria-activedescendant={rows[active] === undefined ? undefined : `${id}-${String(active)}`}
      onKeyDown={onKey}
    >
      {rows.map((row, index) => (
        <li
          key={row.id}
          id={`${id}-${String(index)}`}
          role="option"
          aria-label={row.label}
          aria-selected={index === active}
          aria-disabled={row.disabled === true ? true : undefined}
          className={`dl-row ${index === active ? 'on' : ''} ${row.disabled === true ? 'off' : ''}`}
          onClick={() => {
            onActive(index)
            if (row.disabled !== true) onChoose(index)
          }}
        >
          {row.content}
        </li>
      ))}
    </ul>
  )
}
