// A certificate's bytes as a tree of elements (X.690), read with the engine's BER reader outside any dissection.
import { oidText, utf8Text } from '../../../bytes/text'
import {
  BER_BMP_STRING,
  BER_GENERALIZED_TIME,
  BER_SEQUENCE,
  BER_UNIVERSAL,
  BER_UNIVERSAL_STRING,
  BER_UTC_TIME,
  BER_UTF8_STRING,
  berIs,
  peekBerElement,
} from '../../../dissect/ber'
import type { BerElement } from '../../../dissect/ber'
import { Cursor } from '../../../dissect/cursor'

/** A cursor over bytes of its own. */
class Bytes extends Cursor {
  constructor(bytes: Uint8Array) {
    super()
    this.bytes = bytes
    this.captured = this.end = bytes.length
  }
}

/** One element with the bytes around it. */
export class Der {
  private readonly source: Bytes
  readonly element: BerElement

  private constructor(source: Bytes, element: BerElement) {
    this.source = source
    this.element = element
  }

  /** The element that fills the bytes; undefined for what is none, or is cut. */
  static read(bytes: Uint8Array): Der | undefined {
    const source = new Bytes(bytes),
      element = peekBerElement(source, 0, bytes.length)
    return element && element.end <= bytes.length ? new Der(source, element) : undefined
  }

  /** Elements inside; those that are cut are left out. */
  get items(): Der[] {
    const items: Der[] = []
    for (let { at } = this.element; at < this.element.end;) {
      const element = peekBerElement(this.source, at, this.element.end)
      if (!element || element.end > this.element.end || element.next <= at) break
      items.push(new Der(this.source, element))
      at = element.next
    }
    return items
  }
  /** Contents. */
  get bytes(): Uint8Array {
    return this.source.slice(this.element.at, this.element.end)
  }
  /** The element with its identifier and length, as it is signed. */
  get whole(): Uint8Array {
    return this.source.slice(this.element.start, this.element.next)
  }
  /** Contents as an element of their own (an OCTET STRING around one). */
  get inside(): Der | undefined {
    return Der.read(this.bytes)
  }
  get isSequence(): boolean {
    return this.is(BER_SEQUENCE)
  }

  /** Whether it has that universal tag. */
  is(tag: number): boolean {
    return berIs(this.element, BER_UNIVERSAL, tag)
  }
  /** Whether it has that context tag. */
  isTagged(tag: number): boolean {
    return this.element.tagClass !== BER_UNIVERSAL && this.element.tag === tag
  }
  /** OBJECT IDENTIFIER in dots. */
  get oid(): string {
    return oidText(this.bytes)
  }
  /** A string in the encoding of its tag. */
  get text(): string {
    const width = this.is(BER_BMP_STRING) ? 2 : this.is(BER_UNIVERSAL_STRING) ? 4 : 0
    if (width === 0) return this.is(BER_UTF8_STRING) ? utf8Text(this.bytes) : this.source.latin1(this.element.at, this.element.end)
    let text = ''
    for (let at = this.element.at; at + width <= this.element.end; at += width) {
      const point = this.source.peekInteger(at, width)
      text += point > 0x10_ffff ? '\ufffd' : String.fromCodePoint(point)
    }
    return text
  }
  /** A small INTEGER. */
  get number(): number {
    return this.source.peekInteger(this.element.at, Math.min(6, this.element.end - this.element.at))
  }
  /** UTCTime or GeneralizedTime (RFC 5280, 4.1.2.5) in seconds since 1970; NaN for anything else. */
  get time(): number {
    const digits = this.source.latin1(this.element.at, this.element.end),
      long = this.is(BER_GENERALIZED_TIME),
      parts = (long ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/).exec(digits)
    if (!parts || !(long || this.is(BER_UTC_TIME))) return NaN
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
    return Date.UTC(long ? year : year < 50 ? 2000 + year : 1900 + year, month - 1, day, hour, minute, second || 0) / 1000
  }
  /** Bits of a BIT STRING. */
  get bits(): Uint8Array {
    return this.bytes.subarray(1)
  }
}
