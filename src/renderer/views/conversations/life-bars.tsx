// Bytes of a conversation over its life: one direction above the line, the other below. It has its own scale.
import type { ConversationRow } from '../../../shared/contract'

/** The bars. */
export function LifeBars({
  row,
  width,
  height,
  label,
}: {
  readonly row: ConversationRow
  readonly width: number
  readonly height: number
  readonly label: string
}) {
  const { life, duration } = row
  if (life === null) return null
  const most = Math.max(1, ...life.there, ...life.back)
  const span = Math.max(duration, life.interval)
  const middle = height / 2
  const step = (life.interval / span) * width
  const bar = Math.max(1, step - 1)
  // Short bars stay visible beside long ones.
  const length = (bytes: number): number => (bytes === 0 ? 0 : Math.max(1, (bytes / most) * (middle - 0.5)))
  const left = (index: number): number => Math.min(index * step, width - bar)
  // One path a direction: a table draws dozens of these in every frame of scrolling.
  const path = (values: readonly number[], isAbove: boolean): string =>
    values
      .map((bytes, index) => {
        if (bytes === 0) return ''
        const x = left(index).toFixed(1)
        return `M${x} ${middle}v${(isAbove ? -length(bytes) : length(bytes)).toFixed(1)}h${bar.toFixed(1)}V${middle}z`
      })
      .join('')
  return (
    <svg className="life" width={width} height={height} role="img" aria-label={label}>
      <line x1={0} x2={width} y1={middle} y2={middle} />
      <path className="there" d={path(life.there, true)} />
      <path className="back" d={path(life.back, false)} />
    </svg>
  )
}
