// What the packets of an SSH connection leave for later ones: version, what both sides offered, what was agreed on, and who encrypts.
import { defineProgress } from '../../../dissect/define'

/** The lists of a Key Exchange Init that decide how the connection goes on. */
export interface Offer {
  readonly kex: string
  /** Client to server, server to client. */
  readonly encryption: readonly [string, string]
  readonly mac: readonly [string, string]
  readonly compression: readonly [string, string]
}

/** One side of a connection; 0 is the client. */
export interface Side {
  readonly offer: Offer | undefined
  /** Plain packets so far, which are numbered from 0. */
  readonly packets: number
  /** This side has sent New Keys (SSH 1: its first message). */
  readonly encrypts: boolean
}

export interface SshState {
  /** 0 while unknown. */
  readonly version: 0 | 1 | 2
  readonly sides: readonly [Side, Side]
  /** The key exchange has been answered: the title of each packet names the algorithms. */
  readonly answered: boolean
}

const SIDE: Side = { offer: undefined, packets: 0, encrypts: false }
export const SSH = defineProgress<SshState>('ssh', { version: 0, sides: [SIDE, SIDE], answered: false })

/** The state with one side changed. */
export function withSide(state: SshState, side: 0 | 1, change: Partial<Side>): SshState {
  const [client, server] = state.sides
  return { ...state, sides: side === 0 ? [{ ...client, ...change }, server] : [client, { ...server, ...change }] }
}

/** First name of the client's list that is in the server's, too (RFC 4253, 7.1); '' when there is none, or not both lists are known. */
function agreed(client: string | undefined, server: string | undefined): string {
  if (client === undefined || server === undefined) return ''
  const names = server.split(',')
  return client.split(',').find((name) => names.includes(name)) ?? ''
}

/** The key exchange method that both sides know. */
export function method(state: SshState): string {
  return agreed(state.sides[0].offer?.kex, state.sides[1].offer?.kex)
}
/** An algorithm for packets that a side sends. */
export function algorithm(state: SshState, of: 'encryption' | 'mac' | 'compression', side: 0 | 1): string {
  const [client, server] = state.sides
  return agreed(client.offer?.[of][side], server.offer?.[of][side])
}

const MACS: readonly (readonly [RegExp, number])[] = [
  [/^umac-64/, 8],
  [/^umac-128/, 16],
  [/^hmac-(sha1|md5)-96/, 12],
  [/^hmac-sha1/, 20],
  [/^hmac-md5/, 16],
  [/^hmac-sha2-256/, 32],
  [/^hmac-sha2-512/, 64],
  [/^hmac-ripemd160/, 20],
]
/** Bytes of the MAC behind an encrypted packet. */
export function macLength(name: string): number {
  return MACS.find(([pattern]) => pattern.test(name))?.[1] ?? 0
}
