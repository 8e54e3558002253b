// Message boundaries for the page: one side's bytes up to a gap, split by a rule.
import type { FramingRule, Result } from '../../shared/contract'
import { fromHex } from '../bytes/text'
import type { FollowedStream } from '../stream/followed-stream'
import { edgesOf, frameMessages, simulatedReads, type Framing } from '../stream/framing'

/** Bytes of a side that are looked at. */
const MOST_BYTES = 4_000_000
/** Ranges of each kind that are given. */
const MOST_RANGES = 2000

/** Boundaries of one side; `giveWay` is awaited between packets and may end it by throwing. */
export async function boundariesOf(
  followed: FollowedStream,
  side: 0 | 1,
  rule: FramingRule,
  readSize: number,
  giveWay: () => Promise<void> | undefined,
): Promise<Result<'follow.boundaries'>> {
  const parts: Uint8Array[] = []
  const segments: { end: number; frame: number }[] = []
  let length = 0,
    gap = false,
    limited = false
  for (const chunk of followed.chunks) {
    if (chunk.side !== side) continue
    gap = chunk.missing > 0
    limited = length + chunk.length > MOST_BYTES
    if (gap || limited) break
    parts.push(followed.bytes(chunk))
    length += chunk.length
    segments.push({ end: length, frame: chunk.frame })
    await giveWay()
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  const { messages, broken } = frameMessages(bytes, framingOf(rule))
  const ends = segments.map(({ end }) => end)
  const reads = simulatedReads(ends, readSize)
  return {
    bytes: length,
    segments: segments.slice(0, MOST_RANGES),
    reads: reads.slice(0, MOST_RANGES),
    messages: messages.slice(0, MOST_RANGES).map((message) => ({ ...message })),
    totals: { messages: messages.length, segments: segments.length, reads: reads.length },
    ...edgesOf(messages, ends, reads),
    broken,
    gap,
    limited,
  }
}

function framingOf(rule: FramingRule): Framing {
  if (rule.kind === 'any') return { kind: 'any', of: rule.of.map(framingOf) }
  return rule.kind === 'delimiter' ? { kind: 'delimiter', bytes: fromHex(rule.bytes) } : rule
}
