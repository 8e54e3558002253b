// Programs over ONC RPC of which only version and procedure are told: their arguments and results show as bytes.
import { defineProtocol, u32 } from '../../../dissect/define'
import type { FieldId } from '../../../dissect/define'
import type { FieldSpec } from '../../../dissect/field'
import { callOf } from './calls'
import { RPC_PROGRAMS, procedureName } from './programs'

/** Filter name, long name, and the versions whose procedures have a field of their own. */
const PROGRAMS: Readonly<Record<number, readonly [name: string, title: string, versions: readonly number[]]>> = {
  2112: ['kadm5', 'Kerberos Administration', [2]],
  100001: ['rstat', 'RSTAT', [1, 2, 3, 4]],
  100007: ['ypbind', 'Yellow Pages Bind', [1, 2]],
  100008: ['rwall', 'Remote Wall protocol', [1]],
  100009: ['yppasswd', 'Yellow Pages Passwd', [1]],
  100011: ['rquota', 'Remote Quota', [1, 2]],
  100012: ['spray', 'SPRAY', [1]],
  100020: ['klm', 'Kernel Lock Manager', [1]],
  100021: ['nlm', 'Network Lock Manager Protocol', [1, 2, 3, 4]],
  100024: ['stat', 'Network Status Monitor Protocol', [1]],
  100026: ['bootparams', 'Boot Parameters', [1]],
  100069: ['ypxfr', 'Yellow Pages Transfer', [1]],
  100231: ['nfsauth', 'NFSAUTH', [1]],
  100232: ['sadmind', 'SADMIND', [1, 2, 3]],
  100300: ['nisplus', 'NIS+', [3]],
  150001: ['pcnfsd', 'PC NFS', [1, 2]],
  395183: ['vxi11_core', 'VXI-11 Core Protocol', [1]],
  395184: ['vxi11_async', 'VXI-11 Asynchronous Abort', [1]],
  395185: ['vxi11_intr', 'VXI-11 Interrupt', [1]],
  1238433: ['glusterd.mgmt', 'Gluster Daemon Management', []],
  1298437: ['glusterfs', 'GlusterFS', []],
  14398633: ['glusterfs.hndsk', 'GlusterFS Handshake', []],
  788585389: ['hclnfsd', 'Hummingbird NFS Daemon', [1]],
  0x4000_0000: ['nfs.cb', 'Network File System CB', []],
}

for (const [key, [name, title, versions]] of Object.entries(PROGRAMS)) {
  const program = Number(key),
    names = (version: number) => (procedure: number) => procedureName(program, version, procedure),
    own: Record<string, FieldSpec<'u32'>> = {}
  for (const version of versions) own[`${name}.procedure_v${version}`] = u32(`V${version} Procedure`, { values: names(version) })
  defineProtocol({
    name,
    title,
    short: RPC_PROGRAMS.get(program)?.short ?? title,
    accepts: { 'rpc.program': [program] },
    fields: { ...own, 'rpc.programversion': u32('Program Version'), 'rpc.procedure': u32('Procedure') },
    decode(d, f) {
      const call = callOf(d)
      if (!call) return false
      const numbers: Readonly<Record<string, FieldId | undefined>> = f,
        procedure = numbers[`${name}.procedure_v${call.version}`]
      d.generated(f['rpc.programversion'], call.version)
      d.generated(procedure ?? f['rpc.procedure'], call.procedure)
      if (procedure === undefined && d.labels)
        d.label(`Procedure: ${procedureName(program, call.version, call.procedure)} (${call.procedure})`)
      if (call.procedure !== 0 && d.left > 0) d.data()
      return undefined
    },
  })
}
