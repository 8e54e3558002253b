// A bit field's value out of the unit that holds it.
import type { Field } from './field'
import { FIELD_FLAGS, FIELD_MASKS, FIELD_SHIFTS, UNMASKED, WIDE_MASK, fieldById } from './registry'
import { TRUTH } from './tree-buffer'

/** Value of a field whose unit holds `raw`: masked and shifted down; flags are 0 or 1. */
export function masked(id: number, raw: number): number {
  const mask = FIELD_MASKS[id]!
  const value = mask === UNMASKED ? raw : mask === WIDE_MASK ? maskedWidely(fieldById(id), raw) : (raw & mask) >>> FIELD_SHIFTS[id]!
  return FIELD_FLAGS[id]! & TRUTH ? (value ? 1 : 0) : value
}

function maskedWidely({ mask, shift }: Field, raw: number): number {
  return typeof mask === 'bigint' ? Number((BigInt(raw) & mask) >> BigInt(shift)) : (raw & (mask ?? 0)) >>> shift
}
