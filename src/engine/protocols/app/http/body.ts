// The body of a message: transfer coding off, content coding off, then to the protocol of its media type (RFC 9110, 8; RFC 9112, 6).
import { dispatchTable, protocolByName } from '../../../dissect/registry'
import type { Decoder } from '../../../dissect/define'
import { readChunks } from './chunked'
import type { HttpFields } from './fields'
import type { Head } from './head'
import { tellObject } from './objects'

/** Most bytes that a content coding may unfold to; a few kilobytes can claim gigabytes. */
const MAX_INFLATED = 16 * 1024 * 1024

type Coding = 'gzip' | 'deflate' | 'br'
const CODINGS: Readonly<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', 'x-deflate': 'deflate', br: 'br' }

/** Dissects the body at d.at; `length` bytes of it belong to the message. Returns where the message ends. */
export function readBody(d: Decoder, f: HttpFields, head: Head, length: number): number {
  const start = d.at,
    end = Math.min(start + length, d.end)
  if (head.chunked) {
    const outerEnd = d.end
    d.end = end
    const dechunked = readChunks(d, f)
    d.end = outerEnd
    if (!dechunked) {
      plainData(d, start, end)
      return end
    }
    d.layerEnds(dechunked.end)
    d.within('De-chunked entity body', dechunked.bytes, () => {
      decoded(d, f, head)
    })
    return dechunked.end
  }
  const outerEnd = d.end
  d.end = end
  decoded(d, f, head)
  d.end = outerEnd
  return end
}

/** From the cursor to d.end lies the body without transfer coding. */
function decoded(d: Decoder, f: HttpFields, head: Head): void {
  if (head.otherCoding) {
    plainData(d, d.at, d.end)
    return
  }
  const name = head.contentEncoding.toLowerCase()
  if (name === '' || name === 'identity') {
    content(d, f, head)
    return
  }
  const length = d.leftCaptured,
    coding = CODINGS[name],
    bytes = coding ? d.session.inflate.inflate(d.slice(d.at, d.at + length), coding, MAX_INFLATED) : null
  d.note(
    d.at,
    d.at + length,
    d.labels ? `Content-encoded entity body (${head.contentEncoding}): ${length} bytes${bytes ? ` -> ${bytes.length} bytes` : ''}` : '',
  )
  if (!bytes) {
    const outer = d.enter()
    d.expert(f['http.decompression_failed'], d.at, d.at + length)
    plainData(d, d.at, d.end)
    d.leave(outer)
    return
  }
  d.within('Uncompressed entity body', bytes, () => {
    content(d, f, head)
  })
}

/** From the cursor to d.end lies the content as its media type says. */
function content(d: Decoder, f: HttpFields, head: Head): void {
  const length = d.leftCaptured
  d.range(f['http.file_data'], d.at, d.at + length)
  d.ascii()
  if (d.labels) d.label(`File Data: ${length} bytes`)
  tellObject(d, head, d.at, length)
  if (length === 0) return
  d.keyDetail = head.mediaParameters
  const type = head.mediaType
  if (type !== '' && (d.next('media_type', type) || (type.startsWith('multipart/') && d.next('media_type', 'multipart/')))) return
  if (type !== '' && dispatchTable('media_type').has(type)) d.expert(f['http.subdissector_failed'])
  if (d.nextByContent('http')) return
  const media = type === '' ? undefined : protocolByName('media')
  d.key = type
  if (media) d.layer(media, d.at, d.end)
  else plainData(d, d.at, d.end)
}

/** Bytes that nothing reads, below the message's own row. */
export function plainData(d: Decoder, start: number, end: number): void {
  const data = protocolByName('data')
  if (data && end > start) d.layer(data, start, end, true)
}
