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

export const dns = defineProtocol({
  name: 'dns',
  title: 'Domain Name System',
  short: 'DNS',
  accepts: { 'udp.port': [53], 'tcp.port': [53], 'sctp.port': [53], 'tls.port': [853], 'tls.alpn': ['dot'], media_type: [MEDIA_TYPE] },
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
