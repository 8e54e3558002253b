// OpenVPN (its protocol description, and openvpn.net's doc/doxygen "network protocol"): the control channel with its acknowledgements, whose payloads
// are TLS records, and the head of data packets. Over UDP and, with a length before each packet, over TCP.
// As in tshark a payload of 100 octets says that the message goes on in the next control packet of the session.
// The control channel's first packet under tls-crypt-v2 is opened up to what is encrypted; later packets of an encrypted channel cannot be told from
// those with a code of authentication. Not covered: decryption.
import { hex } from '../../../bytes/text'
import {
  absoluteTime,
  bool,
  bytes,
  conversationOf,
  defineProtocol,
  defineState,
  framenum,
  none,
  tcpPdus,
  u16,
  u24,
  u32,
  u64,
  u8,
} from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { readCarriedRecords } from '../../../dissect/carried-records'
import { recordFragments } from '../../../dissect/fragment-tree'
import { FragmentTable, assemble } from '../../../dissect/fragments'
import type { FieldIds } from '../../../dissect/registry'

const OPCODES: Readonly<Record<number, string>> = {
  1: 'P_CONTROL_HARD_RESET_CLIENT_V1',
  2: 'P_CONTROL_HARD_RESET_SERVER_V1',
  3: 'P_CONTROL_SOFT_RESET_V1',
  4: 'P_CONTROL_V1',
  5: 'P_ACK_V1',
  6: 'P_DATA_V1',
  7: 'P_CONTROL_HARD_RESET_CLIENT_V2',
  8: 'P_CONTROL_HARD_RESET_SERVER_V2',
  9: 'P_DATA_V2',
  10: 'P_CONTROL_HARD_RESET_CLIENT_V3',
  11: 'P_CONTROL_WKC_V1',
}
const CONTROL = 4,
  ACKNOWLEDGEMENT = 5,
  DATA = 6,
  DATA_2 = 9,
  RESET_3 = 10,
  WRAPPED_KEY = 11
/** Octets of a control packet's payload where its message goes on in the next. */
const FULL_PAYLOAD = 100
/** HMAC-SHA1, the default of --tls-auth. */
const HMAC_LENGTH = 20
/** HMAC-SHA256, that of tls-crypt. */
const CRYPT_HMAC_LENGTH = 32

const FIELDS = {
  'openvpn.plen': u16('Packet Length'),
  'openvpn.type': u8('Type', { base: 'hex' }),
  'openvpn.opcode': u8('Opcode', { base: 'hex', mask: 0xf8, values: OPCODES }),
  'openvpn.keyid': u8('Key ID', { mask: 0x07 }),
  'openvpn.peerid': u24('Peer ID'),
  'openvpn.sessionid': u64('Session ID'),
  'openvpn.hmac': bytes('HMAC'),
  'openvpn.pid': u32('Replay-Packet-ID'),
  'openvpn.net_time': absoluteTime('Net Time'),
  'openvpn.mpidarraylength': u8('Message Packet-ID Array Length'),
  'openvpn.mpidarrayelement': u32('Message Packet-ID Array Element'),
  'openvpn.rsessionid': u64('Remote Session ID'),
  'openvpn.mpid': u32('Message Packet-ID'),
  'openvpn.data': bytes('Data'),
  'openvpn.wkc': bytes('Wrapped client key'),
  'openvpn.wkc_len': u16('Wrapped client key length'),
  'openvpn.fragment_bytes': bytes('Fragment bytes'),
  'openvpn.fragments': none('Message fragments', { generated: true }),
  'openvpn.fragment': framenum('Message fragment', { generated: true }),
  'openvpn.fragment.overlap': bool('Message fragment overlap', { generated: true }),
  'openvpn.fragment.overlap.conflicts': bool('Message fragment overlapping with conflicting data', { generated: true }),
  'openvpn.fragment.multiple_tails': bool('Message has multiple tail fragments', { generated: true }),
  'openvpn.fragment.too_long_fragment': bool('Message fragment too long', { generated: true }),
  'openvpn.fragment.count': u32('Message fragment count', { generated: true }),
  'openvpn.reassembled.in': framenum('Reassembled message in frame', { generated: true }),
  'openvpn.reassembled.length': u32('Reassembled message length', { generated: true }),
} as const
type Ids = FieldIds<typeof FIELDS>

/** Messages of a session's control channel: the open one, and where each payload belongs. */
interface Session {
  whole: string
  length: number
}
const CHANNELS = defineState('openvpn.control', () => ({
  sessions: new Map<string, Session>(),
  places: new Map<string, { readonly whole: string; readonly offset: number }>(),
  fragments: new FragmentTable(),
}))

export const openvpn = defineProtocol({
  name: 'openvpn',
  title: 'OpenVPN Protocol',
  short: 'OpenVPN',
  accepts: { 'udp.port': [1194], 'tcp.port': [1194] },
  fields: FIELDS,
  decode(d, f) {
    if (d.packet.transport !== 'tcp') {
      packet(d, f)
      return
    }
    let packets = 0
    tcpPdus(
      d,
      2,
      (decoder, at) => 2 + decoder.peek16(at),
      (decoder) => {
        if (packets++ > 0) decoder.furtherRow()
        decoder.layerEnds(decoder.end)
        decoder.u16(f['openvpn.plen'])
        packet(decoder, f)
      },
    )
  },
})

function packet(d: Decoder, f: Ids): void {
  const start = d.at,
    type = d.peek8(),
    opcode = type >> 3
  d.setProtocol('OpenVPN')
  if (d.summary) d.setInfo(`MessageType: ${OPCODES[opcode] ?? `Unknown (0x${opcode.toString(16).padStart(2, '0')})`}`)
  d.u8(f['openvpn.type'])
  if (d.labels) d.appendLabel(' [opcode/key_id]')
  const outer = d.enter()
  d.bits(f['openvpn.opcode'], start, start + 1, type)
  d.bits(f['openvpn.keyid'], start, start + 1, type)
  d.leave(outer)
  if (opcode === DATA || opcode === DATA_2) {
    if (opcode === DATA_2) d.u24(f['openvpn.peerid'])
    if (d.left > 0) data(d, f, d.left)
    return
  }
  const session = hex(d.slice(d.at, d.at + 8))
  d.u64(f['openvpn.sessionid'])
  if (opcode === RESET_3 || opcode === WRAPPED_KEY) {
    wrapped(d, f)
    return
  }
  if (isAuthenticated(d)) {
    d.span(f['openvpn.hmac'], HMAC_LENGTH)
    if (d.left >= 8) replayProtection(d, f)
  }
  acknowledgements(d, f)
  if (opcode === ACKNOWLEDGEMENT) return
  const identifier = d.u32(f['openvpn.mpid'])
  if (d.left <= 0) return
  if (opcode === CONTROL) message(d, f, session, identifier)
  else data(d, f, d.left)
}

function data(d: Decoder, f: Ids, length: number): void {
  d.note(d.at, d.at + length, `Data (${length} byte${length === 1 ? '' : 's'})`)
  const outer = d.enter()
  d.span(f['openvpn.data'], length)
  d.leave(outer)
}

/** No packet says whether it has a code of authentication: without one, a short count and a small number follow, which have octets of zero. */
function isAuthenticated(d: Decoder): boolean {
  let zeros = 0
  for (let i = 0; i < 4; i++) if (d.peek8(d.at + i) === 0) zeros++
  return zeros < 2
}

function replayProtection(d: Decoder, f: Ids): void {
  d.u32(f['openvpn.pid'])
  d.require(4)
  d.time(f['openvpn.net_time'], d.peek32(), 0, d.at, d.at + 4, false)
  d.skip(4)
}

/** An encrypted packet, behind it the client's key, wrapped by the server's: the key's length, which counts itself, ends the packet. */
function wrapped(d: Decoder, f: Ids): void {
  replayProtection(d, f)
  d.span(f['openvpn.hmac'], CRYPT_HMAC_LENGTH)
  d.require(2, d.end - 2)
  const length = d.peek16(d.end - 2)
  if (length < 2 || length > d.left) d.malformed()
  if (d.left > length) data(d, f, d.left - length)
  d.note(d.at, d.end, `Wrapped client key (${length} bytes)`)
  const outer = d.enter()
  d.range(f['openvpn.wkc'], d.at, d.end)
  d.skip(length - 2)
  d.u16(f['openvpn.wkc_len'])
  d.leave(outer)
}

function acknowledgements(d: Decoder, f: Ids): void {
  const count = d.u8(f['openvpn.mpidarraylength'])
  if (count === 0) return
  d.note(d.at, Math.min(d.readable, d.at + 4 * count), 'Packet-ID Array')
  const outer = d.enter()
  for (let i = 0; i < count; i++) d.u32(f['openvpn.mpidarrayelement'])
  d.leave(outer)
  d.u64(f['openvpn.rsessionid'])
}

/** A part of a message, or all of it: TLS is called for what is whole. */
function message(d: Decoder, f: Ids, session: string, identifier: number): void {
  const from = d.at,
    length = d.left,
    { places, sessions, fragments } = d.state(CHANNELS),
    placeKey = `${d.packet.number} ${session} ${identifier}`,
    more = length === FULL_PAYLOAD
  d.require(length)
  if (d.first) {
    const open = sessions.get(session) ?? { whole: placeKey, length: 0 }
    places.set(placeKey, { whole: open.whole, offset: open.length })
    open.length += length
    if (more) sessions.set(session, open)
    else sessions.delete(session)
  }
  const place = places.get(placeKey)
  if (!place) return
  const records = { connection: `openvpn ${conversationOf(d)}`, fromServer: d.packet.direction === 1 }
  if (!more && place.offset === 0) {
    readCarriedRecords(d, records, from, from + length, false)
    return
  }
  d.note(from, from + length, `Message fragment (${length} bytes)`)
  const outer = d.enter()
  d.span(f['openvpn.fragment_bytes'], length)
  d.leave(outer)
  const whole = fragments.add(d, place.whole, from, place.offset, length, more)
  if (!whole) return
  if (more) {
    if (d.hindsight) d.generated(f['openvpn.reassembled.in'], whole.completedIn)
    return
  }
  const present = d.tree.sources[0]?.bytes ?? d.bytes,
    content = assemble(whole, d.session.frames, { number: d.packet.number, bytes: present })
  d.within('Reassembled OpenVPN', content, () => {
    recordFragments(d, 'Message', whole, {
      fragments: f['openvpn.fragments'],
      fragment: f['openvpn.fragment'],
      overlap: f['openvpn.fragment.overlap'],
      conflict: f['openvpn.fragment.overlap.conflicts'],
      multipleTails: f['openvpn.fragment.multiple_tails'],
      tooLong: f['openvpn.fragment.too_long_fragment'],
      count: f['openvpn.fragment.count'],
      length: f['openvpn.reassembled.length'],
    })
    readCarriedRecords(d, records, 0, content.length, false)
  })
}
