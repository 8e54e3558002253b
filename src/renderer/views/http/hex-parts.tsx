// The bytes of a message in hexadecimal and as text, each in the colour of the part it belongs to. Lines in view only.
import { useRef, useState } from 'react'
import type { HttpPart } from '../../../shared/contract'
import { zoneOf } from './zones'

const LINE = 18
const SHOWN = 14

/** The bytes. */
export function HexParts({
  bytes,
  parts,
  label,
}: {
  readonly bytes: Uint8Array
  readonly parts: readonly HttpPart[]
  readonly label: string
}) {
  const [top, setTop] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const count = Math.ceil(bytes.length / 16)
  const first = Math.max(0, Math.floor(top / LINE) - 2)
  const last = Math.min(count, first + SHOWN + 4)
  const lines: number[] = []
  for (let line = first; line < last; line++) lines.push(line)
  return (
    <div
      ref={box}
      className="ht-hex"
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{ height: Math.min(count, SHOWN) * LINE + 8 }}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop)
      }}
    >
      <div style={{ height: count * LINE, position: 'relative' }}>
        <div style={{ transform: `translateY(${first * LINE}px)` }}>
          {lines.map((line) => (
            <HexLine key={line} bytes={bytes} parts={parts} from={line * 16} />
          ))}
        </div>
      </div>
    </div>
  )
}

function HexLine({ bytes, parts, from }: { readonly bytes: Uint8Array; readonly parts: readonly HttpPart[]; readonly from: number }) {
  const runs: { zone: string; start: number; end: number }[] = []
  const end = Math.min(bytes.length, from + 16)
  for (let at = from; at < end; at++) {
    const part = partAt(parts, at)
    const zone = part === undefined ? '' : `z-${zoneOf(part)}`
    const run = runs.at(-1)
    if (run?.zone === zone) run.end = at + 1
    else runs.push({ zone, start: at, end: at + 1 })
  }
  const hex = (start: number, stop: number): string =>
    Array.from(bytes.subarray(start, stop), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const text = (start: number, stop: number): string =>
    Array.from(bytes.subarray(start, stop), (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('')
  return (
    <div className="ht-hex-line">
      <span className="f3">{from.toString(16).padStart(5, '0')}</span>
      <span className="hx">
        {runs.map((run) => (
          <i key={run.start} className={run.zone}>
            {hex(run.start, run.end)}{' '}
          </i>
        ))}
      </span>
      <span className="tx">
        {runs.map((run) => (
          <i key={run.start} className={run.zone}>
            {text(run.start, run.end)}
          </i>
        ))}
      </span>
    </div>
  )
}

/** The part that a byte belongs to; parts are in order. */
function partAt(parts: readonly HttpPart[], at: number): HttpPart | undefined {
  let low = 0
  let high = parts.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const part = parts[middle]
    if (part === undefined) return undefined
    if (at < part.start) high = middle - 1
    else if (at >= part.end) low = middle + 1
    else return part
  }
  return undefined
}
