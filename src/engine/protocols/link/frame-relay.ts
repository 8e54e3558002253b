// Frame Relay (ITU-T Q.922 addresses; RFC 2427 and Cisco encapsulation). Not covered: LAPF and XID frames, fragmentation (FRF.12).
import { bool, defineProtocol, expert, none, u16, u24, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import { dispatchTable } from '../../dissect/registry'
import type { FieldIds } from '../../dissect/registry'
import { ETHERTYPES } from '../../values/ethertypes'

const UNNUMBERED_INFORMATION = 0x03,
  EXCHANGE_IDENTIFICATION = 0xaf,
  SNAP = 0x80,
  IN_IP: Readonly<Record<number, number>> = { 0xcc: 4, 0x8e: 6 }
/** ISO's network layer without its protocol ("inactive") is read as the connectionless one. */
const INACTIVE_AS = 0x81
/** Largest value of the two octets behind the addresses that is an Ethernet frame's length. */
const LARGEST_LENGTH = 1500
/** Ethertypes that Cisco's encapsulation carries, as tshark reads them. */
const CISCO_TYPES = new Set([0x0800, 0x86dd, 0x8847, 0x8848, 0x8137, 0x6003, 0x8035])

const fields = {
  'fr.first_addr_octet': u8('First address octet', { base: 'hex' }),
  'fr.upper_dlci': u8('Upper DLCI', { base: 'hex', mask: 0xfc }),
  'fr.cr': bool('CR', { mask: 0x02, names: ['Command', 'Response'] }),
  'fr.ea': bool('EA', { mask: 0x01, names: ['Last Octet', 'More Follows'] }),
  'fr.second_addr_octet': u8('Second address octet', { base: 'hex' }),
  'fr.second_dlci': u8('Second DLCI', { base: 'hex', mask: 0xf0 }),
  'fr.fecn': bool('FECN', { mask: 0x08 }),
  'fr.becn': bool('BECN', { mask: 0x04 }),
  'fr.de': bool('DE', { mask: 0x02 }),
  'fr.third_addr_octet': u8('Third address octet', { base: 'hex' }),
  'fr.third_dlci': u8('Third DLCI', { base: 'hex', mask: 0xfe }),
  'fr.lower_dlci': u8('Lower DLCI', { base: 'hex', mask: 0xfc }),
  'fr.dc': bool('DC', { mask: 0x02, names: ['DLCI Address', 'Control'] }),
  'fr.dlci': u32('DLCI', { generated: true }),
  'fr.control': u8('Control Field', { base: 'hex' }),
  'fr.nlpid': u8('NLPID', { base: 'hex' }),
  'fr.snap.oui': u24('Organization Code', { base: 'hex' }),
  'fr.snap.pid': u16('Protocol ID', { base: 'hex' }),
  'fr.snaptype': u16('Type', { base: 'hex', values: ETHERTYPES }),
  'fr.chdlctype': u16('Type', { base: 'hex', values: ETHERTYPES }),
  'fr.bogus_address': expert('warning', 'protocol', 'Bogus extra address octet'),
  'fr.frame_relay.lapf': none('Link Access Procedure for Frame mode'),
} as const
type Ids = FieldIds<typeof fields>

export const frameRelay = defineProtocol({
  name: 'fr',
  title: 'Frame Relay',
  short: 'FR',
  accepts: { linktype: [107], 'gre.proto': [0x6559] },
  fields,
  decode(d, f) {
    d.setProtocol('FR')
    const dlci = address(d, f)
    if (d.summary) d.setInfo(`DLCI ${dlci}`)
    const control = d.peek8()
    d.layerEnds(d.at)
    if (d.left <= 0) return
    if (control === UNNUMBERED_INFORMATION || dlci === 0 || control === EXCHANGE_IDENTIFICATION) {
      const numbered = (control & 1) === 0 || (control & 3) === 1
      d.add(f['fr.control'], d.at, d.at + (numbered && d.left > 1 ? 2 : 1), control)
      if (control === UNNUMBERED_INFORMATION) {
        d.skip(1)
        network(d, f)
      } else d.data()
      return
    }
    other(d, f, control)
  },
})

/** The address octets; returns the data link connection identifier. */
function address(d: Decoder, f: Ids): number {
  let at = d.at,
    octet = d.u8(f['fr.first_addr_octet']),
    outer = d.enter()
  for (const name of ['fr.upper_dlci', 'fr.cr', 'fr.ea'] as const) d.bits(f[name], at, d.at, octet)
  d.leave(outer)
  let dlci = octet >> 2
  if (!(octet & 1)) {
    at = d.at
    octet = d.u8(f['fr.second_addr_octet'])
    outer = d.enter()
    for (const name of ['fr.second_dlci', 'fr.fecn', 'fr.becn', 'fr.de', 'fr.ea'] as const) d.bits(f[name], at, d.at, octet)
    d.leave(outer)
    dlci = dlci * 16 + (octet >> 4)
    if (!(octet & 1)) dlci = further(d, f, dlci)
  }
  d.generated(f['fr.dlci'], dlci, d.layerStart, d.at)
  return dlci
}

/** Third and last octet. */
function further(d: Decoder, f: Ids, upper: number): number {
  let dlci = upper
  if (!(d.peek8() & 1)) {
    const at = d.at,
      octet = d.u8(f['fr.third_addr_octet']),
      outer = d.enter()
    d.bits(f['fr.third_dlci'], at, d.at, octet)
    d.bits(f['fr.ea'], at, d.at, octet)
    d.leave(outer)
    dlci = dlci * 128 + (octet >> 1)
    while (d.left > 0 && !(d.peek8() & 1)) {
      d.expert(f['fr.bogus_address'], d.at, d.at + 1)
      d.skip(1)
    }
  }
  const at = d.at,
    last = d.peek8()
  d.require(1)
  d.note(at, at + 1, `Final address octet: 0x${last.toString(16).padStart(2, '0')}`)
  const outer = d.enter()
  d.bits(f['fr.lower_dlci'], at, at + 1, last)
  d.bits(f['fr.dc'], at, at + 1, last)
  d.bits(f['fr.ea'], at, at + 1, last)
  d.leave(outer)
  d.skip(1)
  return dlci * 64 + (last >> 2)
}

/** RFC 2427: a network layer protocol identifier behind an optional pad. */
function network(d: Decoder, f: Ids): void {
  if (d.left <= 0) return
  let identifier = d.u8(f['fr.nlpid'])
  if (identifier === 0 && d.left > 0) identifier = d.u8(f['fr.nlpid'])
  const isInactive = identifier === 0
  const version = IN_IP[identifier]
  d.layerEnds(d.at)
  if (version !== undefined) {
    if (!d.next('ip.version', version)) d.data()
    return
  }
  if (identifier === SNAP) {
    const organization = d.u24(f['fr.snap.oui'])
    if (organization === 0) {
      const kind = d.u16(f['fr.snaptype'])
      d.layerEnds(d.at)
      if (!d.next('ethertype', kind)) d.data()
      return
    }
    const kind = d.u16(f['fr.snap.pid'])
    d.layerEnds(d.at)
    // bridged frames (RFC 2427, 4.2)
    if (organization === 0x0080c2 && (kind === 1 || kind === 7) && d.next('linktype', 1)) return
    d.data()
    return
  }
  // ISO's protocols begin with their identifier
  if (d.next('osinl', isInactive ? INACTIVE_AS : identifier, d.at - 1) || d.next('ppp.protocol', identifier)) return
  d.data()
}

/** What is no unnumbered information: Cisco's ethertypes, Ethernet frames, or numbered frames. */
function other(d: Decoder, f: Ids, control: number): void {
  const kind = d.peek16(),
    behind = d.peek16(d.at + 12)
  if (CISCO_TYPES.has(kind) && d.left > 2) {
    d.u16(f['fr.chdlctype'])
    d.layerEnds(d.at)
    if (!d.next('chdlc.protocol', kind) && !d.next('ethertype', kind)) d.data()
    return
  }
  if (isNumbered(d, control)) {
    numbered(d, f, control)
    return
  }
  if (d.left > 14 && behind > 0 && behind <= LARGEST_LENGTH) {
    // with its check sequence
    d.packet.fcsLength = 4
    if (d.next('linktype', 1)) return
  }
  if ((control & 1) === 0 && d.peek8(d.at + 1) === 0 && d.left > 3) numbered(d, f, control)
  else d.data()
}

/** Whether two octets of a numbered frame's control field stand before an identifier that somebody reads. */
function isNumbered(d: Decoder, control: number): boolean {
  if ((control & 1) !== 0 || d.peek8(d.at + 1) !== 0 || d.left < 4) return false
  const first = d.peek8(d.at + 2),
    identifier = first === 0 ? d.peek8(d.at + 3) || INACTIVE_AS : first
  return identifier === SNAP || IN_IP[identifier] !== undefined || dispatchTable('osinl').has(identifier)
}

function numbered(d: Decoder, f: Ids, control: number): void {
  d.add(f['fr.control'], d.at, d.at + 2, control)
  d.skip(2)
  network(d, f)
}
