// Saved filters as buttons below the toolbar; a click applies one, another click on it clears it.
import { useApp, useInfo, useSetting } from '../../app/app-context'
import { filterMessages as m } from '../../app/i18n/filter'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'

/** The row of buttons; nothing where no filter is saved. */
export function FilterButtons({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const saved = useSetting('savedFilters')
  const applied = useInfo(session, (info) => info.filter)
  if (saved.length === 0) return null
  return (
    <div className="filter-buttons" role="toolbar" aria-label={t(m.buttons)}>
      {saved.map((item) => (
        <button
          key={item.name}
          type="button"
          className={`ib ${item.text === applied ? 'on' : ''}`}
          aria-pressed={item.text === applied}
          title={item.text}
          onClick={() => {
            session.applyFilter(item.text === applied ? '' : item.text).catch((error: unknown) => {
              app.report(error)
            })
          }}
        >
          {item.name}
        </button>
      ))}
    </div>
  )
}
