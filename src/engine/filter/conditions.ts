// Conditions checked and made into predicates over a dissected packet.
import { FilterError, type Sentence } from '../../shared/errors'
import type { FieldType } from '../dissect/field'
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { CompareOperator, Condition, Quantifier, Term } from './ast'
import { readSearched } from './literals'
import { stringBytes, wholeProtocol } from './node-values'
import { RegexError } from './regex-parser'
import { compileMatcher } from './regex-matcher'
import { unknownField } from './suggest'
import { asLiteral, compileBeside, compileLiteral, compileOperand, ipv4Bytes, isLiteral } from './terms'
import type { Loader, Operand, Scope } from './terms'
import {
  canSearch,
  canSlice,
  classOf,
  comparable,
  compareLengthFirst,
  compareValues,
  containsBytes,
  describeType,
  isTruthy,
  textBytes,
} from './value'
import type { Value } from './value'
import { meaning, syntax, typedName } from './sentences'

/** Whether a packet passes. */
export type Predicate = (tree: TreeBuffer) => boolean

/** Makes a predicate. Throws FilterError for what the field table does not allow. */
export function compileCondition(condition: Condition, scope: Scope): Predicate {
  switch (condition.kind) {
    case 'everything':
      return () => true
    case 'not': {
      const inner = compileCondition(condition.operand, scope)
      return (tree) => !inner(tree)
    }
    case 'and':
    case 'or':
    case 'xor': {
      const left = compileCondition(condition.left, scope),
        right = compileCondition(condition.right, scope)
      if (condition.kind === 'and') return (tree) => left(tree) && right(tree)
      if (condition.kind === 'or') return (tree) => left(tree) || right(tree)
      return (tree) => left(tree) !== right(tree)
    }
    case 'present':
      return compilePresence(condition.operand, scope)
    case 'compare':
      return compileComparison(condition, scope)
    case 'member':
      return compileMembership(condition, scope)
  }
}

function compilePresence(term: Term, scope: Scope): Predicate {
  if (term.kind === 'call') {
    compileOperand(term, scope)
    throw new FilterError('filter/type', meaning.functionAlone, term.start, term.end)
  }
  if (term.kind === 'reference') throw new FilterError('filter/type', meaning.referenceAlone, term.start, term.end)
  if (isLiteral(term)) {
    if (term.kind === 'word') throw unknownField(term.text, term.start, term.end)
    throw new FilterError('filter/type', meaning.literalAlone, term.start, term.end)
  }
  const operand = compileOperand(term, scope),
    { load, origin } = operand,
    values: Value[] = []
  if (origin === 'field' && operand.field) return presence(operand.field.id)
  return (tree) => {
    values.length = 0
    if (!load(tree, values)) return false
    if (origin === 'slice') return values.some((value) => value instanceof Uint8Array && value.length > 0)
    return origin === 'computed' || origin === 'sign' ? values.some(isTruthy) : true
  }
}

function presence(id: number): Predicate {
  return (tree) => {
    for (let node = 0, count = tree.count; node < count; node++) if (tree.field(node) === id) return true
    return false
  }
}

// ---- comparisons

type Comparison = Extract<Condition, { kind: 'compare' }>
type Order = (a: Value, b: Value) => number

const MIRRORED: Partial<Record<CompareOperator, CompareOperator>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' }

function holds(operator: CompareOperator): (order: number) => boolean {
  switch (operator) {
    case '==':
    case '===':
      return (order) => order === 0
    case '!=':
    case '~=':
      return (order) => order !== 0
    case '>':
      return (order) => order > 0
    case '<':
      return (order) => order < 0
    case '>=':
      return (order) => order >= 0
    default:
      return (order) => order <= 0
  }
}

/** Whether a comparison must hold for all values (else for any). */
export function isForAll(operator: CompareOperator, quantifier: Quantifier): boolean {
  return quantifier === 'all' || (quantifier === undefined && (operator === '!=' || operator === '==='))
}

function compileComparison(condition: Comparison, scope: Scope): Predicate {
  if (condition.operator === 'matches') return compileMatches(condition, scope)
  if (condition.operator === 'contains') return compileContains(condition, scope)
  let leftTerm = condition.left,
    rightTerm = condition.right,
    operator: CompareOperator = condition.operator
  if (isLiteral(leftTerm)) {
    // a literal on the left: the same comparison seen from the other side
    if (isLiteral(rightTerm) || (leftTerm.kind === 'word' && !/^[0-9]/.test(leftTerm.text) && !looksLikeValue(leftTerm.text)))
      throw noField(leftTerm)
    ;[leftTerm, rightTerm] = [rightTerm, leftTerm]
    operator = MIRRORED[operator] ?? operator
  }
  const left = compileOperand(leftTerm, scope),
    right = compileBeside(rightTerm, left, scope)
  checkComparable(left, right, operator)
  const all = isForAll(operator, condition.quantifier),
    holding = holds(operator),
    order = orderOf(left, right)
  if (left.origin === 'field' && left.field && typeof right.constant === 'number' && order === plainOrder && isNumberColumn(left.type)) {
    return numberTest(left.field.id, right.constant, holding, all)
  }
  return pairTest(left.load, right.load, order, holding, all)
}

/** IPv6 and Ethernet addresses may begin with a letter. */
function looksLikeValue(word: string): boolean {
  return word.includes(':')
}

function noField(term: Term): FilterError {
  if (term.kind === 'word' && /^[A-Za-z_]/.test(term.text)) return unknownField(term.text, term.start, term.end)
  return new FilterError('filter/type', meaning.noField, term.start, term.end)
}

function checkComparable(left: Operand, right: Operand, operator: CompareOperator): void {
  if (classOf(left.type) === 'none')
    throw new FilterError('filter/type', meaning.notOn(left.field?.name, describeType(left.type), operator), left.start, left.end)
  if (right.origin === 'literal') return
  if (comparable(left.type, right.type)) return
  // a slice is compared with the bytes of the other side
  if ((left.origin === 'slice' && canSlice(right.type)) || (right.origin === 'slice' && canSlice(left.type))) return
  throw new FilterError('filter/type', meaning.incomparable(named(left), named(right)), right.start, right.end)
}

function named(operand: Operand): Sentence {
  return typedName(operand.field?.name, describeType(operand.type))
}

const plainOrder: Order = compareValues

function orderOf(left: Operand, right: Operand): Order {
  if (right.prefix !== undefined) return prefixOrder(right.prefix)
  if (
    classOf(left.type) === 'integer' &&
    !left.type.startsWith('i') &&
    left.origin !== 'sign' &&
    (right.origin !== 'literal' || isNegative(right.constant))
  )
    return unsignedOrder
  if (left.type === 'ipv4' || right.type === 'ipv4') {
    const bytes = (value: Value) => (typeof value === 'number' ? ipv4Bytes(value) : value)
    if (left.type !== right.type) return (a, b) => compareValues(bytes(a), bytes(b))
  }
  const kind = classOf(left.type)
  return kind === 'bytes' || kind === 'protocol' || kind === 'identifier' ? bytesOrder : plainOrder
}

const bytesOrder: Order = (a, b) => (a instanceof Uint8Array && b instanceof Uint8Array ? compareLengthFirst(a, b) : compareValues(a, b))

function isNegative(value: Value | undefined): boolean {
  return (typeof value === 'number' || typeof value === 'bigint') && value < 0
}

/** Wireshark does not compare a value of an unsigned field with a negative one: such a pair counts for nothing (4.0.17). */
function unsignedOrder(a: Value, b: Value): number {
  return isNegative(b) && !isNegative(a) ? NaN : compareValues(a, b)
}

/** Addresses by their first bits. */
function prefixOrder(bits: number): Order {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      if (bits === 0) return 0
      const shift = 32 - bits
      return (a >>> shift) - (b >>> shift)
    }
    if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return NaN
    const whole = bits >> 3
    for (let i = 0; i < whole; i++) {
      const difference = (a[i] ?? 0) - (b[i] ?? 0)
      if (difference) return difference
    }
    const rest = 8 - (bits & 7)
    return bits & 7 ? ((a[whole] ?? 0) >> rest) - ((b[whole] ?? 0) >> rest) : 0
  }
}

function isNumberColumn(type: FieldType): boolean {
  const kind = classOf(type)
  return kind === 'boolean' || kind === 'float' || (kind === 'integer' && type !== 'u64' && type !== 'i64' && type !== 'u56')
}

/** The commonest case without lists: a numeric field against one number. */
function numberTest(id: number, constant: number, holding: (order: number) => boolean, all: boolean): Predicate {
  return (tree) => {
    const numbers = tree.numbers
    let found = false
    for (let node = 0, count = tree.count; node < count; node++) {
      if (tree.field(node) !== id) continue
      found = true
      const value = numbers[node] ?? 0
      if (value !== value) continue
      if (holding(value < constant ? -1 : value > constant ? 1 : 0) !== all) return !all
    }
    return found && all
  }
}

function pairTest(left: Loader, right: Loader, order: Order, holding: (order: number) => boolean, all: boolean): Predicate {
  const lefts: Value[] = [],
    rights: Value[] = []
  return (tree) => {
    lefts.length = rights.length = 0
    if (!left(tree, lefts) || !right(tree, rights)) return false
    for (const a of lefts) {
      for (const b of rights) {
        const found = order(a, b)
        // values that have no order count neither for nor against
        if (found !== found) continue
        if (holding(found) !== all) return !all
      }
    }
    return all
  }
}

// ---- contains and matches

/** Byte strings that contains and matches search: a protocol with all that it carries, else the values. */
function searched(operand: Operand): Loader {
  const field = operand.field
  if (operand.origin !== 'field' || !field) return operand.load
  const id = field.id,
    whole = field.type === 'protocol',
    text = field.type === 'string'
  return (tree, out) => {
    let found = false
    for (let node = 0, count = tree.count; node < count; node++) {
      if (tree.field(node) !== id) continue
      found = true
      out.push(whole ? wholeProtocol(tree, node) : text ? stringBytes(tree, node) : tree.bytes(node))
    }
    return found
  }
}

function searchTest(load: Loader, test: (bytes: Uint8Array) => boolean, all: boolean): Predicate {
  const values: Value[] = []
  return (tree) => {
    values.length = 0
    if (!load(tree, values)) return false
    for (const value of values) if (value instanceof Uint8Array && test(value) !== all) return !all
    return all
  }
}

function searchedOperand(condition: Comparison, scope: Scope): Operand {
  if (isLiteral(condition.left)) throw noField(condition.left)
  const left = compileOperand(condition.left, scope)
  if (!canSearch(left.type)) {
    throw new FilterError('filter/type', meaning.notOn(left.field?.name, describeType(left.type), condition.operator), left.start, left.end)
  }
  return left
}

function compileContains(condition: Comparison, scope: Scope): Predicate {
  const left = searchedOperand(condition, scope),
    all = condition.quantifier === 'all',
    load = searched(left),
    literal = asLiteral(condition.right)
  if (literal && isLiteral(literal)) {
    if (left.type === 'ether' && literal.kind === 'string')
      throw new FilterError('filter/type', meaning.etherText, literal.start, literal.end)
    const part = readSearched(literal, left.type),
      text = left.type === 'string'
    // an empty string is in no string, but an empty byte sequence is in every one (4.0.17)
    if (part.length === 0 && text) return searchTest(load, () => false, all)
    return searchTest(load, (bytes) => containsBytes(bytes, part), all)
  }
  if (isLiteral(condition.right)) throw new FilterError('filter/type', meaning.containsWhat, condition.right.start, condition.right.end)
  const right = compileOperand(condition.right, scope)
  if ((left.type === 'string') !== (right.type === 'string') && left.origin !== 'slice' && right.origin !== 'slice') {
    throw new FilterError('filter/type', meaning.incomparable(named(left), named(right)), right.start, right.end)
  }
  if (!canSearch(right.type)) throw new FilterError('filter/type', meaning.unsearchable(named(right)), right.start, right.end)
  const lefts: Value[] = [],
    rights: Value[] = []
  return (tree) => {
    lefts.length = rights.length = 0
    if (!load(tree, lefts) || !right.load(tree, rights)) return false
    for (const a of lefts)
      for (const b of rights) {
        if (a instanceof Uint8Array && b instanceof Uint8Array && containsBytes(a, b) !== all) return !all
      }
    return all
  }
}

function compileMatches(condition: Comparison, scope: Scope): Predicate {
  const left = searchedOperand(condition, scope),
    right = condition.right
  if (right.kind !== 'string') throw new FilterError('filter/type', meaning.matchesWhat, right.start, right.end)
  try {
    const matcher = compileMatcher(String.fromCharCode(...textBytes(right.value).subarray(0, 100_000)))
    return searchTest(searched(left), (bytes) => matcher.test(bytes), condition.quantifier === 'all')
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new FilterError('filter/syntax', syntax.badPattern(error.sentence), right.start, right.end)
  }
}

// ---- sets

function compileMembership(condition: Extract<Condition, { kind: 'member' }>, scope: Scope): Predicate {
  const term = condition.left
  if (isLiteral(term) && term.kind === 'word' && /^[A-Za-z_]/.test(term.text)) throw unknownField(term.text, term.start, term.end)
  if (term.kind !== 'word' && term.kind !== 'layer') throw new FilterError('filter/type', meaning.onlyFieldInSet, term.start, term.end)
  if (isLiteral(term)) throw new FilterError('filter/type', meaning.onlyFieldInSet, term.start, term.end)
  const left = compileOperand(term, scope)
  if (classOf(left.type) === 'none')
    throw new FilterError('filter/type', meaning.notOn(left.field?.name, describeType(left.type), 'in'), left.start, left.end)
  const items = condition.items.map((item) => {
    const low = member(item.low, left, scope),
      high = item.high && member(item.high, left, scope)
    return {
      low: low.load,
      high: high?.load,
      order: orderOf(left, low),
      highOrder: high ? orderOf(left, high) : plainOrder,
      lows: [] as Value[],
      highs: [] as Value[],
    }
  })
  const values: Value[] = [],
    all = condition.quantifier === 'all',
    load = left.load
  const within = (item: (typeof items)[number], value: Value): boolean => {
    if (!item.high) return item.lows.some((low) => item.order(value, low) === 0)
    return item.lows.some((low) => item.order(value, low) >= 0) && item.highs.some((high) => item.highOrder(value, high) <= 0)
  }
  const test: Predicate = (tree) => {
    values.length = 0
    if (!load(tree, values)) return false
    for (const item of items) {
      item.lows.length = item.highs.length = 0
      item.low(tree, item.lows)
      item.high?.(tree, item.highs)
    }
    // with "all", one and the same member must hold for all values (4.0.17)
    return items.some((item) => (all ? values.every((value) => within(item, value)) : values.some((value) => within(item, value))))
  }
  return condition.negated ? (tree) => !test(tree) : test
}

function member(term: Term, left: Operand, scope: Scope): Operand {
  if (isLiteral(term)) return compileLiteral(term, left.type, left.field)
  const operand = compileOperand(term, scope)
  checkComparable(left, operand, '==')
  return operand
}
