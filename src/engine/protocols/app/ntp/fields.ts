// Fields of NTP: time messages, control messages (RFC 9327) and ntpd's private messages.
import { absoluteTime, bool, bytes, ipv4, ipv6, none, string, u16, u32, u8 } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import {
  NTP_CLOCK_SOURCES,
  NTP_CLOCK_STATUS,
  NTP_CONTROL_ERRORS,
  NTP_CONTROL_OPERATIONS,
  NTP_EXTENSIONS,
  NTP_IMPLEMENTATIONS,
  NTP_LEAP,
  NTP_MODES,
  NTP_PEER_EVENTS,
  NTP_PEER_SELECTION,
  NTP_PRIVATE_ERRORS,
  NTP_PRIVATE_REQUESTS,
  NTP_SYSTEM_EVENTS,
  ntpVersion,
} from '../../../values/ntp'

const DIRECTION: Readonly<Record<number, string>> = { 0: 'Request', 1: 'Response' }

function stratum(value: number): string {
  if (value === 0) return 'unspecified or invalid'
  if (value === 1) return 'primary reference'
  if (value < 16) return 'secondary reference'
  return value === 16 ? 'unsynchronized' : 'reserved'
}
/** Seconds of a value of 16 bits before the point and 16 behind it. */
function shortFormat(value: number): string {
  return `${(value / 0x1_0000).toFixed(6)} seconds`
}

export const NTP_FIELDS = {
  'ntp.flags': u8('Flags', { base: 'hex' }),
  'ntp.flags.li': u8('Leap Indicator', { mask: 0xc0, values: NTP_LEAP }),
  'ntp.flags.vn': u8('Version number', { mask: 0x38, values: ntpVersion }),
  'ntp.flags.mode': u8('Mode', { mask: 0x07, values: NTP_MODES }),
  'ntp.stratum': u8('Peer Clock Stratum', { values: stratum }),
  'ntp.ppoll': u8('Peer Polling Interval', {
    base: 'custom',
    format: (value) => (value >= 4 && value <= 17 ? `${value} (${2 ** value} seconds)` : `invalid (${value})`),
  }),
  'ntp.precision': u8('Peer Clock Precision', { base: 'custom', format: (value) => `${(2 ** ((value << 24) >> 24)).toFixed(6)} seconds` }),
  'ntp.rootdelay': u32('Root Delay', { base: 'custom', format: shortFormat }),
  'ntp.rootdispersion': u32('Root Dispersion', { base: 'custom', format: shortFormat }),
  'ntp.refid': bytes('Reference ID'),
  'ntp.reftime': absoluteTime('Reference Timestamp', { time: 'ntp' }),
  'ntp.org': absoluteTime('Origin Timestamp', { time: 'ntp' }),
  'ntp.rec': absoluteTime('Receive Timestamp', { time: 'ntp' }),
  'ntp.xmt': absoluteTime('Transmit Timestamp', { time: 'ntp' }),
  'ntp.keyid': bytes('Key ID'),
  'ntp.mac': bytes('Message Authentication Code'),
  'ntp.ext': none('Extension'),
  'ntp.ext.type': u16('Field Type', { base: 'hex', values: NTP_EXTENSIONS }),
  'ntp.ext.length': u16('Length'),
  'ntp.ext.value': bytes('Value'),
  'ntp.key_type': u8('Key type', { generated: true, values: { 0: 'MD5', 1: 'SHA' } }),
  'ntp.key_index': u32('Key index', { base: 'hex' }),
  'ntp.key_signature': bytes('Signature'),
  'ntp.padding': bytes('Padding'),

  'ntp.ctrl.flags2': u8('Flags 2', { base: 'hex' }),
  'ntp.ctrl.flags2.r': u8('Response bit', { mask: 0x80, values: DIRECTION }),
  'ntp.ctrl.flags2.error': u8('Error bit', { mask: 0x40 }),
  'ntp.ctrl.flags2.more': u8('More bit', { mask: 0x20 }),
  'ntp.ctrl.flags2.opcode': u8('Opcode', { mask: 0x1f, values: NTP_CONTROL_OPERATIONS }),
  'ntp.ctrl.sequence': u16('Sequence'),
  'ntp.ctrl.status': u16('Status', { base: 'hex' }),
  'ntp.ctrl.err_status': u16('Error Status Word', { mask: 0xff00, values: NTP_CONTROL_ERRORS }),
  'ntp.ctrl.sys_status.li': u16('Leap Indicator', { mask: 0xc000, values: NTP_LEAP }),
  'ntp.ctrl.sys_status.clksrc': u16('Clock Source', { mask: 0x3f00, values: NTP_CLOCK_SOURCES }),
  'ntp.ctrl.sys_status.count': u16('System Event Counter', { mask: 0x00f0 }),
  'ntp.ctrl.sys_status.code': u16('System Event Code', { mask: 0x000f, values: NTP_SYSTEM_EVENTS }),
  'ntp.ctrl.peer_status.config': bool('Peer Status', { bits: 16, mask: 0x8000, names: ['configured', 'not configured'] }),
  'ntp.ctrl.peer_status.authenable': bool('Peer Status', {
    bits: 16,
    mask: 0x4000,
    names: ['authentication enabled', 'authentication disabled'],
  }),
  'ntp.ctrl.peer_status.authentic': bool('Peer Status', {
    bits: 16,
    mask: 0x2000,
    names: ['authentication okay', 'authentication not okay'],
  }),
  'ntp.ctrl.peer_status.reach': bool('Peer Status', { bits: 16, mask: 0x1000, names: ['reachable', 'not reachable'] }),
  'ntp.ctrl.peer_status.bcast': bool('Broadcast association', { bits: 16, mask: 0x0800 }),
  'ntp.ctrl.peer_status.selection': u16('Peer Selection', { mask: 0x0700, values: NTP_PEER_SELECTION }),
  'ntp.ctrl.peer_status.count': u16('Peer Event Counter', { mask: 0x00f0 }),
  'ntp.ctrl.peer_status.code': u16('Peer Event Code', { mask: 0x000f, values: NTP_PEER_EVENTS }),
  'ntp.ctrl.clock_status.status': u16('Clock Status', { mask: 0xff00, values: NTP_CLOCK_STATUS }),
  'ntp.ctrl.clock_status.code': u16('Clock Event Code', { mask: 0x00ff }),
  'ntp.ctrl.associd': u16('Association ID'),
  'ntp.ctrl.offset': u16('Offset'),
  'ntp.ctrl.count': u16('Count'),
  'ntp.ctrl.data': none('Data'),
  'ntp.ctrl.item': none('Item'),
  'ntp.ctrl.trapmsg': string('Trap message'),
  'ntp.ctrl.configuration': string('Configuration'),
  'ntp.ctrl.mru': string('Recently used clients'),
  'ntp.ctrl.ordlist': string('Ordered list'),
  'ntp.ctrl.nonce': string('Nonce'),

  'ntp.priv.flags.r': u8('Response bit', { mask: 0x80, values: DIRECTION }),
  'ntp.priv.flags.more': u8('More bit', { mask: 0x40 }),
  'ntp.priv.auth_seq': u8('Auth, sequence'),
  'ntp.priv.auth': u8('Auth bit', { mask: 0x80 }),
  'ntp.priv.seq': u8('Sequence number', { mask: 0x7f }),
  'ntp.priv.impl': u8('Implementation', { values: NTP_IMPLEMENTATIONS }),
  'ntp.priv.reqcode': u8('Request code', { values: NTP_PRIVATE_REQUESTS }),
  'ntp.priv.err': u8('Error', { base: 'hex', mask: 0xf0, values: NTP_PRIVATE_ERRORS }),
  'ntp.priv.numitems': u16('Number of data items', { mask: 0x0fff }),
  'ntp.priv.reserved': u8('Reserved', { base: 'hex', mask: 0xf0 }),
  'ntp.priv.itemsize': u16('Size of data item', { mask: 0x0fff }),
  'ntp.priv.mode7.item': string('Data item'),
  'ntp.priv.monlist.avgint': u32('Average interval'),
  'ntp.priv.monlist.lsint': u32('Last interval'),
  'ntp.priv.monlist.restr': u32('Restrictions', { base: 'hex' }),
  'ntp.priv.monlist.count': u32('Packets'),
  'ntp.priv.monlist.remote_address': ipv4('Remote address'),
  'ntp.priv.monlist.local_address': ipv4('Local address'),
  'ntp.priv.monlist.flags': u32('Flags', { base: 'hex' }),
  'ntp.priv.monlist.port': u16('Port'),
  'ntp.priv.monlist.mode': u8('Mode'),
  'ntp.priv.monlist.version': u8('Version'),
  'ntp.priv.monlist.ipv6': u32('IPv6', { base: 'hex' }),
  'ntp.priv.monlist.unused': u32('Unused', { base: 'hex' }),
  'ntp.priv.monlist.addr6': ipv6('Remote IPv6 address'),
  'ntp.priv.monlist.daddr6': ipv6('Local IPv6 address'),
} as const
export type NtpFields = FieldIds<typeof NTP_FIELDS>
