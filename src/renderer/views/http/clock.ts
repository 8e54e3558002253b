// The waterfall's clock: places on it in percent, and round marks for its axis.
import type { HttpLane } from '../../../shared/contract'
import { roundStep } from '../../../shared/round-steps'
import type { Span } from './http-state'

/** Place of a moment in percent of a span; outside it stands below 0 or above 100. */
export function placeOf(span: Span, moment: number): number {
  const length = span.to - span.from
  return length <= 0 ? 0 : ((moment - span.from) / length) * 100
}

/** Left edge and width in percent of the part of a stretch that lies in the span; null where none does. */
export function visiblePart(span: Span, from: number, to: number): { readonly left: number; readonly width: number } | null {
  const left = Math.max(0, placeOf(span, from))
  const right = Math.min(100, placeOf(span, to))
  return right < 0 || left > 100 || right < left ? null : { left, width: right - left }
}

/** Steps of a clock from half a minute on, in seconds: minutes, hours and a day. */
const LONG_STEPS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60)

/** The smallest round step that is not shorter than `rough` seconds. */
function clockStep(rough: number): number {
  if (rough <= 20) return roundStep(rough)
  const day = 86_400
  return LONG_STEPS.find((size) => size >= rough) ?? Math.ceil(rough / day) * day
}

/** Moments of a span that are round when counted from `origin`, at most about `most` of them. */
export function ticksOf(span: Span, origin: number, most: number): number[] {
  const length = span.to - span.from
  if (!(length > 0) || most < 1) return []
  const step = clockStep(length / most)
  const ticks: number[] = []
  for (let index = Math.ceil((span.from - origin) / step - 1e-6); ticks.length <= most + 1; index++) {
    const tick = origin + index * step
    if (tick > span.to) break
    ticks.push(tick)
  }
  return ticks
}

/** A time in which every connection that a browser opens to a host was busy, or none was although all were open. */
export interface LimitStretch extends Span {
  readonly kind: 'busy' | 'free'
}

/** When `limit` connections or more carried a request at once, and when all of that many stood open and idle between two requests; in order. */
export function limitStretches(lanes: readonly HttpLane[], limit: number): LimitStretch[] {
  if (lanes.length < limit) return []
  const changes = lanes.flatMap(({ opening, requests }) => [
    { at: opening?.to ?? requests[0]?.from ?? Infinity, open: 1, busy: 0 },
    ...requests.flatMap(({ from, to }) => [
      { at: from, open: 0, busy: 1 },
      { at: to, open: 0, busy: -1 },
    ]),
  ])
  changes.sort((a, b) => a.at - b.at)
  const stretches: LimitStretch[] = []
  let [open, busy] = [0, 0]
  let begun: { readonly kind: LimitStretch['kind']; readonly from: number } | undefined
  for (const [index, change] of changes.entries()) {
    open += change.open
    busy += change.busy
    // an answer's end and the next request may share a moment
    if (changes[index + 1]?.at === change.at) continue
    const kind = busy >= limit ? 'busy' : busy === 0 && open >= limit ? 'free' : undefined
    if (kind === begun?.kind) continue
    if (begun && change.at > begun.from) stretches.push({ ...begun, to: change.at })
    begun = kind && { kind, from: change.at }
  }
  return stretches
}
