// User Datagram Protocol (RFC 768) and UDP-Lite (RFC 3828).
// Not covered: rows of the sending process (they need exports of the capturing host).
import { expectedChecksum, foldSum, internetSum } from '../../bytes/checksum'
import { CONVERSATIONS, enterConversation, rememberedProtocol } from '../../dissect/conversation'
import { bytes, defineProtocol, expert, relativeTime, string, u16, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import { elapsedSince } from '../../dissect/elapsed'
import { heuristicList } from '../../dissect/registry'
import type { FieldIds } from '../../dissect/registry'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../values/checksum-status'

const fields = {
  'udp.srcport': u16('Source Port'),
  'udp.dstport': u16('Destination Port'),
  'udp.port': u16('Source or Destination Port', { hidden: true }),
  'udp.stream': u32('Stream index', { generated: true }),
  'udp.length': u16('Length'),
  'udp.checksum': u16('Checksum', { base: 'hex' }),
  'udp.checksum_calculated': u16('Calculated Checksum', { base: 'hex', generated: true }),
  'udp.checksum.status': u8('Checksum Status', CHECKSUM_STATUS_FIELD),
  'udp.checksum_coverage': u16('Checksum coverage'),
  'udp.time_relative': relativeTime('Time since first frame', { generated: true }),
  'udp.time_delta': relativeTime('Time since previous frame', { generated: true }),
  'udp.payload': bytes('Payload'),
  'udp.pdu.size': u32('PDU Size', { generated: true }),
  'udp.possible_traceroute': expert('chat', 'sequence', 'Possible traceroute'),
  'udp.length.bad': expert('error', 'malformed', 'Bad length value'),
  'udp.length.bad_zero': expert('warning', 'malformed', 'Length is zero but payload < 65536'),
  'udplite.checksum_coverage.bad': expert('error', 'malformed', 'Bad checksum coverage length value'),
  'udp.checksum.zero': expert('error', 'checksum', 'Illegal checksum value (0)'),
  'udp.checksum.bad': expert('error', 'checksum', 'Bad checksum'),
  'udp.proc.srcuname': string('Source process user name'),
} as const
type Ids = FieldIds<typeof fields>

export const udp = defineProtocol({
  name: 'udp',
  title: 'User Datagram Protocol',
  short: 'UDP',
  accepts: { 'ip.proto': [17] },
  fields,
  decode: (d, f) => datagram(d, f, false),
})

export const udplite = defineProtocol({
  name: 'udplite',
  title: 'Lightweight User Datagram Protocol',
  short: 'UDPlite',
  accepts: { 'ip.proto': [136] },
  fields,
  decode: (d, f) => datagram(d, f, true),
})

function datagram(d: Decoder, f: Ids, lite: boolean): void {
  const start = d.at,
    p = d.packet
  d.setProtocol(lite ? 'UDPlite' : 'UDP')
  d.setInfo('')
  const source = d.u16(f['udp.srcport']),
    destination = d.u16(f['udp.dstport'])
  p.sourcePort = source
  p.destinationPort = destination
  if (d.summary) d.setInfo(`${source} \u2192 ${destination}`)
  if (d.labels)
    d.tree.labels[d.layerNode] = `${lite ? 'Lightweight ' : ''}User Datagram Protocol, Src Port: ${source}, Dst Port: ${destination}`
  d.add(f['udp.port'], start, start + 2, source)
  d.add(f['udp.port'], start + 2, start + 4, destination)
  const traceroute = destination > 33433 && destination < 33534
  if (traceroute) {
    const hop = Math.floor((destination - 33434) / 3) + 1,
      attempt = ((destination - 33434) % 3) + 1
    d.expert(f['udp.possible_traceroute'], start + 2, start + 4, `Possible traceroute: hop #${hop}, attempt #${attempt}`, d.layerNode + 2)
  }
  const field = lite ? 'udp.checksum_coverage' : 'udp.length',
    stated = d.peek16(start + 4),
    left = d.end - start
  let length = lite ? left : stated,
    coverage = lite ? stated : length
  d.u16(f[field])
  if (lite) {
    if (coverage === 0) coverage = left
    if (stated !== 0 && (stated < 8 || stated > left)) {
      d.expert(
        f['udplite.checksum_coverage.bad'],
        start + 4,
        start + 6,
        stated < 8 ? `Bad checksum coverage length value ${stated} < 8` : `Bad checksum coverage length value ${stated} > ${left}`,
        d.last,
      )
      d.setInfo(`[BAD CHECKSUM COVERAGE LENGTH ${stated} ${stated < 8 ? '< 8' : `> ${left}`}]`)
      if (stated < 8) return
    }
  } else {
    if (length === 0 && p.netSource.kind === 'ipv6') {
      // RFC 2675, 4: a jumbogram's length is that of the packet
      length = left
      if (length < 65536) d.expert(f['udp.length.bad_zero'], start + 4, start + 6, '', d.last)
    }
    if (length < 8 || (length > left && !p.fragmented && !p.inError)) {
      const text = length < 8 ? `Bad length value ${stated} < 8` : `Bad length value ${stated} > IP payload length`
      d.expert(f['udp.length.bad'], start + 4, start + 6, text, d.last)
      d.appendInfo(length < 8 ? ` [BAD UDP LENGTH ${stated} < 8]` : ` [BAD UDP LENGTH ${stated} > IP PAYLOAD LENGTH]`)
      if (length < 8) return
    }
    coverage = length
  }
  const carriedEnd = d.readable
  if (length < left) d.end = start + length
  if (lite) d.generated(f['udp.length'], length, start + 4, start + 6)
  checksum(d, f, start, length, Math.min(coverage, length), lite)
  stream(d, f, length - 8)
  d.layerEnds(start + 8)
  d.at = start + 8
  const dataLength = d.leftCaptured,
    size = length - 8
  if (d.summary) d.appendInfo(` Len=${size}`)
  if (d.left <= 0) return
  if (dataLength > 0) {
    // as in tshark, what the carrier has behind the datagram belongs to the value, and not to its length
    d.range(f['udp.payload'], d.at, carriedEnd)
    if (d.labels) d.label(`UDP payload (${dataLength} byte${dataLength === 1 ? '' : 's'})`)
  }
  udpPayload(d, source, destination)
}

function checksum(d: Decoder, f: Ids, start: number, length: number, coverage: number, lite: boolean): void {
  const sent = d.u16(f['udp.checksum']),
    at = d.at - 2,
    node = d.last,
    p = d.packet
  if (sent === 0) {
    if (!lite && p.netSource.kind === 'ipv4') {
      if (d.labels) d.appendLabel(' [zero-value ignored]', node)
      d.generated(f['udp.checksum.status'], CHECKSUM.notPresent, at, at + 2)
      return
    }
    if (d.labels) d.appendLabel(' [Illegal]', node)
    d.generated(f['udp.checksum.status'], CHECKSUM.illegal, at, at + 2)
    d.expert(f['udp.checksum.zero'], at, at + 2, '', node)
    return
  }
  if (d.session.options.preferences.get('udp.check_checksum') !== 'TRUE' || p.fragmented || p.inError || !d.has(length, start)) {
    if (d.labels) d.appendLabel(' [unverified]', node)
    d.generated(f['udp.checksum.status'], CHECKSUM.unverified, at, at + 2)
    return
  }
  const result = ~foldSum(internetSum(d.bytes, start, start + coverage, pseudoHeaderSum(d, lite ? 136 : 17, length))) & 0xffff,
    good = result === 0
  const expected = expectedChecksum(sent, result),
    text = expected.toString(16).padStart(4, '0')
  if (d.labels) d.appendLabel(good ? ' [correct]' : ` incorrect, should be 0x${text}`, node)
  d.generated(f['udp.checksum.status'], good ? CHECKSUM.good : CHECKSUM.bad, at, at + 2)
  if (!good) d.expert(f['udp.checksum.bad'], at, at + 2, `Bad checksum [should be 0x${text}]`, node)
  d.generated(f['udp.checksum_calculated'], expected, at, at + 2)
}

/** Sum of the pseudo header (RFC 768; RFC 8200, 8.1). */
function pseudoHeaderSum(d: Decoder, protocol: number, length: number): number {
  const { netSource, pseudoDestination } = d.packet,
    size = netSource.kind === 'ipv6' ? 16 : 4
  const sum = internetSum(
    netSource.bytes,
    netSource.at,
    netSource.at + size,
    internetSum(pseudoDestination.bytes, pseudoDestination.at, pseudoDestination.at + size),
  )
  return sum + protocol + Math.floor(length / 0x1_0000) + (length % 0x1_0000)
}

/** As in tshark, neither an empty datagram nor one that an error quotes has a time, or counts for that of the next one. */
function stream(d: Decoder, f: Ids, size: number): void {
  const p = d.packet
  if (enterConversation(d, 'udp') < 0) return
  d.generated(f['udp.stream'], p.stream)
  const conversations = d.state(CONVERSATIONS)
  if (p.inError || size === 0) {
    if (d.first) conversations.leaveUntimed(p.stream, p.number, p.previousFrame)
    return
  }
  d.note(d.at, d.at, 'Timestamps')
  d.markGenerated()
  const outer = d.enter()
  since(d, f['udp.time_relative'], p.firstFrame || p.number)
  since(d, f['udp.time_delta'], conversations.timedBefore(p.stream, p.previousFrame) || p.firstFrame || p.number)
  d.leave(outer)
}

function since(d: Decoder, field: Ids['udp.time_delta'], frame: number): void {
  const { seconds, nanoseconds } = elapsedSince(d, frame)
  d.time(field, seconds, nanoseconds)
}

/** First visit of a datagram's payload alone, for the state of the protocols above: the header at d.at is in order and entered its conversation. */
export function visitUdpPayload(d: Decoder): void {
  enterConversation(d, 'udp')
  d.at += 8
  udpPayload(d, d.packet.sourcePort, d.packet.destinationPort)
}

/** The protocol of a conversation if one was found before, then the port tables from the lower port on, then what recognises itself. */
function udpPayload(d: Decoder, source: number, destination: number): void {
  if (d.headersOnly) {
    tunnelPayload(d, source, destination)
    return
  }
  const remembered = rememberedProtocol(d)
  if (remembered && d.layer(remembered, d.at, d.end)) return
  const low = Math.min(source, destination),
    high = Math.max(source, destination)
  if (low !== 0 && d.next('udp.port', low)) return
  if (high !== 0 && high !== low && d.next('udp.port', high)) return
  if (d.nextByContent('udp')) return
  d.data()
}

/** Of what may stand in a datagram only that which carries network packets. */
function tunnelPayload(d: Decoder, source: number, destination: number): void {
  for (const port of [Math.min(source, destination), Math.max(source, destination)]) {
    const protocol = port === 0 ? undefined : d.protocolOf('udp.port', port)
    if (!protocol) continue
    if (protocol.firstVisit !== 'packets') return
    if (d.next('udp.port', port)) return
  }
  for (const protocol of heuristicList('udp'))
    if (protocol.firstVisit === 'packets' && protocol.recognises?.(d) && d.layer(protocol, d.at, d.end)) return
}
