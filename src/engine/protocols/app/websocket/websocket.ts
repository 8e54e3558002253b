// WebSocket (RFC 6455) with permessage-deflate (RFC 7692), behind HTTP's 101: frames, masking, fragments, compressed messages.
// Not covered: subprotocols; what a known one carries is shown as text or data.
import {
  bool,
  bytes,
  defineProtocol,
  expert,
  framenum,
  none,
  progressOf,
  string,
  tcpPdus,
  u16,
  u32,
  u64,
  u8,
} from '../../../dissect/define'
import type { Decoder, Progress } from '../../../dissect/define'
import { protocolByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'
import { WEBSOCKET, inflated, joined, remembered, unmasked, withDirection } from './messages'
import type { Message, WebSocketState } from './messages'

const CONTINUATION = 0,
  TEXT = 1,
  BINARY = 2,
  CLOSE = 8,
  PING = 9,
  PONG = 10
const OPCODES: Readonly<Record<number, string>> = {
  [CONTINUATION]: 'Continuation',
  [TEXT]: 'Text',
  [BINARY]: 'Binary',
  [CLOSE]: 'Connection Close',
  [PING]: 'Ping',
  [PONG]: 'Pong',
}
/** Status codes of Close (RFC 6455, 7.4.1; IANA "WebSocket Close Code Number"). */
const CLOSE_CODES: Readonly<Record<number, string>> = {
  1000: 'Normal Closure',
  1001: 'Going Away',
  1002: 'Protocol error',
  1003: 'Unsupported Data',
  1004: '---Reserved----',
  1005: 'No Status Rcvd',
  1006: 'Abnormal Closure',
  1007: 'Invalid frame payload data',
  1008: 'Policy Violation',
  1009: 'Message Too Big',
  1010: 'Mandatory Ext.',
  1011: 'Internal Server',
  1012: 'Service Restart',
  1013: 'Try Again Later',
  1014: 'Bad Gateway',
  1015: 'TLS handshake',
}
/** Subprotocols whose messages Wireshark gives to a dissector of their own, so that it shows no text of them. */
const OWN_PROTOCOLS: ReadonlySet<string> = new Set(['sip', 'msrp', 'xmpp', 'mqtt', 'mqttv3.1', 'ocpp1.6', 'ocpp2.0'])

const FIELDS = {
  'websocket.fin': bool('Fin', { mask: 0x80, names: ['True', 'False'] }),
  'websocket.rsv': u8('Reserved', { mask: 0x70, base: 'hex' }),
  'websocket.pmc': bool('Per-Message Compressed', { mask: 0x40, names: ['True', 'False'] }),
  'websocket.opcode': u8('Opcode', { mask: 0x0f, values: OPCODES }),
  'websocket.mask': bool('Mask', { mask: 0x80, names: ['True', 'False'] }),
  'websocket.payload_length': u8('Payload length', { mask: 0x7f }),
  'websocket.payload_length_ext_16': u16('Extended Payload length (16 bits)'),
  'websocket.payload_length_ext_64': u64('Extended Payload length (64 bits)'),
  'websocket.masking_key': bytes('Masking-Key'),
  'websocket.masked_payload': none('Masked payload'),
  'websocket.payload': none('Payload'),
  'websocket.payload.continue': bytes('Continue'),
  'websocket.payload.text': string('Text'),
  'websocket.payload.close': none('Close'),
  'websocket.payload.close.status_code': u16('Status code', { values: CLOSE_CODES }),
  'websocket.payload.close.reason': string('Reason'),
  'websocket.payload.ping': bytes('Ping'),
  'websocket.payload.pong': bytes('Pong'),
  'websocket.payload.unknown': bytes('Unknown'),
  'websocket.payload.unknown.expert': expert('note', 'undecoded', 'Dissector for Websocket Opcode'),
  'websocket.decompression.failed.expert': expert('warning', 'protocol', 'Decompression failed'),
  'websocket.fragments': none('Reassembled websocket Fragments', { generated: true }),
  'websocket.fragment': framenum('Websocket Fragment', { generated: true }),
  'websocket.fragment.count': u32('Fragment count', { generated: true }),
  'websocket.reassembled.length': u32('Reassembled websocket Payload length', { generated: true }),
} as const
type Ids = FieldIds<typeof FIELDS>

/** Whole length of the frame at a position. */
function frameLength(d: Decoder, at: number): number {
  const second = d.peek8(at + 1),
    short = second & 0x7f,
    head = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0)
  if (at + head > d.readable) return 0
  const length = short === 126 ? d.peek16(at + 2) : short === 127 ? d.peek32(at + 2) * 0x1_0000_0000 + d.peek32(at + 6) : short
  return head + length
}

export const websocket = defineProtocol({
  name: 'websocket',
  title: 'WebSocket',
  short: 'WebSocket',
  accepts: { 'http.upgrade': ['websocket'] },
  fields: FIELDS,
  decode(d, f) {
    const progress = progressOf(d, WEBSOCKET),
      [extensions = '', subprotocol = ''] = d.keyDetail.split('\n'),
      deflate = extensions.includes('permessage-deflate')
    if (deflate !== progress.now.deflate || subprotocol !== progress.now.subprotocol)
      progress.now = { ...progress.now, deflate, subprotocol }
    let frames = 0
    tcpPdus(d, 2, frameLength, (decoder) => {
      if (frames++ > 0) decoder.furtherRow()
      readFrame(decoder, f, progress)
    })
    if (d.first) progress.keep(d.packet.number)
  },
})

function readFrame(d: Decoder, f: Ids, progress: Progress<WebSocketState>): void {
  const start = d.at,
    first = d.peek8(),
    second = d.peek8(start + 1),
    opcode = first & 0x0f,
    isLast = (first & 0x80) !== 0,
    isMasked = (second & 0x80) !== 0,
    { deflate } = progress.now
  d.setProtocol('WebSocket')
  if (d.summary)
    d.setInfo(`WebSocket ${OPCODES[opcode] ?? 'Unknown Opcode'}${isLast ? ' [FIN]' : '[FRAGMENT] '} ${isMasked ? '[MASKED]' : ''}`)
  d.bits(f['websocket.fin'], start, start + 1, first)
  d.bits(f['websocket.rsv'], start, start + 1, first)
  if (deflate) d.bits(f['websocket.pmc'], start, start + 1, first)
  d.bits(f['websocket.opcode'], start, start + 1, first)
  d.bits(f['websocket.mask'], start + 1, start + 2, second)
  d.bits(f['websocket.payload_length'], start + 1, start + 2, second)
  const short = second & 0x7f
  if (d.labels && short > 125) d.appendLabel(` Extended Payload Length (${short === 126 ? 16 : 64} bits)`)
  d.at = start + 2
  if (short === 126) d.u16(f['websocket.payload_length_ext_16'])
  else if (short === 127) d.u64(f['websocket.payload_length_ext_64'])
  const keyAt = d.at
  if (isMasked) d.span(f['websocket.masking_key'], 4)
  d.layerEnds(d.end)
  const { at } = d
  if (d.left <= 0) return
  const compressed = deflate && (first & 0x40) !== 0
  if (isMasked) {
    d.range(f['websocket.masked_payload'], at, d.readable)
    const clear = unmasked(d.slice(at, d.end), d.slice(keyAt, keyAt + 4))
    d.within('Unmasked data', clear, () => {
      payload(d, f, progress, opcode, isLast, compressed)
    })
  } else payload(d, f, progress, opcode, isLast, compressed)
  d.at = d.end
}

/** The payload at d.at, unmasked. */
function payload(d: Decoder, f: Ids, progress: Progress<WebSocketState>, opcode: number, isLast: boolean, compressed: boolean): void {
  const start = d.at,
    end = d.readable
  d.range(f['websocket.payload'], start, end)
  const outer = d.enter()
  if (opcode === CLOSE) close(d, f)
  else if (opcode === PING || opcode === PONG)
    d.span(opcode === PING ? f['websocket.payload.ping'] : f['websocket.payload.pong'], end - start)
  else if (opcode > BINARY) {
    d.span(f['websocket.payload.unknown'], end - start)
    const inner = d.enter()
    d.expert(f['websocket.payload.unknown.expert'], start, end, `Dissector for Websocket Opcode (${opcode}) code not implemented`)
    d.leave(inner)
  } else data(d, f, progress, opcode, isLast, compressed)
  d.leave(outer)
}

function close(d: Decoder, f: Ids): void {
  d.range(f['websocket.payload.close'], d.at, d.readable)
  const outer = d.enter()
  if (d.left >= 2) {
    d.u16(f['websocket.payload.close.status_code'])
    if (d.left > 0) d.span(f['websocket.payload.close.reason'], d.left)
  }
  d.leave(outer)
}

/** Text, binary data or a continuation: puts fragments together, and shows the message with its last one. */
function data(d: Decoder, f: Ids, progress: Progress<WebSocketState>, opcode: number, isLast: boolean, compressed: boolean): void {
  const side = d.packet.direction,
    part = d.slice(d.at, d.end),
    { message } = progress.now.directions[side]
  if (opcode !== CONTINUATION && isLast) {
    whole(d, f, progress, opcode, compressed ? decompress(d, progress, part) : undefined, compressed)
    return
  }
  const open: Message = opcode === CONTINUATION && message ? message : { opcode, compressed, parts: [] }
  if (d.first) open.parts.push({ frame: d.packet.number, bytes: part.slice() })
  progress.now = withDirection(progress.now, side, { message: isLast ? undefined : open })
  if (!isLast) {
    if (opcode === CONTINUATION) besides(d, () => d.range(f['websocket.payload.continue'], d.at, d.readable))
    return
  }
  const all = joined(open, d.packet.number)
  whole(d, f, progress, open.opcode, open.compressed ? decompress(d, progress, all) : all, open.compressed, () => {
    fragmentRows(d, f, open, all.length)
  })
}

function decompress(d: Decoder, progress: Progress<WebSocketState>, part: Uint8Array): Uint8Array | null {
  const side = d.packet.direction,
    { history } = progress.now.directions[side],
    clear = inflated(d, part, history)
  if (clear) progress.now = withDirection(progress.now, side, { history: remembered(history, clear) })
  return clear
}

/** Shows a message: the bytes at d.at, or other ones; null = they could not be decompressed. */
function whole(
  d: Decoder,
  f: Ids,
  progress: Progress<WebSocketState>,
  opcode: number,
  other: Uint8Array | null | undefined,
  compressed: boolean,
  besideRows?: () => void,
): void {
  if (d.stateOnly) return
  if (other === null) {
    besides(d, () => {
      d.expert(f['websocket.decompression.failed.expert'], d.at, d.readable)
    })
    return
  }
  const show = () => {
    const isText = opcode === TEXT,
      { end, at } = d
    if (isText && !OWN_PROTOCOLS.has(progress.now.subprotocol)) d.range(f['websocket.payload.text'], at, d.readable)
    besideRows?.()
    const text = protocolByName('data-text-lines')
    d.key = 0
    if (isText && text) d.layer(text, at, end)
    else d.data(at, end)
  }
  if (other) d.within(compressed ? 'Decompressed payload' : 'Reassembled websocket', other, show)
  else show()
}

/** Rows beside the protocol's own. */
function besides(d: Decoder, rows: () => void): void {
  const { parent } = d
  d.parent = -1
  rows()
  d.parent = parent
}

function fragmentRows(d: Decoder, f: Ids, message: Message, length: number): void {
  const parts = message.parts.filter((part) => part.frame <= d.packet.number)
  besides(d, () => {
    d.generatedValue(f['websocket.fragments'], '', 0, 0)
    if (d.labels)
      d.label(
        `${parts.length} Reassembled websocket Fragment${parts.length === 1 ? '' : 's'} (${length} byte${length === 1 ? '' : 's'}): ${parts.map((part) => `#${part.frame}(${part.bytes.length})`).join(', ')}`,
      )
    const outer = d.enter()
    let offset = 0
    for (const { frame, bytes: own } of parts) {
      d.generated(f['websocket.fragment'], frame, 0, 0)
      if (d.labels)
        d.label(`Frame: ${frame}, payload: ${offset}-${offset + own.length - 1} (${own.length} byte${own.length === 1 ? '' : 's'})`)
      offset += own.length
    }
    d.generated(f['websocket.fragment.count'], parts.length, 0, 0)
    d.generated(f['websocket.reassembled.length'], length, 0, 0)
    d.leave(outer)
  })
}
