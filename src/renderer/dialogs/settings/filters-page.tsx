// Settings of display filters: saved ones, which are buttons of the packets view, and macros.
import { useState } from 'react'
import { Plus, Trash2 } from 'lucide-react'
import { useApp, useSetting } from '../../app/app-context'
import { settingsMessages as m } from '../../app/i18n/settings'
import { useT } from '../../app/i18n/use-t'
import { MACRO_NAME, type SavedFilter } from '../../model/settings'
import { Button, IconButton } from '../../ui/button'
import { TextField } from '../../ui/fields'

/** The page. */
export function FiltersPage() {
  const app = useApp()
  const t = useT()
  const saved = useSetting('savedFilters')
  const macros = useSetting('filterMacros')
  return (
    <>
      <NamedTexts
        title={t(m.filterButtons)}
        hint={t(m.filterButtonsHint)}
        items={saved}
        onChange={(savedFilters) => {
          app.settings.update({ savedFilters })
        }}
      />
      <NamedTexts
        title={t(m.filterMacros)}
        hint={t(m.filterMacrosHint, { name: '${name}', call: '${name:first;second}' })}
        items={macros}
        pattern={MACRO_NAME}
        onChange={(filterMacros) => {
          app.settings.update({ filterMacros })
        }}
      />
    </>
  )
}

/** A list of names with filter texts that can be changed, added and removed. */
function NamedTexts({
  title,
  hint,
  items,
  pattern,
  onChange,
}: {
  readonly title: string
  readonly hint: string
  readonly items: readonly SavedFilter[]
  readonly pattern?: RegExp
  readonly onChange: (items: readonly SavedFilter[]) => void
}) {
  const t = useT()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const taken = items.some((item) => item.name === name.trim())
  const fits = pattern === undefined || pattern.test(name.trim())
  const ready = name.trim() !== '' && text.trim() !== '' && fits && !taken
  const add = (): void => {
    if (!ready) return
    onChange([...items, { name: name.trim(), text: text.trim() }])
    setName('')
    setText('')
  }
  return (
    <section className="set-filters" aria-label={title}>
      <h4>{title}</h4>
      <p className="f3 t11">{hint}</p>
      {items.map((item) => (
        <div key={item.name} className="set-filter">
          <span className="mono">{item.name}</span>
          <TextField
            label={t(m.filterText, { name: item.name })}
            hideLabel
            mono
            value={item.text}
            onChange={(next) => {
              onChange(items.map((other) => (other === item ? { ...item, text: next } : other)))
            }}
          />
          <IconButton
            label={t(m.removeFilter, { name: item.name })}
            icon={Trash2}
            size="small"
            onClick={() => {
              onChange(items.filter((other) => other !== item))
            }}
          />
        </div>
      ))}
      <div
        className="set-filter"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) add()
        }}
      >
        <TextField
          label={t(m.filterName)}
          hideLabel
          placeholder={t(m.filterName)}
          value={name}
          error={name !== '' && !fits ? t(m.macroNameRule) : taken ? t(m.nameTaken) : undefined}
          onChange={setName}
        />
        <TextField label={t(m.filterNewText)} hideLabel mono placeholder={t(m.filterNewText)} value={text} onChange={setText} />
        <Button icon={Plus} disabled={!ready} onClick={add}>
          {t(m.addFilter)}
        </Button>
      </div>
    </section>
  )
}
