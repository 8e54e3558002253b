// Files that a browser tab sends in pieces: spooled to a private temporary folder, opened from there, removed when closed.
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TraceError } from '../../shared/errors'
import { fileError } from './file-error'

/** Uploads that may be under way at once. */
export const MAX_UPLOADS = 8

/** A finished upload. */
export interface UploadedFile {
  readonly path: string
  readonly name: string
  /** Removes the file. */
  readonly remove: () => void
}

/** Receives uploads. */
export interface UploadSpool {
  /** Begins a file of `size` bytes; answers its id. */
  readonly start: (name: string, size: number) => number
  /** Appends base64 bytes; answers how many bytes have arrived. */
  readonly piece: (uploadId: number, base64: string) => number
  /** Ends an upload and hands the file over. Throws when bytes are missing. */
  finish(uploadId: number): UploadedFile
  /** Removes everything, also files that were handed over. */
  readonly dispose: () => void
}

interface Upload {
  readonly name: string
  readonly path: string
  readonly handle: number
  readonly size: number
  received: number
}

/** A spool in a new folder below `parent` (the system's temporary folder), readable by this user alone. */
export function createUploadSpool(parent: string = tmpdir()): UploadSpool {
  const uploads = new Map<number, Upload>()
  let folder: string | undefined
  let nextId = 1

  const find = (uploadId: number): Upload => {
    const upload = uploads.get(uploadId)
    if (upload === undefined) throw new TraceError('rpc/bad-argument', `There is no upload ${uploadId}. Start the upload again.`)
    return upload
  }
  const drop = (uploadId: number, upload: Upload): void => {
    uploads.delete(uploadId)
    closeSync(upload.handle)
    unlinkSync(upload.path)
  }

  return {
    start(name, size) {
      if (uploads.size >= MAX_UPLOADS)
        throw new TraceError('rpc/busy', `${MAX_UPLOADS} files are being received already. Wait for one to finish.`)
      const free = freeBytes(parent)
      if (size > free) {
        throw new TraceError('io/no-space', `${name} needs ${size} bytes, but ${parent} has ${free} left. Open it by its path instead.`, {
          file: name,
        })
      }
      try {
        folder ??= mkdtempSync(join(parent, 'wireglass-'))
        const uploadId = nextId++
        const path = join(folder, `upload-${uploadId}`)
        uploads.set(uploadId, { name, path, handle: openSync(path, 'wx', 0o600), size, received: 0 })
        return uploadId
      } catch (error) {
        throw fileError(error, parent, 'write')
      }
    },
    piece(uploadId, base64) {
      const upload = find(uploadId)
      const bytes = Buffer.from(base64, 'base64')
      if (upload.received + bytes.length > upload.size) {
        drop(uploadId, upload)
        throw new TraceError(
          'rpc/bad-argument',
          `${upload.name} is larger than was announced (${upload.size} bytes). Start the upload again.`,
        )
      }
      try {
        for (let done = 0; done < bytes.length;) done += writeSync(upload.handle, bytes, done)
      } catch (error) {
        drop(uploadId, upload)
        throw fileError(error, upload.name, 'write')
      }
      upload.received += bytes.length
      return upload.received
    },
    finish(uploadId) {
      const upload = find(uploadId)
      if (upload.received !== upload.size) {
        drop(uploadId, upload)
        throw new TraceError(
          'rpc/bad-argument',
          `${upload.name}: ${upload.received} of ${upload.size} bytes arrived. Start the upload again.`,
        )
      }
      uploads.delete(uploadId)
      closeSync(upload.handle)
      return {
        path: upload.path,
        name: upload.name,
        remove: () => {
          rmSync(upload.path, { force: true })
        },
      }
    },
    dispose() {
      for (const [uploadId, upload] of uploads) drop(uploadId, upload)
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
    },
  }
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    // Unknown: the write itself will tell.
    return Number.MAX_SAFE_INTEGER
  }
}
