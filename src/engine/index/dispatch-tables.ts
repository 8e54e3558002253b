// What the dispatch tables and Decode As say of a key, in a form that the index's fast path reads without a look at protocols.
import { CARRIES_PACKETS, HAS_PROTOCOL, PORT_BITS, WRITES_STATE } from '../core/layout'
import { dispatchTable, protocolByName } from '../dissect/registry'
import type { Protocol } from '../dissect/registry'
import type { Session } from '../dissect/session'
import { protocolBit } from './columns'

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

  /** Writes into `table`, by key, which word of `said` tells what there is: PROTOCOL bits with HAS_PROTOCOL, and CARRIES_PACKETS or WRITES_STATE. Byte 0 says nothing. */
  fill(table: Uint8Array, said: Int32Array, name: string): void {
    for (const [key, { visit, bit }] of this.of(name)) {
      const word = (bit & PORT_BITS) | HAS_PROTOCOL | (visit === 'packets' ? CARRIES_PACKETS : visit === 'state' ? WRITES_STATE : 0)
      let place = 1
      while (place < said.length && said[place] !== word && said[place] !== 0) place++
      if (place >= said.length) throw new RangeError('the dispatch tables say more different things than a byte can tell')
      said[place] = word
      table[key] = place
    }
  }
}
