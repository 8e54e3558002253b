// What a path may change of a packet, and what tells two transmissions of the same bytes apart: read by dissecting the packet anew.
import { fieldText } from '../../dissect/format'
import { fieldByName } from '../../dissect/registry'
import '../../protocols/all'
import type { Trace } from '../../index/trace'

/** Fields by the name that the product gives the fact; the first field that the packet has counts. */
const FIELDS = {
  source: ['ip.src', 'ipv6.src'],
  destination: ['ip.dst', 'ipv6.dst'],
  sourcePort: ['tcp.srcport'],
  destinationPort: ['tcp.dstport'],
  hops: ['ip.ttl', 'ipv6.hlim'],
  dscp: ['ip.dsfield.dscp', 'ipv6.tclass.dscp'],
  ecn: ['ip.dsfield.ecn', 'ipv6.tclass.ecn'],
  identification: ['ip.id'],
  mss: ['tcp.options.mss_val'],
  windowScale: ['tcp.options.wscale.shift'],
  sackPermitted: ['tcp.options.sack_perm'],
  timestamp: ['tcp.options.timestamp.tsval'],
  window: ['tcp.window_size_value'],
} as const

/** A fact of a packet's headers. */
export type HeaderFact = keyof typeof FIELDS

/** Values as `-T fields` prints them; undefined where the packet does not have the field. */
export type PacketHeader = Readonly<Record<HeaderFact, string | undefined>>

const FACTS = Object.keys(FIELDS).filter((name): name is HeaderFact => name in FIELDS)
const BY_ID: ReadonlyMap<number, HeaderFact> = new Map(
  FACTS.flatMap((fact) =>
    FIELDS[fact].flatMap((name): (readonly [number, HeaderFact])[] => {
      const id = fieldByName(name)?.id
      return id === undefined ? [] : [[id, fact]]
    }),
  ),
)

/** Reads a packet's header facts. The outermost header counts where there are several. */
export function packetHeader(trace: Trace, frame: number): PacketHeader {
  const { tree } = trace.dissect(frame, { summary: false, labels: false })
  const header: Partial<Record<HeaderFact, string>> = {}
  for (let node = 0; node < tree.count; node++) {
    const fact = BY_ID.get(tree.field(node))
    if (fact !== undefined && header[fact] === undefined) header[fact] = fieldText(tree, node)
  }
  return { ...NOTHING, ...header }
}

const NOTHING: PacketHeader = {
  source: undefined,
  destination: undefined,
  sourcePort: undefined,
  destinationPort: undefined,
  hops: undefined,
  dscp: undefined,
  ecn: undefined,
  identification: undefined,
  mss: undefined,
  windowScale: undefined,
  sackPermitted: undefined,
  timestamp: undefined,
  window: undefined,
}

/** A fact that differs between two captures of one packet. */
export interface HeaderChange {
  readonly fact: HeaderFact
  /** '' where the packet does not have it. */
  readonly before: string
  readonly after: string
}

/** What differs between a packet as it was sent and as it arrived. */
export function headerChanges(before: PacketHeader, after: PacketHeader): HeaderChange[] {
  return FACTS.filter((fact) => before[fact] !== after[fact]).map((fact) => ({
    fact,
    before: before[fact] ?? '',
    after: after[fact] ?? '',
  }))
}
