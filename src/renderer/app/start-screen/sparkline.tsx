// Packets per second over the last minute. The number beside it says the same, so it is decoration for assistive technology.
import { RATE_SECONDS } from '../../model/live-capture'

const WIDTH = 220
const HEIGHT = 26

/** A line on a scale of its own. */
export function Sparkline({ rates }: { readonly rates: readonly number[] }) {
  const top = Math.max(1, ...rates)
  const step = WIDTH / (RATE_SECONDS - 1)
  const from = RATE_SECONDS - rates.length
  const points = rates.map((rate, index) => [(from + index) * step, HEIGHT - 1 - (rate / top) * (HEIGHT - 3)] as const)
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  const first = points[0]
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true">
      <line className="ground" x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      {first !== undefined && (
        <>
          <polygon points={`${first[0].toFixed(1)},${String(HEIGHT)} ${line} ${String(WIDTH)},${String(HEIGHT)}`} />
          <polyline points={line} />
        </>
      )}
    </svg>
  )
}
