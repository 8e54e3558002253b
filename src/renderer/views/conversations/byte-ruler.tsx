// Messages, segments and reads on one ruler of bytes. Edges that a program cannot see are carried down through all lanes.
import { roundStep } from '../../../shared/round-steps'
import type { Result } from '../../../shared/contract'
import { boundaryMessages as m } from '../../app/i18n/boundaries'
import { useT } from '../../app/i18n/use-t'

type Boundaries = Result<'follow.boundaries'>

const LANE = 34
const TOP = 8
const LANES = { messages: TOP, axis: TOP + 44, segments: TOP + 74, reads: TOP + 122 } as const
const HEIGHT = TOP + 166
/** A label needs this many pixels. */
const LABEL = 34

/** The ruler, `width` pixels wide. */
export function ByteRuler({
  boundaries,
  width,
  selected,
  onSelect,
}: {
  readonly boundaries: Boundaries
  readonly width: number
  readonly selected: number
  readonly onSelect: (message: number) => void
}) {
  const t = useT()
  const { bytes, messages, segments, reads } = boundaries
  const x = (offset: number): number => (offset / Math.max(1, bytes)) * (width - 2) + 1
  const tick = roundStep(Math.max(1, bytes / Math.max(1, width / 110)))
  const ticks = Array.from({ length: Math.min(400, Math.floor(bytes / tick) + 1) }, (_, index) => index * tick)
  const chosen = messages[selected]
  return (
    <svg className="bd-ruler" width={width} height={HEIGHT} role="img" aria-label={t(m.ruler)}>
      {chosen !== undefined && (
        <rect className="chosen" x={x(chosen.start)} y={0} width={Math.max(1, x(chosen.end) - x(chosen.start))} height={HEIGHT} />
      )}
      {messages.map(({ start, end, complete }, index) => (
        <g
          key={start}
          className={`message ${complete ? '' : 'partial'} ${index === selected ? 'on' : ''}`}
          onClick={() => {
            onSelect(index)
          }}
        >
          <rect x={x(start)} y={LANES.messages} width={Math.max(1, x(end) - x(start) - 1)} height={LANE} rx={3} />
          {x(end) - x(start) > LABEL && (
            <text x={x(start) + 5} y={LANES.messages + 14}>
              {index + 1}
            </text>
          )}
          <line x1={x(end)} x2={x(end)} y1={LANES.messages} y2={HEIGHT - 4} />
        </g>
      ))}
      <g className="axis">
        <line x1={1} x2={width - 1} y1={LANES.axis} y2={LANES.axis} />
        {ticks.map((offset) => (
          <g key={offset}>
            <line x1={x(offset)} x2={x(offset)} y1={LANES.axis - 3} y2={LANES.axis + 3} />
            <text x={x(offset) + 3} y={LANES.axis + 16}>
              {offset.toLocaleString('en')}
            </text>
          </g>
        ))}
      </g>
      {segments.map(({ end, frame }, index) => {
        const start = segments[index - 1]?.end ?? 0
        return (
          <g key={start} className="segment">
            <rect x={x(start)} y={LANES.segments} width={Math.max(1, x(end) - x(start) - 1)} height={LANE} rx={3} />
            {x(end) - x(start) > LABEL && (
              <text x={x(start) + 5} y={LANES.segments + 14}>
                #{frame}
              </text>
            )}
          </g>
        )
      })}
      {reads.map((end, index) => {
        const start = reads[index - 1] ?? 0
        return (
          <g key={start} className="read">
            <rect x={x(start)} y={LANES.reads} width={Math.max(1, x(end) - x(start) - 1)} height={LANE - 6} rx={3} />
            {x(end) - x(start) > LABEL + 10 && (
              <text x={x(start) + 5} y={LANES.reads + 17}>
                recv {index + 1}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
