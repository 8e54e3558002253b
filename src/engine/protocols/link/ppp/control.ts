// What the control protocols of PPP share (RFC 1661, 5): packets of code, identifier and length, and options of type and length.
import { bytes, expert, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { hex } from '../../../bytes/text'
import { vendorName } from '../../../values/vendors'

/** Codes of control packets (RFC 1661, 5; RFC 1570, RFC 1962 and RFC 2153 add some). */
export const CODES: Readonly<Record<number, string>> = {
  0: 'Vendor Specific',
  1: 'Configuration Request',
  2: 'Configuration Ack',
  3: 'Configuration Nak',
  4: 'Configuration Reject',
  5: 'Termination Request',
  6: 'Termination Ack',
  7: 'Code Reject',
}

/** Fields of every control protocol. */
export const CONTROL_FIELDS = {
  'ppp.code': u8('Code', { values: CODES }),
  'ppp.identifier': u8('Identifier', { base: 'dec-hex' }),
  'ppp.length': u16('Length'),
  'ppp.magic_number': u32('Magic Number', { base: 'hex' }),
  'ppp.oui': u24('OUI', { base: 'hex' }),
  'ppp.kind': u8('Kind', { base: 'dec-hex' }),
  'ppp.data': bytes('Data'),
  'ppp.opt.len.invalid': expert('warning', 'protocol', 'Invalid length for option'),
} as const
type ControlIds = FieldIds<typeof CONTROL_FIELDS>

/** One kind of option. */
export interface Option {
  readonly name: string
  /** Whole length, where only one is right. */
  readonly length?: number
  /** Least whole length, where it may be longer (2 by default). */
  readonly least?: number
  /** Reads what follows type and length; d.end is the option's end. What it answers follows the option's name. */
  readonly read?: (d: Decoder) => string
  /** Fields of type and length, where they are not those of the protocol. */
  readonly head?: OptionHead
}

/** Fields of an option's head. */
export interface OptionHead {
  readonly type: FieldId<'u8'>
  readonly length: FieldId<'u8'>
}

/** An option whose length cannot be, as a row with an expert item. */
function badLength(d: Decoder, f: ControlIds, end: number, text: string): void {
  const start = d.at,
    stop = Math.max(start, Math.min(end, d.readable))
  d.note(start, stop, text)
  d.expert(f['ppp.opt.len.invalid'], start, stop, text, d.last)
}

/** Organization code as a row. */
export function organization(d: Decoder, field: FieldId<'u24'>, before = ' '): void {
  const number = d.u24(field)
  if (!d.labels) return
  const name = vendorName(number),
    text = [number >> 16, (number >> 8) & 255, number & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
  d.label(`OUI: ${text}${name ? `${before}(${name})` : ''}`)
}

/** Options from the cursor to d.end under a row that names them; a length that cannot be ends the list. */
export function readOptions(
  d: Decoder,
  f: ControlIds,
  options: Readonly<Record<number, Option>>,
  head: OptionHead,
  title = 'Options',
): void {
  const stop = d.end
  d.note(d.at, Math.min(stop, d.readable), `${title}: (${stop - d.at} byte${stop - d.at === 1 ? '' : 's'})`)
  const row = d.last,
    outer = d.enter()
  while (d.at < stop) {
    const start = d.at,
      type = d.peek8(),
      length = d.peek8(start + 1),
      option = options[type],
      name = option?.name ?? `Unknown (0x${type.toString(16).padStart(2, '0')})`
    d.require(1)
    if (stop - start === 1) {
      badLength(d, f, start + 1, `${name} (length byte past end of options)`)
      break
    }
    d.require(2)
    const size = `${length} byte${length === 1 ? '' : 's'}`
    if (length < 2) {
      badLength(d, f, start + 2, `${name} (with too-short option length = ${size})`)
      break
    }
    if (length > stop - start) {
      badLength(d, f, stop, `${name} (option length = ${size} says option goes past end of options)`)
      break
    }
    readOption(d, f, option, name, length, head)
    if (d.labels && option) d.appendLabel(`, ${option.name}`, row)
    d.end = stop
    d.at = start + length
  }
  d.leave(outer, d.at)
}

function readOption(d: Decoder, f: ControlIds, option: Option | undefined, name: string, length: number, head: OptionHead): void {
  const start = d.at,
    size = `${length} byte${length === 1 ? '' : 's'}`
  if (!option) {
    d.note(start, Math.min(start + length, d.readable), `${name} (${size})`)
    return
  }
  const least = option.length ?? option.least ?? 2
  if (length < least || (option.length !== undefined && length !== option.length)) {
    const should = option.length === undefined ? `should be >= ${least}` : `should be ${least}`
    badLength(d, f, start + length, `${name} (with option length = ${size}; ${should})`)
    return
  }
  d.end = start + length
  d.note(start, Math.min(d.end, d.readable), name)
  const row = d.last,
    outer = d.enter()
  d.u8((option.head ?? head).type)
  d.u8((option.head ?? head).length)
  const more = option.read?.(d) ?? ''
  if (d.labels && more) d.appendLabel(more, row)
  d.leave(outer)
}

/** How a control protocol reads its packets. */
export interface ControlShape {
  readonly codes: Readonly<Record<number, string>>
  readonly options: (d: Decoder) => void
  /** Codes of its own; answers whether it took the body. */
  readonly body?: (d: Decoder, code: number) => boolean
}

/** A control packet from its code to the end that its length says. */
export function readControl(d: Decoder, f: ControlIds, shape: ControlShape): void {
  const start = d.at,
    code = d.peek8(),
    name = shape.codes[code] ?? 'Unknown'
  if (d.summary) d.setInfo(name)
  d.u8(f['ppp.code'])
  if (d.labels) d.label(`Code: ${name} (${code})`)
  d.u8(f['ppp.identifier'])
  const length = d.u16(f['ppp.length'])
  d.end = Math.min(d.end, start + Math.max(4, length))
  d.layerEnds(d.end)
  if (shape.body?.(d, code)) return
  if (code >= 1 && code <= 4) {
    if (d.left > 0) shape.options(d)
    return
  }
  if (code === 0) {
    d.u32(f['ppp.magic_number'])
    organization(d, f['ppp.oui'], '')
    d.u8(f['ppp.kind'])
  }
  if (d.left <= 0) return
  const size = d.left
  d.span(f['ppp.data'], size)
  if (code === 7 && d.labels) d.label(`Rejected Packet (${size} byte${size === 1 ? '' : 's'}): ${hex(d.slice(d.at - size, d.at))}`)
}
