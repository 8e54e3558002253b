// One row of the packet list.
import { memo } from 'react'
import { Bookmark, MessageSquareText } from 'lucide-react'
import type { ColorRule } from '../../../shared/contract'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import { cellOf, type ListRow } from '../../model/capture-session'
import { isRightAligned, type Column } from '../../model/columns'
import { Icon } from '../../ui/icon'
import { infoParts } from './info-parts'

/** Props of PacketRowView. `rule` is the colour rule that applies, or null in the "wireglass" profile. */
export interface PacketRowProps {
  readonly index: number
  readonly row: ListRow | undefined
  readonly columns: readonly Column[]
  readonly template: string
  readonly selected: boolean
  readonly focused: boolean
  readonly colorize: boolean
  readonly rule: ColorRule | null
}

/** DOM id of a row, for aria-activedescendant. */
export function rowId(index: number): string {
  return `packet-row-${String(index)}`
}

const TINTED: ReadonlySet<string> = new Set(['http', 'dns', 'arp'])

/** A row; grey bars stand in for cells that were not read yet. */
export const PacketRowView = memo(function PacketRowView({
  index,
  row,
  columns,
  template,
  selected,
  focused,
  colorize,
  rule,
}: PacketRowProps) {
  const t = useT()
  if (row === undefined) {
    return (
      <div
        role="row"
        id={rowId(index)}
        aria-rowindex={index + 2}
        aria-selected={selected}
        className={`pr wait ${selected ? 'sel' : ''}`}
        style={{ gridTemplateColumns: template }}
      >
        <span className="bar" role="presentation" />
        {columns.map((column) => (
          <span key={column.id} role="gridcell">
            <i className="ghost" />
            <span className="visually-hidden">{t(m.loadingRow)}</span>
          </span>
        ))}
      </div>
    )
  }
  const problem = row.severity >= 2
  const tint = !colorize ? '' : problem ? 't-problem' : TINTED.has(row.protocolClass) ? 't-tint' : ''
  const classes = [
    'pr',
    `p-${row.protocolClass}`,
    rule === null ? tint : 'ruled',
    selected ? 'sel' : '',
    focused ? 'foc' : '',
    row.ignored ? 'ignored' : '',
    row.marked ? 'marked' : '',
  ]
  const style =
    rule === null || selected
      ? { gridTemplateColumns: template }
      : { gridTemplateColumns: template, background: rule.background, color: rule.foreground }
  return (
    <div role="row" id={rowId(index)} aria-rowindex={index + 2} aria-selected={selected} className={classes.join(' ')} style={style}>
      <span className="bar" role="presentation">
        {row.marked && <Icon icon={Bookmark} size="small" className="mark-icon" />}
      </span>
      {columns.map((column) => (
        <Cell key={column.id} row={row} column={column} />
      ))}
    </div>
  )
})

function Cell({ row, column }: { readonly row: ListRow; readonly column: Column }) {
  const t = useT()
  const { content } = column
  const text = cellOf(row, content)
  switch (content) {
    case 'number':
      return (
        <span role="gridcell" className="no">
          {text}
          {row.marked && <span className="visually-hidden"> {t(m.marked)}</span>}
          {row.ignored && <span className="visually-hidden"> {t(m.ignored)}</span>}
        </span>
      )
    case 'protocol':
      return (
        <span role="gridcell" className="pc">
          {text}
        </span>
      )
    case 'info':
      return (
        <span role="gridcell" className="in">
          {row.commented && (
            <span className="note">
              <Icon icon={MessageSquareText} size="small" />
              <span className="visually-hidden">{t(m.commented)}</span>
            </span>
          )}
          <InfoText text={text} />
        </span>
      )
    case 'source':
    case 'destination':
      return (
        <span role="gridcell" className="ad">
          {text}
        </span>
      )
    default:
      return (
        <span role="gridcell" className={isRightAligned(content) ? 'ln' : 'tm'}>
          {text}
        </span>
      )
  }
}

function InfoText({ text }: { readonly text: string }) {
  const parts = infoParts(text)
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'plain' ? (
          part.text
        ) : part.kind === 'strong' ? (
          <b key={index}>{part.text}</b>
        ) : (
          <span key={index} className={part.kind}>
            {part.text}
          </span>
        ),
      )}
    </>
  )
}
