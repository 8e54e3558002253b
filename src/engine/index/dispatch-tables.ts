// What the dispatch tables and Decode As say of a key, in a form that the index's fast path reads without a look at protocols.
import { dispatchTable, protocolByName } from '../dissect/registry'
import type { Protocol } from '../dissect/registry'
import type { Session } from '../dissect/session'
import { protocolBit } from './columns'

/** Beside PROTOCOL bits in a table of ports: some protocol is named; it carries network packets; its first visit writes state. */
const HAS_PROTOCOL = 1 << 28
export const CARRIES_PACKETS = 1 << 27
export const WRITES_STATE = 1 << 26
/** The PROTOCOL bits themselves. */
export const PORT_BITS = (1 << 26) - 1

/** What a table says of a key. */
export interface Above {
  readonly visit: Protocol['firstVisit']
  readonly bit: number
}

/** Dispatch tables by name, read on first use; they and Decode As do not change after the first packet. */
export class DispatchTables {
  private readonly session: Session
  private readonly tables = new Map<string, Map<number, Above>>()

  constructor(session: Session) {
    this.session = session
  }

  /** Numeric keys of a table. */
  of(table: string): ReadonlyMap<number, Above> {
    let found = this.tables.get(table)
    if (!found) {
      found = new Map()
      for (const [key, protocol] of dispatchTable(table))
        if (typeof key === 'number') found.set(key, { visit: protocol.firstVisit, bit: protocolBit(protocol.name) })
      for (const [key, name] of this.session.options.decodeAs.get(table) ?? []) {
        const protocol = protocolByName(name)
        if (protocol && typeof key === 'number') found.set(key, { visit: protocol.firstVisit, bit: protocolBit(protocol.name) })
      }
      this.tables.set(table, found)
    }
    return found
  }

  /** Writes what a table says into an array by port; 0 where it says nothing. */
  fillPorts(ports: Int32Array, table: string): void {
    for (const [port, { visit, bit }] of this.of(table)) {
      ports[port] = (bit & PORT_BITS) | HAS_PROTOCOL | (visit === 'packets' ? CARRIES_PACKETS : visit === 'state' ? WRITES_STATE : 0)
    }
  }
}
