// Mount protocol of NFS, versions 1 and 2 (RFC 1094, appendix A) and 3 (RFC 1813, 5.0). Not covered: PATHCONF of version 2.
import { defineProtocol, none, string, u32 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { callOf, isReply } from './calls'
import { RPC_FLAVORS } from './fields'
import { HANDLE_FIELDS, fileHandle } from './nfs/handle'
import { procedureName } from './programs'
import { XDR_FIELDS, list, opaque } from './xdr'

const PROGRAM = 100005
const procedures = (version: number) => u32(`V${version} Procedure`, { values: (value) => procedureName(PROGRAM, version, value) })

const STATUS: Readonly<Record<number, string>> = {
  0: 'OK',
  1: 'ERR_PERM',
  2: 'ERR_NOENT',
  5: 'ERR_IO',
  13: 'ERR_ACCESS',
  20: 'ERR_NOTDIR',
  22: 'ERR_INVAL',
  63: 'ERR_NAMETOOLONG',
  10004: 'ERR_NOTSUPP',
  10006: 'ERR_SERVERFAULT',
}

const FIELDS = {
  ...XDR_FIELDS,
  ...HANDLE_FIELDS,
  'rpc.programversion': u32('Program Version'),
  'mount.procedure_v1': procedures(1),
  'mount.procedure_v2': procedures(2),
  'mount.procedure_v3': procedures(3),
  'mount.path': string('Path'),
  'mount.status': u32('Status', {
    values: STATUS,
  }),
  'mount.flavors': u32('Flavors'),
  'mount.flavor': u32('Flavor', { values: (value) => RPC_FLAVORS[value] ?? 'Unknown' }),
  'mount.dump.entry': none('Mount List Entry'),
  'mount.dump.hostname': string('Hostname'),
  'mount.dump.directory': string('Directory'),
  'mount.export.entry': none('Export List Entry'),
  'mount.export.directory': string('Directory'),
  'mount.export.groups': none('Groups'),
  'mount.export.group': string('Group'),
} as const
type Ids = FieldIds<typeof FIELDS>

/** The directory asked for. */
function path(d: Decoder, f: Ids): void {
  const text = opaque(d, f, f['mount.path'], 'Path')
  if (d.summary) d.appendInfo(` ${text === '' ? '<EMPTY>' : text}`)
}

function mounted(d: Decoder, f: Ids, version: number): void {
  const status = d.u32(f['mount.status'])
  if (status !== 0) {
    if (d.summary) d.appendInfo(` Error:${STATUS[status] ?? `Unknown (${status})`}`)
    return
  }
  fileHandle(d, f, 'fhandle', version < 3)
  if (version < 3) return
  const count = d.u32(f['mount.flavors'])
  for (let i = 0; i < count; i++) d.u32(f['mount.flavor'])
}

function dump(d: Decoder, f: Ids): void {
  list(d, f, () => {
    d.range(f['mount.dump.entry'], d.at, d.readable)
    const row = d.last,
      outer = d.enter(),
      host = opaque(d, f, f['mount.dump.hostname'], 'Hostname'),
      directory = opaque(d, f, f['mount.dump.directory'], 'Directory')
    if (d.labels) d.appendLabel(`: ${host}:${directory}`, row)
    d.leave(outer, d.at)
  })
}

function exports(d: Decoder, f: Ids): void {
  list(d, f, () => {
    d.range(f['mount.export.entry'], d.at, d.readable)
    const row = d.last,
      outer = d.enter(),
      directory = opaque(d, f, f['mount.export.directory'], 'Directory')
    d.range(f['mount.export.groups'], d.at, d.readable)
    const groups = d.enter()
    const names: string[] = []
    list(d, f, () => names.push(opaque(d, f, f['mount.export.group'], 'Group')))
    d.leave(groups, d.at)
    if (d.labels) d.appendLabel(`: ${directory} -> ${names.join(' ')}`, row)
    d.leave(outer, d.at)
  })
}

export const mount = defineProtocol({
  name: 'mount',
  title: 'Mount Service',
  short: 'MOUNT',
  accepts: { 'rpc.program': [PROGRAM] },
  fields: FIELDS,
  decode(d, f) {
    const call = callOf(d)
    if (!call) return false
    const { version, procedure } = call,
      reply = isReply(d)
    d.generated(f['rpc.programversion'], version)
    if (version >= 1 && version <= 3) d.generated(f[`mount.procedure_v${version}` as 'mount.procedure_v3'], procedure)
    if (!reply && (procedure === 1 || procedure === 3)) path(d, f)
    else if (reply && procedure === 1) mounted(d, f, version)
    else if (reply && procedure === 2) dump(d, f)
    else if (reply && (procedure === 5 || procedure === 6)) exports(d, f)
    else if (d.left > 0) d.data()
    return undefined
  },
})
