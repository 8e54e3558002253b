// A DNS message (RFC 1035, 4.1; dynamic update: RFC 2136; mDNS: RFC 6762; LLMNR: RFC 4795): header, questions, records, and the transaction it belongs to.
import type { Decoder } from '../../../dissect/define'
import { DNS_CLASSES, DNS_OPCODES, DNS_RCODES, dnsTypeMnemonic } from '../../../values/dns'
import type { DnsFields } from './fields'
import { ednsOptions } from './options'
import { RecordData } from './record'
import type { DnsVariant, RecordDecoder } from './record'
import { readName } from '../../../dissect/domain-name'
import { RECORDS } from './records'
import { SECURITY_RECORDS } from './security-records'
import { serviceBinding } from './service-binding'
import { statefulOperation } from './stateful'
import { matchTransaction } from './transactions'
import type { DnsMatch } from './transactions'

const TITLES: Record<DnsVariant, string> = {
  dns: 'Domain Name System',
  mdns: 'Multicast Domain Name System',
  llmnr: 'Link-local Multicast Name Resolution',
}
const COLUMNS: Record<DnsVariant, string> = { dns: 'DNS', mdns: 'MDNS', llmnr: 'LLMNR' }
const UPDATE = 5,
  STATEFUL = 6,
  OPT = 41

const decoders = new Map<number, RecordDecoder>([...RECORDS, ...SECURITY_RECORDS, [64, serviceBinding], [65, serviceBinding]])

/** Bytes of a message that hold what transactions are told by: id and flags. */
export const DNS_STATE_BYTES = 4

/** Reads the message from the cursor to the layer's end. */
export function dnsMessage(d: Decoder, f: DnsFields, variant: DnsVariant): void {
  d.setProtocol(COLUMNS[variant])
  d.setInfo('')
  d.require(4)
  const message = d.at,
    flags = d.peek16(message + 2),
    isResponse = flags >= 0x8000,
    opcode = (flags >> 11) & 15,
    id = d.peek16()
  if (d.labels) d.tree.labels[d.layerNode] = `${TITLES[variant]} (${isResponse ? 'response' : 'query'})`
  const operation = DNS_OPCODES[opcode],
    rcode = flags & 15
  if (d.summary) {
    const trouble = isResponse && rcode !== 0 ? ` ${DNS_RCODES[rcode] ?? `Unknown error (${rcode})`}` : ''
    d.setInfo(
      `${operation ?? `Unknown operation (${opcode})`}${isResponse ? ' response' : ''} 0x${id.toString(16).padStart(4, '0')}${trouble}`,
    )
  }
  d.u16(f['dns.id'])
  const match = matchTransaction(d, id, isResponse)
  if (d.stateOnly) return
  if (match.retransmission && match.transaction) repeated(d, f, isResponse, match)
  headerFlags(d, f, variant, isResponse)
  if (d.labels) {
    const words = ` ${operation ?? 'Unknown operation'}${isResponse ? ` response, ${DNS_RCODES[rcode] ?? 'Unknown error'}` : ''}`
    d.appendLabel(words)
  }
  const update = opcode === UPDATE
  const questions = d.u16(update ? f['dns.count.zones'] : f['dns.count.queries']),
    answers = d.u16(update ? f['dns.count.prerequisites'] : f['dns.count.answers'])
  const authorities = d.u16(update ? f['dns.count.updates'] : f['dns.count.auth_rr']),
    additional = d.u16(f['dns.count.add_rr'])
  if (opcode === STATEFUL && questions + answers + authorities + additional === 0) statefulOperation(d, f)
  else {
    section(d, update ? 'Zone' : 'Queries', questions, () => {
      question(d, f, variant, message)
    })
    const record = new RecordData(d, f, message, variant),
      read = () => {
        resourceRecord(record)
      }
    section(d, update ? 'Prerequisites' : 'Answers', answers, read)
    section(d, update ? 'Updates' : 'Authoritative nameservers', authorities, read)
    section(d, 'Additional records', additional, read)
  }
  transactionRows(d, f, isResponse, match)
  if (d.left > 0) extraneous(d, f)
}

function headerFlags(d: Decoder, f: DnsFields, variant: DnsVariant, isResponse: boolean): void {
  const at = d.at,
    flags = d.u16(f['dns.flags']),
    node = d.last,
    outer = d.enter(),
    end = at + 2
  d.bits(f['dns.flags.response'], at, end, flags)
  d.bits(f['dns.flags.opcode'], at, end, flags)
  if (variant === 'llmnr') {
    const conflict = d.bits(f['dns.flags.conflict'], at, end, flags)
    if (d.labels && !isResponse)
      d.label(`.... .${conflict}.. .... .... = Conflict: ${conflict ? 'The sender received multiple responses' : 'None'}`)
    d.bits(f['dns.flags.truncated'], at, end, flags)
    d.bits(f['dns.flags.tentative'], at, end, flags)
  } else {
    if (isResponse) d.bits(f['dns.flags.authoritative'], at, end, flags)
    d.bits(f['dns.flags.truncated'], at, end, flags)
    d.bits(f['dns.flags.recdesired'], at, end, flags)
    if (isResponse) d.bits(f['dns.flags.recavail'], at, end, flags)
    d.bits(f['dns.flags.z'], at, end, flags)
    if (isResponse || (flags & 0x20) !== 0) d.bits(f['dns.flags.authenticated'], at, end, flags)
    d.bits(f['dns.flags.checkdisable'], at, end, flags)
  }
  if (isResponse) d.bits(f['dns.flags.rcode'], at, end, flags)
  d.leave(outer)
  d.last = node
}

/** A titled group of rows; one that has none is left out. */
function section(d: Decoder, title: string, count: number, read: () => void): void {
  if (count === 0) return
  d.note(d.at, d.at, title)
  const outer = d.enter()
  for (let i = 0; i < count; i++) read()
  d.leave(outer, d.at)
}

function question(d: Decoder, f: DnsFields, variant: DnsVariant, message: number): void {
  const at = d.at,
    name = readName(d, at, message)
  d.require(4, name.end)
  const type = d.peek16(name.end),
    rawClass = d.peek16(name.end + 2),
    mask = variant === 'mdns' ? 0x7fff : 0xffff
  const asked = variant !== 'mdns' ? '' : rawClass & 0x8000 ? ', "QU" question' : ', "QM" question'
  if (d.summary) d.appendInfo(` ${dnsTypeMnemonic(type)} ${name.text}${asked}`)
  d.note(
    at,
    name.end + 4,
    d.labels ? `${name.text}: type ${dnsTypeMnemonic(type)}, class ${DNS_CLASSES[rawClass & mask] ?? 'Unknown'}${asked}` : '',
  )
  const outer = d.enter()
  d.text(f['dns.qry.name'], name.end - at, name.text)
  d.generated(f['dns.qry.name.len'], name.length > 1 ? name.length : 0, at, name.end)
  d.generated(f['dns.count.labels'], name.labels, at, name.end)
  d.u16(f['dns.qry.type'])
  if (variant === 'mdns') classWithFlag(d, f['dns.qry.class'], f['dns.qry.qu'], rawClass)
  else d.u16(f['dns.qry.class'])
  d.leave(outer)
}

/** mDNS takes the class's top bit for a flag (RFC 6762, 5.4 and 10.2). */
function classWithFlag(d: Decoder, field: DnsFields['dns.qry.class'], flag: DnsFields['dns.qry.qu'], raw: number): void {
  const at = d.at,
    value = raw & 0x7fff
  d.add(field, at, at + 2, value)
  if (d.labels) d.label(`${lowBits(value)} = Class: ${DNS_CLASSES[value] ?? 'Unknown'} (0x${value.toString(16).padStart(4, '0')})`)
  d.bits(flag, at, at + 2, raw)
  d.skip(2)
}

/** Picture of the 15 bits below a flag: ".000 0000 0000 0001". */
function lowBits(value: number): string {
  return `.${value.toString(2).padStart(15, '0')}`.replace(/(.{4})(?=.)/g, '$1 ')
}

function resourceRecord(r: RecordData): void {
  const { d, f, variant } = r,
    at = d.at,
    name = readName(d, at, r.message)
  d.require(10, name.end)
  const type = d.peek16(name.end),
    rawClass = d.peek16(name.end + 2),
    mnemonic = d.labels || d.summary ? dnsTypeMnemonic(type) : ''
  const flush = variant === 'mdns' && type !== OPT && rawClass >= 0x8000 ? ', cache flush' : ''
  r.rowStart = at
  r.type = type
  r.length = d.peek16(name.end + 8)
  r.start = name.end + 10
  r.owner = name.text
  r.words = ''
  if (d.summary) d.appendInfo(` ${mnemonic}${flush}`)
  // a record whose data is not wholly there is not shown at all
  d.require(r.end - at, at)
  d.note(at, r.end, '')
  const row = d.last,
    outer = d.enter()
  if (d.labels) {
    const kind = type === OPT ? '' : `, class ${DNS_CLASSES[variant === 'mdns' ? rawClass & 0x7fff : rawClass] ?? 'Unknown'}${flush}`
    r.words = `${name.text}: type ${mnemonic}${kind}`
    d.tree.setObject(row, r.words)
  }
  owner(r, name.end)
  d.u16(f['dns.resp.type'])
  if (type === OPT) optHeader(r, rawClass)
  else {
    if (variant === 'mdns') classWithFlag(d, f['dns.resp.class'], f['dns.resp.cache_flush'], rawClass)
    else d.u16(f['dns.resp.class'])
    const ttl = d.u32(f['dns.resp.ttl'])
    if (ttl >= 0x80000000) {
      const inner = d.enter()
      d.expert(f['dns.ttl.high_bit_set'], d.at - 4, d.at)
      d.leave(inner)
    }
  }
  d.u16(f['dns.resp.len'])
  if (r.length > 0) {
    const decode = type === OPT ? ednsOptions : decoders.get(type)
    if (decode) decode(r)
    else undecoded(r)
  }
  if (d.labels) d.tree.setObject(row, r.words)
  d.at = r.end
  d.leave(outer)
}

/** The owner's name: one field, or three for SRV (RFC 2782). */
function owner(r: RecordData, end: number): void {
  const { d, f } = r
  if (r.type !== 33) {
    d.text(f['dns.resp.name'], end - d.at, r.owner)
    return
  }
  const first = r.owner.indexOf('.'),
    second = first < 0 ? -1 : r.owner.indexOf('.', first + 1)
  d.value(f['dns.srv.service'], d.at, end, first < 0 ? r.owner : r.owner.slice(0, first))
  if (first >= 0) d.value(f['dns.srv.proto'], d.at, end, r.owner.slice(first + 1, second < 0 ? undefined : second))
  if (second >= 0) d.value(f['dns.srv.name'], d.at, end, r.owner.slice(second + 1))
  d.at = end
}

/** OPT uses class and time to live for its own header (RFC 6891, 6.1). */
function optHeader(r: RecordData, rawClass: number): void {
  const { d, f, variant } = r,
    at = d.at
  if (variant === 'mdns') {
    const size = rawClass & 0x7fff
    d.add(f['dns.rr.udp_payload_size'], at, at + 2, size)
    d.hexadecimal()
    if (d.labels) d.label(`${lowBits(size)} = UDP payload size: 0x${size.toString(16).padStart(4, '0')}`)
    d.bits(f['dns.resp.cache_flush'], at, at + 2, rawClass)
    d.skip(2)
  } else d.u16(f['dns.rr.udp_payload_size'])
  d.u8(f['dns.resp.ext_rcode'])
  d.u8(f['dns.resp.edns0_version'])
  const z = d.u16(f['dns.resp.z']),
    outer = d.enter()
  d.bits(f['dns.resp.z.do'], d.at - 2, d.at, z)
  d.bits(f['dns.resp.z.reserved'], d.at - 2, d.at, z)
  d.leave(outer)
}

function undecoded(r: RecordData): void {
  const { d, f } = r
  d.expert(f['dns.undecoded.type'], r.start, r.start, `DNS type ${r.type} is not decoded`)
  r.rest(f['dns.data'])
}

function repeated(d: Decoder, f: DnsFields, isResponse: boolean, match: DnsMatch): void {
  const transaction = match.transaction
  if (!transaction) return
  const outer = d.enter()
  if (isResponse)
    d.expert(
      f['dns.retransmit_response'],
      d.at - 2,
      d.at,
      `DNS response retransmission. Original response in frame ${transaction.responseFrame}`,
    )
  else
    d.expert(f['dns.retransmit_request'], d.at - 2, d.at, `DNS query retransmission. Original request in frame ${transaction.requestFrame}`)
  d.leave(outer)
}

function transactionRows(d: Decoder, f: DnsFields, isResponse: boolean, match: DnsMatch): void {
  const { transaction, retransmission } = match,
    packet = d.packet
  // an answer that an ICMP error quotes belongs to no query, as in tshark
  if (!transaction) {
    if (isResponse) d.generated(f['dns.unsolicited'], 1)
    return
  }
  if (retransmission) {
    if (isResponse) d.generated(f['dns.retransmit_response_in'], transaction.responseFrame)
    else d.generated(f['dns.retransmit_request_in'], transaction.requestFrame)
    d.generated(f['dns.retransmission'], 1)
  } else if (!isResponse) {
    if (transaction.responseFrame > 0) d.generated(f['dns.response_in'], transaction.responseFrame)
  } else {
    d.generated(f['dns.response_to'], transaction.requestFrame)
    let seconds = packet.seconds - transaction.seconds,
      nanoseconds = packet.nanoseconds - transaction.nanoseconds
    if (nanoseconds < 0 && seconds > 0) {
      seconds--
      nanoseconds += 1_000_000_000
    } else if (nanoseconds > 0 && seconds < 0) {
      seconds++
      nanoseconds -= 1_000_000_000
    }
    d.time(f['dns.time'], seconds, nanoseconds)
  }
}

/** Bytes behind the last record. */
function extraneous(d: Decoder, f: DnsFields): void {
  const length = d.left
  d.note(d.at, d.readable, d.labels ? `Extraneous Data (${length} byte${length === 1 ? '' : 's'})` : '')
  const outer = d.enter()
  d.expert(f['dns.extraneous'], d.at, d.readable)
  d.span(f['dns.extraneous.data'], length)
  d.generated(f['dns.extraneous.length'], length)
  d.leave(outer)
}
