// A body as people want it: codings undone in the order in which they were laid on (RFC 9110, 8.4; RFC 9112, 7), and what kind of content it is.
import type { HttpMessageView } from '../../../shared/contract'
import type { Inflate } from '../../dissect/session'
import { headerValue } from './message-reader'
import type { HttpHead } from './message-reader'
import { mediaType } from './rows'

type Body = HttpMessageView['body']
type Coding = 'gzip' | 'deflate' | 'br' | 'zstd'
const CODINGS: Readonly<Record<string, Coding | 'identity'>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  zstd: 'zstd',
  identity: 'identity',
}
/** Most codings that one message may have laid over each other. */
const MOST_CODINGS = 4

/** A body with its codings undone; `bytes` null where they cannot be. */
export interface DecodedBody {
  readonly bytes: Uint8Array | null
  readonly codings: readonly string[]
  readonly problem: Body['problem']
}

/** Whether a message's transfer coding ends with chunks. */
export function isChunked(head: HttpHead): boolean {
  return /(^|,)\s*chunked\s*$/i.test(headerValue(head, 'transfer-encoding'))
}

/** Undoes the codings of a body whose chunks were put together already; at most `limit` bytes come out. */
export function decodeBody(head: HttpHead, body: Uint8Array, inflate: Inflate, limit: number): DecodedBody {
  const list = (name: string) =>
      headerValue(head, name)
        .toLowerCase()
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    codings = [...list('content-encoding'), ...list('transfer-encoding')],
    toUndo = codings.filter((one) => one !== 'chunked').reverse()
  if (toUndo.length > MOST_CODINGS) return { bytes: null, codings, problem: 'unknown-coding' }
  let bytes = body
  for (const name of toUndo) {
    const coding = Object.hasOwn(CODINGS, name) ? CODINGS[name] : undefined
    if (coding === undefined) return { bytes: null, codings, problem: 'unknown-coding' }
    if (coding === 'identity' || bytes.length === 0) continue
    const plain = inflate.inflate(bytes, coding, limit)
    if (!plain) return { bytes: null, codings, problem: 'damaged' }
    bytes = plain
  }
  return { bytes, codings, problem: 'none' }
}

/** Charset of a content type, in lower case; '' where it names none. */
export function charsetOf(head: HttpHead): string {
  return /;\s*charset="?([\w.:-]{1,40})/i.exec(headerValue(head, 'content-type'))?.[1]?.toLowerCase() ?? ''
}

/** Kind of content by its media type, or by its first bytes where it has none. */
export function bodyKind(head: HttpHead, bytes: Uint8Array): Body['kind'] {
  if (bytes.length === 0) return 'none'
  const type = mediaType(headerValue(head, 'content-type'))
  if (type.startsWith('image/')) return 'image'
  if (/[/+]json$/.test(type)) return 'json'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (/[/+]xml$/.test(type)) return 'xml'
  if (type === 'text/css') return 'css'
  if (/(java|ecma)script$/.test(type)) return 'script'
  if (type.startsWith('text/') || type === 'application/x-www-form-urlencoded' || type.endsWith('pem-file')) return 'text'
  return type === '' && bytes.subarray(0, 512).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13) ? 'text' : 'other'
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/javascript': 'js',
  'text/javascript': 'js',
  'text/html': 'html',
  'text/css': 'css',
  'text/plain': 'txt',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'application/pdf': 'pdf',
}

/** A file name for a body: the last part of the path, cleaned of what file systems do not take, with an ending that fits its type. */
export function bodyName(target: string, type: string): string {
  const last = /[^/]*$/.exec(target.replace(/[?#].*$/s, ''))?.[0] ?? '',
    clean = last
      .replace(/%[0-9a-f]{2}|[^\w.-]+/gi, '_')
      .replace(/^\.+/, '')
      .slice(-100),
    base = clean === '' ? 'body' : clean
  return /\.[a-z0-9]{1,8}$/i.test(base) ? base : `${base}.${ENDINGS[type] ?? 'bin'}`
}
