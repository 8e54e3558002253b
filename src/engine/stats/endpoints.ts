// Who sent and received how much: the conversations' counts, added up by end.
import type { ConversationEnd, Conversations } from './conversations'

/** Counts of one end. */
export interface EndpointTotals extends ConversationEnd {
  readonly frames: readonly [sent: number, received: number]
  readonly bytes: readonly [sent: number, received: number]
}

/** The ends of conversations, in the order in which they were first seen. */
export function endpointTotals(conversations: Conversations): EndpointTotals[] {
  const ends = new Map<string, { address: number; port: number; frames: [number, number]; bytes: [number, number] }>()
  const end = ({ address, port }: ConversationEnd) => {
    const key = `${address} ${port}`,
      known = ends.get(key)
    if (known) return known
    const made: { address: number; port: number; frames: [number, number]; bytes: [number, number] } = {
      address,
      port,
      frames: [0, 0],
      bytes: [0, 0],
    }
    ends.set(key, made)
    return made
  }
  for (const { from, to, frames, bytes } of conversations.totals()) {
    const [a, b] = [end(from), end(to)]
    a.frames[0] += frames[0]
    a.bytes[0] += bytes[0]
    b.frames[1] += frames[0]
    b.bytes[1] += bytes[0]
    b.frames[0] += frames[1]
    b.bytes[0] += bytes[1]
    a.frames[1] += frames[1]
    a.bytes[1] += bytes[1]
  }
  return [...ends.values()]
}
