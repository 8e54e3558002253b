// Bracket in the gutter of the list: joins a request with its response.
import { useSelected } from '../../model/store'
import type { CaptureSession } from '../../model/capture-session'

/** The row of a packet if it can be known without asking: file order, or among the rows in view. -1 above, -2 unknown. */
function rowOf(session: CaptureSession, number: number, first: number, last: number): number {
  if (session.inFileOrder()) return number - 1
  for (let index = first; index <= last; index++) if (session.rows.row(index)?.number === number) return index
  return -2
}

/** Draws the bracket between the selected packet and its request or response, as far as it is in view. */
export function RelationBracket({
  session,
  first,
  last,
  rowHeight,
}: {
  readonly session: CaptureSession
  readonly first: number
  readonly last: number
  readonly rowHeight: number
}) {
  const packet = useSelected(session.detail, (detail) => detail.packet)
  const focus = useSelected(session.selection, (selection) => selection.focus)
  const number = useSelected(session.selection, (selection) => selection.number)
  if (packet === null || packet.number !== number || focus < 0) return null
  const related = packet.related.find((item) => item.kind === 'response' || item.kind === 'request')
  if (related === undefined) return null
  const other = rowOf(session, related.number, first, last)
  if (other === -2 || other === focus) return null
  const from = Math.max(Math.min(focus, other), first - 1)
  const to = Math.min(Math.max(focus, other), last + 1)
  if (from > last || to < first) return null
  const arrowRow = related.kind === 'response' ? other : focus
  const top = (from - first) * rowHeight + rowHeight / 2
  const height = (to - from) * rowHeight
  return (
    <svg
      className="rel"
      aria-hidden="true"
      width="10"
      height={height + 8}
      style={{ top: top - 4 }}
      viewBox={`0 -4 10 ${String(height + 8)}`}
    >
      <path d={`M7.5 0.5H1.5V${String(height)}H7.5`} fill="none" stroke="currentColor" strokeWidth="1.25" />
      <path
        d={
          arrowRow === Math.max(focus, other)
            ? `M5 ${String(height - 2.5)}L8 ${String(height)}L5 ${String(height + 2.5)}`
            : 'M5 -2L8 0.5L5 3'
        }
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
      />
    </svg>
  )
}
