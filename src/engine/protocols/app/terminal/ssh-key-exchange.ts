// Messages of SSH's key exchanges: Key Exchange Init (RFC 4253, 7.1), Diffie-Hellman (8), group exchange (RFC 4419), elliptic curves (RFC 5656, 8731),
// and the host keys and signatures in their replies.
import { asciiValue, printable } from '../../../bytes/printable'
import { md5Hex } from '../../../bytes/md5'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { SshFields } from './ssh-fields'
import type { Offer } from './ssh-state'

/** How the messages from 30 on are to be read. */
export type Family = 'dh' | 'group exchange' | 'curve' | 'unknown'

/** Family of a key exchange method. */
export function familyOf(method: string): Family {
  if (method.startsWith('diffie-hellman-group-exchange-')) return 'group exchange'
  if (method.startsWith('diffie-hellman-group')) return 'dh'
  return method.startsWith('ecdh-sha2-') || method.startsWith('curve25519-') || method.startsWith('curve448-') ? 'curve' : 'unknown'
}

const NAMES: Readonly<Record<Family, Readonly<Record<number, string>>>> = {
  dh: { 30: 'Diffie-Hellman Key Exchange Init', 31: 'Diffie-Hellman Key Exchange Reply' },
  'group exchange': {
    30: 'Diffie-Hellman Group Exchange Request (Old)',
    31: 'Diffie-Hellman Group Exchange Group',
    32: 'Diffie-Hellman Group Exchange Init',
    33: 'Diffie-Hellman Group Exchange Reply',
    34: 'Diffie-Hellman Group Exchange Request',
  },
  curve: { 30: 'Elliptic Curve Diffie-Hellman Key Exchange Init', 31: 'Elliptic Curve Diffie-Hellman Key Exchange Reply' },
  unknown: {},
}
/** Name of a message from 30 on. */
export function exchangeName(family: Family, code: number): string | undefined {
  return NAMES[family][code]
}
/** Whether a message is the server's answer, after which the keys are known. */
export function isReply(family: Family, code: number): boolean {
  return family === 'group exchange' ? code === 33 : family !== 'unknown' && code === 31
}

/** Reads the body of a message from 30 on; what it does not know stays unread. */
export function readExchange(d: Decoder, f: SshFields, family: Family, code: number): void {
  if (isReply(family, code)) {
    hostKey(d, f)
    if (family === 'curve') sized(d, f['ssh.ecdh.q_s_length'], f['ssh.ecdh.q_s'])
    else integer(d, f, f['ssh.dh.f'])
    signature(d, f)
  } else if (family === 'curve' && code === 30) sized(d, f['ssh.ecdh.q_c_length'], f['ssh.ecdh.q_c'])
  else if ((family === 'dh' && code === 30) || (family === 'group exchange' && code === 32)) integer(d, f, f['ssh.dh.e'])
  else if (family === 'group exchange') {
    if (code === 34) d.u32(f['ssh.dh_gex.min'])
    if (code === 34 || code === 30) d.u32(f['ssh.dh_gex.nbits'])
    if (code === 34) d.u32(f['ssh.dh_gex.max'])
    if (code === 31) {
      integer(d, f, f['ssh.dh_gex.p'])
      integer(d, f, f['ssh.dh_gex.g'])
    }
  }
}

/** A length and as many bytes. */
function sized(d: Decoder, lengthField: FieldId<'u32'>, field: FieldId<'bytes' | 'string'>): void {
  const length = d.u32(lengthField)
  d.span(field, length)
}
/** A multiple precision integer (RFC 4251, 5). */
function integer(d: Decoder, f: SshFields, field: FieldId<'bytes'>): void {
  sized(d, f['ssh.mpint_length'], field)
}

/** A name with its length; returned as text. */
function name(d: Decoder, lengthField: FieldId<'u32'>, field: FieldId<'string'>): string {
  const length = d.u32(lengthField),
    text = d.latin1(d.at, d.at + length)
  d.span(field, length)
  d.ascii()
  return text
}

function hostKey(d: Decoder, f: SshFields): void {
  const start = d.at,
    type = d.latin1(start + 8, start + 8 + Math.min(d.peek32(start + 4), 256))
  d.note(start, start, d.labels ? `KEX host key (type: ${printable(type)})` : '')
  const outer = d.enter(),
    length = d.u32(f['ssh.host_key.length']),
    end = d.at + length
  name(d, f['ssh.host_key.type_length'], f['ssh.host_key.type'])
  if (type === 'ssh-rsa') {
    integer(d, f, f['ssh.host_key.rsa.e'])
    integer(d, f, f['ssh.host_key.rsa.n'])
  } else if (type === 'ssh-dss') {
    integer(d, f, f['ssh.host_key.dsa.p'])
    integer(d, f, f['ssh.host_key.dsa.q'])
    integer(d, f, f['ssh.host_key.dsa.g'])
    integer(d, f, f['ssh.host_key.dsa.y'])
  } else if (type.startsWith('ecdsa-sha2-')) {
    name(d, f['ssh.host_key.ecdsa.id_length'], f['ssh.host_key.ecdsa.id'])
    sized(d, f['ssh.host_key.ecdsa.q_length'], f['ssh.host_key.ecdsa.q'])
  } else if (type.startsWith('ssh-ed')) sized(d, f['ssh.host_key.eddsa.key_length'], f['ssh.host_key.eddsa.key'])
  else if (end > d.at) d.span(f['ssh.host_key.data'], end - d.at)
  d.at = end
  d.leave(outer, Math.min(end, d.readable))
}

function signature(d: Decoder, f: SshFields): void {
  const start = d.at,
    type = d.latin1(start + 8, start + 8 + Math.min(d.peek32(start + 4), 256))
  d.note(start, start, d.labels ? `KEX host signature (type: ${printable(type)})` : '')
  const outer = d.enter(),
    length = d.u32(f['ssh.host_sig.length']),
    lengthNode = d.last,
    end = d.at + length
  name(d, f['ssh.host_sig.type_length'], f['ssh.host_sig.type'])
  if (type === 'ssh-rsa') integer(d, f, f['ssh.host_sig.rsa'])
  else if (type === 'ssh-dss') integer(d, f, f['ssh.host_sig.dsa'])
  if (d.at !== end) {
    const inner = d.enter(lengthNode)
    d.expert(f['ssh.packet_decode.error'], start, start + 4, `Decoded ${d.at - start - 4} bytes, but packet length is ${length} bytes`)
    d.leave(inner)
  }
  d.at = end
  d.leave(outer, Math.min(end, d.readable))
}

const LISTS = [
  'kex_algorithms',
  'server_host_key_algorithms',
  'encryption_algorithms_client_to_server',
  'encryption_algorithms_server_to_client',
  'mac_algorithms_client_to_server',
  'mac_algorithms_server_to_client',
  'compression_algorithms_client_to_server',
  'compression_algorithms_server_to_client',
  'languages_client_to_server',
  'languages_server_to_client',
] as const

/** Reads the body of Key Exchange Init; `side` 0 is the client. The hassh fingerprint is that of its offer (github.com/salesforce/hassh). */
export function readInit(d: Decoder, f: SshFields, side: 0 | 1): Offer {
  d.note(d.at, d.at, 'Algorithms')
  const outer = d.enter()
  d.span(f['ssh.cookie'], 16)
  const lists: string[] = []
  for (const list of LISTS) {
    const length = d.u32(f[`ssh.${list}_length`])
    lists.push(asciiValue(d.latin1(d.at, d.at + length)))
    d.span(f[`ssh.${list}`], length)
    d.ascii()
  }
  d.u8(f['ssh.first_kex_packet_follows'])
  d.span(f['ssh.kex.reserved'], 4)
  const [kex = '', , encryptionUp = '', encryptionDown = '', macUp = '', macDown = '', compressionUp = '', compressionDown = ''] = lists
  const algorithms =
    side === 0 ? [kex, encryptionUp, macUp, compressionUp].join(';') : [kex, encryptionDown, macDown, compressionDown].join(';')
  d.generatedValue(side === 0 ? f['ssh.kex.hassh_algorithms'] : f['ssh.kex.hasshserver_algorithms'], algorithms)
  if (!d.stateOnly) {
    const digest = md5Hex(Uint8Array.from(algorithms, (c) => c.charCodeAt(0) & 0xff))
    d.generatedValue(side === 0 ? f['ssh.kex.hassh'] : f['ssh.kex.hasshserver'], digest)
  }
  d.leave(outer, d.at)
  return {
    kex,
    encryption: [encryptionUp, encryptionDown],
    mac: [macUp, macDown],
    compression: [compressionUp, compressionDown],
  }
}
