// Every name in the field table is one of Wireshark's, with a type of the same kind: filters and scripts written for tshark must mean the same here.
import { expect, test } from 'vitest'
import { allFields } from '../../src/engine/dissect/registry'
import type { FieldType } from '../../src/engine/dissect/field'
import '../../src/engine/protocols/all'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const WIRESHARK_TYPES: Record<FieldType, readonly string[]> = {
  none: ['FT_NONE'],
  protocol: ['FT_PROTOCOL', 'FT_NONE'],
  bool: ['FT_BOOLEAN'],
  char: ['FT_CHAR'],
  u8: ['FT_UINT8'],
  u16: ['FT_UINT16'],
  u24: ['FT_UINT24'],
  u32: ['FT_UINT32'],
  u40: ['FT_UINT40'],
  u48: ['FT_UINT48'],
  u56: ['FT_UINT56'],
  u64: ['FT_UINT64'],
  i8: ['FT_INT8'],
  i16: ['FT_INT16'],
  i24: ['FT_INT24'],
  i32: ['FT_INT32'],
  i64: ['FT_INT64'],
  float: ['FT_FLOAT'],
  double: ['FT_DOUBLE'],
  abstime: ['FT_ABSOLUTE_TIME'],
  reltime: ['FT_RELATIVE_TIME'],
  string: ['FT_STRING', 'FT_STRINGZ', 'FT_STRINGZPAD', 'FT_UINT_STRING', 'FT_STRINGZTRUNC'],
  bytes: ['FT_BYTES', 'FT_UINT_BYTES', 'FT_AX25', 'FT_VINES', 'FT_IPXNET', 'FT_PROTOCOL'],
  ether: ['FT_ETHER'],
  ipv4: ['FT_IPv4'],
  ipv6: ['FT_IPv6'],
  guid: ['FT_GUID'],
  oid: ['FT_OID', 'FT_REL_OID'],
  eui64: ['FT_EUI64'],
  framenum: ['FT_FRAMENUM'],
  expert: ['FT_NONE'],
}
/** Ours on purpose: the rows of text and our own bug marker. */
const OURS = new Set(['_ws.text', '_ws.malformed.dissector_bug'])

test('every field exists in tshark with the same kind of value', (context) => {
  context.skip(tsharkVersion === undefined, NO_TSHARK)
  const theirs = new Map<string, Set<string>>()
  for (const line of tshark(['-G', 'fields']).stdout.split('\n')) {
    const [kind, , name, type] = line.split('\t')
    if (!name) continue
    const types = theirs.get(name) ?? theirs.set(name, new Set()).get(name)!
    types.add(kind === 'P' ? 'FT_PROTOCOL' : (type ?? ''))
  }
  const wrong = allFields()
    .filter((field) => !OURS.has(field.name))
    .flatMap((field) => {
      const types = theirs.get(field.name)
      if (!types) return [`${field.name}: unknown to tshark`]
      return WIRESHARK_TYPES[field.type].some((type) => types.has(type))
        ? []
        : [`${field.name}: ${field.type} here, ${[...types].join(' ')} there`]
    })
  expect(wrong).toEqual([])
})
