// What becomes of decrypted application data: given to the protocol inside, joined with other records to a message that spans them, or shown as segment
// data. The rules are those of tshark 4.0.17, which treats records as TCP treats segments.
import { ONE_MORE_SEGMENT, UNTIL_FIN, conversationOf } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { dispatchTable, protocolByName } from '../../../dissect/registry'
import type { Protocol } from '../../../dissect/registry'
import { startedTls } from '../../../dissect/start-tls'
import type { TlsConnection } from './connection'
import type { Decryption } from './decryption'
import type { TlsFields } from './fields'
import { InnerPdu } from './inner-stream'
import type { InnerPart } from './inner-stream'
import type { OpenedRecord } from './opened-record'

/** Largest message that is put together. */
const LARGEST = 1 << 26

/** A record with its content at hand. */
interface Content {
  readonly connection: TlsConnection
  readonly decryption: Decryption
  readonly record: OpenedRecord
  readonly bytes: Uint8Array
  readonly part: (from: number, length: number) => InnerPart
}

/** The protocol that is known for a connection: by what its hellos agreed on, else by the ports, else by what was seen inside before. */
export function innerProtocol(d: Decoder, connection: TlsConnection, alpn: string): Protocol | undefined {
  const { sourcePort, destinationPort } = d.packet
  return (
    (alpn ? dispatchTable('tls.alpn').get(alpn) : undefined) ??
    startedTls(d) ??
    decodedAs(d, destinationPort) ??
    decodedAs(d, sourcePort) ??
    (connection.innerName ? protocolByName(connection.innerName) : undefined)
  )
}

function decodedAs(d: Decoder, port: number): Protocol | undefined {
  const as = d.session.options.decodeAs.get('tls.port')?.get(port)
  return (as === undefined ? undefined : protocolByName(as)) ?? dispatchTable('tls.port').get(port)
}

/** Dissects the content of an application data record; the cursor's source is the content. */
export function dissectInner(
  d: Decoder,
  f: TlsFields,
  connection: TlsConnection,
  decryption: Decryption,
  record: OpenedRecord,
  part: Content['part'],
): void {
  const content: Content = { connection, decryption, record, bytes: d.slice(0, d.end), part }
  const { desegmentLength, desegmentOffset, desegmentHead, canDesegment } = d,
    { reassembled, streamEnds } = d.packet
  d.packet.reassembled = d.packet.streamEnds = false
  desegment(d, f, content)
  d.desegmentLength = desegmentLength
  d.desegmentOffset = desegmentOffset
  d.desegmentHead = desegmentHead
  d.canDesegment = canDesegment
  d.packet.reassembled = reassembled
  d.packet.streamEnds = streamEnds
}

function desegment(d: Decoder, f: TlsFields, c: Content): void {
  const stream = c.decryption.streams[d.packet.direction],
    end = d.end,
    { record } = c
  for (let at = 0; at < end;) {
    const position = record.position + at,
      pdu = stream.covering(position)
    let follows = 0,
      more = 0,
      dataFrom = at
    if (pdu) {
      const { open } = pdu,
        length = open && d.first ? end - at : Math.min(end - at, pdu.end - position)
      if (d.first) {
        if (open) {
          pdu.end = position + length
          pdu.open = false
        }
        pdu.add(c.part(at, length), c.bytes.subarray(at, at + length), open)
        if (position + length >= pdu.end) {
          pdu.completedBy = record.position
          pdu.completeFrame = d.packet.number
        }
      }
      if (length < end - at) follows = length
      if (pdu.completedBy !== record.position || position + length < pdu.end) {
        unfinished(d, f, pdu, at, end)
        return
      }
      const outcome = complete(d, f, c, pdu, at, length)
      if (outcome < 0) {
        segmentData(d, f, at, end)
        d.setInfo('')
        sayUnfinished(d)
        return
      }
      more = d.desegmentLength
      dataFrom = at + outcome
    } else {
      call(d, c, at, end, true)
      more = d.desegmentLength
      dataFrom = Math.max(at, d.desegmentOffset)
    }
    if (more) {
      d.desegmentLength = 0
      if (d.first) begin(d, c, dataFrom, end, more)
      // of a message that begins behind others in the record, the columns say nothing
      if (dataFrom === at) {
        d.setInfo('')
        sayUnfinished(d)
      }
      segmentData(d, f, dataFrom, end)
      return
    }
    if (follows === 0) return
    at += follows
    d.fenceInfo()
  }
}

/** A share in the middle of a message. */
function unfinished(d: Decoder, f: TlsFields, pdu: InnerPdu, at: number, end: number): void {
  if (d.hindsight && pdu.completeFrame && pdu.completeFrame !== d.packet.number) {
    const outer = d.parent
    d.parent = -1
    d.generated(f['tls.reassembled_in'], pdu.completeFrame)
    d.parent = outer
  }
  d.setInfo('')
  sayUnfinished(d)
  segmentData(d, f, at, end)
}

function sayUnfinished(d: Decoder): void {
  d.appendInfo('[TLS segment of a reassembled PDU]')
}

/** A message is complete. Returns how much of the present record belongs to it, or -1 when it needs still more. */
function complete(d: Decoder, f: TlsFields, c: Content, pdu: InnerPdu, at: number, length: number): number {
  const size = pdu.end - pdu.start,
    known = innerProtocol(d, c.connection, c.connection.now.alpn),
    head = d.stateOnly && known && !pdu.open && !pdu.grew && pdu.end < Infinity ? known.stateInHead(d.session, conversationOf(d)) : 0,
    cut = head > 0 && head < size
  const bytes = pdu.bytes(d, c.record, c.bytes, cut ? head : Infinity),
    before = d.tree.count
  if (!d.stateOnly) {
    segmentData(d, f, at, d.end)
    showParts(d, f, pdu, bytes)
  }
  const shown = d.tree.count
  d.packet.reassembled = true
  d.within(
    'Reassembled TLS',
    bytes,
    () => {
      call(d, c, 0, size, !cut)
    },
    size,
  )
  d.packet.reassembled = false
  if (!d.desegmentLength) {
    pdu.finish()
    return length
  }
  const old = size - length
  if (d.desegmentOffset > old) {
    pdu.finish()
    return d.desegmentOffset - old
  }
  const more = d.desegmentLength
  d.desegmentLength = 0
  if (d.first) {
    pdu.grew = true
    pdu.completedBy = -1
    pdu.completeFrame = 0
    pdu.open = more === ONE_MORE_SEGMENT
    pdu.end += pdu.open ? 1 : more === UNTIL_FIN ? Infinity : more
    if (pdu.open && bytes.length < LARGEST) pdu.keep(bytes)
  }
  if (d.tree.count === shown) {
    d.tree.count = before
    d.tree.sources.pop()
  }
  return -1
}

function begin(d: Decoder, c: Content, from: number, end: number, more: number): void {
  const start = c.record.position + from,
    open = more === ONE_MORE_SEGMENT,
    stop = c.record.position + end,
    pdu = new InnerPdu(start, open ? stop + 1 : more === UNTIL_FIN ? Infinity : stop + more, open, d.packet.number)
  if (more < ONE_MORE_SEGMENT - 1 && more > LARGEST) return
  pdu.add(c.part(from, end - from), c.bytes.subarray(from, end), false)
  if (open) pdu.keep(c.bytes.slice(from, end))
  c.decryption.streams[d.packet.direction].begin(pdu)
}

/** Calls the protocol inside for a part of the current source. */
function call(d: Decoder, c: Content, from: number, to: number, mayAsk: boolean): void {
  const { at, end } = d
  d.at = from
  d.end = to
  d.desegmentLength = 0
  d.canDesegment = mayAsk ? 2 : 0
  const protocol = innerProtocol(d, c.connection, c.connection.now.alpn)
  d.key = 'tls'
  if (!protocol || !d.layer(protocol, from, to)) {
    const chain = d.tree.chain.length
    if (d.nextByContent('tls', from, to)) {
      if (d.first && !protocol) c.connection.innerName = d.tree.chain[chain] ?? ''
    } else d.data(from, to)
  }
  d.at = at
  d.end = end
}

function segmentData(d: Decoder, f: TlsFields, from: number, to: number): void {
  if (to <= from || d.stateOnly) return
  const parent = d.parent
  d.parent = -1
  d.range(f['tls.segment.data'], from, to)
  if (d.labels) d.label(`TLS segment data (${to - from} byte${to - from === 1 ? '' : 's'})`)
  d.parent = parent
}

function showParts(d: Decoder, f: TlsFields, pdu: InnerPdu, bytes: Uint8Array): void {
  const outer = d.parent,
    { parts } = pdu
  d.parent = -1
  d.range(f['tls.segments'], 0, 0)
  d.markGenerated()
  if (d.labels)
    d.label(
      `${parts.length} Reassembled TLS segments (${bytes.length} bytes): ${parts.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
    )
  const inner = d.enter()
  let offset = 0
  for (const part of parts) {
    d.generated(f['tls.segment'], part.frame, 0, 0)
    if (d.labels)
      d.label(`Frame: ${part.frame}, payload: ${offset}-${offset + part.length - 1} (${part.length} byte${part.length === 1 ? '' : 's'})`)
    offset += part.length
  }
  d.generated(f['tls.segment.count'], parts.length, 0, 0)
  d.generated(f['tls.reassembled.length'], bytes.length, 0, 0)
  d.generatedValue(f['tls.reassembled.data'], bytes, 0, 0)
  d.leave(inner)
  d.parent = outer
}
