// Settings: pages at the left, the chosen one at the right. Changes apply at once; only resetting asks.
import { useState, type ComponentType } from 'react'
import { Clock, Columns3, Filter, Keyboard, Languages, Paintbrush, Palette, RotateCcw, Tag, type LucideIcon } from 'lucide-react'
import { useApp } from '../../app/app-context'
import type { PlainMessage } from '../../app/i18n/messages'
import { settingsMessages as m } from '../../app/i18n/settings'
import { uiMessages } from '../../app/i18n/ui'
import { useT } from '../../app/i18n/use-t'
import { DEFAULT_SETTINGS } from '../../model/settings'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Icon } from '../../ui/icon'
import { ColorRulesEditor } from '../color-rules/color-rules-editor'
import { ColumnEditor } from '../columns/column-editor'
import '../dialogs.css'
import { FiltersPage } from './filters-page'
import { KeyboardPage } from './keyboard-page'
import { AppearancePage, LanguagePage, NamesPage, TimePage } from './pages'

interface Page {
  readonly id: string
  readonly name: PlainMessage
  readonly icon: LucideIcon
  readonly component: ComponentType
}

function ColorsPage() {
  return <ColorRulesEditor />
}

const PAGES: readonly Page[] = [
  { id: 'appearance', name: m.appearance, icon: Palette, component: AppearancePage },
  { id: 'time', name: m.time, icon: Clock, component: TimePage },
  { id: 'columns', name: m.columns, icon: Columns3, component: ColumnEditor },
  { id: 'filters', name: m.filters, icon: Filter, component: FiltersPage },
  { id: 'colors', name: m.colors, icon: Paintbrush, component: ColorsPage },
  { id: 'names', name: m.names, icon: Tag, component: NamesPage },
  { id: 'language', name: m.language, icon: Languages, component: LanguagePage },
  { id: 'keyboard', name: m.keyboard, icon: Keyboard, component: KeyboardPage },
]

/** The settings dialog; `page` is the page to begin with. */
export function SettingsDialog({ page, onClose }: { readonly page?: string; readonly onClose: () => void }) {
  const t = useT()
  const [id, setId] = useState(page ?? 'appearance')
  const [asking, setAsking] = useState(false)
  const current = PAGES.find((item) => item.id === id) ?? PAGES[0]
  if (current === undefined) return null
  const { component: Content } = current
  return (
    <Dialog title={t(m.title)} width={900} height={640} onClose={onClose} className="dlg-panes">
      <div className="dl-panes">
        <nav className="dl-nav" aria-label={t(m.pages)}>
          {PAGES.map((item) => (
            <button
              key={item.id}
              type="button"
              className={`dl-nav-item ${item === current ? 'on' : ''}`}
              aria-current={item === current ? 'page' : undefined}
              data-autofocus={item === current ? '' : undefined}
              onClick={() => {
                setId(item.id)
              }}
            >
              <Icon icon={item.icon} />
              {t(item.name)}
            </button>
          ))}
          <span className="sp" />
          <Button
            kind="ghost"
            icon={RotateCcw}
            onClick={() => {
              setAsking(true)
            }}
          >
            {t(m.resetAll)}
          </Button>
          <p className="f3 t11">{t(m.saved)}</p>
        </nav>
        <section className="dl-main set-page" aria-label={t(current.name)}>
          <h3 className="set-title">{t(current.name)}</h3>
          <Content />
        </section>
      </div>
      {asking && (
        <ResetQuestion
          onDone={() => {
            setAsking(false)
          }}
        />
      )}
    </Dialog>
  )
}

function ResetQuestion({ onDone }: { readonly onDone: () => void }) {
  const app = useApp()
  const t = useT()
  return (
    <Dialog
      title={t(m.resetTitle)}
      width={420}
      onClose={onDone}
      actions={
        <>
          <Button
            kind="danger"
            onClick={() => {
              const { filterHistory, savedFilters, filterMacros } = app.settings.get()
              app.settings.set({ ...DEFAULT_SETTINGS, filterHistory, savedFilters, filterMacros })
              onDone()
            }}
          >
            {t(m.reset)}
          </Button>
          <span className="sp" />
          <Button data-autofocus="" onClick={onDone}>
            {t(uiMessages.cancel)}
          </Button>
        </>
      }
    >
      <p>{t(m.resetText)}</p>
    </Dialog>
  )
}
