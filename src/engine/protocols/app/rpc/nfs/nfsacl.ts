// NFSACL: POSIX access control lists beside NFS (Solaris' nfs_acl.x). Versions 2 and 3: GETACL and SETACL of version 3.
// Not covered: the arguments of version 2, which are shown as bytes.
import { bool, defineProtocol, none, u32 } from '../../../../dissect/define'
import type { Decoder } from '../../../../dissect/define'
import type { FieldIds } from '../../../../dissect/registry'
import { callOf, isReply } from '../calls'
import { procedureName } from '../programs'
import { optionalAttributes } from './attributes'
import { NFS_FIELDS } from './fields'
import { fileHandle } from './handle'

const PROGRAM = 100227
const YES: readonly [string, string] = ['Yes', 'No']
const procedures = (version: number) => u32(`V${version} Procedure`, { values: (value) => procedureName(PROGRAM, version, value) })
const maskBit = (mask: number, label: string) => bool(label, { bits: 32, mask, names: YES })

const FIELDS = {
  ...NFS_FIELDS,
  'rpc.procedure': u32('Procedure'),
  'nfsacl.procedure_v2': procedures(2),
  'nfsacl.procedure_v3': procedures(3),
  'nfsacl.mask': u32('Mask', { base: 'hex' }),
  'nfsacl.mask.acl_entry': maskBit(0x1, 'ACL entry'),
  'nfsacl.mask.acl_count': maskBit(0x2, 'ACL count'),
  'nfsacl.mask.default_acl_entry': maskBit(0x4, 'Default ACL entry'),
  'nfsacl.mask.default_acl_count': maskBit(0x8, 'Default ACL count'),
  'nfsacl.acl': none('ACL'),
  'nfsacl.aclcnt': u32('ACL count'),
  'nfsacl.dfaclcnt': u32('Default ACL count'),
  'nfsacl.aclent': none('ACL Entry'),
  'nfsacl.aclent.type': u32('Type', {
    values: {
      0x0001: 'NA_USER_OBJ',
      0x0002: 'NA_USER',
      0x0004: 'NA_GROUP_OBJ',
      0x0008: 'NA_GROUP',
      0x0010: 'NA_CLASS_OBJ',
      0x0020: 'NA_OTHER_OBJ',
      0x1001: 'NA_DEF_USER_OBJ',
      0x1002: 'NA_DEF_USER',
      0x1004: 'NA_DEF_GROUP_OBJ',
      0x1008: 'NA_DEF_GROUP',
      0x1010: 'NA_DEF_CLASS_OBJ',
      0x1020: 'NA_DEF_OTHER_OBJ',
    },
  }),
  'nfsacl.aclent.uid': u32('UID'),
  'nfsacl.aclent.perm': u32('Permissions'),
  'nfsacl.aclent.perm.read': maskBit(0x4, 'READ'),
  'nfsacl.aclent.perm.write': maskBit(0x2, 'WRITE'),
  'nfsacl.aclent.perm.exec': maskBit(0x1, 'EXEC'),
} as const
type Ids = FieldIds<typeof FIELDS>

function mask(d: Decoder, f: Ids): void {
  const at = d.at,
    value = d.u32(f['nfsacl.mask']),
    outer = d.enter()
  for (const name of ['acl_entry', 'acl_count', 'default_acl_entry', 'default_acl_count'] as const)
    d.bits(f[`nfsacl.mask.${name}`], at, at + 4, value)
  d.leave(outer)
}

function entries(d: Decoder, f: Ids, words: string): void {
  const count = d.peek32()
  d.require(4)
  d.note(d.at, d.at + 4, `Total ${words} entries: ${count}`)
  d.skip(4)
  const outer = d.enter()
  for (let i = 0; i < count; i++) {
    d.range(f['nfsacl.aclent'], d.at, Math.min(d.at + 12, d.readable))
    const inner = d.enter()
    d.u32(f['nfsacl.aclent.type'])
    d.u32(f['nfsacl.aclent.uid'])
    const at = d.at,
      permissions = d.u32(f['nfsacl.aclent.perm']),
      bits = d.enter()
    for (const name of ['read', 'write', 'exec'] as const) d.bits(f[`nfsacl.aclent.perm.${name}`], at, at + 4, permissions)
    d.leave(bits)
    d.leave(inner)
  }
  d.leave(outer)
}

/** Access control list and default list, each counted twice. */
function lists(d: Decoder, f: Ids): void {
  mask(d, f)
  d.u32(f['nfsacl.aclcnt'])
  entries(d, f, 'ACL')
  d.u32(f['nfsacl.dfaclcnt'])
  entries(d, f, 'default ACL')
}

function results(d: Decoder, f: Ids, procedure: number): void {
  const isOk = d.u32(f['nfs.status']) === 0
  if (procedure === 2) {
    optionalAttributes(d, f, 'attr')
    return
  }
  d.range(f['nfsacl.acl'], d.at, d.readable)
  const outer = d.enter()
  optionalAttributes(d, f, 'attr')
  if (isOk) lists(d, f)
  d.leave(outer, d.at)
}

export const nfsacl = defineProtocol({
  name: 'nfsacl',
  title: 'NFSACL',
  short: 'NFSACL',
  accepts: { 'rpc.program': [PROGRAM] },
  fields: FIELDS,
  decode(d, f) {
    const call = callOf(d)
    if (!call) return false
    const { version, procedure } = call
    d.generated(f['rpc.programversion'], version)
    if (version === 2 || version === 3) d.generated(f[`nfsacl.procedure_v${version}`], procedure)
    else d.generated(f['rpc.procedure'], procedure)
    if (version !== 3 || procedure < 1 || procedure > 2) {
      if (procedure !== 0 && d.left > 0) d.data()
      return undefined
    }
    if (isReply(d)) results(d, f, procedure)
    else {
      fileHandle(d, f, procedure === 1 ? 'fhandle' : 'File handle')
      if (procedure === 1) mask(d, f)
      else lists(d, f)
    }
    return undefined
  },
})
