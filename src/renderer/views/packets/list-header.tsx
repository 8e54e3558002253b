// Header of the packet list: sort by a click, drag to move, drag the edge to resize, context menu. By keyboard: arrows move between headers,
// Enter sorts, Shift+arrows move the column, Ctrl+arrows change its width.
import { useRef, useState } from 'react'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useApp, useSetting } from '../../app/app-context'
import { columnTitle } from '../../app/i18n/columns'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { isRightAligned, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, moveColumn, type Column } from '../../model/columns'
import { useStore } from '../../model/store'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor } from '../../ui/menu'
import { columnMenu } from './column-menu'
import { HEADER_HEIGHT } from './list-layout'

/** Distance the pointer must move before a press on a header becomes a drag. */
const DRAG_START = 5

/** The header row. */
export function ListHeader({
  session,
  columns,
  template,
}: {
  readonly session: CaptureSession
  readonly columns: readonly Column[]
  readonly template: string
}) {
  const app = useApp()
  const t = useT()
  const all = useSetting('columns')
  const sort = useStore(session.sort)
  const menu = useMenuAnchor()
  const [menuColumn, setMenuColumn] = useState<Column | null>(null)
  const [drop, setDrop] = useState<{ readonly id: string; readonly before: boolean } | null>(null)
  const press = useRef<{ id: string; x: number; dragging: boolean } | null>(null)
  const resize = useRef<{ id: string; x: number; width: number } | null>(null)
  const row = useRef<HTMLDivElement>(null)

  const setWidth = (id: string, width: number): void => {
    const next = Math.round(Math.min(Math.max(width, MIN_COLUMN_WIDTH), MAX_COLUMN_WIDTH))
    app.settings.drag({ columns: all.map((column) => (column.id === id ? { ...column, width: next } : column)) })
  }
  const move = (id: string, targetId: string, before: boolean): void => {
    if (id === targetId) return
    const from = all.findIndex((column) => column.id === id)
    const rest = all.filter((column) => column.id !== id)
    const target = rest.findIndex((column) => column.id === targetId)
    if (from >= 0 && target >= 0) app.settings.update({ columns: moveColumn(all, from, before ? target : target + 1) })
  }
  const toggleSort = (column: Column): void => {
    const same = sort?.column === column.content
    const next = !same
      ? { column: column.content, descending: false }
      : sort.descending
        ? null
        : { column: column.content, descending: true }
    session.sortBy(next).catch((error: unknown) => {
      session.fail(error)
    })
  }
  const openMenu = (column: Column, x: number, y: number): void => {
    setMenuColumn(column)
    menu.openAt({ x, y })
  }
  const targetAt = (x: number): { id: string; before: boolean } | null => {
    for (const cell of row.current?.querySelectorAll<HTMLElement>('[data-column]') ?? []) {
      const box = cell.getBoundingClientRect()
      if (x >= box.left && x < box.right) return { id: cell.dataset['column'] ?? '', before: x < box.left + box.width / 2 }
    }
    return null
  }
  return (
    <div ref={row} role="rowgroup" className="pr-head" style={{ height: HEADER_HEIGHT }}>
      <div role="row" aria-rowindex={1} className="pr hd" style={{ gridTemplateColumns: template }}>
        <span className="bar" role="presentation" />
        {columns.map((column, index) => {
          const sorted = sort?.column === column.content ? sort : null
          const title = columnTitle(column, t)
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={sorted === null ? undefined : sorted.descending ? 'descending' : 'ascending'}
              data-column={column.id}
              tabIndex={index === 0 ? 0 : -1}
              className={`hc ${isRightAligned(column.content) ? 'right' : ''} ${drop?.id === column.id ? (drop.before ? 'drop-before' : 'drop-after') : ''}`}
              onContextMenu={(event) => {
                event.preventDefault()
                event.stopPropagation()
                openMenu(column, event.clientX, event.clientY)
              }}
              onPointerDown={(event) => {
                if (event.button !== 0 || (event.target instanceof Element && event.target.classList.contains('grip'))) return
                event.currentTarget.setPointerCapture(event.pointerId)
                press.current = { id: column.id, x: event.clientX, dragging: false }
              }}
              onPointerMove={(event) => {
                const pressed = press.current
                if (pressed?.id !== column.id) return
                if (!pressed.dragging && Math.abs(event.clientX - pressed.x) < DRAG_START) return
                pressed.dragging = true
                setDrop(targetAt(event.clientX))
              }}
              onPointerUp={() => {
                const pressed = press.current
                press.current = null
                setDrop(null)
                if (pressed === null) return
                if (!pressed.dragging) toggleSort(column)
                else if (drop !== null) move(pressed.id, drop.id, drop.before)
              }}
              onPointerCancel={() => {
                press.current = null
                setDrop(null)
              }}
              onKeyDown={(event) => {
                const neighbour = columns[index + (event.key === 'ArrowRight' ? 1 : -1)]
                if (event.key === 'Enter' || event.key === ' ') toggleSort(column)
                else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
                  const box = event.currentTarget.getBoundingClientRect()
                  openMenu(column, box.left, box.bottom)
                } else if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
                else if (event.ctrlKey || event.metaKey) setWidth(column.id, column.width + (event.key === 'ArrowRight' ? 8 : -8))
                else if (event.shiftKey) {
                  if (neighbour !== undefined) move(column.id, neighbour.id, event.key === 'ArrowLeft')
                } else row.current?.querySelectorAll<HTMLElement>('[data-column]')[index + (event.key === 'ArrowRight' ? 1 : -1)]?.focus()
                event.preventDefault()
                event.stopPropagation()
              }}
            >
              <span className="cut">{title}</span>
              {sorted !== null && <Icon icon={sorted.descending ? ArrowDown : ArrowUp} size="small" />}
              <i
                className="grip"
                aria-hidden="true"
                title={t(m.resizeColumn, { column: title })}
                onPointerDown={(event) => {
                  event.preventDefault()
                  event.stopPropagation()
                  event.currentTarget.setPointerCapture(event.pointerId)
                  const box = event.currentTarget.parentElement?.getBoundingClientRect()
                  resize.current = { id: column.id, x: event.clientX, width: box?.width ?? column.width }
                }}
                onPointerMove={(event) => {
                  if (resize.current !== null) setWidth(resize.current.id, resize.current.width + event.clientX - resize.current.x)
                }}
                onPointerUp={(event) => {
                  event.stopPropagation()
                  resize.current = null
                }}
                onPointerCancel={() => {
                  resize.current = null
                }}
              />
            </span>
          )
        })}
      </div>
      {menu.anchor !== null && menuColumn !== null && (
        <Menu label={t(m.columnsMenu)} items={columnMenu(app, session, menuColumn)} anchor={menu.anchor} onClose={menu.close} />
      )}
    </div>
  )
}
