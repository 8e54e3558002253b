// Sums and sentences for link and network fields: lengths, hops, kinds of addresses, response times.
import type { Both } from '../card'
import { grouped, type Insight, type InsightRule } from './insight'
import { tcpInsights } from './tcp'

const ipHeader: InsightRule = (value) => tcpInsights['tcp.hdr_len']?.(value, { text: () => undefined, number: () => undefined }) ?? null

const hops: InsightRule = (value) => {
  const left = Number(value)
  const start = [64, 128, 255].find((limit) => left <= limit)
  if (!Number.isInteger(left) || left < 1 || start === undefined) return null
  const passed = start - left
  return {
    here:
      passed === 0
        ? [
            `Here: ${value} is a usual starting value, so the packet has probably passed no router yet.`,
            `此处：${value} 是常见的初始值，分组很可能尚未经过路由器。`,
          ]
        : [
            `Here: if it started at ${start}, it has passed ${passed} routers (inferred).`,
            `此处：若初始值为 ${start}，则已经过 ${passed} 个路由器（推断）。`,
          ],
  }
}

const KINDS: readonly (readonly [test: (a: number, b: number) => boolean, text: Both])[] = [
  [(a) => a === 0, ['an address that is not set yet', '尚未设定的地址']],
  [(a) => a === 127, ['this host itself (loopback)', '本机（环回地址）']],
  [(a) => a === 10, ['a private address, not reachable from the Internet (RFC 1918)', '私有地址，互联网无法直接到达（RFC 1918）']],
  [
    (a, b) => a === 172 && b >= 16 && b <= 31,
    ['a private address, not reachable from the Internet (RFC 1918)', '私有地址，互联网无法直接到达（RFC 1918）'],
  ],
  [
    (a, b) => a === 192 && b === 168,
    ['a private address, not reachable from the Internet (RFC 1918)', '私有地址，互联网无法直接到达（RFC 1918）'],
  ],
  [
    (a, b) => a === 169 && b === 254,
    ['an address the host gave itself, valid on the link only (RFC 3927)', '主机自行分配、仅在本链路有效的地址（RFC 3927）'],
  ],
  [(a, b) => a === 100 && b >= 64 && b <= 127, ['an address of a provider’s NAT (RFC 6598)', '运营商级 NAT 的地址（RFC 6598）']],
  [(a) => a >= 224 && a <= 239, ['a multicast group', '组播地址']],
]

const ipv4: InsightRule = (value) => {
  const parts = value.split('.').map(Number)
  const [a, b] = parts
  if (parts.length !== 4 || a === undefined || b === undefined) return null
  if (value === '255.255.255.255') return kind(value, ['everybody on the link (broadcast)', '本链路上的所有主机（广播）'])
  const found = KINDS.find(([test]) => test(a, b))
  return found === undefined ? null : kind(value, found[1])
}

const ipv6: InsightRule = (value) => {
  const text = value.toLowerCase()
  if (text === '::') return kind(value, ['an address that is not set yet', '尚未设定的地址'])
  if (text === '::1') return kind(value, ['this host itself (loopback)', '本机（环回地址）'])
  if (/^fe[89ab]/.test(text)) return kind(value, ['valid on the link only (link-local)', '仅在本链路有效（链路本地地址）'])
  if (/^f[cd]/.test(text)) return kind(value, ['a private address (unique local, RFC 4193)', '私有地址（唯一本地地址，RFC 4193）'])
  if (text === 'ff02::1') return kind(value, ['all nodes of the link', '本链路上的所有节点'])
  if (text === 'ff02::2') return kind(value, ['all routers of the link', '本链路上的所有路由器'])
  if (text.startsWith('ff02::1:ff'))
    return kind(value, ['the solicited-node group: few hosts share it, so few are disturbed', '被请求节点组播：共享者很少，打扰也少'])
  if (text.startsWith('ff')) return kind(value, ['a multicast group', '组播地址'])
  return null
}

const mac: InsightRule = (value) => {
  const text = value.toLowerCase()
  if (text === 'ff:ff:ff:ff:ff:ff') return kind(value, ['everybody on the link (broadcast)', '链路上的所有站点（广播）'])
  if (text.startsWith('01:00:5e')) return kind(value, ['an IPv4 multicast group', 'IPv4 组播'])
  if (text.startsWith('33:33')) return kind(value, ['an IPv6 multicast group', 'IPv6 组播'])
  const first = Number.parseInt(text.slice(0, 2), 16)
  if (Number.isNaN(first)) return null
  if ((first & 1) !== 0) return kind(value, ['a group of stations (multicast)', '一组站点（组播）'])
  return (first & 2) === 0 ? null : kind(value, ['an address set by software (locally administered)', '由软件设定的本地管理地址'])
}

function kind(value: string, text: Both): Insight {
  return { here: [`Here: ${value} is ${text[0]}.`, `此处：${value} 是${text[1]}。`] }
}

const udpLength: InsightRule = (value) => {
  const total = Number(value)
  if (!Number.isFinite(total) || total < 8) return null
  return {
    sum: {
      parts: [
        { value: grouped(total), label: ['length', '长度'] },
        { value: '8', label: ['UDP header', 'UDP 首部'] },
      ],
      signs: ['−'],
      result: { value: grouped(total - 8), label: ['data bytes', '数据字节'] },
    },
  }
}

const ipLength: InsightRule = (value, packet) => {
  const header = packet.number('ip.hdr_len')
  const total = Number(value)
  if (header === undefined || total < header) return null
  return {
    sum: {
      parts: [
        { value: grouped(total), label: ['total length', '总长度'] },
        { value: String(header), label: ['IP header', 'IP 首部'] },
      ],
      signs: ['−'],
      result: { value: grouped(total - header), label: ['data bytes', '数据字节'] },
    },
  }
}

const fragmentOffset: InsightRule = (value) => {
  const units = Number(value)
  if (!Number.isInteger(units) || units === 0) return null
  return {
    sum: {
      parts: [
        { value: grouped(units), label: ['in this header', '本首部中的值'] },
        { value: '8', label: ['bytes a unit', '每单位字节数'] },
      ],
      signs: ['×'],
      result: { value: grouped(units * 8), label: ['bytes', '字节'] },
    },
  }
}

const captured: InsightRule = (_value, packet) => {
  const wire = packet.number('frame.len')
  const kept = packet.number('frame.cap_len')
  if (wire === undefined || kept === undefined || kept >= wire) return null
  return {
    here: [
      `Here: ${grouped(wire - kept)} of ${grouped(wire)} bytes are not in the file.`,
      `此处：${grouped(wire)} 字节中有 ${grouped(wire - kept)} 字节不在文件中。`,
    ],
  }
}

/** Rules by field. */
export const networkInsights: Readonly<Record<string, InsightRule>> = {
  'ip.hdr_len': ipHeader,
  'ip.ttl': hops,
  'ipv6.hlim': hops,
  'ip.src': ipv4,
  'ip.dst': ipv4,
  'ipv6.src': ipv6,
  'ipv6.dst': ipv6,
  'eth.src': mac,
  'eth.dst': mac,
  'udp.length': udpLength,
  'ip.len': ipLength,
  'ipv6.fraghdr.offset': fragmentOffset,
  'frame.cap_len': captured,
  'frame.len': captured,
}
