// A sorted table of any number of rows as an ARIA grid: only the rows in view exist. Arrows move the selection, a header sorts.
import { memo, useEffect, useRef, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ListScroller } from '../../model/list-scroller'
import type { RowCache } from '../../model/row-cache'
import { revealRow, scrollScale } from '../../model/scroll-scale'
import { Icon } from '../../ui/icon'
import { useListScroll } from '../packets/use-list-scroll'
import { useSize } from '../packets/use-size'

/** One column. Numbers stand at the right. */
export interface TableColumn<R, S extends string> {
  readonly id: string
  readonly title: string
  readonly width: number
  /** Takes what is left of the width. */
  readonly grows?: boolean
  readonly numeric?: boolean
  readonly sort?: S
  readonly cell: (row: R) => ReactNode
}

const HEADER_HEIGHT = 26

/** The table. */
export function DataTable<R, S extends string>({
  label,
  columns,
  rows,
  rowCount,
  rowHeight,
  scroller,
  selected,
  isSelected,
  sort,
  foot,
  onSort,
  onSelect,
  onOpen,
  onKey,
}: {
  readonly label: string
  readonly columns: readonly TableColumn<R, S>[]
  readonly rows: RowCache<R>
  readonly rowCount: number
  readonly rowHeight: number
  readonly scroller: ListScroller
  /** Row that has the focus, or -1. */
  readonly selected: number
  readonly isSelected: (row: R) => boolean
  readonly sort: { readonly by: S; readonly descending: boolean }
  /** Cells of the row of sums, by column. */
  readonly foot?: Readonly<Partial<Record<string, ReactNode>>>
  readonly onSort: (by: S, descending: boolean) => void
  readonly onSelect: (row: R, index: number) => void
  readonly onOpen?: (row: R) => void
  /** Other keys; answers whether it took one. */
  readonly onKey?: (event: KeyboardEvent, row: R | undefined) => boolean
}) {
  const element = useRef<HTMLDivElement>(null)
  const size = useSize(element)
  const version = useSyncExternalStore(rows.subscribe, rows.getVersion)
  const footHeight = foot === undefined ? 0 : HEADER_HEIGHT
  const viewport = Math.max(0, size.height - HEADER_HEIGHT - footHeight)
  const scroll = useListScroll(element, scroller, rowCount, rowHeight, viewport)
  const scale = scrollScale(rowCount, rowHeight, viewport)
  const top = scale.clamp(scroll.top)
  const first = Math.floor(top / rowHeight)
  const last = Math.min(rowCount - 1, Math.ceil((top + viewport) / rowHeight))
  useEffect(() => {
    if (rowCount > 0 && viewport > 0) rows.want(first, last, scroll.direction)
  }, [rows, first, last, scroll.direction, rowCount, viewport])
  const template = columns.map(({ width, grows }) => (grows === true ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ')
  const minWidth = columns.reduce((sum, { width }) => sum + width, 16)

  const go = (index: number): void => {
    const next = Math.min(Math.max(0, index), rowCount - 1)
    const row = rows.row(next)
    scroller.scrollTo(revealRow(next, scroller.top, rowHeight, viewport))
    if (row !== undefined) onSelect(row, next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return
    const row = rows.row(selected)
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1)
    if (onKey?.(event, row) === true) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown' || event.key === 'j') go(selected + 1)
    else if (event.key === 'ArrowUp' || event.key === 'k') go(selected - 1)
    else if (event.key === 'PageDown') go(selected + page)
    else if (event.key === 'PageUp') go(selected - page)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rowCount - 1)
    else if (event.key === 'ArrowRight') event.currentTarget.scrollLeft += 40
    else if (event.key === 'ArrowLeft') event.currentTarget.scrollLeft -= 40
    else if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) onOpen(row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const slots = Math.ceil(viewport / rowHeight) + 2
  const shown: ReactNode[] = []
  for (let index = first; index <= last; index++) {
    const row = rows.row(index)
    shown.push(
      <TableRow
        // The element of a row that has left is used again for one that comes.
        key={index % slots}
        index={index}
        row={row}
        columns={columns}
        template={template}
        height={rowHeight}
        selected={row !== undefined && isSelected(row)}
      />,
    )
  }
  const at = (event: { readonly target: EventTarget }): { readonly index: number; readonly row: R | undefined } => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    const index = Number(element?.dataset['row'] ?? -1)
    return { index, row: rows.row(index) }
  }
  return (
    <div
      ref={element}
      className="dt"
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selected >= first && selected <= last ? rowId(selected) : undefined}
      tabIndex={0}
      data-pane="list"
      data-pane-focus=""
      data-version={version}
      onKeyDown={onKeyDown}
      onScroll={() => {
        scroller.scrolled()
      }}
    >
      <div role="presentation" style={{ height: HEADER_HEIGHT + scale.elementHeight + footHeight, minWidth }}>
        <div className="dt-view" role="presentation" style={{ height: size.height }}>
          <div className="dr dt-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, height: HEADER_HEIGHT }}>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </div>
          <div
            className="dt-rows"
            role="rowgroup"
            style={{ height: viewport }}
            onPointerDown={(event) => {
              const { index, row } = at(event)
              if (event.button === 0 && row !== undefined) onSelect(row, index)
            }}
            onDoubleClick={(event) => {
              const { row } = at(event)
              if (row !== undefined) onOpen?.(row)
            }}
          >
            <div role="presentation" style={{ transform: `translateY(${String(Math.round(first * rowHeight - top))}px)` }}>
              {shown}
            </div>
          </div>
          {foot !== undefined && (
            <div className="dr dt-foot" role="row" style={{ gridTemplateColumns: template, height: footHeight }}>
              {columns.map((column) => (
                <span key={column.id} role="gridcell" className={column.numeric === true ? 'n' : ''}>
                  {foot[column.id]}
                </span>
              ))}
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

interface RowProps<R, S extends string> {
  readonly index: number
  readonly row: R | undefined
  readonly columns: readonly TableColumn<R, S>[]
  readonly template: string
  readonly height: number
  readonly selected: boolean
}

function TableRowView<R, S extends string>({ index, row, columns, template, height, selected }: RowProps<R, S>) {
  return (
    <div
      role="row"
      id={rowId(index)}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`dr ${selected ? 'sel' : ''}`}
      style={{ gridTemplateColumns: template, height }}
    >
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className={column.numeric === true ? 'n' : ''}>
          {row === undefined ? null : column.cell(row)}
        </span>
      ))}
    </div>
  )
}
/** Rows that stay the same are not drawn again while others come. */
const TableRow = memo(TableRowView) as typeof TableRowView

function HeaderCell<R, S extends string>({
  column,
  sort,
  onSort,
}: {
  readonly column: TableColumn<R, S>
  readonly sort: { readonly by: S; readonly descending: boolean }
  readonly onSort: (by: S, descending: boolean) => void
}) {
  const by = column.sort
  const on = by !== undefined && sort.by === by
  return (
    <span
      role="columnheader"
      className={column.numeric === true ? 'n' : ''}
      aria-sort={on ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {by === undefined ? (
        column.title
      ) : (
        <button
          type="button"
          onClick={() => {
            onSort(by, on ? !sort.descending : column.numeric === true && by !== ('id' as S) && by !== ('start' as S))
          }}
        >
          {column.title}
          {on && <Icon icon={sort.descending ? ArrowDown : ArrowUp} size="small" />}
        </button>
      )}
    </span>
  )
}

function rowId(index: number): string {
  return `table-row-${String(index)}`
}
