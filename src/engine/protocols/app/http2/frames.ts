// The payloads of the frames that do not carry messages (RFC 9113, 6; RFC 7838, 4; RFC 8336; RFC 9218, 7.1). Each is read from the cursor to d.end.
import type { Decoder, FieldId } from '../../../dissect/define'
import { HTTP2_SETTINGS } from '../../../values/http2'
import type { Http2Fields } from './fields'

/** Most parameters of one SETTINGS frame, and most origins of one ORIGIN frame, that get rows. */
const MOST_ROWS = 10_000

/** Exclusive flag, dependency and weight. */
export function priority(d: Decoder, f: Http2Fields): void {
  const { at } = d,
    raw = d.peek32()
  d.require(4)
  d.bits(f['http2.exclusive'], at, at + 4, raw)
  d.u32(f['http2.stream_dependency'])
  const weight = d.u8(f['http2.headers.weight'])
  d.generated(f['http2.headers.weight_real'], weight + 1, d.at - 1, d.at)
}

const SETTING_FIELDS: Readonly<Record<number, keyof Http2Fields & `http2.settings.${string}`>> = {
  1: 'http2.settings.header_table_size',
  2: 'http2.settings.enable_push',
  3: 'http2.settings.max_concurrent_streams',
  4: 'http2.settings.initial_window_size',
  5: 'http2.settings.max_frame_size',
  6: 'http2.settings.max_header_list_size',
  8: 'http2.settings.extended_connect',
}

/** Parameters. Returns the header table size that they name last; undefined where they do not. */
export function settings(d: Decoder, f: Http2Fields): number | undefined {
  let tableSize: number | undefined
  for (let rows = 0; d.left > 0; rows++) {
    const start = d.at,
      id = d.peek16()
    if (rows >= MOST_ROWS || d.stateOnly) {
      d.skip(2)
      if (id === 1) tableSize = d.peek32()
      d.skip(4)
      continue
    }
    d.range(f['http2.settings'], start, Math.min(start + 6, d.readable))
    const node = d.last,
      outer = d.enter(),
      name = HTTP2_SETTINGS[id] ?? `Unknown (${id})`
    if (d.labels) d.tree.labels[node] = `Settings - ${name}`
    d.u16(f['http2.settings.id'])
    const value = d.u32(f[SETTING_FIELDS[id] ?? 'http2.settings.unknown'] as FieldId<'u32'>)
    if (id === 1) tableSize = value
    if (d.labels) d.appendLabel(` : ${value}`, node)
    d.leave(outer)
  }
  return tableSize
}

/** GOAWAY. */
export function goAway(d: Decoder, f: Http2Fields): void {
  reservedAnd31(d, f['http2.goway.r'], f['http2.goaway.last_stream_id'])
  d.u32(f['http2.goaway.error'])
  if (d.left > 0) d.span(f['http2.goaway.addata'], d.left)
}

/** A reserved bit and a number of 31 bits. */
export function reservedAnd31(d: Decoder, reserved: FieldId<'u32'>, number: FieldId<'u32'>): void {
  const { at } = d
  d.require(4)
  d.bits(reserved, at, at + 4, d.peek32())
  d.u32(number)
}

/** ALTSVC. */
export function alternativeService(d: Decoder, f: Http2Fields): void {
  const length = d.u16(f['http2.altsvc.origin.len'])
  d.span(f['http2.altsvc.origin'], length)
  d.ascii()
  if (d.left > 0) {
    d.span(f['http2.altsvc.field_value'], d.left)
    d.ascii()
  }
}

/** ORIGIN. */
export function origins(d: Decoder, f: Http2Fields): void {
  for (let rows = 0; d.left > 0 && rows < MOST_ROWS; rows++) {
    const end = d.at + 2 + d.peek16()
    d.range(f['http2.origin'], d.at, Math.min(end, d.readable))
    const outer = d.enter(),
      length = d.u16(f['http2.origin.origin_len'])
    d.span(f['http2.origin.origin'], length)
    d.ascii()
    d.leave(outer)
  }
}

/** PRIORITY_UPDATE. */
export function priorityUpdate(d: Decoder, f: Http2Fields): void {
  const { at } = d,
    stream = d.peek32()
  d.skip(4)
  d.value(f['http2.priority_update_stream_id'], at, at + 4, BigInt(stream))
  d.tree.numbers[d.last] = stream
  if (d.left > 0) {
    d.span(f['http2.priority_update_field_value'], d.left)
    d.ascii()
  }
}
