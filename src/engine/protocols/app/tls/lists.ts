// Lists of 16-bit values with their length before them, which TLS is full of.
import type { Decoder } from '../../../dissect/define'
import type { TlsFields } from './fields'

/** A list with a 16-bit length before it, shown as a subtree that counts its items. */
export function list16(
  d: Decoder,
  lengthField: TlsFields['tls.handshake.extensions_supported_groups_length'],
  field: TlsFields['tls.handshake.ciphersuites'],
  words: string,
  item: string,
  one: () => void,
): void {
  const length = d.u16(lengthField),
    end = d.at + length
  d.require(length)
  d.range(field, d.at, end)
  if (d.labels) d.label(`${words} (${length >> 1} ${item}${length >> 1 === 1 ? '' : 's'})`)
  const outer = d.enter()
  while (d.at + 2 <= end) one()
  d.at = end
  d.leave(outer)
}
