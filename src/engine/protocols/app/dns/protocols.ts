// DNS over UDP and TCP (RFC 1035, 7766), mDNS (RFC 6762) and LLMNR (RFC 4795): three protocols with one field table. Over HTTPS (RFC 8484) it comes by its
// media type; DNS over TLS and QUIC reach the same decoder through their own layers.
import { defineProtocol, tcpPdus } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { DNS_FIELDS } from './fields'
import type { DnsFields } from './fields'
import { DNS_STATE_BYTES, dnsMessage } from './message'
import type { DnsVariant } from './record'

/** DNS over HTTPS (RFC 8484). */
const MEDIA_TYPE = 'application/dns-message'

/** Over TCP each message follows its length (RFC 1035, 4.2.2); a segment may hold several, and each is a row of its own. */
function decode(d: Decoder, f: DnsFields, variant: DnsVariant): void {
  const overHttps = d.key === MEDIA_TYPE
  if (d.packet.transport !== 'tcp' || overHttps) {
    try {
      dnsMessage(d, f, variant)
    } finally {
      // whatever became of it
      if (overHttps) d.setProtocol('DoH')
    }
    return
  }
  let messages = 0
  tcpPdus(
    d,
    2,
    (decoder, at) => decoder.peek16(at) + 2,
    (decoder) => {
      if (messages++ > 0) decoder.furtherRow()
      decoder.layerEnds(decoder.end)
      decoder.u16(f['dns.length'])
      dnsMessage(decoder, f, variant)
    },
  )
}

/**
 * Whether a datagram on ports of nobody is DNS, as tshark 4.0.17 tells it (found by trial): a header and more, the opcode of a standard query, and counts that
 * a query (one question, nothing answered) or a response has.
 */
function looksLikeDns(d: Decoder): boolean {
  if (d.end - d.at <= 12 || !d.has(12)) return false
  const flags = d.peek16(d.at + 2),
    [questions, answers, authorities, additional] = [4, 6, 8, 10].map((at) => d.peek16(d.at + at)) as [number, number, number, number]
  if ((flags & 0x7800) !== 0 || additional > 10) return false
  return flags & 0x8000 ? questions <= 1 && answers <= 100 && authorities <= 10 : questions === 1 && answers === 0 && authorities === 0
}

export const dns = defineProtocol({
  name: 'dns',
  title: 'Domain Name System',
  short: 'DNS',
  accepts: { 'udp.port': [53], 'tcp.port': [53], 'sctp.port': [53], 'tls.port': [853], 'tls.alpn': ['dot'], media_type: [MEDIA_TYPE] },
  heuristic: ['udp'],
  recognises: looksLikeDns,
  stateInHead: 2 + DNS_STATE_BYTES,
  fields: DNS_FIELDS,
  decode(d, f) {
    decode(d, f, 'dns')
  },
})

export const mdns = defineProtocol({
  name: 'mdns',
  title: 'Multicast Domain Name System',
  short: 'MDNS',
  accepts: { 'udp.port': [5353], 'tcp.port': [5353] },
  stateInHead: 2 + DNS_STATE_BYTES,
  fields: DNS_FIELDS,
  decode(d, f) {
    decode(d, f, 'mdns')
  },
})

export const llmnr = defineProtocol({
  name: 'llmnr',
  title: 'Link-local Multicast Name Resolution',
  short: 'LLMNR',
  accepts: { 'udp.port': [5355], 'tcp.port': [5355] },
  stateInHead: 2 + DNS_STATE_BYTES,
  fields: DNS_FIELDS,
  decode(d, f) {
    decode(d, f, 'llmnr')
  },
})
