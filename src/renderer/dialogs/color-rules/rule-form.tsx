// One colour rule: name, filter with a live check, colours with their contrast.
import { useEffect, useState } from 'react'
import { CircleCheck, Filter, TriangleAlert } from 'lucide-react'
import type { ColorRule, FilterCheck } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { colorRuleMessages as m } from '../../app/i18n/color-rules'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { contrastRatio, parseColor, READABLE } from './contrast'

/** The check of a filter text; null until the engine has answered. */
export function useFilterCheck(text: string): FilterCheck | null {
  const app = useApp()
  const [answer, setAnswer] = useState<{ readonly text: string; readonly check: FilterCheck } | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      app.client.call('filter.check', { text }, { signal: abort.signal }).then(
        (check) => {
          setAnswer({ text, check })
        },
        // Without an answer the field simply shows no verdict; saving checks again.
        () => {
          setAnswer(null)
        },
      )
    }, 120)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, text])
  return answer?.text === text ? answer.check : null
}

/** Editor of one rule. */
export function RuleForm({ rule, onChange }: { readonly rule: ColorRule; readonly onChange: (part: Partial<ColorRule>) => void }) {
  const t = useT()
  const language = useLanguage()
  const check = useFilterCheck(rule.filter)
  const bad =
    rule.filter.trim() === ''
      ? t(m.filterEmpty)
      : check !== null && (check.state === 'invalid' || check.state === 'incomplete')
        ? check.message[language]
        : undefined
  const ratio = contrastRatio(rule.foreground, rule.background)
  const printed = ratio.toFixed(1)
  return (
    <div className="cr-form">
      <TextField
        label={t(m.name)}
        value={rule.name}
        maxLength={200}
        onChange={(name) => {
          onChange({ name })
        }}
      />
      <TextField
        label={t(m.filter)}
        icon={Filter}
        mono
        value={rule.filter}
        maxLength={4000}
        error={bad}
        hint={check?.state === 'hint' ? check.message[language] : check?.state === 'valid' ? t(m.filterValid) : undefined}
        onChange={(filter) => {
          onChange({ filter })
        }}
      />
      <div className="cr-colors">
        <ColorField
          label={t(m.foreground)}
          value={rule.foreground}
          onChange={(foreground) => {
            onChange({ foreground })
          }}
        />
        <ColorField
          label={t(m.background)}
          value={rule.background}
          onChange={(background) => {
            onChange({ background })
          }}
        />
        <div className="cr-sample mono cut" style={{ color: rule.foreground, background: rule.background }}>
          {t(m.sample)}
        </div>
      </div>
      <p className={`row g6 t11 ${ratio < READABLE ? 'warn-text' : 'f3'}`}>
        <Icon icon={ratio < READABLE ? TriangleAlert : CircleCheck} size="small" className={ratio < READABLE ? '' : 'ok-text'} />
        {t(ratio < READABLE ? m.contrastLow : m.contrast, { ratio: printed })}
      </p>
    </div>
  )
}

function ColorField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (color: string) => void
}) {
  const [text, setText] = useState<string | null>(null)
  return (
    <div className="cr-color">
      <input
        type="color"
        aria-label={label}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
      <TextField
        label={label}
        mono
        value={text ?? value}
        maxLength={7}
        onChange={(next) => {
          setText(next)
          const color = parseColor(next)
          if (color !== null) onChange(color)
        }}
        onBlur={() => {
          setText(null)
        }}
      />
    </div>
  )
}
