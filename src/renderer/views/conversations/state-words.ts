// Zeek's letters for how a connection went, in words; where the letters say less than the capture shows, the words say more.
import type { ConversationRow } from '../../../shared/contract'
import { conversationMessages as m } from '../../app/i18n/conversations'
import type { PlainMessage } from '../../app/i18n/messages'

/** Bits of tcp.completeness with their names, in the order in which they happen. */
export const COMPLETENESS = [
  [1, 'SYN'],
  [2, 'SYN-ACK'],
  [4, 'ACK'],
  [8, 'DATA'],
  [16, 'FIN'],
  [32, 'RST'],
] as const

/** The words for a connection. */
export function stateWords({ state, completeness }: NonNullable<ConversationRow['tcp']>): PlainMessage {
  const begun = (completeness & 3) !== 0
  if (!begun && state === 'SF') return m.SFpartial
  if (!begun && state === 'RSTO') return m.RSTOpartial
  if (!begun && state === 'RSTR') return m.RSTRpartial
  if (begun && state === 'OTH') return m.OTHopening
  return m[state]
}
