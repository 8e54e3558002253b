// Root component: provides the application and the language, and keeps the document's appearance in step with the settings.
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useStore } from '../model/store'
import { AppContext } from './app-context'
import type { App } from './app-model'
import { translator } from './i18n/messages'
import { LanguageContext } from './i18n/use-t'
import { Shell } from './shell'
import { applyAppearance, onSystemTheme, resolvedTheme } from './theme'

/** The application's React tree. */
export function Root({ app }: { readonly app: App }) {
  const settings = useStore(app.settings)
  const language = app.language()
  const systemDark = useSyncExternalStore(onSystemTheme, () => resolvedTheme('system'))
  useEffect(() => {
    applyAppearance(settings, language)
  }, [settings, language, systemDark])
  const value = useMemo(() => ({ language, t: translator(language) }), [language])
  return (
    <AppContext value={app}>
      <LanguageContext value={value}>
        <Shell />
      </LanguageContext>
    </AppContext>
  )
}
