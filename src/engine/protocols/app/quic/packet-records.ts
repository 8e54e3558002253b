// What the first visit of a frame found out about its QUIC packets, so that each can be decrypted again alone.
import { defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { QuicConnection } from './connections'
import type { CryptoOutcome } from './crypto-stream'
import type { OpenHeader, PacketKeys } from './keys'

/** One packet. */
export interface PacketRecord {
  readonly connection: QuicConnection | undefined
  readonly fromServer: boolean
  /** Bytes of the destination ID of a short header. */
  readonly idLength: number
  /** Keys that were tried, and the header they opened; undefined where there were none. */
  keys: PacketKeys | undefined
  header: OpenHeader | undefined
  number: number
  /** What became of its CRYPTO frames, in their order. */
  readonly crypto: CryptoOutcome[]
}

/** Records of all frames. */
export class PacketRecords {
  private readonly frames = new Map<number, PacketRecord[]>()
  private ordinal = 0
  /** Handshake streams that the frame being dissected has given bytes of. */
  readonly streams = new Set<string>()

  /** A datagram begins; `further`: another one of the same frame. */
  begin(further: boolean): void {
    if (further) return
    this.ordinal = 0
    this.streams.clear()
  }

  /** The next packet of a frame: made on the first visit, found on later ones. */
  next(d: Decoder, make: () => PacketRecord): PacketRecord {
    const ordinal = this.ordinal++,
      list = this.frames.get(d.packet.number)
    if (!d.first) return list?.[ordinal] ?? UNKNOWN
    const record = make()
    if (list) list[ordinal] = record
    else this.frames.set(d.packet.number, [record])
    return record
  }
}

/** A packet that was never visited. */
const UNKNOWN: PacketRecord = {
  connection: undefined,
  fromServer: false,
  idLength: 0,
  keys: undefined,
  header: undefined,
  number: 0,
  crypto: [],
}

export const PACKET_RECORDS = defineState('quic.packets', () => new PacketRecords())
