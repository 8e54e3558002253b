// Where messages end in a stream of bytes, by rules that people choose: TCP itself keeps no edges. Pure, in one pass, bounded: a message is never held.

/** How messages are told apart. */
export type Framing =
  | { readonly kind: 'fixed'; readonly length: number }
  | { readonly kind: 'delimiter'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'prefix'
      /** Bytes before the length. */
      readonly offset: number
      readonly width: 1 | 2 | 3 | 4 | 8
      readonly littleEndian: boolean
      /** Whether the length counts the bytes up to and with itself. */
      readonly countsHeader: boolean
      /** Added to the length that is read, for example for a trailer. */
      readonly add: number
    }
  | { readonly kind: 'http' }
  /** Tried in turn for each message: the first rule by which it is all there says where it ends. */
  | { readonly kind: 'any'; readonly of: readonly Framing[] }

/** One message: half-open range of offsets in its side's bytes. */
export interface Framed {
  readonly start: number
  readonly end: number
  /** False for the last one when the bytes end before it does, or when its rule does not fit. */
  readonly complete: boolean
}

/** What came of framing. `broken` is the offset from which on the rule does not fit; -1 = it fits everywhere. */
export interface FramingResult {
  readonly messages: readonly Framed[]
  readonly broken: number
  /** There are more messages than were kept. */
  readonly more: boolean
}

/** Most messages that are told apart. */
const MOST = 20_000
/** Longest head of an HTTP message. */
const LONGEST_HEAD = 1 << 20

/** Splits the bytes of one side into messages. */
export function frameMessages(bytes: Uint8Array, framing: Framing): FramingResult {
  const messages: Framed[] = []
  let at = 0
  while (at < bytes.length) {
    if (messages.length === MOST) return { messages, broken: -1, more: true }
    const end = endOf(bytes, at, framing)
    if (end === null || end <= at) {
      messages.push({ start: at, end: bytes.length, complete: false })
      return { messages, broken: at, more: false }
    }
    messages.push({ start: at, end: Math.min(end, bytes.length), complete: end <= bytes.length })
    at = end
  }
  return { messages, broken: -1, more: false }
}

/** Where the message at `at` ends; beyond the bytes when it is not all there; null when the rule does not fit. */
function endOf(bytes: Uint8Array, at: number, framing: Framing): number | null {
  switch (framing.kind) {
    case 'fixed':
      return framing.length > 0 ? at + framing.length : null
    case 'delimiter': {
      const found = indexOf(bytes, framing.bytes, at)
      return framing.bytes.length === 0 ? null : found < 0 ? bytes.length + 1 : found + framing.bytes.length
    }
    case 'prefix': {
      const { offset, width, littleEndian, countsHeader, add } = framing
      const body = at + offset + width
      if (body > bytes.length) return bytes.length + 1
      let length = 0
      for (let index = 0; index < width; index++) {
        const place = littleEndian ? width - 1 - index : index
        length = length * 256 + (bytes[at + offset + place] ?? 0)
      }
      const end = (countsHeader ? at : body) + length + add
      return Number.isSafeInteger(end) && end >= body ? end : null
    }
    case 'http':
      return httpEnd(bytes, at)
    case 'any': {
      let partial: number | null = null
      for (const rule of framing.of) {
        const end = endOf(bytes, at, rule)
        if (end !== null && end > at && end <= bytes.length) return end
        partial ??= end
      }
      return partial
    }
  }
}

/** End of an HTTP/1.x message (RFC 9112, 6): its head, then as many bytes as Content-Length says, or its chunks. */
function httpEnd(bytes: Uint8Array, at: number): number | null {
  const body = headEnd(bytes, at)
  if (body < 0) return bytes.length - at > LONGEST_HEAD ? null : bytes.length + 1
  const head = String.fromCharCode(...bytes.subarray(at, Math.min(body, at + 65_536)))
  if (!/^(HTTP\/1\.\d \d{3}|[A-Z]+ \S+ HTTP\/1\.\d)/.test(head)) return null
  if (/^transfer-encoding:[^\r\n]*chunked[ \t]*$/im.test(head)) return chunksEnd(bytes, body)
  const length = /^content-length:[ \t]*(\d{1,15})[ \t]*$/im.exec(head)?.[1]
  if (length !== undefined) return body + Number(length)
  // without either, a response goes on to the close; requests and answers without content end with their head
  return /^HTTP\/1\.\d (?!1\d\d|204|304)/.test(head) ? bytes.length : body
}

function headEnd(bytes: Uint8Array, at: number): number {
  for (let line = bytes.indexOf(10, at); line >= 0 && line - at < LONGEST_HEAD; line = bytes.indexOf(10, line + 1)) {
    if (bytes[line + 1] === 10) return line + 2
    if (bytes[line + 1] === 13 && bytes[line + 2] === 10) return line + 3
  }
  return -1
}

function chunksEnd(bytes: Uint8Array, start: number): number | null {
  for (let at = start; ;) {
    const line = bytes.indexOf(10, at)
    if (line < 0) return bytes.length + 1
    const digits = /^[0-9a-f]{1,8}/i.exec(String.fromCharCode(...bytes.subarray(at, Math.min(line, at + 64))))?.[0]
    if (digits === undefined) return null
    const size = Number.parseInt(digits, 16)
    if (size > 0) {
      // the chunk, and the line end behind it
      at = line + 1 + size
      const end = bytes.indexOf(10, at)
      if (at > bytes.length || end < 0) return bytes.length + 1
      if (end > at + 1) return null
      at = end + 1
      continue
    }
    // trailer fields end with an empty line
    for (let trailer = line + 1; ;) {
      const end = bytes.indexOf(10, trailer)
      if (end < 0) return bytes.length + 1
      if (end - trailer <= 1) return end + 1
      trailer = end + 1
    }
  }
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++
    if (same === wanted.length) return at
  }
  return -1
}

/** What a program gets that calls recv() with a buffer of `size` whenever a segment has come: what has come and fits, whatever the messages. `segments` are
 *  the offsets at which segments end. */
export function simulatedReads(segments: readonly number[], size: number, most = 20_000): number[] {
  const ends: number[] = []
  let at = 0
  for (const end of segments) {
    while (at < end && ends.length < most) {
      at = Math.min(end, at + size)
      ends.push(at)
    }
  }
  return ends
}

/** How messages lie on segments. */
export interface Edges {
  /** Segments with bytes of more than one message. */
  readonly coalesced: number
  /** Messages with bytes in more than one segment. */
  readonly split: number
  /** Reads that hold exactly one whole message. */
  readonly wholeReads: number
}

/** Counts how messages lie on segments and reads; both are ends of ranges that begin where the one before ended. */
export function edgesOf(messages: readonly Framed[], segments: readonly number[], reads: readonly number[]): Edges {
  let coalesced = 0,
    split = 0,
    wholeReads = 0,
    start = 0
  const starts = new Set(messages.map((message) => message.start))
  const ends = new Map(messages.map((message) => [message.end, message]))
  let next = 0
  for (const end of segments) {
    while (next < messages.length && (messages[next]?.start ?? 0) <= start) next++
    if (next < messages.length && (messages[next]?.start ?? 0) < end) coalesced++
    start = end
  }
  let segment = 0
  for (const message of messages) {
    while (segment < segments.length && (segments[segment] ?? 0) <= message.start) segment++
    if ((segments[segment] ?? message.end) < message.end) split++
  }
  start = 0
  for (const end of reads) {
    const message = ends.get(end)
    if (starts.has(start) && message?.start === start && message.complete) wholeReads++
    start = end
  }
  return { coalesced, split, wholeReads }
}
