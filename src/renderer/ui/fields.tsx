// Form controls: text field, text area, check box, switch, labelled row.
import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Check } from 'lucide-react'
import { Icon } from './icon'

/** Props of TextField. With `error` the field is marked invalid and the text is printed below and announced. */
export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** The label is read out but not printed. */
  readonly hideLabel?: boolean
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly icon?: LucideIcon
  readonly mono?: boolean
  readonly end?: ReactNode
  readonly ref?: Ref<HTMLInputElement>
}

/** A single-line text field with a label above. */
export function TextField({
  label,
  value,
  onChange,
  hideLabel = false,
  error,
  hint,
  icon,
  mono = false,
  end,
  className = '',
  ...rest
}: TextFieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={`nf ${className}`}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : ''}>
        {label}
      </label>
      <span className={`inp ${error === undefined ? '' : 'bad'}`}>
        {icon !== undefined && <Icon icon={icon} />}
        <input
          id={id}
          type="text"
          spellCheck={false}
          autoComplete="off"
          className={mono ? 'mono' : ''}
          value={value}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={note === undefined ? undefined : noteId}
          onChange={(event) => {
            onChange(event.target.value)
          }}
          {...rest}
        />
        {end}
      </span>
      {note !== undefined && (
        <span id={noteId} role={error === undefined ? undefined : 'alert'} className={error === undefined ? 'f3' : 'bad-text'}>
          {note}
        </span>
      )}
    </div>
  )
}

/** Props of TextArea. */
export interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hideLabel?: boolean
  readonly ref?: Ref<HTMLTextAreaElement>
}

/** A text field of several lines with a label above. */
export function TextArea({ label, value, onChange, hideLabel = false, className = '', ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <div className={`nf ${className}`}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : ''}>
        {label}
      </label>
      <textarea
        id={id}
        className="inp area"
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
        }}
        {...rest}
      />
    </div>
  )
}

/** A check box with its label at the right. With `hideLabel` only the box shows. */
export function Checkbox({
  label,
  checked,
  onChange,
  disabled = false,
  hideLabel = false,
  hint,
}: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  readonly hideLabel?: boolean
  readonly hint?: string | undefined
}) {
  return (
    <label className={`tick ${disabled ? 'off' : ''}`}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.target.checked)
        }}
      />
      <span className="check" aria-hidden="true">
        <Icon icon={Check} size="small" />
      </span>
      <span className={hideLabel ? 'visually-hidden' : ''}>
        {label}
        {hint !== undefined && <span className="f3 t11 hint">{hint}</span>}
      </span>
    </label>
  )
}

/** An on/off switch that applies at once. */
export function Switch({
  label,
  checked,
  onChange,
  disabled = false,
}: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      className={`swt ${checked ? 'on' : ''}`}
      onClick={() => {
        onChange(!checked)
      }}
    >
      <i />
    </button>
  )
}

/** A settings row: name and hint at the left, the control at the right. */
export function FieldRow({ name, hint, children }: { readonly name: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <div className="sfr">
      <div>
        <div className="sfr-name">{name}</div>
        {hint !== undefined && <p>{hint}</p>}
      </div>
      <div className="row g8">{children}</div>
    </div>
  )
}
