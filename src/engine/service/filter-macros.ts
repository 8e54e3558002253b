// The user's display-filter macros, which are part of the settings document.
import { FilterMacroSettings } from '../../shared/contract'
import type { FilterMacro } from '../filter'
import type { DocumentStore } from './ports'

/** Name of the settings document. */
export const SETTINGS_DOCUMENT = 'settings.json'

/** Macros of the settings as they are stored now; none where the document has none or cannot be read. */
export function storedMacros(documents: Pick<DocumentStore, 'read'>): readonly FilterMacro[] {
  const text = documents.read(SETTINGS_DOCUMENT)
  if (text === null || !text.includes('filterMacros')) return []
  try {
    return FilterMacroSettings.parse(JSON.parse(text)).filterMacros
  } catch {
    // A damaged document is reported where the settings themselves are read.
    return []
  }
}
