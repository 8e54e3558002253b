// The rows that show a reassembled datagram: one a fragment with what is wrong with it, count, length, data. Same shape for every protocol.
import type { Decoder } from './decoder'
import { bool, bytes, framenum, u32 } from './field'
import type { FieldId, FieldSpec } from './field'
import type { Datagram } from './fragments'

/** Field rows `<protocol>.fragment*` and `.reassembled.*`; spread into a protocol's table. `title` names the protocol in the labels. */
export function fragmentFields<P extends string>(
  protocol: P,
  title: string,
): Record<`${P}.fragment` | `${P}.fragment.error`, FieldSpec<'framenum'>> &
  Record<`${P}.fragment.${'overlap' | 'overlap.conflict' | 'multipletails' | 'toolongfragment'}`, FieldSpec<'bool'>> &
  Record<`${P}.fragment.count` | `${P}.reassembled.length`, FieldSpec<'u32'>> &
  Record<`${P}.reassembled.data`, FieldSpec<'bytes'>> {
  const computed = { generated: true }
  return {
    [`${protocol}.fragment`]: framenum(`${title} Fragment`, computed),
    [`${protocol}.fragment.error`]: framenum('Defragmentation error', computed),
    [`${protocol}.fragment.overlap`]: bool('Fragment overlap', computed),
    [`${protocol}.fragment.overlap.conflict`]: bool('Conflicting data in fragment overlap', computed),
    [`${protocol}.fragment.multipletails`]: bool('Multiple tail fragments found', computed),
    [`${protocol}.fragment.toolongfragment`]: bool('Fragment too long', computed),
    [`${protocol}.fragment.count`]: u32('Fragment count', computed),
    [`${protocol}.reassembled.length`]: u32(`Reassembled ${title} length`, computed),
    [`${protocol}.reassembled.data`]: bytes(`Reassembled ${title} data`, computed),
  } as never
}

/** Field numbers that recordFragments needs. */
export interface FragmentFieldIds {
  readonly fragments: FieldId<'bytes' | 'none'>
  readonly fragment: FieldId<'framenum'>
  readonly overlap: FieldId<'bool'>
  readonly conflict: FieldId<'bool'>
  readonly multipleTails: FieldId<'bool'>
  readonly tooLong: FieldId<'bool'>
  readonly count: FieldId<'u32'>
  readonly length: FieldId<'u32'>
  /** Of protocols that have a field for the bytes themselves. */
  readonly data?: FieldId<'bytes'>
}

/** Records the fragments of a datagram under the current parent; call inside within() of its bytes. Returns whether something is wrong with them. */
export function recordFragments(d: Decoder, title: string, datagram: Datagram, ids: FragmentFieldIds): boolean {
  const total = datagram.length,
    list = datagram.fragments
  d.range(ids.fragments, 0, total)
  d.markGenerated()
  if (d.labels)
    d.label(
      `${list.length} ${title} Fragment${list.length === 1 ? '' : 's'} (${total} byte${total === 1 ? '' : 's'}): ${list.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
    )
  const outer = d.enter()
  for (const part of list) {
    d.generated(ids.fragment, part.frame, Math.min(part.offset, total), Math.min(part.offset + part.length, total))
    if (d.labels) {
      d.label(
        part.length === 0
          ? `Frame: ${part.frame} (no data)`
          : `Frame: ${part.frame}, payload: ${part.offset}-${part.offset + part.length - 1} (${part.length} byte${part.length === 1 ? '' : 's'})`,
      )
    }
    if (!part.overlap && !part.conflict && !part.multipleTails && !part.tooLong) continue
    const inner = d.enter()
    if (part.overlap) d.generated(ids.overlap, 1, 0)
    if (part.conflict) d.generated(ids.conflict, 1, 0)
    if (part.multipleTails) d.generated(ids.multipleTails, 1, 0)
    if (part.tooLong) d.generated(ids.tooLong, 1, 0)
    d.leave(inner)
  }
  d.generated(ids.count, list.length, 0)
  d.generated(ids.length, total, 0)
  if (ids.data !== undefined) {
    d.range(ids.data, 0, total)
    d.markGenerated()
  }
  d.leave(outer)
  return datagram.overlap || datagram.conflict || datagram.multipleTails || datagram.tooLong
}
