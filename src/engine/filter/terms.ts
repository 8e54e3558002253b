// Terms checked against the field table and made into loaders: functions that fetch a packet's values for a term.
import { FilterError } from '../../shared/errors'
import type { Field, FieldType } from '../dissect/field'
import { fieldByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { RangePart, Term } from './ast'
import { readLiteral } from './literals'
import type { LiteralTerm } from './literals'
import { inLayers, nodeValue, sliceBytes } from './node-values'
import { unknownField } from './suggest'
import { canCompute, canSlice, classOf, compute, describeType, negate } from './value'
import type { Value } from './value'
import { meaning, syntax } from './sentences'

/** Fetches the values of a packet into `out`; false when a field that it needs is absent, and then the whole test is false. */
export type Loader = (tree: TreeBuffer, out: Value[]) => boolean

/** A checked term. */
export interface Operand {
  readonly type: FieldType
  /** Set where value names can be used: a field, or a layer or reference of one. */
  readonly field: Field | undefined
  readonly origin: 'field' | 'layer' | 'slice' | 'call' | 'computed' | 'sign' | 'reference' | 'literal'
  readonly load: Loader
  /** For a literal: its one value, and how many bits of an address count. */
  readonly constant: Value | undefined
  readonly prefix: number | undefined
  readonly start: number
  readonly end: number
}

/** What the compilation knows and collects. */
export interface Scope {
  /** Numbers of all fields that are read. */
  readonly fields: Set<number>
  /** Tree of the packet that ${field} refers to. */
  readonly reference: TreeBuffer | undefined
  /** Checks a function call; handed in because functions take terms and terms are functions. */
  readonly call: (term: Extract<Term, { kind: 'call' }>, scope: Scope) => Operand
}

/** Field of a word, if it is one. */
export function fieldOfWord(term: Term): Field | undefined {
  return term.kind === 'word' ? fieldByName(term.text) : undefined
}

/** Whether a term is made of literals only. */
export function isLiteral(term: Term): boolean {
  switch (term.kind) {
    case 'word':
      return !term.asField && !fieldByName(term.text)
    case 'string':
    case 'char':
      return true
    case 'sign':
      return isLiteral(term.operand)
    case 'arithmetic':
      return isLiteral(term.left) && isLiteral(term.right)
    default:
      return false
  }
}

/** Checks a term that is not a literal. Throws FilterError. */
export function compileOperand(term: Term, scope: Scope): Operand {
  const { start, end } = term
  switch (term.kind) {
    case 'word': {
      const field = fieldByName(term.text)
      if (!field) throw unknownField(term.text, start, end)
      scope.fields.add(field.id)
      return { type: field.type, field, origin: 'field', load: fieldLoader(field), constant: undefined, prefix: undefined, start, end }
    }
    case 'layer': {
      const field = layerField(term.operand, scope)
      return {
        type: field.type,
        field,
        origin: 'layer',
        load: layerLoader(field, term.ranges),
        constant: undefined,
        prefix: undefined,
        start,
        end,
      }
    }
    case 'reference':
      return compileReference(term.operand, scope, start, end)
    case 'slice':
      return compileSlice(term, scope)
    case 'call':
      return scope.call(term, scope)
    case 'sign': {
      const inner = compileOperand(term.operand, scope)
      if (!canCompute(inner.type, 'negate')) throw cannot(inner, term.operator)
      const load: Loader = (tree, out) => each(inner.load, tree, out, negate)
      return { ...inner, field: undefined, origin: 'sign', load: term.operator === '-' ? load : inner.load, start, end }
    }
    case 'arithmetic':
      return compileArithmetic(term, scope)
    case 'string':
    case 'char':
      throw new FilterError('filter/type', meaning.fieldNotLiteral, start, end)
  }
}

/** Reads a literal term (also signed or computed) as a constant of `type`. */
export function compileLiteral(term: Term, type: FieldType, field: Field | undefined): Operand {
  const { value, prefix } = constantOf(term, type, field)
  const load: Loader = (_tree, out) => {
    out.push(value)
    return true
  }
  return { type, field, origin: 'literal', load, constant: value, prefix, start: term.start, end: term.end }
}

function constantOf(term: Term, type: FieldType, field: Field | undefined): { value: Value; prefix: number | undefined } {
  switch (term.kind) {
    case 'word':
    case 'string':
    case 'char':
      return readLiteral(term, type, field)
    case 'sign': {
      if (!canCompute(type, 'negate')) throw new FilterError('filter/type', meaning.noSign(describeType(type)), term.start, term.end)
      const { value } = constantOf(numeric(term.operand), type, undefined),
        signed = term.operator === '-' ? negate(value) : value
      if (signed === undefined) throw new FilterError('filter/type', meaning.noNegative, term.start, term.end)
      return { value: signed, prefix: undefined }
    }
    case 'arithmetic': {
      if (!canCompute(type, term.operator))
        throw new FilterError('filter/type', meaning.notOnType(term.operator, describeType(type)), term.start, term.end)
      const left = constantOf(numeric(term.left), type, undefined).value,
        right = constantOf(numeric(term.right), type, undefined).value
      const value = compute(term.operator, left, right, classOf(type) === 'integer')
      if (value === undefined) throw new FilterError('filter/type', meaning.notComputed, term.start, term.end)
      return { value, prefix: undefined }
    }
    default:
      throw new FilterError('filter/type', meaning.literalExpected, term.start, term.end)
  }
}

/** Strings and names of values are no operands of arithmetic. */
function numeric(term: Term): Term {
  if (term.kind === 'string') throw new FilterError('filter/type', meaning.stringComputed, term.start, term.end)
  return term
}

/** A term that may be a literal, read as what stands on the other side. */
export function compileBeside(term: Term, other: Operand, scope: Scope): Operand {
  return isLiteral(term) ? compileLiteral(term, other.type, other.field) : compileOperand(term, scope)
}

// ---- fields

/** All values of a field. */
export function fieldLoader(field: Field): Loader {
  const id = field.id
  return (tree, out) => {
    const count = tree.count
    let found = false
    for (let node = 0; node < count; node++) {
      if (tree.field(node) !== id) continue
      found = true
      const value = nodeValue(tree, node, field)
      if (value !== undefined) out.push(value)
    }
    return found
  }
}

function layerField(term: Term, scope: Scope): Field {
  const field = fieldOfWord(term)
  if (!field)
    throw term.kind === 'word'
      ? unknownField(term.text, term.start, term.end)
      : new FilterError('filter/syntax', syntax.layerBehindField, term.start, term.end)
  scope.fields.add(field.id)
  return field
}

function layerLoader(field: Field, ranges: readonly RangePart[]): Loader {
  const id = field.id
  return (tree, out) => {
    let found = false
    for (let node = 0; node < tree.count; node++) {
      if (tree.field(node) !== id || !inLayers(tree, node, field, ranges)) continue
      found = true
      const value = nodeValue(tree, node, field)
      if (value !== undefined) out.push(value)
    }
    return found
  }
}

/** ${field}: the values that the field has in the selected packet, fetched once. */
function compileReference(term: Term, scope: Scope, start: number, end: number): Operand {
  // the fields of the reference are not read from the packets that are filtered
  const inner = compileOperand(term, { ...scope, fields: new Set(), reference: undefined }),
    values: Value[] = []
  const present = scope.reference !== undefined && inner.load(scope.reference, values)
  // what was fetched may lie in buffers that are used again
  const kept = values.map((value) => (value instanceof Uint8Array ? value.slice() : value))
  const load: Loader = (_tree, out) => {
    out.push(...kept)
    return present
  }
  return { type: inner.type, field: inner.field, origin: 'reference', load, constant: undefined, prefix: undefined, start, end }
}

// ---- derived

function each(load: Loader, tree: TreeBuffer, out: Value[], change: (value: Value) => Value | undefined): boolean {
  const from = out.length
  if (!load(tree, out)) return false
  let to = from
  for (let i = from; i < out.length; i++) {
    const value = out[i],
      changed = value === undefined ? undefined : change(value)
    if (changed !== undefined) out[to++] = changed
  }
  out.length = to
  return true
}

function compileSlice(term: Extract<Term, { kind: 'slice' }>, scope: Scope): Operand {
  if (isLiteral(term.operand))
    throw term.operand.kind === 'word'
      ? unknownField(term.operand.text, term.operand.start, term.operand.end)
      : new FilterError('filter/type', meaning.onlyFieldsSliced, term.operand.start, term.operand.end)
  const inner = compileOperand(term.operand, scope),
    ranges = term.ranges
  if (inner.origin === 'computed' || inner.origin === 'sign' || inner.origin === 'reference')
    throw new FilterError('filter/type', meaning.onlyFieldsSliced, inner.start, inner.end)
  if (!canSlice(inner.type)) {
    throw new FilterError('filter/type', meaning.unsliceable(inner.field?.name, describeType(inner.type)), inner.start, inner.end)
  }
  const ipv4 = inner.type === 'ipv4'
  const load: Loader = (tree, out) =>
    each(inner.load, tree, out, (value) => {
      const bytes = ipv4 && typeof value === 'number' ? ipv4Bytes(value) : value
      return bytes instanceof Uint8Array ? sliceBytes(bytes, ranges) : undefined
    })
  return {
    type: 'bytes',
    field: undefined,
    origin: 'slice',
    load,
    constant: undefined,
    prefix: undefined,
    start: term.start,
    end: term.end,
  }
}

/** Four bytes of an address kept as a number. */
export function ipv4Bytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}

function compileArithmetic(term: Extract<Term, { kind: 'arithmetic' }>, scope: Scope): Operand {
  const operator = term.operator
  let left: Operand, right: Operand
  if (isLiteral(term.left)) {
    right = compileOperand(term.right, scope)
    left = compileLiteral(numeric(term.left), right.type, undefined)
  } else {
    left = compileOperand(term.left, scope)
    right = isLiteral(term.right)
      ? compileLiteral(checkedOperand(left, term.right, operator), left.type, undefined)
      : compileOperand(term.right, scope)
  }
  for (const operand of [left, right]) if (!canCompute(operand.type, operator)) throw cannot(operand, operator)
  const a = classOf(left.type),
    b = classOf(right.type)
  if (a !== b && !(a === 'bytes' && b === 'ether') && !(a === 'ether' && b === 'bytes')) {
    throw new FilterError(
      'filter/type',
      meaning.notCombined(operator, describeType(left.type), describeType(right.type)),
      term.start,
      term.end,
    )
  }
  const integer = a !== 'float',
    lefts: Value[] = [],
    rights: Value[] = []
  const load: Loader = (tree, out) => {
    lefts.length = rights.length = 0
    if (!left.load(tree, lefts) || !right.load(tree, rights)) return false
    for (const x of lefts)
      for (const y of rights) {
        const value = compute(operator, x, y, integer)
        if (value !== undefined) out.push(value)
      }
    return true
  }
  return {
    type: left.origin === 'literal' ? right.type : left.type,
    field: undefined,
    origin: 'computed',
    load,
    constant: undefined,
    prefix: undefined,
    start: term.start,
    end: term.end,
  }
}

/** The operator is checked before the literal is read, so that the message speaks of the operator. */
function checkedOperand(left: Operand, term: Term, operator: Extract<Term, { kind: 'arithmetic' }>['operator']): Term {
  if (!canCompute(left.type, operator)) throw cannot(left, operator)
  return numeric(term)
}

function cannot(operand: Operand, operator: string): FilterError {
  return new FilterError(
    'filter/type',
    meaning.notOn(operand.field?.name, describeType(operand.type), operator),
    operand.start,
    operand.end,
  )
}

/** Whether a term is a literal that could be read. */
export function asLiteral(term: Term): LiteralTerm | undefined {
  return term.kind === 'string' || term.kind === 'char' || (term.kind === 'word' && !term.asField) ? term : undefined
}
