// Finding bytes in a followed stream, also where they begin in one segment and end in the next of the same turn.
import { ByteSearch } from '../bytes/byte-search'
import type { FollowRows } from './rows'

/** A place where the bytes stand: a shown chunk, and the offset of the first byte in it. */
export interface Found {
  readonly shown: number
  readonly offset: number
}

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  const encoded = encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'))
  const bytes: number[] = []
  for (let at = 0; at < encoded.length; at++) {
    if (encoded[at] === '%') {
      bytes.push(Number.parseInt(encoded.slice(at + 1, at + 3), 16))
      at += 2
    } else bytes.push(encoded.charCodeAt(at))
  }
  return Uint8Array.from(bytes)
}

/** Looks for bytes chunk by chunk. A chunk without them costs one look at some of its bytes. */
export class StreamFinder {
  readonly found: Found[] = []
  /** More were found than are kept. */
  more = false
  private readonly rows: FollowRows
  private readonly needle: string
  private readonly search: ByteSearch | undefined
  /** What each byte counts as. */
  private readonly fold: Uint8Array
  private readonly most: number
  private shown = 0
  /** The end of the bytes before, then those of the chunk. */
  private hay = new Uint8Array(0)
  private tail = 0
  private side: 0 | 1 | undefined

  constructor(rows: FollowRows, needle: Uint8Array, matchCase: boolean, most: number) {
    this.rows = rows
    this.fold = Uint8Array.from({ length: 256 }, (_, byte) => (!matchCase && byte >= 65 && byte <= 90 ? byte + 32 : byte))
    const folded = needle.map((byte) => this.fold[byte] ?? 0)
    this.needle = latin1(folded)
    this.search = folded.length > 0 ? new ByteSearch(folded) : undefined
    this.most = most
  }

  /** Share that was searched. */
  get done(): number {
    return this.shown
  }

  /** Searches until `isTime` says so; true when there is more to search. */
  advance(isTime: () => boolean): boolean {
    const { rows, search } = this
    if (search === undefined) return false
    for (; this.shown < rows.shown.length && !this.more; this.shown++) {
      if (isTime()) return true
      const chunk = rows.stream.chunks[rows.shown[this.shown] ?? 0]
      if (chunk === undefined) continue
      if (chunk.missing > 0 || chunk.side !== this.side) this.tail = 0
      this.side = chunk.missing > 0 ? undefined : chunk.side
      if (chunk.missing > 0) continue
      const length = this.take(rows.stream.bytes(chunk))
      if (search.occurs(this.hay, 0, length)) this.collect(length)
      const kept = Math.min(length, this.needle.length - 1)
      this.hay.copyWithin(0, length - kept, length)
      this.tail = kept
    }
    return false
  }

  /** Puts bytes behind the end of those before; answers how many there are now. */
  private take(bytes: Uint8Array): number {
    const { fold, tail } = this,
      length = tail + bytes.length
    if (this.hay.length < length) {
      const longer = new Uint8Array(length * 2)
      longer.set(this.hay.subarray(0, tail))
      this.hay = longer
    }
    const { hay } = this
    for (let at = 0; at < bytes.length; at++) hay[tail + at] = fold[bytes[at] ?? 0] ?? 0
    return length
  }

  private collect(length: number): void {
    const { needle, tail } = this,
      text = latin1(this.hay.subarray(0, length))
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      if (this.found.length === this.most) {
        this.more = true
        return
      }
      this.found.push(this.place(at - tail))
    }
  }

  /** The place of an offset that may lie before the present chunk. */
  private place(offset: number): Found {
    let { shown } = this
    while (offset < 0 && shown > 0) {
      shown--
      offset += this.rows.stream.chunks[this.rows.shown[shown] ?? 0]?.length ?? 0
    }
    return { shown, offset: Math.max(0, offset) }
  }
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
