// Capture filters (pcap-filter(7)) that were typed into the display-filter box, said again as display filters. Only what people usually type.

/** The display filter for a capture filter, or undefined when the text is none (or not one of the common ones). */
export function translateCaptureFilter(text: string): string | undefined {
  const words = text
    .replace(/&&/g, ' and ')
    .replace(/\|\|/g, ' or ')
    .replace(/([()!])/g, ' $1 ')
    .trim()
    .split(/\s+/)
  const reader: Reader = { words, at: 0 }
  const result = alternatives(reader)
  // A single word such as "tcp" means the same in both languages.
  return result !== undefined && reader.at === words.length && words.length > 1 ? result : undefined
}

interface Reader {
  readonly words: readonly string[]
  at: number
}

function accept(reader: Reader, ...words: readonly string[]): boolean {
  const word = reader.words[reader.at]
  if (word === undefined || !words.includes(word)) return false
  reader.at++
  return true
}

function alternatives(reader: Reader): string | undefined {
  let left = conjunction(reader)
  while (left !== undefined && accept(reader, 'or')) {
    const right = conjunction(reader)
    left = right === undefined ? undefined : `${left} || ${right}`
  }
  return left
}

function conjunction(reader: Reader): string | undefined {
  let left = negation(reader)
  while (left !== undefined && accept(reader, 'and')) {
    const right = negation(reader)
    left = right === undefined ? undefined : `${left} && ${right}`
  }
  return left
}

function negation(reader: Reader): string | undefined {
  if (accept(reader, 'not', '!')) {
    const inner = negation(reader)
    return inner === undefined ? undefined : `!(${inner})`
  }
  if (accept(reader, '(')) {
    const inner = alternatives(reader)
    return inner !== undefined && accept(reader, ')') ? `(${inner})` : undefined
  }
  return primitive(reader)
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  tcp: 'tcp',
  udp: 'udp',
  icmp: 'icmp',
  icmp6: 'icmpv6',
  arp: 'arp',
  rarp: 'arp',
  ip: 'ip',
  ip6: 'ipv6',
  vlan: 'vlan',
  igmp: 'igmp',
  sctp: 'sctp',
}
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/
const IPV4_NET = /^\d{1,3}(\.\d{1,3}){0,3}(\/\d{1,2})?$/
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*(\/\d{1,3})?$/i
const ETHER = /^([0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}$/i

function primitive(reader: Reader): string | undefined {
  const word = reader.words[reader.at]
  if (word === undefined) return undefined
  if (word === 'less' || word === 'greater') {
    reader.at++
    return size(word, reader.words[reader.at++])
  }
  if (word === 'ether') {
    reader.at++
    return etherPrimitive(reader)
  }
  const protocol = PROTOCOLS[word]
  if (protocol !== undefined) {
    reader.at++
    if (word === 'vlan' && /^\d+$/.test(reader.words[reader.at] ?? '')) return `vlan.id == ${reader.words[reader.at++] ?? ''}`
    const inner = qualified(reader, word === 'tcp' || word === 'udp' ? word : undefined)
    return inner ?? protocol
  }
  return qualified(reader, undefined)
}

/** [src|dst] host|net|port|portrange VALUE, or just [src|dst] ADDRESS. Leaves the reader alone when it is something else. */
function qualified(reader: Reader, transport: 'tcp' | 'udp' | undefined): string | undefined {
  const from = reader.at
  const side = accept(reader, 'src') ? 'src' : accept(reader, 'dst') ? 'dst' : undefined
  const kind = reader.words[reader.at] ?? ''
  const value = reader.words[reader.at + 1] ?? ''
  const result =
    kind === 'host' || kind === 'net'
      ? address(value, side)
      : kind === 'port'
        ? port(value, side, transport)
        : kind === 'portrange'
          ? portRange(value, side, transport)
          : undefined
  if (result !== undefined) {
    reader.at += 2
    return result
  }
  const bare = side === undefined ? undefined : address(kind, side)
  if (bare === undefined) reader.at = from
  else reader.at++
  return bare
}

function address(text: string, side: 'src' | 'dst' | undefined): string | undefined {
  if (IPV4_NET.test(text)) return `ip.${side ?? 'addr'} == ${IPV4.test(text) ? text : wholeNet(text)}`
  return IPV6.test(text) ? `ipv6.${side ?? 'addr'} == ${text}` : undefined
}

/** "10.1" is 10.1.0.0/16; "10.1.0.0/16" is itself. */
function wholeNet(text: string): string {
  const [digits = '', length] = text.split('/')
  const parts = digits.split('.')
  const padded = [...parts, '0', '0', '0'].slice(0, 4).join('.')
  return `${padded}/${length ?? String(parts.length * 8)}`
}

function port(text: string, side: 'src' | 'dst' | undefined, transport: 'tcp' | 'udp' | undefined): string | undefined {
  const number = PORTS[text] ?? text
  if (!/^\d{1,5}$/.test(number)) return undefined
  return portFields(side, transport, (field) => `${field} == ${number}`)
}

function portRange(text: string, side: 'src' | 'dst' | undefined, transport: 'tcp' | 'udp' | undefined): string | undefined {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text)
  if (match === null) return undefined
  return portFields(side, transport, (field) => `${field} in {${match[1] ?? ''}..${match[2] ?? ''}}`)
}

function portFields(side: 'src' | 'dst' | undefined, transport: 'tcp' | 'udp' | undefined, say: (field: string) => string): string {
  const name = `${side ?? ''}port`
  if (transport !== undefined) return say(`${transport}.${name}`)
  return `(${say(`tcp.${name}`)} || ${say(`udp.${name}`)})`
}

/** Service names that people type. */
const PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  domain: '53',
  dns: '53',
  ssh: '22',
  telnet: '23',
  smtp: '25',
  ftp: '21',
  bootps: '67',
  bootpc: '68',
  ntp: '123',
}

function size(word: string, value: string | undefined): string | undefined {
  if (value === undefined || !/^\d+$/.test(value)) return undefined
  return `frame.len ${word === 'less' ? '<=' : '>='} ${value}`
}

function etherPrimitive(reader: Reader): string | undefined {
  if (accept(reader, 'broadcast')) return 'eth.dst == ff:ff:ff:ff:ff:ff'
  if (accept(reader, 'multicast')) return 'eth.dst[0] & 1'
  const side = accept(reader, 'src') ? 'src' : accept(reader, 'dst') ? 'dst' : 'addr'
  accept(reader, 'host')
  const value = reader.words[reader.at] ?? ''
  if (!ETHER.test(value)) return undefined
  reader.at++
  return `eth.${side} == ${value.replaceAll('-', ':')}`
}
