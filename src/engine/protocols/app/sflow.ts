// sFlow version 5 (sflow.org, sFlow Version 5): the head of a datagram and the packet headers in its flow samples. Not covered: counters, other records,
// versions 2 and 4.
import { defineProtocol, u32 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'

const VERSION = 5,
  FLOW = 1,
  EXPANDED_FLOW = 3,
  RAW_HEADER = 1
/** Octets of a flow sample in front of its number of records. */
const FLOW_HEAD = 28,
  EXPANDED_FLOW_HEAD = 40
/** What a sampled header is: Ethernet, IPv4, IPv6; by the table and key that read it. */
const HEADER_PROTOCOLS: Readonly<Record<number, readonly [string, number]>> = {
  1: ['linktype', 1],
  11: ['ethertype', 0x0800],
  12: ['ethertype', 0x86dd],
}
/** Samples and records that a datagram has at most room for. */
const MOST = 8192

/** Reads one raw packet header: what was sampled stands behind four numbers. */
function rawHeader(d: Decoder): void {
  d.require(16)
  const reader = HEADER_PROTOCOLS[d.peek32()],
    frameLength = d.peek32(d.at + 4),
    size = d.peek32(d.at + 12)
  d.at += 16
  d.require(size)
  if (!reader || size === 0) return
  const { packet, protocolColumn, infoColumn, parent } = d,
    { inError, fcsLength } = packet,
    // the filling up to whole words counts as sampled, as in tshark
    sampled = d.slice(d.at, Math.min(d.readable, d.at + 4 * Math.ceil(size / 4)))
  packet.inError = true
  packet.fcsLength = 0
  d.within('Sampled header', sampled, () => d.next(reader[0], reader[1]), Math.max(size, frameLength))
  Object.assign(packet, { inError, fcsLength })
  Object.assign(d, { protocolColumn, infoColumn, parent })
}

function flowSample(d: Decoder, head: number): void {
  d.skip(head)
  const records = d.peek32()
  d.skip(4)
  for (let n = 0; n < Math.min(records, MOST) && d.left > 8; n++) {
    const kind = d.peek32(),
      end = d.at + 8 + d.peek32(d.at + 4)
    d.skip(8)
    if (kind === RAW_HEADER) rawHeader(d)
    if (end > d.end) return
    d.at = end
  }
}

defineProtocol({
  name: 'sflow',
  title: 'sFlow',
  short: 'sFlow',
  firstVisit: 'packets',
  accepts: { 'udp.port': [6343] },
  fields: { 'sflow_245.sampletype': u32('sFlow sample type') },
  decode(d, f) {
    const version = d.peek32(),
      addressSize = d.peek32(d.at + 4) === 2 ? 16 : 4,
      end = d.end
    d.setProtocol('sFlow')
    if (d.summary) d.setInfo(`V${version}`)
    if (version !== VERSION) return
    d.skip(8 + addressSize + 12)
    const samples = d.peek32()
    d.skip(4)
    for (let n = 0; n < Math.min(samples, MOST) && d.left >= 8; n++) {
      const kind = d.peek32() & 0xfff,
        next = d.at + 8 + d.peek32(d.at + 4)
      d.add(f['sflow_245.sampletype'], d.at, d.at + 4, kind)
      d.at += 8
      d.end = Math.min(end, next)
      if (kind === FLOW || kind === EXPANDED_FLOW)
        d.guard((decoder) => {
          flowSample(decoder, kind === FLOW ? FLOW_HEAD : EXPANDED_FLOW_HEAD)
        })
      d.end = end
      d.at = Math.min(end, next)
    }
    d.at = end
  },
})
