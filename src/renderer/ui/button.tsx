// Buttons: the framed button, the icon button, the segmented control and the key hint.
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Icon } from './icon'
import { Tooltip } from './tooltip'

/** Props of Button. `kind` primary is for the one main action of a dialog or view. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'normal' | 'primary' | 'ghost' | 'danger'
  readonly icon?: LucideIcon
  /** Shortcut printed at the right, already in the platform's form. */
  readonly shortcut?: string | undefined
  readonly ref?: Ref<HTMLButtonElement>
}

const KIND_CLASS = { normal: '', primary: 'pri', ghost: 'ghost', danger: 'bad' } as const

/** A framed button with text. */
export function Button({ kind = 'normal', icon, shortcut, className = '', children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={`btn ${KIND_CLASS[kind]} ${className}`} {...rest}>
      {icon !== undefined && <Icon icon={icon} />}
      {children}
      {shortcut !== undefined && <Key>{shortcut}</Key>}
    </button>
  )
}

/** Props of IconButton; `label` is its accessible name and tooltip. */
export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> {
  readonly label: string
  readonly icon: LucideIcon
  readonly size?: 'medium' | 'small'
  /** Pressed state of a toggle; leave out for a plain button. */
  readonly pressed?: boolean | undefined
  readonly shortcut?: string | undefined
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button that shows only an icon; its name appears as a tooltip. */
export function IconButton({
  label,
  icon,
  size = 'medium',
  pressed,
  shortcut,
  className = '',
  children,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        className={`ib ${size === 'small' ? 'xs' : ''} ${pressed === true ? 'on' : ''} ${className}`}
        {...rest}
      >
        <Icon icon={icon} />
        {children}
      </button>
    </Tooltip>
  )
}

/** A key or shortcut, printed as a small frame. */
export function Key({ children }: { readonly children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>
}

/** One option of a Segmented control. An option without a label shows its icon and has `name` as tooltip. */
export interface Segment<V extends string> {
  readonly value: V
  readonly name: string
  readonly icon?: LucideIcon
  readonly iconOnly?: boolean
  readonly disabled?: boolean
}

/** 2 to 5 exclusive options in one frame; a radio group for assistive technology, arrows move the choice. */
export function Segmented<V extends string>({
  label,
  value,
  options,
  onChange,
  className = '',
}: {
  readonly label: string
  readonly value: V
  readonly options: readonly Segment<V>[]
  readonly onChange: (value: V) => void
  readonly className?: string
}) {
  const step = (from: number, by: number, target: HTMLElement): void => {
    for (let offset = 1; offset <= options.length; offset++) {
      const index = (from + by * offset + options.length * offset) % options.length
      const option = options[index]
      if (option !== undefined && option.disabled !== true) {
        onChange(option.value)
        const button = target.closest('[role=radiogroup]')?.querySelectorAll<HTMLElement>('[role=radio]')[index]
        button?.focus()
        return
      }
    }
  }
  return (
    <div role="radiogroup" aria-label={label} className={`seg ${className}`}>
      {options.map((option, index) => {
        const button = (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            aria-label={option.iconOnly === true ? option.name : undefined}
            tabIndex={option.value === value ? 0 : -1}
            disabled={option.disabled}
            className={option.value === value ? 'on' : ''}
            onClick={() => {
              onChange(option.value)
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight' || event.key === 'ArrowDown') {
                event.preventDefault()
                step(index, 1, event.currentTarget)
              } else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') {
                event.preventDefault()
                step(index, -1, event.currentTarget)
              }
            }}
          >
            {option.icon !== undefined && <Icon icon={option.icon} />}
            {option.iconOnly === true ? null : option.name}
          </button>
        )
        return option.iconOnly === true ? (
          <Tooltip key={option.value} text={option.name}>
            {button}
          </Tooltip>
        ) : (
          button
        )
      })}
    </div>
  )
}
