// Calls of ONC RPC as both sides of a pair need them (RFC 5531, 9: a reply names its call by XID only).
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'

/** A call, and the frame that answered it first. */
export interface Call {
  readonly frame: number
  readonly seconds: number
  readonly nanoseconds: number
  readonly program: number
  readonly version: number
  readonly procedure: number
  /** 0 while unanswered. */
  reply: number
  /** Protection of arguments and results by RPCSEC_GSS (RFC 2203, 5.3.3.4): 1 none, 2 integrity, 3 privacy; 0 without it. */
  service: number
  /** Argument that the results are read by, as the program likes: of NFS ACCESS the rights asked for. */
  argument: number
}

/** Calls by client and XID as they stand, and by frame and XID for both sides of a pair. */
export class RpcCalls {
  readonly open = new Map<string, Call>()
  readonly byFrame = new Map<string, Call>()
}
export const CALLS = defineState('rpc', () => new RpcCalls())

/** Key of an open call: over TCP the connection, over UDP the client's port (servers answer from other addresses, and broadcasts have many answers). */
export function openKey(d: Decoder, xid: number, isReply: boolean): string {
  const { packet } = d
  return packet.transport === 'tcp' ? `${conversationOf(d)}/${xid}` : `udp${isReply ? packet.destinationPort : packet.sourcePort}/${xid}`
}

/** What RPC says of a message to the program that it dispatches to (as keyDetail): the direction and the XID that finds the call. */
export function messageDetail(isReply: boolean, xid: number): string {
  return `${isReply ? 'reply' : 'call'}/${xid}`
}

/** The call whose arguments or results a program reads; undefined when RPC did not dispatch to it. */
export function callOf(d: Decoder): Call | undefined {
  return d.state(CALLS).byFrame.get(`${d.packet.number}/${d.keyDetail.slice(d.keyDetail.indexOf('/') + 1)}`)
}

/** Whether a program reads results. */
export function isReply(d: Decoder): boolean {
  return d.keyDetail.startsWith('reply')
}
