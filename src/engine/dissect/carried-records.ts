// TLS records that a protocol without TCP carries (EAP, OpenVPN's control channel): which connection they belong to and who sent them.
// Protocols do not import each other; they meet here.
import type { Decoder } from './decoder'
import { defineState } from './session'

/** One connection, as its carrier knows it. */
export interface CarriedRecords {
  /** Name of the connection, unique in the capture. */
  readonly connection: string
  readonly fromServer: boolean
}

/** The connection whose records TLS is called for. */
export const CARRIED_RECORDS = defineState('carried-records', () => ({ now: undefined as CarriedRecords | undefined }))

/** Has TLS read the whole records start..end of a connection, `nested` under the current parent or as a layer of its own. Ports say nothing of what is
 *  inside, and no more can be asked for. */
export function readCarriedRecords(d: Decoder, records: CarriedRecords, start: number, end: number, nested: boolean): void {
  const { packet, canDesegment } = d,
    carried = d.state(CARRIED_RECORDS),
    { direction, sourcePort, destinationPort, reassembled, streamEnds } = packet
  carried.now = records
  packet.direction = records.fromServer ? 1 : 0
  packet.sourcePort = packet.destinationPort = -1
  packet.reassembled = packet.streamEnds = false
  d.canDesegment = 0
  d.next('tls.carrier', 'tls', start, end, nested)
  carried.now = undefined
  Object.assign(packet, { direction, sourcePort, destinationPort, reassembled, streamEnds })
  d.canDesegment = canDesegment
}
