// The functions of filters: len, count, lower, upper, string, max, min, abs.
import { FilterError } from '../../shared/errors'
import type { FieldType } from '../dissect/field'
import { fieldText } from '../dissect/format'
import { fieldById } from '../dissect/registry'
import type { Term } from './ast'
import { nodeValue } from './node-values'
import { closest } from './suggest'
import { compileBeside, compileOperand, isLiteral } from './terms'
import type { Loader, Operand, Scope } from './terms'
import { absolute, classOf, compareValues, describeType, textBytes } from './value'
import type { Value } from './value'
import { meaning, syntax } from './sentences'

/** Names of all functions, with what they give. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  len: 'length in bytes',
  count: 'number of occurrences',
  lower: 'text in lower case',
  upper: 'text in upper case',
  string: 'value as text',
  max: 'largest value',
  min: 'smallest value',
  abs: 'absolute value',
}

type Call = Extract<Term, { kind: 'call' }>

/** Checks a call. Throws FilterError. */
export function compileCall(term: Call, scope: Scope): Operand {
  const several = term.name === 'max' || term.name === 'min',
    [first] = term.args
  if (!(term.name in FUNCTIONS)) {
    const near = closest(term.name, Object.keys(FUNCTIONS))
    throw new FilterError('filter/syntax', syntax.noFunction(term.name, near), term.start, term.start + term.name.length)
  }
  if (!first) throw new FilterError('filter/syntax', syntax.needsArgument(term.name, several), term.start, term.end)
  if (!several && term.args.length > 1) throw new FilterError('filter/syntax', syntax.oneArgument(term.name), term.start, term.end)
  switch (term.name) {
    case 'len':
      return lengthOf(term, fieldArgument(term, first, scope))
    case 'count':
      return countOf(term, fieldArgument(term, first, scope))
    case 'lower':
    case 'upper':
      return cased(term, first, scope)
    case 'string':
      return textOf(term, fieldArgument(term, first, scope), first)
    case 'abs':
      return absoluteOf(term, first, scope)
    default:
      return extreme(term, scope)
  }
}

function result(term: Call, type: FieldType, load: Loader): Operand {
  return { type, field: undefined, origin: 'call', load, constant: undefined, prefix: undefined, start: term.start, end: term.end }
}

function fieldArgument(call: Call, term: Term, scope: Scope): Operand {
  if (isLiteral(term) || (term.kind !== 'word' && term.kind !== 'layer')) {
    if (term.kind === 'word') compileOperand(term, scope)
    throw new FilterError('filter/type', meaning.takesField(call.name), term.start, term.end)
  }
  return compileOperand(term, scope)
}

const WIDTHS: Partial<Record<FieldType, number>> = {
  bool: 0,
  char: 1,
  float: 4,
  double: 8,
  framenum: 4,
  ipv4: 4,
  abstime: 0,
  reltime: 0,
  none: 0,
  expert: 0,
}

function lengthOf(term: Call, argument: Operand): Operand {
  const field = argument.field,
    fixed = field && (WIDTHS[field.type] ?? (classOf(field.type) === 'integer' ? field.width : undefined)),
    values: Value[] = []
  return result(term, 'u32', (tree, out) => {
    if (fixed !== undefined && field) {
      // labels have no values, but a length
      let found = false
      for (let node = 0; node < tree.count; node++) {
        if (tree.field(node) !== field.id) continue
        found = true
        out.push(fixed)
      }
      return found
    }
    values.length = 0
    if (!argument.load(tree, values)) return false
    for (const value of values) out.push(value instanceof Uint8Array ? value.length : 0)
    return true
  })
}

function countOf(term: Call, argument: Operand): Operand {
  const id = argument.field?.id ?? -1,
    plain = argument.origin === 'field',
    values: Value[] = []
  return result(term, 'u32', (tree, out) => {
    let count = 0
    if (plain) {
      for (let node = 0; node < tree.count; node++) if (tree.field(node) === id) count++
      if (!count) return false
    } else {
      values.length = 0
      if (!argument.load(tree, values)) return false
      count = values.length
    }
    out.push(count)
    return true
  })
}

function cased(term: Call, first: Term, scope: Scope): Operand {
  const argument = isLiteral(first) && first.kind !== 'word' ? undefined : compileOperand(first, scope)
  if (argument?.type !== 'string' || (argument.origin !== 'field' && argument.origin !== 'layer')) {
    throw new FilterError('filter/type', meaning.takesString(term.name), first.start, first.end)
  }
  const low = term.name === 'lower' ? 65 : 97,
    shift = term.name === 'lower' ? 32 : -32,
    load = argument.load
  return result(term, 'string', (tree, out) => {
    const from = out.length
    if (!load(tree, out)) return false
    for (let i = from; i < out.length; i++) {
      const value = out[i]
      if (value instanceof Uint8Array) out[i] = value.map((byte) => (byte >= low && byte < low + 26 ? byte + shift : byte))
    }
    return true
  })
}

/** Values as text: integers in decimal, whatever base they are shown in; addresses as usual. */
function textOf(term: Call, argument: Operand, first: Term): Operand {
  const field = argument.field,
    kind = field && classOf(field.type)
  if (
    !field ||
    (kind !== 'integer' && kind !== 'float' && kind !== 'ipv4' && kind !== 'ipv6' && kind !== 'ether' && kind !== 'identifier') ||
    field.type === 'char'
  ) {
    throw new FilterError('filter/type', meaning.notConverted(field?.name, describeType(argument.type)), first.start, first.end)
  }
  const values: Value[] = [],
    id = field.id,
    plain = argument.origin === 'field'
  return result(term, 'string', (tree, out) => {
    if (kind === 'integer' || !plain) {
      values.length = 0
      if (!argument.load(tree, values)) return false
      for (const value of values)
        out.push(
          textBytes(
            typeof value === 'number' || typeof value === 'bigint' ? (kind === 'ipv4' ? dotted(Number(value)) : String(value)) : '',
          ),
        )
      return true
    }
    let found = false
    for (let node = 0; node < tree.count; node++) {
      if (tree.field(node) !== id || nodeValue(tree, node, fieldById(id)) === undefined) continue
      found = true
      out.push(textBytes(fieldText(tree, node)))
    }
    return found
  })
}

function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
}

function absoluteOf(term: Call, first: Term, scope: Scope): Operand {
  if (isLiteral(first) && first.kind !== 'word')
    throw new FilterError('filter/type', meaning.needsFieldInside('abs', false), first.start, first.end)
  const argument = compileOperand(first, scope),
    kind = classOf(argument.type)
  if (kind !== 'integer' && kind !== 'float' && kind !== 'reltime')
    throw new FilterError('filter/type', meaning.functionNotOn('abs', describeType(argument.type)), first.start, first.end)
  return result(term, argument.type, (tree, out) => {
    const from = out.length
    if (!argument.load(tree, out)) return false
    for (let i = from; i < out.length; i++) {
      const value = out[i]
      if (value !== undefined) out[i] = absolute(value) ?? value
    }
    return true
  })
}

function extreme(term: Call, scope: Scope): Operand {
  const anchor = term.args.find((arg) => !isLiteral(arg)) ?? term.args[0]
  if (!anchor || isLiteral(anchor)) throw new FilterError('filter/type', meaning.needsFieldInside(term.name, true), term.start, term.end)
  const typed = compileOperand(anchor, scope),
    kind = classOf(typed.type)
  if (kind === 'none' || kind === 'protocol')
    throw new FilterError('filter/type', meaning.functionNotOn(term.name, describeType(typed.type)), anchor.start, anchor.end)
  const args = term.args.map((arg) => (arg === anchor ? typed : compileBeside(arg, typed, scope)))
  for (const arg of args) {
    if (arg.type !== typed.type)
      throw new FilterError(
        'filter/type',
        meaning.oneType(term.name, describeType(arg.type), describeType(typed.type), classOf(arg.type) === kind),
        arg.start,
        arg.end,
      )
  }
  const sign = term.name === 'max' ? 1 : -1,
    values: Value[] = []
  return result(term, typed.type, (tree, out) => {
    values.length = 0
    let any = false
    // arguments that are absent do not count
    for (const arg of args) any = arg.load(tree, values) || any
    let best: Value | undefined
    for (const value of values) if (best === undefined || compareValues(value, best) * sign > 0) best = value
    if (best !== undefined) out.push(best)
    return any && best !== undefined
  })
}
