// Files that must not exist yet.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { fileError } from './file-error'

/**
 * Writes a file that was not there; false where something of the name is, also a link that leads nowhere. What could not be written wholly is removed.
 * Throws TraceError.
 */
export function writeNewFile(path: string, bytes: Uint8Array): boolean {
  let handle: number
  try {
    handle = openSync(path, 'wx', 0o644)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw fileError(error, path, 'write')
  }
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done)
  } catch (error) {
    rmSync(path, { force: true })
    throw fileError(error, path, 'write')
  } finally {
    closeSync(handle)
  }
  return true
}
