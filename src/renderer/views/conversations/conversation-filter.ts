// Display filters for a conversation or an end of one.
import type { ConversationEnd, ConversationKind, ConversationRow } from '../../../shared/contract'

/** The filter that shows a conversation alone. */
export function conversationFilter(kind: ConversationKind, { id, a, b }: ConversationRow): string {
  if (kind === 'tcp' || kind === 'udp') return `${kind}.stream == ${id}`
  return a.address === b.address
    ? `${kind}.src == ${a.address} && ${kind}.dst == ${b.address}`
    : `${kind}.addr == ${a.address} && ${kind}.addr == ${b.address}`
}

/** The filter that shows what an end sent and received. */
export function endpointFilter(kind: ConversationKind, { address, port }: ConversationEnd): string {
  if (port === null) return `${kind}.addr == ${address}`
  const network = address.includes(':') ? 'ipv6' : 'ip'
  return `${network}.addr == ${address} && ${kind}.port == ${port}`
}
