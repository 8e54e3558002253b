// Files with keys: small, read whole, and a key log that grows is noticed by its size and time.
import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs'
import { resolve } from 'node:path'
import type { KeyFilesPort } from '../../engine/service'
import { TraceError } from '../../shared/errors'
import { fileError } from './file-error'

/** Larger files are no key logs. */
const LARGEST = 64 << 20
const POLL_MS = 1000

/** Reads and watches files with keys. */
export const nodeKeyFiles: KeyFilesPort = {
  read(path) {
    try {
      const full = resolve(path)
      const { size } = statSync(full)
      if (size > LARGEST) throw new TraceError('io/read', `${path} is larger than 64 MiB: it is no key log.`, { file: path })
      return readFileSync(full, 'utf8')
    } catch (error) {
      throw fileError(error, path, 'read')
    }
  },
  watch(path, changed) {
    const full = resolve(path)
    const listener = (): void => {
      changed()
    }
    // By polling: it works for files that do not exist yet, are replaced, or lie on a network drive.
    watchFile(full, { interval: POLL_MS, persistent: false }, listener)
    return () => {
      unwatchFile(full, listener)
    }
  },
}
