// What the filter box says of a text: the language's own verdict, and for a text of another language what was probably meant.
import type { FilterCheck } from '../../shared/contract'
import { FilterError, type Sentence } from '../../shared/errors'
import { advice, checkFilter } from '../filter'
import type { FilterMacro } from '../filter'
import { translateCaptureFilter } from './capture-filter-translation'
import { compileFilter } from './display-filter'

/** Checks a text. Never throws. */
export function checkFilterText(text: string, macros: readonly FilterMacro[] = []): FilterCheck {
  const check = checkFilter(text, macros)
  if (check.state !== 'invalid' && check.state !== 'incomplete') return check
  const meant = meantBy(text.trim())
  return meant === undefined
    ? check
    : { ...check, state: 'invalid', message: meant.message, suggestion: meant.filter, start: 0, end: text.length }
}

function meantBy(text: string): { readonly message: Sentence; readonly filter: string } | undefined {
  const address = addressFilter(text)
  if (address !== undefined) return { message: advice.addressAlone(address), filter: address }
  const translated = translateCaptureFilter(text)
  if (translated === undefined || !isValid(translated)) return undefined
  return { message: advice.captureFilter(translated), filter: translated }
}

function addressFilter(text: string): string | undefined {
  const filters: string[] = []
  if (/^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(text)) filters.push(`ip.addr == ${text}`)
  if (/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text)) filters.push(`eth.addr == ${text.replaceAll('-', ':')}`)
  if (/^[0-9a-f:]*:[0-9a-f:.]*(\/\d{1,3})?$/i.test(text)) filters.push(`ipv6.addr == ${text}`)
  return filters.find(isValid)
}

function isValid(filter: string): boolean {
  try {
    compileFilter(filter)
    return true
  } catch (error) {
    if (error instanceof FilterError) return false
    throw error
  }
}
