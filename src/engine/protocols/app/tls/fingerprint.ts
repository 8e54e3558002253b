// JA3 and JA3S: fingerprints of a client's and a server's software from what their hellos offer (github.com/salesforce/ja3). Reserved values that clients
// send to keep servers tolerant (GREASE, RFC 8701) do not count.
import { md5Hex } from '../../../bytes/md5'
import type { Decoder } from '../../../dissect/define'
import { isGrease } from '../../../values/tls'
import { serverHelloParts } from './drafts'
import type { TlsFields } from './fields'

const GROUPS = 10,
  POINT_FORMATS = 11

/** Records JA3 of the client hello whose body starts at a position; the hello was read without an error. `skipped` bytes stand behind its session id. */
export function clientFingerprint(d: Decoder, f: TlsFields, start: number, skipped = 0): void {
  let at = start + 34
  at += 1 + d.peek8(at) + skipped
  const suites = list(d, at + 2, d.peek16(at), 2)
  at += 2 + d.peek16(at)
  at += 1 + d.peek8(at)
  const types: number[] = []
  let groups: number[] = [],
    formats: number[] = []
  eachExtension(d, at, (type, from, length) => {
    types.push(type)
    if (type === GROUPS && length > 2) groups = list(d, from + 2, Math.min(length - 2, d.peek16(from)), 2)
    if (type === POINT_FORMATS && length > 1) formats = list(d, from + 1, Math.min(length - 1, d.peek8(from)), 1)
  })
  const full = [
    String(d.peek16(start)),
    ...[suites, types, groups].map((values) => values.filter((value) => !isGrease(value)).join('-')),
    formats.join('-'),
  ].join(',')
  d.generatedValue(f['tls.handshake.ja3_full'], full)
  d.generatedValue(f['tls.handshake.ja3'], md5Hex(ascii(full)))
}

/** Records JA3S of the server hello whose body starts at a position. */
export function serverFingerprint(d: Decoder, f: TlsFields, start: number): void {
  const parts = serverHelloParts(d, start),
    types: number[] = []
  eachExtension(d, parts.extensions, (type) => {
    types.push(type)
  })
  const full = `${d.peek16(start)},${d.peek16(parts.suite)},${types.filter((type) => !isGrease(type)).join('-')}`
  d.generatedValue(f['tls.handshake.ja3s_full'], full)
  d.generatedValue(f['tls.handshake.ja3s'], md5Hex(ascii(full)))
}

function eachExtension(d: Decoder, start: number, one: (type: number, from: number, length: number) => void): void {
  const end = Math.min(d.readable, start + 2 + d.peek16(start))
  for (let at = start + 2; at + 4 <= end; at += 4 + d.peek16(at + 2)) one(d.peek16(at), at + 4, d.peek16(at + 2))
}

function list(d: Decoder, start: number, length: number, width: number): number[] {
  const values: number[] = []
  for (let at = start; at + width <= start + length; at += width) values.push(d.peekInteger(at, width))
  return values
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
