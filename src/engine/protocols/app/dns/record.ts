// What the decoders of record data share: where the data lies, reading names and texts, and the words for the record's row and the Info column.
import type { Decoder, FieldId } from '../../../dissect/define'
import type { DnsFields } from './fields'
import { utf8Text } from '../../../bytes/text'
import { asciiText, readName } from '../../../dissect/domain-name'
import type { DnsName } from '../../../dissect/domain-name'

/** Which of the three protocols a message belongs to; they differ in flags, in the top bit of the class and in how texts are encoded. */
export type DnsVariant = 'dns' | 'mdns' | 'llmnr'

/** One resource record while its data is read. Reused for every record of a message. */
export class RecordData {
  readonly d: Decoder
  readonly f: DnsFields
  /** Position of the message's header, which compression pointers count from. */
  readonly message: number
  /** Where the record starts, where its data starts, and how long that says it is. */
  rowStart = 0
  start = 0
  length = 0
  type = 0
  /** Which protocol the message belongs to. */
  readonly variant: DnsVariant
  /** Text of the owner name. */
  owner = ''
  /** Words for the record's row, behind name, type and class. */
  words = ''

  constructor(d: Decoder, f: DnsFields, message: number, variant: DnsVariant) {
    this.variant = variant
    this.d = d
    this.f = f
    this.message = message
  }

  /** End of the data as the record says. */
  get end(): number {
    return this.start + this.length
  }
  /** Bytes of data behind the cursor; negative when a field ran past the record's end. */
  get left(): number {
    return this.start + this.length - this.d.at
  }
  /** Whether texts for the row or the Info column are wanted. */
  get wanted(): boolean {
    return this.d.labels || this.d.summary
  }

  /** Reads a domain name into a field. */
  name(field: FieldId<'string'>): DnsName {
    const d = this.d,
      name = readName(d, d.at, this.message)
    d.text(field, name.end - d.at, name.text)
    return name
  }
  /** Reads a name and uses it for the row (", ns NAME") and the Info column. */
  namedBy(field: FieldId<'string'>, word: string): void {
    const name = this.name(field)
    this.say(`, ${word}${name.text}`, ` ${name.text}`)
  }
  /** Reads `length` bytes of ASCII into a field and returns the text. */
  text(field: FieldId<'string'>, length: number): string {
    const d = this.d
    d.require(length)
    // mDNS texts are UTF-8 (RFC 6762, 16)
    const text =
      this.variant === 'mdns' ? utf8Text(d.slice(d.at, d.at + length)).replace(/\0[\s\S]*/, '') : asciiText(d, d.at, d.at + length)
    d.text(field, length, text)
    return text
  }
  /** A character string: a length byte, then so many bytes of text. */
  counted(lengthField: FieldId<'u8'>, field: FieldId<'string'>): string {
    const length = this.d.u8(lengthField)
    return this.text(field, length)
  }
  /** The rest of the data. */
  rest(field: FieldId<'bytes' | 'string' | 'none'>): void {
    this.d.span(field, this.left)
  }
  /** Adds words to the record's row and to the Info column. */
  say(row: string, info: string): void {
    if (this.d.labels) this.words += row
    this.d.appendInfo(info)
  }
  /** Info text of types whose data is not told there: the owner's name. */
  sayOwner(): void {
    this.d.appendInfo(` ${this.owner}`)
  }
}

/** Reads one type's data from the cursor on. */
export type RecordDecoder = (r: RecordData) => void
