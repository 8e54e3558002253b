// Finding bytes in a followed stream, also where they begin in one segment and end in the next of the same turn.
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

/** Looks for bytes chunk by chunk. */
export class StreamFinder {
  readonly found: Found[] = []
  /** More were found than are kept. */
  more = false
  private readonly rows: FollowRows
  private readonly needle: string
  private readonly matchCase: boolean
  private readonly most: number
  private shown = 0
  /** The end of the bytes before, and the lengths of the chunks that it spans, the last one first. */
  private tail = ''
  private side: 0 | 1 | undefined

  constructor(rows: FollowRows, needle: Uint8Array, matchCase: boolean, most: number) {
    this.rows = rows
    this.matchCase = matchCase
    this.needle = this.fold(latin1(needle))
    this.most = most
  }

  /** Share that was searched. */
  get done(): number {
    return this.shown
  }

  /** Searches until `isTime` says so; true when there is more to search. */
  advance(isTime: () => boolean): boolean {
    const { rows, needle } = this
    if (needle === '') return false
    for (; this.shown < rows.shown.length && !this.more; this.shown++) {
      if (isTime()) return true
      const chunk = rows.stream.chunks[rows.shown[this.shown] ?? 0]
      if (chunk === undefined) continue
      if (chunk.missing > 0 || chunk.side !== this.side) this.tail = ''
      this.side = chunk.missing > 0 ? undefined : chunk.side
      if (chunk.missing > 0) continue
      const hay = this.tail + this.fold(latin1(rows.stream.bytes(chunk)))
      for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
        if (this.found.length === this.most) {
          this.more = true
          break
        }
        this.found.push(this.place(at - this.tail.length))
      }
      this.tail = needle.length > 1 ? hay.slice(-(needle.length - 1)) : ''
    }
    return false
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

  private fold(text: string): string {
    return this.matchCase ? text : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  }
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
