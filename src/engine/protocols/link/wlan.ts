// IEEE 802.11 frames, alone or behind radiotap and PPI headers: the MAC header and unencrypted data. Not covered: elements of management frames,
// aggregated MSDUs, mesh headers, decryption, the fields of radio headers.
import { defineProtocol, ether, setAddress, u16, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'

/** Bytes of check sequence that the radio header says are at the frame's end. */
function radio(d: Decoder, fcs: number): void {
  d.chainName('wlan_radio')
  if (fcs > 0 && d.left >= fcs) d.end -= fcs
  if (!d.next('linktype', 105)) d.data()
}

export const radiotap = defineProtocol({
  name: 'radiotap',
  title: 'Radiotap Header',
  short: 'Radiotap',
  accepts: { linktype: [127] },
  fields: {
    'radiotap.version': u8('Header revision'),
    'radiotap.pad': u8('Header pad'),
    'radiotap.length': u16('Header length'),
  },
  decode(d, f) {
    const start = d.at
    d.setProtocol('WLAN')
    d.setInfo('')
    d.u8(f['radiotap.version'])
    d.u8(f['radiotap.pad'])
    const length = d.u16le(f['radiotap.length'])
    d.require(4)
    if (length < 8) d.malformed()
    d.layerEnds(start + length)
    const flags = radiotapFlags(d, start)
    d.at = start + length
    radio(d, flags & 0x10 ? 4 : 0)
  },
})

/** The flags field: behind the words of presence bits and, if it is there, the aligned 64-bit time. */
function radiotapFlags(d: Decoder, start: number): number {
  const present = d.peek32le(start + 4)
  if ((present & 2) === 0) return 0
  let at = start + 8
  for (let word = present; word >= 0x8000_0000 && d.has(4, at); at += 4) word = d.peek32le(at)
  if (present & 1) at = start + Math.ceil((at - start) / 8) * 8 + 8
  return d.peek8(at)
}

export const perPacketInformation = defineProtocol({
  name: 'ppi',
  title: 'PPI',
  short: 'PPI',
  accepts: { linktype: [192] },
  fields: { 'ppi.version': u8('Version'), 'ppi.flags': u8('Flags', { base: 'hex' }), 'ppi.length': u16('Header length'), 'ppi.dlt': u16('DLT') },
  decode(d, f) {
    const start = d.at
    d.setProtocol('PPI')
    d.setInfo('')
    d.u8(f['ppi.version'])
    d.u8(f['ppi.flags'])
    const length = d.u16le(f['ppi.length']), type = d.peek32le()
    d.require(4)
    if (length < 8) d.malformed()
    d.layerEnds(start + length)
    const common = d.peek16le(start + 8) === 2 ? d.peek16le(start + 20) : 0
    d.at = start + length
    if (type === 105) radio(d, common & 1 ? 4 : 0)
    else if (!d.next('linktype', type)) d.data()
  },
})

export const wlan = defineProtocol({
  name: 'wlan',
  title: 'IEEE 802.11 wireless LAN',
  short: '802.11',
  accepts: { linktype: [105] },
  fields: {
    'wlan.fc.version': u8('Version', { mask: 0x03 }),
    'wlan.fc.type': u8('Type', { mask: 0x0c, values: { 0: 'Management frame', 1: 'Control frame', 2: 'Data frame' } }),
    'wlan.fc.subtype': u8('Subtype', { mask: 0xf0 }),
    'wlan.duration': u16('Duration'),
    'wlan.ra': ether('Receiver address'),
    'wlan.ta': ether('Transmitter address'),
    'wlan.da': ether('Destination address'),
    'wlan.sa': ether('Source address'),
    'wlan.bssid': ether('BSS Id'),
    'wlan.frag': u16('Fragment number', { mask: 0x000f }),
    'wlan.seq': u16('Sequence number', { mask: 0xfff0 }),
  },
  decode(d, f) {
    const start = d.at, control = d.peek16le(start), type = (control >> 2) & 3, subtype = (control >> 4) & 15
    d.setProtocol('802.11')
    d.setInfo('')
    d.require(2)
    d.bits(f['wlan.fc.version'], start, start + 1, control & 255)
    d.bits(f['wlan.fc.type'], start, start + 1, control & 255)
    d.bits(f['wlan.fc.subtype'], start, start + 1, control & 255)
    d.skip(2)
    d.u16le(f['wlan.duration'])
    if (type === 1) { if (d.left >= 6) d.span(f['wlan.ra'], 6); return }
    d.require(20)
    const toDs = (control & 0x100) !== 0, fromDs = (control & 0x200) !== 0, one = d.at, two = one + 6, three = one + 12
    const destination = toDs ? three : one, source = fromDs ? (toDs ? three + 8 : three) : two
    d.range(f['wlan.ra'], one, one + 6)
    d.range(f['wlan.da'], destination, destination + 6)
    d.range(f['wlan.ta'], two, two + 6)
    if (d.has(6, source)) d.range(f['wlan.sa'], source, source + 6)
    if (!toDs || !fromDs) d.range(f['wlan.bssid'], toDs ? one : fromDs ? two : three, (toDs ? one : fromDs ? two : three) + 6)
    setAddress(d.packet.destination, 'ether', d.bytes, destination)
    setAddress(d.packet.source, 'ether', d.bytes, source)
    const sequence = d.peek16le(three + 6)
    d.bits(f['wlan.frag'], three + 6, three + 8, sequence)
    d.bits(f['wlan.seq'], three + 6, three + 8, sequence)
    d.at = three + 8
    if (type !== 2) { d.layerEnds(d.end); return }
    if (toDs && fromDs) d.skip(6)
    if (subtype & 8) d.skip(control & 0x8000 ? 6 : 2)
    d.layerEnds(d.at)
    // null frames carry nothing; fragments and encrypted bytes are not read here
    if (subtype & 4 || d.left <= 0) return
    if (control & 0x4000 || sequence & 15 || control & 0x0400) d.data()
    else if (!d.next('wlan.data', 'llc')) d.data()
  },
})
