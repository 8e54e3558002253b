// Reading ASN.1 types into rows: what each kind of type records, as Wireshark's readers generated from ASN.1 do it. SEQUENCE is a row without a value,
// SEQUENCE OF the number of its items, CHOICE the index of what was chosen; strings and integers are their contents.
import {
  BER_BMP_STRING,
  BER_OID,
  BER_TELETEX_STRING,
  BER_UNIVERSAL,
  BER_UNIVERSAL_STRING,
  BER_UTC_TIME,
  BER_UTF8_STRING,
  berElement,
  berInteger,
  berIs,
  peekBerElement,
} from '../../../dissect/define'
import type { BerElement, Decoder, FieldId } from '../../../dissect/define'
import { oidText } from '../../../bytes/text'
import { oidName } from '../../../values/oids'
import { F } from './fields'
import { t61Text } from './t61'
import { dateText, timeOf } from './times'

/** A SEQUENCE or SET whose members `body` reads, under a row of its own if `field` is given. What it leaves unread is skipped. */
export function sequence(d: Decoder, field: FieldId<'none'> | null, body: () => void, element = berElement(d)): void {
  const { end } = d
  let outer = -1
  if (field !== null) {
    d.range(field, element.start, Math.max(element.start, Math.min(element.next, d.readable)))
    outer = d.enter()
  }
  inContents(d, element, body)
  if (field !== null) d.leave(outer)
  d.end = end
}

/** Runs `body` with the layer ending where the element's contents end; afterwards the cursor is behind the element. */
export function inContents(d: Decoder, element: BerElement, body: () => void): void {
  const { end } = d
  d.end = Math.max(d.at, Math.min(end, element.end))
  body()
  d.end = end
  d.at = element.next
}

/** SEQUENCE OF or SET OF: a row with the number of items, `one` reads each. */
export function listOf(d: Decoder, field: FieldId<'u32'>, one: () => void, element = berElement(d)): void {
  const count = itemsOf(d, element)
  d.add(field, element.at, Math.max(element.at, Math.min(element.end, d.readable)), count)
  if (d.labels) d.appendLabel(count === 1 ? ' item' : ' items')
  const outer = d.enter()
  inContents(d, element, () => {
    while (d.at < d.end) one()
  })
  d.leave(outer)
}

function itemsOf(d: Decoder, element: BerElement): number {
  let count = 0
  const limit = Math.min(element.end, d.readable)
  for (let at = element.at; at < limit; count++) {
    const item = peekBerElement(d, at, limit)
    if (!item || item.next <= at) break
    at = item.next
  }
  return count
}

/** A CHOICE: a row with the index of the alternative, over the whole element; `inside` reads it. */
export function choice(d: Decoder, field: FieldId<'u32'>, index: number, start: number, end: number, inside: () => void): void {
  d.add(field, start, Math.max(start, Math.min(end, d.readable)), index)
  const outer = d.enter()
  inside()
  d.leave(outer)
}

/** The next element if it has that context tag: what is OPTIONAL stands there or does not. */
export function optional(d: Decoder, tag: number): BerElement | undefined {
  const element = next(d)
  if (!element || element.tagClass === BER_UNIVERSAL || element.tag !== tag) return undefined
  return berElement(d)
}

/** The next element if it has that universal tag. */
export function optionalUniversal(d: Decoder, tag: number): BerElement | undefined {
  const element = next(d)
  return element && berIs(element, BER_UNIVERSAL, tag) ? berElement(d) : undefined
}

/** The next element of the current contents, not read. */
export function next(d: Decoder): BerElement | undefined {
  return d.at < d.end ? peekBerElement(d) : undefined
}

/** Contents as they are: OCTET STRING, INTEGER of any size, ANY. */
export function contents(d: Decoder, field: FieldId<'bytes'>, element = berElement(d)): void {
  d.require(element.end - element.at, element.at)
  d.range(field, element.at, element.end)
  d.at = element.next
}

/** INTEGER or ENUMERATED as a number. */
export function integer(d: Decoder, field: FieldId<'i32' | 'u32' | 'u64'>, element = berElement(d)): number {
  const value = berInteger(d, element)
  d.add(field, element.at, element.end, value)
  d.at = element.next
  return value
}

export function boolean(d: Decoder, field: FieldId<'bool'>, element = berElement(d)): void {
  d.require(1, element.at)
  d.add(field, element.at, element.end, d.peek8(element.at) === 0 ? 0 : 1)
  d.at = element.next
}

/** OBJECT IDENTIFIER; returns it in dots. The row says its name. */
export function identifier(d: Decoder, field: FieldId<'oid'>, element = berElement(d)): string {
  d.require(element.end - element.at, element.at)
  d.range(field, element.at, element.end)
  const text = oidText(d.slice(element.at, element.end))
  if (d.labels) d.appendLabel(` (${oidName(text) ?? text})`)
  d.at = element.next
  return text
}

/** The identifier of an element that is not read yet, '' if the next element is none. */
export function peekIdentifier(d: Decoder): string {
  const element = next(d)
  return element && berIs(element, BER_UNIVERSAL, BER_OID) ? oidText(d.slice(element.at, element.end)) : ''
}

/** A restricted character string, in the encoding that its tag names; a context tag stands for `tag`. */
export function text(d: Decoder, field: FieldId<'string'>, element = berElement(d), tag = element.tag): void {
  d.require(element.end - element.at, element.at)
  if (tag === BER_BMP_STRING || tag === BER_UNIVERSAL_STRING) {
    const width = tag === BER_BMP_STRING ? 2 : 4
    let characters = ''
    for (let at = element.at; at + width <= element.end; at += width) {
      const point = d.peekInteger(at, width)
      characters += point > 0x10_ffff ? '\ufffd' : String.fromCodePoint(point)
    }
    d.value(field, element.at, element.end, characters.replace(/\0[^]*$/, ''))
  } else {
    d.range(field, element.at, element.end)
    if (tag === BER_TELETEX_STRING) d.tree.setObject(d.last, t61Text(d.slice(element.at, element.end)))
    else if (tag !== BER_UTF8_STRING) d.ascii()
  }
  d.at = element.next
}

/** BIT STRING: the number of unused bits, then the bits. `flags` are shown under it where the bits have names. */
export function bitString(
  d: Decoder,
  field: FieldId<'bytes'>,
  flags: readonly FieldId<'bool'>[] = [],
  element = berElement(d),
  inside?: (start: number, end: number) => void,
): void {
  d.at = element.at
  d.u8(F['ber.bitstring.padding'])
  const start = d.at,
    end = Math.max(start, element.end)
  d.require(end - start, start)
  d.range(field, start, end)
  const outer = d.enter()
  flags.forEach((flag, bit) => {
    const at = start + (bit >> 3),
      here = at < end
    d.bits(flag, here ? at : end, here ? at + 1 : end, here ? d.peek8(at) : 0)
  })
  inside?.(start, end)
  d.leave(outer)
  d.at = element.next
}

/** Time (RFC 5280, 4.1.2.5): UTCTime as text, GeneralizedTime as a time. */
export function time(d: Decoder, field: FieldId<'u32'>, utc: FieldId<'string'>, general: FieldId<'abstime'>): void {
  const element = berElement(d),
    isUtc = berIs(element, BER_UNIVERSAL, BER_UTC_TIME)
  choice(d, field, isUtc ? 0 : 1, element.start, element.next, () => {
    if (isUtc) utcTime(d, utc, element)
    else generalizedTime(d, general, element)
  })
  d.at = element.next
}

export function utcTime(d: Decoder, field: FieldId<'string'>, element = berElement(d)): void {
  d.require(element.end - element.at, element.at)
  d.value(field, element.at, element.end, dateText(d.latin1(element.at, element.end)))
  d.at = element.next
}

export function generalizedTime(d: Decoder, field: FieldId<'abstime'>, element = berElement(d)): void {
  d.require(element.end - element.at, element.at)
  const moment = timeOf(d.latin1(element.at, element.end))
  if (moment) d.time(field, moment.seconds, moment.nanoseconds, element.at, element.end, false)
  else d.note(element.at, element.end, 'Time that cannot be read')
  d.at = element.next
}
