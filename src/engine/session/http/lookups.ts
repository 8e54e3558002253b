// DNS lookups of a capture: which name was asked for, when, and when its answer came. What a page load waited for before its first connection.
import { stringValue } from '../../dissect/format'
import { fieldByName } from '../../dissect/registry'
import { PROTOCOL } from '../../index/columns'
import type { Trace } from '../../index/trace'

/** One question with its answer. */
export interface Lookup {
  readonly name: string
  readonly asked: number
  readonly answered: number
}

const NAME = fieldByName('dns.qry.name')?.id,
  ID = fieldByName('dns.id')?.id,
  RESPONSE = fieldByName('dns.flags.response')?.id
/** Packets between two pauses. */
const PACKETS_A_STEP = 64

/** Lookups by name, in the order of their answers; each step answers the number of packets looked at. */
export function* lookupSteps(trace: Trace): Generator<number, Map<string, Lookup[]>> {
  const open = new Map<string, number>(),
    found = new Map<string, Lookup[]>()
  for (let frame = 1; frame <= trace.packets; frame++) {
    if (frame % PACKETS_A_STEP === 0) yield frame
    if ((trace.columns.protocols.get(frame - 1) & PROTOCOL.DNS) === 0) continue
    const { tree } = trace.dissect(frame, { summary: false, labels: false })
    let name = '',
      id = -1,
      isResponse = false
    for (let node = 0; node < tree.count && name === ''; node++) {
      const field = tree.field(node)
      if (field === ID) id = tree.numbers[node] ?? 0
      else if (field === RESPONSE) isResponse = (tree.numbers[node] ?? 0) !== 0
      else if (field === NAME) name = stringValue(tree, node).toLowerCase()
    }
    if (name === '') continue
    const { sourceAddress, destinationAddress } = trace.columns,
      [from, to] = [sourceAddress.get(frame - 1), destinationAddress.get(frame - 1)],
      key = `${id} ${name} ${isResponse ? `${to} ${from}` : `${from} ${to}`}`
    if (!isResponse) {
      if (!open.has(key)) open.set(key, frame)
      continue
    }
    const asked = open.get(key)
    if (asked === undefined) continue
    open.delete(key)
    const list = found.get(name)
    if (list) list.push({ name, asked, answered: frame })
    else found.set(name, [{ name, asked, answered: frame }])
  }
  return found
}
