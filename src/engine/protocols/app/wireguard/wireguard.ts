// WireGuard (Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel"): handshakes and transport messages; with a key log (pcapng secrets) the packets
// inside. Not covered: which peer a message authentication code is meant for, key logs beside the capture.
import { encodeBase64 } from '../../../bytes/base64'
import { absoluteTime, bool, bytes, defineProtocol, framenum, none, string, u32, u64, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { openWith, readInitiation, readResponse } from './handshake'
import { WIREGUARD_KEYS } from './keys'
import { WIREGUARD_SESSIONS } from './sessions'
import type { WireGuardSession } from './sessions'

const TYPE = { initiation: 1, response: 2, cookie: 3, data: 4 } as const
const NAMES: Readonly<Record<number, string>> = {
  1: 'Handshake Initiation',
  2: 'Handshake Response',
  3: 'Cookie Reply',
  4: 'Transport Data',
}
const LENGTHS: Readonly<Record<number, number>> = { 1: 148, 2: 92, 3: 64 }
/** Header and authentication tag of a transport message. */
const SHORTEST_DATA = 32
/** Seconds that TAI64 labels lie before 1970, with TAI's ten seconds. */
const TAI64_EPOCH = 0x4000_0000_0000_000an

const fields = {
  'wg.type': u8('Type', { values: NAMES }),
  'wg.reserved': bytes('Reserved'),
  'wg.sender': u32('Sender', { base: 'hex' }),
  'wg.receiver': u32('Receiver', { base: 'hex' }),
  'wg.ephemeral': string('Ephemeral'),
  'wg.encrypted_static': none('Encrypted Static'),
  'wg.static': string('Static Public Key'),
  'wg.encrypted_timestamp': none('Encrypted Timestamp'),
  'wg.timestamp.tai64_label': u64('TAI64 Label'),
  'wg.timestamp.nanoseconds': u32('Nanoseconds'),
  'wg.timestamp.value': absoluteTime('Timestamp'),
  'wg.encrypted_empty': none('Encrypted Empty'),
  'wg.handshake_ok': bool('Handshake decryption successful', { generated: true }),
  'wg.mac1': bytes('mac1'),
  'wg.mac2': bytes('mac2'),
  'wg.nonce': bytes('Nonce'),
  'wg.encrypted_cookie': bytes('Encrypted Cookie'),
  'wg.counter': u64('Counter'),
  'wg.encrypted_packet': none('Encrypted Packet'),
  'wg.keepalive': none('Keepalive'),
  'wg.stream': u32('Stream index', { generated: true }),
  'wg.response_in': framenum('Response in Frame', { generated: true }),
  'wg.response_to': framenum('Response to Frame', { generated: true }),
} as const
type Ids = FieldIds<typeof fields>

export const wireguard = defineProtocol({
  name: 'wg',
  title: 'WireGuard Protocol',
  short: 'WireGuard',
  firstVisit: 'packets',
  heuristic: ['udp'],
  recognises(d) {
    const type = d.peek8(),
      length = d.left
    if (d.peek32() !== type * 0x100_0000) return false
    return type === TYPE.data ? length >= SHORTEST_DATA : length === LENGTHS[type]
  },
  fields,
  decode(d, f) {
    const type = d.peek8(),
      start = d.at
    d.setProtocol('WireGuard')
    if (d.summary) d.setInfo(NAMES[type] ?? 'Unknown')
    d.u8(f['wg.type'])
    d.span(f['wg.reserved'], 3)
    if (type === TYPE.initiation) initiation(d, f, start)
    else if (type === TYPE.response) response(d, f, start)
    else if (type === TYPE.cookie) {
      receiver(d, f)
      d.span(f['wg.nonce'], 24)
      d.span(f['wg.encrypted_cookie'], 32)
    } else if (type === TYPE.data) transport(d, f)
    else return false
    return
  },
})

function index(d: Decoder, f: Ids, name: 'sender' | 'receiver'): number {
  const value = d.add(f[`wg.${name}`], d.at, d.at + 4, d.peek32le())
  d.skip(4)
  if (d.summary) d.appendInfo(`, ${name}=0x${value.toString(16).toUpperCase().padStart(8, '0')}`)
  return value
}
const receiver = (d: Decoder, f: Ids) => index(d, f, 'receiver')

function ephemeral(d: Decoder, f: Ids): void {
  d.require(32)
  d.text(f['wg.ephemeral'], 32, encodeBase64(d.slice(d.at, d.at + 32)))
}

function macs(d: Decoder, f: Ids): void {
  d.span(f['wg.mac1'], 16)
  d.span(f['wg.mac2'], 16)
}

function initiation(d: Decoder, f: Ids, start: number): void {
  const sessions = d.state(WIREGUARD_SESSIONS),
    frame = d.packet.number,
    sender = index(d, f, 'sender')
  d.require(140)
  if (d.first && !d.packet.inError) {
    const keys = d.state(WIREGUARD_KEYS),
      opened = keys.isEmpty ? undefined : readInitiation(d.session.ciphers, keys, d.slice(start, start + 148)),
      session = { stream: sessions.count++, initiationFrame: frame, initiation: opened, responseFrame: 0, keys: undefined }
    sessions.claim(sender, frame, session, true)
  }
  const claim = sessions.at(sender, frame),
    session = claim?.isInitiator ? claim.session : undefined
  ephemeral(d, f)
  d.span(f['wg.encrypted_static'], 48)
  if (session?.initiation) {
    d.generatedValue(f['wg.static'], encodeBase64(session.initiation.staticKey), d.at - 48, d.at)
  }
  d.span(f['wg.encrypted_timestamp'], 28)
  if (session?.initiation) timestamp(d, f, session.initiation.timestamp)
  macs(d, f)
  if (!session) return
  d.generated(f['wg.stream'], session.stream)
  if (d.hindsight && session.responseFrame) d.generated(f['wg.response_in'], session.responseFrame)
}

function timestamp(d: Decoder, f: Ids, tai64n: Uint8Array): void {
  const at = d.at - 28,
    view = new DataView(tai64n.buffer, tai64n.byteOffset, tai64n.length)
  if (tai64n.length < 12) return
  const label = view.getBigUint64(0),
    nanoseconds = view.getUint32(8)
  d.time(f['wg.timestamp.value'], Number(BigInt.asIntN(64, label - TAI64_EPOCH)), nanoseconds, at, d.at)
  const outer = d.enter()
  d.generatedValue(f['wg.timestamp.tai64_label'], label, at, d.at)
  d.generated(f['wg.timestamp.nanoseconds'], nanoseconds, at, d.at)
  d.leave(outer)
}

function response(d: Decoder, f: Ids, start: number): void {
  const sessions = d.state(WIREGUARD_SESSIONS),
    frame = d.packet.number,
    sender = index(d, f, 'sender'),
    claim = sessions.at(receiver(d, f), frame)
  d.require(80)
  const session = claim?.isInitiator ? claim.session : undefined
  if (d.first && session && session.responseFrame === 0 && !d.packet.inError) {
    session.responseFrame = frame
    if (session.initiation)
      session.keys = readResponse(d.session.ciphers, d.state(WIREGUARD_KEYS), session.initiation, d.slice(start, start + 92))
    sessions.claim(sender, frame, session, false)
  }
  ephemeral(d, f)
  d.span(f['wg.encrypted_empty'], 16)
  if (session?.initiation && session.responseFrame === frame) d.generated(f['wg.handshake_ok'], session.keys ? 1 : 0, d.at - 16, d.at)
  macs(d, f)
  if (session?.responseFrame !== frame) return
  d.generated(f['wg.stream'], session.stream)
  d.generated(f['wg.response_to'], session.initiationFrame)
}

function transport(d: Decoder, f: Ids): void {
  const claim = d.state(WIREGUARD_SESSIONS).at(receiver(d, f), d.packet.number),
    counter = d.u64le(f['wg.counter']),
    exact = BigInt(d.peek32le(d.at - 8)) + (BigInt(d.peek32le(d.at - 4)) << 32n),
    from = d.at,
    sealed = d.left - 16
  if (d.summary) d.appendInfo(`, counter=${counter}, datalen=${Math.max(0, sealed)}`)
  d.require(d.left)
  d.span(f['wg.encrypted_packet'], d.left)
  if (sealed === 0) {
    if (d.summary) d.setInfo(d.infoColumn.replace('Transport Data', 'Keepalive').replace(/, datalen=0$/, ''))
    d.generatedValue(f['wg.keepalive'], '', d.at, d.at)
  }
  if (!claim) return
  d.generated(f['wg.stream'], claim.session.stream)
  inside(d, claim.session, claim.isInitiator, exact, d.slice(from, d.at))
}

/** The packet that a transport message carries. */
function inside(d: Decoder, session: WireGuardSession, toInitiator: boolean, counter: bigint, sealed: Uint8Array): void {
  const key = toInitiator ? session.keys?.fromResponder : session.keys?.fromInitiator,
    plain = key && openWith(d.session.ciphers, key, counter, sealed)
  if (!plain || plain.length === 0) return
  d.within('Decrypted Packet', plain, () => {
    if (!d.next('ip.version', d.peek8() >> 4)) d.data()
  })
}
