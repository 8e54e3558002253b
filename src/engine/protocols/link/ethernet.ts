// Ethernet II and IEEE 802.3 (IEEE 802.3, 3.2). The type/length field decides: up to 1500 a length (LLC follows), from 1536 an ethertype.
// Not covered: trailers of capture taps.
import { crc32 } from '../../bytes/checksum'
import { etherText } from '../../bytes/text'
import { bool, bytes, defineProtocol, ether, expert, setAddress, string, u16, u24, u32, u8 } from '../../dissect/define'
import type { Decoder, FieldId } from '../../dissect/define'
import { payloadByEthertype, recordTrailer } from '../../dissect/ethertype'
import { CHECKSUM_STATUS_FIELD } from '../../values/checksum-status'
import { ETHERTYPES } from '../../values/ethertypes'
import { vendorName, vendorOf } from '../../values/vendors'

const LG: readonly [string, string] = [
  'Locally administered address (this is NOT the factory default)',
  'Globally unique address (factory default)',
]
const IG: readonly [string, string] = ['Group address (multicast/broadcast)', 'Individual address (unicast)']
const lgBit = bool('LG bit', { mask: 0x020000, bits: 24, names: LG })
const igBit = bool('IG bit', { mask: 0x010000, bits: 24, names: IG })

const RESOLVED = { generated: true, hidden: true, text: etherText }
const VENDOR = { generated: true, hidden: true, text: vendorOf }

/** As in tshark, 0 is no length: an unknown ethertype. */
function isEthertype(type: number): boolean {
  return type >= 1536 || type === 0
}

const FABRIC_PATH = 0x8903

/** Destinations of Cisco's Inter-Switch Link, whose last octet tells the kind of frame. */
function isInterSwitchLink(d: Decoder, at: number): boolean {
  const first = d.peek8(at)
  return (first === 0x01 || first === 0x0c) && d.peek32(at + 1) === 0x000c_0000
}

/** Fields of one address and of "any address". */
interface AddressFields {
  readonly address: FieldId<'ether'>
  readonly resolved: FieldId<'string'>
  readonly oui: FieldId<'u24'>
  readonly vendor: FieldId<'string'>
  readonly lg: FieldId<'bool'>
  readonly ig: FieldId<'bool'>
}

function address(d: Decoder, own: AddressFields, any: AddressFields): void {
  const at = d.at,
    oui = d.peek24(at)
  d.span(own.address, 6)
  if (d.addressesOnly) return
  const node = d.last,
    isKnown = vendorName(oui) !== undefined
  const outer = d.enter(node)
  for (const fields of [own, any]) {
    if (fields === any) d.range(any.address, at, at + 6)
    d.range(fields.resolved, at, at + 6)
    d.add(fields.oui, at, at + 3, oui)
    d.hide()
    if (isKnown) d.range(fields.vendor, at, at + 6)
  }
  d.bits(own.lg, at, at + 3, oui)
  d.bits(any.lg, at, at + 3, oui)
  d.hide()
  d.bits(own.ig, at, at + 3, oui)
  d.bits(any.ig, at, at + 3, oui)
  d.hide()
  d.leave(outer)
}

export const ethernet = defineProtocol({
  name: 'eth',
  title: 'Ethernet',
  short: 'Ethernet',
  accepts: { linktype: [1], ethertype: [0x6558], 'ip.proto': [143] },
  fields: {
    'eth.dst': ether('Destination'),
    'eth.dst_resolved': string('Destination (resolved)', RESOLVED),
    'eth.dst.oui': u24('Destination OUI'),
    'eth.dst.oui_resolved': string('Destination OUI (resolved)', VENDOR),
    'eth.src': ether('Source'),
    'eth.src_resolved': string('Source (resolved)', RESOLVED),
    'eth.src.oui': u24('Source OUI'),
    'eth.src.oui_resolved': string('Source OUI (resolved)', VENDOR),
    'eth.len': u16('Length'),
    'eth.type': u16('Type', { base: 'hex', values: ETHERTYPES }),
    'eth.invalid_lentype': u16('Invalid length/type', { base: 'hex-dec' }),
    'eth.addr': ether('Address'),
    'eth.addr_resolved': string('Address (resolved)', RESOLVED),
    'eth.addr.oui': u24('Address OUI'),
    'eth.addr.oui_resolved': string('Address OUI (resolved)', VENDOR),
    'eth.padding': bytes('Padding'),
    'eth.trailer': bytes('Trailer'),
    'eth.fcs': u32('Frame check sequence', { base: 'hex' }),
    'eth.fcs.status': u8('FCS Status', CHECKSUM_STATUS_FIELD),
    'eth.dst.lg': lgBit,
    'eth.dst.ig': igBit,
    'eth.src.lg': lgBit,
    'eth.src.ig': igBit,
    'eth.lg': lgBit,
    'eth.ig': igBit,
    'eth.invalid_lentype.expert': expert('warning', 'protocol', 'Invalid length/type'),
    'eth.src_not_group': expert('warning', 'protocol', 'Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)'),
    'eth.fcs_bad': expert('error', 'checksum', 'Bad checksum'),
    'eth.len.past_end': expert('error', 'malformed', 'Length field value goes past the end of the payload'),
  },
  decode(d, f) {
    // frames that a tunnel carries inside this one have no check sequence
    const start = d.at,
      end = d.end,
      p = d.packet,
      fcs = p.fcsLength < 0 ? 'maybe' : p.fcsLength
    p.fcsLength = 0
    d.setProtocol('Ethernet')
    d.setInfo('')
    const any: AddressFields = {
      address: f['eth.addr'],
      resolved: f['eth.addr_resolved'],
      oui: f['eth.addr.oui'],
      vendor: f['eth.addr.oui_resolved'],
      lg: f['eth.lg'],
      ig: f['eth.ig'],
    }
    d.require(14)
    // a header around the frame, of the same shape, whose addresses are none
    if (d.peek16(start + 12) === FABRIC_PATH && d.next('eth.around', FABRIC_PATH)) return
    if (isInterSwitchLink(d, start) && d.next('eth.around', 'isl')) return
    setAddress(p.destination, 'ether', d.bytes, start)
    setAddress(p.source, 'ether', d.bytes, start + 6)
    const type = d.peek16(start + 12),
      kind = isEthertype(type) ? 'Ethernet II' : type > 1500 ? 'Ethernet' : 'IEEE 802.3 Ethernet'
    if (d.labels)
      d.label(
        kind === 'Ethernet'
          ? kind
          : `${kind}${kind === 'IEEE 802.3 Ethernet' ? ' ' : ', Src: ' + etherText(d.bytes, start + 6) + ', Dst: ' + etherText(d.bytes, start)}`,
      )
    address(
      d,
      {
        address: f['eth.dst'],
        resolved: f['eth.dst_resolved'],
        oui: f['eth.dst.oui'],
        vendor: f['eth.dst.oui_resolved'],
        lg: f['eth.dst.lg'],
        ig: f['eth.dst.ig'],
      },
      any,
    )
    address(
      d,
      {
        address: f['eth.src'],
        resolved: f['eth.src_resolved'],
        oui: f['eth.src.oui'],
        vendor: f['eth.src.oui_resolved'],
        lg: f['eth.src.lg'],
        ig: f['eth.src.ig'],
      },
      any,
    )
    if (d.peek8(start + 6) & 1) d.expert(f['eth.src_not_group'], start + 6, start + 12, '', d.last)
    let payloadEnd = end
    if (isEthertype(type)) {
      d.setInfo('Ethernet II')
      d.u16(f['eth.type'])
      d.layerEnds(d.at)
      payloadByEthertype(d, type, d.at)
      payloadEnd = d.childEnd
    } else if (type > 1500) {
      d.setInfo(`Ethernet Unknown: Invalid length/type: 0x${type.toString(16).padStart(4, '0')} (${type})`)
      d.u16(f['eth.invalid_lentype'])
      d.expert(
        f['eth.invalid_lentype.expert'],
        d.at - 2,
        d.at,
        `Invalid length/type: 0x${type.toString(16).padStart(4, '0')} (${type})`,
        d.last,
      )
      d.layerEnds(d.at)
      d.data(d.at)
      return
    } else {
      d.setInfo('IEEE 802.3 Ethernet')
      d.u16(f['eth.len'])
      const left = end - d.at
      if (type > left) d.expert(f['eth.len.past_end'], d.at - 2, d.at, '', d.last)
      d.layerEnds(d.at)
      payloadEnd = d.at + Math.min(type, left)
      // Novell put IPX directly behind the length: the checksum field of IPX, always 0xffff, stands where LLC's addresses are
      const raw = d.peek16(d.at) === 0xffff && d.has(2)
      if (!d.next('ethernet.8023', raw ? 'ipx' : 'llc', d.at, payloadEnd)) d.data(d.at, payloadEnd)
    }
    recordTrailer(d, payloadEnd, end, {
      trailer: f['eth.trailer'],
      fcs,
      frameStart: start,
      showFcs: (at) => {
        d.at = at
        d.u32(f['eth.fcs'])
        const calculated = crc32(d.bytes, start, at),
          sent = d.peek32le(at)
        if (d.session.options.preferences.get('eth.check_fcs') !== 'TRUE') d.generated(f['eth.fcs.status'], 2, at, at + 4)
        else {
          d.generated(f['eth.fcs.status'], calculated === sent ? 1 : 0, at, at + 4)
          if (calculated !== sent) d.expert(f['eth.fcs_bad'], at, at + 4, '', d.last)
        }
      },
    })
  },
})
