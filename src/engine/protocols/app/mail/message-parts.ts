// The parts of a mail that a conversation's packets carry: where each part's bytes are, so that the mail can be read when it ends.
import type { Decoder, FieldId } from '../../../dissect/define'

/** Largest mail that is put together. */
const MAX_MAIL = 64 * 1024 * 1024

interface Part {
  readonly frame: number
  readonly length: number
  /** Where the bytes start in the frame; -1 when `copy` holds them. */
  readonly at: number
  readonly copy: Uint8Array | undefined
}

/** The parts of one mail, in the order of arrival; written on the first visit. */
export class MessageParts {
  private readonly parts: Part[] = []

  /** First visit: adds the decoder's bytes from start on. */
  add(d: Decoder, start: number, length: number): void {
    if (!d.first || length <= 0) return
    const inFrame = d.source === 0
    const copy = inFrame ? undefined : d.slice(start, start + length).slice()
    this.parts.push({ frame: d.packet.number, length, at: inFrame ? start : -1, copy })
  }

  /** Parts that had arrived with a frame. */
  until(frame: number): readonly Part[] {
    return this.parts.filter((part) => part.frame <= frame)
  }

  /** All bytes up to a frame, in one piece. */
  bytes(d: Decoder, frame: number): Uint8Array {
    const parts = this.until(frame),
      bytes = new Uint8Array(
        Math.min(
          MAX_MAIL,
          parts.reduce((sum, part) => sum + part.length, 0),
        ),
      )
    let at = 0
    for (const part of parts) {
      if (at + part.length > bytes.length) break
      const from = part.copy ?? (part.frame === d.packet.number ? frameOf(d) : d.session.frames.frame(part.frame)).subarray(part.at)
      bytes.set(from.subarray(0, part.length), at)
      at += part.length
    }
    return bytes
  }
}

/** Bytes of the frame being dissected. */
function frameOf(d: Decoder): Uint8Array {
  return d.tree.sources[0]?.bytes ?? d.bytes
}

/** Field numbers of the rows below. */
export interface PartFields {
  readonly fragments: FieldId<'none'>
  readonly fragment: FieldId<'framenum'>
  readonly count: FieldId<'u32'>
  readonly length: FieldId<'u32'>
}

/** Rows that tell which frames a mail came in. */
export function showParts(d: Decoder, f: PartFields, message: MessageParts): void {
  const parts = message.until(d.packet.number),
    total = parts.reduce((sum, part) => sum + part.length, 0)
  d.generatedValue(f.fragments, '', 0, 0)
  if (d.labels)
    d.label(
      `${parts.length} DATA fragment${parts.length === 1 ? '' : 's'} (${total} byte${total === 1 ? '' : 's'}): ${parts.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
    )
  const outer = d.enter()
  let offset = 0
  for (const { frame, length } of parts) {
    d.generated(f.fragment, frame, 0, 0)
    if (d.labels) d.label(`Frame: ${frame}, payload: ${offset}-${offset + length - 1} (${length} byte${length === 1 ? '' : 's'})`)
    offset += length
  }
  d.generated(f.count, parts.length, 0, 0)
  d.generated(f.length, total, 0, 0)
  d.leave(outer)
}
