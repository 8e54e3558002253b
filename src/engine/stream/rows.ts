// A followed stream as rows of a screen, so that any row of any stream can be made without those before it. Only where each chunk's first row stands is
// kept. Texts run on over the chunks of a turn and break at line ends and at the width; dumps begin anew with each chunk.
import { utf8Text } from '../bytes/text'
import type { FollowChunk, FollowedStream } from './followed-stream'
import { hexDumpLine, hexDigits } from './dump'

/** How bytes are written. */
export type FollowForm = 'ascii' | 'utf8' | 'hex' | 'c' | 'raw'
/** Bytes (characters of UTF-8) of a row. */
export const ROW_WIDTH: Readonly<Record<FollowForm, number>> = { ascii: 160, utf8: 160, hex: 16, c: 8, raw: 48 }

/** One row. */
export interface FollowRow {
  readonly side: 0 | 1
  readonly frame: number
  /** Index of the chunk with its first byte. */
  readonly chunk: number
  /** First row of a turn. */
  readonly starts: boolean
  /** Bytes that are missing here; the text is empty then. */
  readonly missing: number
  readonly text: string
}

interface OpenRow {
  readonly chunk: number
  readonly bytes: number[]
  columns: number
}

/** Where a byte stands: its row, and the bytes of the row before it. */
export interface RowPlace {
  readonly row: number
  readonly column: number
}

/** Rows of a followed stream in one form, of one side or of both. */
export class FollowRows {
  readonly stream: FollowedStream
  readonly form: FollowForm
  private readonly side: 0 | 1 | null
  /** Chunks that are shown, as indices into the stream's. */
  readonly shown: number[] = []
  /** By shown chunk: the row in which it begins, the columns of that row that are taken before it (-1: it begins a row of its own), the turn. */
  private readonly firstRow: number[] = []
  private readonly firstColumn: number[] = []
  /** Shown chunks that begin a turn. */
  readonly turns: number[] = []
  /** Bytes and missing bytes of each side. */
  readonly bytes: [number, number] = [0, 0]
  readonly missing: [number, number] = [0, 0]
  private taken = 0
  private rows = 0
  private column = -1
  private speaker: 0 | 1 | undefined
  /** Position of each side in its own bytes, as dumps count. */
  private readonly position: [number, number] = [0, 0]
  private readonly positions: number[] = []

  constructor(stream: FollowedStream, form: FollowForm, side: 0 | 1 | null) {
    this.stream = stream
    this.form = form
    this.side = side
  }

  /** Rows so far. */
  get count(): number {
    return this.rows + (this.column >= 0 ? 1 : 0)
  }

  /** Takes chunks that the stream has now, until `isTime` says so. True when there are more. */
  advance(isTime: () => boolean): boolean {
    const { chunks } = this.stream
    for (; this.taken < chunks.length; this.taken++) {
      if (isTime()) return true
      const chunk = chunks[this.taken]
      if (chunk === undefined) continue
      this.bytes[chunk.side] += chunk.length
      this.missing[chunk.side] += chunk.missing
      if (this.side === null || chunk.side === this.side) this.place(this.taken, chunk)
    }
    return false
  }

  private place(index: number, chunk: FollowChunk): void {
    const isText = this.form === 'ascii' || this.form === 'utf8'
    if (chunk.missing > 0 || chunk.side !== this.speaker || !isText) this.closeRow()
    if (chunk.missing === 0 && chunk.side !== this.speaker) {
      this.turns.push(this.shown.length)
      this.speaker = chunk.side
    }
    this.shown.push(index)
    this.firstRow.push(this.rows)
    this.firstColumn.push(this.column)
    this.positions.push(this.position[chunk.side])
    if (chunk.missing > 0) {
      this.rows++
      return
    }
    this.position[chunk.side] += chunk.length
    if (!isText) {
      this.rows += Math.ceil(chunk.length / ROW_WIDTH[this.form]) + (this.form === 'c' ? 1 : 0)
      return
    }
    const width = ROW_WIDTH[this.form]
    for (const byte of this.stream.bytes(chunk)) {
      if (byte === NEWLINE) {
        this.rows++
        this.column = -1
      } else if (takesColumn(this.form, byte)) {
        if (this.column === width) {
          this.rows++
          this.column = 0
        }
        this.column = Math.max(0, this.column) + 1
      } else this.column = Math.max(0, this.column)
    }
  }

  private closeRow(): void {
    if (this.column < 0) return
    this.rows++
    this.column = -1
  }

  /** Rows from `first` on, at most `count`. */
  get(first: number, count: number): FollowRow[] {
    if (first >= this.count || count <= 0) return []
    const rows: FollowRow[] = []
    let at = this.chunkOfRow(first)
    // the row may have begun in chunks before
    while (at > 0 && (this.firstColumn[at] ?? -1) >= 0 && this.firstRow[at] === first) at--
    const isText = this.form === 'ascii' || this.form === 'utf8'
    let row = this.firstRow[at] ?? 0
    let open: OpenRow | undefined
    const give = (side: 0 | 1, chunk: number, text: string, missing: number): void => {
      if (row >= first && rows.length < count) {
        const { frame } = this.stream.chunks[this.shown[chunk] ?? 0] ?? { frame: 0 }
        rows.push({ side, frame, chunk: this.shown[chunk] ?? 0, starts: this.startsTurn(chunk, row), missing, text })
      }
      row++
    }
    const close = (side: 0 | 1): void => {
      if (open === undefined) return
      give(side, open.chunk, textOf(this.form, open.bytes), 0)
      open = undefined
    }
    let side: 0 | 1 = 0
    for (; at < this.shown.length && rows.length < count; at++) {
      const chunk = this.stream.chunks[this.shown[at] ?? 0]
      if (chunk === undefined) break
      if (this.firstColumn[at] === -1) close(side)
      side = chunk.side
      if (chunk.missing > 0) {
        give(side, at, '', chunk.missing)
        continue
      }
      const bytes = this.stream.bytes(chunk)
      if (!isText) {
        this.dump(at, chunk, bytes, give)
        continue
      }
      // what stands before the chunk in its first row was given already, or belongs to a row before `first`
      open ??= { chunk: at, bytes: [], columns: Math.max(0, this.firstColumn[at] ?? 0) }
      if (this.firstColumn[at] === -1) open = bytes.length > 0 ? open : undefined
      const width = ROW_WIDTH[this.form]
      for (const byte of bytes) {
        if (byte === NEWLINE) {
          open ??= { chunk: at, bytes: [], columns: 0 }
          close(side)
        } else {
          if (open !== undefined && open.columns === width && takesColumn(this.form, byte)) close(side)
          open ??= { chunk: at, bytes: [], columns: 0 }
          if (takesColumn(this.form, byte)) open.columns++
          open.bytes.push(byte)
        }
        if (rows.length >= count) return rows
      }
    }
    if (rows.length < count) close(side)
    return rows
  }

  /** Row and column of a byte of a shown chunk (an index into `shown`). */
  placeOf(shown: number, offset: number): RowPlace {
    const { form } = this
    const chunk = this.stream.chunks[this.shown[shown] ?? 0]
    let row = this.firstRow[shown] ?? 0
    if (form !== 'ascii' && form !== 'utf8') {
      const width = ROW_WIDTH[form]
      return { row: row + Math.floor(offset / width) + (form === 'c' ? 1 : 0), column: offset % width }
    }
    let column = Math.max(0, this.firstColumn[shown] ?? 0)
    if (chunk === undefined) return { row, column }
    const width = ROW_WIDTH[form]
    const bytes = this.stream.bytes(chunk)
    for (let at = 0; at < offset; at++) {
      const byte = bytes[at] ?? 0
      if (byte === NEWLINE) {
        row++
        column = 0
      } else if (takesColumn(form, byte)) {
        if (column === width) {
          row++
          column = 0
        }
        column++
      }
    }
    return column === width ? { row: row + 1, column: 0 } : { row, column }
  }

  /** First row of a shown chunk. */
  rowOf(shown: number): number {
    return this.firstRow[shown] ?? 0
  }

  private startsTurn(shown: number, row: number): boolean {
    let low = 0,
      high = this.turns.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.turns[middle] ?? 0) < shown) low = middle + 1
      else high = middle
    }
    return this.turns[low] === shown && this.firstRow[shown] === row
  }

  /** The last shown chunk that begins in or before a row. */
  private chunkOfRow(row: number): number {
    let low = 0,
      high = this.shown.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.firstRow[middle] ?? 0) <= row) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  private dump(
    shown: number,
    { side, frame }: FollowChunk,
    bytes: Uint8Array,
    give: (side: 0 | 1, chunk: number, text: string, missing: number) => void,
  ): void {
    const width = ROW_WIDTH[this.form]
    if (this.form === 'c') give(side, shown, `char peer${side}_${this.shown[shown] ?? 0}[] = { /* Packet ${frame} */`, 0)
    for (let at = 0; at < bytes.length; at += width) {
      const line = bytes.subarray(at, at + width)
      if (this.form === 'hex') give(side, shown, hexDumpLine((this.positions[shown] ?? 0) + at, line), 0)
      else if (this.form === 'raw') give(side, shown, hexDigits(line), 0)
      else give(side, shown, cLine(line, at + width >= bytes.length), 0)
    }
  }
}

/** Eight bytes of a C array. */
export function cLine(bytes: Uint8Array, isLast: boolean): string {
  const values = Array.from(bytes, (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')
  return `${values}${isLast ? ' };' : ','}`
}

const NEWLINE = 10,
  RETURN = 13

/** Line ends take no column; of UTF-8 only the first byte of a character does. */
function takesColumn(form: FollowForm, byte: number): boolean {
  return byte !== RETURN && (form !== 'utf8' || (byte & 0xc0) !== 0x80)
}

/** Text of a row. Control and bidi characters never reach the screen as such. */
function textOf(form: FollowForm, bytes: readonly number[]): string {
  const shown = bytes.filter((byte) => byte !== RETURN)
  if (form === 'ascii') return shown.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte === 9 ? ' ' : '.')).join('')
  return utf8Text(Uint8Array.from(shown)).replace(UNSEEN, '·')
}
/** Control characters (C0 and C1) and those that change the direction of what follows. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
