// The one place where the service meets the display-filter language.
import type { Decoder } from '../dissect/decoder'
import { fieldByName } from '../dissect/registry'
import type { FilterCheck } from '../../shared/contract'
import { FilterError } from '../../shared/errors'

/** A filter that is ready to run. */
export interface DisplayFilter {
  /** Whether the packet that the decoder holds passes. */
  matches(decoder: Decoder): boolean
}

/** Compiles a filter. Throws FilterError. */
export function compileFilter(text: string): DisplayFilter {
  const field = fieldByName(text.trim())
  if (field === undefined) throw new FilterError('filter/unknown-field', `"${text.trim()}" is not a field or protocol.`, 0, text.length)
  return { matches: ({ tree }) => tree.find(field.id) >= 0 }
}

/** State of a filter text while it is typed. */
export function checkFilter(text: string): FilterCheck {
  if (text.trim() === '') return { state: 'empty', message: '', start: 0, end: 0, tokens: [] }
  try {
    compileFilter(text)
    return { state: 'valid', message: '', start: 0, end: 0, tokens: [] }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    return { state: 'invalid', message: error.message, start: error.start, end: error.end, tokens: [] }
  }
}
