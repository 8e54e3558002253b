// Toasts: bottom right, 5 s, at most two, paused while hovered; announced politely. Never for an error that needs an answer.
import { useEffect, useRef, useState } from 'react'
import { CircleAlert, CircleCheck, Copy, Info, X } from 'lucide-react'
import { useT } from '../app/i18n/use-t'
import { uiMessages } from '../app/i18n/ui'
import { createStore, useStore, type Store } from '../model/store'
import { IconButton } from './button'
import { Icon } from './icon'

/** One message for the user. */
export interface Toast {
  readonly kind: 'ok' | 'info' | 'bad'
  readonly title: string
  readonly text?: string | undefined
  /** A button, for example Undo or Show. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

interface ShownToast extends Toast {
  readonly id: number
}

/** The toasts on screen; made once per application. */
export interface Toasts {
  readonly shown: Store<readonly ShownToast[]>
  show(toast: Toast): void
  dismiss(id: number): void
}

/** Makes the toast list. */
export function createToasts(): Toasts {
  const shown = createStore<readonly ShownToast[]>([])
  let nextId = 1
  return {
    shown,
    show(toast) {
      shown.set((previous) => [...previous.slice(-1), { ...toast, id: nextId++ }])
    },
    dismiss(id) {
      shown.set((previous) => previous.filter((toast) => toast.id !== id))
    },
  }
}

const ICONS = { ok: CircleCheck, info: Info, bad: CircleAlert } as const
const LIFE_MS = 5000

/** Draws the toasts; mounted once by the shell. */
export function ToastArea({ toasts }: { readonly toasts: Toasts }) {
  const t = useT()
  const shown = useStore(toasts.shown)
  return (
    <section className="toasts" aria-label={t(uiMessages.notifications)} aria-live="polite">
      {shown.map((toast) => (
        <ToastBox
          key={toast.id}
          toast={toast}
          onDismiss={() => {
            toasts.dismiss(toast.id)
          }}
        />
      ))}
    </section>
  )
}

function ToastBox({ toast, onDismiss }: { readonly toast: ShownToast; readonly onDismiss: () => void }) {
  const t = useT()
  const [held, setHeld] = useState(false)
  const dismiss = useRef(onDismiss)
  useEffect(() => {
    dismiss.current = onDismiss
  })
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => {
      dismiss.current()
    }, LIFE_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [held])
  return (
    <div
      className={`toast ${toast.kind}`}
      onPointerEnter={() => {
        setHeld(true)
      }}
      onPointerLeave={() => {
        setHeld(false)
      }}
      onFocus={() => {
        setHeld(true)
      }}
      onBlur={() => {
        setHeld(false)
      }}
    >
      <Icon icon={ICONS[toast.kind]} />
      <div className="toast-text">
        <div className="b5">{toast.title}</div>
        {toast.text !== undefined && <div className="f2">{toast.text}</div>}
      </div>
      {toast.action !== undefined && (
        <button
          type="button"
          className="link"
          onClick={() => {
            toast.action?.run()
            onDismiss()
          }}
        >
          {toast.action.label}
        </button>
      )}
      {toast.kind === 'bad' && (
        <IconButton
          label={t(uiMessages.copy)}
          icon={Copy}
          size="small"
          onClick={() => void navigator.clipboard.writeText([toast.title, toast.text ?? ''].join(' ').trim())}
        />
      )}
      <IconButton label={t(uiMessages.dismiss)} icon={X} size="small" onClick={onDismiss} />
    </div>
  )
}
