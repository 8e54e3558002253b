// A ladder of what was asked for: one connection, two hosts, or a list of packets.
import type { TlsConnection } from '../../shared/contract'
import type { Trace } from '../index/trace'
import { BothEndsLadder, type BothEndsScope } from './both-ends-ladder'
import { Connection } from './connection'
import { ConnectionLadder } from './connection-ladder'
import type { Ladder, Unfolded } from './ladder'
import { framesBetween, PacketLadder } from './packet-ladder'
import { connectionStates } from './connection-states'
import { NO_STATES } from './state-track'
import { TlsLadder } from './tls-ladder'
import type { Language } from './words'

/** What a diagram shows. */
export type LadderScope =
  | { readonly kind: 'stream'; readonly stream: number }
  | { readonly kind: 'pair'; readonly a: string; readonly b: string }
  | { readonly kind: 'frames'; readonly frames: Uint32Array }
  | { readonly kind: 'tls'; readonly connection: TlsConnection }
  | (Omit<BothEndsScope, 'trace'> & { readonly kind: 'both' })

/** How it is made. */
export interface LadderOptions {
  readonly language: Language
  readonly unfolded: Unfolded
  readonly numbers: 'relative' | 'raw'
  readonly tcpOptions: boolean
  readonly messages: boolean
  /** Maximum segment lifetime in seconds; TIME-WAIT lasts two of them. */
  readonly msl: number
  /** State bands beside the lifelines of a connection. */
  readonly states: boolean
}

/** What an export or a fresh view starts with; Linux waits 60 s in TIME-WAIT, which is an MSL of 30 s. */
export const LADDER_DEFAULTS: LadderOptions = {
  language: 'en',
  unfolded: new Set<number>(),
  numbers: 'relative',
  tcpOptions: false,
  messages: true,
  msl: 30,
  states: true,
}

/** Makes a ladder from what is indexed now. Throws TraceError for a stream or a host that the capture does not have. */
export function makeLadder(trace: Trace, scope: LadderScope, options: LadderOptions): Ladder {
  switch (scope.kind) {
    case 'stream': {
      const connection = new Connection(trace, scope.stream)
      return new ConnectionLadder(connection, options.states ? connectionStates(connection) : NO_STATES, options)
    }
    case 'pair':
      return new PacketLadder(trace, framesBetween(trace, scope.a, scope.b), { ...options, pair: [scope.a, scope.b] })
    case 'frames':
      return new PacketLadder(trace, scope.frames, options)
    case 'both':
      return new BothEndsLadder({ ...scope, trace }, options)
    case 'tls':
      return new TlsLadder(trace, scope.connection, options.language)
  }
}
