// The rule by which messages are told apart, and what it says in plain words.
import type { FramingRule } from '../../../shared/contract'
import { boundaryMessages as m } from '../../app/i18n/boundaries'
import type { Translate } from '../../app/i18n/messages'
import { useT } from '../../app/i18n/use-t'
import { Segmented } from '../../ui/button'
import { Checkbox, TextField } from '../../ui/fields'

/** What the form holds; texts as typed. */
export interface RuleDraft {
  readonly kind: FramingRule['kind']
  readonly length: string
  readonly bytes: string
  readonly offset: string
  readonly width: '1' | '2' | '3' | '4' | '8'
  readonly littleEndian: boolean
  readonly countsHeader: boolean
  readonly add: string
}

/** What the form begins with. */
export const FIRST_DRAFT: RuleDraft = {
  kind: 'http',
  length: '64',
  bytes: '0d 0a',
  offset: '0',
  width: '2',
  littleEndian: false,
  countsHeader: false,
  add: '0',
}

const KINDS = [
  ['fixed', m.fixed, m.fixedText],
  ['delimiter', m.delimiter, m.delimiterText],
  ['prefix', m.prefix, m.prefixText],
  ['http', m.http, m.httpText],
  ['any', m.any, m.anyText],
] as const
const WIDTHS = { '1': 1, '2': 2, '3': 3, '4': 4, '8': 8 } as const

function whole(text: string, least: number, most: number): number | null {
  const value = /^-?\d{1,10}$/.test(text.trim()) ? Number(text) : NaN
  return value >= least && value <= most ? value : null
}

/** The rule of a draft, or null while it is not complete. */
export function ruleOf({ kind, length, bytes, offset, width, littleEndian, countsHeader, add }: RuleDraft): FramingRule | null {
  const digits = bytes.replace(/\s/g, '')
  const delimiter = /^([0-9a-f]{2}){1,64}$/i.test(digits) ? ({ kind: 'delimiter', bytes: digits } as const) : null
  switch (kind) {
    case 'fixed': {
      const value = whole(length, 1, 1_000_000_000)
      return value === null ? null : { kind, length: value }
    }
    case 'delimiter':
      return delimiter
    case 'prefix': {
      const [place, more] = [whole(offset, 0, 1000), whole(add, -100_000, 100_000)]
      return place === null || more === null ? null : { kind, offset: place, width: WIDTHS[width], littleEndian, countsHeader, add: more }
    }
    case 'http':
      return { kind }
    case 'any':
      return delimiter === null ? null : { kind, of: [{ kind: 'http' }, delimiter] }
  }
}

/** How a program would read by the rule. */
export function plainWords({ kind, length, bytes, offset, width }: RuleDraft, t: Translate): string {
  switch (kind) {
    case 'fixed':
      return t(m.plainFixed, { length })
    case 'delimiter':
      return t(m.plainDelimiter, { bytes })
    case 'prefix':
      return t(m.plainPrefix, { header: String(Number(offset) + Number(width)), width, offset })
    case 'http':
      return t(m.plainHttp)
    case 'any':
      return t(m.plainAny)
  }
}

/** The form. */
export function FramingForm({ draft, onChange }: { readonly draft: RuleDraft; readonly onChange: (draft: RuleDraft) => void }) {
  const t = useT()
  const set = (part: Partial<RuleDraft>): void => {
    onChange({ ...draft, ...part })
  }
  const { kind } = draft
  return (
    <>
      <div className="bd-kinds" role="radiogroup" aria-label={t(m.rule)}>
        {KINDS.map(([value, name, text]) => (
          <label key={value} className={value === kind ? 'on' : ''}>
            <input
              type="radio"
              name="framing"
              checked={value === kind}
              onChange={() => {
                set({ kind: value })
              }}
            />
            <span>
              <b>{t(name)}</b>
              <span className="f3">{t(text)}</span>
            </span>
          </label>
        ))}
      </div>
      {kind === 'fixed' && (
        <TextField
          label={t(m.length)}
          value={draft.length}
          mono
          onChange={(length) => {
            set({ length })
          }}
        />
      )}
      {(kind === 'delimiter' || kind === 'any') && (
        <TextField
          label={t(m.bytes)}
          value={draft.bytes}
          mono
          onChange={(bytes) => {
            set({ bytes })
          }}
        />
      )}
      {kind === 'prefix' && (
        <>
          <TextField
            label={t(m.offset)}
            value={draft.offset}
            mono
            onChange={(offset) => {
              set({ offset })
            }}
          />
          <TextField
            label={t(m.add)}
            value={draft.add}
            mono
            onChange={(add) => {
              set({ add })
            }}
          />
          <Segmented
            label={t(m.width)}
            value={draft.width}
            options={(['1', '2', '3', '4', '8'] as const).map((value) => ({ value, name: value }))}
            onChange={(width) => {
              set({ width })
            }}
          />
          <Segmented
            label={t(m.order)}
            value={draft.littleEndian ? 'little' : 'big'}
            options={[
              { value: 'big', name: t(m.big) },
              { value: 'little', name: t(m.little) },
            ]}
            onChange={(order) => {
              set({ littleEndian: order === 'little' })
            }}
          />
          <Checkbox
            label={t(m.counts)}
            checked={draft.countsHeader}
            onChange={(countsHeader) => {
              set({ countsHeader })
            }}
          />
        </>
      )}
    </>
  )
}
