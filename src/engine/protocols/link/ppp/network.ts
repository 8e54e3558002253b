// Control protocols of the network layer over PPP: IPCP (RFC 1332, RFC 1877, RFC 2290, RFC 2509, RFC 3241) and IPV6CP (RFC 5072).
import { bool, bytes, defineProtocol, ipv4, u16, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { CODES, CONTROL_FIELDS, readControl, readOptions } from './control'
import type { Option } from './control'

const TYPES: Readonly<Record<number, string>> = {
  1: 'IP Addresses (deprecated)',
  2: 'IP Compression Protocol',
  3: 'IP Address',
  4: "Mobile Node's Home IP Address",
  129: 'Primary DNS Server IP Address',
  130: 'Primary NBNS Server IP Address',
  131: 'Secondary DNS Server IP Address',
  132: 'Secondary NBNS Server IP Address',
}
const COMPRESSIONS: Readonly<Record<number, string>> = {
  0x0003: 'Robust Header Compression (ROHC)',
  0x002d: 'VJ compression',
  0x0037: 'VJ compression (RFC1172-typo)',
  0x0061: 'IPHC compression',
}
const IPHC_TYPES: Readonly<Record<number, string>> = {
  1: 'RTP compression (RFC2508)',
  2: 'Enhanced RTP compression (RFC3545)',
  3: 'Suppress TCP/Non-TCP compression',
}

const COMPRESSION_FIELDS = {
  ...CONTROL_FIELDS,
  'ipcp.opt.compress_proto': u16('IP Compression Protocol', { base: 'hex', values: COMPRESSIONS }),
  'ipcp.opt.max_slot_id': u8('Max Slot ID'),
  'ipcp.opt.comp_slot_id': bool('Comp Slot ID', {
    mask: 0x01,
    names: ['The slot identifier may be compressed', 'The slot identifier must not be compressed'],
  }),
  'ipcp.opt.tcp_space': u16('TCP Space'),
  'ipcp.opt.non_tcp_space': u16('Non TCP Space'),
  'ipcp.opt.f_max_period': u16('F Max Period'),
  'ipcp.opt.f_max_time': u16('F Max Time'),
  'ipcp.opt.max_header': u16('Max Header'),
  'ipcp.opt.max_cid': u16('Max CID'),
  'ipcp.opt.mrru': u16('MRRU'),
  'ipcp.data': bytes('Data'),
  'ipcp.opt.iphc.type': u8('Type', { values: IPHC_TYPES }),
  'ipcp.opt.iphc.length': u8('Length'),
  'ipcp.opt.iphc.param': u8('Parameter', { values: { 1: 'Compression of TCP is off', 2: 'Compression of other traffic is off' } }),
  'ipcp.opt.rohc.type': u8('Type', { values: { 1: 'Profiles (RFC3241)' } }),
  'ipcp.opt.rohc.length': u8('Length'),
  'ipcp.opt.rohc.profile': u16('Profile', {
    base: 'hex',
    values: { 0x0001: 'RTP', 0x0002: 'UDP', 0x0003: 'ESP', 0x0004: 'IP', 0x0006: 'TCP' },
  }),
} as const
type CompressionIds = FieldIds<typeof COMPRESSION_FIELDS>

const IPCP_FIELDS = {
  ...CONTROL_FIELDS,
  ...COMPRESSION_FIELDS,
  'ipcp.opt.type': u8('Type', { values: TYPES }),
  'ipcp.opt.length': u8('Length'),
  'ipcp.opt.src_address': ipv4('Source IP Address'),
  'ipcp.opt.dst_address': ipv4('Destination IP Address'),
  'ipcp.opt.ip_address': ipv4('IP Address'),
  'ipcp.opt.mobilenodehomeaddress': ipv4("Mobile Node's Home Address"),
  'ipcp.opt.pri_dns_address': ipv4('Primary DNS Address'),
  'ipcp.opt.pri_nbns_address': ipv4('Primary NBNS Address'),
  'ipcp.opt.sec_dns_address': ipv4('Secondary DNS Address'),
  'ipcp.opt.sec_nbns_address': ipv4('Secondary NBNS Address'),
} as const
type IpcpIds = FieldIds<typeof IPCP_FIELDS>

function suboptions(f: CompressionIds): Readonly<Record<number, Option>> {
  return {
    1: { name: 'RTP compression (RFC2508)', length: 2 },
    2: { name: 'Enhanced RTP compression (RFC3545)', length: 2 },
    3: {
      name: 'Suppress TCP/Non-TCP compression',
      length: 3,
      read: (d) => {
        d.u8(f['ipcp.opt.iphc.param'])
        return ''
      },
    },
  }
}

function profiles(f: CompressionIds): Readonly<Record<number, Option>> {
  return {
    1: {
      name: 'Profiles (RFC3241)',
      read: (d) => {
        while (d.left > 0) d.u16(f['ipcp.opt.rohc.profile'])
        return ''
      },
    },
  }
}

/** How headers are compressed; the same option in both protocols. */
function compression(f: CompressionIds): Option {
  return {
    name: 'IP Compression Protocol',
    least: 4,
    read(d) {
      const protocol = d.u16(f['ipcp.opt.compress_proto'])
      if (protocol === 0x002d || protocol === 0x0037) {
        d.u8(f['ipcp.opt.max_slot_id'])
        d.u8(f['ipcp.opt.comp_slot_id'])
      } else if (protocol === 0x0061) {
        for (const name of ['tcp_space', 'non_tcp_space', 'f_max_period', 'f_max_time', 'max_header'] as const) d.u16(f[`ipcp.opt.${name}`])
        if (d.left > 0) readOptions(d, f, suboptions(f), { type: f['ipcp.opt.iphc.type'], length: f['ipcp.opt.iphc.length'] }, 'Suboptions')
      } else if (protocol === 0x0003) {
        for (const name of ['max_cid', 'mrru', 'max_header'] as const) d.u16(f[`ipcp.opt.${name}`])
        if (d.left > 0) readOptions(d, f, profiles(f), { type: f['ipcp.opt.rohc.type'], length: f['ipcp.opt.rohc.length'] }, 'Suboptions')
      } else if (d.left > 0) d.span(f['ipcp.data'], d.left)
      return ''
    },
  }
}

function ipcpOptions(f: IpcpIds): Readonly<Record<number, Option>> {
  const address = (type: number, field: FieldId<'ipv4'>): Option => ({
    name: TYPES[type] ?? '',
    length: 6,
    read(d) {
      d.span(field, 4)
      return ''
    },
  })
  return {
    1: {
      name: 'IP Addresses (deprecated)',
      length: 10,
      read(d) {
        d.span(f['ipcp.opt.src_address'], 4)
        d.span(f['ipcp.opt.dst_address'], 4)
        return ''
      },
    },
    2: compression(f),
    3: address(3, f['ipcp.opt.ip_address']),
    4: address(4, f['ipcp.opt.mobilenodehomeaddress']),
    129: address(129, f['ipcp.opt.pri_dns_address']),
    130: address(130, f['ipcp.opt.pri_nbns_address']),
    131: address(131, f['ipcp.opt.sec_dns_address']),
    132: address(132, f['ipcp.opt.sec_nbns_address']),
  }
}

export const ipcp = defineProtocol({
  name: 'ipcp',
  title: 'PPP IP Control Protocol',
  short: 'PPP IPCP',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0x8021] },
  fields: IPCP_FIELDS,
  decode(d, f) {
    d.setProtocol('PPP IPCP')
    readControl(d, f, {
      codes: CODES,
      options: (decoder) => readOptions(decoder, f, ipcpOptions(f), { type: f['ipcp.opt.type'], length: f['ipcp.opt.length'] }),
    })
  },
})

const IPV6CP_FIELDS = {
  ...CONTROL_FIELDS,
  ...COMPRESSION_FIELDS,
  'ipcp.opt.type': u8('Type', { values: TYPES }),
  'ipcp.opt.length': u8('Length'),
  'ipv6cp.opt.type': u8('Type', { values: { 1: 'Interface Identifier', 2: 'IP Compression Protocol' } }),
  'ipv6cp.opt.length': u8('Length'),
  'ipv6cp.interface_identifier': bytes('Interface Identifier', { separator: ':' }),
} as const

function ipv6cpOptions(f: FieldIds<typeof IPV6CP_FIELDS>): Readonly<Record<number, Option>> {
  return {
    1: {
      name: 'Interface Identifier',
      length: 10,
      read(d: Decoder) {
        d.span(f['ipv6cp.interface_identifier'], 8)
        return ''
      },
    },
    2: { ...compression(f), head: { type: f['ipcp.opt.type'], length: f['ipcp.opt.length'] } },
  }
}

export const ipv6cp = defineProtocol({
  name: 'ipv6cp',
  title: 'PPP IPv6 Control Protocol',
  short: 'PPP IPV6CP',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0x8057] },
  fields: IPV6CP_FIELDS,
  decode(d, f) {
    d.setProtocol('PPP IPV6CP')
    readControl(d, f, {
      codes: CODES,
      options: (decoder) => readOptions(decoder, f, ipv6cpOptions(f), { type: f['ipv6cp.opt.type'], length: f['ipv6cp.opt.length'] }),
    })
  },
})
