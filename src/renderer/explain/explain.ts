// Makes the card of a tree row: what the field says, what this value means, the sum behind it, and where it is defined. No React, no DOM.
import type { PacketDetail, TreeRow } from '../../shared/contract'
import type { Language } from '../app/i18n/messages'
import type { Both } from './card'
import { findFieldText, findValueText, hasOwnCard } from './lookup'
import type { Insight, InsightRule } from './insights/insight'
import { networkInsights } from './insights/network'
import { tcpInsights } from './insights/tcp'
import { treeValues } from './insights/tree-values'
import { NAMED_ONLY, protocolTexts } from './protocols'
import { severityLevels } from './values/expert'

/** One box of a sum, in one language. */
export interface CardBox {
  readonly value: string
  readonly label: string
  readonly evidence: string | null
}

/** What the inspector shows about one row. Texts are in the language asked for; names of fields and values stay English. */
export interface Card {
  readonly field: string
  /** English name of the field. */
  readonly title: string
  /** Chinese term beside it, or ''. */
  readonly gloss: string
  readonly value: string
  /** What the field says; for a row of text only, its label. */
  readonly what: string
  /** What this very value means. */
  readonly meaning: { readonly name: string; readonly text: string; readonly source: string } | null
  /** A sentence about this packet. */
  readonly here: string | null
  readonly sum: { readonly boxes: readonly CardBox[]; readonly signs: readonly string[] } | null
  /** Why it exists or what to keep in mind; `question` is the question it answers, or ''. */
  readonly why: { readonly question: string; readonly text: string } | null
  /** Section of the standard, or ''. */
  readonly source: string
  /** Bytes of the row, inclusive and zero-based as in the tree; null for generated rows. */
  readonly bytes: { readonly first: number; readonly last: number } | null
  readonly generated: boolean
  /** Display filter that selects this value, or null. */
  readonly filter: string | null
  /** Field that can become a column, or null for rows of text only. */
  readonly column: string | null
  readonly severity: { readonly level: number; readonly name: string; readonly text: string } | null
  /** Name and purpose of the row's protocol, when the field has no card. */
  readonly protocol: { readonly name: string; readonly text: string } | null
}

const RULES: Readonly<Record<string, InsightRule>> = { ...networkInsights, ...tcpInsights }

/** Longest value printed in the heading. */
const VALUE_LIMIT = 80

/** Splits a label of the tree: "1000 .... = Header Length: 32 bytes (8)" is name "Header Length", value "32 bytes (8)", without a line end. */
export function splitLabel(label: string): { readonly name: string; readonly value: string } {
  const whole = label.replace(/^\[(.*)\]$/, '$1').replace(/^[01. ]{4,}\s=\s/, '')
  // The blank line after the headers is nothing but its line end.
  const plain = whole.replace(/(\\r)?\\n$/, '') || whole
  const colon = plain.indexOf(': ')
  return colon < 0 ? { name: plain, value: '' } : { name: plain.slice(0, colon), value: plain.slice(colon + 2) }
}

/** Splits a text that begins with a question: "Why a factor? The field …". */
function splitQuestion(text: string): { question: string; text: string } {
  const match = /^([^.。?？]{2,60}[?？])\s*(.+)$/.exec(text)
  return match === null ? { question: '', text } : { question: match[1] ?? '', text: match[2] ?? '' }
}

/** Whether a row is the line of a whole protocol. */
export function isLayer(row: TreeRow): boolean {
  return row.depth === 0
}

/** The card of the row at `index`. Every row has one; `packet` must hold the row. */
export function explain(packet: PacketDetail, index: number, language: Language): Card {
  const row = packet.tree[index]
  if (row === undefined) throw new RangeError(`tree row ${String(index)} of packet ${String(packet.number)} does not exist`)
  const say = (text: Both): string => (language === 'zh' ? text[1] : text[0])
  const known = row.field === '' ? null : findFieldText(row.field)
  const label = splitLabel(row.label)
  const values = treeValues(packet.tree, index)
  const insight: Insight | null = row.field === '' ? null : (RULES[row.field]?.(row.value, values) ?? null)
  const meaning = row.field === '' || row.value === '' ? null : findValueText(row.field, row.value, values.text)
  const protocol = known === null ? protocolCard(row, say) : null
  const shown = insight?.shown ?? (isLayer(row) ? '' : label.value || (known === null ? '' : row.value))
  const level = severityLevels[String(row.severity)]
  // A family's text is shared by its fields: the row's own label names the field better.
  const family = known !== null && !hasOwnCard(row.field)
  return {
    field: row.field,
    title: known === null || family ? (isLayer(row) && protocol !== null ? protocol.name : label.name) : known.name[0],
    gloss: language === 'zh' && known !== null && known.name[1] !== known.name[0] ? known.name[1] : '',
    value: shown.length > VALUE_LIMIT ? `${shown.slice(0, VALUE_LIMIT)}…` : shown,
    what: known === null ? (isLayer(row) && protocol !== null ? protocol.text : row.label) : say(known.what),
    meaning: meaning === null ? null : { name: meaning.name, text: say(meaning.what), source: meaning.source ?? '' },
    here: insight?.here === undefined ? null : say(insight.here),
    sum: sumOf(insight, say),
    why: known?.why === undefined ? null : splitQuestion(say(known.why)),
    source: known?.source ?? '',
    bytes: row.end > row.start ? { first: row.start, last: row.end - 1 } : null,
    generated: row.generated,
    filter: row.filter,
    column: row.field === '' || row.field.startsWith('_ws.expert') ? null : row.field,
    // A layer carries the worst level of its fields; a mere chat below it is no news.
    severity:
      level === undefined || (row.parent && row.severity < 2) ? null : { level: row.severity, name: level.name, text: say(level.what) },
    protocol: known === null && !isLayer(row) ? protocol : null,
  }
}

function protocolCard(row: TreeRow, say: (text: Both) => string): Card['protocol'] {
  const own = protocolTexts[row.protocol]
  if (own !== undefined) return { name: own[0], text: say(own[1]) }
  const field = findFieldText(row.protocol)
  if (field !== null) return { name: field.name[0], text: say(field.what) }
  return isLayer(row) && row.field === row.protocol ? { name: splitLabel(row.label).name, text: say(NAMED_ONLY) } : null
}

function sumOf(insight: Insight | null, say: (text: Both) => string): Card['sum'] {
  if (insight?.sum === undefined) return null
  const { parts, signs, result } = insight.sum
  return {
    boxes: [...parts, result].map((part) => ({ value: part.value, label: say(part.label), evidence: part.evidence ?? null })),
    signs: [...signs, '='],
  }
}
