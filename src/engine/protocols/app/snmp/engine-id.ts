// Identifiers of SNMP engines (RFC 3411, 5: SnmpEngineID; RFC 1910 before it).
import { absoluteText } from '../../../dissect/format'
import type { Decoder } from '../../../dissect/define'
import type { SnmpFields } from './fields'

const NET_SNMP = 8072,
  NET_SNMP_RANDOM = 128

/** Rows of an identifier that lies from `at` to `end`, below its own row. The cursor is left where it was. */
export function engineId(d: Decoder, f: SnmpFields, at: number, end: number): void {
  if (end === at) return
  const back = d.at,
    outer = d.enter()
  d.at = at
  d.bits(f['snmp.engineid.conform'], at, at + 1, d.peek8())
  if (end - at >= 4) parts(d, f, end)
  d.leave(outer)
  d.at = back
}

function parts(d: Decoder, f: SnmpFields, end: number): void {
  const { at } = d,
    isVersion3 = (d.peek8() & 0x80) !== 0,
    enterprise = d.peek32() & 0x7fff_ffff
  d.add(f['snmp.engineid.enterprise'], at, at + 4, enterprise)
  d.at = at + 4
  if (!isVersion3) {
    // 12 bytes in all (RFC 1910)
    if (end - d.at === 8) d.span(f['snmp.agentid_trailer'], 8)
    else d.expert(f['snmp.rfc1910_non_conformant'], at, end)
    return
  }
  if (d.at === end) return
  const format = d.u8(f['snmp.engineid.format']),
    formatNode = d.last,
    length = end - d.at
  switch (format) {
    case 1:
      if (length === 4) d.span(f['snmp.engineid.ipv4'], 4)
      else d.expert(f['snmp.rfc3411_non_conformant'], at, end)
      break
    case 2:
      if (length === 16) d.span(f['snmp.engineid.ipv6'], 16)
      else d.expert(f['snmp.rfc3411_non_conformant'], at, end)
      break
    case 3:
      if (length === 6) d.span(f['snmp.engineid.mac'], 6)
      else d.expert(f['snmp.rfc3411_non_conformant'], at, end)
      break
    case 4:
      if (length > 0 && length <= 27) d.span(f['snmp.engineid.text'], length)
      else d.expert(f['snmp.rfc3411_non_conformant'], at, end)
      break
    default:
      if (format === NET_SNMP_RANDOM && enterprise === NET_SNMP && length >= 8) netSnmp(d, f, formatNode)
      else if (length > 0) d.span(f['snmp.engineid.data'], length)
  }
}

/** Net-SNMP: random bytes, then the time of creation, low byte first. */
function netSnmp(d: Decoder, f: SnmpFields, formatNode: number): void {
  if (d.labels) d.appendLabel(': Net-SNMP Random', formatNode)
  d.span(f['snmp.engineid.data'], 4)
  const { at } = d,
    seconds = d.peek32le()
  d.skip(4)
  d.time(f['snmp.engineid.time'], seconds, 0, at, at + 4, false)
  if (d.labels) d.label(`Engine ID Data: Creation Time: ${absoluteText({ seconds, nanoseconds: 0 }, 0)}`)
}
