// The head of a message: first line and header fields, row by row (RFC 9112, 2 to 5).
import { decodeBase64 } from '../../../bytes/base64'
import { asciiValue, printable } from '../../../bytes/printable'
import type { Decoder, FieldId } from '../../../dissect/define'
import { HTTP_STATUS } from '../../../values/http'
import { HEADER_FIELDS } from './fields'
import type { HttpFields } from './fields'
import { contentLength } from './needed-bytes'
import { lineParts, nextLine, textEnd } from './start-line'
import type { MessageKind } from './start-line'

/** Most header fields of one message that get rows; what follows is kept out of the tree. */
const MAX_HEADERS = 4000

/** What a head says about the message and its body. */
export interface Head {
  kind: MessageKind
  method: string
  target: string
  /** Target that the message belongs to: its own, or that of the latest request before it. */
  asked: string | undefined
  status: number
  host: string
  /** Body length by Content-Length; -1 when there is none. */
  length: number
  chunked: boolean
  /** A transfer coding other than chunked, which is not undone. */
  otherCoding: boolean
  hasTransferEncoding: boolean
  contentEncoding: string
  /** Media type in lower case, without parameters; '' when there is none. */
  mediaType: string
  mediaParameters: string
  upgrade: string
  /** Sec-WebSocket-Extensions and -Protocol (RFC 6455, 11.3), in lower case. */
  extensions: string
  subprotocol: string
  /** Some row was recorded. */
  hasRows: boolean
}

/** A head of which nothing was read yet. */
export function emptyHead(kind: MessageKind): Head {
  return {
    kind,
    method: '',
    target: '',
    asked: undefined,
    status: 0,
    host: '',
    length: -1,
    chunked: false,
    otherCoding: false,
    hasTransferEncoding: false,
    contentEncoding: '',
    mediaType: '',
    mediaParameters: '',
    upgrade: '',
    extensions: '',
    subprotocol: '',
    hasRows: false,
  }
}

/** Reads lines from the cursor until an empty line, something that is no header field, or the end. */
export function readHead(d: Decoder, f: HttpFields, head: Head): void {
  if (d.stateOnly) {
    readHeadState(d, head)
    return
  }
  let isFirst = head.kind !== 'other',
    headers = 0
  while (d.has(1)) {
    const start = d.at,
      behind = nextLine(d, start, d.readable, false),
      next = behind < 0 ? d.readable : behind,
      lineEnd = behind < 0 ? next : textEnd(d, start, next)
    const line = d.latin1(start, lineEnd)
    if (isFirst) {
      firstLine(d, f, head, line, start, next)
      isFirst = false
    } else if (line === '') {
      d.note(start, next, d.labels ? printable(d.latin1(start, next)) : '')
      d.at = next
      return
    } else {
      // whatever stands before it: Wireshark complains about such names, but reads on
      const colon = line.indexOf(':')
      if (colon < 0) {
        // a header line that the end of the capture cut is not told from a body
        if (head.hasRows && behind < 0) d.require(lineEnd - start + 1)
        return
      }
      if (headers++ < MAX_HEADERS) headerRow(d, f, head, line, colon, start, next)
    }
    head.hasRows = true
    d.at = next
  }
}

/** The same for state alone: most lines are passed over without being made text. */
function readHeadState(d: Decoder, head: Head): void {
  const { readable } = d
  let isFirst = head.kind !== 'other',
    headers = 0
  while (d.at < readable) {
    const start = d.at,
      behind = nextLine(d, start, readable, false),
      next = behind < 0 ? readable : behind,
      lineEnd = behind < 0 ? next : textEnd(d, start, next)
    if (isFirst) {
      const [first, second] = lineParts(d.latin1(start, lineEnd), head.kind !== 'response')
      if (head.kind === 'response') head.status = Number.parseInt(second.text.slice(0, 3), 10) || 0
      else {
        head.method = first.text
        head.target = second.text
      }
      isFirst = false
    } else if (lineEnd === start) {
      d.at = next
      return
    } else {
      let colon = start
      while (colon < lineEnd && d.peek8(colon) !== COLON) colon++
      if (colon === lineEnd) {
        if (head.hasRows && behind < 0) d.require(lineEnd - start + 1)
        return
      }
      if (headers++ < MAX_HEADERS && HEADERS_OF_STATE.has(((colon - start) << 8) | (d.peek8(start) | 0x20)))
        stateOfHeader(head, d.latin1(start, colon).toLowerCase(), d.latin1(colon + 1, lineEnd).trim())
    }
    head.hasRows = true
    d.at = next
  }
}

const COLON = 0x3a

/** Lengths and first letters of the header fields that stateOfHeader knows. */
const HEADERS_OF_STATE: ReadonlySet<number> = new Set(
  ['host', 'content-length', 'upgrade', 'sec-websocket-extensions', 'sec-websocket-protocol', 'transfer-encoding'].map(
    (name) => (name.length << 8) | name.charCodeAt(0),
  ),
)

function firstLine(d: Decoder, f: HttpFields, head: Head, line: string, start: number, next: number): void {
  const [first, second, third] = lineParts(line, head.kind !== 'response')
  const text = printable(d.latin1(start, next))
  d.note(start, next, text)
  const outer = d.enter()
  d.expert(f['http.chat'], start, next, text)
  if (head.kind === 'response') {
    part(d, f['http.response.version'], start, first)
    if (second.text.length >= 3) {
      const code = Number.parseInt(second.text.slice(0, 3), 10)
      head.status = Number.isNaN(code) ? 0 : code
      d.add(f['http.response.code'], start + second.start, start + second.start + 3, head.status)
      d.generatedValue(
        f['http.response.code.desc'],
        HTTP_STATUS[head.status] ?? `Unknown (${head.status})`,
        start + second.start,
        start + second.start + 3,
      )
      part(d, f['http.response.phrase'], start, third)
    }
  } else {
    part(d, f['http.request.method'], start, first)
    head.method = first.text
    head.target = second.text
    part(d, f['http.request.uri'], start, second)
    query(d, f, start + second.start, second.text)
    part(d, f['http.request.version'], start, third)
  }
  d.leave(outer)
}

function part(d: Decoder, field: FieldId<'string'>, start: number, piece: { readonly start: number; readonly text: string }): void {
  d.value(field, start + piece.start, start + piece.start + piece.text.length, asciiValue(piece.text))
}

/** Path, query and parameters of a target that has a query. */
function query(d: Decoder, f: HttpFields, start: number, target: string): void {
  const mark = target.indexOf('?')
  // a query of nothing is none
  if (mark < 0 || mark === target.length - 1) return
  const outer = d.enter()
  part(d, f['http.request.uri.path'], start, { start: 0, text: target.slice(0, mark) })
  const text = target.slice(mark + 1)
  part(d, f['http.request.uri.query'], start, { start: mark + 1, text })
  const inner = d.enter()
  let at = mark + 1
  for (const parameter of text.split('&')) {
    if (parameter) part(d, f['http.request.uri.query.parameter'], start, { start: at, text: parameter })
    at += parameter.length + 1
  }
  d.leave(inner)
  d.leave(outer)
}

/** What a name must not have: separators (RFC 2616, 2.2) and what does not print; nor is it empty. */
const NOT_IN_NAMES = /^$|[^\x21-\x7e]|[()<>@,;\\"/[\]?={}]/

/** Text behind the NUL that ends the value, as Wireshark finds it: where the text of three bytes for each one that is not ASCII is not longer than the line. */
function hasStrayText(line: string): boolean {
  const nul = line.indexOf('\0')
  if (nul < 0) return false
  let at = nul
  while (line[at] === '\0') at++
  return at + 2 * line.slice(0, nul).replace(/[\0-\x7f]/g, '').length < line.length
}

function headerRow(d: Decoder, f: HttpFields, head: Head, line: string, colon: number, start: number, next: number): void {
  const name = line.slice(0, colon),
    lower = name.toLowerCase(),
    whole = d.latin1(start, next)
  let valueStart = colon + 1
  while (line[valueStart] === ' ' || line[valueStart] === '\t') valueStart++
  const value = line.slice(valueStart),
    lineField =
      head.kind === 'request' ? f['http.request.line'] : head.kind === 'response' ? f['http.response.line'] : f['http.unknown_header']
  const own = HEADER_FIELDS.get(lower),
    badName = NOT_IN_NAMES.test(name)
  if (own === undefined || lineField !== f['http.unknown_header']) {
    d.value(lineField, start, next, lineField === f['http.unknown_header'] && !badName ? printable(whole) : asciiValue(whole))
    if (d.labels) d.label(printable(whole))
    if (own !== undefined) d.hide()
  }
  if (own !== undefined) {
    d.value(f[own], start, next, asciiValue(value))
    if (d.labels) d.label(printable(whole))
  }
  const outer = d.enter()
  if (badName && hasStrayText(whole)) d.expert(f['_ws.string.trailing_stray_characters'], start, next)
  if (badName) d.expert(f['http.bad_header_name'], start, next)
  if (lower.startsWith('sec-websocket-')) stateOfHeader(head, lower, value.trim())
  if (own !== undefined) meaning(d, f, head, lower, value, start + valueStart)
  d.leave(outer)
}

/** What a header says about the connection and where the message ends, without rows. */
function stateOfHeader(head: Head, name: string, value: string): void {
  if (name === 'host') head.host = printable(value)
  else if (name === 'content-length') head.length = contentLength(value) ?? head.length
  else if (name === 'upgrade') head.upgrade = value.toLowerCase()
  else if (name === 'sec-websocket-extensions') head.extensions = value.toLowerCase()
  else if (name === 'sec-websocket-protocol') head.subprotocol = value.toLowerCase()
  else if (name === 'transfer-encoding') {
    head.hasTransferEncoding = true
    if (/\bchunked\b/i.test(value)) head.chunked = true
  }
}

/** What some headers say, with rows below the header's own. */
function meaning(d: Decoder, f: HttpFields, head: Head, name: string, value: string, start: number): void {
  const end = start + value.length
  switch (name) {
    case 'host':
      head.host = printable(value)
      break
    case 'content-type': {
      const cut = value.search(/[;, \t]/)
      head.mediaType = (cut < 0 ? value : value.slice(0, cut)).toLowerCase()
      head.mediaParameters = cut < 0 ? '' : value.slice(cut + 1).trim()
      break
    }
    case 'content-encoding':
      head.contentEncoding = value.trim()
      break
    case 'content-length': {
      const length = contentLength(value)
      if (length !== undefined) {
        head.length = length
        d.generatedValue(f['http.content_length'], BigInt(length), start, end)
        d.tree.numbers[d.last] = length
      }
      if (head.hasTransferEncoding) d.expert(f['http.te_and_length'], start, end)
      break
    }
    case 'transfer-encoding':
      head.hasTransferEncoding = true
      transferCodings(d, f, head, value, start, end)
      if (head.length >= 0) d.expert(f['http.te_and_length'], start, end)
      break
    case 'upgrade':
      head.upgrade = value.trim().toLowerCase()
      break
    case 'http2-settings': {
      // what RFC 7540, 3.2.1 calls base64url: the alphabet of URLs
      const octets = decodeBase64(value.trim().replace(/-/g, '+').replace(/_/g, '/')),
        bytes = Uint8Array.from(octets, (c) => c.charCodeAt(0))
      d.within('HTTP2-Settings', bytes, () => {
        d.embed('http2.settings', 'http2-settings', 0, bytes.length - (bytes.length % 6), false)
      })
      break
    }
    case 'cookie': {
      let at = 0
      for (const pair of value.split(';')) {
        const skipped = pair.length - pair.trimStart().length
        if (skipped < pair.length)
          d.value(f['http.cookie_pair'], start + at + skipped, start + at + pair.length, asciiValue(pair.slice(skipped)))
        at += pair.length + 1
      }
      break
    }
    case 'authorization':
    case 'proxy-authorization':
      if (/^basic /i.test(value)) {
        const text = decodeBase64(value.slice(6).trim())
        d.value(f['http.authbasic'], start, end, asciiValue(text))
      }
      break
    default:
  }
}

function transferCodings(d: Decoder, f: HttpFields, head: Head, value: string, start: number, end: number): void {
  for (const coding of value.toLowerCase().split(',')) {
    const name = coding.trim()
    if (name === 'chunked') head.chunked = true
    else if (/^(x-)?(gzip|compress|deflate)$/.test(name)) head.otherCoding = true
    else if (name !== '' && name !== 'identity') d.expert(f['http.te_unknown'], start, end)
  }
}
