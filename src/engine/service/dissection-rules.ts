// The rules of dissection that are part of the user's settings, and what there is to choose from: Decode As.
import { DecodeAsSettings, type DecodeAsRule } from '../../shared/contract'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { allProtocols, dispatchTable, fieldByName, protocolByName } from '../dissect/registry'
import type { Trace } from '../index/trace'
import { captureOf, type ServiceContext } from './context'
import { SETTINGS_DOCUMENT } from './filter-macros'
import { checkNumber } from './packets'
import type { DocumentStore } from './ports'

/** Tables that rules may be made for, with the field that holds the key, whose packet then has it. */
const TABLES = [
  { name: 'tcp.port', label: 'TCP port', keys: ['tcp.dstport', 'tcp.srcport'], largest: 0xffff },
  { name: 'udp.port', label: 'UDP port', keys: ['udp.dstport', 'udp.srcport'], largest: 0xffff },
  { name: 'sctp.port', label: 'SCTP port', keys: ['sctp.dstport', 'sctp.srcport'], largest: 0xffff },
  { name: 'tls.port', label: 'TLS port', keys: [], largest: 0xffff },
  { name: 'dtls.port', label: 'DTLS port', keys: [], largest: 0xffff },
  { name: 'ip.proto', label: 'IP protocol', keys: ['ip.proto', 'ipv6.nxt'], largest: 0xff },
  { name: 'ethertype', label: 'Ethertype', keys: ['eth.type', 'vlan.etype', 'sll.etype'], largest: 0xffff },
  { name: 'gre.proto', label: 'GRE protocol', keys: ['gre.proto'], largest: 0xffff },
  { name: 'ppp.protocol', label: 'PPP protocol', keys: ['ppp.protocol'], largest: 0xffff },
] as const

/** Applies the rules of the settings to a trace that has visited no packet yet. Rules for what does not exist here are passed over. */
export function configureDissection(trace: Trace, documents: Pick<DocumentStore, 'read'>): void {
  const { decodeAs } = trace.session.options
  for (const { table, key, protocol } of storedRules(documents)) {
    if (protocolByName(protocol) === undefined || !TABLES.some(({ name }) => name === table)) continue
    const keys = decodeAs.get(table) ?? new Map<number | string, string>()
    decodeAs.set(table, keys.set(key, protocol))
  }
}

function storedRules(documents: Pick<DocumentStore, 'read'>): readonly DecodeAsRule[] {
  const text = documents.read(SETTINGS_DOCUMENT)
  if (text === null || !text.includes('decodeAs')) return []
  try {
    return DecodeAsSettings.parse(JSON.parse(text)).decodeAs
  } catch {
    // A damaged document is reported where the settings themselves are read.
    return []
  }
}

/** Methods about Decode As. */
export function decodeAsMethods(context: ServiceContext): Pick<ServiceMethods, 'decodeAs.options'> {
  return {
    'decodeAs.options': ({ packet }) => {
      const capture = packet === null ? undefined : captureOf(context, packet.captureId)
      if (capture !== undefined && packet !== null) checkNumber(capture, packet.number)
      return {
        tables: TABLES.map(({ name, label, largest }) => ({ name, label, largest })),
        protocols: allProtocols()
          .map(({ name, short, title }) => ({ name, short, title }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
        suggested: capture === undefined || packet === null ? [] : suggestedBy(capture.trace, packet.number),
      }
    },
  }
}

/** The keys by which a packet's layers were chosen, the innermost first. */
function suggestedBy(trace: Trace, number: number): DecodeAsRule[] {
  const { tree } = trace.dissect(number, { summary: false, labels: false })
  return TABLES.flatMap(({ name: table, keys }) =>
    keys.flatMap((field) => {
      const id = fieldByName(field)?.id ?? -1,
        node = tree.find(id),
        key = node < 0 ? undefined : tree.numbers[node]
      if (key === undefined) return []
      const by = trace.session.options.decodeAs.get(table)?.get(key) ?? dispatchTable(table).get(key)?.name ?? ''
      return [{ table, key, protocol: by }]
    }),
  )
}
