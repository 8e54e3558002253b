// The reader of ASN.1's Basic Encoding Rules: identifiers, lengths, ends, and what damage does.
import { describe, expect, it } from 'vitest'
import { berEach, berElement, berInteger, peekBerElement } from '../../../../src/engine/dissect/ber'
import type { BerElement } from '../../../../src/engine/dissect/ber'
import { Decoder } from '../../../../src/engine/dissect/decoder'

/** A cursor over bytes given in hexadecimal. */
function over(text: string): Decoder {
  const d = new Decoder(),
    bytes = Uint8Array.from(text.replaceAll(' ', '').match(/../g) ?? [], (pair) => parseInt(pair, 16))
  d.bytes = bytes
  d.end = bytes.length
  Object.assign(d, { captured: bytes.length })
  return d
}
function shape({ tagClass, constructed, tag, at, end, next }: BerElement) {
  return { tagClass, constructed, tag, at, end, next }
}

describe('BER', () => {
  it('reads a short identifier and length', () => {
    const d = over('30 03 02 01 05')
    expect(shape(berElement(d))).toEqual({ tagClass: 0, constructed: true, tag: 16, at: 2, end: 5, next: 5 })
    expect(d.at).toBe(2)
  })
  it('reads tag numbers over 30 and long lengths', () => {
    expect(shape(berElement(over(`bf 81 48 82 01 00 ${'00'.repeat(256)}`)))).toEqual({
      tagClass: 2,
      constructed: true,
      tag: 200,
      at: 6,
      end: 262,
      next: 262,
    })
  })
  it('keeps the low 32 bits of a tag number that is larger', () => {
    expect(berElement(over('bf 81 80 80 80 04 01 00'))).toMatchObject({ tag: 0x1000_0004, at: 7, end: 8 })
    expect(berElement(over('bf ff ff ff ff ff 7f 00'))).toMatchObject({ tag: 0xffff_ffff, at: 8, end: 8 })
  })
  it('finds the end of nested contents of indefinite length', () => {
    expect(shape(berElement(over('30 80 30 80 02 01 05 00 00 04 01 aa 00 00 ff')))).toEqual({
      tagClass: 0,
      constructed: true,
      tag: 16,
      at: 2,
      end: 12,
      next: 14,
    })
  })
  it('ends contents whose end-of-contents octets are missing with the bytes', () => {
    expect(peekBerElement(over('30 80 02 01 05'))?.end).toBe(5)
  })
  it('visits the elements of a sequence in order, whatever the visitor reads', () => {
    const d = over('30 08 02 01 05 04 00 02 01 ff 77'),
      values: number[] = []
    berEach(d, berElement(d), (element) => {
      values.push(element.tag, berInteger(d, element))
    })
    expect(values).toEqual([2, 5, 4, 0, 2, -1])
    expect(d.at).toBe(10)
  })
  it('reads integers in two’s complement', () => {
    const value = (text: string) => {
      const d = over(text)
      return berInteger(d, berElement(d))
    }
    expect(value('02 02 ff 7f')).toBe(-129)
    expect(value('02 05 00 ff ff ff ff')).toBe(0xffff_ffff)
    expect(value('02 04 80 00 00 00')).toBe(-0x8000_0000)
  })
  it('stops where identifier, length or contents are cut', () => {
    expect(() => berElement(over(''))).toThrow('malformed')
    expect(() => berElement(over('1f'))).toThrow('malformed')
    expect(() => berElement(over('30 82 01'))).toThrow('malformed')
    expect(() => berElement(over('30 88 ff ff ff ff ff ff ff ff'))).toThrow('malformed')
    const d = over('02 04 00')
    expect(() => berInteger(d, berElement(d))).toThrow('malformed')
  })
  it('follows deeply nested indefinite lengths in bounded time', () => {
    expect(peekBerElement(over('3080'.repeat(20_000)))?.at).toBe(2)
  })
})
