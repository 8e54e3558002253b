// The user's display-filter macros, which are part of the settings document.
import type { FilterMacro } from '../filter'
import type { DocumentStore } from './ports'

/** Name of the settings document. */
export const SETTINGS_DOCUMENT = 'settings.json'

const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/
const LONGEST = 10_000

/** Macros of the settings as they are stored now; none where the document has none or cannot be read. */
export function storedMacros(documents: Pick<DocumentStore, 'read'>): readonly FilterMacro[] {
  const text = documents.read(SETTINGS_DOCUMENT)
  if (text === null || !text.includes('filterMacros')) return []
  try {
    const settings: unknown = JSON.parse(text)
    if (typeof settings !== 'object' || settings === null || !('filterMacros' in settings)) return []
    return Array.isArray(settings.filterMacros) ? settings.filterMacros.filter(isMacro) : []
  } catch {
    // A damaged document is reported where the settings themselves are read.
    return []
  }
}

// By hand rather than by a schema of the contract, which the terminal would load for nothing else.
function isMacro(entry: unknown): entry is FilterMacro {
  if (typeof entry !== 'object' || entry === null || !('name' in entry && 'text' in entry)) return false
  const { name, text } = entry
  return typeof name === 'string' && NAME.test(name) && typeof text === 'string' && text.length <= LONGEST
}
