// Header blocks: decoded once, on the first visit and in order, with what they say of the stream's body; shown whenever the packet is.
import { asciiValue } from '../../../bytes/printable'
import { utf8Text } from '../../../bytes/text'
import { encodeUtf8 } from '../../../bytes/utf8'
import type { Decoder, FieldId } from '../../../dissect/define'
import { fieldById } from '../../../dissect/registry'
import { HTTP_STATUS } from '../../../values/http'
import type { Body } from './body-parts'
import type { HeaderBlock, Http2Connection, Stream } from './connection'
import { HEADER_ROWS } from './fields'
import type { Http2Fields } from './fields'
import { REPRESENTATION } from './hpack'
import type { HeaderField, Representation } from './hpack'

/** What of a block is taken: Wireshark stops at the same bounds. The rest is decoded for the tables' sake alone. */
const MOST_LINES = 200,
  MOST_BYTES = 256 * 1024
/** What a representation costs beside its text. */
const COST = 120

/** First visit: decodes the block of start..end. `isLast`: no CONTINUATION follows. */
export function decodeBlock(
  d: Decoder,
  connection: Http2Connection,
  stream: Stream | undefined,
  range: { readonly start: number; readonly end: number; readonly isLast: boolean },
  ended: Body | undefined,
): HeaderBlock | undefined {
  const side = d.packet.direction,
    representations: Representation[] = []
  let stopped: HeaderBlock['stopped'] = '',
    size = 0,
    cost = COST
  connection.decoders[side].read(d.slice(range.start, range.end), range.isLast, (one) => {
    if (stopped) return
    const length = one.field ? one.field.name.length + one.field.value.length + 8 : 0
    if (representations.length >= MOST_LINES) stopped = 'lines'
    else if (size + length >= MOST_BYTES) stopped = 'size'
    else {
      representations.push(one)
      size += length
      // a field from a table costs no text
      cost += COST + (one.kind === REPRESENTATION.indexed ? 0 : length)
      if (stream && one.field) learn(stream, side, one.field)
    }
  })
  return connection.mayKeep(cost) ? { representations, stopped, ended } : undefined
}

/** What a field says of the body that follows; the first of a name counts. */
function learn(stream: Stream, direction: 0 | 1, { name, value }: HeaderField): void {
  const side = stream.sides[direction]
  switch (name) {
    case ':method':
      side.begun = true
      if (value === 'CONNECT') stream.tunnel = true
      break
    case ':status':
      side.begun = true
      if (value === '206') side.isPartial = true
      break
    case 'content-type': {
      if (side.contentType !== '') break
      const cut = value.search(/[;, \t]/)
      side.contentType = asciiValue(cut < 0 ? value : value.slice(0, cut)).toLowerCase()
      side.parameters = cut < 0 ? '' : asciiValue(value.slice(cut + 1)).trim()
      break
    }
    case 'content-encoding':
      if (side.encoding === '') side.encoding = asciiValue(value)
      break
    case 'transfer-encoding':
      side.transferCoded = true
      break
    default:
  }
}

const REPRESENTATIONS: Readonly<Record<number, readonly [string, string]>> = {
  [REPRESENTATION.incremental]: [
    'Literal Header Field with Incremental Indexing - New Name',
    'Literal Header Field with Incremental Indexing - Indexed Name',
  ],
  [REPRESENTATION.without]: ['Literal Header Field without Indexing - New Name', 'Literal Header Field without Indexing - Indexed Name'],
  [REPRESENTATION.never]: ['Literal Header Field never Indexed - New Name', 'Literal Header Field never Indexed - Indexed Name'],
}

/** The rows of a block whose bytes begin at `start`. Returns what the Info column and the frame's row say of it: "GET /path", "200 OK", or ''. */
export function blockRows(d: Decoder, f: Http2Fields, block: HeaderBlock, start: number): string {
  const { representations } = block
  if (representations.length === 0) return ''
  const outer = { source: d.source, at: start },
    pseudo = new Map<string, string>()
  const fields = representations.flatMap(({ field }) => (field ? [field] : []))
  d.within('Decompressed Header', decompressed(fields), () => {
    const at = d.at
    d.generated(f['http2.header.length'], d.end, at, at)
    if (block.stopped === 'size') expertBelow(d, f['http2.header_size_exceeded'])
    d.generated(f['http2.header.count'], representations.length, at, at)
    if (block.stopped === 'lines') expertBelow(d, f['http2.header_lines_exceeded'])
    for (const one of representations) {
      const next = outer.at + one.length
      if (one.field) fieldRows(d, f, one, one.field, { source: outer.source, start: outer.at, end: next }, pseudo)
      else {
        d.range(f['http2.header_table_size_update'], d.at, d.at)
        moveNode(d, outer.source, outer.at, next)
        const parent = d.enter()
        d.add(f['http2.header_table_size_update.header_table_size'], d.at, d.at, one.index)
        moveNode(d, outer.source, outer.at, next)
        d.leave(parent)
      }
      outer.at = next
    }
  })
  const method = pseudo.get(':method'),
    path = pseudo.get(':path'),
    status = pseudo.get(':status'),
    authority = pseudo.get(':authority')
  if (authority !== undefined) {
    const scheme = pseudo.get(':scheme')
    if (method === 'CONNECT' && path === undefined) d.generatedValue(f['http2.request.full_uri'], authority, start, start)
    else if (scheme !== undefined && path !== undefined)
      d.generatedValue(f['http2.request.full_uri'], `${scheme}://${authority}${path}`, start, start)
  }
  if (method !== undefined && path !== undefined) return `${method} ${path}`
  return status === undefined ? '' : `${status} ${reason(status)}`
}

function expertBelow(d: Decoder, field: FieldId<'expert'>): void {
  const outer = d.enter()
  d.expert(field, 0, 0)
  d.leave(outer)
}

function reason(status: string): string {
  return HTTP_STATUS[Number(status)] ?? 'Unknown'
}

/** Says that the last node is bytes of another source. */
function moveNode(d: Decoder, source: number, start: number, end: number): void {
  d.tree.source[d.last] = source
  d.tree.setStart(d.last, start)
  d.tree.setEnd(d.last, end)
}

/** The fields as Wireshark lays them out: each name and value behind its length in four bytes. */
function decompressed(fields: readonly HeaderField[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, { name, value }) => sum + name.length + value.length + 8, 0)),
    view = new DataView(bytes.buffer)
  let at = 0
  for (const { name, value } of fields)
    for (const text of [name, value]) {
      view.setUint32(at, text.length)
      at += 4
      for (let i = 0; i < text.length; i++) view.setUint8(at++, text.charCodeAt(i))
    }
  return bytes
}

/** One header field; the cursor stands at it in the decompressed block. */
function fieldRows(
  d: Decoder,
  f: Http2Fields,
  { kind, index }: Representation,
  field: HeaderField,
  place: { readonly source: number; readonly start: number; readonly end: number },
  pseudo: Map<string, string>,
): void {
  const name = asciiValue(field.name),
    value = asciiValue(field.value)
  if (name.startsWith(':')) pseudo.set(name, value)
  d.range(f['http2.header'], d.at, d.at)
  moveNode(d, place.source, place.start, place.end)
  if (d.labels) d.label(`Header: ${name}: ${value}${name === ':status' ? ` ${reason(value)}` : ''}`)
  const outer = d.enter()
  d.u32(f['http2.header.name.length'])
  d.span(f['http2.header.name'], field.name.length)
  d.ascii()
  d.u32(f['http2.header.value.length'])
  const start = d.at,
    end = start + field.value.length
  d.span(f['http2.header.value'], end - start)
  d.ascii()
  if (field.value.includes('\0')) expertBelow(d, f['_ws.string.trailing_stray_characters'])
  ownRow(d, f, name, value, start, end)
  const text = unescaped(value)
  if (text !== undefined) d.generatedValue(f['http2.header.unescaped'], text, start, end)
  d.value(
    f['http2.header.repr'],
    start,
    start,
    kind === REPRESENTATION.indexed ? 'Indexed Header Field' : (REPRESENTATIONS[kind]?.[index > 0 ? 1 : 0] ?? ''),
  )
  moveNode(d, place.source, place.start, place.end)
  if (index > 0) {
    d.add(f['http2.header.index'], start, start, index)
    moveNode(d, place.source, place.start, place.end)
  }
  d.leave(outer)
}

/** The row that a known header field has of its own. */
function ownRow(d: Decoder, f: Http2Fields, name: string, value: string, start: number, end: number): void {
  const own = HEADER_ROWS.get(name)
  if (own === undefined) return
  const { type } = fieldById(f[own])
  if (type === 'string') {
    d.range(f[own] as FieldId<'string'>, start, end)
    d.ascii()
    if (name === ':path') pathRows(d, f, value, start)
    return
  }
  const digits = /^\s*(\d{1,20})$/.exec(value)?.[1]
  if (digits === undefined) return
  const number = BigInt(digits)
  if (number >= 1n << (type === 'u16' ? 16n : 64n)) return
  d.add(f[own] as FieldId<'u16' | 'u64'>, start, end, Number(number))
  if (type === 'u64') d.tree.setObject(d.last, number)
}

/** Path and parameters of a target that has a query. */
function pathRows(d: Decoder, f: Http2Fields, path: string, start: number): void {
  const mark = path.indexOf('?')
  if (mark < 0) return
  const outer = d.enter()
  d.value(f['http.path_segment'], start, start + mark, path.slice(0, mark))
  const parts = path.slice(mark + 1).split('&')
  if (parts.at(-1) === '') parts.pop()
  let at = start + mark + 1
  for (const part of parts) {
    d.value(f['http.path_sub_segment'], at, at + part.length, part)
    at += part.length + 1
  }
  d.leave(outer)
}

/** The text without percent-encoding; undefined where that is broken or hides a NUL. */
function unescaped(text: string): string | undefined {
  if (!text.includes('%')) return text
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '%') {
      bytes.push(...encodeUtf8(text.charAt(at)))
      continue
    }
    const digits = text.slice(at + 1, at + 3)
    if (!/^[0-9a-f]{2}$/i.test(digits) || digits === '00') return undefined
    bytes.push(Number.parseInt(digits, 16))
    at += 2
  }
  return utf8Text(Uint8Array.from(bytes))
}
