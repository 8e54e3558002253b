// DNS over UDP and TCP (RFC 1035, 7766), mDNS (RFC 6762) and LLMNR (RFC 4795): three protocols with one field table. DNS over TLS, HTTPS and QUIC reach
// the same decoder through their own layers.
import { defineProtocol, tcpPdus } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { DNS_FIELDS } from './fields'
import type { DnsFields } from './fields'
import { dnsMessage } from './message'
import type { DnsVariant } from './record'

/** Over TCP each message follows its length (RFC 1035, 4.2.2); a segment may hold several, and each is a row of its own. */
function decode(d: Decoder, f: DnsFields, variant: DnsVariant): void {
  if (d.packet.transport !== 'tcp') {
    dnsMessage(d, f, variant)
    return
  }
  let messages = 0
  tcpPdus(d, 2, (decoder, at) => decoder.peek16(at) + 2, (decoder) => {
    if (messages++ > 0) decoder.furtherRow()
    decoder.layerEnds(decoder.end)
    decoder.u16(f['dns.length'])
    dnsMessage(decoder, f, variant)
  })
}

export const dns = defineProtocol({
  name: 'dns',
  title: 'Domain Name System',
  short: 'DNS',
  accepts: { 'udp.port': [53], 'tcp.port': [53], 'sctp.port': [53] },
  fields: DNS_FIELDS,
  decode(d, f) {
    decode(d, f, 'dns')
  }
})

export const mdns = defineProtocol({
  name: 'mdns',
  title: 'Multicast Domain Name System',
  short: 'MDNS',
  accepts: { 'udp.port': [5353], 'tcp.port': [5353] },
  fields: DNS_FIELDS,
  decode(d, f) {
    decode(d, f, 'mdns')
  }
})

export const llmnr = defineProtocol({
  name: 'llmnr',
  title: 'Link-local Multicast Name Resolution',
  short: 'LLMNR',
  accepts: { 'udp.port': [5355], 'tcp.port': [5355] },
  fields: DNS_FIELDS,
  decode(d, f) {
    decode(d, f, 'llmnr')
  }
})
