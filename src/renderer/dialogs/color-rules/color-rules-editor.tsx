// Colour rules: profile, list, one rule in detail, import and export. Changes are stored a moment after the last one.
import { useEffect, useRef, useState } from 'react'
import { ArrowDown, ArrowUp, Copy, Download, Plus, Trash2, Upload } from 'lucide-react'
import type { ColorRule } from '../../../shared/contract'
import type { Sentence } from '../../../shared/errors'
import { useApp } from '../../app/app-context'
import type { Colors } from '../../app/app-model'
import { colorRuleMessages as m } from '../../app/i18n/color-rules'
import { useT } from '../../app/i18n/use-t'
import { useStore } from '../../model/store'
import { Button, IconButton, Segmented } from '../../ui/button'
import { moveItem } from '../reorder'
import { downloadText } from '../save/download'
import { RuleForm } from './rule-form'
import { RuleList } from './rule-list'

const STORE_DELAY_MS = 400

/** A rule to start from. */
export function newRule(name: string, filter = ''): ColorRule {
  return { name, filter, foreground: '#12272e', background: '#fff3d6', enabled: true }
}

/** Drafts of rules that are stored some time after the last change; flushed when the editor closes. */
function useRules(): {
  readonly colors: Colors
  readonly problems: ReadonlyMap<number, Sentence>
  readonly setRules: (rules: readonly ColorRule[]) => void
  readonly setProfile: (profile: Colors['profile']) => void
} {
  const app = useApp()
  const stored = useStore(app.colors)
  const [draft, setDraft] = useState<readonly ColorRule[] | null>(null)
  const [problems, setProblems] = useState<ReadonlyMap<number, Sentence>>(new Map())
  const pending = useRef<{ readonly rules: readonly ColorRule[]; readonly timer: ReturnType<typeof setTimeout> } | null>(null)
  const write = useRef(async (rules: readonly ColorRule[], profile: Colors['profile']): Promise<void> => {
    try {
      // A rule without a filter cannot be stored; it stays in the draft until it has one.
      const complete = rules.map((rule) => (rule.filter.trim() === '' ? { ...rule, filter: 'frame', enabled: false } : rule))
      const answer = await app.client.call('colors.set', { rules: [...complete], profile })
      setProblems(new Map(answer.problems.map((problem) => [problem.rule, problem.message])))
      await app.loadColors()
    } catch (error) {
      app.report(error)
    }
  })
  useEffect(() => {
    const store = write.current
    return () => {
      if (pending.current === null) return
      clearTimeout(pending.current.timer)
      void store(pending.current.rules, 'custom')
    }
  }, [])
  return {
    colors: draft === null ? stored : { rules: [...draft], profile: 'custom' },
    problems,
    setRules: (rules) => {
      setDraft(rules)
      if (pending.current !== null) clearTimeout(pending.current.timer)
      const timer = setTimeout(() => {
        pending.current = null
        void write.current(rules, 'custom')
      }, STORE_DELAY_MS)
      pending.current = { rules, timer }
    },
    setProfile: (profile) => {
      if (pending.current !== null) clearTimeout(pending.current.timer)
      pending.current = null
      setDraft(null)
      void write.current(profile === 'custom' ? stored.rules : [], profile)
    },
  }
}

/** The editor. `start` is a filter to make a rule of at once. */
export function ColorRulesEditor({ start }: { readonly start?: string | undefined }) {
  const app = useApp()
  const t = useT()
  const { colors, problems, setRules, setProfile } = useRules()
  const [active, setActive] = useState(0)
  const file = useRef<HTMLInputElement>(null)
  const { rules, profile } = colors
  const rule = rules[active]
  const add = (added: ColorRule): void => {
    const at = Math.max(0, Math.min(active, rules.length))
    setRules([...rules.slice(0, at), added, ...rules.slice(at)])
    setActive(at)
  }
  const begun = useRef(false)
  useEffect(() => {
    if (start === undefined || begun.current) return
    begun.current = true
    setRules([newRule(start.slice(0, 60), start), ...rules])
    setActive(0)
  }, [start, rules, setRules])
  const change = (index: number, part: Partial<ColorRule>): void => {
    setRules(rules.map((other, at) => (at === index ? { ...other, ...part } : other)))
  }
  const remove = (index: number): void => {
    setRules(rules.filter((_, at) => at !== index))
    setActive(Math.max(0, Math.min(index, rules.length - 2)))
  }
  const move = (from: number, to: number): void => {
    const next = moveItem(rules, from, to)
    if (next === rules) return
    setRules(next)
    setActive(to)
  }
  const importFile = async (chosen: File): Promise<void> => {
    try {
      const answer = await app.client.call('colors.parse', { text: await chosen.text() })
      if (answer.rules.length === 0) {
        app.toasts.show({ kind: 'bad', title: t(m.importNothing, { name: chosen.name }), text: answer.problems[0]?.message })
        return
      }
      setRules(answer.rules)
      setActive(0)
      const first = answer.problems[0]
      app.toasts.show({
        kind: first === undefined ? 'ok' : 'bad',
        title: t(m.imported, { count: answer.rules.length }),
        text:
          first === undefined
            ? undefined
            : t(m.importProblems, { count: answer.problems.length, line: first.line, message: first.message }),
      })
    } catch (error) {
      app.report(error)
    }
  }
  const exportFile = async (): Promise<void> => {
    try {
      downloadText('colorfilters', (await app.client.call('colors.export', {})).text)
    } catch (error) {
      app.report(error)
    }
  }
  return (
    <div className="cr">
      <div className="row g8 cr-top">
        <Segmented
          label={t(m.profile)}
          value={profile}
          options={[
            { value: 'wireglass', name: t(m.calm) },
            { value: 'classic', name: t(m.classic) },
            { value: 'custom', name: t(m.custom) },
          ]}
          onChange={setProfile}
        />
        <span className="sp" />
        <Button
          icon={Plus}
          onClick={() => {
            add(newRule(t(m.newRule)))
          }}
        >
          {t(m.add)}
        </Button>
        <Button icon={Upload} onClick={() => file.current?.click()}>
          {t(m.import)}
        </Button>
        <Button icon={Download} disabled={rules.length === 0} onClick={() => void exportFile()}>
          {t(m.export)}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            event.target.value = ''
            if (chosen !== undefined) void importFile(chosen)
          }}
        />
      </div>
      <p className="f3 t11">
        {profile === 'wireglass' ? t(m.calmText) : profile === 'classic' ? t(m.classicText) : `${t(m.intro)} ${t(m.order)}`}
      </p>
      {rules.length === 0 ? (
        profile === 'custom' && <p className="dl-empty f3">{t(m.empty)}</p>
      ) : (
        <>
          <RuleList
            rules={rules}
            problems={problems}
            active={active}
            onActive={setActive}
            onToggle={(index, enabled) => {
              change(index, { enabled })
            }}
            onMove={move}
            onRemove={remove}
          />
          {rule !== undefined && (
            <div className="cr-edit">
              <RuleForm
                key={active}
                rule={rule}
                onChange={(part) => {
                  change(active, part)
                }}
              />
              <div className="cr-actions">
                <IconButton
                  label={t(m.up)}
                  icon={ArrowUp}
                  disabled={active === 0}
                  onClick={() => {
                    move(active, active - 1)
                  }}
                />
                <IconButton
                  label={t(m.down)}
                  icon={ArrowDown}
                  disabled={active === rules.length - 1}
                  onClick={() => {
                    move(active, active + 1)
                  }}
                />
                <IconButton
                  label={t(m.duplicate)}
                  icon={Copy}
                  onClick={() => {
                    add({ ...rule })
                  }}
                />
                <IconButton
                  label={t(m.remove)}
                  icon={Trash2}
                  onClick={() => {
                    remove(active)
                  }}
                />
              </div>
            </div>
          )}
        </>
      )}
    </div>
  )
}
