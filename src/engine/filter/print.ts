// A syntax tree as filter text in one normal form: parsing the text gives the same tree.
import type { Condition, RangePart, Term } from './ast'

const WEIGHT = { or: 1, xor: 2, and: 3 } as const
const NAMES = { or: '||', xor: 'xor', and: '&&' } as const

/** Filter text of a condition. */
export function printFilter(condition: Condition): string {
  switch (condition.kind) {
    case 'everything':
      return ''
    case 'not':
      return `!${tight(condition.operand)}`
    case 'and':
    case 'or':
    case 'xor': {
      const weight = WEIGHT[condition.kind]
      return `${loose(condition.left, weight)} ${NAMES[condition.kind]} ${loose(condition.right, weight + 1)}`
    }
    case 'present':
      return printTerm(condition.operand)
    case 'compare':
      return `${condition.quantifier ? `${condition.quantifier} ` : ''}${printTerm(condition.left)} ${condition.operator} ${printTerm(condition.right)}`
    case 'member': {
      const items = condition.items.map(({ low, high }) => (high ? `${printTerm(low)} .. ${printTerm(high)}` : printTerm(low)))
      return `${condition.quantifier ? `${condition.quantifier} ` : ''}${printTerm(condition.left)} ${condition.negated ? 'not in' : 'in'} {${items.join(', ')}}`
    }
  }
}

function loose(condition: Condition, weight: number): string {
  const own = condition.kind === 'and' || condition.kind === 'or' || condition.kind === 'xor' ? WEIGHT[condition.kind] : 9
  return own < weight ? `(${printFilter(condition)})` : printFilter(condition)
}
function tight(condition: Condition): string {
  return condition.kind === 'not' ? printFilter(condition) : `(${printFilter(condition)})`
}

/** Text of a term. */
export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return term.asField ? `.${term.text}` : term.text
    case 'string':
      return term.raw ? `r"${term.value}"` : `"${escaped(term.value)}"`
    case 'char':
      return `'\\x${term.value.toString(16).padStart(2, '0')}'`
    case 'slice':
      return `${grouped(term.operand)}[${ranges(term.ranges)}]`
    case 'layer':
      return `${printTerm(term.operand)}#[${ranges(term.ranges)}]`
    case 'reference':
      return `\${${printTerm(term.operand)}}`
    case 'call':
      return `${term.name}(${term.args.map(printTerm).join(', ')})`
    case 'sign':
      return `${term.operator}${grouped(term.operand)}`
    case 'arithmetic':
      return `${grouped(term.left)} ${term.operator} ${grouped(term.right)}`
  }
}

function grouped(term: Term): string {
  return term.kind === 'arithmetic' || term.kind === 'sign' ? `{${printTerm(term)}}` : printTerm(term)
}

function ranges(parts: readonly RangePart[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'length':
          return `${part.offset}:${part.length}`
        case 'inclusive':
          return `${part.offset}-${part.last}`
        case 'rest':
          return `${part.offset}:`
      }
    })
    .join(',')
}

/** A string's text with what a quoted string must escape. */
export function escaped(value: string): string {
  return value
    .replace(/["\\]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f\udc80-\udcff]/gu, (c) => `\\x${(c.charCodeAt(0) & 255).toString(16).padStart(2, '0')}`)
}
