// Names of QUIC's numbers (IANA "QUIC" registry; versions that implementations use or used).

export const QUIC_LONG_TYPES: Readonly<Record<number, string>> = { 0: 'Initial', 1: '0-RTT', 2: 'Handshake', 3: 'Retry' }
/** Types of QUIC version 2 (RFC 9369, 3.2). */
export const QUIC_LONG_TYPES_2: Readonly<Record<number, string>> = { 0: 'Retry', 1: 'Initial', 2: '0-RTT', 3: 'Handshake' }

const VERSIONS: Readonly<Record<number, string>> = {
  0x0000_0000: 'Version Negotiation', 0x0000_0001: '1', 0x6b33_43cf: '2', 0x709a_50c4: 'v2-draft-01', 0xff02_0000: 'v2-draft-00',
  0x5130_3433: 'Google Q043', 0x5130_3434: 'Google Q044', 0x5130_3436: 'Google Q046', 0x5130_3530: 'Google Q050', 0x5430_3530: 'Google T050', 0x5430_3531: 'Google T051',
  0x5052_4f58: 'Proxied QUIC (PROX)', 0xface_b001: 'Facebook mvfst (draft-22)', 0xface_b002: 'Facebook mvfst (draft-27)', 0xface_b00e: 'Facebook mvfst (Experimental)',
}
/** Blocks of versions that belong to one implementation: first, last, name. */
const VERSION_BLOCKS: readonly (readonly [number, number, string])[] = [
  [0x4547_4700, 0x4547_47ff, 'Quant'], [0x5043_5130, 0x5043_5131, 'Picoquic internal'], [0x5147_4f00, 0x5147_4fff, 'QGO (QUIC GO)'],
  [0x91c1_7000, 0x91c1_70ff, 'Quicly'], [0xabcd_0000, 0xabcd_000f, 'MsQuic'], [0xf123_f0c0, 0xf123_f0cf, 'MozQuic'], [0xface_b003, 0xface_b00f, 'Facebook mvfst'],
]

/** Name of a version; undefined for those that nobody registered. */
export function quicVersionName(version: number): string | undefined {
  const name = VERSIONS[version]
  if (name !== undefined) return name
  if (version >= 0xff00_0004 && version <= 0xff00_0022) return `draft-${String(version & 0xff).padStart(2, '0')}`
  return VERSION_BLOCKS.find(([first, last]) => version >= first && version <= last)?.[2]
}

const FRAMES: Readonly<Record<number, string>> = {
  0x00: 'PADDING', 0x01: 'PING', 0x02: 'ACK', 0x03: 'ACK', 0x04: 'RESET_STREAM', 0x05: 'STOP_SENDING', 0x06: 'CRYPTO', 0x07: 'NEW_TOKEN', 0x10: 'MAX_DATA', 0x11: 'MAX_STREAM_DATA',
  0x12: 'MAX_STREAMS (BIDI)', 0x13: 'MAX_STREAMS (UNI)', 0x14: 'DATA_BLOCKED', 0x15: 'STREAM_DATA_BLOCKED', 0x16: 'STREAMS_BLOCKED (BIDI)', 0x17: 'STREAMS_BLOCKED (UNI)',
  0x18: 'NEW_CONNECTION_ID', 0x19: 'RETIRE_CONNECTION_ID', 0x1a: 'PATH_CHALLENGE', 0x1b: 'PATH_RESPONSE', 0x1c: 'CONNECTION_CLOSE (Transport)', 0x1d: 'CONNECTION_CLOSE (Application)',
  0x1e: 'HANDSHAKE_DONE', 0x30: 'DATAGRAM', 0x31: 'DATAGRAM', 0xac: 'IMMEDIATE_ACK', 0xaf: 'ACK_FREQUENCY', 0x2f5: 'TIME_STAMP',
}

/** Name of a frame type. */
export function quicFrameName(type: number): string | undefined {
  return type >= 0x08 && type <= 0x0f ? 'STREAM' : FRAMES[type]
}

/** What the Info column says of a frame, where that is not its name. */
export const QUIC_FRAME_WORDS: Readonly<Record<number, string>> = {
  0x03: 'ACK_ECN', 0x04: 'RS', 0x05: 'SS', 0x07: 'NT', 0x10: 'MD', 0x11: 'MSD', 0x12: 'MS', 0x13: 'MS', 0x14: 'DB', 0x15: 'SDB', 0x16: 'SB', 0x17: 'SB', 0x18: 'NCI', 0x19: 'RC', 0x1a: 'PC',
  0x1b: 'PR', 0x1c: 'CC', 0x1d: 'CC', 0x1e: 'DONE', 0x30: 'DG', 0x31: 'DG', 0xac: 'IA', 0xaf: 'AF', 0x2f5: 'TS',
}

const ERRORS: Readonly<Record<number, string>> = {
  0x00: 'NO_ERROR', 0x01: 'INTERNAL_ERROR', 0x02: 'CONNECTION_REFUSED', 0x03: 'FLOW_CONTROL_ERROR', 0x04: 'STREAM_ID_ERROR', 0x05: 'STREAM_STATE_ERROR', 0x06: 'FINAL_SIZE_ERROR',
  0x07: 'FRAME_ENCODING_ERROR', 0x08: 'TRANSPORT_PARAMETER_ERROR', 0x09: 'CONNECTION_ID_LIMIT_ERROR', 0x0a: 'PROTOCOL_VIOLATION', 0x0b: 'INVALID_TOKEN', 0x0c: 'APPLICATION_ERROR',
  0x0d: 'CRYPTO_BUFFER_EXCEEDED', 0x0e: 'KEY_UPDATE_ERROR', 0x0f: 'AEAD_LIMIT_REACHED', 0x10: 'NO_VIABLE_PATH',
}

/** Name of a transport error; 0x100 to 0x1ff are TLS alerts (RFC 9000, 20.1). */
export function quicErrorName(code: number): string | undefined {
  return code >= 0x100 && code <= 0x1ff ? 'CRYPTO_ERROR' : ERRORS[code]
}
