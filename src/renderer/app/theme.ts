// Applies theme, density, text size, motion and language to the document.
import type { Language } from './i18n/messages'
import { languageTag } from './i18n/messages'
import { ROW_HEIGHTS, type Settings } from '../model/settings'

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')

/** The theme to draw: the user's, or the system's. */
export function resolvedTheme(theme: Settings['theme']): 'dark' | 'light' {
  return theme === 'system' ? (darkQuery.matches ? 'dark' : 'light') : theme
}

/** Calls back when the system's theme changes. */
export function onSystemTheme(handler: () => void): () => void {
  darkQuery.addEventListener('change', handler)
  return () => {
    darkQuery.removeEventListener('change', handler)
  }
}

/** Writes the appearance to the html element. Canvases listen to the 'wireglass-theme' event of window to draw again. */
export function applyAppearance(settings: Settings, language: Language): void {
  const root = document.documentElement
  const theme = resolvedTheme(settings.theme)
  if (root.dataset['theme'] !== theme) {
    // No transition while the theme switches: they are off for two frames.
    root.classList.add('no-animation')
    root.dataset['theme'] = theme
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        root.classList.remove('no-animation')
      })
    })
  }
  root.lang = languageTag(language)
  root.dataset['motion'] = settings.motion === 'reduce' ? 'off' : 'on'
  root.style.setProperty('--h-row', `${String(ROW_HEIGHTS[settings.density])}px`)
  root.style.setProperty('--text-step', `${String(settings.textStep)}px`)
  window.dispatchEvent(new Event('wireglass-theme'))
}

/** The system's language, as far as the interface has it. */
export function systemLanguage(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) && !navigator.language.toLowerCase().startsWith('en')
    ? 'zh'
    : 'en'
}
