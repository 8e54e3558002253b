// Panes of the window in focus order. A pane is any element with data-pane; F6 moves between those on screen.

/** Order of the panes; must be the order of patterns.md. */
export const PANE_ORDER = [
  'title',
  'rail',
  'start',
  'start-files',
  'toolbar',
  'overview',
  'list',
  'details',
  'bytes',
  'inspector',
  'status',
] as const
export type PaneId = (typeof PANE_ORDER)[number]

const FOCUS_INSIDE = '[data-pane-focus],[tabindex="0"],button:not([disabled]),input:not([disabled])'

function paneElement(id: PaneId): HTMLElement | null {
  const element = document.querySelector<HTMLElement>(`[data-pane="${id}"]`)
  return element !== null && element.getClientRects().length > 0 ? element : null
}

/** Moves the focus into a pane. Returns false when the pane is not on screen or has nothing to focus. */
export function focusPane(id: PaneId): boolean {
  const pane = paneElement(id)
  if (pane === null) return false
  const target = pane.hasAttribute('data-pane-focus')
    ? pane
    : (pane.querySelector<HTMLElement>('[data-pane-focus]') ?? pane.querySelector<HTMLElement>(FOCUS_INSIDE))
  if (target === null) return false
  target.focus()
  return true
}

/** Moves the focus to the next or previous pane, around the window. */
export function cyclePane(by: 1 | -1): void {
  const active = document.activeElement
  const current = active instanceof HTMLElement ? active.closest<HTMLElement>('[data-pane]')?.dataset['pane'] : undefined
  const from = PANE_ORDER.findIndex((id) => id === current)
  // From outside all panes, the list is the natural first stop.
  if (from < 0 && focusPane('list')) return
  for (let step = 1; step <= PANE_ORDER.length; step++) {
    const id = PANE_ORDER[(from + by * step + PANE_ORDER.length * 2) % PANE_ORDER.length]
    if (id !== undefined && focusPane(id)) return
  }
}
