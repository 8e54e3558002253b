// ONC RPC version 2 (RFC 5531) over UDP and, with record marks, over TCP: headers of calls and replies, credentials (also
// RPCSEC_GSS, RFC 2203). Programs accept their number in the table 'rpc.program'.
// Not covered: records of several fragments, arguments under RPCSEC_GSS privacy, the contents of AUTH_DES credentials.
import { ONE_MORE_SEGMENT, defineProtocol, rememberProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { CALLS, messageDetail, openKey } from './calls'
import type { Call } from './calls'
import { INTEGRITY, PRIVACY, authentication, gssService } from './credentials'
import { RPC_FIELDS } from './fields'
import type { RpcFields } from './fields'
import { RPC_PROGRAMS, procedureName, programName } from './programs'

const CALL = 0,
  REPLY = 1
/** A record mark that says more is none (as far as heuristics go). */
const LARGEST_FRAGMENT = 1_000_000

function isTcp(d: Decoder): boolean {
  return d.packet.transport === 'tcp'
}

/** The call that the message at a position is or answers; undefined when it is no RPC, as far as can be told. */
function isMessage(d: Decoder, at: number): boolean {
  if (!d.has(8, at)) return false
  const type = d.peek32(at + 4)
  if (type === CALL) return d.has(24, at) && d.peek32(at + 8) === 2 && RPC_PROGRAMS.has(d.peek32(at + 12))
  if (type !== REPLY || !d.has(12, at) || d.peek32(at + 8) > 1) return false
  const calls = d.state(CALLS)
  return calls.byFrame.has(`${d.packet.number}/${d.peek32(at)}`) || calls.open.has(openKey(d, d.peek32(at), true))
}

function looksLikeRpc(d: Decoder): boolean {
  if (!isTcp(d)) return isMessage(d, d.at)
  const size = d.peek32() & 0x7fff_ffff
  return size >= 8 && size <= LARGEST_FRAGMENT && isMessage(d, d.at + 4)
}

function decode(d: Decoder, f: RpcFields): void | false {
  if (!isTcp(d)) {
    if (!isMessage(d, d.at)) return false
    message(d, f, false)
    return
  }
  let messages = 0
  const end = d.end
  while (d.at < end && d.at < d.readable) {
    const start = d.at
    if (end - start < 4 && d.canDesegment > 0) {
      ask(d, start, ONE_MORE_SEGMENT)
      return
    }
    const mark = d.peek32(start),
      stop = start + 4 + (mark & 0x7fff_ffff)
    // the message tells itself by its first bytes; what is not RPC is left to others
    if (messages === 0 && (stop - start > LARGEST_FRAGMENT || !isMessage(d, start + 4))) {
      if (!(end - start < 28 && stop > end && d.canDesegment > 0 && d.packet.reassembled)) return false
    }
    if (stop > end && d.canDesegment > 0) {
      if (stop - start > LARGEST_FRAGMENT) return
      ask(d, start, stop - end)
      return
    }
    d.end = Math.min(stop, end)
    if (messages++ > 0 && !d.stateOnly) {
      d.furtherRow()
      if (d.summary) d.appendInfo('  ; ')
    }
    d.guard((decoder) => {
      if (!decoder.stateOnly) recordMark(decoder, f)
      decoder.at = start + 4
      if (isMessage(decoder, start + 4)) message(decoder, f, messages > 1)
    })
    d.end = end
    d.at = Math.min(stop, end)
  }
}

function ask(d: Decoder, start: number, length: number): void {
  d.needMore(start, length)
  if (d.tree.count === d.layerNode + 1) d.withdraw()
}

function recordMark(d: Decoder, f: RpcFields): void {
  const at = d.at,
    mark = d.peek32(at),
    length = mark & 0x7fff_ffff
  d.layerEnds(d.end)
  d.require(4)
  d.note(at, at + 4, `Fragment header: ${mark >= 0x8000_0000 ? 'Last fragment' : 'Fragment'}, ${length} bytes`)
  const outer = d.enter()
  d.bits(f['rpc.lastfrag'], at, at + 4, mark)
  d.bits(f['rpc.fraglen'], at, at + 4, mark)
  d.leave(outer)
}

function message(d: Decoder, f: RpcFields, further: boolean): void {
  const start = d.at,
    xid = d.peek32(start),
    reply = d.peek32(start + 4) === REPLY,
    calls = d.state(CALLS),
    { packet } = d,
    key = `${packet.number}/${xid}`
  if (d.first) {
    const open = openKey(d, xid, reply),
      known = calls.open.get(open)
    if (known) {
      if (reply && known.reply === 0) known.reply = packet.number
      calls.byFrame.set(key, known)
    } else if (!reply) {
      const call: Call = {
        frame: packet.number,
        seconds: packet.seconds,
        nanoseconds: packet.nanoseconds,
        program: d.peek32(start + 12),
        version: d.peek32(start + 16),
        procedure: d.peek32(start + 20),
        reply: 0,
        service: gssService(d, start + 24),
        argument: askedRights(d, start),
      }
      calls.open.set(open, call)
      calls.byFrame.set(key, call)
    }
  }
  if (d.stateOnly) return
  const call = calls.byFrame.get(key)
  // a call that repeats the XID of another says itself what it calls
  const program = reply ? (call?.program ?? -1) : d.peek32(start + 12),
    version = reply ? (call?.version ?? 0) : d.peek32(start + 16),
    number = reply ? (call?.procedure ?? 0) : d.peek32(start + 20),
    procedure = procedureName(program, version, number)
  d.setProtocol(programName(program) ?? 'RPC')
  if (d.summary) {
    const name = number === 1 && program === NFS && version === 4 ? '' : `${procedure} `,
      text = `V${version} ${name}${reply ? `Reply (Call In ${call?.frame ?? 0})` : `Call${call?.reply ? ` (Reply In ${call.reply})` : ''}`}`
    const repeated = reply
      ? call && call.reply !== packet.number && `[RPC duplicate of #${call.reply}]`
      : call && call.frame !== packet.number && `[RPC retransmission of #${call.frame}]`
    if (further) d.appendInfo(text)
    else d.setInfo(text)
    if (repeated) d.prependInfo(repeated)
  }
  if (d.labels)
    d.tree.labels[d.layerNode] = `Remote Procedure Call, Type:${reply ? 'Reply' : 'Call'} XID:0x${xid.toString(16).padStart(8, '0')}`
  d.u32(f['rpc.xid'])
  d.u32(f['rpc.msgtyp'])
  const service = reply ? readReply(d, f, call, procedure) : readCall(d, f, call, procedure)
  if (service !== REFUSED && call) content(d, f, service, program, messageDetail(reply, xid))
}

/** The rights that a call of NFS version 3 ACCESS asks for (RFC 1813, 3.3.4): its reply has bits for these alone. 0 for other calls. */
function askedRights(d: Decoder, start: number): number {
  if (d.peek32(start + 12) !== NFS || d.peek32(start + 16) !== 3 || d.peek32(start + 20) !== 4) return 0
  const verifier = start + 32 + d.peek32(start + 28),
    handle = verifier + 8 + d.peek32(verifier + 4)
  return d.peek32(handle + 4 + Math.ceil(d.peek32(handle) / 4) * 4)
}

/** What a message carries when it carries no arguments and no results. */
const REFUSED = -1,
  NFS = 100003

/** Arguments or results; a program without them has a row, but is not named among the protocols. */
function content(d: Decoder, f: RpcFields, service: number, program: number, detail: string): void {
  let stop = d.end
  if (service === PRIVACY) {
    d.layerEnds(d.end)
    const length = d.u32(f['rpc.authgss.data.length'])
    d.span(f['rpc.authgss.data'], Math.min(length, d.leftCaptured))
    return
  }
  if (service === INTEGRITY) {
    const length = d.u32(f['rpc.authgss.data.length'])
    stop = Math.min(d.end, d.at + length)
    d.u32(f['rpc.authgss.seqnum'])
  }
  const isEmpty = d.left <= 0
  d.layerEnds(d.at)
  d.keyDetail = detail
  if (!d.next('rpc.program', program, d.at, stop)) d.data(d.at, stop)
  else if (isEmpty) d.tree.chain.pop()
  d.keyDetail = ''
}

function readCall(d: Decoder, f: RpcFields, call: Call | undefined, procedure: string): number {
  d.u32(f['rpc.version'])
  d.u32(f['rpc.program'])
  d.u32(f['rpc.programversion'])
  const number = d.u32(f['rpc.procedure'])
  if (d.labels) d.label(`Procedure: ${procedure} (${number})`)
  if (call && call.frame !== d.packet.number) {
    d.range(f['rpc.dup'], d.at, d.at)
    d.add(f['rpc.call.dup'], d.at, d.at, call.frame)
  }
  if (call?.reply) d.generated(f['rpc.reqframe'], call.reply)
  const credentials = d.at
  authentication(d, f, 'Credentials')
  authentication(d, f, 'Verifier')
  return gssService(d, credentials)
}

function readReply(d: Decoder, f: RpcFields, call: Call | undefined, procedure: string): number {
  if (call) {
    d.generated(f['rpc.program'], call.program)
    d.generated(f['rpc.programversion'], call.version)
    d.generated(f['rpc.procedure'], call.procedure)
    if (d.labels) d.label(`Procedure: ${procedure} (${call.procedure})`)
  }
  const state = d.u32(f['rpc.replystat'])
  if (call) {
    let seconds = d.packet.seconds - call.seconds,
      nanoseconds = d.packet.nanoseconds - call.nanoseconds
    if (nanoseconds < 0 && seconds > 0) {
      seconds--
      nanoseconds += 1_000_000_000
    }
    d.generated(f['rpc.repframe'], call.frame)
    if (d.labels) d.label(`This is a reply to a request in frame ${call.frame}`)
    d.time(f['rpc.time'], seconds, nanoseconds)
    if (call.reply !== d.packet.number) {
      d.range(f['rpc.dup'], d.at, d.at)
      d.add(f['rpc.reply.dup'], d.at, d.at, call.reply)
    }
  }
  if (state === 1) {
    const reason = d.u32(f['rpc.state_reject'])
    if (reason === 1) d.u32(f['rpc.state_auth'])
    else if (reason === 0) {
      d.u32(f['rpc.version.min'])
      d.u32(f['rpc.version.max'])
    }
    return REFUSED
  }
  authentication(d, f, 'Verifier')
  const accepted = d.u32(f['rpc.state_accept'])
  if (accepted === 2) {
    d.u32(f['rpc.programversion.min'])
    d.u32(f['rpc.programversion.max'])
  }
  return accepted === 0 ? (call?.service ?? 0) : REFUSED
}

export const rpc = defineProtocol({
  name: 'rpc',
  title: 'Remote Procedure Call',
  short: 'RPC',
  accepts: { 'tcp.port': [111], 'udp.port': [111] },
  heuristic: ['tcp', 'udp'],
  recognises: looksLikeRpc,
  stateInHead: 600,
  fields: RPC_FIELDS,
  decode(d, f) {
    if (isTcp(d) && d.packet.sourcePort !== 111 && d.packet.destinationPort !== 111) rememberProtocol(d, 'rpc')
    return decode(d, f)
  },
})
