// Where bytes of a source stand in the capture's frames, so that they can be read again instead of being kept.
import type { Decoder } from './decoder'
import type { SourceOrigin } from './tree-buffer'

/** Which bytes of frames start..end of a source (the one being read) are; undefined where no frames hold them as they are. */
export function originOf(d: Decoder, start: number, end: number, source = d.source): SourceOrigin[] | undefined {
  if (source === 0) return [{ offset: 0, frame: d.packet.number, at: start, length: end - start }]
  const origin = d.tree.sources[source]?.origin?.()
  if (!origin) return undefined
  const parts: SourceOrigin[] = []
  for (const part of origin) {
    const from = Math.max(start, part.offset),
      to = Math.min(end, part.offset + part.length)
    if (to > from) parts.push({ offset: from - start, frame: part.frame, at: part.at + from - part.offset, length: to - from })
  }
  return parts
}

/** Reads bytes of frames again, `length` in all; what is missing stays 0. */
export function readOrigin(d: Decoder, origin: readonly SourceOrigin[], length: number): Uint8Array {
  const bytes = new Uint8Array(length),
    present = d.tree.sources[0]?.bytes
  for (const { offset, frame, at, length: size } of origin) {
    const source = present && frame === d.packet.number ? present : d.session.frames.frame(frame)
    bytes.set(source.subarray(at, at + size), offset)
  }
  return bytes
}
