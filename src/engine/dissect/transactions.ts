// Requests and their responses, matched by a key that the protocol makes (addresses, identifiers). Written on the first visit only.
import type { Decoder } from './decoder'

/** A request with the frame that answered it, 0 while unanswered. */
export interface Transaction {
  readonly requestFrame: number
  responseFrame: number
}

/** Open requests by key, and both sides of each pair by frame. */
export class TransactionTable {
  private readonly open = new Map<string, Transaction>()
  private readonly byFrame = new Map<string, Transaction>()

  /** A request: starts a transaction (a repeated key replaces the older request). On later visits the result's responseFrame is known. */
  request(d: Decoder, key: string): Transaction | undefined {
    const place = `${d.packet.number}/${key}`
    if (d.first) {
      const transaction = { requestFrame: d.packet.number, responseFrame: 0 }
      this.open.set(key, transaction)
      this.byFrame.set(place, transaction)
    }
    return this.byFrame.get(place)
  }
  /** A response: the transaction that it ends, or undefined when no request is open. */
  response(d: Decoder, key: string): Transaction | undefined {
    const place = `${d.packet.number}/${key}`
    if (d.first) {
      const transaction = this.open.get(key)
      if (!transaction || transaction.responseFrame !== 0) return undefined
      transaction.responseFrame = d.packet.number
      this.byFrame.set(place, transaction)
    }
    return this.byFrame.get(place)
  }
}

/** Milliseconds between two frames' times. */
export function millisecondsBetween(d: Decoder, from: number, to: number): number {
  const frames = d.session.frames,
    p = d.packet
  const seconds = (frame: number) => (frame === p.number ? p.seconds : frames.seconds(frame)),
    nanoseconds = (frame: number) => (frame === p.number ? p.nanoseconds : frames.nanoseconds(frame))
  return (seconds(to) - seconds(from)) * 1000 + (nanoseconds(to) - nanoseconds(from)) / 1e6
}
