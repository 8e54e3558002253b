// EAPOL-Key frames: IEEE 802.11-2020, 12.7.2 (RSN, and WPA before it, whose frames differ in little) and the RC4 descriptor of 802.1X-2004, 7.6.
// Key data is not decrypted; integrity codes are taken to have 16 octets, as all but the suites of 192 bits and those without one have.
import { bool, bytes, numberFields, u16, u64, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { elementList, managementFields } from './wlan-management'

const RC4_DESCRIPTOR = 1,
  RSN_DESCRIPTOR = 2,
  WPA_DESCRIPTOR = 254
const PAIRWISE = 0x0008,
  INSTALL = 0x0040,
  ACKNOWLEDGE = 0x0080,
  ERROR = 0x0400,
  REQUEST = 0x0800,
  ENCRYPTED = 0x1000

const flag = (label: string, mask: number) => bool(label, { mask, bits: 16 })

/** Rows of key descriptors. */
export const KEY_FIELDS = {
  'eapol.keydes.key_len': u16('Key Length'),
  'eapol.keydes.replay_counter': u64('Replay Counter'),
  'eapol.keydes.key_iv': bytes('Key IV'),
  'eapol.keydes.key_index': u8('Key Index', { base: 'hex' }),
  'eapol.keydes.key_index.type': bool('Type', { mask: 0x80, names: ['Unicast', 'Broadcast'] }),
  'eapol.keydes.key_index.number': u8('Number', { mask: 0x7f }),
  'eapol.keydes.key_signature': bytes('Key Signature'),
  'eapol.keydes.key': bytes('Key'),
  'eapol.keydes.key.generated_locally': bool('Key Generated Locally', { generated: true }),
  'wlan_rsna_eapol.keydes.msgnr': u8('Message number', { generated: true }),
  'wlan_rsna_eapol.keydes.key_info': u16('Key Information', { base: 'hex' }),
  'wlan_rsna_eapol.keydes.key_info.keydes_version': u16('Key Descriptor Version', {
    mask: 0x0007,
    values: {
      0: 'Defined by the AKM suite',
      1: 'RC4 Cipher, HMAC-MD5 MIC',
      2: 'AES Cipher, HMAC-SHA1 MIC',
      3: 'AES Cipher, AES-128-CMAC MIC',
    },
  }),
  'wlan_rsna_eapol.keydes.key_info.key_type': bool('Key Type', { mask: PAIRWISE, bits: 16, names: ['Pairwise Key', 'Group Key'] }),
  'wlan_rsna_eapol.keydes.key_info.key_index': u16('Key Index', { mask: 0x0030 }),
  'wlan_rsna_eapol.keydes.key_info.install': flag('Install', INSTALL),
  'wlan_rsna_eapol.keydes.key_info.key_ack': flag('Key ACK', ACKNOWLEDGE),
  'wlan_rsna_eapol.keydes.key_info.key_mic': flag('Key MIC', 0x0100),
  'wlan_rsna_eapol.keydes.key_info.secure': flag('Secure', 0x0200),
  'wlan_rsna_eapol.keydes.key_info.error': flag('Error', ERROR),
  'wlan_rsna_eapol.keydes.key_info.request': flag('Request', REQUEST),
  'wlan_rsna_eapol.keydes.key_info.encrypted_key_data': flag('Encrypted Key Data', ENCRYPTED),
  'wlan_rsna_eapol.keydes.key_info.smk_message': flag('SMK Message', 0x2000),
  'wlan_rsna_eapol.keydes.nonce': bytes('WPA Key Nonce'),
  'wlan_rsna_eapol.keydes.rsc': bytes('WPA Key RSC'),
  'wlan_rsna_eapol.keydes.id': bytes('WPA Key ID'),
  'wlan_rsna_eapol.keydes.mic': bytes('WPA Key MIC'),
  'wlan_rsna_eapol.keydes.data_len': u16('WPA Key Data Length'),
  'wlan_rsna_eapol.keydes.data': bytes('WPA Key Data'),
  'wlan_rsna_eapol.extraneous': bytes('WPA EAPOL Extraneous Data'),
} as const
type Ids = FieldIds<typeof KEY_FIELDS>

const ELEMENT_IDS = numberFields('wlan', managementFields)
const INFORMATION = [
  'keydes_version',
  'key_type',
  'key_index',
  'install',
  'key_ack',
  'key_mic',
  'secure',
  'error',
  'request',
  'encrypted_key_data',
  'smk_message',
] as const

/** Reads a key descriptor behind its type. Returns false for types that are not known. */
export function readKey(d: Decoder, f: Ids, descriptor: number): boolean {
  if (descriptor === RC4_DESCRIPTOR) rc4Key(d, f)
  else if (descriptor === RSN_DESCRIPTOR || descriptor === WPA_DESCRIPTOR) rsnKey(d, f)
  else return false
  return true
}

function rc4Key(d: Decoder, f: Ids): void {
  const length = d.u16(f['eapol.keydes.key_len'])
  d.u64(f['eapol.keydes.replay_counter'])
  d.span(f['eapol.keydes.key_iv'], 16)
  const at = d.at,
    index = d.u8(f['eapol.keydes.key_index']),
    outer = d.enter()
  d.bits(f['eapol.keydes.key_index.type'], at, at + 1, index)
  d.bits(f['eapol.keydes.key_index.number'], at, at + 1, index)
  d.leave(outer)
  d.span(f['eapol.keydes.key_signature'], 16)
  if (length === 0) return
  const isThere = d.left > 0
  if (isThere) d.span(f['eapol.keydes.key'], Math.min(length, d.left))
  d.generated(f['eapol.keydes.key.generated_locally'], isThere ? 0 : 1)
}

/** Which message of a handshake a frame is (12.7.6, 12.7.7); the Secure bit is not asked, since some set it in a renewal's second message. */
function messageNumber(information: number, dataLength: number): number {
  if (!(information & PAIRWISE)) return information & ACKNOWLEDGE ? 1 : 2
  if (information & ACKNOWLEDGE) return information & INSTALL ? 3 : 1
  return dataLength > 0 ? 2 : 4
}

const INFORMATION_OFFSET = 0,
  CODE_OFFSET = 76
/** Octets of the integrity code, by the suite that was agreed on (12.7.3); which one it was is told by where the length of the data is right. */
const CODE_LENGTHS = [16, 24, 0]

function codeLength(d: Decoder, at: number): number {
  return CODE_LENGTHS.find((length) => d.peek16(at + length) === d.end - at - length - 2) ?? 16
}

function rsnKey(d: Decoder, f: Ids): void {
  const start = d.at,
    code = codeLength(d, start + CODE_OFFSET),
    information = d.peek16(start + INFORMATION_OFFSET),
    isRequest = (information & REQUEST) !== 0,
    number = messageNumber(information, d.peek16(start + CODE_OFFSET + code))
  if (!isRequest) d.generated(f['wlan_rsna_eapol.keydes.msgnr'], number)
  if (d.summary) {
    const request = information & ERROR ? 'Request, Error' : 'Request',
      message = information & PAIRWISE ? `Message ${number} of 4` : `Group Message ${number} of 2`
    d.setInfo(`Key (${isRequest ? request : message})`)
  }
  d.u16(f['wlan_rsna_eapol.keydes.key_info'])
  const outer = d.enter()
  for (const name of INFORMATION) {
    const field: FieldId<'u16' | 'bool'> = f[`wlan_rsna_eapol.keydes.key_info.${name}`]
    d.bits(field, start, start + 2, information)
  }
  d.leave(outer)
  d.u16(f['eapol.keydes.key_len'])
  d.u64(f['eapol.keydes.replay_counter'])
  d.span(f['wlan_rsna_eapol.keydes.nonce'], 32)
  d.span(f['eapol.keydes.key_iv'], 16)
  d.span(f['wlan_rsna_eapol.keydes.rsc'], 8)
  d.span(f['wlan_rsna_eapol.keydes.id'], 8)
  if (code > 0) d.span(f['wlan_rsna_eapol.keydes.mic'], code)
  const length = d.u16(f['wlan_rsna_eapol.keydes.data_len'])
  if (length > 0) keyData(d, f, length, (information & ENCRYPTED) !== 0 || (information & PAIRWISE) === 0)
  if (d.left > 0) d.span(f['wlan_rsna_eapol.extraneous'], d.left)
}

function keyData(d: Decoder, f: Ids, length: number, isEncrypted: boolean): void {
  d.require(length)
  const from = d.at,
    { end } = d
  d.range(f['wlan_rsna_eapol.keydes.data'], from, from + length)
  if (!isEncrypted) {
    const outer = d.enter()
    d.end = from + length
    elementList(d, ELEMENT_IDS)
    d.end = end
    d.leave(outer)
  }
  d.at = from + length
}
