// What SCTP packets of one association tell about each other: relative sequence numbers, retransmissions, and which DATA chunks a SACK acknowledges
// first. A half is what one side sends, known by its ports and verification tag (RFC 9260, 3.1); two halves over the same addresses are one association.
import { conversationOf } from '../../../dissect/conversation'
import type { Decoder } from '../../../dissect/define'
import { defineState } from '../../../dissect/session'

/** First sight of a transmission sequence number. */
export interface Sent {
  readonly tsn: number
  readonly frame: number
  readonly seconds: number
  readonly nanoseconds: number
  ackFrame: number
}

/** One direction of an association. */
export interface Half {
  peer: Half | undefined
  /** First sequence number seen, and the frame that had it (0 = none yet). */
  firstTsn: number
  startFrame: number
  /** Next relative number that no SACK of the peer has covered. */
  nextAck: number
  readonly sent: Map<number, Sent>
  /** Sequence numbers that a frame of this half was the first to acknowledge. */
  readonly acks: Map<number, Sent[]>
}

interface Associations {
  readonly halves: Map<string, Half>
  readonly unmatched: Map<number, Half>
}
const ASSOCIATIONS = defineState<Associations>('sctp.associations', () => ({ halves: new Map(), unmatched: new Map() }))

/** The half a packet belongs to; undefined for packets without a tag and for those that an ICMP error quotes. */
export function halfOf(d: Decoder, tag: number): Half | undefined {
  const p = d.packet
  if (tag === 0 || p.inError) return undefined
  const all = d.state(ASSOCIATIONS),
    key = `${p.sourcePort}/${p.destinationPort}/${tag}`,
    conversation = conversationOf(d)
  let half = all.halves.get(key)
  if (!d.first) return half
  if (!half) all.halves.set(key, (half = { peer: undefined, firstTsn: 0, startFrame: 0, nextAck: 0, sent: new Map(), acks: new Map() }))
  if (!half.peer) {
    const other = all.unmatched.get(conversation)
    if (other && other !== half && !other.peer) {
      half.peer = other
      other.peer = half
      all.unmatched.delete(conversation)
    } else all.unmatched.set(conversation, half)
  }
  return half
}

/** Notes a DATA chunk's number; returns its first sight. */
export function transmit(d: Decoder, half: Half | undefined, tsn: number): Sent | undefined {
  if (!half) return undefined
  const p = d.packet
  if (d.first) {
    if (half.startFrame === 0) {
      half.startFrame = p.number
      half.firstTsn = tsn
    }
    if (!half.sent.has(tsn)) half.sent.set(tsn, { tsn, frame: p.number, seconds: p.seconds, nanoseconds: p.nanoseconds, ackFrame: 0 })
  }
  return half.sent.get(tsn)
}

/** Longest run of numbers that one SACK is matched against. */
const MAX_RUN = 4096

/**
 * Notes a cumulative acknowledgement and returns what it was the first to acknowledge. As Wireshark does, the number is taken relative to the
 * peer's first one and then looked up among its absolute ones: only associations that number from near zero match.
 */
export function acknowledge(d: Decoder, half: Half | undefined, tsn: number): readonly Sent[] {
  const peer = half?.peer,
    frame = d.packet.number
  if (!half || !peer) return []
  if (d.first && peer.startFrame > 0) {
    const last = relative(peer, tsn),
      from = Math.max(peer.nextAck, last - MAX_RUN)
    if (last >= peer.nextAck) {
      peer.nextAck = last + 1
      for (let number = from; number <= last; number++) {
        const sent = peer.sent.get(number)
        if (!sent || sent.ackFrame > 0) continue
        sent.ackFrame = frame
        const list = half.acks.get(frame)
        if (list) list.push(sent)
        else half.acks.set(frame, [sent])
      }
    }
  }
  return half.acks.get(frame) ?? []
}

/** A number counted from the half's first one, modulo 2^32. */
export function relative(half: Half, tsn: number): number {
  return (tsn - half.firstTsn) >>> 0
}
