// Packet list: an ARIA grid over any number of rows. Only the rows in view exist; they come from the session's cache.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { Rows3, SearchX } from 'lucide-react'
import type { ColumnContent } from '../../../shared/contract'
import { useApp, useInfo, useSetting } from '../../app/app-context'
import { COMMANDS } from '../../app/commands/commands'
import { focusPane } from '../../app/commands/panes'
import { liveMessages } from '../../app/i18n/live'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import { NARROW, useWindowWidth, WIDE } from '../../app/use-window-width'
import { cellOf, type CaptureSession } from '../../model/capture-session'
import { visibleColumns, type Column } from '../../model/columns'
import { centerRow, revealRow, scrollScale } from '../../model/scroll-scale'
import { isSelected } from '../../model/selection'
import { ROW_HEIGHTS } from '../../model/settings'
import { useSelected, useStore } from '../../model/store'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor } from '../../ui/menu'
import type { Anchor } from '../../ui/popover'
import { cellFilter } from './cell-filter'
import { ListHeader } from './list-header'
import { gridTemplate, HEADER_HEIGHT, rowWidth } from './list-layout'
import { packetMenu } from './menus'
import { Minimap } from './minimap'
import { PacketRowView, rowId } from './packet-row'
import { RelationBracket } from './relation-bracket'
import { useListScroll } from './use-list-scroll'
import { useSize } from './use-size'

/** The packet list of a capture. */
export function PacketList({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const columns = useSetting('columns')
  const density = useSetting('density')
  const colorize = useSetting('colorize')
  const showMinimap = useSetting('minimap')
  const windowWidth = useWindowWidth()
  const listSize = windowWidth < NARROW ? 'narrow' : windowWidth < WIDE ? 'normal' : 'wide'
  const rowCount = useInfo(session, (info) => info.shown)
  const packets = useInfo(session, (info) => info.packets)
  const selection = useStore(session.selection)
  useStore(app.colors)
  const version = useSyncExternalStore(session.rows.subscribe, session.rows.getVersion)
  const shown = useMemo(() => visibleColumns(columns), [columns])
  // The width of the number column depends on the digits only, so growing captures do not re-lay out the list.
  const digits = String(packets).length
  const template = useMemo(() => gridTemplate(shown, 10 ** digits - 1, listSize), [shown, digits, listSize])
  const minWidth = useMemo(() => rowWidth(shown, 10 ** digits - 1, listSize), [shown, digits, listSize])
  const rowHeight = ROW_HEIGHTS[density]
  const viewport = Math.max(0, size.height - HEADER_HEIGHT)
  const scroll = useListScroll(scroller, session.scroller, rowCount, rowHeight, viewport)
  const scale = scrollScale(rowCount, rowHeight, viewport)
  const top = scale.clamp(scroll.top)
  const menu = useMenuAnchor()
  /** The column of the cell whose menu is open. */
  const [menuCell, setMenuCell] = useState<ColumnContent | null>(null)

  // What had the focus on the start screen is gone; arrow keys belong to the list then.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
  }, [])

  const first = Math.floor(top / rowHeight)
  const last = Math.min(rowCount - 1, Math.ceil((top + viewport) / rowHeight))
  useEffect(() => {
    if (rowCount > 0 && viewport > 0) session.rows.want(first, last, scroll.direction)
  }, [session, first, last, scroll.direction, rowCount, viewport])

  useEffect(() => {
    const timer = setTimeout(() => {
      session.viewport.set({ top: session.scroller.top, height: viewport })
    }, 120)
    return () => {
      clearTimeout(timer)
    }
  }, [session, first, viewport, version])

  const reveal = useStore(session.reveal)
  const revealed = useRef(0)
  useEffect(() => {
    if (reveal === null || reveal.id === revealed.current || viewport === 0) return
    revealed.current = reveal.id
    const at = session.scroller.top
    const visible = reveal.row * rowHeight >= at && (reveal.row + 1) * rowHeight <= at + viewport
    if (reveal.center && !visible) session.scroller.scrollTo(centerRow(reveal.row, rowHeight, viewport))
    else session.scroller.scrollTo(revealRow(reveal.row, at, rowHeight, viewport))
  }, [reveal, viewport, rowHeight, session])

  const rowAt = useCallback(
    (clientY: number): number => {
      const box = scroller.current?.getBoundingClientRect()
      return box === undefined ? -1 : Math.floor((session.scroller.top + clientY - box.top - HEADER_HEIGHT) / rowHeight)
    },
    [session, rowHeight],
  )

  const openMenu = (x: number, y: number): void => {
    menu.openAt({ x, y })
  }
  const step = (by: number, event: React.KeyboardEvent): void => {
    session.select(Math.max(0, session.selection.get().focus + by), event.shiftKey ? 'extend' : 'only')
  }
  const page = Math.max(1, Math.floor(viewport / rowHeight) - 1)
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.altKey) return
    const mod = event.ctrlKey || event.metaKey
    if (mod && event.key.toLowerCase() === 'a') session.selectAll()
    else if (mod && event.key.toLowerCase() === 'c') COMMANDS.run('packet.copy-summary', app)
    else if (mod && event.key !== 'Home' && event.key !== 'End') return
    else if (event.key === 'ArrowDown') step(1, event)
    else if (event.key === 'ArrowUp') step(-1, event)
    else if (event.key === 'PageDown') step(page, event)
    else if (event.key === 'PageUp') step(-page, event)
    else if (event.key === 'Home') session.select(0, event.shiftKey ? 'extend' : 'only')
    else if (event.key === 'End') session.select(rowCount - 1, event.shiftKey ? 'extend' : 'only')
    else if (event.key === ' ') session.select(session.selection.get().focus, 'toggle')
    else if (event.key === 'Enter') focusPane('details')
    else if (event.key === 'ArrowRight') event.currentTarget.scrollLeft += 40
    else if (event.key === 'ArrowLeft') event.currentTarget.scrollLeft -= 40
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = event.currentTarget.getBoundingClientRect()
      const { focus } = session.selection.get()
      openMenu(
        box.left + 60,
        Math.min(box.bottom, Math.max(box.top, box.top + HEADER_HEIGHT + (focus + 1) * rowHeight - session.scroller.top)),
      )
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const rows = []
  for (let index = first; index <= last; index++) {
    const row = session.rows.row(index)
    rows.push(
      <PacketRowView
        key={index}
        index={index}
        row={row}
        columns={shown}
        template={template}
        selected={isSelected(selection, index)}
        focused={index === selection.focus}
        colorize={colorize}
        rule={row === undefined || !colorize ? null : app.colorRule(row.colorRule)}
      />,
    )
  }
  const focusRow = selection.focus >= first && selection.focus <= last ? selection.focus : -1
  return (
    <div className="plist" data-pane="list">
      <div
        ref={scroller}
        className={`plist-scroll ${showMinimap ? 'no-bar' : ''}`}
        id="packet-list-rows"
        role="grid"
        aria-label={t(m.list)}
        aria-rowcount={rowCount + 1}
        aria-colcount={shown.length}
        aria-multiselectable="true"
        aria-activedescendant={focusRow < 0 ? undefined : rowId(focusRow)}
        tabIndex={0}
        data-pane-focus=""
        data-version={version}
        onScroll={() => {
          session.scroller.scrolled()
        }}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.target instanceof Element && event.target.closest('.pr-head') !== null) return
          const row = rowAt(event.clientY)
          if (row < 0 || row >= rowCount) return
          if (event.button === 0) session.select(row, event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
          else if (event.button === 2 && !isSelected(session.selection.get(), row)) session.select(row, 'only', false)
        }}
        onContextMenu={(event) => {
          if (event.target instanceof Element && event.target.closest('.pr-head') !== null) return
          event.preventDefault()
          if (rowAt(event.clientY) >= rowCount) return
          setMenuCell(contentOf(event.target, shown))
          openMenu(event.clientX, event.clientY)
        }}
      >
        <div className="plist-space" role="presentation" style={{ height: HEADER_HEIGHT + scale.elementHeight, minWidth }}>
          <div className="plist-view" role="presentation" style={{ height: size.height }}>
            <ListHeader session={session} columns={shown} template={template} />
            <div
              className="plist-rows"
              role="rowgroup"
              style={{ transform: `translateY(${String(Math.round(first * rowHeight - top))}px)` }}
            >
              {rows}
              <RelationBracket session={session} first={first} last={last} rowHeight={rowHeight} />
            </div>
          </div>
        </div>
      </div>
      {rowCount === 0 && <NoRows session={session} />}
      {showMinimap && (
        <Minimap
          session={session}
          rowCount={rowCount}
          rowHeight={rowHeight}
          viewport={viewport}
          top={top}
          onScrollTo={(next) => {
            session.scroller.scrollTo(next)
          }}
        />
      )}
      <Announcer session={session} version={version} />
      {menu.anchor !== null && <PacketMenu session={session} cell={menuCell} anchor={menu.anchor} onClose={menu.close} />}
    </div>
  )
}

/** The content of the column in which something is; null outside the cells. */
function contentOf(target: EventTarget, columns: readonly Column[]): ColumnContent | null {
  const cell = target instanceof Element ? target.closest('[role=gridcell]') : null
  if (cell === null || cell.parentElement === null) return null
  const index = [...cell.parentElement.querySelectorAll('[role=gridcell]')].indexOf(cell)
  return columns[index]?.content ?? null
}

/** Context menu; what can be filtered for shows once the packet is dissected. */
function PacketMenu({
  session,
  cell,
  anchor,
  onClose,
}: {
  readonly session: CaptureSession
  readonly cell: ColumnContent | null
  readonly anchor: Anchor
  readonly onClose: () => void
}) {
  const app = useApp()
  const t = useT()
  const { packet } = useStore(session.detail)
  const { number, focus } = useStore(session.selection)
  const row = session.rows.row(focus)
  const filter =
    cell === null || packet?.number !== number ? null : cellFilter(packet, cell, row === undefined ? packet.protocol : cellOf(row, cell))
  return <Menu label={t(m.packetMenu)} items={packetMenu(app, session, filter)} anchor={anchor} onClose={onClose} />
}

/** Empty capture, or a filter that hides everything. */
function NoRows({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const filter = useInfo(session, (info) => info.filter)
  const packets = useInfo(session, (info) => info.packets)
  const state = useInfo(session, (info) => info.state)
  const running = useSelected(app.live.capture, (live) => live?.running === true && live.captureId === session.id)
  if (running && packets === 0) {
    return (
      <div className="state over">
        <Icon icon={Rows3} size="large" />
        <h2>{t(liveMessages.waitingTitle)}</h2>
        <p>{t(liveMessages.waitingText)}</p>
      </div>
    )
  }
  if (state === 'indexing') return null
  return (
    <div className="state over">
      {filter === '' ? (
        <>
          <Icon icon={Rows3} size="large" />
          <h2>{t(m.emptyTitle)}</h2>
          <p>{t(m.emptyText)}</p>
        </>
      ) : (
        <>
          <Icon icon={SearchX} size="large" />
          <h2>{t(m.noMatchTitle)}</h2>
          <p>{t(m.noMatchText, { count: packets, filter })}</p>
          <Button onClick={() => COMMANDS.run('filter.clear', app)}>{t(m.clearFilter)}</Button>
        </>
      )}
    </div>
  )
}

/** Reads the selected packet out: "Packet 37, HTTP, GET /old". */
function Announcer({ session, version }: { readonly session: CaptureSession; readonly version: number }) {
  const t = useT()
  const { focus } = useStore(session.selection)
  const [text, setText] = useState('')
  useEffect(() => {
    // Waits for key repeat to end, so that a screen reader is not flooded.
    const timer = setTimeout(() => {
      const row = session.rows.row(focus)
      if (row !== undefined)
        setText(t(m.announce, { number: String(row.number), protocol: cellOf(row, 'protocol'), info: cellOf(row, 'info') }))
    }, 250)
    return () => {
      clearTimeout(timer)
    }
  }, [session, focus, t, version])
  return (
    <div className="visually-hidden" aria-live="polite">
      {text}
    </div>
  )
}
