// TLS handshakes without records, carried by another protocol (QUIC's CRYPTO frames): what the carrier tells TLS before it calls it, and what it learns.
// Protocols do not import each other; they meet here.
import { defineState } from './session'

/** What a handshake says that its carrier needs for keys of its own. Written on the first visit. */
export interface HandshakeFacts {
  /** Client's random, by which key logs name the connection. */
  random: Uint8Array | undefined
  /** Cipher suite that the server chose; 0 while unknown. */
  suite: number
}

/** One direction's stream of handshake messages at one level of encryption. */
export interface CarriedHandshake {
  /** Name of the stream, unique in the capture. */
  readonly stream: string
  /** The frame being dissected gave bytes of this stream before. */
  readonly goesOn: boolean
  readonly facts: HandshakeFacts
}

/** The stream whose bytes TLS is called for. */
export const CARRIED_HANDSHAKE = defineState('carried-handshake', () => ({ now: undefined as CarriedHandshake | undefined }))
