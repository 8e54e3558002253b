// Texts of the errors that end the reading of a capture: what, where, what next.
import type { ByteSource } from '../bytes/byte-source'
import { CaptureFileError } from '../../shared/errors'
import type { ErrorCode } from '../../shared/errors'

/** An offset as the messages print it. */
export function hexOffset(offset: number): string {
  return `0x${offset.toString(16)}`
}

/** What remains usable after damage, as a sentence. */
export function loadedSentence(packets: number): string {
  if (packets === 0) return 'No packet comes before it.'
  if (packets === 1) return 'The packet before it is loaded.'
  return `The ${String(packets)} packets before it are loaded.`
}

/** The error for damage at `offset`, after `packets` good packets. `what` is a clause without a full stop. */
export function damage(
  code: ErrorCode,
  format: string,
  what: string,
  source: ByteSource,
  offset: number,
  packets: number,
): CaptureFileError {
  const after = packets === 0 ? 'before the first packet' : `after packet ${String(packets)}`
  return new CaptureFileError(code, `${format}: ${what} (offset ${hexOffset(offset)}, ${after}). ${loadedSentence(packets)}`, {
    file: source.name,
    offset,
    packet: packets,
  })
}

/** The error for a source that ended inside a record, or early through an error of its own (a damaged gzip stream). */
export function truncation(
  code: ErrorCode,
  format: string,
  source: ByteSource,
  offset: number,
  packets: number,
  have: number,
  need: number,
): CaptureFileError {
  const failure = source.failure
  if (failure) {
    return new CaptureFileError(
      failure.code,
      `${failure.message} ${loadedSentence(packets)}`,
      { file: source.name, offset, packet: packets },
      { cause: failure },
    )
  }
  const what = `the file is cut short in the middle of a record: ${String(have)} of ${need > 0 ? '' : 'more than '}${String(Math.abs(need))} bytes are there`
  return damage(code, format, what, source, offset, packets)
}
