// Port mapper and rpcbind (RFC 1833): versions 2, 3 and 4. Not covered: the statistics of version 4 (GETSTAT).
import { bool, bytes, defineProtocol, none, string, u32 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { ipProtocolName } from '../../../values/ip-protocols'
import { callOf, isReply } from './calls'
import { procedureName, programName } from './programs'
import { XDR_FIELDS, group, list, opaque } from './xdr'
import { YPSERV_FIELDS, YPSERV_PROGRAM, readYpservCall } from './ypserv'

const PROGRAM = 100000
const procedures = (version: number) => u32(`V${version} Procedure`, { values: (value) => procedureName(PROGRAM, version, value) })
const program = u32('Program', { values: programName })

const FIELDS = {
  ...XDR_FIELDS,
  ...YPSERV_FIELDS,
  'rpc.programversion': u32('Program Version'),
  'rpc.argument_length': u32('Argument length'),
  'portmap.procedure_v1': procedures(1),
  'portmap.procedure_v2': procedures(2),
  'portmap.procedure_v3': procedures(3),
  'portmap.procedure_v4': procedures(4),
  'portmap.prog': program,
  'portmap.version': u32('Version'),
  'portmap.proc': u32('Procedure'),
  'portmap.proto': u32('Proto', { values: ipProtocolName }),
  'portmap.port': u32('Port'),
  'portmap.answer': bool('Answer', { names: ['True', 'False'] }),
  'portmap.args': bytes('Arguments'),
  'portmap.result': bytes('Result'),
  'portmap.rpcb': none('RPCB'),
  'portmap.rpcb.prog': program,
  'portmap.rpcb.version': u32('Version'),
  'portmap.rpcb.netid': string('Network Id'),
  'portmap.rpcb.addr': string('Universal Address'),
  'portmap.rpcb.owner': string('Owner of this Service'),
  'portmap.uaddr': string('Universal Address'),
} as const
type Ids = FieldIds<typeof FIELDS>

/** A reader of arguments or results; what it answers follows the procedure's name in Info. */
type Reader = (d: Decoder, f: Ids) => string

const nothing: Reader = () => ''

function transport(protocol: number): string {
  return protocol === 6 ? 'TCP' : protocol === 17 ? 'UDP' : String(protocol)
}

/** A mapping of a program to a port (RFC 1833, 3.1). */
const mapping: Reader = (d, f) => {
  const number = d.u32(f['portmap.prog']),
    version = d.u32(f['portmap.version']),
    protocol = d.u32(f['portmap.proto'])
  d.u32(f['portmap.port'])
  return `${programName(number) ?? 'Unknown'}(${number}) V:${version} ${transport(protocol)}`
}
const answer: Reader = (d, f) => {
  d.u32(f['portmap.answer'])
  return ''
}
const port: Reader = (d, f) => {
  const number = d.u32(f['portmap.port'])
  return number === 0 ? 'PROGRAM_NOT_AVAILABLE' : `Port:${number}`
}
const mappings: Reader = (d, f) => {
  list(d, f, () =>
    group(d, 'Map Entry', () => {
      const number = d.peek32(),
        version = d.peek32(d.at + 4)
      mapping(d, f)
      return `: ${programName(number) ?? 'Unknown'} (${number}) V${version}`
    }),
  )
  return ''
}
/** A call of another program through the port mapper, which only answers when it succeeds. */
const indirect: Reader = (d, f) => {
  const number = d.u32(f['portmap.prog']),
    version = d.u32(f['portmap.version']),
    procedure = d.u32(f['portmap.proc'])
  if (d.labels) d.label(`Procedure: ${procedureName(number, version, procedure)} (${procedure})`)
  const length = d.u32(f['rpc.argument_length'])
  if (number === YPSERV_PROGRAM && version <= 2) readYpservCall(d, f, procedure)
  else if (length > 0) d.span(f['portmap.args'], length)
  if (d.labels) d.tree.labels[d.layerNode] = `Portmap ${procedureName(number, version, procedure)} call`
  return ''
}
const indirectResult: Reader = (d, f) => {
  d.u32(f['portmap.port'])
  const length = d.u32(f['rpc.argument_length'])
  if (length > 0) d.span(f['portmap.result'], length)
  return ''
}
const indirectResult3: Reader = (d, f) => {
  opaque(d, f, f['portmap.uaddr'], 'Universal Address')
  opaque(d, f, f['portmap.result'], 'Result', false)
  return ''
}

/** A mapping of a program to a universal address (RFC 1833, 2.1). */
const binding: Reader = (d, f) => {
  const start = d.at
  d.range(f['portmap.rpcb'], start, d.readable)
  const outer = d.enter()
  d.u32(f['portmap.rpcb.prog'])
  d.u32(f['portmap.rpcb.version'])
  opaque(d, f, f['portmap.rpcb.netid'], 'Network Id')
  opaque(d, f, f['portmap.rpcb.addr'], 'Universal Address')
  opaque(d, f, f['portmap.rpcb.owner'], 'Owner of this Service')
  d.leave(outer, d.at)
  return ''
}
const bindings: Reader = (d, f) => {
  list(d, f, () => binding(d, f))
  return ''
}
const address: Reader = (d, f) => {
  opaque(d, f, f['portmap.uaddr'], 'Universal Address')
  return ''
}

/** Arguments and results by version and procedure. */
const V2: readonly (readonly [Reader, Reader])[] = [
  [nothing, nothing],
  [mapping, answer],
  [mapping, answer],
  [mapping, port],
  [nothing, mappings],
  [indirect, indirectResult],
]
const V3: readonly (readonly [Reader, Reader])[] = [
  [nothing, nothing],
  [binding, answer],
  [binding, answer],
  [binding, address],
  [nothing, bindings],
  [indirect, indirectResult3],
]
const V4 = [...V3]
V4[9] = [binding, address]
V4[10] = [indirect, indirectResult3]

export const portmap = defineProtocol({
  name: 'portmap',
  title: 'Portmap',
  short: 'Portmap',
  accepts: { 'rpc.program': [PROGRAM] },
  fields: FIELDS,
  decode(d, f) {
    const call = callOf(d)
    if (!call) return false
    const { version, procedure } = call,
      reply = isReply(d)
    d.generated(f['rpc.programversion'], version)
    if (version >= 1 && version <= 4) d.generated(f[`portmap.procedure_v${version}` as 'portmap.procedure_v2'], procedure)
    const read = (version <= 2 ? V2 : version === 3 ? V3 : V4)[procedure]?.[reply ? 1 : 0]
    if (!read) {
      if (d.left > 0) d.data()
      return undefined
    }
    const text = read(d, f)
    if (text === '') return undefined
    if (d.summary) d.appendInfo(` ${text}`)
    if (d.labels)
      d.tree.labels[d.layerNode] =
        `Portmap ${procedureName(PROGRAM, version, procedure)} ${reply ? 'Reply' : 'Call'} ${text.replace(' V:', ' Version:')}`
    return undefined
  },
})
