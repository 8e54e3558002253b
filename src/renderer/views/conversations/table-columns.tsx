// Columns of the two tables. Which are shown depends on the room: what is computed from others goes first.
import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, CircleSlash, CircleX, type LucideIcon } from 'lucide-react'
import type { ConversationKind, ConversationRow, ConversationSort, EndpointRow, EndpointSort, Outcome } from '../../../shared/contract'
import { conversationMessages as m } from '../../app/i18n/conversations'
import { formatNumber } from '../../app/i18n/format'
import type { Language, Translate } from '../../app/i18n/messages'
import { Icon } from '../../ui/icon'
import type { TableColumn } from './data-table'
import { LifeBars } from './life-bars'
import { COMPLETENESS, stateWords } from './state-words'

/** Icon of each group of outcomes, and the tone that goes with it. */
export const OUTCOME_LOOK: Readonly<Record<Outcome, { readonly icon: LucideIcon; readonly tone: string }>> = {
  normal: { icon: CircleCheck, tone: 'ok' },
  open: { icon: CircleAlert, tone: '' },
  reset: { icon: CircleX, tone: 'bad' },
  refused: { icon: CircleSlash, tone: 'bad' },
  unanswered: { icon: CircleHelp, tone: 'warn' },
  partial: { icon: CircleDashed, tone: 'warn' },
}

/** Columns that go when there is no room for them, the first ones first. */
const DISPENSABLE = ['rate-there', 'rate-back', 'ends', 'seen', 'life', 'duration'] as const

function endText({ address, port }: ConversationRow['a']): ReactNode {
  return (
    <>
      {address}
      {port !== null && <span className="f3">:{port}</span>}
    </>
  )
}

/** Width of a digit in a cell, and what stands beside them. */
const DIGIT = 7.4,
  BESIDE = 16

/** Columns of conversations in a table of `width` pixels; `mostBytes` is the largest sum of bytes that stands in it. */
export function conversationColumns(
  kind: ConversationKind,
  width: number,
  mostBytes: number,
  t: Translate,
  language: Language,
): readonly TableColumn<ConversationRow, ConversationSort>[] {
  const number = (value: number): string => formatNumber(value, language)
  const decimals = (value: number, digits: number): string =>
    value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const bytesWidth = Math.max(72, Math.ceil(number(mostBytes).length * DIGIT) + BESIDE)
  const events = (value: number): string => (value === 0 ? '·' : number(value))
  const rate = (bytes: number, seconds: number): string => {
    if (seconds <= 0) return '–'
    const value = (bytes * 8) / seconds / 1000
    return decimals(value, value < 100 ? 1 : 0)
  }
  const milliseconds = (seconds: number | null): string => (seconds === null ? '–' : decimals(seconds * 1000, seconds < 0.001 ? 3 : 1))
  const isTcp = kind === 'tcp'
  const all: TableColumn<ConversationRow, ConversationSort>[] = [
    { id: 'id', title: t(m.number), width: 40, numeric: true, sort: 'id', cell: ({ id }) => String(id) },
    { id: 'a', title: t(m.addressA), width: 126, grows: true, sort: 'a', cell: ({ a }) => endText(a) },
    { id: 'b', title: t(m.addressB), width: 126, grows: true, sort: 'b', cell: ({ b }) => endText(b) },
    numeric('packets-there', m.packetsThere, 54, ({ packets }) => number(packets[0])),
    numeric('bytes-there', m.bytesThere, bytesWidth, ({ bytes }) => number(bytes[0])),
    numeric('packets-back', m.packetsBack, 54, ({ packets }) => number(packets[1])),
    numeric('bytes-back', m.bytesBack, bytesWidth, ({ bytes }) => number(bytes[1])),
    numeric('start', m.start, 66, ({ start }) => decimals(start, 3)),
    numeric('duration', m.duration, 66, ({ duration }) => decimals(duration, 4)),
    numeric('rate-there', m.rateThere, 68, ({ bytes, duration }) => rate(bytes[0], duration)),
    numeric('rate-back', m.rateBack, 68, ({ bytes, duration }) => rate(bytes[1], duration)),
    ...(isTcp
      ? [
          numeric('round-trip', m.roundTrip, 60, ({ tcp }) => milliseconds(tcp?.initialRoundTrip ?? null)),
          numeric('retransmissions', m.retransmissions, 42, ({ tcp }) => (
            <span className={(tcp?.retransmissions ?? 0) > 0 ? 'bad' : ''}>{events(tcp?.retransmissions ?? 0)}</span>
          )),
          { id: 'state', title: t(m.ended), width: 188, sort: 'state' as const, cell: (row: ConversationRow) => <Ended row={row} t={t} /> },
          {
            id: 'ends',
            title: t(m.endStates),
            width: 196,
            sort: 'ends' as const,
            cell: ({ tcp }: ConversationRow) => tcp?.ends.join(' · ') ?? '',
          },
          { id: 'seen', title: t(m.seen), width: 54, cell: (row: ConversationRow) => <Seen row={row} t={t} /> },
        ]
      : []),
    {
      id: 'life',
      title: t(m.life),
      width: 90,
      cell: (row) => (
        <LifeBars
          row={row}
          width={76}
          height={16}
          label={t(m.lifeCell, { most: Math.max(0, ...(row.life?.there ?? []), ...(row.life?.back ?? [])) })}
        />
      ),
    },
  ]
  function numeric(
    id: ConversationSort,
    title: Parameters<Translate>[0] & typeof m.start,
    columnWidth: number,
    cell: (row: ConversationRow) => ReactNode,
  ): TableColumn<ConversationRow, ConversationSort> {
    return { id, title: t(title), width: columnWidth, numeric: true, sort: id, cell }
  }
  let shown = all
  for (const id of DISPENSABLE) {
    if (shown.reduce((sum, column) => sum + column.width, 16) <= width) break
    shown = shown.filter((column) => column.id !== id)
  }
  return shown
}

function Ended({ row: { tcp }, t }: { readonly row: ConversationRow; readonly t: Translate }) {
  if (tcp === null) return null
  const { icon, tone } = OUTCOME_LOOK[tcp.outcome]
  return (
    <span className="ended">
      <span className={tone}>
        <Icon icon={icon} />
      </span>
      {t(stateWords(tcp))}
    </span>
  )
}

/** Six marks: which kinds of segments are in the capture. */
function Seen({ row: { tcp }, t }: { readonly row: ConversationRow; readonly t: Translate }) {
  if (tcp === null) return null
  const flags = COMPLETENESS.filter(([bit]) => (tcp.completeness & bit) !== 0).map(([, name]) => name)
  return (
    <span className="seen" role="img" aria-label={t(m.seenCell, { flags: flags.length === 0 ? '–' : flags.join(', ') })}>
      {COMPLETENESS.map(([bit, name]) => (
        <i key={name} className={`${(tcp.completeness & bit) !== 0 ? 'on' : ''} ${name === 'RST' ? 'rst' : ''}`} />
      ))}
    </span>
  )
}

/** Columns of endpoints. */
export function endpointColumns(
  kind: ConversationKind,
  t: Translate,
  language: Language,
): readonly TableColumn<EndpointRow, EndpointSort>[] {
  const number = (value: number): string => formatNumber(value, language)
  const numeric = (id: EndpointSort, title: string, cell: (row: EndpointRow) => ReactNode): TableColumn<EndpointRow, EndpointSort> => ({
    id,
    title,
    width: 124,
    numeric: true,
    sort: id,
    cell,
  })
  return [
    { id: 'address', title: t(m.address), width: 180, grows: true, sort: 'address', cell: ({ end }) => end.address },
    ...(kind === 'tcp' || kind === 'udp' ? [numeric('port', t(m.port), ({ end }) => end.port)] : []),
    numeric('packets', t(m.packets), (row) => number(row.sentPackets + row.receivedPackets)),
    numeric('bytes', t(m.bytes), (row) => number(row.sentBytes + row.receivedBytes)),
    numeric('sent-packets', t(m.sentPackets), (row) => number(row.sentPackets)),
    numeric('sent-bytes', t(m.sentBytes), (row) => number(row.sentBytes)),
    numeric('received-packets', t(m.receivedPackets), (row) => number(row.receivedPackets)),
    numeric('received-bytes', t(m.receivedBytes), (row) => number(row.receivedBytes)),
  ]
}
