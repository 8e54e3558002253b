// Select: a button that shows the chosen option and opens a menu of all.
import { useRef, useState } from 'react'
import { ChevronDown, type LucideIcon } from 'lucide-react'
import { Icon } from './icon'
import { Menu, type MenuItem } from './menu'

/** One option of a Select. */
export interface Option<V extends string> {
  readonly value: V
  readonly name: string
  readonly disabled?: boolean
  readonly reason?: string
}

/** Props of Select. `label` is the accessible name; it is not printed. */
export interface SelectProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly Option<V>[]
  readonly onChange: (value: V) => void
  readonly icon?: LucideIcon
  readonly disabled?: boolean
  readonly className?: string
  readonly end?: boolean
  /** Entries added below the options, for example "Precision". */
  readonly more?: readonly MenuItem[]
  readonly id?: string
}

/** A drop-down of exclusive options. */
export function Select<V extends string>({
  label,
  value,
  options,
  onChange,
  icon,
  disabled,
  className = '',
  end = false,
  more,
  id,
}: SelectProps<V>) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<HTMLElement | null>(null)
  const current = options.find((option) => option.value === value)
  const items: MenuItem[] = options.map((option) => ({
    id: option.value,
    label: option.name,
    checked: option.value === value,
    radio: true,
    disabled: option.disabled,
    reason: option.reason,
    onSelect: () => {
      onChange(option.value)
    },
  }))
  return (
    <>
      <button
        ref={button}
        id={id}
        type="button"
        className={`btn select ${className}`}
        disabled={disabled}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-label={`${label}: ${current?.name ?? ''}`}
        onClick={() => {
          setOpen(open === null ? button.current : null)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setOpen(button.current)
          }
        }}
      >
        {icon !== undefined && <Icon icon={icon} />}
        <span className="cut label">{current?.name ?? ''}</span>
        <Icon icon={ChevronDown} size="small" />
      </button>
      {open !== null && (
        <Menu
          label={label}
          items={more === undefined ? items : [...items, ...more]}
          anchor={{ element: open }}
          end={end}
          onClose={() => {
            setOpen(null)
          }}
        />
      )}
    </>
  )
}
