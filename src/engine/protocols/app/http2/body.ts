// DATA frames: their place in the stream's body, and the body where it ends, decoded and given to the protocol of its media type (RFC 9113, 8.1).
import { conversationOf } from '../../../dissect/define'
import { dispatchTable } from '../../../dissect/registry'
import type { Decoder } from '../../../dissect/define'
import { Body } from './body-parts'
import type { DataPart, Http2Connection } from './connection'
import type { Http2Fields } from './fields'

/** Most bytes that a content coding may unfold to. */
const MOST_INFLATED = 16 << 20

type Coding = 'gzip' | 'deflate' | 'br'
const CODINGS: Readonly<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', 'x-deflate': 'deflate', br: 'br' }

/** First visit: puts the DATA of start..end into the stream's body. */
export function enterPart(
  d: Decoder,
  connection: Http2Connection,
  id: number,
  start: number,
  end: number,
  isLast: boolean,
): DataPart | undefined {
  const stream = connection.stream(id),
    side = stream?.sides[d.packet.direction],
    alone = (kind: DataPart['kind']) => (connection.mayKeep(100) ? { kind, body: undefined, index: 0, ends: isLast } : undefined)
  if (!stream || !side?.begun) return alone('alone')
  if (stream.tunnel) return alone('tunnelled')
  if (side.transferCoded) return alone('transfer-coded')
  const body = (side.body ??= new Body()),
    index = body.parts.length
  // an empty frame that only ends the body is no part of it
  if (!(isLast && end === start && index > 0) && !body.add(d, start, end, (size) => connection.mayKeep(size))) return alone('alone')
  if (isLast) endBody(d, connection, id)
  return connection.mayKeep(100) ? { kind: 'part', body, index, ends: isLast } : undefined
}

/** First visit: the stream's body ends with this packet. Returns it. */
export function endBody(d: Decoder, connection: Http2Connection, id: number): Body | undefined {
  const side = connection.stream(id)?.sides[d.packet.direction],
    body = side?.body
  if (!body) return undefined
  body.endedIn = d.packet.number
  body.contentType = side.contentType
  body.parameters = side.parameters
  // part of a coded whole cannot be decoded
  body.encoding = side.isPartial ? '' : side.encoding
  side.body = undefined
  return body
}

/** Rows of the DATA of start..end; `layer` is the node that the body's protocol goes under, `note` adds to the frame's row. */
export function dataRows(
  d: Decoder,
  f: Http2Fields,
  part: DataPart | undefined,
  place: { readonly start: number; readonly end: number; readonly isLast: boolean; readonly layer: number },
  note: (text: string) => void,
): void {
  const { start, end } = place
  if (!place.isLast) note(' (partial entity body)')
  if (part?.kind === 'tunnelled') note(' (tunneled data)')
  if (part?.kind === 'transfer-coded') note(' (transfer-encoded body)')
  if (part?.kind !== 'part' || !part.body || !part.ends) {
    if (part?.body && d.hindsight && part.body.endedIn > 0) d.add(f['http2.body.reassembled.in'], start, start, part.body.endedIn)
    d.range(f['http2.data.data'], start, end)
    return
  }
  const { body } = part
  if (part.index > 0) wholeBody(d, f, body, place.layer)
  else bodyRows(d, f, body, start, end, place.layer)
}

/** The rows of a body that was put together. */
export function wholeBody(d: Decoder, f: Http2Fields, body: Body, layer: number): void {
  const bytes = body.bytes(d)
  d.within('Reassembled body', bytes, () => {
    const { parts, length } = body
    d.range(f['http2.body.fragments'], 0, length)
    d.markGenerated()
    const plural = (count: number) => (count === 1 ? '' : 's')
    if (d.labels)
      d.label(
        `${parts.length} Body fragment${plural(parts.length)} (${length} byte${plural(length)}): ${parts.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
      )
    const outer = d.enter()
    let at = 0
    for (const part of parts) {
      d.generated(f['http2.body.fragment'], part.frame, at, at + part.length)
      if (d.labels)
        d.label(
          `Frame: ${part.frame}${part.length === 0 ? ' (no data)' : `, payload: ${at}-${at + part.length - 1} (${part.length} byte${plural(part.length)})`}`,
        )
      at += part.length
    }
    d.generated(f['http2.body.fragment.count'], parts.length, 0, 0)
    d.generated(f['http2.body.reassembled.length'], length, 0, 0)
    d.range(f['http2.body.reassembled.data'], 0, length)
    d.markGenerated()
    d.leave(outer)
    bodyRows(d, f, body, 0, length, layer)
  })
}

/** A body at start..end of the source being read: decoded, then as its media type says. */
function bodyRows(d: Decoder, f: Http2Fields, body: Body, start: number, end: number, layer: number): void {
  if (body.encoding === '' || end === start) {
    content(d, f, body, start, end, layer, d.parent)
    return
  }
  const coding = CODINGS[body.encoding.toLowerCase()]
  if (!coding) {
    content(d, f, body, start, end, layer, d.parent)
    return
  }
  const bytes = d.session.inflate.inflate(d.slice(start, end), coding, MOST_INFLATED)
  d.note(
    start,
    end,
    d.labels ? `Content-encoded entity body (${body.encoding}): ${end - start} bytes${bytes ? ` -> ${bytes.length} bytes` : ''}` : '',
  )
  const outer = d.enter(),
    { parent } = d
  if (bytes)
    d.within('Uncompressed entity body', bytes, () => {
      content(d, f, body, 0, bytes.length, layer, parent)
    })
  else {
    d.expert(f['http2.body_decompression_failed'], start, end)
    content(d, f, body, start, end, layer, parent)
  }
  d.leave(outer)
}

function content(d: Decoder, f: Http2Fields, body: Body, start: number, end: number, layer: number, parent: number): void {
  d.range(f['http2.data.data'], start, end)
  if (end === start || body.contentType === '') return
  d.parent = layer
  d.keyDetail = body.parameters
  d.next('media_type', body.contentType, start, end, true)
  d.parent = parent
}

/** When only state is wanted: gives a body to a protocol that writes some and says that it does so early in a message. */
export function stateOfBody(d: Decoder, body: Body): void {
  const protocol = dispatchTable('media_type').get(body.contentType),
    head = protocol?.stateInHead(d.session, conversationOf(d)) ?? 0
  if (!protocol || head === 0 || body.length === 0) return
  const coding = CODINGS[body.encoding.toLowerCase()],
    bytes = coding ? d.session.inflate.inflate(body.bytes(d), coding, MOST_INFLATED) : body.bytes(d, head)
  if (!bytes) return
  d.within('Reassembled body', bytes, () => {
    d.key = body.contentType
    d.layer(protocol, 0, bytes.length)
  })
}
