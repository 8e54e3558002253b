// Initial packets of QUIC, made as the ends make them (RFC 9001, 5), with node:crypto alone: nothing of the engine helps to check the engine.
import { createCipheriv, createHmac } from 'node:crypto'

/** Version 1 and draft 29, and a version that only asks for negotiation: its packets are made as the draft's. */
export const VERSION_1 = 1,
  DRAFT_29 = 0xff00_001d,
  GREASE = 0x1a2a_3a4a
const SALT_1 = Buffer.from('38762cf7f55934b34d179ae6a4c80cadccbb7f0a', 'hex'),
  SALT_29 = Buffer.from('afbfec289993d24c9e9786f19c6111e04390a899', 'hex')

/** What a packet may differ in from a client's first one of version 1. */
export interface InitialChoice {
  readonly version?: number
  readonly fromServer?: boolean
  /** Destination in the header, where it is not that of the client's first packet. */
  readonly to?: Uint8Array
}

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

/** An Initial packet with frames inside, protected; `destination` is that of the client's first packet. */
export function initialPacket(
  destination: Uint8Array,
  source: Uint8Array,
  number: number,
  frames: Uint8Array,
  { version = VERSION_1, fromServer = false, to = destination }: InitialChoice = {},
): Buffer {
  const common = createHmac('sha256', version === VERSION_1 ? SALT_1 : SALT_29)
      .update(destination)
      .digest(),
    secret = expand(common, fromServer ? 'server in' : 'client in', 32),
    plain = Buffer.concat([frames, Buffer.alloc(Math.max(0, 24 - frames.length))])
  const length = 2 + plain.length + 16,
    header = Buffer.concat([
      Buffer.from([0xc1, version >>> 24, (version >> 16) & 255, (version >> 8) & 255, version & 255, to.length]),
      to,
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
