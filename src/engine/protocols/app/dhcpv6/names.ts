// Domain names in DHCPv6 options (RFC 8415, 10): DNS's labels without compression; a name without its ending zero is partial.
import { utf8Text } from '../../../bytes/text'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { Dhcpv6Fields } from './fields'

const LONGEST_LABEL = 63

/** Reads all names between d.at and `end` into one field. A name of one label, the root alone and partial names are said to be that. */
export function domainNames(d: Decoder, f: Dhcpv6Fields, field: FieldId<'string'>, end: number): void {
  d.require(end - d.at)
  for (let names = 0; d.at < end; names++) {
    const start = d.at,
      labels: string[] = []
    let isComplete = false
    while (d.at < end && !isComplete) {
      const length = d.peek8()
      if (length > LONGEST_LABEL || d.at + 1 + length > end) {
        bad(d, f, start, end, length > LONGEST_LABEL, labels)
        return
      }
      if (length === 0) isComplete = true
      else labels.push(utf8Text(d.bytes, d.at + 1, d.at + 1 + length))
      d.skip(1 + length)
    }
    row(d, f, field, start, labels, isComplete, names)
  }
}

function row(
  d: Decoder,
  f: Dhcpv6Fields,
  field: FieldId<'string'>,
  start: number,
  labels: readonly string[],
  isComplete: boolean,
  namesBefore: number,
): void {
  const end = d.at,
    text = labels.join('.')
  if (!isComplete) {
    const follows = namesBefore > 0
    d.value(follows ? f['dhcpv6.partial_name_preceded_by_fqdn'] : field, start, end, text)
    if (follows) d.expert(f['dhcpv6.expert.partial_name_preceded_by_fqdn'], start, end, '', d.last)
    else if (d.labels) d.label(`Partial domain name: ${text}`)
  } else if (labels.length === 0) {
    d.value(f['dhcpv6.root_only_domain_name'], start, end, '.')
    d.expert(f['dhcpv6.expert.root_only_domain_name'], start, end, '', d.last)
  } else if (labels.length === 1) {
    d.value(f['dhcpv6.tld'], start, end, `${text}.`)
    d.expert(f['dhcpv6.expert.tld_lookup'], start, end, '', d.last)
  } else d.value(field, start, end, `${text}.`)
}

function bad(d: Decoder, f: Dhcpv6Fields, start: number, end: number, isNoLabel: boolean, labels: readonly string[]): void {
  d.note(start, end, labels.length ? `Name cannot be read behind "${labels.join('.')}"` : 'Name cannot be read')
  const field = isNoLabel ? f['dhcpv6.expert.name_not_dns_encoded'] : f['dhcpv6.expert.domain_field_length_exceeded']
  d.expert(field, start, end, '', d.last)
  d.at = end
}
