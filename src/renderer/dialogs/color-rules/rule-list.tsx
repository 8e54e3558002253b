// The rules in order: on or off, name, filter, how a row looks. The chosen rule is edited below the list.
import { useEffect, useRef } from 'react'
import { GripVertical } from 'lucide-react'
import type { ColorRule } from '../../../shared/contract'
import type { Sentence } from '../../../shared/errors'
import { colorRuleMessages as m } from '../../app/i18n/color-rules'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Checkbox } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { listMove } from '../open-file/entry-list'
import { useReorder } from '../reorder'

/** Props of RuleList. */
export interface RuleListProps {
  readonly rules: readonly ColorRule[]
  readonly problems: ReadonlyMap<number, Sentence>
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onToggle: (index: number, enabled: boolean) => void
  readonly onMove: (from: number, to: number) => void
  readonly onRemove: (index: number) => void
}

/** The list. Arrows move, Space switches a rule on or off, Delete removes it. */
export function RuleList({ rules, problems, active, onActive, onToggle, onMove, onRemove }: RuleListProps) {
  const t = useT()
  const language = useLanguage()
  const list = useRef<HTMLUListElement>(null)
  const reorder = useReorder(rules.length, onMove)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul ref={list} className="cr-list" aria-label={t(m.list)}>
      {rules.map((rule, index) => {
        const { onKeyDown, ...drag } = reorder(index)
        const problem = problems.get(index)
        const name = rule.name === '' ? t(m.unnamed) : rule.name
        return (
          <li
            key={index}
            {...drag}
            tabIndex={index === active ? 0 : -1}
            aria-label={t(m.rule, { name })}
            aria-current={index === active ? 'true' : undefined}
            className={`cr-row ${index === active ? 'on' : ''} ${rule.enabled ? '' : 'off'}`}
            onClick={() => {
              onActive(index)
            }}
            onKeyDown={(event) => {
              onKeyDown(event)
              if (event.defaultPrevented || event.target !== event.currentTarget) return
              const to = listMove(event.key, index, rules.length)
              if (to !== null) {
                onActive(to)
                const next = list.current?.children[to]
                if (next instanceof HTMLElement) next.focus()
              } else if (event.key === ' ') onToggle(index, !rule.enabled)
              else if (event.key === 'Delete') onRemove(index)
              else return
              event.preventDefault()
            }}
          >
            <Icon icon={GripVertical} className="grip" />
            <Checkbox
              label={t(m.enable, { name })}
              hideLabel
              checked={rule.enabled}
              onChange={(enabled) => {
                onToggle(index, enabled)
              }}
            />
            <span className="cr-swatch cut" style={{ color: rule.foreground, background: rule.background }}>
              {name}
            </span>
            <span className={`mono cut ${problem === undefined ? 'f2' : 'bad-text'}`} title={problem?.[language]}>
              {rule.filter}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
