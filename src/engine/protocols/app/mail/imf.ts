// Internet Message Format (RFC 5322): header fields, addresses, and the body, which is given to the protocol of its media type (RFC 2045).
// Not covered: content transfer codings, MMHS and the X.400 fields of RFC 2156.
import { asciiValue, printable } from '../../../bytes/printable'
import { defineProtocol, none, string } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { lineAt } from '../../../dissect/lines'
import type { FieldIds } from '../../../dissect/registry'

/** Most header fields, addresses of one field, and lines of a text that get rows; most characters of the Info column. */
const MAX_HEADERS = 2000,
  MAX_ADDRESSES = 500,
  MAX_LINES = 5000,
  MAX_INFO = 1024

const FIELDS = {
  'imf.date': string('Date'),
  'imf.from': string('From'),
  'imf.sender': string('Sender'),
  'imf.reply_to': string('Reply-To'),
  'imf.to': string('To'),
  'imf.cc': string('Cc'),
  'imf.bcc': string('Bcc'),
  'imf.message_id': string('Message-ID'),
  'imf.in_reply_to': string('In-Reply-To'),
  'imf.references': string('References'),
  'imf.subject': string('Subject'),
  'imf.comments': string('Comments'),
  'imf.keywords': string('Keywords'),
  'imf.return_path': string('Return-Path'),
  'imf.received': string('Received'),
  'imf.user_agent': string('User-Agent'),
  'imf.mime_version': string('MIME-Version'),
  'imf.content.id': string('Content-ID'),
  'imf.content.type': string('Content-Type'),
  'imf.content.type.type': string('Type'),
  'imf.content.type.parameters': string('Parameters'),
  'imf.content.transfer_encoding': string('Content-Transfer-Encoding'),
  'imf.ext.mailer': string('X-Mailer'),
  'imf.thread-index': string('Thread-Index'),
  'imf.extension': string('Unknown-Extension'),
  'imf.extension.type': string('Type'),
  'imf.extension.value': string('Value'),
  'imf.address_list.item': string('Item'),
  'imf.display_name': string('Display-Name'),
  'imf.address': string('Address'),
  'imf.message_text': none('Message-Text'),
} as const
type Ids = FieldIds<typeof FIELDS>

/** Fields by the header's name in lower case. */
const HEADERS: ReadonlyMap<string, keyof typeof FIELDS> = new Map([
  ['date', 'imf.date'],
  ['from', 'imf.from'],
  ['sender', 'imf.sender'],
  ['reply-to', 'imf.reply_to'],
  ['to', 'imf.to'],
  ['cc', 'imf.cc'],
  ['bcc', 'imf.bcc'],
  ['message-id', 'imf.message_id'],
  ['in-reply-to', 'imf.in_reply_to'],
  ['references', 'imf.references'],
  ['subject', 'imf.subject'],
  ['comments', 'imf.comments'],
  ['keywords', 'imf.keywords'],
  ['return-path', 'imf.return_path'],
  ['received', 'imf.received'],
  ['user-agent', 'imf.user_agent'],
  ['mime-version', 'imf.mime_version'],
  ['content-id', 'imf.content.id'],
  ['content-type', 'imf.content.type'],
  ['content-transfer-encoding', 'imf.content.transfer_encoding'],
  ['x-mailer', 'imf.ext.mailer'],
  ['thread-index', 'imf.thread-index'],
])
const ADDRESS_LISTS: ReadonlySet<string> = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'bcc'])

/** What the head says about the body. */
interface Head {
  mediaType: string
  parameters: string
}

export const imf = defineProtocol({
  name: 'imf',
  title: 'Internet Message Format',
  short: 'IMF',
  firstVisit: 'none',
  accepts: { media_type: ['message/rfc822'] },
  fields: FIELDS,
  decode(d, f) {
    const head: Head = { mediaType: '', parameters: '' },
      end = d.readable
    let headers = 0
    if (d.summary) {
      d.setProtocol(`${d.protocolColumn}/IMF`)
      d.setInfo('')
    }
    while (d.at < end) {
      const start = d.at,
        name = headerName(d, start, end)
      if (name === '') break
      const next = headerEnd(d, start, end)
      if (headers++ < MAX_HEADERS) header(d, f, head, name, start, next)
      d.at = next
    }
    if (headers > 0 && d.at < end) {
      // the empty line between head and body
      const line = lineAt(d, d.at, end)
      if (line.end === d.at) d.at = line.next
    }
    if (d.at >= end && headers > 0) return
    body(d, f, head)
    d.at = d.end
  },
})

/** Name of the header field at a position; '' when there is none. */
function headerName(d: Decoder, start: number, end: number): string {
  return /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/.exec(d.latin1(start, Math.min(start + 256, lineAt(d, start, end).end)))?.[1] ?? ''
}

/** End of a header field: lines that begin with a blank belong to it (RFC 5322, 2.2.3). */
function headerEnd(d: Decoder, start: number, end: number): number {
  let { next } = lineAt(d, start, end)
  while (next < end && (d.peek8(next) === 0x20 || d.peek8(next) === 9)) ({ next } = lineAt(d, next, end))
  return next
}

function header(d: Decoder, f: Ids, head: Head, name: string, start: number, next: number): void {
  const whole = d.latin1(start, next),
    colon = whole.indexOf(':'),
    text = whole.slice(colon + 1).replace(/[\r\n]+$/, ''),
    value = text.trimStart(),
    valueAt = start + colon + 1 + text.length - value.length,
    valueEnd = valueAt + value.length,
    lower = name.toLowerCase(),
    known = HEADERS.get(lower)
  if (d.summary && (lower === 'from' || lower === 'subject')) d.appendInfo(`${lower}: ${printable(value).slice(0, MAX_INFO)}, `)
  if (known === undefined) {
    d.value(f['imf.extension'], start, next, asciiValue(`${name}: ${value}`))
    const outer = d.enter()
    d.value(f['imf.extension.type'], start, start + name.length, asciiValue(name))
    d.value(f['imf.extension.value'], valueAt, valueEnd, asciiValue(value))
    d.leave(outer)
    return
  }
  d.value(f[known], valueAt, valueEnd, asciiValue(value))
  if (ADDRESS_LISTS.has(lower)) addresses(d, f, value, valueAt)
  else if (lower === 'content-type') {
    const cut = value.search(/[;\s]/),
      type = cut < 0 ? value : value.slice(0, cut)
    head.mediaType = type.toLowerCase()
    head.parameters =
      cut < 0
        ? ''
        : value
            .slice(cut + 1)
            .replace(/\s+/g, ' ')
            .trim()
    const outer = d.enter()
    d.value(f['imf.content.type.type'], valueAt, valueAt + type.length, asciiValue(type))
    if (cut >= 0) d.value(f['imf.content.type.parameters'], valueAt + cut + 1, valueEnd, asciiValue(value.slice(cut + 1)))
    d.leave(outer)
  }
}

/** The addresses of a field, separated by commas outside quotation marks and angle brackets. */
function addresses(d: Decoder, f: Ids, value: string, at: number): void {
  const node = d.last,
    outer = d.enter()
  let items = 0
  for (const match of value.matchAll(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/g)) {
    if (items++ >= MAX_ADDRESSES) break
    const text = match[0].trim(),
      start = at + match.index + match[0].indexOf(text),
      bracket = /^(.*?)\s*<([^>]*)>/s.exec(text),
      name = bracket?.[1] ?? ''
    d.value(f['imf.address_list.item'], start, start + text.length, asciiValue(text))
    const inner = d.enter()
    if (name !== '') d.value(f['imf.display_name'], start, start + name.length, asciiValue(name))
    const address = bracket ? (bracket[2] ?? '') : text,
      addressAt = start + (bracket ? text.indexOf('<') + 1 : 0)
    d.value(f['imf.address'], addressAt, addressAt + address.length, asciiValue(address))
    d.leave(inner)
  }
  if (d.labels) d.appendLabel(`, ${items} item${items === 1 ? '' : 's'}`, node)
  d.leave(outer)
}

/** The body at d.at. */
function body(d: Decoder, f: Ids, head: Head): void {
  const start = d.at,
    end = d.readable,
    { mediaType } = head
  if (mediaType !== '') {
    d.keyDetail = head.parameters
    if (d.next('media_type', mediaType, start, d.end, true)) return
    if (mediaType.startsWith('multipart/') && d.next('media_type', 'multipart/', start, d.end, true)) return
  }
  d.range(f['imf.message_text'], start, end)
  const outer = d.enter()
  let info = d.infoColumn.length,
    lines = 0
  for (let at = start; at < end && (d.labels || info < MAX_INFO);) {
    const { next } = lineAt(d, at, end),
      text = d.latin1(at, next)
    if (d.summary && info < MAX_INFO) {
      const shown = `${at > start || info > 0 ? ', ' : ''}${printable(text.replace(/[\r\n\t]/g, ' '))}`
      d.appendInfo(shown)
      info += shown.length
    }
    if (d.labels && lines++ < MAX_LINES) d.note(at, next, printable(text))
    at = next
  }
  d.leave(outer)
}
