// A folder's entries for the interface's own file chooser: what the local user can read, captures and sub-folders first.
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { DirectoryEntry } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import { fileError } from './file-error'

/** More entries than this are not sent; the folder is better searched with other tools. */
export const MAX_ENTRIES = 5000

const CAPTURE_NAME = /\.(pcapng|ntar|pcap|cap|dmp|dump|snoop|trace|tr1|pcap\d+)([._-]?\d+)?(\.(gz|zst|lz4))?$/i

/** True when a file's name says that it is a capture (its content is not looked at). */
export function looksLikeCapture(name: string): boolean {
  return CAPTURE_NAME.test(name)
}

/** A folder and its entries. */
export interface Listing {
  readonly path: string
  readonly parent: string | null
  readonly entries: DirectoryEntry[]
}

/**
 * Lists a folder ('' is the home folder; the path of a file lists its folder). Without `showAll` only captures and folders that are not
 * hidden. Entries that vanish or cannot be examined are left out. Throws TraceError.
 */
export async function listDirectory(path: string, showAll: boolean): Promise<Listing> {
  if (path.includes('\0')) throw new TraceError('io/not-found', 'A path cannot contain the character NUL.')
  const asked = path === '' ? homedir() : resolve(path)
  const folder = await folderOf(asked)
  const found: Dirent[] = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, folder, 'read')
  })
  const wanted = found.filter((entry) => showAll || (!entry.name.startsWith('.') && (!entry.isFile() || looksLikeCapture(entry.name))))
  const entries: DirectoryEntry[] = []
  for (const entry of wanted.slice(0, MAX_ENTRIES)) {
    const described = await describe(folder, entry.name, showAll)
    if (described !== undefined) entries.push(described)
  }
  entries.sort((a, b) => RANK[a.kind] - RANK[b.kind] || compareNames(a.name, b.name))
  const parent = dirname(folder)
  return { path: folder, parent: parent === folder ? null : parent, entries }
}

const RANK = { folder: 0, capture: 1, file: 2 } as const

async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(error, path, 'read')
  })
  return found.isDirectory() ? path : dirname(path)
}

async function describe(folder: string, name: string, showAll: boolean): Promise<DirectoryEntry | undefined> {
  const path = join(folder, basename(name))
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  const common = { name, path, modifiedMs: Math.round(found.mtimeMs) }
  if (found.isDirectory()) return { ...common, kind: 'folder', size: 0 }
  if (!found.isFile()) return undefined
  if (looksLikeCapture(name)) return { ...common, kind: 'capture', size: found.size }
  return showAll ? { ...common, kind: 'file', size: found.size } : undefined
}

/** "a2" before "a10", without regard to case. */
function compareNames(a: string, b: string): number {
  return COLLATOR.compare(a, b)
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
