// Synthetic packets for interface tests: any number of them, each computed from its number, so ten million cost nothing.
import type { PacketDetail, ProtocolClass, TreeRow } from '../../../src/shared/contract'

/** The summary of one synthetic packet. */
export interface FakePacket {
  readonly number: number
  readonly timeNs: number
  readonly source: string
  readonly destination: string
  readonly protocol: string
  readonly protocolClass: ProtocolClass
  readonly length: number
  readonly info: string
  readonly severity: number
  readonly stream: number
}

const CLIENT = '10.77.0.1'
const SERVER = '10.88.0.80'

/** Twenty kinds of packets repeat; streams and ports change with each round. */
const ROUND = 20

/** The packet of a number, from 1. `total` packets last `seconds` seconds, with a gap of a quarter of that in the middle. */
export function fakePacket(number: number, total: number, seconds: number): FakePacket {
  const kind = (number - 1) % ROUND
  const round = Math.floor((number - 1) / ROUND)
  const share = (number - 1) / Math.max(1, total - 1)
  const spread = share < 0.5 ? share * 0.75 : 0.25 + share * 0.75
  const timeNs = Math.round(spread * seconds * 1e9)
  const port = 40000 + ((round * 7) % 20000)
  const out = { number, timeNs, source: CLIENT, destination: SERVER, stream: round, severity: 0 }
  const back = { ...out, source: SERVER, destination: CLIENT }
  const ports = `${String(port)} → 80`
  switch (kind) {
    case 0:
      return {
        ...out,
        destination: '10.77.0.53',
        protocol: 'DNS',
        protocolClass: 'dns',
        length: 76,
        info: `Standard query 0x${hex(round, 4)} A www.example.test`,
      }
    case 1:
      return {
        ...back,
        source: '10.77.0.53',
        protocol: 'DNS',
        protocolClass: 'dns',
        length: 111,
        info: `Standard query response 0x${hex(round, 4)} A www.example.test CNAME edge.example.test A 10.88.0.80`,
      }
    case 2:
      return {
        ...out,
        source: 'ce:2e:c8:c1:5d:04',
        destination: 'Broadcast',
        protocol: 'ARP',
        protocolClass: 'arp',
        length: 42,
        info: 'Who has 10.77.0.254? Tell 10.77.0.1',
      }
    case 3:
      return {
        ...out,
        source: '5e:25:e2:9b:f0:85',
        destination: 'ce:2e:c8:c1:5d:04',
        protocol: 'ARP',
        protocolClass: 'arp',
        length: 42,
        info: '10.77.0.254 is at 5e:25:e2:9b:f0:85',
      }
    case 4:
      return { ...out, protocol: 'TCP', protocolClass: 'tcp', length: 74, info: `${ports} [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM` }
    case 5:
      return {
        ...back,
        protocol: 'TCP',
        protocolClass: 'tcp',
        length: 74,
        info: `80 → ${String(port)} [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0 MSS=1460 SACK_PERM`,
      }
    case 7:
      return { ...out, protocol: 'HTTP', protocolClass: 'http', length: 508, info: 'GET /old HTTP/1.1 ' }
    case 9:
      return { ...back, protocol: 'HTTP', protocolClass: 'http', length: 461, info: 'HTTP/1.1 301 Moved Permanently  (text/html)' }
    case 11:
      return {
        ...out,
        protocol: 'TCP',
        protocolClass: 'tcp',
        length: 1514,
        severity: 2,
        info: `[TCP Retransmission] ${ports} [ACK] Seq=443 Ack=396 Win=64512 Len=1448`,
      }
    case 12:
      return {
        ...out,
        destination: '10.88.0.2',
        protocol: 'TLSv1.3',
        protocolClass: 'tls',
        length: 583,
        info: 'Client Hello (SNI=www.example.test)',
      }
    case 13:
      return {
        ...back,
        source: '10.88.0.2',
        protocol: 'TLSv1.3',
        protocolClass: 'tls',
        length: 1514,
        info: 'Server Hello, Change Cipher Spec, Application Data',
      }
    case 14:
      return { ...back, source: '10.88.0.2', protocol: 'TLSv1.3', protocolClass: 'tls', length: 903, info: 'Application Data' }
    case 15:
      return { ...out, destination: '10.88.0.9', protocol: 'UDP', protocolClass: 'udp', length: 62, info: `${String(port)} → 9999 Len=20` }
    case 16:
      return {
        ...back,
        source: '10.77.0.254',
        protocol: 'ICMP',
        protocolClass: 'icmp',
        length: 90,
        info: 'Destination unreachable (Port unreachable)',
      }
    case 17:
      return {
        ...back,
        protocol: 'HTTP',
        protocolClass: 'http',
        length: 521,
        severity: 3,
        info: '[TCP ACKed unseen segment] HTTP/1.1 200 OK  (text/javascript)',
      }
    case 19:
      return {
        ...out,
        protocol: 'TCP',
        protocolClass: 'tcp',
        length: 66,
        severity: 1,
        info: `${ports} [FIN, ACK] Seq=443 Ack=396 Win=64512 Len=0`,
      }
    default:
      return {
        ...(kind % 2 === 0 ? out : back),
        protocol: 'TCP',
        protocolClass: 'tcp',
        length: 66,
        info: `${ports} [ACK] Seq=1 Ack=1 Win=64512 Len=0`,
      }
  }
}

function hex(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, '0').slice(-digits)
}

const HTTP_TEXT =
  'GET /old HTTP/1.1\r\nHost: www.example.test\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate\r\nAccept-Language: en-US,en;q=0.9\r\n\r\n'

interface Draft extends Partial<TreeRow> {
  readonly depth: number
  readonly label: string
}

function rows(drafts: readonly Draft[]): TreeRow[] {
  return drafts.map((draft, index) => ({
    field: '',
    value: '',
    filter:
      draft.field === undefined || draft.field === '' ? null : draft.value === undefined ? draft.field : `${draft.field} == ${draft.value}`,
    source: 0,
    start: 0,
    end: 0,
    generated: false,
    severity: 0,
    protocol: '',
    frame: 0,
    ...draft,
    parent: (drafts[index + 1]?.depth ?? 0) > draft.depth,
  }))
}

/** The dissected form of a synthetic packet. */
export function fakeDetail(packet: FakePacket, comments: readonly string[]): PacketDetail {
  const bytes = new Uint8Array(packet.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 37 + packet.number * 11) & 0xff
  const isHttp = packet.protocol === 'HTTP' && packet.info.startsWith('GET')
  if (isHttp) for (let i = 0; i < HTTP_TEXT.length && 66 + i < bytes.length; i++) bytes[66 + i] = HTTP_TEXT.charCodeAt(i)
  const length = packet.length
  const app = packet.protocolClass
  const isArp = app === 'arp'
  const hasTcp = app === 'tcp' || app === 'http' || app === 'tls'
  const top = hasTcp ? 66 : 42
  const drafts: Draft[] = [
    {
      depth: 0,
      label: `Frame ${String(packet.number)}: ${String(length)} bytes on wire (${String(length * 8)} bits), ${String(length)} bytes captured (${String(length * 8)} bits)`,
      field: 'frame',
      protocol: 'frame',
      end: length,
    },
    { depth: 1, label: `Frame Number: ${String(packet.number)}`, field: 'frame.number', value: String(packet.number), protocol: 'frame' },
    { depth: 1, label: `Frame Length: ${String(length)} bytes`, field: 'frame.len', value: String(length), protocol: 'frame' },
    { depth: 1, label: `[Protocols in frame: eth:ethertype:ip:tcp]`, field: 'frame.protocols', generated: true, protocol: 'frame' },
    ...comments.map((text): Draft => ({ depth: 1, label: `Comment: ${text}`, field: 'frame.comment', protocol: 'frame', severity: 1 })),
    { depth: 0, label: 'Ethernet II, Src: ce:2e:c8:c1:5d:04, Dst: 5e:25:e2:9b:f0:85', field: 'eth', protocol: 'eth', start: 0, end: 14 },
    { depth: 1, label: 'Destination: 5e:25:e2:9b:f0:85', field: 'eth.dst', value: '5e:25:e2:9b:f0:85', protocol: 'eth', start: 0, end: 6 },
    { depth: 1, label: 'Source: ce:2e:c8:c1:5d:04', field: 'eth.src', value: 'ce:2e:c8:c1:5d:04', protocol: 'eth', start: 6, end: 12 },
    {
      depth: 1,
      label: `Type: ${isArp ? 'ARP (0x0806)' : 'IPv4 (0x0800)'}`,
      field: 'eth.type',
      value: isArp ? '0x0806' : '0x0800',
      protocol: 'eth',
      start: 12,
      end: 14,
    },
  ]
  const layers = [{ protocol: 'eth', title: 'Ethernet II', short: 'Eth', source: 0, start: 0, end: 14 }]
  if (isArp) {
    drafts.push(
      { depth: 0, label: 'Address Resolution Protocol (request)', field: 'arp', protocol: 'arp', start: 14, end: length },
      { depth: 1, label: 'Opcode: request (1)', field: 'arp.opcode', value: '1', protocol: 'arp', start: 20, end: 22 },
      {
        depth: 1,
        label: 'Sender IP address: 10.77.0.1',
        field: 'arp.src.proto_ipv4',
        value: '10.77.0.1',
        protocol: 'arp',
        start: 28,
        end: 32,
      },
    )
    layers.push({ protocol: 'arp', title: 'Address Resolution Protocol', short: 'ARP', source: 0, start: 14, end: length })
  } else {
    drafts.push(
      {
        depth: 0,
        label: `Internet Protocol Version 4, Src: ${packet.source}, Dst: ${packet.destination}`,
        field: 'ip',
        protocol: 'ip',
        start: 14,
        end: 34,
      },
      { depth: 1, label: '0100 .... = Version: 4', field: 'ip.version', value: '4', protocol: 'ip', start: 14, end: 15 },
      {
        depth: 1,
        label: 'Differentiated Services Field: 0x00 (DSCP: CS0, ECN: Not-ECT)',
        field: 'ip.dsfield',
        value: '0x00',
        protocol: 'ip',
        start: 15,
        end: 16,
      },
      {
        depth: 2,
        label: '0000 00.. = Differentiated Services Codepoint: Default (0)',
        field: 'ip.dsfield.dscp',
        value: '0',
        protocol: 'ip',
        start: 15,
        end: 16,
      },
      { depth: 1, label: 'Time to Live: 64', field: 'ip.ttl', value: '64', protocol: 'ip', start: 22, end: 23 },
      { depth: 1, label: `Source Address: ${packet.source}`, field: 'ip.src', value: packet.source, protocol: 'ip', start: 26, end: 30 },
      {
        depth: 1,
        label: `Destination Address: ${packet.destination}`,
        field: 'ip.dst',
        value: packet.destination,
        protocol: 'ip',
        start: 30,
        end: 34,
      },
    )
    layers.push({ protocol: 'ip', title: 'Internet Protocol Version 4', short: 'IPv4', source: 0, start: 14, end: 34 })
  }
  if (hasTcp) {
    drafts.push(
      {
        depth: 0,
        label: `Transmission Control Protocol, Src Port: 42704, Dst Port: 80, Seq: 1, Ack: 1, Len: ${String(Math.max(0, length - 66))}`,
        field: 'tcp',
        protocol: 'tcp',
        start: 34,
        end: 66,
      },
      { depth: 1, label: 'Source Port: 42704', field: 'tcp.srcport', value: '42704', protocol: 'tcp', start: 34, end: 36 },
      { depth: 1, label: 'Destination Port: 80', field: 'tcp.dstport', value: '80', protocol: 'tcp', start: 36, end: 38 },
      {
        depth: 1,
        label: `[Stream index: ${String(packet.stream)}]`,
        field: 'tcp.stream',
        value: String(packet.stream),
        protocol: 'tcp',
        generated: true,
      },
      {
        depth: 1,
        label: 'Sequence Number: 1    (relative sequence number)',
        field: 'tcp.seq',
        value: '1',
        protocol: 'tcp',
        start: 38,
        end: 42,
      },
      {
        depth: 1,
        label: 'Acknowledgment Number: 1    (relative ack number)',
        field: 'tcp.ack',
        value: '1',
        protocol: 'tcp',
        start: 42,
        end: 46,
      },
      { depth: 1, label: 'Flags: 0x018 (PSH, ACK)', field: 'tcp.flags', value: '0x0018', protocol: 'tcp', start: 46, end: 48 },
      { depth: 2, label: '...1 .... = Acknowledgment: Set', field: 'tcp.flags.ack', value: '1', protocol: 'tcp', start: 47, end: 48 },
      { depth: 2, label: '.... 1... = Push: Set', field: 'tcp.flags.push', value: '1', protocol: 'tcp', start: 47, end: 48 },
      { depth: 1, label: 'Window: 63', field: 'tcp.window_size_value', value: '63', protocol: 'tcp', start: 48, end: 50 },
      {
        depth: 1,
        label: '[Calculated window size: 64512]',
        field: 'tcp.window_size',
        value: '64512',
        protocol: 'tcp',
        start: 48,
        end: 50,
        generated: true,
      },
      {
        depth: 1,
        label: 'Options: (12 bytes), No-Operation (NOP), No-Operation (NOP), Timestamps',
        field: 'tcp.options',
        protocol: 'tcp',
        start: 54,
        end: 66,
      },
      { depth: 2, label: 'TCP Option - Timestamps', field: 'tcp.options.timestamp', protocol: 'tcp', start: 56, end: 66 },
    )
    if (packet.severity > 1)
      drafts.push({
        depth: 1,
        label: `[Expert Info (Note/Sequence): This frame is a (suspected) retransmission]`,
        field: '_ws.expert',
        protocol: 'tcp',
        generated: true,
        severity: packet.severity,
      })
    layers.push({ protocol: 'tcp', title: 'Transmission Control Protocol', short: 'TCP', source: 0, start: 34, end: Math.min(66, length) })
  } else if (!isArp) {
    const name = app === 'icmp' ? 'Internet Control Message Protocol' : 'User Datagram Protocol, Src Port: 42704, Dst Port: 53'
    const proto = app === 'icmp' ? 'icmp' : 'udp'
    drafts.push(
      { depth: 0, label: name, field: proto, protocol: proto, start: 34, end: 42 },
      {
        depth: 1,
        label: 'Checksum: 0x16d6 [unverified]',
        field: `${proto}.checksum`,
        value: '0x16d6',
        protocol: proto,
        start: 40,
        end: 42,
      },
    )
    layers.push({ protocol: proto, title: name, short: proto.toUpperCase(), source: 0, start: 34, end: 42 })
  }
  const related: PacketDetail['related'] = []
  if (isHttp) {
    drafts.push({ depth: 0, label: 'Hypertext Transfer Protocol', field: 'http', protocol: 'http', start: 66, end: length })
    let at = 66
    HTTP_TEXT.split('\r\n')
      .slice(0, -2)
      .forEach((line, index) => {
        const end = at + line.length + 2
        const [name = '', ...rest] = line.split(': ')
        if (index === 0) {
          drafts.push(
            { depth: 1, label: `${line}\\r\\n`, field: 'http.request.line', protocol: 'http', start: at, end },
            {
              depth: 2,
              label: 'Request Method: GET',
              field: 'http.request.method',
              value: '"GET"',
              protocol: 'http',
              start: at,
              end: at + 3,
            },
          )
        } else
          drafts.push({
            depth: 1,
            label: `${line}\\r\\n`,
            field: `http.${name.toLowerCase().replace(/-/g, '_')}`,
            value: JSON.stringify(rest.join(': ')),
            protocol: 'http',
            start: at,
            end,
          })
        at = end
      })
    drafts.push({
      depth: 1,
      label: `[Response in frame: ${String(packet.number + 2)}]`,
      field: 'http.response_in',
      value: String(packet.number + 2),
      protocol: 'http',
      generated: true,
      frame: packet.number + 2,
    })
    layers.push({ protocol: 'http', title: 'Hypertext Transfer Protocol', short: 'HTTP', source: 0, start: 66, end: length })
    related.push({ number: packet.number + 2, kind: 'response' })
  } else if (hasTcp && length > 66) {
    const title = app === 'tls' ? 'Transport Layer Security' : app === 'http' ? 'Hypertext Transfer Protocol' : 'Data'
    const proto = app === 'tls' ? 'tls' : app === 'http' ? 'http' : 'data'
    drafts.push({ depth: 0, label: title, field: proto, protocol: proto, start: top, end: length })
    if (app === 'tls')
      drafts.push({
        depth: 1,
        label: 'Content Type: Handshake (22)',
        field: 'tls.record.content_type',
        value: '22',
        protocol: 'tls',
        start: 66,
        end: 67,
      })
    layers.push({ protocol: proto, title, short: proto.toUpperCase(), source: 0, start: top, end: length })
    if (app === 'http') related.push({ number: Math.max(1, packet.number - 2), kind: 'request' })
  } else if (app === 'dns') {
    drafts.push(
      { depth: 0, label: 'Domain Name System (query)', field: 'dns', protocol: 'dns', start: 42, end: length },
      { depth: 1, label: 'Transaction ID: 0xef46', field: 'dns.id', value: '0xef46', protocol: 'dns', start: 42, end: 44 },
    )
    layers.push({ protocol: 'dns', title: 'Domain Name System', short: 'DNS', source: 0, start: 42, end: length })
  }
  const sources = [{ name: `Frame (${String(length)} bytes)`, bytes: btoa(String.fromCharCode(...bytes)) }]
  if (app === 'http') sources.push({ name: 'De-chunked entity body (166 bytes)', bytes: btoa('<html>hello</html>\n'.repeat(9)) })
  return {
    number: packet.number,
    tree: rows(drafts),
    sources,
    layers,
    protocolClass: app,
    protocol: packet.protocol,
    info: packet.info,
    comments: [...comments],
    related,
  }
}
