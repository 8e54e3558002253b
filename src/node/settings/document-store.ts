// The user's documents (settings, recent files, colour rules): small text files in the configuration folder, replaced atomically.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocumentStore } from '../../engine/service/ports'
import { TraceError } from '../../shared/errors'
import { fileError } from '../files/file-error'

/** Larger documents are not ours. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024

/** A store in a folder, which is made (readable by the user alone) when the first document is written. */
export function createDocumentStore(folder: string): DocumentStore {
  return {
    read(name) {
      const path = documentPath(folder, name)
      try {
        if (statSync(path).size > MAX_DOCUMENT_BYTES) return null
        return readFileSync(path, 'utf8')
      } catch {
        // Missing or unreadable: the caller goes on with its defaults.
        return null
      }
    },
    write(name, text) {
      const path = documentPath(folder, name)
      if (text.length > MAX_DOCUMENT_BYTES)
        throw new TraceError('rpc/bad-argument', `${name} is too large to keep (${text.length} characters).`)
      const temporary = `${path}.${process.pid}.tmp`
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(temporary, text, { mode: 0o600 })
        renameSync(temporary, path)
      } catch (error) {
        rmSync(temporary, { force: true })
        throw fileError(error, path, 'write')
      }
    },
  }
}

function documentPath(folder: string, name: string): string {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new RangeError(`not a document name: ${name}`)
  return join(folder, name)
}
