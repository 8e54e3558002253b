// Numbers fields and protocols, and holds the dispatch tables. Filled once when protocols/all.ts is loaded; read-only afterwards.
import type { Decoder } from './decoder'
import type { Field, FieldId, FieldSpec, FieldType } from './field'
import type { Session } from './session'
import { GENERATED, HIDDEN, TRUTH } from './tree-buffer'

const WIDTHS: Partial<Record<FieldType, number>> = {
  bool: 1,
  char: 1,
  u8: 1,
  u16: 2,
  u24: 3,
  u32: 4,
  u40: 5,
  u48: 6,
  u56: 7,
  u64: 8,
  i8: 1,
  i16: 2,
  i24: 3,
  i32: 4,
  i64: 8,
  float: 4,
  double: 8,
  framenum: 4,
}

const fields: Field[] = []
/** What recording a node asks of its field, by number: as arrays, since the rows have too many shapes for quick access. */
export const FIELD_FLAGS: number[] = []
export const FIELD_MASKS: number[] = []
export const FIELD_SHIFTS: number[] = []

/** How FIELD_MASKS says that a value is not to be masked, or not so simply. */
export const UNMASKED = 0,
  WIDE_MASK = -1
const byName = new Map<string, Field>()

/** All fields by number. */
export function allFields(): readonly Field[] {
  return fields
}

/** Looks a field up by its display-filter name. */
export function fieldByName(name: string): Field | undefined {
  return byName.get(name)
}

/** Row of a field number. */
export function fieldById(id: number): Field {
  return fields[id]!
}

/** Numbers one field. A name may be defined again by another protocol only with the same type (then both share the number). */
export function addField<T extends FieldType>(name: string, spec: FieldSpec<T>, protocol: string): FieldId<T> {
  const known = byName.get(name)
  if (known) {
    if (known.type !== spec.type) throw new RangeError(`field ${name} is defined as ${known.type} and as ${spec.type}`)
    return known.id as FieldId<T>
  }
  const mask = spec.mask ?? 0
  let shift = 0
  if (typeof mask === 'bigint') while (mask && !((mask >> BigInt(shift)) & 1n)) shift++
  else while (mask && !((mask / 2 ** shift) & 1)) shift++
  const width = spec.type === 'bool' ? Math.max(1, Math.ceil((spec.bits ?? 8) / 8)) : (WIDTHS[spec.type] ?? 0)
  const field: Field = { ...spec, id: fields.length, name, protocol, shift, width }
  fields.push(field)
  FIELD_FLAGS.push((spec.generated ? GENERATED : 0) | (spec.hidden ? HIDDEN : 0) | (spec.type === 'bool' ? TRUTH : 0))
  FIELD_MASKS.push(typeof mask === 'number' && mask >= 0 && mask <= 0x7fff_ffff ? mask : WIDE_MASK)
  FIELD_SHIFTS.push(shift)
  byName.set(name, field)
  return field.id as FieldId<T>
}

/** Field numbers by name, as handed to decode. */
export type FieldIds<F extends Record<string, FieldSpec>> = {
  readonly [K in keyof F]: F[K] extends FieldSpec<infer T> ? FieldId<T> : never
}

/** Numbers a table of fields under the protocol that they belong to, for protocols whose readers share the fields of several. */
export function numberFields<const F extends Record<string, FieldSpec>>(protocol: string, fields: F): FieldIds<F> {
  // a copy has its shape at once, where adding name by name would make the engine pass through a shape for each
  const ids: Record<string, FieldSpec | number> = { ...fields }
  for (const name of Object.keys(fields)) ids[name] = addField(name, fields[name]!, protocol)
  return ids as FieldIds<F>
}

/** Where a protocol is called from: table name -> keys. `eth.type: [0x0800]` is Wireshark's ethertype table. */
export type Accepts = Readonly<Record<string, readonly (number | string)[]>>

/** What a protocol file declares. */
export interface ProtocolSpec<F extends Record<string, FieldSpec>> {
  /** Filter name (lower case): 'tcp'. */
  readonly name: string
  /** Long name, first words of the tree's row: "Transmission Control Protocol". */
  readonly title: string
  /** Short name for the Protocol column and the layer bar: "TCP". */
  readonly short: string
  readonly accepts?: Accepts
  /** Tables in which this protocol is tried by content, when no key matched (Wireshark's heuristic dissectors), for example ['udp']. */
  readonly heuristic?: readonly string[]
  /** For heuristics: whether the bytes at d.at look like this protocol. Must not record anything; peeks answer 0 past the end. */
  readonly recognises?: (d: Decoder) => boolean
  /**
   * What the first visit of a packet, when the capture is indexed, has to do with this protocol: 'state' (the default) calls decode, since it may
   * write state; 'none' promises that it writes none, so that packets whose headers the index understands are not dissected at all; 'packets' says
   * that it carries network packets (a tunnel), whose fields the index must see.
   */
  readonly firstVisit?: 'none' | 'state' | 'packets'
  /**
   * For protocols over TCP: decode needs at most this many bytes from the start of a message for the state it writes. Messages that span segments are
   * then given cut when the capture is indexed (d.stateOnly is true, reads past the cut stop the layer); without it, or with 0, they are read again whole.
   * A function gets the conversation, too (see conversationOf).
   */
  readonly stateInHead?: number | ((session: Session, conversation: number) => number)
  readonly fields: F
  /** Reads the layer that starts at d.at and may end at d.end. Returning false (before recording anything) declines the bytes. */
  readonly decode: (d: Decoder, f: FieldIds<F>) => void | false
}

/** A registered protocol. */
export interface Protocol {
  readonly name: string
  readonly title: string
  readonly short: string
  /** Number of the protocol's own field (type 'protocol'). */
  readonly fieldId: number
  readonly accepts: Accepts
  readonly heuristic: readonly string[]
  readonly recognises: ((d: Decoder) => boolean) | undefined
  readonly firstVisit: 'none' | 'state' | 'packets'
  readonly stateInHead: (session: Session, conversation: number) => number
  /** decode bound to its field numbers. */
  readonly run: (d: Decoder) => void | false
}

const protocols = new Map<string, Protocol>()
const tables = new Map<string, Map<number | string, Protocol>>()
const heuristics = new Map<string, Protocol[]>()

/** Declares and registers a protocol: numbers its fields and enters it into the dispatch tables. */
export function defineProtocol<const F extends Record<string, FieldSpec>>(spec: ProtocolSpec<F>): Protocol {
  const fieldId = addField(spec.name, { type: 'protocol', label: spec.title }, spec.name)
  const bound = numberFields(spec.name, spec.fields)
  const decode = spec.decode,
    head = spec.stateInHead ?? 0
  const protocol: Protocol = {
    name: spec.name,
    title: spec.title,
    short: spec.short,
    fieldId,
    accepts: spec.accepts ?? {},
    heuristic: spec.heuristic ?? [],
    recognises: spec.recognises,
    firstVisit: spec.firstVisit ?? 'state',
    stateInHead: typeof head === 'function' ? head : () => head,
    run: (d) => decode(d, bound),
  }
  protocols.set(spec.name, protocol)
  for (const [table, keys] of Object.entries(protocol.accepts)) for (const key of keys) dispatchTable(table).set(key, protocol)
  for (const table of protocol.heuristic) heuristicList(table).push(protocol)
  return protocol
}

/** The table of that name, made on first use. */
export function dispatchTable(name: string): Map<number | string, Protocol> {
  let table = tables.get(name)
  if (!table) tables.set(name, (table = new Map<number | string, Protocol>()))
  return table
}

/** Protocols tried by content under that name. */
export function heuristicList(name: string): Protocol[] {
  let list = heuristics.get(name)
  if (!list) heuristics.set(name, (list = []))
  return list
}

/** Registered protocol by filter name. */
export function protocolByName(name: string): Protocol | undefined {
  return protocols.get(name)
}

/** All registered protocols. */
export function allProtocols(): readonly Protocol[] {
  return [...protocols.values()]
}
