// How a TCP connection went, in the letters that Zeek uses for conn_state (its manual describes each): from the kinds of segments that each side sent.
import type { ConnectionState } from '../../shared/contract'

/** Kinds of segments that a side sent, as bits. */
export const SEEN = { SYN: 1, SYN_ACK: 2, FIN: 4, RST: 8, OTHER: 16 } as const

/** State of a connection and the side that opened it. `seen` are SEEN bits of the side that sent the first packet and of the other; `reset` is the side
 *  that sent the first RST. */
export function connectionState(
  seen: readonly [number, number],
  reset: 0 | 1 | null,
): { readonly state: ConnectionState; readonly client: 0 | 1 } {
  const has = (side: 0 | 1, bit: number): boolean => (seen[side] & bit) !== 0
  const client = has(0, SEEN.SYN) ? 0 : has(1, SEEN.SYN) ? 1 : has(0, SEEN.SYN_ACK) ? 1 : 0
  const server = client === 0 ? 1 : 0
  return { state: stateOf(has, client, server, reset), client }
}

function stateOf(has: (side: 0 | 1, bit: number) => boolean, client: 0 | 1, server: 0 | 1, reset: 0 | 1 | null): ConnectionState {
  const asked = has(client, SEEN.SYN)
  // a simultaneous open has two SYNs and may have no SYN-ACK
  const answered = has(server, SEEN.SYN_ACK) || has(server, SEEN.SYN)
  const finished = [has(client, SEEN.FIN), has(server, SEEN.FIN)] as const
  // a reset after both have finished takes nothing away
  if (finished[0] && finished[1]) return 'SF'
  if (reset === client) return answered || has(server, SEEN.OTHER) ? 'RSTO' : 'RSTOS0'
  if (reset === server) {
    if (asked && !answered && !has(server, SEEN.OTHER)) return 'REJ'
    return asked || has(client, SEEN.OTHER) ? 'RSTR' : 'RSTRH'
  }
  if (!asked) return answered && finished[1] && !has(client, SEEN.OTHER) ? 'SHR' : 'OTH'
  if (!answered && !has(server, SEEN.OTHER)) return finished[0] ? 'SH' : 'S0'
  if (finished[0]) return 'S2'
  if (finished[1]) return 'S3'
  return has(client, SEEN.OTHER) ? 'S1' : 'OTH'
}
