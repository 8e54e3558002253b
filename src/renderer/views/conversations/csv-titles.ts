// Titles of the columns of copied tables, in the order in which the engine writes them.
import type { ConversationKind } from '../../../shared/contract'
import { conversationMessages as m } from '../../app/i18n/conversations'
import type { Translate } from '../../app/i18n/messages'

function hasPorts(kind: ConversationKind): boolean {
  return kind === 'tcp' || kind === 'udp'
}

/** Titles of conversations. */
export function conversationTitles(kind: ConversationKind, t: Translate): string[] {
  const ends = hasPorts(kind) ? [m.stream, m.addressA, m.portA, m.addressB, m.portB] : [m.addressA, m.addressB]
  const numbers = [m.packets, m.bytes, m.csvPacketsThere, m.csvBytesThere, m.csvPacketsBack, m.csvBytesBack]
  const times = [m.csvStart, m.csvDuration, m.csvRateThere, m.csvRateBack]
  const tcp = kind === 'tcp' ? [m.csvRoundTrip, m.csvRetransmissions, m.completeness, m.state, m.csvEndA, m.csvEndB] : []
  return [...ends, ...numbers, ...times, ...tcp].map((message) => t(message))
}

/** Titles of endpoints. */
export function endpointTitles(kind: ConversationKind, t: Translate): string[] {
  const numbers = [m.packets, m.bytes, m.sentPackets, m.sentBytes, m.receivedPackets, m.receivedBytes]
  return [m.address, ...(hasPorts(kind) ? [m.port] : []), ...numbers].map((message) => t(message))
}
