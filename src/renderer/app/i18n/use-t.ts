// Translation inside React components.
import { createContext, useContext } from 'react'
import { translator, type Language, type Translate } from './messages'

/** Language and translate function of the page; provided by the application root. */
export interface LanguageContextValue {
  readonly language: Language
  readonly t: Translate
}

/** React context of the language. */
export const LanguageContext = createContext<LanguageContextValue>({ language: 'en', t: translator('en') })

/** The translate function for the current language. */
export function useT(): Translate {
  return useContext(LanguageContext).t
}

/** The current language. */
export function useLanguage(): Language {
  return useContext(LanguageContext).language
}
