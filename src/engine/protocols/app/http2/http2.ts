// HTTP/2 (RFC 9113) with HPACK: over TLS by ALPN, in the clear behind HTTP/1.1's Upgrade or where HTTP finds the client's preface. Frames one after the
// other, header blocks decoded, bodies put together per stream. Not covered: gRPC and other protocols that read a body before it ends.
import { defineProtocol, tcpPdus } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { HTTP2_FRAMES, HTTP2_PREFACE } from '../../../values/http2'
import { dataRows, endBody, enterPart, stateOfBody, wholeBody } from './body'
import { http2Connection } from './connection'
import type { Http2Connection } from './connection'
import { HTTP2_FIELDS } from './fields'
import type { Http2Fields } from './fields'
import { alternativeService, goAway, origins, priority, priorityUpdate, reservedAnd31, settings } from './frames'
import { blockRows, decodeBlock } from './header-block'

/** Bytes of a frame's header. */
const HEADER = 9
const DATA = 0,
  HEADERS = 1,
  SETTINGS = 4,
  PUSH_PROMISE = 5,
  PING = 6,
  CONTINUATION = 9
const END_STREAM = 1,
  ACK = 1,
  END_HEADERS = 4,
  PADDED = 8,
  PRIORITY_FLAG = 0x20

/** Key by which HTTP/1.1 has the value of HTTP2-Settings read. */
const UPGRADE_SETTINGS = 'http2-settings'

/** A frame that is being read. */
interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  /** The frame's own row, and that of the layer around it. */
  readonly node: number
  readonly layer: number
}

/** Flags of a type, from the highest bit: which bits must be 0, then the flags with their names. */
const FLAGS: Readonly<Record<number, readonly (keyof Http2Fields & `http2.flags.${string}`)[]>> = {
  [DATA]: ['http2.flags.unused_data', 'http2.flags.padded', 'http2.flags.end_stream'],
  [HEADERS]: ['http2.flags.unused_headers', 'http2.flags.priority', 'http2.flags.padded', 'http2.flags.eh', 'http2.flags.end_stream'],
  [SETTINGS]: ['http2.flags.unused_settings', 'http2.flags.ack.settings'],
  [PUSH_PROMISE]: ['http2.flags.unused_push_promise', 'http2.flags.padded', 'http2.flags.eh'],
  [PING]: ['http2.flags.unused_ping', 'http2.flags.ack.ping'],
  [CONTINUATION]: ['http2.flags.unused_continuation', 'http2.flags.padded', 'http2.flags.eh'],
}

/** How many bytes of the preface stand at a position. */
function prefaceLength(d: Decoder, at: number): number {
  let length = 0
  while (length < HTTP2_PREFACE.length && at + length < d.readable && d.peek8(at + length) === HTTP2_PREFACE.charCodeAt(length)) length++
  return length
}

/** Whole length of the frame, or of the preface, at a position. */
function frameLength(d: Decoder, at: number): number {
  const preface = prefaceLength(d, at)
  if (preface === HTTP2_PREFACE.length) return preface
  if (preface >= HEADER && at + preface === d.readable && d.canDesegment > 0) return 0
  return HEADER + d.peek8(at) * 0x1_0000 + d.peek16(at + 1)
}

function appendInfo(d: Decoder, text: string): void {
  d.appendInfo(d.infoColumn === '' ? text : `, ${text}`)
}

function readFrame(d: Decoder, f: Http2Fields, connection: Http2Connection): void {
  const start = d.at,
    layer = d.layerNode
  d.setProtocol('HTTP2')
  d.layerEnds(d.end)
  d.range(f['http2.stream'], start, d.readable)
  const node = d.last,
    outer = d.enter()
  if (prefaceLength(d, start) === HTTP2_PREFACE.length) {
    if (d.labels) d.tree.labels[node] = 'Stream: Magic'
    if (d.summary) appendInfo(d, 'Magic')
    d.span(f['http2.magic'], HTTP2_PREFACE.length)
    d.leave(outer)
    return
  }
  const length = d.u24(f['http2.length']),
    type = d.u8(f['http2.type']),
    flags = flagRows(d, f, type),
    place = d.at,
    raw = d.peek32()
  d.require(4)
  d.bits(f['http2.r'], place, place + 4, raw)
  const stream = d.u32(f['http2.streamid']),
    name = HTTP2_FRAMES[type] ?? `Unknown type (${type})`
  if (d.labels) d.tree.labels[node] = `Stream: ${name}, Stream ID: ${stream}, Length ${length}`
  if (d.summary) appendInfo(d, `${name}[${stream}]`)
  d.packet.innerStream = stream
  payload(d, f, connection, { type, flags, stream, node, layer })
  d.leave(outer)
}

function flagRows(d: Decoder, f: Http2Fields, type: number): number {
  const { at } = d,
    flags = d.u8(f['http2.flags'])
  if (d.stateOnly) return flags
  const node = d.last,
    outer = d.enter()
  let names = ''
  for (const field of FLAGS[type] ?? ['http2.flags.unused' as const]) {
    d.bits(f[field], at, at + 1, flags)
    if (d.labels && !field.startsWith('http2.flags.unused') && d.tree.numbers[d.last]) names += `, ${HTTP2_FIELDS[field].label}`
  }
  if (d.labels) d.appendLabel(names, node)
  d.leave(outer)
  return flags
}

function payload(d: Decoder, f: Http2Fields, connection: Http2Connection, frame: Frame): void {
  const { flags } = frame
  switch (frame.type) {
    case DATA:
      data(d, f, connection, frame)
      break
    case HEADERS:
      headers(d, f, connection, frame, f['http2.headers'], f['http2.headers.padding'])
      break
    case 2:
      priority(d, f)
      break
    case 3:
      d.u32(f['http2.rst_stream.error'])
      break
    case SETTINGS: {
      const tableSize = settings(d, f)
      if (!d.first) break
      if (flags & ACK) connection.acknowledged(d.packet.direction)
      else connection.asked(d.packet.direction, tableSize)
      break
    }
    case PUSH_PROMISE:
      headers(d, f, connection, frame, f['http2.push_promise.header'], f['http2.push_promise.padding'])
      break
    case PING:
      d.span(flags & ACK ? f['http2.pong'] : f['http2.ping'], 8)
      break
    case 7:
      goAway(d, f)
      break
    case 8:
      reservedAnd31(d, f['http2.window_update.r'], f['http2.window_update.window_size_increment'])
      break
    case CONTINUATION:
      headers(d, f, connection, frame, f['http2.continuation.header'], f['http2.continuation.padding'])
      break
    case 10:
      alternativeService(d, f)
      break
    case 12:
      origins(d, f)
      break
    case 16:
      priorityUpdate(d, f)
      break
    default:
      if (d.left > 0) d.span(f['http2.unknown'], d.left)
  }
}

/** The padding's length; where the frame has none, its rows say so. Returns where the padding begins. */
function padding(d: Decoder, f: Http2Fields, flags: number): number {
  const length = flags & PADDED ? d.u8(f['http2.padding']) : 0
  d.generated(f['http2.pad_length'], length, flags & PADDED ? d.at - 1 : d.at, d.at)
  if (length > d.left) d.malformed()
  return d.end - length
}

function data(d: Decoder, f: Http2Fields, connection: Http2Connection, { flags, stream, node, layer }: Frame): void {
  const end = padding(d, f, flags),
    start = d.at,
    isLast = (flags & END_STREAM) !== 0
  const part = connection.part(d.first ? () => enterPart(d, connection, stream, start, end, isLast) : undefined)
  if (d.stateOnly) {
    if (part?.body && part.ends) stateOfBody(d, part.body)
    return
  }
  const note = (text: string) => {
    if (d.labels) d.appendLabel(text, node)
  }
  dataRows(d, f, part, { start, end, isLast, layer }, note)
  if (end < d.end) d.range(f['http2.data.padding'], end, d.end)
}

/** HEADERS, PUSH_PROMISE and CONTINUATION. */
function headers(
  d: Decoder,
  f: Http2Fields,
  connection: Http2Connection,
  { type, flags, stream, node, layer }: Frame,
  fragment: FieldId<'bytes' | 'string'>,
  paddingField: FieldId<'bytes'>,
): void {
  const end = padding(d, f, flags)
  if (type === HEADERS && flags & PRIORITY_FLAG) priority(d, f)
  if (type === PUSH_PROMISE) reservedAnd31(d, f['http2.push_promise.r'], f['http2.push_promise.promised_stream_id'])
  const start = d.at
  if (start > end) d.malformed()
  const block = connection.block(
    d.first
      ? () => {
          const ended = type === HEADERS && flags & END_STREAM ? endBody(d, connection, stream) : undefined
          // what a promise says is not about the stream that carries it
          const about = type === PUSH_PROMISE ? undefined : connection.stream(stream)
          return decodeBlock(d, connection, about, { start, end, isLast: (flags & END_HEADERS) !== 0 }, ended)
        }
      : undefined,
  )
  if (d.stateOnly) {
    if (block?.ended) stateOfBody(d, block.ended)
    return
  }
  if (block?.ended) wholeBody(d, f, block.ended, layer)
  d.range(fragment, start, end)
  if (type === CONTINUATION) continuation(d, f, start, end)
  const text = block ? blockRows(d, f, block, start) : ''
  if (text !== '') {
    if (d.labels) d.appendLabel(`, ${text}`, node)
    d.appendInfo(`: ${text}`)
  }
  if (end < d.end) d.range(paddingField, end, d.end)
}

/** What Wireshark says of a fragment as if it were text. */
function continuation(d: Decoder, f: Http2Fields, start: number, end: number): void {
  d.ascii()
  const nul = d.indexOf(0, start, end)
  if (nul < 0) return
  const outer = d.enter()
  d.expert(f['_ws.string.trailing_stray_characters'], start, end)
  d.leave(outer)
}

export const http2 = defineProtocol({
  name: 'http2',
  title: 'HyperText Transfer Protocol 2',
  short: 'HTTP2',
  accepts: { 'tls.alpn': ['h2'], 'http.upgrade': ['h2c', 'h2'], 'http2.settings': [UPGRADE_SETTINGS] },
  heuristic: ['tls'],
  recognises: (d) => prefaceLength(d, d.at) === HTTP2_PREFACE.length,
  fields: HTTP2_FIELDS,
  decode(d, f) {
    if (d.key === UPGRADE_SETTINGS) {
      settings(d, f)
      return
    }
    const connection = http2Connection(d)
    let frames = 0
    tcpPdus(d, HEADER, frameLength, (decoder) => {
      if (frames++ > 0) decoder.furtherRow()
      else decoder.setInfo('')
      readFrame(decoder, f, connection)
    })
    d.packet.innerStream = -1
  },
})
