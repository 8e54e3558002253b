// Bytes pane: layer bar, tabs of byte sources, hex and text. Lines in view only. Linked with the tree: hover and selection both ways.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { PacketDetail } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import { byteCopyItems } from '../../dialogs/copy-menus'
import { copyText } from '../../dialogs/copy'
import type { CaptureSession } from '../../model/capture-session'
import { patch, useStore } from '../../model/store'
import { Menu, useMenuAnchor } from '../../ui/menu'
import { Tabs } from '../../ui/tabs'
import {
  byteAtHexColumn,
  byteAtTextColumn,
  decodeBase64,
  hexByte,
  LINE_BYTES,
  lineCount,
  lineRuns,
  offsetText,
  textByte,
  type HexMarks,
  type HexRun,
} from './hex-model'
import { LayerBar } from './layer-bar'
import { protocolClass, rowOfByte } from './tree-model'
import { selectByte } from './use-tree'
import { useSize } from './use-size'

const LINE = 17

/** The bytes pane of a packet. */
export function BytesPane({ session, packet }: { readonly session: CaptureSession; readonly packet: PacketDetail }) {
  const t = useT()
  const field = useStore(session.field)
  const sourceIndex = Math.min(field.source, packet.sources.length - 1)
  const source = packet.sources[sourceIndex]
  const bytes = useMemo(() => (source === undefined ? new Uint8Array(0) : decodeBase64(source.bytes)), [source])
  return (
    <section className="hexp" data-pane="bytes" aria-label={t(m.bytes)}>
      <LayerBar session={session} packet={packet} />
      {packet.sources.length > 1 && (
        <Tabs
          label={t(m.source)}
          className="sources"
          value={String(sourceIndex)}
          tabs={packet.sources.map((item, index) => ({ value: String(index), name: item.name }))}
          onChange={(value) => {
            patch(session.field, { source: Number(value), cursor: -1 })
          }}
        />
      )}
      {bytes.length === 0 ? (
        <p className="f3">{t(m.noBytes)}</p>
      ) : (
        <HexGrid session={session} packet={packet} bytes={bytes} source={sourceIndex} />
      )}
    </section>
  )
}

function HexGrid({
  session,
  packet,
  bytes,
  source,
}: {
  readonly session: CaptureSession
  readonly packet: PacketDetail
  readonly bytes: Uint8Array
  readonly source: number
}) {
  const app = useApp()
  const t = useT()
  const field = useStore(session.field)
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [top, setTop] = useState(0)
  const menu = useMenuAnchor()
  const lines = lineCount(bytes.length)
  const digits = offsetText(0, bytes.length).length

  const range = (index: number): { start: number; end: number } | null => {
    const row = packet.tree[index]
    return row === undefined || row.source !== source || row.end <= row.start ? null : { start: row.start, end: row.end }
  }
  const selected = range(field.row)
  const marks: HexMarks = { selected, hovered: range(field.hover), cursor: field.source === source ? field.cursor : -1 }
  const layerOf = useMemo(() => {
    const layers = packet.layers
    return (offset: number): number =>
      layers.findLastIndex((layer) => layer.source === source && offset >= layer.start && offset < layer.end)
  }, [packet, source])

  const target = marks.cursor >= 0 ? marks.cursor : (selected?.start ?? -1)
  useEffect(() => {
    const element = box.current
    if (element === null || target < 0) return
    const y = Math.floor(target / LINE_BYTES) * LINE
    if (y < element.scrollTop || y + LINE > element.scrollTop + element.clientHeight)
      element.scrollTop = Math.max(0, y - Math.floor(element.clientHeight / 3))
  }, [target, packet])

  const byteAt = (event: React.PointerEvent | React.MouseEvent): number => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line]') : null
    if (cell === null) return -1
    const bounds = cell.getBoundingClientRect()
    const characters = Number(cell.dataset['characters'])
    const character = ((event.clientX - bounds.left) / bounds.width) * characters
    const place = cell.dataset['kind'] === 'hex' ? byteAtHexColumn(character) : byteAtTextColumn(character)
    const offset = Number(cell.dataset['line']) * LINE_BYTES + place
    return place < 0 || offset >= bytes.length ? -1 : offset
  }
  const cursor = marks.cursor >= 0 ? marks.cursor : (selected?.start ?? 0)
  const move = (to: number): void => {
    selectByte(app, session, source, Math.min(Math.max(0, to), bytes.length - 1))
  }
  const page = Math.max(1, Math.floor(size.height / LINE) - 1) * LINE_BYTES
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey) return
    const mod = event.ctrlKey || event.metaKey
    if (event.key === 'ArrowRight' && !mod) move(cursor + 1)
    else if (event.key === 'ArrowLeft' && !mod) move(cursor - 1)
    else if (event.key === 'ArrowDown' && !mod) move(cursor + LINE_BYTES)
    else if (event.key === 'ArrowUp' && !mod) move(cursor - LINE_BYTES)
    else if (event.key === 'PageDown') move(cursor + page)
    else if (event.key === 'PageUp') move(cursor - page)
    else if (event.key === 'Home' && !mod) move(cursor - (cursor % LINE_BYTES))
    else if (event.key === 'End' && !mod) move(cursor - (cursor % LINE_BYTES) + LINE_BYTES - 1)
    else if (mod && event.key.toLowerCase() === 'c') {
      const range = marks.cursor >= 0 || selected === null ? { start: cursor, end: cursor + 1 } : selected
      void copyText(app, [...bytes.subarray(range.start, range.end)].map(hexByte).join(' '))
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const bounds = box.current?.getBoundingClientRect()
      if (bounds !== undefined) menu.openAt({ x: bounds.left + 60, y: bounds.top + LINE * (Math.floor(cursor / LINE_BYTES) + 1) - top })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const first = Math.max(0, Math.floor(top / LINE) - 2)
  const last = Math.min(lines - 1, Math.ceil((top + size.height) / LINE) + 2)
  const rows = []
  for (let line = first; line <= last; line++) {
    rows.push(
      <div key={line} id={`hex-line-${String(line)}`} role="row" aria-rowindex={line + 1} className="hx" style={{ top: line * LINE }}>
        <span role="rowheader" className="o">
          {offsetText(line * LINE_BYTES, bytes.length)}
        </span>
        <span role="gridcell" className="h" data-line={line} data-kind="hex" data-characters={48}>
          <Runs runs={lineRuns(bytes, line, layerOf, marks, 'hex')} packet={packet} coloured />
        </span>
        <span role="gridcell" className="x" data-line={line} data-kind="text" data-characters={16}>
          <Runs runs={lineRuns(bytes, line, layerOf, marks, 'text')} packet={packet} coloured={false} />
        </span>
      </div>,
    )
  }
  const value = bytes[cursor]
  const fieldRow = packet.tree[rowOfByte(packet.tree, source, cursor)]
  const copyRange = selected ?? { start: 0, end: bytes.length }
  const copyItems = menu.anchor === null ? [] : byteCopyItems(app, session, bytes, copyRange.start, copyRange.end)
  return (
    <>
      <div
        ref={box}
        className="hex"
        role="grid"
        aria-label={t(m.bytes)}
        aria-rowcount={lines}
        aria-activedescendant={`hex-line-${String(Math.min(last, Math.max(first, Math.floor(cursor / LINE_BYTES))))}`}
        tabIndex={0}
        data-pane-focus=""
        data-digits={digits}
        onScroll={(event) => {
          setTop(event.currentTarget.scrollTop)
        }}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const offset = byteAt(event)
          const hover = offset < 0 ? -1 : rowOfByte(packet.tree, source, offset)
          if (hover !== session.field.get().hover) patch(session.field, { hover })
        }}
        onPointerLeave={() => {
          patch(session.field, { hover: -1 })
        }}
        onPointerDown={(event) => {
          const offset = byteAt(event)
          if (event.button === 0 && offset >= 0) selectByte(app, session, source, offset)
        }}
        onContextMenu={(event) => {
          event.preventDefault()
          menu.openAt({ x: event.clientX, y: event.clientY })
        }}
      >
        <div role="presentation" className="hex-space" style={{ height: lines * LINE }}>
          {rows}
        </div>
      </div>
      <div className="visually-hidden" aria-live="polite">
        {marks.cursor >= 0 && value !== undefined
          ? t(m.byteAt, {
              offset: `0x${offsetText(cursor, bytes.length)}`,
              hex: hexByte(value),
              text: textByte(value),
              field: fieldRow?.field ?? '',
            })
          : ''}
      </div>
      {menu.anchor !== null && copyItems.length > 0 && (
        <Menu label={t(m.bytesMenu)} items={copyItems} anchor={menu.anchor} onClose={menu.close} />
      )}
    </>
  )
}

const MARK_CLASSES = ['', 'hv', 'hl', 'cu'] as const

function Runs({ runs, packet, coloured }: { readonly runs: readonly HexRun[]; readonly packet: PacketDetail; readonly coloured: boolean }) {
  return (
    <>
      {runs.map((run, index) => (
        <span
          key={index}
          className={`${coloured && run.layer >= 0 ? `p-${protocolClass(packet.layers[run.layer]?.protocol ?? '')}` : 'plain'} ${MARK_CLASSES[run.mark]}`}
        >
          {run.text}
        </span>
      ))}
    </>
  )
}
