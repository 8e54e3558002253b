// What a QUIC version changes: salt of the first keys, labels of the key derivation, numbers of the packet types (RFC 9001, 5.2; RFC 9369, 3; drafts).
import { fromHex } from '../../../bytes/text'

/** Kinds of packets, whatever number a version gives them. */
export type PacketKind = 'initial' | 'early' | 'handshake' | 'retry' | 'short' | 'negotiation'

const KINDS: readonly PacketKind[] = ['initial', 'early', 'handshake', 'retry'],
  KINDS_2: readonly PacketKind[] = ['retry', 'initial', 'early', 'handshake']

/** Salts by the first draft that has them, newest first. */
const SALTS: readonly (readonly [number, Uint8Array])[] = [
  [33, fromHex('38762cf7f55934b34d179ae6a4c80cadccbb7f0a')],
  [29, fromHex('afbfec289993d24c9e9786f19c6111e04390a899')],
  [23, fromHex('c3eef712c72ebb5a11a7d2432bb46365bef9f502')],
  [21, fromHex('7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a')],
]
const OWN_SALTS: ReadonlyMap<number, Uint8Array> = new Map([
  [0x6b33_43cf, fromHex('0dede3def700a6db819381be6e269dcbf9bd2ed9')],
  [0x709a_50c4, fromHex('a707c203a59b47184a1d62ca570406ea7ae3e5d3')],
  [0x5130_3530, fromHex('504574efd066fe2f9d945cfcdbd3a7f0d3b56b45')],
  [0x5430_3530, fromHex('7ff579e5acd072915580304c43a2367c60488310')],
  [0x5430_3531, fromHex('7a4edef4e7ccee5fa4506c19124fc8ccda6e033d')],
])
/** Drafts that implementations mean by versions of their own. */
const DRAFTS: ReadonlyMap<number, number> = new Map([
  [0x0000_0001, 34],
  [0xface_b001, 22],
  [0xface_b002, 27],
  [0xface_b00e, 27],
  [0x5130_3530, 27],
  [0x5430_3530, 27],
  [0x5430_3531, 29],
])
const NEWEST = 34

/** Whether a version numbers its packets as version 2 does, and derives keys with its labels. */
export function isVersion2(version: number): boolean {
  return version === 0x6b33_43cf || version === 0x709a_50c4
}

/** Whether a version is one of those with which Google's QUIC became the IETF's. */
export function isGoogle(version: number): boolean {
  return version === 0x5130_3530 || version === 0x5430_3530 || version === 0x5430_3531
}

/** The draft of the IETF whose packets a version's are; 0 for versions that are not known here. */
export function draftOf(version: number): number {
  const draft = DRAFTS.get(version)
  if (draft !== undefined) return draft
  if (version >>> 8 === 0xff_0000) return version & 0xff
  if (isVersion2(version)) return NEWEST
  // what implementations registered, and versions that only ask for negotiation
  if (version >>> 8 === 0xfa_ceb0 || version >>> 4 === 0xabc_d000 || version >>> 8 === 0x91_c170) return NEWEST
  return (version & 0x0f0f_0f0f) >>> 0 === 0x0a0a_0a0a ? 29 : 0
}

/** Salt of a version's first keys; undefined where it is not known. */
export function saltOf(version: number): Uint8Array | undefined {
  const draft = draftOf(version)
  return OWN_SALTS.get(version) ?? SALTS.find(([first]) => draft >= first)?.[1]
}

/** Words before "key", "iv", "hp" and "ku" in the labels of the key derivation. */
export function labelPrefix(version: number): string {
  return isVersion2(version) ? 'quicv2 ' : 'quic '
}

/** Kind of a packet with a long header, by its first byte. */
export function longKind(version: number, first: number): PacketKind {
  if (version === 0) return 'negotiation'
  return (isVersion2(version) ? KINDS_2 : KINDS)[(first >> 4) & 3] ?? 'initial'
}
