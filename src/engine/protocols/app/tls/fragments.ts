// Handshake messages that are spread over records (RFC 8446, 5.1). What is kept are places in frames, and copies only of bytes that no frame holds.
import type { Decoder } from '../../../dissect/define'
import { originOf, readOrigin } from '../../../dissect/source-origin'
import type { SourceOrigin } from '../../../dissect/tree-buffer'
import type { TlsProgress } from './connection'
import type { TlsFields } from './fields'

/** Most records that one message is put together from, so that a hostile peer's records of one byte cost little. */
const MOST_PARTS = 1024

interface Part {
  readonly frame: number
  readonly length: number
  readonly bytes: readonly SourceOrigin[] | Uint8Array
}

/** Type of a message of which not even the header is there. */
export const HEADER_MISSING = -1

/** A message so far. Never changed: further records make new ones, so that snapshots of a connection can share them. */
export interface Fragments {
  /** Handshake type, or HEADER_MISSING. */
  readonly type: number
  readonly parts: readonly Part[]
  readonly length: number
  readonly isComplete: boolean
}

function partOf(d: Decoder, start: number, end: number): Part {
  const origin = originOf(d, start, end),
    found = origin?.reduce((sum, { length }) => sum + length, 0)
  return { frame: d.packet.number, length: end - start, bytes: origin && found === end - start ? origin : d.slice(start, end).slice() }
}

/** A message begins at start..end of this record and needs `missing` bytes more. */
export function startFragments(
  d: Decoder,
  progress: TlsProgress,
  side: 0 | 1,
  type: number,
  start: number,
  end: number,
  missing: number,
): void {
  progress.pending[side] = missing
  progress.fragments[side] = { type, parts: [partOf(d, start, end)], length: end - start, isComplete: false }
}

/** Bytes that a message that began in an earlier record still lacks, 0 when none did; `available` bytes follow at the cursor, of which they may be read. */
export function pendingLength(d: Decoder, progress: TlsProgress, side: 0 | 1, available: number): number {
  const before = progress.fragments[side]
  if (before?.type !== HEADER_MISSING || available < 4 - before.length) return progress.pending[side]
  const head = new Uint8Array(4),
    missing = 4 - before.length
  head.set(assembleFragments(d, before) ?? head.subarray(0, 0))
  head.set(d.slice(d.at, d.at + missing), before.length)
  progress.fragments[side] = { ...before, type: head[0] ?? 0 }
  progress.pending[side] = missing + (((head[1] ?? 0) << 16) | ((head[2] ?? 0) << 8) | (head[3] ?? 0))
  return progress.pending[side]
}

/** A message goes on with start..end of this record; undefined when its start was not seen, or it has too many parts. */
export function continueFragments(d: Decoder, progress: TlsProgress, side: 0 | 1, start: number, end: number): Fragments | undefined {
  progress.pending[side] -= end - start
  const before = progress.fragments[side]
  progress.fragments[side] = undefined
  if (!before || before.parts.length >= MOST_PARTS) return undefined
  const isComplete = progress.pending[side] === 0 && before.type !== HEADER_MISSING,
    now = { ...before, parts: [...before.parts, partOf(d, start, end)], length: before.length + end - start, isComplete }
  if (!isComplete) progress.fragments[side] = now
  return now
}

/** Bytes of a complete message; undefined when some were not captured. */
export function assembleFragments(d: Decoder, { parts, length }: Fragments): Uint8Array | undefined {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    const bytes = part.bytes instanceof Uint8Array ? part.bytes : readOrigin(d, part.bytes, part.length)
    if (bytes.length < part.length) return undefined
    whole.set(bytes, at)
    at += part.length
  }
  return whole
}

/** Rows that say which frames brought the message; the source is the message. */
export function recordFragments(d: Decoder, f: TlsFields, { parts, length }: Fragments): void {
  d.range(f['tls.handshake.fragments'], 0, length)
  d.markGenerated()
  if (d.labels) {
    const list = parts.map((part) => `#${part.frame}(${part.length})`).join(', ')
    d.label(`${parts.length} Reassembled Handshake Fragments (${length} bytes): ${list}`)
  }
  const outer = d.enter()
  let at = 0
  for (const part of parts) {
    d.generated(f['tls.handshake.fragment'], part.frame, at, at + part.length)
    if (d.labels)
      d.label(`Frame: ${part.frame}, payload: ${at}-${at + part.length - 1} (${part.length} byte${part.length === 1 ? '' : 's'})`)
    at += part.length
  }
  d.generated(f['tls.handshake.fragment.count'], parts.length, 0)
  d.leave(outer)
}
