// The field table: one row a field. The row drives the detail tree, filters, completion, -T fields/json/ek, the documentation and translations.
// Names are Wireshark's display-filter names; labels are written from RFC and IANA text.

/** Type of a field's value, after Wireshark's FT_ types. Widths matter: hexadecimal values print with the type's full width. */
export type FieldType =
  | 'none'
  | 'protocol'
  | 'bool'
  | 'char'
  | 'u8'
  | 'u16'
  | 'u24'
  | 'u32'
  | 'u40'
  | 'u48'
  | 'u56'
  | 'u64'
  | 'i8'
  | 'i16'
  | 'i24'
  | 'i32'
  | 'i64'
  | 'float'
  | 'double'
  | 'abstime'
  | 'reltime'
  | 'string'
  | 'bytes'
  | 'ether'
  | 'ipv4'
  | 'ipv6'
  | 'guid'
  | 'oid'
  | 'eui64'
  | 'framenum'
  | 'expert'

/** Integer types (including bit fields and booleans), whose value is kept as a number. */
export type NumericType = 'bool' | 'char' | 'u8' | 'u16' | 'u24' | 'u32' | 'u40' | 'u48' | 'u56' | 'i8' | 'i16' | 'i24' | 'i32' | 'framenum'
/** Types whose value is a range of bytes. */
export type SpanType = 'none' | 'string' | 'bytes' | 'ether' | 'ipv4' | 'ipv6' | 'guid' | 'oid' | 'eui64' | 'u64' | 'i64'

/** Names of integer values. A function serves ranges and large tables; undefined = no name. */
export type ValueNames = Readonly<Record<number, string>> | ((value: number) => string | undefined)

/** How integers print: as Wireshark's BASE_ constants. 'custom' uses `format`. */
export type Base = 'dec' | 'hex' | 'oct' | 'dec-hex' | 'hex-dec' | 'custom'

/** Severity of an expert item, and Wireshark's groups. */
export type Severity = 'chat' | 'note' | 'warning' | 'error' | 'comment'
export type ExpertGroup =
  | 'checksum'
  | 'sequence'
  | 'response'
  | 'request'
  | 'undecoded'
  | 'reassemble'
  | 'malformed'
  | 'debug'
  | 'protocol'
  | 'security'
  | 'comments'
  | 'decryption'
  | 'assumption'
  | 'deprecated'
  | 'receive'
  | 'interface'

/** Options of a row. */
export interface FieldOptions {
  readonly base?: Base
  readonly values?: ValueNames
  /** Bits of a bit field within its unit; the value is shifted down. Units over 32 bits take a bigint mask. */
  readonly mask?: number | bigint
  /** For 'bool': width in bits of the unit that holds the flag (8 by default), for the ".... 1..." picture. */
  readonly bits?: number
  /** Text behind the value, for example " seconds". */
  readonly unit?: string
  /** For 'bool': words for 1 and 0 (default "True"/"False"; "Set"/"Not set" where the field has a mask). */
  readonly names?: readonly [string, string]
  /** Always computed, never in the bytes: shown in brackets. */
  readonly generated?: boolean
  /** Not shown in the tree, yet filterable (for example ip.addr beside ip.src). */
  readonly hidden?: boolean
  /** For 'custom' base: text of a value in the tree. */
  readonly format?: (value: number) => string
  /** For 'bytes': separator in the display value (tshark prints most bytes without one). */
  readonly separator?: ':' | '.' | '-'
  /** For 'bytes': an empty value is regular and prints as "<none>" (else "<MISSING>"). */
  readonly mayBeEmpty?: boolean
  /** For 'string': the text that the node's bytes stand for, computed when it is asked for (a resolved address). */
  readonly text?: (bytes: Uint8Array) => string
  /** For 'abstime': how tshark prints it; 'ntp' prints the begin of 1900, which NTP uses for "not set", as NULL. */
  readonly time?: 'local' | 'utc' | 'ntp'
}

/** One row of the table, before it has a number. */
export interface FieldSpec<T extends FieldType = FieldType> extends FieldOptions {
  readonly type: T
  readonly label: string
  readonly severity?: Severity
  readonly group?: ExpertGroup
}

function row<T extends FieldType>(type: T) {
  return (label: string, options: FieldOptions = {}): FieldSpec<T> => ({ type, label, ...options })
}

export const none = row('none'),
  bool = row('bool'),
  char = row('char')
export const u8 = row('u8'),
  u16 = row('u16'),
  u24 = row('u24'),
  u32 = row('u32'),
  u40 = row('u40'),
  u48 = row('u48'),
  u56 = row('u56'),
  u64 = row('u64')
export const i8 = row('i8'),
  i16 = row('i16'),
  i24 = row('i24'),
  i32 = row('i32'),
  i64 = row('i64')
export const float = row('float'),
  double = row('double')
export const absoluteTime = row('abstime'),
  relativeTime = row('reltime')
export const string = row('string'),
  bytes = row('bytes'),
  ether = row('ether'),
  ipv4 = row('ipv4'),
  ipv6 = row('ipv6')
export const guid = row('guid'),
  oid = row('oid'),
  eui64 = row('eui64'),
  framenum = row('framenum')
/** A sub-protocol node: a subtree with a filter name of its own inside a protocol (for example ipv6.hopopts). */
export const subprotocol = row('protocol')

/** An expert item: filterable by its own name, shown with severity and group (Wireshark's expert information). */
export function expert(severity: Severity, group: ExpertGroup, text: string): FieldSpec<'expert'> {
  return { type: 'expert', label: text, severity, group }
}

/** Dense number of a field, typed by the field's type so that reading u16 into a u8 field does not compile. */
export type FieldId<T extends FieldType = FieldType> = number & { readonly fieldType: T }

/** A numbered row. */
export interface Field extends FieldSpec {
  readonly id: number
  readonly name: string
  /** Name of the protocol that defines it. */
  readonly protocol: string
  /** Lowest set bit of the mask. */
  readonly shift: number
  /** Width in bytes of the unit for integers (bool: bits/8), else 0. */
  readonly width: number
}
