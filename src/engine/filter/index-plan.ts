// What the packet index says of a filter without dissecting: which packets cannot pass, and for a filter of indexed fields alone, which pass. Parts that
// are joined by "and" are answered one by one; what the index does not hold is left to the predicate, and to a search of the captured bytes before it.
import { ByteSearch } from '../bytes/byte-search'
import { fieldById, fieldByName, protocolByName } from '../dissect/registry'
import { CHUNK_ROWS, PROTOCOL, STATUS, protocolBit } from '../index/columns'
import type { Trace } from '../index/trace'
import { HEADER_FIELDS } from '../protocols/app/http/fields'
import type { Condition, Term } from './ast'
import { compileFilter } from './compile'
import type { Filter } from './compile'
import { isForAll } from './conditions'
import { FrameSearch } from './frame-search'
import type { SearchedPart } from './frame-search'
import { columnLoader, indexedField, isPresenceOnly, presenceBit, storedField } from './index-fields'
import { ValueTest, allBits, anyBit, treeTest } from './index-tests'
import type { IndexTest } from './index-tests'
import { readSearched } from './literals'
import { printFilter } from './print'
import { streamCandidates } from './stream-candidates'
import type { EndpointTest } from './stream-candidates'
import { asLiteral, isLiteral } from './terms'

/** What the index says of a packet. */
export const VERDICT = { NO: 0, YES: 1, DISSECT: 2 } as const
export type Verdict = (typeof VERDICT)[keyof typeof VERDICT]

/** A planned filter. It reuses its lists: it is not to be shared by passes that run at the same time. */
export class IndexPlan {
  /** False: every packet has to be dissected. */
  readonly helps: boolean
  private readonly necessary: readonly IndexTest[]
  private readonly tests: readonly IndexTest[]
  private readonly searches: readonly FrameSearch[]
  /** The searches that may answer their part of the filter. */
  private readonly answering: readonly FrameSearch[]
  /** They and the tests are the whole filter. */
  private readonly whole: boolean
  /** PROTOCOL bits that every packet that passes has. */
  private readonly protocols: number
  private readonly endpoints: readonly EndpointTest[]
  private readonly one = new Uint32Array(1)
  private apart = new Uint32Array(0)

  constructor(filter: Filter) {
    const conditions = conjuncts(filter.condition),
      indexed = conditions.filter(isIndexed)
    const { bits, tests } = necessaryTests(filter.protocols, filter.fields)
    this.protocols = bits
    this.necessary = bits === 0 ? tests : [allBits(bits), ...tests]
    this.tests = indexed.map(testOf).sort((a, b) => a.cost - b.cost)
    this.endpoints = this.tests.filter(
      (test): test is ValueTest => test instanceof ValueTest && test.field.ofStream !== undefined && !test.ofAbsent,
    )
    this.searches = conditions.flatMap(searchOf)
    this.answering = this.searches.filter(({ answers }) => answers)
    this.whole = indexed.length + this.answering.length === conditions.length
    this.helps = this.whole || this.necessary.length + this.tests.length + this.searches.length > 0
  }

  /** What the index says of row `frame number - 1`. */
  verdict(trace: Trace, row: number): Verdict {
    this.one[0] = row
    if (this.sift(trace, this.one, 1) === 0) return VERDICT.NO
    return this.isSettled(trace, row) ? VERDICT.YES : VERDICT.DISSECT
  }

  /** Rows, ascending, outside of which no packet of those indexed now passes; undefined where that is not known or more than `most`. */
  candidates(trace: Trace, most: number): Uint32Array | undefined {
    return streamCandidates(trace, this.protocols, this.endpoints, most)
  }

  /** Keeps those of rows[0 .. count) that may pass, in place and in order; returns how many. The rows ascend and belong to one stretch of CHUNK_ROWS. */
  sift(trace: Trace, rows: Uint32Array, count: number): number {
    for (const test of this.necessary) count = test.sift(trace, rows, count)
    if (this.tests.length > 0) count = this.siftUnderstood(trace, rows, count)
    for (const search of this.searches) count = search.sift(trace, rows, count)
    return count
  }

  /** Whether a row that sift() kept passes; otherwise its packet has to be dissected. */
  isSettled(trace: Trace, row: number): boolean {
    if (!this.whole || (trace.records.status.get(row) & STATUS.REPEATED) !== 0) return false
    for (const search of this.answering) if (!search.isAnswered(trace, row)) return false
    return true
  }

  /** Puts rows to the tests, and keeps those that the index did not understand. */
  private siftUnderstood(trace: Trace, rows: Uint32Array, count: number): number {
    const apart =
      count > 0 && trace.records.status.peek(Math.floor(rows[0]! / CHUNK_ROWS)) !== undefined ? this.setApart(trace, rows, count) : 0
    let kept = count - apart
    for (const test of this.tests) kept = test.sift(trace, rows, kept)
    return apart === 0 ? kept : merge(rows, kept, this.apart, apart)
  }

  /** Moves the rows that were not understood out of the way; returns how many there were. */
  private setApart(trace: Trace, rows: Uint32Array, count: number): number {
    const { status } = trace.records
    if (this.apart.length < count) this.apart = new Uint32Array(count)
    let kept = 0,
      apart = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      if ((status.get(row) & STATUS.REPEATED) !== 0) this.apart[apart++] = row
      else rows[kept++] = row
    }
    return apart
  }
}

/** Merges ascending rows into rows[0 .. count), from the end; returns how many there are then. */
function merge(rows: Uint32Array, count: number, others: Uint32Array, more: number): number {
  const total = count + more
  let from = count - 1,
    other = more - 1
  for (let at = total - 1; other >= 0; at--) rows[at] = from >= 0 && rows[from]! > others[other]! ? rows[from--]! : others[other--]!
  return total
}

// ---- protocols without which no packet passes

/** Protocols that occur in a packet only where their own bit is set, and keep their fields to themselves. */
const OWN_BIT: ReadonlySet<string> = new Set(['vlan', 'ip', 'ipv6', 'tcp', 'arp', 'icmp', 'icmpv6', 'igmp'])
/** Protocols some of whose fields occur without them: UDP-Lite has those of UDP, cooked captures have Ethernet's trailer. */
const SHARED: ReadonlySet<string> = new Set(['frame', 'eth', 'sll', 'null', 'udp', 'data'])
/** Fields that occur without their protocol. */
const STRAYING: ReadonlySet<string> = new Set(['ip.version'])

function necessaryTests(names: ReadonlySet<string>, fields: ReadonlySet<number>): { bits: number; tests: IndexTest[] } {
  const straying = new Set([...fields].map(fieldById).filter(({ name }) => STRAYING.has(name)))
  const tests: IndexTest[] = []
  let bits = 0
  for (const name of names) {
    if ([...straying].some(({ protocol }) => protocol === name)) continue
    if (OWN_BIT.has(name)) bits |= protocolBit(name)
    else if (name === 'http') tests.push(anyBit(PROTOCOL.HTTP_REQUEST | PROTOCOL.HTTP_RESPONSE | PROTOCOL.HTTP_OTHER))
    else if (name === 'http.request') tests.push(anyBit(PROTOCOL.HTTP_REQUEST | PROTOCOL.HTTP_OTHER))
    else if (name === 'http.response') tests.push(anyBit(PROTOCOL.HTTP_RESPONSE | PROTOCOL.HTTP_OTHER))
    else if (!SHARED.has(name) && protocolByName(name) !== undefined) {
      tests.push(anyBit(protocolBit(name) | PROTOCOL.OTHER))
      if (isAboveTcp(name)) tests.push(OUTSIDE_SEGMENTS)
    }
  }
  return { bits, tests }
}

/** Whether a protocol occurs above TCP alone, or beside it: not below. */
function isAboveTcp(name: string): boolean {
  const protocol = protocolByName(name)
  return protocol !== undefined && (Object.hasOwn(protocol.accepts, 'tcp.port') || protocol.heuristic.includes('tcp'))
}

/** Leaves out segments inside a message, where they are the whole packet. */
const OUTSIDE_SEGMENTS: IndexTest = {
  cost: 2,
  sift({ columns: { protocols }, records: { status } }, rows, count) {
    let kept = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      if ((protocols.get(row) & PROTOCOL.SEGMENT) === 0 || (status.get(row) & STATUS.REPEATED) !== 0) rows[kept++] = row
    }
    return kept
  },
}

// ---- parts that the index answers

/** The test of a condition that the index answers. */
function testOf(condition: Condition): IndexTest {
  if (condition.kind === 'present' && condition.operand.kind === 'word') {
    const field = fieldByName(condition.operand.text),
      bit = field && presenceBit(field)
    if (bit) return anyBit(bit)
  }
  const { matches, fields } = compileFilter(printFilter(condition)),
    [id] = fields
  if (id !== undefined && fields.size === 1) {
    const column = storedField(fieldById(id)),
      all = column && quantityOf(condition, column.columns.length)
    if (column && all !== undefined) return new ValueTest(id, column, matches, all)
  }
  return treeTest(
    [...fields].flatMap((each) => columnLoader(fieldById(each)) ?? []),
    matches,
  )
}

/** Whether a condition that reads one field holds where it holds for all of the field's values (or for any); undefined where that is not all. */
function quantityOf(condition: Condition, values: number): boolean | undefined {
  switch (condition.kind) {
    case 'not': {
      const inner = quantityOf(condition.operand, values)
      return inner === undefined ? undefined : !inner
    }
    case 'compare':
      return values > 1 && occurrences(condition.left) + occurrences(condition.right) > 1
        ? undefined
        : isForAll(condition.operator, condition.quantifier)
    case 'member':
      if (values > 1 && condition.quantifier === 'all') return undefined
      return condition.negated
    default:
      return undefined
  }
}

/** How often a term reads a field. */
function occurrences(term: Term): number {
  switch (term.kind) {
    case 'word':
      return fieldByName(term.text) === undefined ? 0 : 1
    case 'sign':
      return occurrences(term.operand)
    case 'arithmetic':
      return occurrences(term.left) + occurrences(term.right)
    default:
      return 0
  }
}

// ---- bytes that a packet must have as they are

/** Fields that hold bytes of the frame as they stand there, or text of nothing but characters that do. */
const SEARCHED: ReadonlyMap<string, SearchedPart> = new Map<string, SearchedPart>([
  ['frame', 'frame'],
  ...['eth', 'ip', 'ipv6', 'tcp', 'udp', 'udp.payload'].map((name) => [name, 'packet'] as const),
  ['tcp.payload', 'payload'],
  ...['method', 'uri', 'uri.path', 'uri.query', 'uri.query.parameter', 'version'].map(
    (name) => [`http.request.${name}`, 'message'] as const,
  ),
  ...['version', 'phrase'].map((name) => [`http.response.${name}`, 'message'] as const),
  ...[...HEADER_FIELDS.values()].map((name) => [name, 'message'] as const),
])

function searchOf(condition: Condition): FrameSearch[] {
  if (condition.kind !== 'compare' || condition.left.kind !== 'word') return []
  const field = fieldByName(condition.left.text),
    part = SEARCHED.get(field?.name ?? ''),
    literal = asLiteral(condition.right)
  if (field === undefined || part === undefined || literal === undefined || !isLiteral(literal)) return []
  // of bytes, those that are equal may be put together; a text is equal only where it is contained
  if (condition.operator !== 'contains' && (part !== 'message' || condition.operator !== '==')) return []
  const bytes = readSearched(literal, field.type)
  // other characters may stand for bytes that were no text
  if (bytes.length === 0 || (part === 'message' && !bytes.every((byte) => byte >= 0x20 && byte < 0x7f))) return []
  return [new FrameSearch(new ByteSearch(bytes), part, part === 'payload')]
}

// ---- which parts those are

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
