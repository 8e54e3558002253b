// The display filter that a cell of the packet list stands for: the value of the field that the column shows.
import type { ColumnContent, PacketDetail } from '../../../shared/contract'

/** Fields behind the columns that are not fields themselves; the first that the packet has counts, the innermost address before outer ones. */
const FIELDS: Partial<Record<ColumnContent, readonly string[]>> = {
  number: ['frame.number'],
  time: ['frame.time_relative'],
  'time-relative': ['frame.time_relative'],
  'time-delta': ['frame.time_delta'],
  'time-delta-displayed': ['frame.time_delta_displayed'],
  'time-absolute': ['frame.time'],
  source: ['ipv6.src', 'ip.src', 'arp.src.hw_mac', 'eth.src'],
  destination: ['ipv6.dst', 'ip.dst', 'eth.dst'],
  'source-port': ['tcp.srcport', 'udp.srcport'],
  'destination-port': ['tcp.dstport', 'udp.dstport'],
  length: ['frame.len'],
  'captured-length': ['frame.cap_len'],
  stream: ['tcp.stream', 'udp.stream'],
  comment: ['frame.comment'],
}

/** Filter for a cell of a dissected packet, or null when none can select it. `text` is what the cell shows. */
export function cellFilter(packet: PacketDetail, content: ColumnContent, text: string): string | null {
  if (content === 'protocol') {
    const layer = packet.layers.findLast((item) => item.short.toLowerCase() === text.toLowerCase()) ?? packet.layers.at(-1)
    return layer?.protocol ?? null
  }
  const names = content.startsWith('field:') ? [content.slice('field:'.length)] : (FIELDS[content] ?? [])
  for (const name of names) {
    const row = packet.tree.find((item) => item.field === name && item.filter !== null)
    if (row !== undefined) return row.filter
  }
  return null
}
