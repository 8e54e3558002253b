// The one place where a node becomes text: the value as -T fields and filters write it, and the row of the detail tree.
import { escapeText, etherText, guidText, hex, ipv4Text, ipv6Text, oidText, utf8Text } from '../bytes/text'
import { asciiBytes } from '../bytes/printable'
import type { Field, FieldType, NumericType } from './field'
import { EXPERT, EXPERT_GROUP, EXPERT_SEVERITY } from './problems'
import { fieldById } from './registry'
import { ASCII_TEXT, HAS_OBJECT, HEXADECIMAL, LITTLE_ENDIAN } from './tree-buffer'
import type { TimeValue, TreeBuffer } from './tree-buffer'

/** Exact value of a 64-bit node. */
export function exactInteger(tree: TreeBuffer, node: number): bigint {
  const object = tree.object(node)
  if (typeof object === 'bigint') return object
  const field = fieldById(tree.field(node)),
    bytes = tree.bytes(node)
  if (bytes.length === 0 || bytes.length > 8) return BigInt(Math.trunc(tree.numbers[node]!))
  let value = 0n
  const little = (tree.flags[node]! & LITTLE_ENDIAN) !== 0
  for (let i = 0; i < bytes.length; i++) value = (value << 8n) | BigInt(bytes[little ? bytes.length - 1 - i : i]!)
  if (typeof field.mask === 'bigint' || typeof field.mask === 'number') value = (value & BigInt(field.mask)) >> BigInt(field.shift)
  if (field.type === 'i64') value = BigInt.asIntN(64, value)
  // a node whose number was set to something else than its bytes say keeps that number
  return Number(value) === tree.numbers[node] ? value : BigInt(Math.trunc(tree.numbers[node]!))
}

/** Text of a string node that is not the text of its bytes: set by its dissector, or computed from the bytes. */
export function derivedText(tree: TreeBuffer, node: number): string | undefined {
  const object = tree.object(node)
  return typeof object === 'string' ? object : fieldById(tree.field(node)).text?.(tree.bytes(node))
}

/** Text of a string node, not escaped. */
export function stringValue(tree: TreeBuffer, node: number): string {
  const text = derivedText(tree, node)
  if (text !== undefined) return text
  return tree.flags[node]! & ASCII_TEXT ? asciiBytes(tree.bytes(node)) : utf8Text(tree.bytes(node))
}

/** Time of a node. */
export function timeValue(tree: TreeBuffer, node: number): TimeValue {
  const object: unknown = tree.object(node)
  return typeof object === 'object' && object !== null && 'seconds' in object ? (object as TimeValue) : { seconds: 0, nanoseconds: 0 }
}

/** Value of a node as tshark's -T fields prints it; '' only for an empty string or empty bytes. Value names are not used. */
export function fieldText(tree: TreeBuffer, node: number): string {
  const field = fieldById(tree.field(node))
  switch (field.type) {
    case 'none':
    case 'expert':
      return '1'
    case 'protocol':
      return rowText(tree, node)
    case 'u64':
    case 'i64':
      return integer64(field, exactInteger(tree, node))
    case 'float':
      return general(tree.numbers[node]!, 6)
    case 'double':
      return general(tree.numbers[node]!, 15)
    case 'abstime':
      return givenText(tree, node) ?? (isUnsetNtp(field, tree, node) ? 'NULL' : absoluteText(timeValue(tree, node), 9))
    case 'reltime':
      return relativeText(timeValue(tree, node), 9)
    case 'string':
      return escapeText(stringValue(tree, node))
    case 'bytes':
      return hex(tree.bytes(node), field.separator ?? '') || (field.mayBeEmpty ? '<none>' : '<MISSING>')
    case 'ether':
      return etherText(tree.bytes(node))
    case 'eui64':
      return hex(tree.bytes(node), ':')
    case 'ipv4':
      return ipv4Text(tree.bytes(node))
    case 'ipv6':
      return ipv6Text(tree.bytes(node))
    case 'guid':
      return guidText(tree.bytes(node), (tree.flags[node]! & LITTLE_ENDIAN) !== 0)
    case 'oid':
      return oidText(tree.bytes(node))
    case 'framenum':
      return String(tree.numbers[node]!)
    case 'bool':
      return tree.numbers[node]! ? '1' : '0'
    case 'char':
      return character(tree.numbers[node]!)
    case 'u8':
    case 'u16':
    case 'u24':
    case 'u32':
    case 'u40':
    case 'u48':
    case 'u56':
    case 'i8':
    case 'i16':
    case 'i24':
    case 'i32':
      return givenText(tree, node) ?? integer(field, tree.numbers[node]!, (tree.flags[node]! & HEXADECIMAL) !== 0)
  }
}

/** NTP's time zero. */
function isUnsetNtp(field: Field, tree: TreeBuffer, node: number): boolean {
  if (field.time !== 'ntp') return false
  const { seconds, nanoseconds } = timeValue(tree, node)
  return seconds === -2_208_988_800 && nanoseconds === 0
}

/** Text that was set for a value whose dissector writes it itself: one name may stand for numbers of different width, a time may be unreadable. */
function givenText(tree: TreeBuffer, node: number): string | undefined {
  const text = tree.object(node)
  return typeof text === 'string' ? text : undefined
}

/** A character constant as C and display filters write it. */
function character(value: number): string {
  const plain = String.fromCharCode(value),
    letter = "\\'".includes(plain) ? plain : CHARACTER_ESCAPES[plain]
  if (letter !== undefined) return `'\\${letter}'`
  return value >= 0x20 && value < 0x7f ? `'${plain}'` : `'\\x${value.toString(16).padStart(2, '0')}'`
}
const CHARACTER_ESCAPES: Record<string, string> = { '\x07': 'a', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' }

const EXACT_ESCAPES: Record<string, string> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }

/** fieldText as tshark writes it to a pipe or a file: of control characters only those with a letter of their own are escaped. Not for terminals. */
export function exactFieldText(tree: TreeBuffer, node: number): string {
  if (fieldById(tree.field(node)).type !== 'string') return fieldText(tree, node)
  return stringValue(tree, node).replace(/[\b\t\n\f\r]/g, (c) => EXACT_ESCAPES[c]!)
}

function integer(field: Field, value: number, hexadecimal = false): string {
  switch (hexadecimal ? 'hex' : field.base) {
    case 'hex':
    case 'hex-dec':
      return `0x${unsigned(field, value)
        .toString(16)
        .padStart(field.width * 2, '0')}`
    case 'oct':
      return value === 0 ? '0' : `0${value.toString(8)}`
    default:
      return String(value)
  }
}
function unsigned(field: Field, value: number): number {
  return value < 0 ? value + 2 ** (8 * field.width) : value
}
function integer64(field: Field, value: bigint): string {
  return field.base === 'hex' || field.base === 'hex-dec' ? `0x${BigInt.asUintN(64, value).toString(16).padStart(16, '0')}` : String(value)
}
/** C's %.Ng. */
function general(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  if (value === 0) return '0'
  const exponent = Number(value.toExponential(digits - 1).split('e')[1])
  if (exponent < -4 || exponent >= digits) {
    const [mantissa, power] = value.toExponential(digits - 1).split('e') as [string, string]
    const sign = power.startsWith('-') ? '-' : '+'
    return `${mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa}e${sign}${power.replace(/^[+-]/, '').padStart(2, '0')}`
  }
  const text = value.toFixed(Math.max(0, digits - 1 - exponent))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Calendar date of whole seconds since 1970 (proleptic Gregorian, UTC). */
export function civil(seconds: number): { year: number; month: number; day: number; hour: number; minute: number; second: number } {
  const days = Math.floor(seconds / 86400),
    rest = seconds - days * 86400
  const shifted = days + 719468,
    era = Math.floor(shifted / 146097),
    dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)),
    m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  }
}

const two = (n: number) => String(n).padStart(2, '0')

/** "Nov 22, 2026 13:05:42.000000000 UTC", as tshark prints absolute times. */
export function absoluteText(time: TimeValue, digits: number): string {
  const c = civil(time.seconds)
  return `${MONTHS[c.month - 1]!} ${String(c.day).padStart(2, ' ')}, ${c.year} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}${fraction(time.nanoseconds, digits)} UTC`
}
/** Seconds with a fraction; a minus sign for negative times. */
export function relativeText(time: TimeValue, digits: number): string {
  const negative = time.seconds < 0 || time.nanoseconds < 0
  return `${negative ? '-' : ''}${Math.abs(time.seconds)}${fraction(Math.abs(time.nanoseconds), digits)}`
}
function fraction(nanoseconds: number, digits: number): string {
  if (digits <= 0) return ''
  const text = String(nanoseconds).padStart(9, '0')
  return `.${digits >= 9 ? text : text.slice(0, digits)}`
}

/** Name of an integer value, or undefined. */
export function valueName(field: Field, value: number): string | undefined {
  return typeof field.values === 'function' ? field.values(value) : field.values?.[value]
}

/** Value of a node for the tree: with its name, unit, and the words of a flag. */
export function displayValue(tree: TreeBuffer, node: number): string {
  const field = fieldById(tree.field(node)),
    value = tree.numbers[node]!
  switch (field.type) {
    case 'bool':
      return value ? (field.names?.[0] ?? (field.mask ? 'Set' : 'True')) : (field.names?.[1] ?? (field.mask ? 'Not set' : 'False'))
    case 'string':
      return escapeText(stringValue(tree, node))
    case 'bytes': {
      const text = fieldText(tree, node)
      return text.length > 72 ? `${text.slice(0, 72)}…` : text || (field.mayBeEmpty ? '<none>' : '<MISSING>')
    }
    case 'reltime':
      return `${fieldText(tree, node)} seconds`
    case 'char':
    case 'u8':
    case 'u16':
    case 'u24':
    case 'u32':
    case 'u40':
    case 'u48':
    case 'u56':
    case 'i8':
    case 'i16':
    case 'i24':
    case 'i32': {
      if (field.base === 'custom' && field.format) return field.format(value)
      const digits = field.type === 'char' ? character(value) : integer(field, value)
      if (field.values) return `${valueName(field, value) ?? 'Unknown'} (${digits})`
      const other =
        field.base === 'dec-hex'
          ? ` (0x${value.toString(16).padStart(field.width * 2, '0')})`
          : field.base === 'hex-dec'
            ? ` (${value})`
            : ''
      return digits + other + (field.unit ?? '')
    }
    case 'u64': {
      const text = fieldText(tree, node)
      return field.base === 'hex-dec' ? `${text} (${BigInt(text)})` : text + (field.unit ?? '')
    }
    default:
      return fieldText(tree, node) + (field.unit ?? '')
  }
}

/** Row of the detail tree, as Wireshark words it, without the brackets of generated rows. */
export function rowText(tree: TreeBuffer, node: number): string {
  const field = fieldById(tree.field(node)),
    own = tree.labels[node]
  if (own !== undefined && !own.startsWith('\u0000')) return escapeText(own)
  const more = own === undefined ? '' : escapeText(own.slice(1))
  const object = tree.object(node)
  if (field.id === EXPERT) return expertText(tree, node)
  if (field.id === EXPERT_SEVERITY || field.id === EXPERT_GROUP)
    return `${field.label}: ${valueName(field, tree.numbers[node]!) ?? 'Unknown'}`
  switch (field.type) {
    case 'none':
    case 'expert':
    case 'protocol':
      return (typeof object === 'string' ? escapeText(object) : field.label) + more
    default:
      return more === '' && isSmallNumber(tree, node, field) ? smallNumberRow(tree, node, field) : valueRow(tree, node, field) + more
  }
}

function valueRow(tree: TreeBuffer, node: number, field: Field): string {
  return `${picture(tree, node, field)}${field.label}: ${displayValue(tree, node)}`
}

/** Rows of numbers by field and value: flags, lengths and versions come back with almost every packet. */
const smallNumberRows: (string | undefined)[][] = []
const MOST_SMALL = 256
/** Types whose value is a whole number that the tree holds. */
const NUMBERS: ReadonlySet<FieldType> = new Set<NumericType>([
  'bool',
  'char',
  'u8',
  'u16',
  'u24',
  'u32',
  'u40',
  'u48',
  'u56',
  'i8',
  'i16',
  'i24',
  'i32',
  'framenum',
])

/** Whether a row says nothing but its field and a number below MOST_SMALL. */
function isSmallNumber(tree: TreeBuffer, node: number, field: Field): boolean {
  const value = tree.numbers[node]!
  return NUMBERS.has(field.type) && value >= 0 && value < MOST_SMALL && !(tree.flags[node]! & (HAS_OBJECT | HEXADECIMAL))
}

function smallNumberRow(tree: TreeBuffer, node: number, field: Field): string {
  const rows = (smallNumberRows[field.id] ??= [])
  return (rows[tree.numbers[node]!] ??= valueRow(tree, node, field))
}

/** "Expert Info (Note/Sequence): message", from the nodes that Decoder.expert records right after the expert node. */
function expertText(tree: TreeBuffer, node: number): string {
  const name = (at: number) => valueName(fieldById(tree.field(at)), tree.numbers[at]!) ?? 'Unknown'
  return `Expert Info (${name(node + 3)}/${name(node + 4)}): ${escapeText(stringValue(tree, node + 2))}`
}

/** ".... 0101 = " before a bit field. */
function picture(tree: TreeBuffer, node: number, field: Field): string {
  if (field.mask === undefined) return ''
  const value = Math.trunc(Math.max(0, tree.numbers[node]!))
  const bits = field.type === 'bool' && field.bits ? field.bits : Math.max(8, field.width * 8),
    mask = BigInt(field.mask).toString(2).padStart(bits, '0'),
    set = (BigInt(value) << BigInt(field.shift)).toString(2).padStart(bits, '0')
  let text = ''
  for (let at = 0; at < bits; at++) {
    text += mask.at(at - bits) === '1' ? set.at(at - bits) : '.'
    const bit = bits - 1 - at
    if (bit % 4 === 0 && bit > 0) text += ' '
  }
  return `${text} = `
}

/** Display filter that selects a node's value, or null where no filter can. */
export function filterFor(tree: TreeBuffer, node: number): string | null {
  const field = fieldById(tree.field(node))
  if (field.name === '_ws.text') return null
  switch (field.type) {
    case 'none':
    case 'expert':
    case 'protocol':
      return field.name
    case 'string':
      return `${field.name} == "${stringValue(tree, node).replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`
    case 'bytes':
    case 'eui64': {
      const bytes = tree.bytes(node)
      return bytes.length ? `${field.name} == ${hex(bytes, ':')}` : field.name
    }
    case 'abstime':
      return `${field.name} == "${fieldText(tree, node)}"`
    default:
      return `${field.name} == ${fieldText(tree, node)}`
  }
}
