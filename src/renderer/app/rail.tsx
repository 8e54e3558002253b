// Rail: one entry for each view that exists.
import { useStore } from '../model/store'
import { Icon } from '../ui/icon'
import { VIEWS } from '../views/registry'
import { useApp } from './app-context'
import { shellMessages as m } from './i18n/shell'
import { useT } from './i18n/use-t'

/** The rail of views at the left. */
export function Rail() {
  const app = useApp()
  const t = useT()
  const current = useStore(app.view)
  return (
    <nav className="rail" aria-label={t(m.views)} data-pane="rail">
      {VIEWS.map((view) => (
        <button
          key={view.id}
          type="button"
          className={view.id === current ? 'on' : ''}
          // A narrow window shows the icon alone.
          aria-label={t(view.name)}
          aria-current={view.id === current ? 'page' : undefined}
          onClick={() => {
            app.view.set(view.id)
          }}
        >
          <Icon icon={view.icon} size="large" />
          <span>{t(view.name)}</span>
        </button>
      ))}
    </nav>
  )
}
