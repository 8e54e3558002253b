// Tabs: one row of tabs with arrow keys; the panel is the caller's.
import { useId, type ReactNode } from 'react'

/** One tab. */
export interface TabItem<V extends string> {
  readonly value: V
  readonly name: string
  readonly count?: string
}

/** A row of tabs; `panel` is drawn below in a tabpanel. Without `panel` only the row is drawn. */
export function Tabs<V extends string>({
  label,
  value,
  tabs,
  onChange,
  panel,
  className = '',
}: {
  readonly label: string
  readonly value: V
  readonly tabs: readonly TabItem<V>[]
  readonly onChange: (value: V) => void
  readonly panel?: ReactNode
  readonly className?: string
}) {
  const id = useId()
  const index = tabs.findIndex((tab) => tab.value === value)
  const go = (to: number, list: HTMLElement | null): void => {
    const tab = tabs[(to + tabs.length) % tabs.length]
    if (tab === undefined) return
    onChange(tab.value)
    list?.querySelectorAll<HTMLElement>('[role=tab]')[(to + tabs.length) % tabs.length]?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={label} className={`vt ${className}`}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${id}-${tab.value}`}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={panel === undefined ? undefined : `${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            className={tab.value === value ? 'on' : ''}
            onClick={() => {
              onChange(tab.value)
            }}
            onKeyDown={(event) => {
              const list = event.currentTarget.parentElement
              if (event.key === 'ArrowRight') go(index + 1, list)
              else if (event.key === 'ArrowLeft') go(index - 1, list)
              else if (event.key === 'Home') go(0, list)
              else if (event.key === 'End') go(tabs.length - 1, list)
              else return
              event.preventDefault()
            }}
          >
            {tab.name}
            {tab.count !== undefined && <span className="f3 num">{tab.count}</span>}
          </button>
        ))}
      </div>
      {panel !== undefined && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className="tabpanel">
          {panel}
        </div>
      )}
    </>
  )
}
