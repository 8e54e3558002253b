// Initial packets of QUIC version 1, made as a client makes them (RFC 9001, 5), with node:crypto alone: nothing of the engine helps to check the engine.
import { createCipheriv, createHmac } from 'node:crypto'

const SALT = Buffer.from('38762cf7f55934b34d179ae6a4c80cadccbb7f0a', 'hex')

function expand(secret: Uint8Array, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`),
    info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0])]),
    blocks: Buffer[] = []
  let last: Buffer = Buffer.alloc(0)
  for (let round = 1; blocks.length * 32 < length; round++) {
    last = createHmac('sha256', secret)
      .update(Buffer.concat([last, info, Buffer.from([round])]))
      .digest()
    blocks.push(last)
  }
  return Buffer.concat(blocks).subarray(0, length)
}

/** A variable-length integer of at most 30 bits. */
export function varint(value: number): Buffer {
  if (value < 64) return Buffer.from([value])
  if (value < 0x4000) return Buffer.from([0x40 | (value >> 8), value & 255])
  const four = Buffer.alloc(4)
  four.writeUInt32BE((0x8000_0000 + value) >>> 0)
  return four
}

/** A CRYPTO frame. */
export function cryptoFrame(offset: number, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([6]), varint(offset), varint(data.length), data])
}

/** A client's Initial packet with frames inside, protected; `destination` is that of the client's first packet. */
export function initialPacket(destination: Uint8Array, source: Uint8Array, number: number, frames: Uint8Array): Buffer {
  const common = createHmac('sha256', SALT).update(destination).digest(),
    secret = expand(common, 'client in', 32),
    plain = Buffer.concat([frames, Buffer.alloc(Math.max(0, 24 - frames.length))])
  const length = 2 + plain.length + 16,
    header = Buffer.concat([
      Buffer.from([0xc1, 0, 0, 0, 1, destination.length]),
      destination,
      Buffer.from([source.length]),
      source,
      Buffer.from([0]),
      Buffer.from([0x40 | (length >> 8), length & 255]),
      Buffer.from([number >> 8, number & 255]),
    ])
  const nonce = Buffer.from(expand(secret, 'quic iv', 12))
  nonce[11] = (nonce[11] ?? 0) ^ (number & 255)
  nonce[10] = (nonce[10] ?? 0) ^ (number >> 8)
  const cipher = createCipheriv('aes-128-gcm', expand(secret, 'quic key', 16), nonce)
  cipher.setAAD(header)
  const packet = Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
    at = header.length - 2
  const mask = createCipheriv('aes-128-ecb', expand(secret, 'quic hp', 16), null).update(packet.subarray(at + 4, at + 20))
  packet[0] = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & 15)
  for (let i = 0; i < 2; i++) packet[at + i] = (packet[at + i] ?? 0) ^ (mask[i + 1] ?? 0)
  return packet
}
