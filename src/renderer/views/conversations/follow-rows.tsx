// The rows of a followed stream: only those in view exist. Who spoke is told by the margin's words and mark, not by colour alone.
import { useEffect, useRef, useSyncExternalStore, type KeyboardEvent } from 'react'
import type { FollowForm, FollowRow } from '../../../shared/contract'
import { followMessages as m } from '../../app/i18n/follow'
import { useT } from '../../app/i18n/use-t'
import type { ListScroller } from '../../model/list-scroller'
import type { RowCache } from '../../model/row-cache'
import { scrollScale } from '../../model/scroll-scale'
import { useListScroll } from '../packets/use-list-scroll'
import { useSize } from '../packets/use-size'

/** Height of a row. */
export const FOLLOW_ROW = 18

/** What is marked in a row. */
export interface Mark {
  readonly row: number
  readonly column: number
  readonly length: number
}

/** The rows. */
export function FollowRows({
  rows,
  rowCount,
  form,
  scroller,
  frame,
  mark,
  onSelect,
  onTurn,
}: {
  readonly rows: RowCache<FollowRow>
  readonly rowCount: number
  readonly form: FollowForm
  readonly scroller: ListScroller
  /** Selected packet. */
  readonly frame: number
  readonly mark: Mark | null
  readonly onSelect: (frame: number) => void
  readonly onTurn: (by: 1 | -1) => void
}) {
  const t = useT()
  const element = useRef<HTMLDivElement>(null)
  const size = useSize(element)
  const version = useSyncExternalStore(rows.subscribe, rows.getVersion)
  const viewport = size.height
  const scroll = useListScroll(element, scroller, rowCount, FOLLOW_ROW, viewport)
  const scale = scrollScale(rowCount, FOLLOW_ROW, viewport)
  const top = scale.clamp(scroll.top)
  const first = Math.floor(top / FOLLOW_ROW)
  const last = Math.min(rowCount - 1, Math.ceil((top + viewport) / FOLLOW_ROW))
  useEffect(() => {
    if (rowCount > 0 && viewport > 0) rows.want(first, last, scroll.direction)
  }, [rows, first, last, scroll.direction, rowCount, viewport])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const page = Math.max(FOLLOW_ROW, viewport - FOLLOW_ROW * 2)
    if (event.key === 'ArrowDown') scroller.scrollTo(scroller.top + FOLLOW_ROW)
    else if (event.key === 'ArrowUp') scroller.scrollTo(scroller.top - FOLLOW_ROW)
    else if (event.key === 'PageDown' || event.key === ' ') scroller.scrollTo(scroller.top + page)
    else if (event.key === 'PageUp') scroller.scrollTo(scroller.top - page)
    else if (event.key === 'Home') scroller.scrollTo(0)
    else if (event.key === 'End') scroller.scrollTo(rowCount * FOLLOW_ROW)
    else if (event.key === 'j') onTurn(1)
    else if (event.key === 'k') onTurn(-1)
    else if (event.key === 'Enter') {
      const row = rows.row(first)
      if (row !== undefined) onSelect(row.frame)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = []
  for (let index = first; index <= last; index++) {
    const row = rows.row(index)
    if (row !== undefined)
      shown.push(
        <Row
          key={index}
          row={row}
          form={form}
          // The packet's number stands where its first row does, and on top of the view.
          named={row.starts || index === first || rows.row(index - 1)?.frame !== row.frame}
          selected={row.frame === frame}
          mark={mark?.row === index ? mark : null}
          at={(index - first) * FOLLOW_ROW}
          onSelect={onSelect}
          goTo={t(m.goToPacket, { number: String(row.frame) })}
          speaker={t(row.missing > 0 ? m.gapLabel : row.side === 0 ? m.sender : m.answer)}
          gap={row.missing > 0 ? t(m.gap, { count: String(row.missing) }) : ''}
        />,
      )
  }
  return (
    <div
      ref={element}
      className="fl-rows"
      role="region"
      aria-label={t(m.rows)}
      tabIndex={0}
      data-pane="list"
      data-pane-focus=""
      data-version={version}
      onKeyDown={onKeyDown}
      onScroll={() => {
        scroller.scrolled()
      }}
    >
      <div style={{ height: scale.elementHeight }}>
        <div className="fl-view" style={{ height: size.height }}>
          <div style={{ transform: `translateY(${String(Math.round(first * FOLLOW_ROW - top))}px)` }}>{shown}</div>
        </div>
      </div>
    </div>
  )
}

function Row({
  row,
  form,
  named,
  selected,
  mark,
  at,
  onSelect,
  goTo,
  speaker,
  gap,
}: {
  readonly row: FollowRow
  readonly form: FollowForm
  readonly named: boolean
  readonly selected: boolean
  readonly mark: Mark | null
  readonly at: number
  readonly onSelect: (frame: number) => void
  readonly goTo: string
  readonly speaker: string
  readonly gap: string
}) {
  const side = row.missing > 0 ? 'gap' : row.side === 0 ? 'a' : 'b'
  return (
    <div className={`fl-row ${side} ${row.starts ? 'starts' : ''} ${selected ? 'sel' : ''}`} style={{ top: at, height: FOLLOW_ROW }}>
      <span className="fl-margin">
        {named && (
          <>
            <button
              type="button"
              className="chip ev"
              tabIndex={-1}
              aria-label={goTo}
              onClick={() => {
                onSelect(row.frame)
              }}
            >
              #{row.frame}
            </button>
            <span>{speaker}</span>
          </>
        )}
      </span>
      <span
        className="fl-text"
        role="presentation"
        onClick={() => {
          // A selection of text is no click on the packet.
          if (window.getSelection()?.isCollapsed !== false) onSelect(row.frame)
        }}
      >
        {row.missing > 0 ? gap : <MarkedText text={row.text} form={form} mark={mark} />}
      </span>
    </div>
  )
}

function MarkedText({ text, form, mark }: { readonly text: string; readonly form: FollowForm; readonly mark: Mark | null }) {
  if (mark === null) return text
  if (form !== 'ascii' && form !== 'utf8') return <mark>{text}</mark>
  const characters = Array.from(text)
  return (
    <>
      {characters.slice(0, mark.column).join('')}
      <mark>{characters.slice(mark.column, mark.column + mark.length).join('')}</mark>
      {characters.slice(mark.column + mark.length).join('')}
    </>
  )
}
