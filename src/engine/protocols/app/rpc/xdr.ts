// External Data Representation (RFC 4506) as RPC programs show it: counted bytes with their fill, lists of optional entries, groups.
import { bool, bytes, u32 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

/** Fields that every program shares. */
export const XDR_FIELDS = {
  'rpc.opaque_length': u32('length'),
  'rpc.fill_bytes': bytes('fill bytes'),
  'rpc.value_follows': bool('Value Follows', { names: ['Yes', 'No'] }),
} as const

/** Field numbers of what programs share. */
export type XdrIds = FieldIds<typeof XDR_FIELDS>

/**
 * Counted bytes padded to a multiple of four (RFC 4506, 4.10 and 4.11), as text where `isText`. What was captured of cut bytes is shown before the
 * layer stops. Answers the text.
 */
export function opaque(d: Decoder, f: XdrIds, field: FieldId<'string' | 'bytes'>, label: string, isText = true): string {
  d.require(4)
  const start = d.at,
    length = d.peek32(),
    there = Math.min(length, Math.max(0, d.readable - start - 4)),
    fill = (4 - (length % 4)) % 4
  const text = isText ? d.latin1(start + 4, start + 4 + there) : '',
    shown = (length === 0 ? '<EMPTY>' : isText ? text : '<DATA>') + (there < length ? '<TRUNCATED>' : '')
  d.note(start, Math.min(start + 4 + length + fill, d.readable), `${label}: ${shown}`)
  const outer = d.enter()
  d.u32(f['rpc.opaque_length'])
  d.span(field, there)
  if (isText) d.ascii()
  if (d.labels) d.label(`contents: ${shown}`)
  d.require(length - there)
  const fillThere = Math.min(fill, d.readable - d.at)
  if (fill > 0) {
    d.span(f['rpc.fill_bytes'], fillThere)
    if (d.labels) d.label('fill bytes: opaque data')
  }
  d.require(fill - fillThere)
  d.leave(outer)
  return text
}

/** A row with what `inside` reads below it; the text that `inside` answers follows the row's own. */
export function group(d: Decoder, label: string, inside: () => string): string {
  d.note(d.at, d.readable, label)
  const row = d.last,
    outer = d.enter(),
    more = inside()
  if (d.labels && more) d.appendLabel(more, row)
  d.leave(outer, d.at)
  return more
}

/** A chain of optional entries (RFC 4506, 4.19): each is announced by a 1, the end by a 0. */
export function list(d: Decoder, f: XdrIds, entry: () => void): void {
  while (d.u32(f['rpc.value_follows']) !== 0) entry()
}
