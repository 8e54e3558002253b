// Network File System over ONC RPC: version 3 (RFC 1813).
// Not covered: the arguments of versions 2 and 4, which are shown as bytes; what servers put into file handles.
import { defineProtocol } from '../../../../dissect/define'
import { callOf, isReply } from '../calls'
import { procedureName } from '../programs'
import { NFS_FIELDS, NFS_PROGRAM } from './fields'
import { readCall3, readReply3 } from './version3'

export const nfs = defineProtocol({
  name: 'nfs',
  title: 'Network File System',
  short: 'NFS',
  accepts: { 'rpc.program': [NFS_PROGRAM] },
  fields: NFS_FIELDS,
  decode(d, f) {
    const call = callOf(d)
    if (!call) return false
    const { version, procedure } = call,
      reply = isReply(d)
    d.generated(f['rpc.programversion'], version)
    if (version >= 2 && version <= 4) d.generated(f[`nfs.procedure_v${version}` as 'nfs.procedure_v3'], procedure)
    if (version !== 3 || procedure === 0) {
      if (d.left > 0) d.data()
      return undefined
    }
    const words = reply ? readReply3(d, f, procedure, call.argument) : readCall3(d, f, procedure)
    if (d.summary) d.appendInfo(words.info)
    if (d.labels && d.tree.labels[d.layerNode] === undefined)
      d.appendLabel(
        `, ${procedureName(NFS_PROGRAM, version, procedure)} ${reply ? 'Reply' : 'Call'}${words.row ?? words.info}`,
        d.layerNode,
      )
    return undefined
  },
})
