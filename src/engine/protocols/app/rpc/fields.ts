// Field table of ONC RPC.
import { bool, bytes, framenum, relativeTime, string, u32 } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { RPC_PROGRAMS } from './programs'

const FLAVORS: Readonly<Record<number, string>> = { 0: 'AUTH_NULL', 1: 'AUTH_UNIX', 2: 'AUTH_SHORT', 3: 'AUTH_DES', 6: 'RPCSEC_GSS' }

export const RPC_FIELDS = {
  'rpc.lastfrag': bool('Last Fragment', { bits: 32, mask: 0x8000_0000, names: ['Yes', 'No'] }),
  'rpc.fraglen': u32('Fragment Length', { mask: 0x7fff_ffff }),
  'rpc.xid': u32('XID', { base: 'hex-dec' }),
  'rpc.msgtyp': u32('Message Type', { values: { 0: 'Call', 1: 'Reply' } }),
  'rpc.version': u32('RPC Version'),
  'rpc.program': u32('Program', { values: (value) => RPC_PROGRAMS.get(value)?.short }),
  'rpc.programversion': u32('Program Version'),
  'rpc.procedure': u32('Procedure'),
  'rpc.auth.flavor': u32('Flavor', { values: FLAVORS }),
  'rpc.auth.length': u32('Length'),
  'rpc.auth.stamp': u32('Stamp', { base: 'hex' }),
  'rpc.auth.machinename': string('Machine Name'),
  'rpc.opaque_length': u32('length'),
  'rpc.fill_bytes': bytes('fill bytes'),
  'rpc.auth.uid': u32('UID'),
  'rpc.auth.gid': u32('GID'),
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
  'rpc.state_auth': u32('Auth State'),
  'rpc.reqframe': framenum('The reply to this request is in frame', { generated: true }),
  'rpc.repframe': framenum('This is a reply to a request in frame', { generated: true }),
  'rpc.time': relativeTime('Time from request', { generated: true, unit: ' seconds' }),
} as const

/** Field numbers of RPC by name. */
export type RpcFields = FieldIds<typeof RPC_FIELDS>
