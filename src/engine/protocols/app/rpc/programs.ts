// Programs over ONC RPC: names of programs and procedures (RFC 1833, 1813, 1094; IANA "Remote Procedure Call (RPC) Program Numbers"). Their arguments and
// results are shown as bytes only.
import { defineProtocol, u32 } from '../../../dissect/define'
import type { Protocol } from '../../../dissect/define'

/** A program that a call may be recognised by. */
export interface RpcProgram {
  /** As in the Protocol column. */
  readonly short: string
  readonly protocol: Protocol | undefined
  /** Procedures by version. */
  readonly procedures: Readonly<Record<number, readonly string[]>>
}

function program(name: string, title: string, short: string): Protocol {
  return defineProtocol({
    name,
    title,
    short,
    fields: { 'rpc.programversion': u32('Program Version') },
    decode(d, f) {
      d.generated(f['rpc.programversion'], Number(d.key))
      d.at = d.end
    },
  })
}

const MOUNT = ['NULL', 'MNT', 'DUMP', 'UMNT', 'UMNTALL', 'EXPORT'],
  STAT = ['NULL', 'STAT', 'MON', 'UNMON', 'UNMON_ALL', 'SIMU_CRASH', 'NOTIFY']
const RPCBIND = ['NULL', 'SET', 'UNSET', 'GETADDR', 'DUMP', 'CALLIT', 'GETTIME', 'UADDR2TADDR', 'TADDR2UADDR']

/** Programs by number. */
export const RPC_PROGRAMS: ReadonlyMap<number, RpcProgram> = new Map<number, RpcProgram>([
  [
    100000,
    {
      short: 'Portmap',
      protocol: program('portmap', 'Portmap', 'Portmap'),
      procedures: {
        2: ['NULL', 'SET', 'UNSET', 'GETPORT', 'DUMP', 'CALLIT'],
        3: RPCBIND,
        4: [...RPCBIND.slice(0, 5), 'BCAST', ...RPCBIND.slice(6), 'GETVERSADDR', 'INDIRECT', 'GETADDRLIST', 'GETSTAT'],
      },
    },
  ],
  [
    100003,
    {
      short: 'NFS',
      protocol: program('nfs', 'Network File System', 'NFS'),
      procedures: {
        2: [
          'NULL',
          'GETATTR',
          'SETATTR',
          'ROOT',
          'LOOKUP',
          'READLINK',
          'READ',
          'WRITECACHE',
          'WRITE',
          'CREATE',
          'REMOVE',
          'RENAME',
          'LINK',
          'SYMLINK',
          'MKDIR',
          'RMDIR',
          'READDIR',
          'STATFS',
        ],
        3: [
          'NULL',
          'GETATTR',
          'SETATTR',
          'LOOKUP',
          'ACCESS',
          'READLINK',
          'READ',
          'WRITE',
          'CREATE',
          'MKDIR',
          'SYMLINK',
          'MKNOD',
          'REMOVE',
          'RMDIR',
          'RENAME',
          'LINK',
          'READDIR',
          'READDIRPLUS',
          'FSSTAT',
          'FSINFO',
          'PATHCONF',
          'COMMIT',
        ],
        4: ['NULL', 'COMPOUND'],
      },
    },
  ],
  [
    100004,
    {
      short: 'YPSERV',
      protocol: program('ypserv', 'Yellow Pages Service', 'YPSERV'),
      procedures: { 2: ['NULL', 'DOMAIN', 'DOMAIN_NONACK', 'MATCH', 'FIRST', 'NEXT', 'XFR', 'CLEAR', 'ALL', 'MASTER', 'ORDER', 'MAPLIST'] },
    },
  ],
  [
    100005,
    {
      short: 'MOUNT',
      protocol: program('mount', 'Mount Service', 'MOUNT'),
      procedures: { 1: MOUNT, 2: [...MOUNT, 'EXPORTALL', 'PATHCONF'], 3: MOUNT },
    },
  ],
  [
    100021,
    {
      short: 'NLM',
      protocol: program('nlm', 'Network Lock Manager Protocol', 'NLM'),
      procedures: { 4: ['NULL', 'TEST', 'LOCK', 'CANCEL', 'UNLOCK', 'GRANTED'] },
    },
  ],
  [100024, { short: 'STAT', protocol: program('stat', 'Network Status Monitor Protocol', 'STAT'), procedures: { 1: STAT } }],
  [
    100227,
    {
      short: 'NFSACL',
      protocol: program('nfsacl', 'NFSACL', 'NFSACL'),
      procedures: { 2: ['NULL', 'GETACL', 'SETACL', 'GETATTR', 'ACCESS'], 3: ['NULL', 'GETACL', 'SETACL'] },
    },
  ],
  [100232, { short: 'SADMIND', protocol: undefined, procedures: { 10: ['NULL'] } }],
])
