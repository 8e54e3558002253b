// Packets that a filter can show, found through the streams: where it asks for endpoints (addresses, ports, a stream's number) of TCP or UDP, the streams
// that have them are looked at instead of all packets, and the chains of their packets are walked.
import type { AddressKind } from '../dissect/packet'
import type { StreamTable } from '../dissect/conversation'
import { CHUNK_ROWS, PROTOCOL, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'
import type { StoredField } from './index-fields'

/** A part of a filter that asks for an endpoint of the packet's stream. */
export interface EndpointTest {
  readonly field: StoredField
  /** Whether the part must hold for both of a packet's endpoints (else for any). */
  readonly all: boolean
  /** Whether the part holds for what a column holds. */
  holds(trace: Trace, held: number): boolean
}

/**
 * Rows, ascending, outside of which no packet of those indexed now passes: those of the streams for which all tests may hold, and those that the index did
 * not understand. Undefined where that is unknown or more than `most` rows. `protocols` are PROTOCOL bits that every packet that passes has.
 */
export function streamCandidates(trace: Trace, protocols: number, tests: readonly EndpointTest[], most: number): Uint32Array | undefined {
  const bits = tests.reduce((all, { field }) => all | field.bit, protocols),
    isTcp = (bits & PROTOCOL.TCP) !== 0
  if (tests.length === 0 || (!isTcp && (bits & PROTOCOL.UDP) === 0)) return undefined
  const table = isTcp ? trace.conversations.tcp : trace.conversations.udp,
    { previousInStream } = trace.columns,
    rows: number[] = []
  let streams = Uint32Array.from({ length: table.count }, (_unused, stream) => stream)
  for (const test of tests) streams = streams.subarray(0, keep(trace, table, test, streams))
  for (const stream of streams) {
    for (let frame = table.lastFrame(stream); frame > 0; frame = previousInStream.get(frame - 1)) {
      rows.push(frame - 1)
      if (rows.length > most) return undefined
    }
  }
  addUnknown(trace, rows)
  const different = Uint32Array.from(new Set(rows)).sort()
  return different.length > most ? undefined : different
}

/** Keeps the streams for some of whose packets a test may hold, in place and in order; returns how many. */
function keep(trace: Trace, table: StreamTable, test: EndpointTest, streams: Uint32Array): number {
  const { ofStream, bit, columns } = test.field,
    // a field of one side may be either endpoint's
    both = test.all && columns.length > 1,
    { addresses } = trace.columns,
    kind: AddressKind = bit === PROTOCOL.IPV6 ? 'ipv6' : 'ipv4'
  let kept = 0
  for (const stream of streams) {
    let may: boolean
    if (ofStream === 'number') may = test.holds(trace, stream + 1)
    else {
      const one = test.holds(trace, ofStream === 'port' ? table.sourcePort(stream) : table.sourceAddress(stream))
      may = one === both ? test.holds(trace, ofStream === 'port' ? table.destinationPort(stream) : table.destinationAddress(stream)) : one
      if (may && ofStream === 'address') may = addresses.kind(table.sourceAddress(stream)) === kind
    }
    if (may) streams[kept++] = stream
  }
  return kept
}

/** Adds the rows of which columns do not tell all. */
function addUnknown({ records, packets }: Trace, rows: number[]): void {
  for (let from = 0; from < packets; from += CHUNK_ROWS) {
    const status = records.status.peek(from / CHUNK_ROWS)
    if (status === undefined) continue
    const count = Math.min(CHUNK_ROWS, packets - from)
    for (let i = 0; i < count; i++) if (((status[i] ?? 0) & STATUS.REPEATED) !== 0) rows.push(from + i)
  }
}
