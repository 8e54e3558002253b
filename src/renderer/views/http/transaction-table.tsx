// The table of transactions: rows in view only, one tab stop, with the waterfall on the real clock in the last column.
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { HttpRow, HttpSort } from '../../../shared/contract'
import { useSetting } from '../../app/app-context'
import { formatBytes, formatSeconds } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import type { PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { revealRow, scrollScale } from '../../model/scroll-scale'
import { ROW_HEIGHTS } from '../../model/settings'
import { Icon } from '../../ui/icon'
import { useSize } from '../packets/use-size'
import type { HttpQuery, Span } from './http-state'
import type { Transactions } from './use-transactions'
import { Axis, Bar } from './waterfall'

const HEADER = 28
const COLUMNS: readonly (readonly [HttpSort, PlainMessage])[] = [
  ['time', m.frame],
  ['method', m.method],
  ['url', m.path],
  ['host', m.host],
  ['status', m.status],
  ['type', m.type],
  ['size', m.size],
  ['duration', m.time],
  ['connection', m.connection],
]

/** The table. */
export function TransactionTable({
  transactions,
  query,
  selected,
  span,
  start,
  initialTop,
  onSort,
  onZoom,
  onSelect,
  onScrolled,
}: {
  readonly transactions: Transactions
  readonly query: HttpQuery
  readonly selected: number
  /** Part of the clock that is shown, and the moment that is called 0. */
  readonly span: Span
  readonly start: number
  readonly initialTop: number
  readonly onSort: (sort: HttpSort) => void
  readonly onZoom: (span: Span) => void
  readonly onSelect: (row: HttpRow) => void
  readonly onScrolled: (top: number) => void
}) {
  const t = useT()
  const rowHeight = ROW_HEIGHTS[useSetting('density')]
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [top, setTop] = useState(initialTop)
  const { rows, summary } = transactions
  const count = summary?.matched ?? 0
  const viewport = Math.max(0, size.height - HEADER)
  const scale = scrollScale(count, rowHeight, viewport)
  const first = Math.max(0, Math.floor(top / rowHeight) - 4)
  const last = Math.min(count - 1, Math.ceil((top + viewport) / rowHeight) + 4)
  useEffect(() => {
    onScrolled(top)
  }, [top, onScrolled])
  useEffect(() => {
    if (count > 0) rows.want(first, Math.max(first, last))
  }, [rows, count, first, last])
  const restored = useRef(false)
  useLayoutEffect(() => {
    if (restored.current || viewport === 0 || count === 0 || box.current === null) return
    restored.current = true
    box.current.scrollTop = scale.toElement(initialTop)
  }, [viewport, count, scale, initialTop])

  const shown: { readonly index: number; readonly row: HttpRow | undefined }[] = []
  for (let index = first; index <= last; index++) shown.push({ index, row: rows.row(index) })
  // The selection is a transaction, whatever its place in the present order: arrows go on from the place where it was seen last.
  const place = useRef(-1)
  const seen = shown.find(({ row }) => row?.id === selected)
  useEffect(() => {
    if (seen !== undefined) place.current = seen.index
  }, [seen])
  const go = (index: number): void => {
    const target = Math.min(Math.max(0, index), count - 1)
    if (box.current !== null) box.current.scrollTop = scale.toElement(revealRow(target, top, rowHeight, viewport, 1))
    const row = rows.row(target)
    if (row === undefined) {
      rows.want(target, target)
      return
    }
    place.current = target
    onSelect(row)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0 || event.target !== event.currentTarget) return
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1)
    const at = place.current
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      j: at + 1,
      ArrowUp: Math.max(0, at - 1),
      k: Math.max(0, at - 1),
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    go(target)
  }
  const shift = scale.toElement(top) - top
  return (
    <div
      ref={box}
      className="ht-box"
      role="grid"
      aria-label={t(m.table)}
      aria-rowcount={count + 1}
      aria-activedescendant={seen === undefined ? undefined : `ht-row-${selected}`}
      tabIndex={0}
      data-pane="list"
      data-pane-focus=""
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(scale.toList(event.currentTarget.scrollTop))
      }}
    >
      <div role="rowgroup" className="ht-head">
        <div role="row" aria-rowindex={1} className="ht-row hd" style={{ height: HEADER }}>
          {COLUMNS.map(([sort, name]) => (
            <div
              key={sort}
              role="columnheader"
              aria-sort={query.sort !== sort ? 'none' : query.descending ? 'descending' : 'ascending'}
              className={`c-${sort}`}
            >
              <button
                type="button"
                title={t(m.sortBy, { column: t(name) })}
                onClick={() => {
                  onSort(sort)
                }}
              >
                {t(name)}
                {query.sort === sort && <Icon icon={query.descending ? ArrowDown : ArrowUp} size="small" />}
              </button>
            </div>
          ))}
          <div role="columnheader" className="c-bar">
            <Axis span={span} start={start} onZoom={onZoom} />
          </div>
        </div>
      </div>
      <div role="presentation" style={{ height: scale.elementHeight, position: 'relative' }}>
        <div role="rowgroup" className="ht-window" style={{ transform: `translateY(${first * rowHeight + shift}px)` }}>
          {shown.map(({ index, row }) =>
            row === undefined ? (
              <div key={index} role="row" aria-rowindex={index + 2} className="ht-row" style={{ height: rowHeight }}>
                <span role="gridcell" />
              </div>
            ) : (
              <Row
                key={index}
                index={index}
                row={row}
                height={rowHeight}
                isSelected={row.id === selected}
                span={span}
                onSelect={() => {
                  place.current = index
                  onSelect(row)
                }}
              />
            ),
          )}
        </div>
      </div>
    </div>
  )
}

function Row({
  index,
  row,
  height,
  isSelected,
  span,
  onSelect,
}: {
  readonly index: number
  readonly row: HttpRow
  readonly height: number
  readonly isSelected: boolean
  readonly span: Span
  readonly onSelect: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const time = row.duration === null ? '–' : formatSeconds(row.duration / 1e3, language)
  const bytes = row.responseBytes === null ? '–' : formatBytes(row.responseBytes, language)
  const status = row.status === null ? t(m.noStatus) : String(row.status)
  return (
    <div
      id={`ht-row-${row.id}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-label={t(m.row, { frame: String(row.requestFrame), method: row.method, url: row.url, status, size: bytes, time })}
      className={`ht-row ${isSelected ? 'on' : ''}`}
      style={{ height }}
      onClick={onSelect}
    >
      <span role="gridcell" className="c-time mono f3">
        {row.requestFrame}
      </span>
      <span role="gridcell" className={`c-method mono ${row.method === 'GET' ? 'f3' : ''}`}>
        {row.method}
      </span>
      <span role="gridcell" className="c-url mono" title={row.url}>
        {row.target}
      </span>
      <span role="gridcell" className="c-host f3" title={row.host}>
        {row.host}
      </span>
      <span role="gridcell" className={`c-status mono ${statusTone(row.status)}`}>
        {row.status === null ? '–' : row.status === 0 ? '?' : `${row.status >= 400 ? '× ' : ''}${row.status}`}
      </span>
      <span role="gridcell" className="c-type f3" title={row.type}>
        {row.type.replace(/^(text|application|image|font)\//, '')}
      </span>
      <span role="gridcell" className="c-size mono">
        {bytes}
      </span>
      <span role="gridcell" className="c-duration mono">
        {time}
      </span>
      <span role="gridcell" className="c-connection mono f3">
        {row.stream}
        {row.nth > 1 ? ' ↻' : ''}
      </span>
      <span role="gridcell" className="c-bar">
        <Bar row={row} span={span} />
      </span>
    </div>
  )
}

/** Class of a status code's colour. */
export function statusTone(status: number | null): string {
  if (status === null || status === 0) return 'warn-text'
  return status >= 400 ? 'bad-text' : status >= 300 ? 'f2' : 'ok-text'
}
