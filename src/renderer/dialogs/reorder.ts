// Moving lines of a list: by Alt with the arrow keys, or by dragging.
import { useState, type DragEvent, type KeyboardEvent } from 'react'

/** Moves an item; out-of-range moves return the same list. */
export function moveItem<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length || from === to) return items
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

/** Handlers for one line of a reorderable list. */
export interface ReorderHandlers {
  readonly draggable: boolean
  readonly onDragStart: (event: DragEvent) => void
  readonly onDragOver: (event: DragEvent) => void
  readonly onDrop: (event: DragEvent) => void
  readonly onDragEnd: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** Set while another line is dragged over this one. */
  readonly 'data-over': boolean | undefined
}

/** Drag and keyboard handlers by line; `onMove` gets the old and the new index. The line that moves keeps the focus. */
export function useReorder(count: number, onMove: (from: number, to: number) => void): (index: number) => ReorderHandlers {
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const end = (): void => {
    setDragged(null)
    setOver(null)
  }
  return (index) => ({
    draggable: true,
    onDragStart: (event) => {
      // Dragging begins on the line, not while text in one of its fields is selected.
      if (event.target instanceof HTMLInputElement) return
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', String(index))
      setDragged(index)
    },
    onDragOver: (event) => {
      if (dragged === null) return
      event.preventDefault()
      setOver(index)
    },
    onDrop: (event) => {
      event.preventDefault()
      event.stopPropagation()
      if (dragged !== null && dragged !== index) onMove(dragged, index)
      end()
    },
    onDragEnd: end,
    onKeyDown: (event) => {
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (!event.altKey || by === 0) return
      event.preventDefault()
      const to = index + by
      if (to < 0 || to >= count) return
      const line = event.currentTarget
      const list = line.parentElement
      const focused = document.activeElement
      const path =
        focused instanceof HTMLElement && line.contains(focused)
          ? [...line.querySelectorAll('input,button,[tabindex]')].indexOf(focused)
          : -1
      onMove(index, to)
      requestAnimationFrame(() => {
        const target = list?.children[to]
        const inner = path < 0 ? undefined : target?.querySelectorAll<HTMLElement>('input,button,[tabindex]')[path]
        ;(inner ?? (target instanceof HTMLElement ? target : undefined))?.focus()
      })
    },
    'data-over': over === index && dragged !== null && dragged !== index ? true : undefined,
  })
}
