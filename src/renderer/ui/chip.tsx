// Chips: round for a fact, square and mono for a packet.
import type { ReactNode } from 'react'

/** A fact, not clickable. `ok`, `warn` and `bad` must come with an icon or a word. */
export function Chip({
  kind = 'plain',
  children,
  className = '',
}: {
  readonly kind?: 'plain' | 'ok' | 'warn' | 'bad' | 'dash'
  readonly children: ReactNode
  readonly className?: string
}) {
  return <span className={`chip ${kind === 'plain' ? '' : kind} ${className}`}>{children}</span>
}

/** Evidence: a packet number that selects the packet everywhere. */
export function PacketLink({
  number,
  label,
  onOpen,
}: {
  readonly number: number
  readonly label: string
  readonly onOpen: (number: number) => void
}) {
  return (
    <button
      type="button"
      className="chip ev"
      aria-label={label}
      onClick={() => {
        onOpen(number)
      }}
    >
      #{number}
    </button>
  )
}
