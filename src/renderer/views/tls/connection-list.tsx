// The connections at the left: rows in view only, one tab stop.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Lock, LockOpen, TriangleAlert } from 'lucide-react'
import type { TlsRow } from '../../../shared/contract'
import { tlsMessages as m } from '../../app/i18n/tls'
import type { Translate } from '../../app/i18n/messages'
import { useT } from '../../app/i18n/use-t'
import type { RowCache } from '../../model/row-cache'
import { revealRow, scrollScale } from '../../model/scroll-scale'
import { Icon } from '../../ui/icon'
import { useSize } from '../packets/use-size'

const ROW = 44

/** What is said of a connection's decryption. */
export function stateText({ decrypted, reason, records }: Pick<TlsRow, 'decrypted' | 'reason' | 'records'>, t: Translate): string {
  if (decrypted) return t(m.decrypted)
  if (reason === 'no-application-data') return t(m.nothingToDecrypt)
  return t(isPartly({ reason, records }) ? m.partlyDecrypted : m.notDecrypted)
}

/** Whether all that was captured is read, and the capture lacks something. */
export function isPartly({ reason, records }: Pick<TlsRow, 'reason' | 'records'>): boolean {
  return reason === 'lost-segments' && records.opened > 0
}

/** The list. */
export function ConnectionList({
  rows,
  count,
  selected,
  onSelect,
}: {
  readonly rows: RowCache<TlsRow>
  readonly count: number
  readonly selected: Pick<TlsRow, 'transport' | 'stream'>
  readonly onSelect: (row: TlsRow) => void
}) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [top, setTop] = useState(0)
  const scale = scrollScale(count, ROW, size.height)
  const first = Math.max(0, Math.floor(top / ROW) - 2)
  const last = Math.min(count - 1, Math.ceil((top + size.height) / ROW) + 2)
  useEffect(() => {
    if (count > 0) rows.want(first, Math.max(first, last))
  }, [rows, count, first, last])
  const shown: { readonly index: number; readonly row: TlsRow | undefined }[] = []
  for (let index = first; index <= last; index++) shown.push({ index, row: rows.row(index) })
  const place = useRef(0)
  const seen = shown.find(({ row }) => row?.stream === selected.stream && row.transport === selected.transport)
  useEffect(() => {
    if (seen !== undefined) place.current = seen.index
  }, [seen])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return
    const at = place.current
    const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: count - 1 }
    const wanted = targets[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const target = Math.min(Math.max(0, wanted), count - 1)
    if (box.current !== null) box.current.scrollTop = scale.toElement(revealRow(target, top, ROW, size.height, 1))
    const row = rows.row(target)
    if (row === undefined) {
      rows.want(target, target)
      return
    }
    place.current = target
    onSelect(row)
  }
  return (
    <div
      ref={box}
      className="tl-list"
      role="listbox"
      aria-label={t(m.list)}
      aria-activedescendant={seen === undefined ? undefined : `tl-${selected.transport}-${selected.stream}`}
      tabIndex={0}
      data-pane="list"
      data-pane-focus=""
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(scale.toList(event.currentTarget.scrollTop))
      }}
    >
      <div role="presentation" style={{ height: scale.elementHeight, position: 'relative' }}>
        {shown.map(({ index, row }) =>
          row === undefined ? null : (
            <div
              key={`${row.transport} ${row.stream}`}
              id={`tl-${row.transport}-${row.stream}`}
              role="option"
              aria-selected={row.stream === selected.stream && row.transport === selected.transport}
              aria-label={t(m.item, {
                stream: String(row.stream),
                name: row.sni ?? row.server,
                version: row.version ?? t(m.noVersion),
                state: stateText(row, t),
              })}
              className={`tl-item ${row.stream === selected.stream && row.transport === selected.transport ? 'on' : ''}`}
              style={{ top: index * ROW + scale.toElement(top) - top, height: ROW }}
              onClick={() => {
                place.current = index
                onSelect(row)
              }}
            >
              <span className="mono f3">{row.stream}</span>
              <span className="cut">
                <b>{row.sni ?? row.server}</b>
                <small>
                  {row.version ?? t(m.noVersion)}
                  {row.alpn === null ? '' : ` · ${row.alpn}`}
                </small>
              </span>
              {(row.fatalAlerts > 0 || row.rejected) && <Icon icon={TriangleAlert} className="warn-text" />}
              <Icon icon={row.decrypted || isPartly(row) ? LockOpen : Lock} className={row.decrypted ? 'ok-text' : 'f3'} />
            </div>
          ),
        )}
      </div>
    </div>
  )
}
