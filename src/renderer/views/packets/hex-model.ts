// The bytes pane as data: lines of 16 bytes, runs of equal colour, positions of bytes and characters.

/** Bytes on a line. */
export const LINE_BYTES = 16

/** A stretch of a line in one colour and one highlight. `mark`: 0 plain, 1 hovered, 2 selected, 3 cursor. */
export interface HexRun {
  readonly text: string
  readonly layer: number
  readonly mark: 0 | 1 | 2 | 3
}

/** A half-open byte range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Decodes base64 to bytes. */
export function decodeBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}

/** Number of lines. */
export function lineCount(length: number): number {
  return Math.ceil(length / LINE_BYTES)
}

/** Hex digits of an offset: four, or as many as the last offset needs. */
export function offsetText(offset: number, length: number): string {
  return offset.toString(16).padStart(Math.max(4, Math.max(0, length - 1).toString(16).length), '0')
}

/** A byte as two hex digits. */
export function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0')
}

/** A byte as the text column shows it: printable ASCII, else a middle dot. */
export function textByte(value: number): string {
  return value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : '·'
}

/** What is highlighted on the bytes. */
export interface HexMarks {
  readonly selected: ByteRange | null
  readonly hovered: ByteRange | null
  readonly cursor: number
}

const inside = (range: ByteRange | null, offset: number): boolean => range !== null && offset >= range.start && offset < range.end

function markOf(marks: HexMarks, offset: number): HexRun['mark'] {
  if (offset === marks.cursor) return 3
  if (inside(marks.selected, offset)) return 2
  return inside(marks.hovered, offset) ? 1 : 0
}

/** Gap after a byte of a line in the hex column: one space, two after the eighth. */
export function gapAfter(column: number): string {
  return column === LINE_BYTES - 1 ? '' : column === 7 ? '  ' : ' '
}

/** Runs of a line. `layerOf` gives the index of the layer a byte belongs to (-1 none). The gap between two bytes belongs to the run of both, or stays plain. */
export function lineRuns(
  bytes: Uint8Array,
  line: number,
  layerOf: (offset: number) => number,
  marks: HexMarks,
  column: 'hex' | 'text',
): readonly HexRun[] {
  const runs: { text: string; layer: number; mark: HexRun['mark'] }[] = []
  const push = (text: string, layer: number, mark: HexRun['mark']): void => {
    const last = runs.at(-1)
    if (last?.layer === layer && last.mark === mark) last.text += text
    else runs.push({ text, layer, mark })
  }
  const start = line * LINE_BYTES
  for (let place = 0; place < LINE_BYTES; place++) {
    const offset = start + place
    if (offset >= bytes.length) break
    const value = bytes[offset] ?? 0
    const layer = layerOf(offset)
    const mark = markOf(marks, offset)
    if (column === 'text') {
      push(textByte(value), layer, mark)
      continue
    }
    push(hexByte(value), layer, mark)
    if (offset + 1 < bytes.length && place < LINE_BYTES - 1) {
      const joined = mark !== 3 && markOf(marks, offset + 1) === mark ? mark : 0
      push(gapAfter(place), layer, joined)
    }
  }
  return runs
}

/** Byte under a character of the hex column (characters counted from its start), or -1 beside the bytes. */
export function byteAtHexColumn(character: number): number {
  const at = Math.floor(character)
  if (at < 0) return -1
  // The second half begins one character later, because of the wider gap.
  const place = at < 24 ? Math.floor(at / 3) : Math.floor((at - 1) / 3)
  return place < LINE_BYTES ? Math.min(place, at < 24 ? 7 : LINE_BYTES - 1) : -1
}

/** Byte under a character of the text column, or -1. */
export function byteAtTextColumn(character: number): number {
  const at = Math.floor(character)
  return at >= 0 && at < LINE_BYTES ? at : -1
}
