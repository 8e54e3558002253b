// Detail tree: an ARIA tree in one tab stop. Rows in view only; open nodes are remembered by field path across packets.
import { useEffect, useMemo, useRef, useState } from 'react'
import { ChevronDown, ChevronRight, CircleAlert, CornerDownRight, Info, TriangleAlert } from 'lucide-react'
import type { PacketDetail, TreeRow } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import { copyText } from '../../dialogs/copy'
import type { CaptureSession } from '../../model/capture-session'
import { patch, useStore } from '../../model/store'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor } from '../../ui/menu'
import { FILTER_DRAG_TYPE } from './filter-drag'
import { fieldMenu } from './menus'
import { findTyped, labelParts, parentOf, protocolClass } from './tree-model'
import { selectField, useTree } from './use-tree'
import { useSize } from './use-size'

const ROW = 20
const PAD = 4
const TYPE_AHEAD_MS = 800

/** The details pane of a packet. */
export function DetailTree({ session, packet }: { readonly session: CaptureSession; readonly packet: PacketDetail }) {
  const app = useApp()
  const t = useT()
  const tree = useTree(packet)
  const field = useStore(session.field)
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [top, setTop] = useState(0)
  const typed = useRef({ text: '', at: 0 })
  const menu = useMenuAnchor()
  const [menuRow, setMenuRow] = useState(-1)
  const { shown } = tree
  const place = shown.indexOf(field.row)
  // A byte's field may lie in a closed node; the node is then what lights up.
  let hovered = field.hover
  while (hovered >= 0 && !shown.includes(hovered)) hovered = parentOf(packet.tree, hovered)

  useEffect(() => {
    const element = box.current
    if (element === null || place < 0) return
    const y = PAD + place * ROW
    if (y < element.scrollTop) element.scrollTop = Math.max(0, y - PAD)
    else if (y + ROW > element.scrollTop + element.clientHeight) element.scrollTop = y + ROW + PAD - element.clientHeight
  }, [place, packet])

  const select = (index: number): void => {
    selectField(session, index)
  }
  const setOpen = (index: number, open: boolean): void => {
    // What is selected inside a closing node would vanish; its node is selected instead.
    if (!open && field.row > index) {
      for (let at = field.row; at >= 0; at = parentOf(packet.tree, at)) {
        if (at === index) {
          select(index)
          break
        }
      }
    }
    tree.setOpen(index, open)
  }
  const jump = (row: TreeRow | undefined): void => {
    if (row === undefined || row.frame === 0) return
    session.goTo(row.frame).catch((error: unknown) => {
      session.fail(error)
    })
  }
  const openMenu = (index: number, x: number, y: number): void => {
    select(index)
    setMenuRow(index)
    menu.openAt({ x, y })
  }
  const page = Math.max(1, Math.floor(size.height / ROW) - 1)
  const stepTo = (position: number): void => {
    const index = shown[Math.min(Math.max(0, position), shown.length - 1)]
    if (index !== undefined) select(index)
  }
  const typing = (now: number): boolean => now - typed.current.at < TYPE_AHEAD_MS && typed.current.text !== ''
  const typeAhead = (from: number, key: string, now: number): void => {
    typed.current = { text: (typing(now) ? typed.current.text : '') + key, at: now }
    const hit = findTyped(packet.tree, shown, from, typed.current.text)
    if (hit >= 0) select(hit)
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const index = place < 0 ? (shown[0] ?? 0) : field.row
    const row = packet.tree[index]
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && !event.altKey && !event.shiftKey && row !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      void copyText(app, row.label)
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return
    switch (event.key) {
      case 'ArrowDown':
        stepTo(place + 1)
        break
      case 'ArrowUp':
        stepTo(place - 1)
        break
      case 'PageDown':
        stepTo(place + page)
        break
      case 'PageUp':
        stepTo(place - page)
        break
      case 'Home':
        stepTo(0)
        break
      case 'End':
        stepTo(shown.length - 1)
        break
      case 'ArrowRight':
        if (row?.parent === true && !tree.isOpen(index)) setOpen(index, true)
        else if (row?.parent === true) stepTo(place + 1)
        break
      case 'ArrowLeft':
        if (row?.parent === true && tree.isOpen(index)) setOpen(index, false)
        else if (parentOf(packet.tree, index) >= 0) select(parentOf(packet.tree, index))
        break
      case ' ':
        // Part of the text while one is being typed ("Target IP").
        if (typing(event.timeStamp)) typeAhead(index, ' ', event.timeStamp)
        else if (row?.parent === true) setOpen(index, !tree.isOpen(index))
        break
      case 'Enter':
        if (row !== undefined && row.frame > 0) jump(row)
        else if (row?.parent === true) setOpen(index, !tree.isOpen(index))
        break
      case '*':
        tree.setSubtreeOpen(index, true)
        break
      case 'ContextMenu': {
        const bounds = box.current?.getBoundingClientRect()
        if (bounds !== undefined) openMenu(index, bounds.left + 40, bounds.top + PAD + (place + 1) * ROW - top)
        break
      }
      default: {
        if (event.key === 'F10' && event.shiftKey) {
          const bounds = box.current?.getBoundingClientRect()
          if (bounds !== undefined) openMenu(index, bounds.left + 40, bounds.top + PAD + (place + 1) * ROW - top)
          break
        }
        // Single letters are shortcuts of the window (E, J, K); type-ahead takes the rest once it has begun, and capitals.
        const running = typing(event.timeStamp)
        if (event.key.length !== 1 || (!running && !/[A-Z[0-9]/.test(event.key))) return
        if (!running && event.key === '[') return
        typeAhead(index, event.key, event.timeStamp)
      }
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const first = Math.max(0, Math.floor((top - PAD) / ROW) - 2)
  const last = Math.min(shown.length - 1, Math.ceil((top + size.height) / ROW) + 2)
  const rows = []
  for (let position = first; position <= last; position++) {
    const index = shown[position]
    const row = index === undefined ? undefined : packet.tree[index]
    if (index === undefined || row === undefined) continue
    rows.push(
      <TreeRowView
        key={index}
        row={row}
        index={index}
        top={PAD + position * ROW}
        open={tree.isOpen(index)}
        selected={index === field.row}
        hovered={index === hovered}
        onSelect={select}
        onToggle={(open) => {
          setOpen(index, open)
        }}
        onJump={() => {
          jump(row)
        }}
        onMenu={openMenu}
        onHover={(on) => {
          patch(session.field, { hover: on ? index : -1 })
        }}
      />,
    )
  }
  const items = useMemo(() => {
    const row = packet.tree[menuRow]
    return row === undefined
      ? []
      : fieldMenu(app, session, packet, row, (open) => {
          tree.setSubtreeOpen(menuRow, open)
        })
  }, [app, session, packet, menuRow, tree])
  return (
    <div
      ref={box}
      className="tree"
      data-pane="details"
      data-pane-focus=""
      role="tree"
      aria-label={t(m.details)}
      aria-activedescendant={place >= first && place <= last ? `tree-row-${String(field.row)}` : undefined}
      tabIndex={0}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop)
      }}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && place < 0 && event.currentTarget.matches(':focus-visible')) stepTo(0)
      }}
      onPointerLeave={() => {
        patch(session.field, { hover: -1 })
      }}
    >
      <div role="presentation" className="tree-space" style={{ height: shown.length * ROW + 2 * PAD }}>
        {rows}
      </div>
      {menu.anchor !== null && <Menu label={t(m.fieldMenu)} items={items} anchor={menu.anchor} onClose={menu.close} />}
    </div>
  )
}

const SEVERITY_ICONS = [null, Info, Info, TriangleAlert, CircleAlert] as const
const SEVERITY_CLASSES = ['', 'chat', 'note', 'warn', 'bad'] as const

interface TreeRowViewProps {
  readonly row: TreeRow
  readonly index: number
  readonly top: number
  readonly open: boolean
  readonly selected: boolean
  readonly hovered: boolean
  readonly onSelect: (index: number) => void
  readonly onToggle: (open: boolean) => void
  readonly onJump: () => void
  readonly onMenu: (index: number, x: number, y: number) => void
  readonly onHover: (on: boolean) => void
}

function TreeRowView({ row, index, top, open, selected, hovered, onSelect, onToggle, onJump, onMenu, onHover }: TreeRowViewProps) {
  const [strong, rest] = labelParts(row)
  const glyph = SEVERITY_ICONS[row.severity] ?? null
  return (
    <div
      id={`tree-row-${String(index)}`}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.parent ? open : undefined}
      aria-selected={selected}
      className={`tn p-${protocolClass(row.protocol)} ${selected ? 'sel' : ''} ${hovered ? 'hov' : ''} ${row.generated ? 'gen' : ''} ${SEVERITY_CLASSES[row.severity] ?? ''}`}
      style={{ top, paddingLeft: 8 + row.depth * 16 }}
      draggable={row.filter !== null}
      onDragStart={(event) => {
        if (row.filter === null) return
        event.dataTransfer.setData(FILTER_DRAG_TYPE, row.filter)
        event.dataTransfer.setData('text/plain', row.filter)
        event.dataTransfer.effectAllowed = 'copy'
      }}
      onPointerEnter={() => {
        onHover(true)
      }}
      onPointerDown={(event) => {
        if (event.button === 0) onSelect(index)
      }}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('.tw') !== null && row.parent) onToggle(!open)
      }}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.closest('.tw') !== null) return
        if (row.frame > 0) onJump()
        else if (row.parent) onToggle(!open)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(index, event.clientX, event.clientY)
      }}
    >
      <span className="tw">{row.parent && <Icon icon={open ? ChevronDown : ChevronRight} size="small" />}</span>
      {row.depth === 0 && <span className="lc" />}
      {glyph !== null && row.severity >= 2 && <Icon icon={glyph} size="small" className="sev" />}
      <span className="tx">
        {strong !== '' && <b>{strong}</b>}
        {rest}
      </span>
      {row.frame > 0 && <Icon icon={CornerDownRight} size="small" className="jump" />}
      {row.end > row.start && <span className="of">{rangeText(row)}</span>}
    </div>
  )
}

/** "85–108", or a single "46"; the frame itself shows its size. */
function rangeText(row: TreeRow): string {
  if (row.field === 'frame') return `${String(row.end - row.start)} B`
  return row.end - row.start === 1 ? String(row.start) : `${String(row.start)}–${String(row.end - 1)}`
}
