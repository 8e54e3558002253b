// Variable bindings of SNMP (RFC 3416): pairs of an object's name and its value, in the types of SMIv2 (RFC 2578).
import { hex, ipv4Text, oidText } from '../../../bytes/text'
import {
  BER_APPLICATION,
  BER_CONTEXT,
  BER_INTEGER,
  BER_NULL,
  BER_OCTET_STRING,
  BER_OID,
  BER_SEQUENCE,
  BER_UNIVERSAL,
  berElement,
  berIs,
} from '../../../dissect/define'
import type { BerElement, Decoder, FieldId } from '../../../dissect/define'
import { managedObjectName } from '../../../values/mib'
import type { SnmpFields } from './fields'

/** Application tags (RFC 2578, 3). */
const IP_ADDRESS = 0,
  COUNTER32 = 1,
  GAUGE32 = 2,
  TIME_TICKS = 3,
  OPAQUE = 4,
  NSAP = 5,
  COUNTER64 = 6,
  UNSIGNED32 = 7
const MAX_BINDINGS = 2000
/** Objects whose values tshark shows as text too: sysDescr.0 and sysName.0. */
const TEXT_OBJECTS = new Set(['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.5.0'])

/** Reads the list of bindings at d.at; appends the objects' names to the Info text. */
export function variableBindings(d: Decoder, f: SnmpFields): void {
  const list = berElement(d)
  if (!berIs(list, BER_UNIVERSAL, BER_SEQUENCE)) {
    unexpected(d, f, list)
    return
  }
  const end = Math.min(list.end, d.end)
  d.add(f['snmp.variable_bindings'], list.start, Math.min(end, d.readable), count(d, list))
  const node = d.last
  if (d.labels && list.end > d.readable) d.label('variable-bindings: unknown number of items')
  const outer = d.enter(node)
  for (let bindings = 0; d.at < list.end && bindings < MAX_BINDINGS; bindings++) {
    const pair = berElement(d)
    if (!berIs(pair, BER_UNIVERSAL, BER_SEQUENCE)) {
      unexpected(d, f, pair)
      break
    }
    binding(d, f, pair)
    d.at = pair.next
  }
  d.leave(outer)
  d.at = list.next
}

/** Elements of a list whose bytes were captured. */
function count(d: Decoder, list: BerElement): number {
  const back = d.at
  let items = 0
  if (list.end <= d.readable) {
    while (d.at < list.end && items < MAX_BINDINGS && d.has(2)) {
      d.at = Math.max(d.at + 2, berElement(d).next)
      items++
    }
  }
  d.at = back
  return items
}

function unexpected(d: Decoder, f: SnmpFields, element: BerElement): void {
  d.note(element.start, Math.min(element.end, d.readable), 'BER error: another element is expected here')
  d.expert(f['snmp.varbind.not_uni_class_seq'], element.start, Math.min(element.end, d.readable), '', d.last)
}

function binding(d: Decoder, f: SnmpFields, pair: BerElement): void {
  const name = berElement(d)
  if (!berIs(name, BER_UNIVERSAL, BER_OID) || name.constructed) {
    d.note(pair.start, Math.min(pair.end, d.readable), 'VarBind')
    d.expert(f['snmp.objectname_not_oid'], name.start, Math.min(name.end, d.readable), '', d.last)
    return
  }
  d.require(name.end - name.at)
  const dotted = d.summary || d.labels ? oidText(d.slice(name.at, name.end)) : ''
  if (d.summary) d.appendInfo(` ${dotted}`)
  d.at = name.end
  const value = berElement(d)
  d.require(value.end - value.at)
  d.note(pair.start, pair.end, '')
  const row = d.last,
    outer = d.enter()
  d.range(f['snmp.name'], name.at, name.end)
  const object = d.labels ? managedObjectName(dotted) : undefined
  if (d.labels) d.label(`Object Name: ${dotted} (${object ?? namedRoot(dotted)})`)
  const text = valueRow(d, f, value)
  if (value.end > value.at && isTextObject(d, name)) {
    const inner = d.enter()
    d.range(f['snmp.var-bind_str'], value.at, value.end)
    d.ascii()
    d.leave(inner)
  }
  d.leave(outer)
  if (d.labels) d.tree.setObject(row, `${object === undefined ? dotted : `${object} (${dotted})`}: ${text}`)
}

/** The first number by its name, as where no names are known. */
function namedRoot(dotted: string): string {
  return dotted.startsWith('1.') ? `iso${dotted.slice(1)}` : dotted
}
function isTextObject(d: Decoder, name: BerElement): boolean {
  return name.end - name.at === 8 && TEXT_OBJECTS.has(oidText(d.slice(name.at, name.end)))
}

/** The value's row; its text, for the binding's row, only with labels. */
function valueRow(d: Decoder, f: SnmpFields, value: BerElement): string {
  if (value.tagClass === BER_CONTEXT) return missing(d, f, value)
  if (value.tagClass === BER_APPLICATION) return applicationValue(d, f, value)
  if (value.tagClass === BER_UNIVERSAL) {
    switch (value.tag) {
      case BER_NULL:
        d.range(f['snmp.value.null'], value.start, value.end)
        return 'Value (Null)'
      case BER_INTEGER:
        return integer(d, f, f['snmp.value.int'], value, true)
      case BER_OID: {
        d.range(f['snmp.value.oid'], value.at, value.end)
        if (!d.labels) return ''
        const dotted = oidText(d.slice(value.at, value.end)),
          text = `${dotted} (${managedObjectName(dotted) ?? namedRoot(dotted)})`
        d.label(`Value (OID): ${text}`)
        return text
      }
      case BER_OCTET_STRING:
        return octets(d, f['snmp.value.octets'], value, 'Value (OctetString)')
    }
  }
  return octets(d, f['snmp.value.unk'], value, 'Value (Unknown)')
}

/** noSuchObject, noSuchInstance, endOfMibView; an unspecified value of version 2 requests. */
function missing(d: Decoder, f: SnmpFields, value: BerElement): string {
  const fields = [f['snmp.noSuchObject'], f['snmp.noSuchInstance'], f['snmp.endOfMibView']],
    names = ['noSuchObject', 'noSuchInstance', 'endOfMibView']
  d.range(fields[value.tag] ?? f['snmp.unSpecified'], value.start, value.end)
  d.expert(f['snmp.varbind.response'], value.start, value.end, names[value.tag] ?? '', d.last)
  return names[value.tag] ?? 'unSpecified'
}

function applicationValue(d: Decoder, f: SnmpFields, value: BerElement): string {
  const length = value.end - value.at
  switch (value.tag) {
    case IP_ADDRESS:
      if (length === 4) {
        d.range(f['snmp.value.ipv4'], value.at, value.end)
        return d.labels ? ipv4Text(d.bytes, value.at) : ''
      }
      if (length === 16) d.range(f['snmp.value.ipv6'], value.at, value.end)
      else d.range(f['snmp.value.addr'], value.at, value.end)
      return hex(d.slice(value.at, value.end))
    case COUNTER32:
      return integer(d, f, f['snmp.value.counter'], value, false)
    case COUNTER64: {
      const text = integer(d, f, f['snmp.value.counter'], value, false)
      if (text) d.label(`Value (Counter64): ${text}`)
      return text
    }
    case GAUGE32:
      return integer(d, f, f['snmp.value.g32'], value, false)
    case UNSIGNED32:
      return integer(d, f, f['snmp.value.u32'], value, false)
    case TIME_TICKS:
      return integer(d, f, f['snmp.value.timeticks'], value, false)
    case NSAP:
      return integer(d, f, f['snmp.value.nsap'], value, false)
    case OPAQUE:
      d.range(f['snmp.value.opaque'], value.at, value.end)
      return d.labels ? hex(d.slice(value.at, value.end)) : ''
    default:
      return octets(d, f['snmp.value.unk'], value, 'Value (Unknown)')
  }
}

/** An integer of up to 8 bytes, or 9 whose first is zero. */
function integer(d: Decoder, f: SnmpFields, field: FieldId<'i64' | 'u64'>, value: BerElement, isSigned: boolean): string {
  const length = value.end - value.at
  if (length === 0) {
    d.expert(f['snmp.integral_value0'], value.start, value.end)
    return ''
  }
  if (length > 9 || (length === 9 && d.peek8(value.at) !== 0)) {
    d.expert(f['snmp.varbind.wrong_length_value'], value.at, value.end)
    return ''
  }
  let exact = 0n
  for (let at = value.at; at < value.end; at++) exact = (exact << 8n) | BigInt(d.peek8(at))
  if (isSigned) exact = BigInt.asIntN(8 * length, exact)
  d.add(field, value.at, value.end, Number(exact))
  d.tree.setObject(d.last, exact)
  return d.labels ? String(exact) : ''
}

/** Bytes, quoted where they are all printable ASCII. */
function octets(d: Decoder, field: FieldId<'bytes'>, value: BerElement, title: string): string {
  d.range(field, value.at, value.end)
  if (!d.labels) return ''
  if (value.end === value.at) return '<MISSING>'
  const raw = d.latin1(value.at, value.end)
  if (!/^[\x20-\x7e]*$/.test(raw)) return hex(d.slice(value.at, value.end))
  d.label(`${title}: "${raw}"`)
  return `"${raw}"`
}
