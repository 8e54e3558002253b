// Simple Network Management Protocol: version 1 (RFC 1157), version 2c (RFC 1901, 3416) and version 3 with its user-based security (RFC 3412, 3414).
// Not covered: decryption and verification of version 3, SMUX, version 2u beyond its header.
import { ipv4Text, oidText } from '../../../bytes/text'
import {
  BER_APPLICATION,
  BER_CONTEXT,
  BER_INTEGER,
  BER_OCTET_STRING,
  BER_OID,
  BER_SEQUENCE,
  BER_UNIVERSAL,
  berElement,
  berInteger,
  berIs,
  conversationOf,
  defineProtocol,
  defineState,
  peekBerElement,
} from '../../../dissect/define'
import type { BerElement, Decoder, FieldId } from '../../../dissect/define'
import { SNMP_PDUS } from '../../../values/snmp'
import { managedObjectName } from '../../../values/mib'
import { variableBindings } from './bindings'
import { engineId } from './engine-id'
import { SNMP_FIELDS } from './fields'
import type { SnmpFields } from './fields'

const VERSION_1 = 0,
  VERSION_2C = 1,
  VERSION_2U = 2,
  VERSION_3 = 3
const RESPONSE = 2,
  TRAP = 4,
  BULK = 5,
  VERSION_2_TRAP = 7,
  REPORT = 8
const ENCRYPTED = 0x02
const USER_BASED = 3

/** Requests by conversation and request number, and both frames of each pair. */
const EXCHANGES = defineState('snmp.exchanges', () => ({
  requests: new Map<string, number>(),
  responseTo: new Map<number, number>(),
  responseIn: new Map<number, number>(),
}))

export const snmp = defineProtocol({
  name: 'snmp',
  title: 'Simple Network Management Protocol',
  short: 'SNMP',
  accepts: { 'udp.port': [161, 162, 8161], ethertype: [0x814c] },
  fields: SNMP_FIELDS,
  decode(d, f) {
    const message = peekBerElement(d)
    if (!message || !berIs(message, BER_UNIVERSAL, BER_SEQUENCE) || !message.constructed || message.end > d.end) return false
    d.setProtocol('SNMP')
    const end = d.end
    d.layerEnds(message.next)
    d.end = Math.min(message.end, end)
    d.at = message.at
    version(d, f)
    d.end = end
    if (message.next < end) {
      d.data(message.next, end)
      d.end = message.next
    }
    return
  },
})

/** Reads an element of a kind that must come now; undefined, with a row that says so, for another one. */
function expected(d: Decoder, f: SnmpFields, tagClass: number, tag: number): BerElement | undefined {
  const element = berElement(d)
  if (berIs(element, tagClass, tag)) return element
  const end = Math.min(element.end, d.readable)
  d.note(element.start, end, 'BER error: another element is expected here')
  d.expert(f['snmp.varbind.not_uni_class_seq'], element.start, end, '', d.last)
  return undefined
}

/** An INTEGER into a field; undefined where there is none. */
function integer(d: Decoder, f: SnmpFields, field: FieldId<'i32' | 'u32'>, isSigned: boolean): number | undefined {
  const element = expected(d, f, BER_UNIVERSAL, BER_INTEGER)
  if (!element) return undefined
  d.require(element.end - element.at)
  // some engines leave out the zero that keeps an unsigned number positive
  const shown = isSigned ? berInteger(d, element) | 0 : d.peekInteger(element.at, element.end - element.at) >>> 0
  d.add(field, element.at, element.end, shown)
  d.at = element.end
  return shown
}

/** An OCTET STRING into a field; undefined where there is none. */
function octets(d: Decoder, f: SnmpFields, field: FieldId<'bytes' | 'string'>): BerElement | undefined {
  const element = expected(d, f, BER_UNIVERSAL, BER_OCTET_STRING)
  if (element) d.span(field, element.end - element.at)
  return element
}

function version(d: Decoder, f: SnmpFields): void {
  const element = peekBerElement(d),
    number = element && berIs(element, BER_UNIVERSAL, BER_INTEGER) ? berInteger(d, element) : -1
  switch (number) {
    case VERSION_1:
    case VERSION_2C:
      if (d.summary) d.setInfo('')
      integer(d, f, f['snmp.version'], true)
      if (octets(d, f, f['snmp.community'])) pdu(d, f, f['snmp.data'])
      break
    case VERSION_2U:
      if (d.summary) d.setInfo('')
      integer(d, f, f['snmp.version'], true)
      if (octets(d, f, f['snmp.parameters'])) version2u(d, f)
      break
    case VERSION_3:
      if (d.summary) d.setInfo('')
      version3(d, f)
      break
    default:
      d.expert(f['snmp.version.unknown'], d.at, d.readable)
  }
}

function version2u(d: Decoder, f: SnmpFields): void {
  const data = peekBerElement(d)
  if (!data) return
  const isPlain = data.tagClass === BER_CONTEXT
  d.add(f['snmp.datav2u'], data.start, Math.min(data.end, d.readable), isPlain ? 0 : 1)
  const outer = d.enter()
  if (isPlain) pdu(d, f, f['snmp.plaintext'])
  else octets(d, f, f['snmp.encrypted'])
  d.leave(outer)
}

function version3(d: Decoder, f: SnmpFields): void {
  integer(d, f, f['snmp.msgVersion'], true)
  const header = expected(d, f, BER_UNIVERSAL, BER_SEQUENCE)
  if (!header) return
  d.range(f['snmp.msgGlobalData_element'], header.start, Math.min(header.end, d.readable))
  const outer = d.enter()
  integer(d, f, f['snmp.msgID'], false)
  integer(d, f, f['snmp.msgMaxSize'], false)
  const flags = messageFlags(d, f),
    model = integer(d, f, f['snmp.msgSecurityModel'], false)
  d.leave(outer)
  d.at = header.next
  securityParameters(d, f, model ?? 0)
  const isEncrypted = (flags & ENCRYPTED) !== 0
  d.add(f['snmp.msgData'], d.at, d.readable, isEncrypted ? 1 : 0)
  const outerData = d.enter()
  if (isEncrypted) {
    octets(d, f, f['snmp.encryptedPDU'])
    if (d.summary) d.setInfo('encryptedPDU: privKey Unknown')
  } else scopedPdu(d, f)
  d.leave(outerData)
}

function messageFlags(d: Decoder, f: SnmpFields): number {
  const element = octets(d, f, f['snmp.msgFlags'])
  if (!element || element.end === element.at) return 0
  const { at } = element,
    flags = d.peek8(at),
    outer = d.enter()
  d.bits(f['snmp.v3.flags.report'], at, at + 1, flags)
  d.bits(f['snmp.v3.flags.crypt'], at, at + 1, flags)
  d.bits(f['snmp.v3.flags.auth'], at, at + 1, flags)
  d.leave(outer)
  return flags
}

/** RFC 3414, 2.4; other models' parameters are shown as bytes. */
function securityParameters(d: Decoder, f: SnmpFields, model: number): void {
  if (model !== USER_BASED) {
    octets(d, f, f['snmp.msgSecurityParameters'])
    return
  }
  const wrapper = expected(d, f, BER_UNIVERSAL, BER_OCTET_STRING)
  if (!wrapper) return
  const parameters = expected(d, f, BER_UNIVERSAL, BER_SEQUENCE)
  if (parameters) {
    const engine = octets(d, f, f['snmp.msgAuthoritativeEngineID'])
    if (engine) engineId(d, f, engine.at, engine.end)
    integer(d, f, f['snmp.msgAuthoritativeEngineBoots'], false)
    integer(d, f, f['snmp.msgAuthoritativeEngineTime'], false)
    octets(d, f, f['snmp.msgUserName'])
    octets(d, f, f['snmp.msgAuthenticationParameters'])
    octets(d, f, f['snmp.msgPrivacyParameters'])
  }
  d.at = wrapper.end
}

function scopedPdu(d: Decoder, f: SnmpFields): void {
  const scoped = expected(d, f, BER_UNIVERSAL, BER_SEQUENCE)
  if (!scoped) return
  d.range(f['snmp.plaintext_element'], scoped.start, Math.min(scoped.end, d.readable))
  const outer = d.enter(),
    engine = octets(d, f, f['snmp.contextEngineID'])
  if (engine) engineId(d, f, engine.at, engine.end)
  octets(d, f, f['snmp.contextName'])
  pdu(d, f, f['snmp.data'])
  d.leave(outer)
}

function pduField(f: SnmpFields, type: number): FieldId<'none'> {
  const fields = [
    f['snmp.get_request_element'],
    f['snmp.get_next_request_element'],
    f['snmp.get_response_element'],
    f['snmp.set_request_element'],
    f['snmp.trap_element'],
    f['snmp.getBulkRequest_element'],
    f['snmp.informRequest_element'],
    f['snmp.snmpV2_trap_element'],
  ]
  return fields[type] ?? f['snmp.report_element']
}

/** One of the messages inside, told by its tag; `field` shows which. */
function pdu(d: Decoder, f: SnmpFields, field: FieldId<'u32'>): void {
  const element = berElement(d),
    type = element.tag,
    end = Math.min(element.end, d.readable)
  if (element.tagClass !== BER_CONTEXT || type > REPORT) return
  d.add(field, element.start, end, type)
  const outerData = d.enter()
  d.range(pduField(f, type), element.start, end)
  const outer = d.enter()
  let request: number | undefined
  if (type === TRAP) trap(d, f)
  else request = plainPdu(d, f, type)
  d.leave(outer)
  d.leave(outerData)
  if (d.summary) d.prependInfo(SNMP_PDUS[type] ?? '')
  if (request === undefined || type === VERSION_2_TRAP || type === REPORT) return
  if (type === RESPONSE) response(d, f, request)
  else requestOf(d, f, request)
}

/** Request number, two numbers whose meaning depends on the message, bindings. Returns the request number. */
function plainPdu(d: Decoder, f: SnmpFields, type: number): number | undefined {
  const request = integer(d, f, f['snmp.request_id'], true)
  if (request === undefined) return undefined
  if (type === BULK) {
    integer(d, f, f['snmp.non_repeaters'], false)
    integer(d, f, f['snmp.max_repetitions'], false)
  } else {
    integer(d, f, f['snmp.error_status'], true)
    integer(d, f, f['snmp.error_index'], true)
  }
  variableBindings(d, f)
  return request
}

/** RFC 1157, 4.1.6. */
function trap(d: Decoder, f: SnmpFields): void {
  const enterprise = expected(d, f, BER_UNIVERSAL, BER_OID)
  if (!enterprise) return
  d.require(enterprise.end - enterprise.at)
  d.range(f['snmp.enterprise'], enterprise.at, enterprise.end)
  if (d.summary || d.labels) {
    const dotted = oidText(d.slice(enterprise.at, enterprise.end)),
      named = dotted.startsWith('1.') ? `iso${dotted.slice(1)}` : dotted
    if (d.summary) d.appendInfo(` ${named}`)
    if (d.labels) d.label(`enterprise: ${dotted} (${managedObjectName(dotted) ?? named})`)
  }
  d.at = enterprise.end
  const agent = expected(d, f, BER_APPLICATION, 0)
  if (!agent) return
  if (agent.end - agent.at === 4) {
    d.span(f['snmp.agent_addr'], 4)
    if (d.labels) d.label(`agent-addr: ${ipv4Text(d.bytes, agent.at)}`)
  }
  d.at = agent.end
  integer(d, f, f['snmp.generic_trap'], true)
  integer(d, f, f['snmp.specific_trap'], true)
  const time = expected(d, f, BER_APPLICATION, 3)
  if (!time) return
  d.add(f['snmp.time_stamp'], time.at, time.end, berInteger(d, time) >>> 0)
  d.at = time.end
  variableBindings(d, f)
}

function requestOf(d: Decoder, f: SnmpFields, request: number): void {
  const state = d.state(EXCHANGES),
    { number } = d.packet
  if (d.first) state.requests.set(`${conversationOf(d)}/${request}`, number)
  const answer = state.responseIn.get(number)
  if (answer === undefined) return
  const { parent } = d
  d.parent = d.layerNode
  d.generated(f['snmp.response_in'], answer)
  d.parent = parent
}

function response(d: Decoder, f: SnmpFields, request: number): void {
  const state = d.state(EXCHANGES),
    { number } = d.packet
  if (d.first) {
    const asked = state.requests.get(`${conversationOf(d)}/${request}`)
    if (asked !== undefined) {
      state.responseTo.set(number, asked)
      if (!state.responseIn.has(asked)) state.responseIn.set(asked, number)
    }
  }
  const asked = state.responseTo.get(number)
  if (asked === undefined) return
  const { parent } = d,
    frames = d.session.frames
  d.parent = d.layerNode
  d.generated(f['snmp.response_to'], asked)
  let seconds = d.packet.seconds - frames.seconds(asked),
    nanoseconds = d.packet.nanoseconds - frames.nanoseconds(asked)
  if (nanoseconds < 0 && seconds > 0) {
    seconds--
    nanoseconds += 1e9
  } else if (nanoseconds > 0 && seconds < 0) {
    seconds++
    nanoseconds -= 1e9
  }
  d.time(f['snmp.time'], seconds, nanoseconds)
  d.parent = parent
}
