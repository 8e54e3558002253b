// WireGuard's sessions of one capture: who answers to which index, and with which keys. Written on the first visit only.
import { defineState } from '../../../dissect/session'
import type { Initiation, TransportKeys } from './handshake'

/** What became of one initiation. */
export interface WireGuardSession {
  /** Number of the session, from 0. */
  readonly stream: number
  readonly initiationFrame: number
  readonly initiation: Initiation | undefined
  responseFrame: number
  keys: TransportKeys | undefined
}

/** A side that answers to an index from a frame on. */
interface Claim {
  readonly from: number
  readonly session: WireGuardSession
  readonly isInitiator: boolean
}

export class WireGuardSessions {
  count = 0
  private readonly claims = new Map<number, Claim[]>()

  /** First visit: the sender of a handshake message chose an index. */
  claim(index: number, from: number, session: WireGuardSession, isInitiator: boolean): void {
    const list = this.claims.get(index)
    if (!list) this.claims.set(index, [{ from, session, isInitiator }])
    else if (list.at(-1)?.from !== from) list.push({ from, session, isInitiator })
  }
  /** Who answers to an index at a frame: the latest that claimed it before or in that frame. */
  at(index: number, frame: number): Claim | undefined {
    return this.claims.get(index)?.findLast((claim) => claim.from <= frame)
  }
}

/** The capture's sessions. */
export const WIREGUARD_SESSIONS = defineState('wireguard-sessions', () => new WireGuardSessions())
