// Status codes of NFS (RFC 1813, 2.6; RFC 1094, 2.3.1): numbers and names after the prefix of each version.

const NAMES: Readonly<Record<number, string>> = {
  1: 'PERM',
  2: 'NOENT',
  5: 'IO',
  6: 'NXIO',
  13: 'ACCES',
  17: 'EXIST',
  18: 'XDEV',
  19: 'NODEV',
  20: 'NOTDIR',
  21: 'ISDIR',
  22: 'INVAL',
  27: 'FBIG',
  28: 'NOSPC',
  30: 'ROFS',
  31: 'MLINK',
  63: 'NAMETOOLONG',
  66: 'NOTEMPTY',
  69: 'DQUOT',
  70: 'STALE',
  71: 'REMOTE',
  99: 'WFLUSH',
  10001: 'BADHANDLE',
  10002: 'NOT_SYNC',
  10003: 'BAD_COOKIE',
  10004: 'NOTSUPP',
  10005: 'TOOSMALL',
  10006: 'SERVERFAULT',
  10007: 'BADTYPE',
  10008: 'JUKEBOX',
}

/** Name of a status of version 3. */
export function status3Name(status: number): string | undefined {
  return status === 0 ? 'NFS3_OK' : NAMES[status] === undefined ? undefined : `NFS3ERR_${NAMES[status]}`
}

/** Name of a status of version 2. */
export function status2Name(status: number): string | undefined {
  return status === 0 ? 'OK' : NAMES[status] === undefined ? undefined : `ERR_${NAMES[status]}`
}
