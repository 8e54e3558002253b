// ONC RPC version 2 (RFC 5531) over UDP and, with record marks, over TCP: headers of calls and replies; programs.ts names what they carry.
// Not covered: records of several fragments, RPCSEC_GSS and AUTH_DES credentials, duplicate calls.
import { ONE_MORE_SEGMENT, conversationOf, defineProtocol, defineState, rememberProtocol } from '../../../dissect/define'
import type { Decoder, Protocol } from '../../../dissect/define'
import { RPC_FIELDS } from './fields'
import type { RpcFields } from './fields'
import { RPC_PROGRAMS } from './programs'

const CALL = 0,
  REPLY = 1,
  AUTH_UNIX = 1
/** A record mark that says more is none (as far as heuristics go). */
const LARGEST_FRAGMENT = 1_000_000

interface Call {
  readonly frame: number
  readonly seconds: number
  readonly nanoseconds: number
  readonly program: number
  readonly version: number
  readonly procedure: number
  reply: number
}

/** Calls by conversation and XID as they stand, and by frame and XID for both sides of a pair. */
class RpcCalls {
  readonly open = new Map<string, Call>()
  readonly byFrame = new Map<string, Call>()
}
const CALLS = defineState('rpc', () => new RpcCalls())

function openKey(d: Decoder, at: number): string {
  return `${conversationOf(d)}/${d.peek32(at)}`
}

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
  return calls.byFrame.has(`${d.packet.number}/${d.peek32(at)}`) || calls.open.has(openKey(d, at))
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
    if (!reply) {
      const call: Call = {
        frame: packet.number,
        seconds: packet.seconds,
        nanoseconds: packet.nanoseconds,
        program: d.peek32(start + 12),
        version: d.peek32(start + 16),
        procedure: d.peek32(start + 20),
        reply: 0,
      }
      calls.open.set(openKey(d, start), call)
      calls.byFrame.set(key, call)
    } else {
      const call = calls.open.get(openKey(d, start))
      if (call) {
        if (call.reply === 0) call.reply = packet.number
        calls.byFrame.set(key, call)
      }
    }
  }
  if (d.stateOnly) return
  const call = calls.byFrame.get(key),
    program = RPC_PROGRAMS.get(call?.program ?? -1)
  const procedure = call ? (program?.procedures[call.version]?.[call.procedure] ?? `proc-${call.procedure}`) : ''
  d.setProtocol(program?.short ?? 'RPC')
  if (d.summary) {
    const text = call
      ? `V${call.version} ${procedure} ${reply ? `Reply (Call In ${call.frame})` : `Call${call.reply ? ` (Reply In ${call.reply})` : ''}`}`
      : ''
    if (further) d.appendInfo(text)
    else d.setInfo(text)
  }
  if (d.labels)
    d.tree.labels[d.layerNode] = `Remote Procedure Call, Type:${reply ? 'Reply' : 'Call'} XID:0x${xid.toString(16).padStart(8, '0')}`
  d.u32(f['rpc.xid'])
  d.u32(f['rpc.msgtyp'])
  const executed = reply ? readReply(d, f, call, procedure) : readCall(d, f, call, procedure)
  if (executed && call && program) content(d, program.protocol, call.version)
}

/** Arguments or results; a program without them has a row, but is not named among the protocols. */
function content(d: Decoder, protocol: Protocol | undefined, version: number): void {
  const isEmpty = d.left <= 0
  if (!protocol) {
    d.data()
    return
  }
  d.key = version
  d.layer(protocol, d.at, d.end)
  if (isEmpty) d.tree.chain.pop()
}

function readCall(d: Decoder, f: RpcFields, call: Call | undefined, procedure: string): boolean {
  d.u32(f['rpc.version'])
  d.u32(f['rpc.program'])
  d.u32(f['rpc.programversion'])
  d.u32(f['rpc.procedure'])
  if (d.labels) d.label(`Procedure: ${procedure} (${call?.procedure ?? 0})`)
  if (call?.reply) d.generated(f['rpc.reqframe'], call.reply)
  authentication(d, f, 'Credentials')
  authentication(d, f, 'Verifier')
  return true
}

function readReply(d: Decoder, f: RpcFields, call: Call | undefined, procedure: string): boolean {
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
    d.time(f['rpc.time'], seconds, nanoseconds)
  }
  if (state === 1) {
    if (d.u32(f['rpc.state_reject']) === 1) d.u32(f['rpc.state_auth'])
    return false
  }
  authentication(d, f, 'Verifier')
  return d.u32(f['rpc.state_accept']) === 0
}

function authentication(d: Decoder, f: RpcFields, words: string): void {
  const start = d.at,
    length = d.peek32(start + 4)
  d.require(8)
  d.note(start, Math.min(start + 8 + length, d.readable), words)
  const outer = d.enter(),
    flavor = d.u32(f['rpc.auth.flavor'])
  d.u32(f['rpc.auth.length'])
  d.require(length)
  const stop = d.at + length,
    end = d.end
  if (flavor === AUTH_UNIX && length > 0) {
    d.end = stop
    unixCredentials(d, f)
    d.end = end
  }
  d.at = stop
  d.leave(outer)
}

function unixCredentials(d: Decoder, f: RpcFields): void {
  d.u32(f['rpc.auth.stamp'])
  const at = d.at,
    length = d.peek32(at),
    fill = (4 - (length % 4)) % 4
  d.require(4 + length + fill)
  d.value(f['rpc.auth.machinename'], at, at + 4 + length + fill, d.latin1(at + 4, at + 4 + length))
  const outer = d.enter()
  d.u32(f['rpc.opaque_length'])
  d.skip(length)
  if (fill > 0) d.span(f['rpc.fill_bytes'], fill)
  d.leave(outer)
  d.u32(f['rpc.auth.uid'])
  d.u32(f['rpc.auth.gid'])
  const count = d.peek32()
  d.require(4 + 4 * Math.min(count, 0x1_0000))
  d.note(d.at, d.at + 4 + 4 * count, `Auxiliary GIDs (${count})`)
  const inner = d.enter()
  d.skip(4)
  for (let i = 0; i < count; i++) d.u32(f['rpc.auth.gid'])
  d.leave(inner)
}

export const rpc = defineProtocol({
  name: 'rpc',
  title: 'Remote Procedure Call',
  short: 'RPC',
  accepts: { 'tcp.port': [111], 'udp.port': [111] },
  heuristic: ['tcp', 'udp'],
  recognises: looksLikeRpc,
  stateInHead: 64,
  fields: RPC_FIELDS,
  decode(d, f) {
    if (isTcp(d) && d.packet.sourcePort !== 111 && d.packet.destinationPort !== 111) rememberProtocol(d, 'rpc')
    return decode(d, f)
  },
})
