// NetBIOS Name Service (RFC 1002, 4.2): DNS's message format with names of its own, registrations, and node status.
import { durationText } from '../../../bytes/duration'
import { ipv4Text } from '../../../bytes/text'
import { bool, bytes, defineProtocol, ether, expert, ipv4, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { NETBIOS_NAME_LENGTH, netbiosText, readNetbiosName } from '../../../dissect/netbios-name'
import type { FieldIds } from '../../../dissect/registry'
import { NBNS_CLASSES, NBNS_OPERATIONS, NBNS_RESULTS, NBNS_TYPES, NETBIOS_NODES, NETBIOS_SUFFIXES } from '../../../values/netbios'

const NB = 32,
  NBSTAT = 33
const RESPONSE = 0x8000
/** A name of a node status with its flags. */
const STATUS_NAME = NETBIOS_NAME_LENGTH + 2
const GROUP_NAME = ['Group name', 'Unique name'] as const,
  YES_NO = ['Yes', 'No'] as const

const fields = {
  'nbns.flags': u16('Flags', { base: 'hex' }),
  'nbns.flags.response': bool('Response', { bits: 16, mask: RESPONSE, names: ['Message is a response', 'Message is a query'] }),
  'nbns.flags.opcode': u16('Opcode', { mask: 0x7800, values: NBNS_OPERATIONS }),
  'nbns.flags.authoritative': bool('Authoritative', {
    bits: 16,
    mask: 0x0400,
    names: ['Server is an authority for domain', 'Server is not an authority for domain'],
  }),
  'nbns.flags.truncated': bool('Truncated', { bits: 16, mask: 0x0200, names: ['Message is truncated', 'Message is not truncated'] }),
  'nbns.flags.recdesired': bool('Recursion desired', {
    bits: 16,
    mask: 0x0100,
    names: ['Do query recursively', "Don't do query recursively"],
  }),
  'nbns.flags.recavail': bool('Recursion available', {
    bits: 16,
    mask: 0x0080,
    names: ['Server can do recursive queries', "Server can't do recursive queries"],
  }),
  'nbns.flags.broadcast': bool('Broadcast', { bits: 16, mask: 0x0010, names: ['Broadcast packet', 'Not a broadcast packet'] }),
  'nbns.flags.rcode': u16('Reply code', { mask: 0x000f, values: NBNS_RESULTS }),
  'nbns.id': u16('Transaction ID', { base: 'hex' }),
  'nbns.count.queries': u16('Questions'),
  'nbns.count.answers': u16('Answer RRs'),
  'nbns.count.auth_rr': u16('Authority RRs'),
  'nbns.count.add_rr': u16('Additional RRs'),
  'nbns.name': string('Name'),
  'nbns.type': u16('Type', { values: NBNS_TYPES }),
  'nbns.class': u16('Class', { values: NBNS_CLASSES }),
  'nbns.ttl': u32('Time to live', { base: 'custom', format: (value) => durationText(value | 0) }),
  'nbns.data_length': u16('Data length'),
  'nbns.data': bytes('Data'),
  'nbns.nb_flags': u16('Name flags', { base: 'hex' }),
  'nbns.nb_flags.group': bool('Name type', { bits: 16, mask: 0x8000, names: GROUP_NAME }),
  'nbns.nb_flags.ont': u16('ONT', { mask: 0x6000, values: NETBIOS_NODES }),
  'nbns.addr': ipv4('Addr'),
  'nbns.number_of_names': u8('Number of names'),
  'nbns.netbios_name': string('Name'),
  'nbns.name_flags': u16('Name flags', { base: 'hex' }),
  'nbns.name_flags.group': bool('Name type', { bits: 16, mask: 0x8000, names: GROUP_NAME }),
  'nbns.name_flags.ont': u16('ONT', { mask: 0x6000, values: NETBIOS_NODES }),
  'nbns.name_flags.drg': bool('Name is being deregistered', { bits: 16, mask: 0x1000, names: YES_NO }),
  'nbns.name_flags.cnf': bool('Name is in conflict', { bits: 16, mask: 0x0800, names: YES_NO }),
  'nbns.name_flags.act': bool('Name is active', { bits: 16, mask: 0x0400, names: YES_NO }),
  'nbns.name_flags.prm': bool('Permanent node name', { bits: 16, mask: 0x0200, names: YES_NO }),
  'nbns.unit_id': ether('Unit ID'),
  'nbns.jumpers': u8('Jumpers', { base: 'hex' }),
  'nbns.test_result': u8('Test result', { base: 'hex' }),
  'nbns.version_number': u16('Version number', { base: 'hex' }),
  'nbns.period_of_statistics': u16('Period of statistics', { base: 'hex' }),
  'nbns.num_crcs': u16('Number of CRCs'),
  'nbns.num_alignment_errors': u16('Number of alignment errors'),
  'nbns.num_collisions': u16('Number of collisions'),
  'nbns.num_send_aborts': u16('Number of send aborts'),
  'nbns.num_good_sends': u32('Number of good sends'),
  'nbns.num_good_receives': u32('Number of good receives'),
  'nbns.numretransmits': u16('Number of retransmits'),
  'nbns.num_no_resource_conditions': u16('Number of no resource conditions'),
  'nbns.numcommand_blocks': u16('Number of command blocks'),
  'nbns.numpending_sessions': u16('Number of pending sessions'),
  'nbns.max_num_pending_sessions': u16('Max number of pending sessions'),
  'nbns.max_total_sessions_possible': u16('Max total sessions possible'),
  'nbns.session_data_packet_size': u16('Session data packet size'),
  'nbns.incomplete_entry': expert('error', 'malformed', 'incomplete entry'),
} as const
type Ids = FieldIds<typeof fields>

export const nbns = defineProtocol({
  name: 'nbns',
  title: 'NetBIOS Name Service',
  short: 'NBNS',
  accepts: { 'udp.port': [137] },
  firstVisit: 'none',
  fields,
  decode(d, f) {
    d.setProtocol('NBNS')
    if (d.summary) d.setInfo('')
    const message = d.at,
      word = (d.require(4), d.peek16(message + 2)),
      isResponse = (word & RESPONSE) !== 0
    if (d.summary) d.setInfo(operationText(word))
    d.u16(f['nbns.id'])
    flagsWord(d, f, word)
    const questions = d.u16(f['nbns.count.queries']),
      answers = d.u16(f['nbns.count.answers']),
      authority = d.u16(f['nbns.count.auth_rr']),
      additional = d.u16(f['nbns.count.add_rr'])
    section(d, 'Queries', questions, () => {
      question(d, f, message, !isResponse)
    })
    section(d, 'Answers', answers, () => {
      record(d, f, message, isResponse)
    })
    section(d, 'Authoritative nameservers', authority, () => {
      record(d, f, message, false)
    })
    section(d, 'Additional records', additional, () => {
      record(d, f, message, false)
    })
  },
})

function operationText(word: number): string {
  const operation = (word >> 11) & 15,
    name = NBNS_OPERATIONS[operation] ?? `Unknown operation (${operation})`
  if (!(word & RESPONSE)) return name
  const result = word & 15
  return `${name} response${result ? `, ${NBNS_RESULTS[result] ?? 'Unknown error'}` : ''}`
}

function flagsWord(d: Decoder, f: Ids, word: number): void {
  const { at } = d,
    isResponse = (word & RESPONSE) !== 0
  d.u16(f['nbns.flags'])
  if (d.labels) {
    const words = [`Opcode: ${NBNS_OPERATIONS[(word >> 11) & 15] ?? 'Unknown'}`]
    if (isResponse) words.unshift('Response')
    if (isResponse && word & 0x0400) words.push('Authoritative')
    if (word & 0x0200) words.push('Truncated')
    if (word & 0x0100) words.push('Recursion desired')
    if (isResponse && word & 0x0080) words.push('Recursion available')
    if (word & 0x0010) words.push('Broadcast')
    if (isResponse) words.push(`Reply code: ${NBNS_RESULTS[word & 15] ?? 'Unknown'}`)
    d.appendLabel(`, ${words.join(', ')}`)
  }
  const outer = d.enter()
  d.bits(f['nbns.flags.response'], at, at + 2, word)
  d.bits(f['nbns.flags.opcode'], at, at + 2, word)
  if (isResponse) d.bits(f['nbns.flags.authoritative'], at, at + 2, word)
  d.bits(f['nbns.flags.truncated'], at, at + 2, word)
  d.bits(f['nbns.flags.recdesired'], at, at + 2, word)
  if (isResponse) d.bits(f['nbns.flags.recavail'], at, at + 2, word)
  d.bits(f['nbns.flags.broadcast'], at, at + 2, word)
  if (isResponse) d.bits(f['nbns.flags.rcode'], at, at + 2, word)
  d.leave(outer)
}

function section(d: Decoder, title: string, count: number, one: () => void): void {
  if (count === 0) return
  const start = d.at
  d.note(start, start, title)
  const outer = d.enter()
  for (let i = 0; i < count; i++) one()
  d.leave(outer, d.at)
}

/** The row of a question or record, opened; the name's row shows the service that its suffix names. Returns the type and what leave() needs. */
function heading(d: Decoder, f: Ids, message: number, isRecord: boolean): { type: number; outer: number; name: string } {
  const start = d.at,
    name = readNetbiosName(d, start, message)
  d.require(4, name.end)
  const type = d.peek16(name.end),
    service = name.suffix < 0 ? (isRecord ? 'Unknown' : undefined) : (NETBIOS_SUFFIXES[name.suffix] ?? 'Unknown'),
    described = service === undefined ? name.text : `${name.text} (${service})`
  d.note(
    start,
    name.end + 4,
    d.labels ? `${name.text}: type ${NBNS_TYPES[type] ?? 'Unknown'}, class ${className(d.peek16(name.end + 2))}` : '',
  )
  const outer = d.enter()
  // tshark's value has the service only in records with addresses
  d.value(f['nbns.name'], start, name.end, isRecord && type === NB ? described : name.text)
  if (d.labels && !isRecord) d.label(`Name: ${described}`)
  d.at = name.end
  d.u16(f['nbns.type'])
  d.u16(f['nbns.class'])
  return { type, outer, name: name.text }
}
function className(value: number): string {
  return NBNS_CLASSES[value] ?? 'Unknown'
}

function question(d: Decoder, f: Ids, message: number, inInfo: boolean): void {
  const { type, outer, name } = heading(d, f, message, false)
  d.leave(outer)
  if (d.summary && inInfo) d.appendInfo(` ${NBNS_TYPES[type] ?? 'Unknown'} ${name}`)
}

function record(d: Decoder, f: Ids, message: number, inInfo: boolean): void {
  const { type, outer } = heading(d, f, message, true)
  d.u32(f['nbns.ttl'])
  const length = d.u16(f['nbns.data_length']),
    start = d.at
  if (type === NB) addresses(d, f, length, inInfo)
  else {
    if (d.summary && inInfo) d.appendInfo(` ${NBNS_TYPES[type] ?? 'Unknown'}`)
    if (type === NBSTAT) nodeStatus(d, f, length)
    else d.span(f['nbns.data'], length)
  }
  d.at = start
  d.skip(length)
  d.leave(outer, d.at)
}

function incomplete(d: Decoder, f: Ids, end: number): void {
  d.expert(f['nbns.incomplete_entry'], d.at, Math.min(end, d.readable))
}

/** Flags and address, once for each address of the name. */
function addresses(d: Decoder, f: Ids, length: number, inInfo: boolean): void {
  const end = d.at + length
  if (d.summary && inInfo && length >= 6) d.appendInfo(` NB ${ipv4Text(d.bytes, d.at + 2)}`)
  while (d.at < end) {
    if (end - d.at < 2) {
      incomplete(d, f, end)
      return
    }
    const { at } = d,
      word = d.u16(f['nbns.nb_flags']),
      isGroup = (word & 0x8000) !== 0,
      node = NETBIOS_NODES[(word >> 13) & 3] ?? ''
    if (d.labels) d.appendLabel(`${isGroup ? ', Name type' : ''}, ONT: ${node} (${node}, ${isGroup ? 'group' : 'unique'})`)
    const outer = d.enter()
    d.bits(f['nbns.nb_flags.group'], at, at + 2, word)
    d.bits(f['nbns.nb_flags.ont'], at, at + 2, word)
    d.leave(outer)
    if (end - d.at < 4) {
      incomplete(d, f, end)
      return
    }
    d.span(f['nbns.addr'], 4)
  }
}

/** The names that a node owns, and its adapter's statistics (RFC 1002, 4.2.18). */
function nodeStatus(d: Decoder, f: Ids, length: number): void {
  const end = d.at + length
  if (length < 1) {
    incomplete(d, f, end)
    return
  }
  const names = d.u8(f['nbns.number_of_names'])
  for (let i = 0; i < names; i++) {
    if (end - d.at < STATUS_NAME) {
      incomplete(d, f, end)
      d.at = end
      return
    }
    statusName(d, f)
  }
  statistics(d, f, end)
}

function statusName(d: Decoder, f: Ids): void {
  const { at } = d,
    suffix = d.peek8(at + NETBIOS_NAME_LENGTH - 1)
  d.require(STATUS_NAME)
  const text = netbiosText(d.slice(at, at + NETBIOS_NAME_LENGTH - 1))
  d.text(f['nbns.netbios_name'], NETBIOS_NAME_LENGTH, text)
  if (d.labels) d.label(`Name: ${text}<${suffix.toString(16).padStart(2, '0')}> (${NETBIOS_SUFFIXES[suffix] ?? 'Unknown'})`)
  const flagsAt = d.at,
    word = d.u16(f['nbns.name_flags'])
  if (d.labels) {
    const words = [`ONT: ${NETBIOS_NODES[(word >> 13) & 3] ?? ''}`]
    if (word & 0x8000) words.unshift('Name type')
    if (word & 0x1000) words.push('Name is being deregistered')
    if (word & 0x0800) words.push('Name is in conflict')
    if (word & 0x0400) words.push('Name is active')
    if (word & 0x0200) words.push('Permanent node name')
    d.appendLabel(`, ${words.join(', ')}`)
  }
  const outer = d.enter()
  d.bits(f['nbns.name_flags.group'], flagsAt, flagsAt + 2, word)
  d.bits(f['nbns.name_flags.ont'], flagsAt, flagsAt + 2, word)
  d.bits(f['nbns.name_flags.drg'], flagsAt, flagsAt + 2, word)
  d.bits(f['nbns.name_flags.cnf'], flagsAt, flagsAt + 2, word)
  d.bits(f['nbns.name_flags.act'], flagsAt, flagsAt + 2, word)
  d.bits(f['nbns.name_flags.prm'], flagsAt, flagsAt + 2, word)
  d.leave(outer)
}

/** The adapter's address and counters; a node may leave out what comes last. */
function statistics(d: Decoder, f: Ids, end: number): void {
  const complete = (size: number): boolean => {
    if (end - d.at >= size) return true
    incomplete(d, f, end)
    return false
  }
  const word = (field: FieldId<'u16'>): boolean => complete(2) && (d.u16(field), true)
  const long = (field: FieldId<'u32'>): boolean => complete(4) && (d.u32(field), true)
  if (!complete(6)) return
  d.span(f['nbns.unit_id'], 6)
  if (!complete(1)) return
  d.u8(f['nbns.jumpers'])
  if (!complete(1)) return
  d.u8(f['nbns.test_result'])
  if (!word(f['nbns.version_number']) || !word(f['nbns.period_of_statistics']) || !word(f['nbns.num_crcs'])) return
  if (!word(f['nbns.num_alignment_errors']) || !word(f['nbns.num_collisions']) || !word(f['nbns.num_send_aborts'])) return
  if (!long(f['nbns.num_good_sends']) || !long(f['nbns.num_good_receives']) || !word(f['nbns.numretransmits'])) return
  if (!word(f['nbns.num_no_resource_conditions']) || !word(f['nbns.numcommand_blocks']) || !word(f['nbns.numpending_sessions'])) return
  if (!word(f['nbns.max_num_pending_sessions']) || !word(f['nbns.max_total_sessions_possible'])) return
  word(f['nbns.session_data_packet_size'])
}
