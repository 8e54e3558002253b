// Literals: words, strings and characters read as values of the type that they are compared with.
import { FilterError, type Sentence } from '../../shared/errors'
import type { Field, FieldType } from '../dissect/field'
import type { TimeValue } from '../dissect/tree-buffer'
import type { Term } from './ast'
import { parseIpv6 } from './lexer'
import { parseAbsoluteTime, parseTimeSpan } from './time-literal'
import { classOf, describeType, textBytes } from './value'
import type { Value } from './value'
import { literal } from './sentences'

/** A constant; `prefix` is the number of bits that count, for addresses with a prefix length. */
export interface Constant {
  readonly value: Value
  readonly prefix: number | undefined
}

/** A term that is a literal. */
export type LiteralTerm = Extract<Term, { kind: 'word' | 'string' | 'char' }>

const RANGES: Partial<Record<FieldType, readonly [bigint, bigint]>> = {
  char: [0n, 0xffn],
  u8: [0n, 0xffn],
  u16: [0n, 0xffffn],
  u24: [0n, 0xffffffn],
  u32: [0n, 0xffffffffn],
  u40: [0n, 0xffffffffffn],
  u48: [0n, 0xffffffffffffn],
  u56: [0n, 0xffffffffffffffn],
  u64: [0n, 0xffffffffffffffffn],
  i8: [-0x80n, 0x7fn],
  i16: [-0x8000n, 0x7fffn],
  i24: [-0x800000n, 0x7fffffn],
  i32: [-0x80000000n, 0x7fffffffn],
  i64: [-0x8000000000000000n, 0x7fffffffffffffffn],
  framenum: [0n, 0xffffffffn],
}

/** Text of a literal as written, for messages. */
function written(term: LiteralTerm): string {
  return term.kind === 'char' ? `'${String.fromCharCode(term.value)}'` : term.kind === 'string' ? `"${term.value}"` : term.text
}
function wrong(term: LiteralTerm, message: Sentence): FilterError {
  return new FilterError('filter/type', message, term.start, term.end)
}

/** Reads a literal as a value of `type`; `field` gives value names where the other side is a field. Throws FilterError. */
export function readLiteral(term: LiteralTerm, type: FieldType, field: Field | undefined): Constant {
  const plain = (value: Value): Constant => ({ value, prefix: undefined })
  switch (classOf(type)) {
    case 'none':
      throw wrong(term, literal.onlyPresent(field?.name, describeType(type)))
    case 'boolean':
      return plain(readBoolean(term, field))
    case 'integer':
      return plain(readInteger(term, type, field))
    case 'float':
      return plain(readFloat(term))
    case 'string':
      return plain(term.kind === 'char' ? Uint8Array.of(term.value) : textBytes(term.kind === 'word' ? term.text : term.value))
    case 'abstime': {
      const time = term.kind === 'char' ? undefined : parseAbsoluteTime(term.kind === 'word' ? term.text : term.value)
      if (!time) throw wrong(term, literal.noTime(written(term)))
      return plain(time)
    }
    case 'reltime':
      return plain(readSpan(term))
    case 'ipv4':
      return readIpv4(term)
    case 'ipv6':
      return readIpv6(term)
    case 'ether':
      return plain(readEther(term))
    case 'bytes':
    case 'protocol':
    case 'identifier':
      return plain(readBytes(term))
  }
}

/** Reads the right side of contains for a left side of `type`. */
export function readSearched(term: LiteralTerm, type: FieldType): Uint8Array {
  if (classOf(type) === 'string')
    return term.kind === 'char' ? Uint8Array.of(term.value) : textBytes(term.kind === 'word' ? term.text : term.value)
  return readBytes(term)
}

function readBoolean(term: LiteralTerm, field: Field | undefined): number {
  if (term.kind === 'char') return term.value ? 1 : 0
  const text = term.kind === 'word' ? term.text : term.value
  if (term.kind === 'word') {
    const number = integerOf(text)
    if (number !== undefined) return number ? 1 : 0
    if (/^(?:true|false)$/i.test(text)) return /^t/i.test(text) ? 1 : 0
  }
  const names = field?.names ?? (field?.mask !== undefined ? (['Set', 'Not set'] as const) : (['True', 'False'] as const)),
    lower = text.toLowerCase()
  if (lower === names[0].toLowerCase()) return 1
  if (lower === names[1].toLowerCase()) return 0
  throw wrong(term, literal.noBoolean(written(term), field?.name, names))
}

/** A whole number in decimal, hexadecimal (0x), octal (0) or binary (0b). */
function integerOf(text: string): bigint | undefined {
  if (/^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|[1-9]\d*|0)$/.test(text)) return BigInt(text)
  if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text.slice(1)}`)
  return undefined
}

function readInteger(term: LiteralTerm, type: FieldType, field: Field | undefined): Value {
  let value: bigint | undefined
  if (term.kind === 'char') value = BigInt(term.value)
  else if (term.kind === 'word') value = integerOf(term.text)
  if (value === undefined) {
    const text = term.kind === 'word' ? term.text : term.kind === 'string' ? term.value : '',
      named = field && valueByName(field, text)
    if (named !== undefined) return named
    if (field?.values) throw wrong(term, literal.noNamedValue(written(term), field.name))
    throw wrong(
      term,
      term.kind === 'string' ? literal.stringFor(written(term), field?.name, describeType(type)) : literal.noNumber(written(term)),
    )
  }
  const [low, high] = RANGES[type] ?? [0n, 0xffffffffn]
  if (value > high) throw wrong(term, literal.tooBig(written(term), field?.name, describeType(type), high))
  if (value < low) throw wrong(term, literal.tooSmall(written(term), field?.name, describeType(type), low))
  return value <= 9007199254740991n ? Number(value) : value
}

/** Number of a value's name (any case), or undefined. */
export function valueByName(field: Field, name: string): number | undefined {
  const wanted = name.toLowerCase(),
    values = field.values
  if (values === undefined || wanted === '') return undefined
  if (typeof values === 'function') {
    const limit = Math.min(65_536, 256 ** Math.max(1, field.width))
    for (let value = 0; value < limit; value++) if (values(value)?.toLowerCase() === wanted) return value
    return undefined
  }
  for (const [value, text] of Object.entries(values)) if (text.toLowerCase() === wanted) return Number(value)
  return undefined
}

function readFloat(term: LiteralTerm): number {
  if (term.kind === 'char') return term.value
  const text = term.kind === 'word' ? term.text : ''
  const value = /^(?:\d+\.?\d*(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+)$/.test(text) ? Number(text) : NaN
  if (Number.isNaN(value)) throw wrong(term, literal.noFloat(written(term)))
  return value
}

function readSpan(term: LiteralTerm): TimeValue {
  const span = term.kind === 'word' ? parseTimeSpan(term.text) : undefined
  if (!span) throw wrong(term, literal.noSpan(written(term)))
  return span
}

function readIpv4(term: LiteralTerm): Constant {
  const match = term.kind === 'word' ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(term.text) : null
  const parts = match?.slice(1, 5).map(Number) ?? []
  if (!match || parts.some((part) => part > 255)) throw wrong(term, literal.noAddress(written(term), 'IPv4'))
  const prefix = match[5] === undefined ? undefined : Number(match[5])
  if (prefix !== undefined && prefix > 32) throw wrong(term, literal.prefixTooLong('IPv4', 32, prefix))
  return { value: parts.reduce((sum, part) => sum * 256 + part, 0), prefix: prefix === 32 ? undefined : prefix }
}

function readIpv6(term: LiteralTerm): Constant {
  const [address = '', bits] = term.kind === 'word' ? term.text.split('/') : [],
    value = parseIpv6(address)
  if (!value) throw wrong(term, literal.noAddress(written(term), 'IPv6'))
  const prefix = bits === undefined ? undefined : Number(bits)
  if (prefix !== undefined && prefix > 128) throw wrong(term, literal.prefixTooLong('IPv6', 128, prefix))
  return { value, prefix: prefix === 128 ? undefined : prefix }
}

/** Bytes written in hexadecimal: with one kind of separator between single bytes, or dots between pairs, or none. */
export function hexBytes(text: string): Uint8Array | undefined {
  const single = /^[0-9a-f]{1,2}([:.-])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2})*$/i.exec(text)
  if (single?.[1] !== undefined) return Uint8Array.from(text.split(single[1]), (part) => parseInt(part, 16))
  if (!/^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i.test(text) && !/^[0-9a-f]+$/i.test(text)) return undefined
  const digits = text.replaceAll('.', '')
  const out = new Uint8Array(Math.ceil(digits.length / 2))
  // an odd last digit is a byte of its own
  for (let i = 0; i < out.length; i++) out[i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return out
}

function readEther(term: LiteralTerm): Uint8Array {
  const bytes = term.kind === 'word' ? hexBytes(term.text) : undefined
  if (!bytes) throw wrong(term, literal.noAddress(written(term), 'Ethernet'))
  if (bytes.length !== 6) throw wrong(term, literal.sixBytes(written(term), bytes.length))
  return bytes
}

/** Bytes of a literal: hexadecimal, a string's own bytes, a character, or one byte as 0x47. */
export function readBytes(term: LiteralTerm): Uint8Array {
  if (term.kind === 'char') return Uint8Array.of(term.value)
  if (term.kind === 'string') return textBytes(term.value)
  const bytes = /^0[xX][0-9a-fA-F]{1,2}$/.test(term.text) ? Uint8Array.of(Number(term.text)) : hexBytes(term.text)
  if (!bytes) throw wrong(term, literal.noBytes(written(term)))
  return bytes
}
