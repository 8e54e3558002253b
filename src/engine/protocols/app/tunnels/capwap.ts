// Control And Provisioning of Wireless Access Points (RFC 5415, RFC 5416): the header, DTLS behind it, and the frames that access points tunnel.
// Not covered: message elements, and putting fragments together (they stay data).
import { bool, bytes, defineProtocol, ether, numberFields, u16, u24, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'

/** Kinds of preambles (RFC 5415, 4.2): what follows is a header of its own, or that of DTLS. */
const PREAMBLES = { 0: 'CAPWAP Header', 1: 'CAPWAP DTLS Header' }
const BINDINGS = { 0: 'Reserved', 1: 'IEEE 802.11', 2: 'Reserved', 3: 'EPCGlobal' }
const IEEE_80211 = 1
/** Bits of the header's first three octets (4.3): native frames, a fragment, radio and wireless information, keep-alive. */
const NATIVE = 0x100,
  FRAGMENT = 0x80,
  WIRELESS = 0x20,
  RADIO_ADDRESS = 0x10,
  KEEP_ALIVE = 0x08
const FLAGS = ['t', 'f', 'l', 'w', 'm', 'k'] as const

/** Both sides of the protocol share the header. */
const FIELDS = numberFields('capwap', {
  'capwap.preamble.version': u8('Version', { mask: 0xf0 }),
  'capwap.preamble.type': u8('Type', { mask: 0x0f, values: PREAMBLES }),
  'capwap.preamble.reserved': u24('Reserved'),
  'capwap.header.length': u24('Header Length', { mask: 0xf80000 }),
  'capwap.header.rid': u24('Radio ID', { mask: 0x07c000 }),
  'capwap.header.wbid': u24('Wireless Binding ID', { mask: 0x003e00, values: BINDINGS }),
  'capwap.header.flags': u24('Header Flags', { base: 'hex', mask: 0x0001ff }),
  'capwap.header.flags.t': bool('Payload Type', { mask: NATIVE, bits: 24 }),
  'capwap.header.flags.f': bool('Fragment', { mask: FRAGMENT, bits: 24 }),
  'capwap.header.flags.l': bool('Last Fragment', { mask: 0x40, bits: 24 }),
  'capwap.header.flags.w': bool('Wireless header', { mask: WIRELESS, bits: 24 }),
  'capwap.header.flags.m': bool('Radio MAC header', { mask: RADIO_ADDRESS, bits: 24 }),
  'capwap.header.flags.k': bool('Keep-Alive', { mask: KEEP_ALIVE, bits: 24 }),
  'capwap.header.fragment.id': u16('Fragment ID'),
  'capwap.header.fragment.offset': u16('Fragment Offset', { mask: 0xfff8 }),
  'capwap.header.mac.length': u8('MAC length'),
  'capwap.header.mac.eui48': ether('MAC address'),
  'capwap.header.wireless.length': u8('Wireless length'),
  'capwap.header.wireless.data': bytes('Wireless data'),
})
type Ids = typeof FIELDS

/** Reads the preamble; a DTLS packet behind it is read as well. Returns whether a header of CAPWAP's own follows. */
function preamble(d: Decoder, f: Ids): boolean {
  const { at } = d,
    octet = d.peek8()
  d.require(1)
  d.bits(f['capwap.preamble.version'], at, at + 1, octet)
  d.bits(f['capwap.preamble.type'], at, at + 1, octet)
  d.at++
  if ((octet & 15) !== 1) return true
  d.u24(f['capwap.preamble.reserved'])
  d.layerEnds(d.at)
  if (!d.next('capwap.preamble', 'dtls')) d.data()
  return false
}

/** Reads the header (4.3). Returns its flags and binding. */
function header(d: Decoder, f: Ids, start: number): { flags: number; binding: number } {
  const { at } = d,
    word = d.peek24()
  d.require(3)
  for (const name of ['length', 'rid', 'wbid', 'flags'] as const) d.bits(f[`capwap.header.${name}`], at, at + 3, word)
  const outer = d.enter()
  for (const name of FLAGS) d.bits(f[`capwap.header.flags.${name}`], at, at + 3, word)
  d.leave(outer)
  d.at = at + 3
  d.u16(f['capwap.header.fragment.id'])
  d.bits(f['capwap.header.fragment.offset'], d.at, d.at + 2, d.peek16())
  d.skip(2)
  if (word & RADIO_ADDRESS) {
    const length = d.u8(f['capwap.header.mac.length'])
    if (length === 6) d.span(f['capwap.header.mac.eui48'], 6)
    else d.skip(length)
    align(d, start)
  }
  if (word & WIRELESS) d.span(f['capwap.header.wireless.data'], d.u8(f['capwap.header.wireless.length']))
  const end = start + 4 * (word >> 19)
  if (end > d.at) d.skip(end - d.at)
  return { flags: word & 0x1ff, binding: (word >> 9) & 31 }
}

function align(d: Decoder, start: number): void {
  const beyond = (d.at - start) & 3
  if (beyond) d.skip(4 - beyond)
}

defineProtocol({
  name: 'capwap',
  title: 'Control And Provisioning of Wireless Access Points - Control',
  short: 'CAPWAP-CONTROL',
  accepts: { 'udp.port': [5246] },
  fields: {},
  decode(d) {
    const start = d.at
    d.setProtocol('CAPWAP-Control')
    d.setInfo('')
    if (preamble(d, FIELDS)) {
      header(d, FIELDS, start)
      d.at = d.end
    }
  },
})

defineProtocol({
  name: 'capwap.data',
  title: 'Control And Provisioning of Wireless Access Points - Data',
  short: 'CAPWAP-DATA',
  firstVisit: 'packets',
  accepts: { 'udp.port': [5247] },
  fields: {},
  decode(d) {
    const start = d.at
    d.setProtocol('CAPWAP-Data')
    d.setInfo('')
    if (!preamble(d, FIELDS)) return
    const { flags, binding } = header(d, FIELDS, start)
    d.layerEnds(d.at)
    if (flags & KEEP_ALIVE || d.left <= 0) return
    d.packet.fcsLength = 0
    // access points send the octets of the frame control field in the other order
    if (!(flags & FRAGMENT)) {
      d.keyDetail = 'swapped'
      if (flags & NATIVE ? binding === IEEE_80211 && d.next('wlan.frame', 'swapped') : d.next('linktype', 1)) return
    }
    d.data()
  },
})
