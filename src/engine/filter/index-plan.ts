// A filter answered from the packet index as far as that goes: parts of it that need only columns decide most packets, and only what is left is
// dissected. The parts run as filters themselves, over a small tree that is filled from the columns: so both ways have one meaning.
import { fieldById, fieldByName } from '../dissect/registry'
import { TreeBuffer } from '../dissect/tree-buffer'
import { PROTOCOL, protocolBit, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'
import type { Condition, Term } from './ast'
import { compileFilter } from './compile'
import type { Filter } from './compile'
import { columnLoader, indexedField, isPresenceOnly } from './index-fields'
import type { ColumnLoader } from './index-fields'
import { printFilter } from './print'

/** What the index says of a packet. */
export const VERDICT = { NO: 0, YES: 1, DISSECT: 2 } as const
export type Verdict = (typeof VERDICT)[keyof typeof VERDICT]

/** Answers for row `frame number - 1` of a trace. */
export type IndexPlan = (trace: Trace, row: number) => Verdict

/** Plans a filter. The plan reuses one tree: it is not to be shared by passes that run at the same time. */
export function planFilter(filter: Filter): IndexPlan {
  const mayPass = protocolTest(filter.protocols)
  const conditions = conjuncts(filter.condition),
    indexed = conditions.filter(isIndexed),
    whole = indexed.length === conditions.length
  const quick = indexed.length > 0 ? compileFilter(indexed.map((condition) => `(${printFilter(condition)})`).join(' && ')) : undefined
  const loaders: ColumnLoader[] = []
  for (const id of quick?.fields ?? []) loaders.push(...loadersOf(id))
  const tree = new TreeBuffer()
  return (trace, row) => {
    if (!mayPass(trace.columns.protocols.get(row))) return VERDICT.NO
    if ((trace.records.status.get(row) & STATUS.REPEATED) !== 0) return VERDICT.DISSECT
    if (quick === undefined) return whole ? VERDICT.YES : VERDICT.DISSECT
    tree.clear()
    for (const loader of loaders) loader(trace, row, tree)
    if (!quick.matches(tree)) return VERDICT.NO
    return whole ? VERDICT.YES : VERDICT.DISSECT
  }
}

/** Protocols that have a bit and keep their fields to themselves (UDP does not: UDP-Lite has them too). */
const OWN_FIELDS: ReadonlySet<string> = new Set(['vlan', 'ip', 'ipv6', 'tcp', 'arp', 'icmp', 'icmpv6', 'igmp', 'dns'])

/** Whether a packet with these protocol bits can have all of the protocols. */
function protocolTest(names: ReadonlySet<string>): (bits: number) => boolean {
  let needed = 0
  for (const name of names) if (OWN_FIELDS.has(name)) needed |= protocolBit(name)
  if (!names.has('http')) return (bits) => (bits & needed) === needed
  // SSDP, which is HTTP in datagrams, has HTTP's fields
  const datagram = PROTOCOL.UDP | PROTOCOL.OTHER
  return (bits) => (bits & needed) === needed && ((bits & PROTOCOL.HTTP) !== 0 || (bits & datagram) === datagram)
}

function loadersOf(id: number): ColumnLoader[] {
  const loader = columnLoader(fieldById(id))
  return loader === undefined ? [] : [loader]
}

function conjuncts(condition: Condition): Condition[] {
  if (condition.kind === 'everything') return []
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition]
}

/** Whether a condition can be answered from columns alone. */
function isIndexed(condition: Condition): boolean {
  switch (condition.kind) {
    case 'everything':
      return true
    case 'not':
      return isIndexed(condition.operand)
    case 'and':
    case 'or':
    case 'xor':
      return isIndexed(condition.left) && isIndexed(condition.right)
    case 'present':
      return condition.operand.kind === 'word' && indexedField(condition.operand.text) !== undefined
    case 'compare':
      return hasIndexedField(condition.left) && isIndexedTerm(condition.left) && isIndexedTerm(condition.right)
    case 'member':
      return (
        hasIndexedField(condition.left) &&
        isIndexedTerm(condition.left) &&
        condition.items.every(({ low, high }) => isIndexedTerm(low) && (high === undefined || isIndexedTerm(high)))
      )
  }
}

/** Values of indexed fields, literals, and arithmetic with them. Slices, layers, functions and references ask for more than columns hold. */
function isIndexedTerm(term: Term): boolean {
  switch (term.kind) {
    case 'word': {
      const field = fieldByName(term.text)
      return field === undefined || (indexedField(term.text) !== undefined && !isPresenceOnly(field))
    }
    case 'string':
    case 'char':
      return true
    case 'sign':
      return isIndexedTerm(term.operand)
    case 'arithmetic':
      return isIndexedTerm(term.left) && isIndexedTerm(term.right)
    case 'slice':
    case 'layer':
    case 'reference':
    case 'call':
      return false
  }
}

function hasIndexedField(term: Term): boolean {
  switch (term.kind) {
    case 'word':
      return fieldByName(term.text) !== undefined
    case 'sign':
      return hasIndexedField(term.operand)
    case 'arithmetic':
      return hasIndexedField(term.left) || hasIndexedField(term.right)
    default:
      return false
  }
}
