// Credentials and verifiers of ONC RPC: AUTH_UNIX (RFC 5531, appendix A) and RPCSEC_GSS (RFC 2203, 5).
import type { Decoder } from '../../../dissect/define'
import type { RpcFields } from './fields'
import { opaque } from './xdr'

const AUTH_UNIX = 1,
  RPCSEC_GSS = 6
/** Services of RPCSEC_GSS that wrap what follows. */
export const INTEGRITY = 2,
  PRIVACY = 3

/** Service of the RPCSEC_GSS credentials at a position, 0 for others and for messages that set a context up. */
export function gssService(d: Decoder, at: number): number {
  return d.peek32(at) === RPCSEC_GSS && d.peek32(at + 12) === 0 ? d.peek32(at + 20) : 0
}

/** Credentials or a verifier. */
export function authentication(d: Decoder, f: RpcFields, words: 'Credentials' | 'Verifier'): void {
  const start = d.at,
    length = d.peek32(start + 4)
  d.require(8)
  d.note(start, Math.min(start + 8 + length, d.readable), words)
  const outer = d.enter(),
    flavor = d.u32(f['rpc.auth.flavor'])
  d.u32(f['rpc.auth.length'])
  const stop = d.at + length,
    end = d.end
  if (length > 0) {
    if (flavor === AUTH_UNIX && words === 'Credentials') unixCredentials(d, f)
    else if (flavor === RPCSEC_GSS && words === 'Credentials') gssCredentials(d, f)
    else if (flavor === RPCSEC_GSS) gssToken(d, f, length)
    else d.span(f['rpc.opaque_data'], length)
  }
  d.end = end
  d.at = start
  d.skip(stop - start)
  d.leave(outer)
}

/** A verifier of RPCSEC_GSS: the checksum of the header (RFC 2203, 5.3.1), counted by the verifier itself. */
function gssToken(d: Decoder, f: RpcFields, length: number): void {
  d.add(f['rpc.authgss.token_length'], d.at - 4, d.at, length)
  d.span(f['rpc.authgss.token'], length)
}

function gssCredentials(d: Decoder, f: RpcFields): void {
  d.u32(f['rpc.authgss.version'])
  d.u32(f['rpc.authgss.procedure'])
  d.u32(f['rpc.authgss.seqnum'])
  d.u32(f['rpc.authgss.service'])
  const length = d.u32(f['rpc.authgss.context.length'])
  if (length > 0) d.span(f['rpc.authgss.context'], length)
}

function unixCredentials(d: Decoder, f: RpcFields): void {
  d.u32(f['rpc.auth.stamp'])
  opaque(d, f, f['rpc.auth.machinename'], 'Machine Name')
  d.u32(f['rpc.auth.uid'])
  d.u32(f['rpc.auth.gid'])
  const count = d.peek32(),
    shown = Math.min(count, 16)
  d.note(d.at, Math.min(d.at + 4 + 4 * count, d.readable), `Auxiliary GIDs (${count})`)
  const row = d.last,
    inner = d.enter(),
    gids: number[] = []
  d.skip(4)
  for (let i = 0; i < shown; i++) gids.push(d.u32(f['rpc.auth.gid']))
  if (d.labels && gids.length > 0) d.appendLabel(` [${gids.join(', ')}]`, row)
  d.leave(inner)
}
