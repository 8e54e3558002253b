// A filter in words, in English and Chinese: what it asks of a packet. Names of fields stay as they are; their labels say what they hold.
import type { Sentence } from '../../shared/errors'
import { fieldByName, protocolByName } from '../dissect/registry'
import type { CompareOperator, Condition, Quantifier, Term } from './ast'
import { printTerm } from './print'

/** Says what a condition asks for. */
export function filterInWords(condition: Condition): Sentence {
  return { en: `Packets ${english(condition)}.`, zh: `${chinese(condition)}的数据包。` }
}

const EN: Readonly<Record<CompareOperator, readonly [string, string]>> = {
  '==': ['where', 'is'],
  '!=': ['where no', 'is'],
  '~=': ['where some', 'is not'],
  '===': ['where every', 'is'],
  '>': ['where', 'is greater than'],
  '<': ['where', 'is less than'],
  '>=': ['where', 'is at least'],
  '<=': ['where', 'is at most'],
  contains: ['where', 'contains'],
  matches: ['where', 'matches the pattern'],
}
const ZH: Readonly<Record<CompareOperator, readonly [string, string]>> = {
  '==': ['', '等于'],
  '!=': ['没有任何 ', '等于'],
  '~=': ['有某个 ', '不等于'],
  '===': ['每个 ', '都等于'],
  '>': ['', '大于'],
  '<': ['', '小于'],
  '>=': ['', '不小于'],
  '<=': ['', '不大于'],
  contains: ['', '包含'],
  matches: ['', '匹配模式'],
}

function english(condition: Condition): string {
  switch (condition.kind) {
    case 'everything':
      return 'of every kind'
    case 'not':
      return `other than those ${inner(condition.operand, english, '(', ')')}`
    case 'and':
    case 'or':
    case 'xor': {
      const word = condition.kind === 'xor' ? 'either, but not both,' : condition.kind
      return `${inner(condition.left, english, '(', ')', condition.kind)} ${word} ${inner(condition.right, english, '(', ')', condition.kind)}`
    }
    case 'present':
      return isProtocol(condition.operand) ? `with ${termWords(condition.operand)}` : `that have ${termWords(condition.operand)}`
    case 'compare': {
      const [where, is] = EN[condition.operator]
      return `${quantified(condition.quantifier, where)} ${termWords(condition.left)} ${is} ${printTerm(condition.right)}`
    }
    case 'member': {
      const items = condition.items.map(({ low, high }) => (high ? `${printTerm(low)} to ${printTerm(high)}` : printTerm(low)))
      return `${quantified(condition.quantifier, 'where')} ${termWords(condition.left)} is ${condition.negated ? 'none' : 'one'} of ${items.join(', ')}`
    }
  }
}

function quantified(quantifier: Quantifier, where: string): string {
  return quantifier === undefined ? where : `where ${quantifier === 'all' ? 'every' : 'some'}`
}

function chinese(condition: Condition): string {
  switch (condition.kind) {
    case 'everything':
      return '任意'
    case 'not':
      return `不满足“${chinese(condition.operand)}”`
    case 'and':
    case 'or':
    case 'xor': {
      const word = condition.kind === 'and' ? '并且' : condition.kind === 'or' ? '或者' : '或者（二者只居其一）'
      return `${inner(condition.left, chinese, '（', '）', condition.kind)}，${word}${inner(condition.right, chinese, '（', '）', condition.kind)}`
    }
    case 'present':
      return isProtocol(condition.operand) ? `含有 ${termWords(condition.operand)} 协议` : `含有字段 ${termWords(condition.operand)}`
    case 'compare': {
      const [before, is] = ZH[condition.operator]
      const which = condition.quantifier === undefined ? before : condition.quantifier === 'all' ? '每个 ' : '有某个 '
      return `${which}${termWords(condition.left)} ${is} ${printTerm(condition.right)}`
    }
    case 'member': {
      const items = condition.items.map(({ low, high }) => (high ? `${printTerm(low)} 到 ${printTerm(high)}` : printTerm(low)))
      return `${termWords(condition.left)} ${condition.negated ? '不是' : '是'} ${items.join('、')} ${condition.negated ? '中的任何一个' : '之一'}`
    }
  }
}

/** A part of another kind than what it stands in, in parentheses. */
function inner(
  condition: Condition,
  say: (condition: Condition) => string,
  open: string,
  close: string,
  within?: Condition['kind'],
): string {
  const joins = condition.kind === 'and' || condition.kind === 'or' || condition.kind === 'xor'
  return joins && condition.kind !== within ? `${open}${say(condition)}${close}` : say(condition)
}

function isProtocol(term: Term): boolean {
  return term.kind === 'word' && protocolByName(term.text) !== undefined
}

/** A term with its label where it is a field. */
function termWords(term: Term): string {
  if (term.kind !== 'word') return printTerm(term)
  const protocol = protocolByName(term.text)
  if (protocol) return protocol.short
  const field = fieldByName(term.text)
  return field ? `${field.name} (${field.label})` : term.text
}
