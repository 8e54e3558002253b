// What only the dissection of a packet knows: options of a segment, and the message of the protocol above. Asked for rows that are drawn, not before.
import { escapeText } from '../bytes/text'
import type { Decoder } from '../dissect/decoder'
import { fieldText } from '../dissect/format'
import { fieldByName } from '../dissect/registry'
import type { Trace } from '../index/trace'
import { count } from './format'
import type { Message } from './ladder'
import type { Tone } from './tones'

/** Longest text of a message in a diagram; the rest is in the packet. */
const MAX_TEXT = 120
const TRANSPORTS = new Set(['TCP', 'UDP', 'SCTP'])
const TONES: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ['HTTP', 'http'],
  ['HTTP2', 'http'],
  ['DNS', 'dns'],
  ['MDNS', 'dns'],
  ['TLS', 'tls'],
  ['TLSv1', 'tls'],
  ['TLSv1.1', 'tls'],
  ['TLSv1.2', 'tls'],
  ['TLSv1.3', 'tls'],
  ['SSL', 'tls'],
])

/** A packet as the list shows it. */
export interface PacketTexts {
  readonly protocol: string
  readonly info: string
}

/** Protocol and Info of a packet. */
export function packetTexts(trace: Trace, frame: number): PacketTexts {
  const decoder = trace.dissect(frame, { summary: true, labels: false })
  return { protocol: decoder.protocolColumn, info: shortened(escapeText(decoder.infoColumn)) }
}

/** The message of a protocol above the transport that is complete with this packet. */
export function messageOf(trace: Trace, frame: number): Message | undefined {
  const { protocol, info } = packetTexts(trace, frame)
  if (protocol === '' || TRANSPORTS.has(protocol)) return undefined
  return { protocol, text: info.trim(), tone: toneOfProtocol(protocol) }
}

/** Colour role of a protocol. */
export function toneOfProtocol(protocol: string): Tone {
  return TONES.get(protocol) ?? 'fg2'
}

function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text
}

/** Options of a SYN as the diagram writes them: "MSS 1460  WS 1024  SACK". */
export function synOptions(trace: Trace, frame: number): string[] {
  const decoder = trace.dissect(frame, { summary: false, labels: false })
  const mss = valueOf(decoder, 'tcp.options.mss_val')
  const scale = valueOf(decoder, 'tcp.options.wscale.multiplier')
  return [
    ...(mss === undefined ? [] : [`MSS ${mss}`]),
    ...(scale === undefined ? [] : [`WS ${scale}`]),
    ...(has(decoder, 'tcp.options.sack_perm') ? ['SACK'] : []),
  ]
}

/** Options of any segment: time stamps and SACK ranges, in relative numbers. */
export function segmentOptions(trace: Trace, frame: number): string[] {
  const decoder = trace.dissect(frame, { summary: false, labels: false })
  const value = valueOf(decoder, 'tcp.options.timestamp.tsval')
  const echo = valueOf(decoder, 'tcp.options.timestamp.tsecr')
  const lefts = valuesOf(decoder, 'tcp.options.sack_le')
  const rights = valuesOf(decoder, 'tcp.options.sack_re')
  return [
    ...lefts.map((left, index) => `SACK ${count(Number(left))}–${count(Number(rights[index] ?? left) - 1)}`),
    ...(value === undefined ? [] : [`TS ${value}/${echo ?? '0'}`]),
  ]
}

function has(decoder: Decoder, name: string): boolean {
  const id = fieldByName(name)?.id
  return id !== undefined && decoder.tree.find(id) >= 0
}

/** The first value of a field as text, or undefined. */
export function valueOf(decoder: Decoder, name: string): string | undefined {
  return valuesOf(decoder, name)[0]
}

function valuesOf({ tree }: Decoder, name: string): string[] {
  const id = fieldByName(name)?.id
  const values: string[] = []
  if (id === undefined) return values
  for (let node = 0; node < tree.count; node++) if (tree.field(node) === id) values.push(fieldText(tree, node))
  return values
}
