// Field table of ONC RPC.
import { bool, bytes, framenum, none, relativeTime, string, u32 } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { programName } from './programs'
import { XDR_FIELDS } from './xdr'

/** Flavors of credentials (IANA "RPC Authentication Flavor Numbers"). */
export const RPC_FLAVORS: Readonly<Record<number, string>> = {
  0: 'AUTH_NULL',
  1: 'AUTH_UNIX',
  2: 'AUTH_SHORT',
  3: 'AUTH_DES',
  4: 'AUTH_KRB4',
  5: 'AUTH_RSA',
  6: 'RPCSEC_GSS',
  390003: 'RPCSEC_GSS_KRB5',
  390004: 'RPCSEC_GSS_KRB5I',
  390005: 'RPCSEC_GSS_KRB5P',
  300001: 'AUTH_GSSAPI',
}

export const RPC_FIELDS = {
  'rpc.lastfrag': bool('Last Fragment', { bits: 32, mask: 0x8000_0000, names: ['Yes', 'No'] }),
  'rpc.fraglen': u32('Fragment Length', { mask: 0x7fff_ffff }),
  'rpc.fragment_data': bytes('Fragment Data'),
  'rpc.xid': u32('XID', { base: 'hex-dec' }),
  'rpc.msgtyp': u32('Message Type', { values: { 0: 'Call', 1: 'Reply' } }),
  'rpc.version': u32('RPC Version'),
  'rpc.version.min': u32('RPC Version (Minimum)'),
  'rpc.version.max': u32('RPC Version (Maximum)'),
  'rpc.program': u32('Program', { values: programName }),
  'rpc.programversion': u32('Program Version'),
  'rpc.programversion.min': u32('Program Version (Minimum)'),
  'rpc.programversion.max': u32('Program Version (Maximum)'),
  'rpc.procedure': u32('Procedure'),
  'rpc.auth.flavor': u32('Flavor', { values: RPC_FLAVORS }),
  'rpc.auth.length': u32('Length'),
  'rpc.auth.stamp': u32('Stamp', { base: 'hex' }),
  'rpc.auth.machinename': string('Machine Name'),
  ...XDR_FIELDS,
  'rpc.opaque_data': bytes('opaque data'),
  'rpc.auth.uid': u32('UID'),
  'rpc.auth.gid': u32('GID'),
  'rpc.authgss.version': u32('GSS Version'),
  'rpc.authgss.procedure': u32('GSS Procedure', {
    values: { 0: 'RPCSEC_GSS_DATA', 1: 'RPCSEC_GSS_INIT', 2: 'RPCSEC_GSS_CONTINUE_INIT', 3: 'RPCSEC_GSS_DESTROY' },
  }),
  'rpc.authgss.seqnum': u32('GSS Sequence Number'),
  'rpc.authgss.service': u32('GSS Service', {
    values: { 1: 'rpcsec_gss_svc_none', 2: 'rpcsec_gss_svc_integrity', 3: 'rpcsec_gss_svc_privacy' },
  }),
  'rpc.authgss.context': bytes('GSS Context'),
  'rpc.authgss.context.length': u32('GSS Context Length'),
  'rpc.authgss.token_length': u32('GSS Token Length'),
  'rpc.authgss.token': bytes('GSS Token'),
  'rpc.authgss.major': u32('GSS Major Status'),
  'rpc.authgss.minor': u32('GSS Minor Status'),
  'rpc.authgss.window': u32('GSS Sequence Window'),
  'rpc.authgss.data.length': u32('Length'),
  'rpc.authgss.data': bytes('GSS Data'),
  'rpc.authgss.checksum': bytes('GSS Checksum'),
  'rpc.authdes.namekind': u32('Namekind', { values: { 0: 'Fullname', 1: 'Nickname' } }),
  'rpc.authdes.netname': string('Netname'),
  'rpc.replystat': u32('Reply State', { values: { 0: 'accepted', 1: 'denied' } }),
  'rpc.state_accept': u32('Accept State', {
    values: {
      0: 'RPC executed successfully',
      1: 'remote hasn’t exported program',
      2: 'remote can’t support version',
      3: 'program can’t support procedure',
      4: 'procedure can’t decode params',
      5: 'system error',
    },
  }),
  'rpc.state_reject': u32('Reject State', { values: { 0: 'RPC_MISMATCH', 1: 'AUTH_ERROR' } }),
  'rpc.state_auth': u32('Auth State', {
    values: {
      0: 'success',
      1: 'bad credential (seal broken)',
      2: 'client must begin new session',
      3: 'bad verifier (seal broken)',
      4: 'verifier expired or replayed',
      5: 'rejected for security reasons',
      6: 'bogus response verifier',
      7: 'reason unknown',
      13: 'GSS credential problem',
      14: 'GSS context problem',
    },
  }),
  'rpc.reqframe': framenum('The reply to this request is in frame', { generated: true }),
  'rpc.repframe': framenum('This is a reply to a request in frame', { generated: true }),
  'rpc.time': relativeTime('Time from request', { generated: true, unit: ' seconds' }),
  'rpc.dup': none('Duplicate Call/Reply'),
  'rpc.call.dup': framenum('Duplicate to the call in'),
  'rpc.reply.dup': framenum('Duplicate to the reply in'),
} as const

/** Field numbers of RPC by name. */
export type RpcFields = FieldIds<typeof RPC_FIELDS>
