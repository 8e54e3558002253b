// Values of bit fields.
import { fieldById } from './registry'

/** The value of a field in the unit that holds it: masked and shifted down; a flag becomes 0 or 1. */
export function masked(id: number, raw: number): number {
  const field = fieldById(id),
    mask = field.mask
  if (mask === undefined) return field.type === 'bool' ? (raw ? 1 : 0) : raw
  if (typeof mask === 'bigint') {
    const value = Number((BigInt(raw) & mask) >> BigInt(field.shift))
    return field.type === 'bool' ? (value ? 1 : 0) : value
  }
  const value = (raw & mask) >>> field.shift
  return field.type === 'bool' ? (value ? 1 : 0) : value
}
