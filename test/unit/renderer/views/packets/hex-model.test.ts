import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byteAtHexColumn,
  byteAtTextColumn,
  decodeBase64,
  gapAfter,
  hexByte,
  LINE_BYTES,
  lineRuns,
  offsetText,
} from '../../../../../src/renderer/views/packets/hex-model'

const NO_MARKS = { selected: null, hovered: null, cursor: -1 }
const bytes = Uint8Array.from({ length: 40 }, (_, index) => index + 0x40)
const joined = (line: number, column: 'hex' | 'text', marks = NO_MARKS): string =>
  lineRuns(bytes, line, () => 0, marks, column)
    .map((run) => run.text)
    .join('')

describe('hex lines', () => {
  it('print sixteen bytes with a gap in the middle', () => {
    expect(joined(0, 'hex')).toBe('40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f')
    expect(joined(0, 'text')).toBe('@ABCDEFGHIJKLMNO')
    expect(joined(2, 'hex')).toBe('60 61 62 63 64 65 66 67')
  })

  it('split where the layer or the highlight changes, and join the gap inside a selection', () => {
    const runs = lineRuns(bytes, 0, (offset) => (offset < 4 ? 0 : 1), { ...NO_MARKS, selected: { start: 6, end: 10 } }, 'hex')
    expect(runs.map((run) => [run.text, run.layer, run.mark])).toEqual([
      ['40 41 42 43 ', 0, 0],
      ['44 45 ', 1, 0],
      ['46 47  48 49', 1, 2],
      [' 4a 4b 4c 4d 4e 4f', 1, 0],
    ])
  })

  it('show the cursor above selection and hover', () => {
    const runs = lineRuns(bytes, 0, () => 0, { selected: { start: 0, end: 3 }, hovered: { start: 0, end: 5 }, cursor: 1 }, 'text')
    expect(runs.map((run) => [run.text, run.mark])).toEqual([
      ['@', 2],
      ['A', 3],
      ['B', 2],
      ['CD', 1],
      ['EFGHIJKLMNO', 0],
    ])
  })

  it('find the byte under each character of the hex column', () => {
    let text = ''
    for (let place = 0; place < LINE_BYTES; place++) {
      expect(byteAtHexColumn(text.length)).toBe(place)
      expect(byteAtHexColumn(text.length + 1.5)).toBe(place)
      text += `00${gapAfter(place)}`
    }
    expect([byteAtHexColumn(-1), byteAtHexColumn(60), byteAtTextColumn(15.9), byteAtTextColumn(16)]).toEqual([-1, -1, 15, -1])
  })

  it('widen the offset column for large packets', () => {
    expect([offsetText(0x55, 508), offsetText(0x10000, 0x12000)]).toEqual(['0055', '10000'])
  })

  it('decode base64 to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        expect([...decodeBase64(Buffer.from(input).toString('base64'))].map(hexByte)).toEqual([...input].map(hexByte))
      }),
    )
  })
})
