// Protocols that begin in the clear and then ask for TLS (STARTTLS and its like): the rest of the conversation is read as TLS, which carries the protocol
// that asked.
import { conversationOf, rememberProtocol } from './conversation'
import type { Decoder } from './decoder'
import { protocolByName } from './registry'
import type { Protocol } from './registry'
import { defineState } from './session'

const ASKED = defineState('start-tls', () => new Map<number, string>())

/** First visit: from the next packet on the current conversation carries TLS, and inside it `protocol`. */
export function startTls(d: Decoder, protocol: string): void {
  if (!d.first) return
  rememberProtocol(d, 'tls', d.packet.number + 1)
  const conversation = conversationOf(d)
  if (conversation >= 0) d.state(ASKED).set(conversation, protocol)
}

/** The protocol that asked for TLS on the current conversation, or undefined. */
export function startedTls(d: Decoder): Protocol | undefined {
  const name = d.state(ASKED).get(conversationOf(d))
  return name === undefined ? undefined : protocolByName(name)
}
