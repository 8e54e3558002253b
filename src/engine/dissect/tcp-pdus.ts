// The loop of a protocol over TCP whose messages say their own length (DNS over TCP, TLS records, and many others).
import { ONE_MORE_SEGMENT } from './decoder'
import type { Decoder } from './decoder'

/**
 * Dissects length-prefixed messages from d.at to d.end one after the other, asking TCP for more bytes where a message is not wholly there.
 *
 * `headerLength`: bytes that must be there before the length can be told. `pduLength(d, at)`: whole length of the message at `at`, including the
 * header (peeks only); 0 = cannot be told yet, one more segment is asked for. A length below headerLength is malformed.
 * `decodeOne(d)`: reads one message from d.at to d.end, which are set to it; where a message was cut (no reassembly), d.end lies past the bytes
 * that are there and reads past them stop the layer, as everywhere. A malformed message ends only itself: the next one is dissected.
 */
export function tcpPdus(
  d: Decoder,
  headerLength: number,
  pduLength: (d: Decoder, at: number) => number,
  decodeOne: (d: Decoder) => void,
): void {
  const end = d.end,
    first = d.at
  while (d.at < end && d.at < d.readable) {
    const start = d.at
    if (end - start < headerLength && d.canDesegment > 0) {
      ask(d, first, start, ONE_MORE_SEGMENT)
      return
    }
    d.require(headerLength)
    const length = pduLength(d, start)
    if (length === 0) {
      ask(d, first, start, ONE_MORE_SEGMENT)
      return
    }
    if (length < headerLength) d.malformed()
    if (start + length > end && d.canDesegment > 0) {
      ask(d, first, start, start + length - end)
      return
    }
    const stop = Math.min(start + length, end)
    d.end = stop
    d.guard(decodeOne)
    d.end = end
    d.at = stop
  }
}

/** Asks for more behind the messages from `first` to `start`; a layer that read none of this payload and shows nothing leaves no row. */
function ask(d: Decoder, first: number, start: number, length: number): void {
  d.needMore(start, length)
  if (start === first && d.tree.count === d.layerNode + 1) d.withdraw()
}
