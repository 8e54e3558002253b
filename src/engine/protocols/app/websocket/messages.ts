// What the frames of a WebSocket connection leave for later ones: fragments of a message (RFC 6455, 5.4), and the text before a compressed message,
// which it may refer to (RFC 7692, 7.2.3.2).
import { defineProgress } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'

/** Most bytes of a message that are put together or decompressed, and most decompressed bytes of a connection that are kept. */
const MAX_MESSAGE = 16 * 1024 * 1024,
  MAX_KEPT = 64 * 1024 * 1024
/** How far back deflate refers (RFC 1951, 2). */
const WINDOW = 32_768

/** A message that comes in fragments; its parts are written on the first visit. */
export interface Message {
  readonly opcode: number
  readonly compressed: boolean
  readonly parts: { readonly frame: number; readonly bytes: Uint8Array }[]
}

/** Decompressed messages of one direction, the latest first. */
export interface History {
  readonly bytes: Uint8Array
  readonly before: History | undefined
  readonly total: number
}

/** State of one direction. */
export interface Direction {
  readonly message: Message | undefined
  readonly history: History | undefined
}
export interface WebSocketState {
  /** What the upgrade agreed on. */
  readonly deflate: boolean
  readonly subprotocol: string
  readonly directions: readonly [Direction, Direction]
}

const NOTHING: Direction = { message: undefined, history: undefined }
export const WEBSOCKET = defineProgress<WebSocketState>('websocket', { deflate: false, subprotocol: '', directions: [NOTHING, NOTHING] })

/** The state with one direction changed. */
export function withDirection(state: WebSocketState, side: 0 | 1, change: Partial<Direction>): WebSocketState {
  const [a, b] = state.directions
  return { ...state, directions: side === 0 ? [{ ...a, ...change }, b] : [a, { ...b, ...change }] }
}

/** Bytes that a masking key hides (RFC 6455, 5.3). */
export function unmasked(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => byte ^ (key.at(i & 3) ?? 0))
}

/** All parts of a message up to a frame, in one piece. */
export function joined(message: Message, frame: number): Uint8Array {
  const parts = message.parts.filter((part) => part.frame <= frame),
    whole = new Uint8Array(
      Math.min(
        MAX_MESSAGE,
        parts.reduce((sum, part) => sum + part.bytes.length, 0),
      ),
    )
  let at = 0
  for (const { bytes } of parts) {
    if (at + bytes.length > whole.length) break
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

/** The last bytes of the messages before. */
function windowOf(history: History | undefined): Uint8Array {
  const pieces: Uint8Array[] = []
  let size = 0
  for (let node = history; node && size < WINDOW; node = node.before) {
    const piece = node.bytes.subarray(Math.max(0, node.bytes.length - (WINDOW - size)))
    pieces.unshift(piece)
    size += piece.length
  }
  const window = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    window.set(piece, at)
    at += piece.length
  }
  return window
}

/** Decompresses a message (RFC 7692, 7.2.2) that may refer to those before it; null when it cannot be. */
export function inflated(d: Decoder, compressed: Uint8Array, history: History | undefined): Uint8Array | null {
  const window = windowOf(history),
    { length } = window,
    // the window goes before, as a block that is stored (RFC 1951, 3.2.4)
    stream = new Uint8Array(5 + length + compressed.length + 4)
  stream.set([0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255])
  stream.set(window, 5)
  stream.set(compressed, 5 + length)
  // the tail that the sender took off
  stream.set([0, 0, 0xff, 0xff], stream.length - 4)
  const all = d.session.inflate.inflate(stream, 'deflate', MAX_MESSAGE + WINDOW)
  return all && all.length >= window.length ? all.slice(window.length) : null
}

/** The history with a message more; undefined once too much would be kept. */
export function remembered(history: History | undefined, bytes: Uint8Array): History | undefined {
  const total = (history?.total ?? 0) + bytes.length
  return total > MAX_KEPT ? undefined : { bytes, before: history, total }
}
