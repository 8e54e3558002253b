// Values that filters compare, and what can be done with them. Strings are kept as their UTF-8 bytes, so slices, order and search are those of
// Wireshark, which works on bytes as well.
import type { Sentence } from '../../shared/errors'
import type { FieldType } from '../dissect/field'
import type { TimeValue } from '../dissect/tree-buffer'

/** A value: integers, floats, booleans and IPv4 addresses as numbers (64-bit integers as bigint where a number would round). */
export type Value = number | bigint | Uint8Array | TimeValue

/** What kind of thing a type is, as far as operators care. */
export type ValueClass =
  | 'none'
  | 'integer'
  | 'boolean'
  | 'float'
  | 'string'
  | 'bytes'
  | 'ether'
  | 'ipv4'
  | 'ipv6'
  | 'abstime'
  | 'reltime'
  | 'protocol'
  | 'identifier'

/** Class of a field type. */
export function classOf(type: FieldType): ValueClass {
  switch (type) {
    case 'none':
    case 'expert':
      return 'none'
    case 'protocol':
      return 'protocol'
    case 'bool':
      return 'boolean'
    case 'char':
    case 'u8':
    case 'u16':
    case 'u24':
    case 'u32':
    case 'u40':
    case 'u48':
    case 'u56':
    case 'u64':
    case 'i8':
    case 'i16':
    case 'i24':
    case 'i32':
    case 'i64':
    case 'framenum':
      return 'integer'
    case 'float':
    case 'double':
      return 'float'
    case 'abstime':
    case 'reltime':
    case 'string':
    case 'bytes':
    case 'ether':
    case 'ipv4':
    case 'ipv6':
      return type
    case 'guid':
    case 'oid':
    case 'eui64':
      return 'identifier'
  }
}

/** Type in words for messages. */
export function describeType(type: FieldType): Sentence {
  switch (classOf(type)) {
    case 'none':
      return { en: 'a label without value', zh: '没有值的标签' }
    case 'protocol':
      return { en: 'a protocol', zh: '协议' }
    case 'boolean':
      return { en: 'a boolean', zh: '布尔值' }
    case 'integer':
      return type.startsWith('i')
        ? { en: 'a signed integer', zh: '有符号整数' }
        : type === 'framenum'
          ? { en: 'a frame number', zh: '帧编号' }
          : type === 'char'
            ? { en: 'a character', zh: '字符' }
            : { en: 'an unsigned integer', zh: '无符号整数' }
    case 'float':
      return { en: 'a floating-point number', zh: '浮点数' }
    case 'string':
      return { en: 'a string', zh: '字符串' }
    case 'bytes':
      return { en: 'a byte sequence', zh: '字节序列' }
    case 'ether':
      return { en: 'an Ethernet address', zh: '以太网地址' }
    case 'ipv4':
      return { en: 'an IPv4 address', zh: 'IPv4 地址' }
    case 'ipv6':
      return { en: 'an IPv6 address', zh: 'IPv6 地址' }
    case 'abstime':
      return { en: 'a date and time', zh: '日期和时间' }
    case 'reltime':
      return { en: 'a time span', zh: '时长' }
    case 'identifier':
      return type === 'oid'
        ? { en: 'an object identifier', zh: '对象标识符' }
        : type === 'guid'
          ? { en: 'a GUID', zh: 'GUID' }
          : { en: 'an EUI-64 address', zh: 'EUI-64 地址' }
  }
}

/** Whether values of a type are sequences of bytes that can be sliced. */
export function canSlice(type: FieldType): boolean {
  return ['string', 'bytes', 'ether', 'ipv4', 'ipv6', 'protocol', 'identifier'].includes(classOf(type))
}
/** Whether contains and matches work on a type. */
export function canSearch(type: FieldType): boolean {
  return ['string', 'bytes', 'ether', 'protocol'].includes(classOf(type)) || type === 'oid' || type === 'eui64'
}
/** Whether an arithmetic operator works on a type. */
export function canCompute(type: FieldType, operator: '&' | '+' | '-' | '*' | '/' | '%' | 'negate'): boolean {
  switch (classOf(type)) {
    case 'integer':
      return type !== 'char'
    case 'float':
      return operator !== '&' && operator !== '%'
    case 'reltime':
      return operator === '+' || operator === '-' || operator === 'negate'
    case 'ipv4':
    case 'ipv6':
    case 'ether':
    case 'bytes':
      return operator === '&'
    default:
      return false
  }
}

/** Whether a value of type `a` can be compared with one of type `b` on its right side. */
export function comparable(a: FieldType, b: FieldType): boolean {
  const left = classOf(a),
    right = classOf(b)
  if (left === right) return left !== 'none' && left !== 'identifier' ? true : a === b && left !== 'none'
  if (left === 'integer' && right === 'boolean') return true
  const group = (c: ValueClass) => (c === 'ether' || c === 'protocol' || c === 'identifier' ? 'bytes' : c)
  return group(left) === group(right)
}

/** Order of two values of comparable types: negative, 0 or positive. NaN compares as unequal (returns NaN). */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' || typeof a === 'bigint') {
    if (typeof b !== 'number' && typeof b !== 'bigint') return NaN
    return a < b ? -1 : a > b ? 1 : Number(a) === Number(b) ? 0 : NaN
  }
  if (typeof b === 'number' || typeof b === 'bigint') return NaN
  if (a instanceof Uint8Array) return b instanceof Uint8Array ? compareBytes(a, b) : NaN
  if (b instanceof Uint8Array) return NaN
  return a.seconds !== b.seconds ? (a.seconds < b.seconds ? -1 : 1) : a.nanoseconds - b.nanoseconds
}

/** Order of byte sequences as Wireshark 4.0.17 has it: the longer is greater, whatever it holds. */
export function compareLengthFirst(a: Uint8Array, b: Uint8Array): number {
  return a.length - b.length || compareBytes(a, b)
}

/** Byte order, the shorter of equal beginnings first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference) return difference
  }
  return a.length - b.length
}

/** Whether `part` occurs in `whole`; an empty part never does for strings (Wireshark's rule), see callers. */
export function containsBytes(whole: Uint8Array, part: Uint8Array): boolean {
  const first = part[0]
  if (first === undefined) return true
  const last = whole.length - part.length
  for (let at = whole.indexOf(first); at >= 0 && at <= last; at = whole.indexOf(first, at + 1)) {
    let i = 1
    while (i < part.length && whole[at + i] === part[i]) i++
    if (i === part.length) return true
  }
  return false
}

/** Whether a value counts as true: not zero. */
export function isTruthy(value: Value): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return Boolean(value)
  if (value instanceof Uint8Array) return value.some((byte) => byte !== 0)
  return value.seconds !== 0 || value.nanoseconds !== 0
}

/** A computed value, or undefined where there is none (division by zero). */
export function compute(operator: '&' | '+' | '-' | '*' | '/' | '%', a: Value, b: Value, integer: boolean): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') return computeNumbers(operator, a, b, integer)
  if ((typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number'))
    return computeBig(operator, BigInt(a), BigInt(b))
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return a.subarray(0, Math.min(a.length, b.length)).map((byte, i) => byte & (b[i] ?? 0))
  if (typeof a === 'object' && typeof b === 'object' && 'seconds' in a && 'seconds' in b) {
    const sign = operator === '-' ? -1 : 1
    return normalTime(a.seconds + sign * b.seconds, a.nanoseconds + sign * b.nanoseconds)
  }
  return undefined
}

function computeNumbers(operator: '&' | '+' | '-' | '*' | '/' | '%', a: number, b: number, integer: boolean): Value | undefined {
  let result: number
  switch (operator) {
    case '+':
      result = a + b
      break
    case '-':
      result = a - b
      break
    case '*':
      result = a * b
      break
    case '/':
      if (b === 0) return undefined
      result = integer ? Math.trunc(a / b) : a / b
      break
    case '%':
      if (b === 0) return undefined
      result = a % b
      break
    case '&':
      if (a >= 0 && b >= 0 && a <= 0xffffffff && b <= 0xffffffff) return (a & b) >>> 0
      return computeBig('&', BigInt(Math.trunc(a)), BigInt(Math.trunc(b)))
  }
  return integer && !Number.isSafeInteger(result) ? computeBig(operator, BigInt(a), BigInt(b)) : result
}

function computeBig(operator: '&' | '+' | '-' | '*' | '/' | '%', a: bigint, b: bigint): Value | undefined {
  const result = bigResult(operator, a, b)
  return result !== undefined && result >= -9007199254740991n && result <= 9007199254740991n ? Number(result) : result
}
function bigResult(operator: '&' | '+' | '-' | '*' | '/' | '%', a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return b === 0n ? undefined : a / b
    case '%':
      return b === 0n ? undefined : a % b
    case '&':
      return BigInt.asUintN(64, a) & BigInt.asUintN(64, b)
  }
}

/** The negative of a number or a time span. */
export function negate(value: Value): Value | undefined {
  if (typeof value === 'number') return value === 0 ? 0 : -value
  if (typeof value === 'bigint') return -value
  return value instanceof Uint8Array ? undefined : normalTime(-value.seconds, -value.nanoseconds)
}

/** Distance from zero. */
export function absolute(value: Value): Value | undefined {
  if (typeof value === 'number') return Math.abs(value)
  if (typeof value === 'bigint') return value < 0n ? -value : value
  if (value instanceof Uint8Array) return undefined
  return value.seconds < 0 || value.nanoseconds < 0 ? normalTime(-value.seconds, -value.nanoseconds) : value
}

function normalTime(seconds: number, nanoseconds: number): TimeValue {
  let s = seconds + Math.trunc(nanoseconds / 1e9),
    n = nanoseconds % 1e9
  if (s > 0 && n < 0) {
    s -= 1
    n += 1e9
  }
  if (s < 0 && n > 0) {
    s += 1
    n -= 1e9
  }
  // no negative zero
  return { seconds: s + 0 || 0, nanoseconds: n + 0 || 0 }
}

/** UTF-8 bytes of filter text; a byte written as an escape (\xe9) was kept as U+DC00 + byte. */
export function textBytes(text: string): Uint8Array {
  const out: number[] = []
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0
    if (code < 0x80) out.push(code)
    else if (code >= 0xdc80 && code <= 0xdcff) out.push(code & 0xff)
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(out)
}
