// Yellow pages (NIS) service, versions 1 and 2: domains, maps, keys and values as the protocol's XDR description (yp.x) has them.
import { bool, defineProtocol, i32, ipv4, string, u32 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { callOf, isReply } from './calls'
import { procedureName } from './programs'
import { XDR_FIELDS, opaque } from './xdr'

/** Number of the program. */
export const YPSERV_PROGRAM = 100004
const procedures = (version: number) => u32(`V${version} Procedure`, { values: (value) => procedureName(YPSERV_PROGRAM, version, value) })

/** Arguments and results. */
export const YPSERV_FIELDS = {
  ...XDR_FIELDS,
  'ypserv.procedure_v1': procedures(1),
  'ypserv.procedure_v2': procedures(2),
  'ypserv.domain': string('Domain'),
  'ypserv.servesdomain': bool('Serves Domain', { names: ['Yes', 'No'] }),
  'ypserv.map': string('Map Name'),
  'ypserv.key': string('Key'),
  'ypserv.value': string('Value'),
  'ypserv.peer': string('Peer Name'),
  'ypserv.status': i32('Status', {
    values: {
      1: 'YP_TRUE',
      2: 'YP_NOMORE',
      0: 'YP_FALSE',
      [-1]: 'YP_NOMAP',
      [-2]: 'YP_NODOM',
      [-3]: 'YP_NOKEY',
      [-4]: 'YP_BADOP',
      [-5]: 'YP_BADDB',
      [-6]: 'YP_YPERR',
      [-7]: 'YP_BADARGS',
      [-8]: 'YP_VERS',
    },
  }),
  'ypserv.ordernum': u32('Order Number'),
  'ypserv.more': bool('More', { names: ['Yes', 'No'] }),
  'ypserv.transid': ipv4('Host Transport ID'),
} as const
type Ids = FieldIds<typeof YPSERV_FIELDS>

const DOMAIN = 1,
  DOMAIN_NONACK = 2,
  MATCH = 3,
  FIRST = 4,
  NEXT = 5,
  MASTER = 9,
  ORDER = 10,
  MAPLIST = 11

/** Arguments of a procedure of versions 1 and 2; answers them as Info names them. */
export function readYpservCall(d: Decoder, f: Ids, procedure: number): string {
  if (procedure < DOMAIN || ![DOMAIN, DOMAIN_NONACK, MATCH, FIRST, NEXT, MASTER, ORDER, MAPLIST].includes(procedure)) {
    if (procedure !== 0 && d.left > 0) d.data()
    return ''
  }
  const domain = opaque(d, f, f['ypserv.domain'], 'Domain')
  if (procedure <= DOMAIN_NONACK || procedure === MAPLIST) return ` ${domain}`
  const map = opaque(d, f, f['ypserv.map'], 'Map Name')
  const key = procedure === MATCH || procedure === NEXT ? `/${opaque(d, f, f['ypserv.key'], 'Key')}` : ''
  return ` ${domain}/${map}${key}`
}

function readReply(d: Decoder, f: Ids, procedure: number): string {
  if (procedure === DOMAIN || procedure === DOMAIN_NONACK) return d.u32(f['ypserv.servesdomain']) ? ' Yes' : ' No'
  if (![MATCH, FIRST, NEXT, MASTER, ORDER].includes(procedure)) {
    if (procedure !== 0 && d.left > 0) d.data()
    return ''
  }
  if (d.signed(f['ypserv.status'], 4) !== 1) return ''
  if (procedure === ORDER) return ` ${d.u32(f['ypserv.ordernum'])}`
  if (procedure === MASTER) return ` ${opaque(d, f, f['ypserv.peer'], 'Peer Name')}`
  const value = opaque(d, f, f['ypserv.value'], 'Value')
  if (procedure !== MATCH) opaque(d, f, f['ypserv.key'], 'Key')
  return ` ${value}`
}

export const ypserv = defineProtocol({
  name: 'ypserv',
  title: 'Yellow Pages Service',
  short: 'YPSERV',
  accepts: { 'rpc.program': [YPSERV_PROGRAM] },
  fields: { ...YPSERV_FIELDS, 'rpc.programversion': u32('Program Version'), 'rpc.procedure': u32('Procedure') },
  decode(d, f) {
    const call = callOf(d)
    if (!call) return false
    const { version, procedure } = call
    d.generated(f['rpc.programversion'], version)
    if (version === 1 || version === 2) d.generated(f[`ypserv.procedure_v${version}`], procedure)
    else d.generated(f['rpc.procedure'], procedure)
    if (version > 2) {
      if (d.left > 0) d.data()
      return undefined
    }
    const text = isReply(d) ? readReply(d, f, procedure) : readYpservCall(d, f, procedure)
    if (d.summary) d.appendInfo(text)
    if (d.labels)
      d.appendLabel(` ${procedureName(YPSERV_PROGRAM, version, procedure)} ${isReply(d) ? 'reply' : 'call'}${text}`, d.layerNode)
    return undefined
  },
})
