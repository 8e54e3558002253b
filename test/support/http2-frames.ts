// HTTP/2 frames made in the test (RFC 9113, 4.1), with header blocks of plain literals (RFC 7541, 6.2.2).
import { octets } from './conversations'

export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** Types of frames, and flags. */
export const TYPE = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  promise: 5,
  ping: 6,
  goAway: 7,
  window: 8,
  continuation: 9,
} as const
export const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const

/** A frame. Texts are one byte a character. */
export function h2frame(type: number, flags: number, stream: number, payload: Uint8Array | string = ''): Buffer {
  const body = typeof payload === 'string' ? octets(payload) : payload,
    head = Buffer.alloc(9)
  head.writeUIntBE(body.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, body])
}

/** An integer of HPACK with `prefix` bits under the bits of `top` (RFC 7541, 5.1). */
export function hpackInteger(value: number, prefix: number, top = 0): Buffer {
  const mask = (1 << prefix) - 1
  if (value < mask) return Buffer.of(top | value)
  const bytes = [top | mask]
  for (value -= mask; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Buffer.of(...bytes, value)
}

function hpackString(text: string): Buffer {
  return Buffer.concat([hpackInteger(text.length, 7), octets(text)])
}

/** A header field spelled out; `kind` is its first byte: 0 without indexing, 0x40 with, 0x10 never. */
export function literal(name: string, value: string, kind = 0): Buffer {
  return Buffer.concat([Buffer.of(kind), hpackString(name), hpackString(value)])
}

/** A header block of literals. */
export function headerBlock(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(Object.entries(fields).map(([name, value]) => literal(name, value)))
}

/** A request's block. */
export function requestBlock(path: string, fields: Readonly<Record<string, string>> = {}): Buffer {
  return headerBlock({ ':method': 'GET', ':scheme': 'http', ':authority': 'a.example', ':path': path, ...fields })
}
/** A response's block. */
export function responseBlock(fields: Readonly<Record<string, string>> = {}, status = '200'): Buffer {
  return headerBlock({ ':status': status, ...fields })
}

/** SETTINGS of parameters by number. */
export function settingsFrame(parameters: Readonly<Record<number, number>> = {}): Buffer {
  const body = Object.entries(parameters).map(([id, value]) => {
    const one = Buffer.alloc(6)
    one.writeUInt16BE(Number(id), 0)
    one.writeUInt32BE(value, 2)
    return one
  })
  return h2frame(TYPE.settings, 0, 0, Buffer.concat(body))
}
