// What a failed call says to the user.
import { RpcError } from '../../../shared/rpc/problem'
import type { Language } from './messages'

/** The message of an error in the language of the page, where the engine gave both; otherwise as it is. */
export function errorText(error: unknown, language: Language): string {
  if (error instanceof RpcError && error.sentence !== undefined) return error.sentence[language]
  return error instanceof Error ? error.message : String(error)
}
