// Values of tree nodes as filters see them.
import type { Field } from '../dissect/field'
import { derivedText, exactInteger, timeValue } from '../dissect/format'
import type { TreeBuffer } from '../dissect/tree-buffer'
import { protocolByName } from '../dissect/registry'
import type { RangePart } from './ast'
import { classOf, textBytes } from './value'
import type { Value } from './value'

/** Value of a node of a field; undefined for labels, which have none. */
export function nodeValue(tree: TreeBuffer, node: number, field: Field): Value | undefined {
  switch (classOf(field.type)) {
    case 'none':
      return undefined
    case 'integer':
      return field.width === 8 || field.width === 7 ? wideInteger(tree, node) : (tree.numbers[node] ?? 0)
    case 'boolean':
    case 'float':
      return tree.numbers[node] ?? 0
    case 'string':
      return stringBytes(tree, node)
    case 'abstime':
    case 'reltime':
      return timeValue(tree, node)
    case 'ipv4':
      return ipv4Number(tree.bytes(node))
    case 'bytes':
    case 'ether':
    case 'ipv6':
    case 'protocol':
    case 'identifier':
      return tree.bytes(node)
  }
}

function wideInteger(tree: TreeBuffer, node: number): Value {
  const rounded = tree.numbers[node] ?? 0
  if (Number.isSafeInteger(rounded) && tree.object(node) === undefined) return rounded
  const exact = exactInteger(tree, node)
  return exact >= -9007199254740991n && exact <= 9007199254740991n ? Number(exact) : exact
}

/** UTF-8 bytes of a string node. */
export function stringBytes(tree: TreeBuffer, node: number): Uint8Array {
  const text = derivedText(tree, node)
  return text === undefined ? tree.bytes(node) : textBytes(text)
}

/** Big-endian number of four bytes. */
export function ipv4Number(bytes: Uint8Array): number {
  return (((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)) >>> 0
}

/** A protocol's bytes with everything that it carries (what contains and matches search): to the end of the layers after it in the same source. */
export function wholeProtocol(tree: TreeBuffer, node: number): Uint8Array {
  const source = tree.source[node] ?? 0,
    bytes = tree.sources[source]?.bytes
  if (!bytes) return tree.bytes(node)
  if (node === 0) return bytes
  let end = tree.end(node)
  const parent = tree.parent(node)
  for (let other = node + 1; other < tree.count; other++) {
    if (tree.source[other] !== source || tree.end(other) <= end) continue
    // below this protocol, or below one that follows it on the same level
    let ancestor = other
    while (ancestor > node && tree.parent(ancestor) !== parent) {
      ancestor = tree.parent(ancestor)
      if (ancestor < 0) break
    }
    if (ancestor >= node) end = tree.end(other)
  }
  return bytes.subarray(tree.start(node), end)
}

/** Bytes that ranges select; empty when one lies outside. */
export function sliceBytes(bytes: Uint8Array, ranges: readonly RangePart[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const range of ranges) {
    const start = range.offset < 0 ? bytes.length + range.offset : range.offset
    const end =
      range.kind === 'rest'
        ? bytes.length
        : range.kind === 'length'
          ? start + range.length
          : (range.last < 0 ? bytes.length + range.last : range.last) + 1
    if (start < 0 || start >= bytes.length || end > bytes.length || end <= start) return EMPTY
    parts.push(bytes.subarray(start, end))
  }
  if (parts.length === 1 && parts[0]) return parts[0]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
const EMPTY = new Uint8Array(0)

/** Whether a node is in one of the wanted layers: the n-th occurrence of its protocol in the packet; negative numbers count from the last. */
export function inLayers(tree: TreeBuffer, node: number, field: Field, ranges: readonly RangePart[]): boolean {
  const owner = field.type === 'protocol' ? field.id : (protocolByName(field.protocol)?.fieldId ?? -1)
  let ancestor = node
  while (ancestor >= 0 && tree.field(ancestor) !== owner) ancestor = tree.parent(ancestor)
  let number = 0,
    total = 0
  for (let other = 0; other < tree.count; other++) {
    if (tree.field(other) !== owner) continue
    total++
    if (other === ancestor) number = total
  }
  if (number === 0) number = total = 1
  const wrap = (value: number) => (value < 0 ? total + 1 + value : value)
  return ranges.some((range) => {
    const from = wrap(range.offset),
      to = range.kind === 'rest' ? Infinity : range.kind === 'inclusive' ? wrap(range.last) : from + range.length - 1
    return number >= from && number <= to
  })
}
