// What can be said of a filter by its form alone: the protocols without which no packet can pass.
import { fieldByName } from '../dissect/registry'
import type { Condition, Term } from './ast'

/** Names of protocols (and of kinds of HTTP messages) that every packet which passes must have; empty when nothing can be said. */
export function necessaryProtocols(condition: Condition): ReadonlySet<string> {
  switch (condition.kind) {
    case 'everything':
    case 'not':
    case 'xor':
      return NONE
    case 'and':
      return new Set([...necessaryProtocols(condition.left), ...necessaryProtocols(condition.right)])
    case 'or': {
      const right = necessaryProtocols(condition.right)
      return new Set([...necessaryProtocols(condition.left)].filter((name) => right.has(name)))
    }
    case 'present':
      return protocolsOf(condition.operand)
    case 'compare':
      return new Set([...protocolsOf(condition.left), ...protocolsOf(condition.right)])
    case 'member':
      return condition.negated ? NONE : protocolsOf(condition.left)
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Kinds of messages that alone have a field. */
function kindsOf(name: string): readonly string[] {
  return HTTP_KINDS.filter((kind) => name.startsWith(`${kind}.`))
}
const HTTP_KINDS = ['http.request', 'http.response'] as const

/** Protocols of the fields that a term cannot do without. */
function protocolsOf(term: Term): ReadonlySet<string> {
  switch (term.kind) {
    case 'word': {
      const field = fieldByName(term.text)
      return field ? new Set([field.protocol, ...kindsOf(field.name)]) : NONE
    }
    case 'string':
    case 'char':
    case 'reference':
      return NONE
    case 'slice':
    case 'layer':
    case 'sign':
      return protocolsOf(term.operand)
    case 'arithmetic':
      return new Set([...protocolsOf(term.left), ...protocolsOf(term.right)])
    // max and min do without an absent argument
    case 'call':
      return term.args.length === 1 && term.args[0] ? protocolsOf(term.args[0]) : NONE
  }
}
