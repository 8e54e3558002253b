// A SYN may leave long after the application asked for it: its host first has to find the neighbour's link address (ARP, RFC 826; Neighbor Discovery,
// RFC 4861). The host is in SYN-SENT from then on, so the state is dated from its first question.
import { PROTOCOL } from '../../index/columns'
import type { Trace } from '../../index/trace'

/** Rows and seconds to look back: a host gives up after three questions a second apart. */
const ROWS = 4096,
  SECONDS = 4
const ETHERNET = 1

/** Frame of the first question for the link address to which the SYN in `frame` goes, when the SYN waited for the answer; else 0. */
export function questionBefore(trace: Trace, frame: number): number {
  const { records, columns } = trace,
    row = frame - 1
  if (records.linkType.get(row) !== ETHERNET) return 0
  const syn = trace.frame(frame).slice(0, 54)
  if (syn.length < 34) return 0
  const to = syn.subarray(0, 6),
    from = syn.subarray(6, 12),
    source = columns.sourceAddress.get(row),
    destination = columns.addresses.bytes(columns.destinationAddress.get(row))
  let question = 0,
    answered = false
  const asked: { frame: number; target: Uint8Array }[] = []
  let known: Uint8Array | undefined
  for (let at = row - 1; at >= 0 && at >= row - ROWS; at--) {
    if (records.seconds.get(row) - records.seconds.get(at) > SECONDS) break
    const protocols = columns.protocols.get(at)
    if (protocols & (PROTOCOL.ARP | PROTOCOL.ICMPV6)) {
      const message = neighbourMessage(trace.frame(at + 1))
      if (message === undefined) continue
      if (same(message.from, to)) {
        answered = true
        known = message.sender
      } else if (message.asks && same(message.from, from)) asked.push({ frame: at + 1, target: message.target })
    } else if (columns.sourceAddress.get(at) === source) {
      // it had a way to that neighbour before
      const earlier = trace.frame(at + 1)
      if (same(earlier.subarray(0, 6), to) && same(earlier.subarray(6, 12), from)) break
    }
  }
  if (!answered) return 0
  for (const { frame: number, target } of asked) if (same(target, destination) || (known && same(target, known))) question = number
  return question
}

interface NeighbourMessage {
  readonly asks: boolean
  /** Link address of the sender. */
  readonly from: Uint8Array
  /** Network addresses of the sender (for answers: the one it answers for) and of what is asked for. */
  readonly sender: Uint8Array
  readonly target: Uint8Array
}

function neighbourMessage(bytes: Uint8Array): NeighbourMessage | undefined {
  const type = ((bytes[12] ?? 0) << 8) | (bytes[13] ?? 0),
    from = bytes.slice(6, 12)
  if (type === 0x0806 && bytes.length >= 42)
    return { asks: bytes[21] === 1, from, sender: bytes.slice(28, 32), target: bytes.slice(38, 42) }
  if (type !== 0x86dd || bytes.length < 78 || (bytes[54] !== SOLICITATION && bytes[54] !== ADVERTISEMENT)) return undefined
  const target = bytes.slice(62, 78)
  return bytes[54] === SOLICITATION
    ? { asks: true, from, sender: bytes.slice(22, 38), target }
    : { asks: false, from, sender: target, target }
}
const SOLICITATION = 135,
  ADVERTISEMENT = 136

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
