// Which query a DNS message answers. Keyed by conversation (over HTTPS also by the stream within it) and transaction id; filled on the first visit, in file
// order. A query of the same id within five seconds that was not answered yet is a retransmission, later ones start a new transaction (Wireshark's
// dns.retransmission_timer).
import type { Decoder } from '../../../dissect/define'
import { conversationOf, defineState } from '../../../dissect/define'

/** A query and the first message that answers it; responseFrame is 0 until there is one. */
export interface DnsTransaction {
  readonly requestFrame: number
  readonly seconds: number
  readonly nanoseconds: number
  responseFrame: number
}

/** What is known of one message. `retransmission` says that the transaction's own message of this kind is another frame. */
export interface DnsMatch {
  readonly transaction: DnsTransaction | undefined
  readonly retransmission: boolean
}

/** Seconds after which a repeated query counts as a new one. */
const RETRANSMISSION_SECONDS = 5

/** Transactions of one conversation and id, in order: one, or a list where there are more. */
type Entry = DnsTransaction | DnsTransaction[]

const transactions = defineState('dns.transactions', () => new Map<number | string, Entry>())

const NOTHING: DnsMatch = { transaction: undefined, retransmission: false }

/** Finds (on the first visit also enters) the transaction of the message that is being dissected. */
export function matchTransaction(d: Decoder, id: number, isResponse: boolean): DnsMatch {
  const packet = d.packet
  if (packet.inError) return NOTHING
  const all = d.state(transactions),
    conversation = (conversationOf(d) + 1) * 65536 + id,
    key = packet.innerStream < 0 ? conversation : `${conversation}/${packet.innerStream}`
  const entry = all.get(key),
    last = latest(entry, packet.number)
  if (!isResponse) {
    if (last && !d.first) return { transaction: last, retransmission: last.requestFrame !== packet.number }
    if (last?.responseFrame === 0) {
      const elapsed = packet.seconds - last.seconds + (packet.nanoseconds - last.nanoseconds) / 1e9
      if (elapsed < RETRANSMISSION_SECONDS) return { transaction: last, retransmission: true }
    }
    if (!d.first) return NOTHING
    const transaction: DnsTransaction = {
      requestFrame: packet.number,
      seconds: packet.seconds,
      nanoseconds: packet.nanoseconds,
      responseFrame: 0,
    }
    if (entry === undefined) all.set(key, transaction)
    else if (Array.isArray(entry)) entry.push(transaction)
    else all.set(key, [entry, transaction])
    return { transaction, retransmission: false }
  }
  if (!last) return NOTHING
  if (last.responseFrame === 0 && d.first) {
    last.responseFrame = packet.number
    return { transaction: last, retransmission: false }
  }
  // a second answer within one frame is a retransmission too; later visits cannot tell the two apart and show both as the answer
  return { transaction: last, retransmission: d.first || last.responseFrame !== packet.number }
}

/** Last transaction whose query is not later than `frame`. */
function latest(entry: Entry | undefined, frame: number): DnsTransaction | undefined {
  if (!Array.isArray(entry)) return entry && entry.requestFrame <= frame ? entry : undefined
  let low = 0,
    high = entry.length
  while (low < high) {
    const middle = (low + high) >> 1,
      candidate = entry[middle]
    if (candidate && candidate.requestFrame <= frame) low = middle + 1
    else high = middle
  }
  return entry[low - 1]
}
