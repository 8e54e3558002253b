// Modal dialog: focus is trapped inside and given back; Escape and the backdrop cancel. Use <DialogHost> names instead of mounting it by hand.
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { X } from 'lucide-react'
import { useT } from '../app/i18n/use-t'
import { uiMessages } from '../app/i18n/ui'
import { IconButton } from './button'
import { focusableIn, rememberFocus, trapTab } from './focus'

/** Props of Dialog. */
export interface DialogProps {
  /** The question or the name of the task. */
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons of the foot, destructive ones first, then a spacer, then cancel and the primary one. */
  readonly actions?: ReactNode
  /** Width in pixels; the window limits it. */
  readonly width?: number
  /** Height in pixels for dialogs whose content scrolls; otherwise the content decides. */
  readonly height?: number
  /** False for dialogs that must be answered: then neither Escape nor the backdrop close it. */
  readonly dismissable?: boolean
  /** Submitting (Enter in a text field) runs this. */
  readonly onSubmit?: () => void
  readonly className?: string
}

/** A modal dialog with a title bar, a scrolling body and a foot of actions. */
export function Dialog({
  title,
  onClose,
  children,
  actions,
  width = 480,
  height,
  dismissable = true,
  onSubmit,
  className = '',
}: DialogProps) {
  const t = useT()
  const titleId = useId()
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const restore = rememberFocus()
    const root = box.current
    if (root !== null && !root.contains(document.activeElement)) {
      const wanted = root.querySelector<HTMLElement>('[data-autofocus]')
      const body = root.querySelector<HTMLElement>('.dlg-body')
      const first = wanted ?? (body === null ? undefined : focusableIn(body)[0]) ?? root
      first.focus()
      if (first instanceof HTMLInputElement && first.type === 'text') first.select()
    }
    return restore
  }, [])
  useEffect(() => {
    document.body.dataset['modal'] = String(Number(document.body.dataset['modal'] ?? '0') + 1)
    return () => {
      const left = Number(document.body.dataset['modal'] ?? '1') - 1
      if (left > 0) document.body.dataset['modal'] = String(left)
      else delete document.body.dataset['modal']
    }
  }, [])
  return createPortal(
    <div
      className="backdrop"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget && dismissable) onClose()
      }}
    >
      <div
        ref={box}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        className={`dlg ${className}`}
        style={height === undefined ? { width } : { width, height }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && dismissable && !event.defaultPrevented) {
            event.stopPropagation()
            onClose()
            return
          }
          trapTab(event, event.currentTarget)
        }}
      >
        <form
          noValidate
          className="dlg-form"
          onSubmit={(event) => {
            event.preventDefault()
            onSubmit?.()
          }}
        >
          <div className="dlg-head">
            <h2 id={titleId}>{title}</h2>
            {dismissable && <IconButton label={t(uiMessages.close)} icon={X} size="small" onClick={onClose} />}
          </div>
          <div className="dlg-body">{children}</div>
          {actions !== undefined && <div className="dlg-foot">{actions}</div>}
        </form>
      </div>
    </div>,
    document.body,
  )
}
