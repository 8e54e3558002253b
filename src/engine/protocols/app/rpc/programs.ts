// Programs over ONC RPC: names of programs and procedures (RFC 1833, 1813, 1094, 7530; IANA "Remote Procedure Call (RPC) Program Numbers").
// Calls of programs that are not listed are not taken for RPC, since hardly more than the program's number tells them from other traffic.

/** A program that a call may be recognised by. */
export interface RpcProgram {
  /** As in the Protocol column. */
  readonly short: string
  /** Procedures by version. */
  readonly procedures: Readonly<Record<number, readonly string[]>>
}

const words = (text: string): readonly string[] => text.split(' ')
const MOUNT = words('NULL MNT DUMP UMNT UMNTALL EXPORT'),
  STAT = words('NULL STAT MON UNMON UNMON_ALL SIMU_CRASH NOTIFY'),
  RPCBIND = words('NULL SET UNSET GETADDR DUMP CALLIT GETTIME UADDR2TADDR TADDR2UADDR'),
  NLM = words(
    'NULL TEST LOCK CANCEL UNLOCK GRANTED TEST_MSG LOCK_MSG CANCEL_MSG UNLOCK_MSG GRANTED_MSG TEST_RES LOCK_RES CANCEL_RES UNLOCK_RES GRANTED_RES',
  ),
  NLM3 = [...NLM, '16', '17', '18', '19', 'SHARE', 'UNSHARE', 'NM_LOCK', 'FREE_ALL'],
  RSTAT = words('NULL STATS HAVEDISK'),
  YPSERV = words('NULL DOMAIN DOMAIN_NONACK MATCH FIRST NEXT XFR CLEAR ALL MASTER ORDER MAPLIST'),
  QUOTA = words('NULL GETQUOTA GETACTIVEQUOTA')

const row = (number: number, short: string, procedures: RpcProgram['procedures']) => [number, { short, procedures }] as const

/** Programs by number. */
export const RPC_PROGRAMS: ReadonlyMap<number, RpcProgram> = new Map<number, RpcProgram>([
  row(2112, 'KADM5', {
    2: [
      'NULL',
      'CREATE_PRINCIPAL',
      'DELETE_PRINCIPAL',
      'MODIFY_PRINCIPAL',
      'RENAME_PRINCIPAL',
      'GET_PRINCIPAL',
      'CHPASS_PRINCIPAL',
      'CHRAND_PRINCIPAL',
      'CREATE_POLICY',
      'DELETE_POLICY',
      'MODIFY_POLICY',
      'GET_POLICY',
      'GET_PRIVS',
      'INIT',
      'GET_PRINCS',
      'GET_POLS',
      'SETKEY_PRINCIPAL',
      'SETV4KEY_PRINCIPAL',
    ],
  }),
  row(100000, 'Portmap', {
    1: words('NULL SET UNSET GETPORT DUMP CALLIT'),
    2: words('NULL SET UNSET GETPORT DUMP CALLIT'),
    3: RPCBIND,
    4: [...RPCBIND.slice(0, 5), 'BCAST', ...RPCBIND.slice(6), 'GETVERSADDR', 'INDIRECT', 'GETADDRLIST', 'GETSTAT'],
  }),
  row(100001, 'RSTAT', { 1: RSTAT, 2: RSTAT, 3: RSTAT, 4: RSTAT }),
  row(100003, 'NFS', {
    2: words(
      'NULL GETATTR SETATTR ROOT LOOKUP READLINK READ WRITECACHE WRITE CREATE REMOVE RENAME LINK SYMLINK MKDIR RMDIR READDIR STATFS',
    ),
    3: words(
      'NULL GETATTR SETATTR LOOKUP ACCESS READLINK READ WRITE CREATE MKDIR SYMLINK MKNOD REMOVE RMDIR RENAME LINK READDIR READDIRPLUS FSSTAT FSINFO PATHCONF COMMIT',
    ),
    4: ['NULL', 'COMPOUND'],
  }),
  row(100004, 'YPSERV', { 1: YPSERV, 2: YPSERV }),
  row(100005, 'MOUNT', { 1: MOUNT, 2: [...MOUNT, 'EXPORTALL', 'PATHCONF'], 3: MOUNT }),
  row(100007, 'YPBIND', { 1: words('NULL DOMAIN SETDOMAIN'), 2: words('NULL DOMAIN SETDOMAIN') }),
  row(100008, 'RWALL', { 1: ['NULL', 'proc-1', 'RWALL'] }),
  row(100009, 'YPPASSWD', { 1: words('NULL UPDATE') }),
  row(100011, 'RQUOTA', { 1: QUOTA, 2: [...QUOTA, 'SETQUOTA', 'SETACTIVEQUOTA'] }),
  row(100012, 'SPRAY', { 1: words('NULL SPRAY GET CLEAR') }),
  row(100020, 'KLM', { 1: words('NULL TEST LOCK CANCEL UNLOCK') }),
  row(100021, 'NLM', { 1: NLM, 2: NLM, 3: NLM3, 4: NLM3 }),
  row(100024, 'STAT', { 1: STAT }),
  row(100026, 'BOOTPARAMS', { 1: words('NULL WHOAMI GETFILE') }),
  row(100069, 'YPXFR', { 1: words('NULL GETMAP') }),
  row(100227, 'NFSACL', { 2: words('NULL GETACL SETACL GETATTR ACCESS GETXATTRDIR'), 3: words('NULL GETACL SETACL GETXATTRDIR') }),
  row(100231, 'NFSAUTH', { 1: words('NULL ACCESS') }),
  row(100232, 'SADMIND', {}),
  row(100300, 'NIS+', { 3: words('NULL LOOKUP ADD MODIFY REMOVE IBLIST IBADD IBMODIFY IBREMOVE IBFIRST IBNEXT') }),
  row(150001, 'PCNFSD', {
    1: words('NULL AUTH PR_INIT PR_START'),
    2: words('NULL INFO PR_INIT PR_START PR_LIST PR_QUEUE PR_STATUS PR_CANCEL PR_ADMIN PR_REQUEUE PR_HOLD PR_RELEASE MAPID AUTH ALERT'),
  }),
  row(395183, 'VXI-11 Core', {}),
  row(395184, 'VXI-11 Async', { 1: ['NULL', 'DEVICE_ABORT'] }),
  row(395185, 'VXI-11 Intr', {}),
  row(1238433, 'GlusterD Management', {}),
  row(1298437, 'GlusterFS', {}),
  row(14398633, 'GlusterFS Handshake', {}),
  row(788585389, 'HCLNFSD', {}),
  row(0x4000_0000, 'NFS CB', { 1: words('CB_NULL CB_COMPOUND'), 4: words('CB_NULL CB_COMPOUND') }),
])

/** Name of a procedure; unknown ones by number. */
export function procedureName(program: number, version: number, procedure: number): string {
  return RPC_PROGRAMS.get(program)?.procedures[version]?.[procedure] ?? `proc-${procedure}`
}

/** Short name of a program. */
export function programName(program: number): string | undefined {
  return RPC_PROGRAMS.get(program)?.short
}
