// Files that are replaced atomically: written under another name in the same folder, flushed to the disk, then renamed.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { OutputFile } from '../../engine/service/ports'
import { TraceError } from '../../shared/errors'
import { fileError } from './file-error'

/**
 * Opens a file for saving to `path`. An existing file is kept as it is until commit() and then replaced; a symbolic link is followed, so that
 * its target is replaced. Without `overwrite` an existing file is refused with 'io/exists', also when it appears while writing.
 */
export function createOutputFile(path: string, overwrite: boolean): { readonly file: OutputFile; readonly path: string } {
  const target = targetOf(path)
  const mode = checkTarget(target, overwrite)
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`)
  let handle: number | undefined
  try {
    handle = openSync(temporary, 'wx', 0o644)
    if (mode !== undefined) fchmodSync(handle, mode)
  } catch (error) {
    if (handle !== undefined) closeSync(handle)
    throw fileError(error, target, 'write')
  }

  const release = (): void => {
    if (handle !== undefined) closeSync(handle)
    handle = undefined
  }
  const abort = (): void => {
    if (handle === undefined) return
    release()
    rmSync(temporary, { force: true })
  }
  const attempt = (action: (open: number) => void): void => {
    if (handle === undefined) throw new RangeError(`${target} is finished`)
    try {
      action(handle)
    } catch (error) {
      abort()
      throw fileError(error, target, 'write')
    }
  }

  return {
    path: target,
    file: {
      write(bytes) {
        attempt((open) => {
          for (let done = 0; done < bytes.length;) done += writeSync(open, bytes, done)
        })
      },
      commit() {
        attempt((open) => {
          fsyncSync(open)
          if (overwrite) renameSync(temporary, target)
          else placeWithoutReplacing(temporary, target)
          release()
        })
      },
      abort,
    },
  }
}

function targetOf(path: string): string {
  if (path.includes('\0')) throw new TraceError('io/not-found', 'A path cannot contain the character NUL.')
  const full = resolve(path)
  try {
    return realpathSync(full)
  } catch {
    // It does not exist yet.
    return full
  }
}

/** Mode of the file that is to be replaced; undefined when there is none. */
function checkTarget(target: string, overwrite: boolean): number | undefined {
  if (!existsSync(target)) return undefined
  const found = statSync(target)
  if (found.isDirectory())
    throw new TraceError('io/is-directory', `${target} is a folder. Give the name of a file in it.`, { file: target })
  if (!found.isFile()) throw new TraceError('io/write', `${target} is not an ordinary file. Choose another name.`, { file: target })
  if (!overwrite) throw existsError(target)
  return found.mode & 0o777
}

/** A hard link fails where the name is taken, a rename would replace it; file systems without hard links fall back to the rename. */
function placeWithoutReplacing(temporary: string, target: string): void {
  try {
    linkSync(temporary, target)
    rmSync(temporary, { force: true })
  } catch (error) {
    if (existsSync(target)) throw existsError(target)
    if (!(error instanceof Error)) throw error
    renameSync(temporary, target)
  }
}

function existsError(target: string): TraceError {
  return new TraceError('io/exists', `${target} exists already. Choose another name, or confirm that it may be replaced.`, { file: target })
}
