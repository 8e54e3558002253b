// SVCB and HTTPS records (RFC 9460): priority, target and a list of keyed parameters.
import { encodeBase64 } from '../../../bytes/base64'
import { hex, ipv4Text, ipv6Text } from '../../../bytes/text'
import { SVC_PARAMS } from '../../../values/dns'
import { asciiText } from '../../../dissect/domain-name'
import type { RecordData } from './record'

/** Reads the data of an SVCB or HTTPS record. */
export function serviceBinding(r: RecordData): void {
  const { d, f } = r
  d.u16(f['dns.svcb.svcpriority'])
  r.name(f['dns.svcb.targetname'])
  while (r.left > 0) parameter(r)
}

function parameter(r: RecordData): void {
  const { d, f } = r,
    at = d.at
  d.require(4)
  const length = d.peek16(at + 2)
  d.require(4 + length)
  d.range(f['dns.svcb.svcparam'], at, at + 4 + length)
  const node = d.last,
    outer = d.enter(),
    key = d.u16(f['dns.svcb.svcparam.key'])
  d.u16(f['dns.svcb.svcparam.value.length'])
  const words = value(r, key, d.at + length)
  if (d.labels) d.tree.labels[node] = `SvcParam: ${SVC_PARAMS[key] ?? `key${key}`}${words ? `=${words}` : ''}`
  d.leave(outer)
}

/** Reads a parameter's value and returns its presentation form. */
function value(r: RecordData, key: number, end: number): string {
  const { d, f } = r,
    words: string[] = [],
    length = end - d.at
  switch (key) {
    case 0:
      while (d.at < end) {
        const mandatory = d.u16(f['dns.svcb.svcparam.mandatory.key'])
        words.push(SVC_PARAMS[mandatory] ?? `key${mandatory}`)
      }
      return words.join(',')
    case 1:
      while (d.at < end) words.push(r.counted(f['dns.svcb.svcparam.alpn.length'], f['dns.svcb.svcparam.alpn']))
      return words.join(',')
    case 2:
      if (length > 0) d.span(f['dns.svcb.svcparam.value'], length)
      return ''
    case 3:
      return String(d.u16(f['dns.svcb.svcparam.port']))
    case 4:
      while (d.at < end) {
        const at = d.at
        d.span(f['dns.svcb.svcparam.ipv4hint.ip'], 4)
        if (d.labels) words.push(ipv4Text(d.slice(at, at + 4)))
      }
      return words.join(',')
    case 6:
      while (d.at < end) {
        const at = d.at
        d.span(f['dns.svcb.svcparam.ipv6hint.ip'], 16)
        if (d.labels) words.push(ipv6Text(d.slice(at, at + 16)))
      }
      return words.join(',')
    case 5:
    case 32769: {
      const bytes = d.slice(d.at, end)
      d.span(key === 5 ? f['dns.svcb.svcparam.echconfig'] : f['dns.svcb.svcparam.odohconfig'], length)
      if (!d.labels) return ''
      const text = encodeBase64(bytes)
      d.label(`${key === 5 ? 'ECHConfig' : 'ODoHConfig'}: ${text}`)
      return text
    }
    default: {
      const at = d.at
      if (length > 0) d.span(f['dns.svcb.svcparam.value'], length)
      if (!d.labels) return ''
      const text = asciiText(d, at, end)
      return text.includes('\ufffd') ? hex(d.slice(at, end)) : text
    }
  }
}
