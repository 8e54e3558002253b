// JSON strings and values as tshark writes them.
import { GENERATED, TEXT, fieldById, fieldText, hex, rowText, stringValue, timeValue, civil } from '../engine/service/terminal'
import type { Field, TreeBuffer } from '../engine/service/terminal'

/** A JSON string literal. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/<\//g, '<\\/')
}

/** Value of a node as text for JSON (strings are not escaped for terminals: JSON does that), or undefined where it has none. */
export function jsonValue(tree: TreeBuffer, node: number, field: Field): string | undefined {
  switch (field.type) {
    case 'none':
    case 'expert':
    case 'protocol':
      return undefined
    case 'string':
      return stringValue(tree, node)
    case 'bytes':
      return hex(tree.bytes(node), field.separator ?? ':')
    default:
      return fieldText(tree, node)
  }
}

/** Key of a node: its filter name, or its text for rows that have none. */
export function jsonKey(tree: TreeBuffer, node: number, field: Field): string {
  return field.id === TEXT ? rowText(tree, node) : field.name
}

/** What a node without value and without children shows: its text for problem rows, else nothing. */
export function emptyValue(tree: TreeBuffer, node: number, field: Field): string {
  if (field.type !== 'protocol' || !field.name.startsWith('_ws.')) return ''
  const text = rowText(tree, node)
  return (tree.flags[node] ?? 0) & GENERATED && !text.startsWith('[') ? `[${text}]` : text
}

/** Wireshark's number of a field type, as the raw arrays of -T json -x carry it. */
const TYPE_NUMBERS: Record<Field['type'], number> = {
  none: 0,
  protocol: 1,
  bool: 2,
  char: 3,
  u8: 4,
  u16: 5,
  u24: 6,
  u32: 7,
  u40: 8,
  u48: 9,
  u56: 10,
  u64: 11,
  i8: 12,
  i16: 13,
  i24: 14,
  i32: 15,
  i64: 19,
  float: 22,
  double: 23,
  abstime: 24,
  reltime: 25,
  string: 26,
  ether: 29,
  bytes: 30,
  ipv4: 32,
  ipv6: 33,
  framenum: 35,
  guid: 36,
  oid: 37,
  eui64: 38,
  expert: 0,
}

/** Hexadecimal of a node's bytes; of its value where the field is a part of its bytes. */
export function rawHex(tree: TreeBuffer, node: number, field: Field): string {
  if (field.mask !== undefined && tree.end(node) > tree.start(node)) return (tree.numbers[node] ?? 0).toString(16).toUpperCase()
  return bytesHex(tree, node)
}

/** Hexadecimal of a node's bytes. */
export function bytesHex(tree: TreeBuffer, node: number): string {
  const source = tree.sources[tree.source[node] ?? 0]
  return source ? hex(source.bytes, '', tree.start(node), Math.min(tree.end(node), source.bytes.length)) : ''
}

/** The five items of a raw array: bytes, position, length, mask, type. */
export function rawItems(tree: TreeBuffer, node: number, field: Field): readonly [string, number, number, number | bigint, number] {
  return [rawHex(tree, node, field), tree.start(node), tree.end(node) - tree.start(node), field.mask ?? 0, TYPE_NUMBERS[field.type]]
}

/** Absolute time as Elasticsearch reads it. */
export function isoTime(tree: TreeBuffer, node: number): string {
  const time = timeValue(tree, node),
    c = civil(time.seconds)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)}T${two(c.hour)}:${two(c.minute)}:${two(c.second)}.${String(time.nanoseconds).padStart(9, '0')}Z`
}

/** Name of the index that -T json and -T ek propose: one a day. */
export function indexName(seconds: number): string {
  const c = civil(seconds - new Date(seconds * 1000).getTimezoneOffset() * 60)
  return `packets-${c.year}-${String(c.month).padStart(2, '0')}-${String(c.day).padStart(2, '0')}`
}

/** Field of a node. */
export function fieldOf(tree: TreeBuffer, node: number): Field {
  return fieldById(tree.field(node))
}
