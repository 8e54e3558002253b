// Bytes that a packet must have as they stand in the file: packets whose captured bytes do not have them need no dissection.
import type { ByteSearch } from '../bytes/byte-search'
import { PROTOCOL, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'

/** Bytes of the file read at once where the packets to search lie close together. */
const WINDOW = 1 << 20
/** Packets lie close together where they are at least this part of the bytes that they span. */
const DENSE = 1 / 8

const FIN = 1

/**
 * What holds the bytes, and so which packets can be searched at all. 'frame': the frame itself, all packets. 'packet': a layer of it, unless the status
 * has REPEATED, where the bytes may be put together from several packets or lie in a packet within. 'payload': the same for tcp.payload. 'message': a
 * head of HTTP, which besides may stand elsewhere.
 */
export type SearchedPart = 'frame' | 'packet' | 'payload' | 'message'

/** Searches the captured bytes of packets. */
export class FrameSearch {
  /** Whether what is found says that the part of the filter holds, where isAnswered() says so; otherwise only that it may. */
  readonly answers: boolean
  private readonly search: ByteSearch
  private readonly part: SearchedPart
  private window = new Uint8Array(0)
  private windowAt = 0
  private windowEnd = 0

  constructor(search: ByteSearch, part: SearchedPart, answers: boolean) {
    this.search = search
    this.part = part
    this.answers = answers
  }

  /** Whether a row that sift() kept has the bytes in the field itself, which was all that was searched. */
  isAnswered({ columns }: Trace, row: number): boolean {
    // with its FIN a segment may only end what came before
    return this.answers && columns.payloadAt.get(row) > 0 && (columns.tcp.flags.get(row) & FIN) === 0
  }

  /** Keeps those of rows[0 .. count) that may have the bytes, in place and in order; returns how many. The rows ascend. */
  sift(trace: Trace, rows: Uint32Array, count: number): number {
    const { position, capturedLength } = trace.records
    if (count === 1) return this.keepsOne(trace, rows[0]!) ? 1 : 0
    const step = this.isDense(trace, rows, count) ? WINDOW : 0,
      end = count > 0 ? position.get(rows[count - 1]!) + capturedLength.get(rows[count - 1]!) : 0
    // what lay in the file when another stretch was searched may have grown
    this.windowEnd = this.windowAt = 0
    let kept = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!,
        from = position.get(row),
        length = capturedLength.get(row)
      if (!this.isSearchable(trace, row)) {
        rows[kept++] = row
        continue
      }
      if (from < this.windowAt || from + length > this.windowEnd) this.fill(trace, from, Math.max(length, Math.min(step, end - from)))
      const at = from - this.windowAt
      if (this.occurs(trace, row, this.window, at, Math.min(at + length, this.windowEnd - this.windowAt))) rows[kept++] = row
    }
    return kept
  }

  /** Whether a packet that holds the bytes holds them in its frame. */
  private isSearchable({ records, columns }: Trace, row: number): boolean {
    const { part } = this
    if (part === 'frame') return true
    if ((records.status.get(row) & STATUS.REPEATED) !== 0) return false
    return part !== 'message' || (columns.protocols.get(row) & PROTOCOL.HTTP_ELSEWHERE) === 0
  }

  /** Whether the bytes are in a frame at bytes[start .. end), or in the part of it that isAnswered() speaks of. */
  private occurs(trace: Trace, row: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.isAnswered(trace, row)) return this.search.occurs(bytes, start, end)
    const from = start + trace.columns.payloadAt.get(row)
    return this.search.occurs(bytes, from, Math.min(end, from + trace.columns.tcp.length.get(row)))
  }

  private keepsOne(trace: Trace, row: number): boolean {
    if (!this.isSearchable(trace, row)) return true
    const frame = trace.frame(row + 1)
    return this.occurs(trace, row, frame, 0, frame.length)
  }

  private isDense(trace: Trace, rows: Uint32Array, count: number): boolean {
    const { position, capturedLength } = trace.records
    let bytes = 0
    for (let i = 0; i < count; i++) bytes += capturedLength.get(rows[i]!)
    return count > 1 && bytes >= DENSE * (position.get(rows[count - 1]!) - position.get(rows[0]!))
  }

  private fill(trace: Trace, at: number, length: number): void {
    if (length > this.window.length) this.window = new Uint8Array(Math.max(length, WINDOW))
    this.windowAt = at
    this.windowEnd = at + trace.source.read(this.window, 0, length, at)
  }
}
