// The list of files opened before, newest first, kept as one document.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { DocumentStore } from '../../engine/service/ports'
import type { RecentFile } from '../../shared/contract'

/** How many files are remembered. */
export const MAX_RECENT_FILES = 20

const DOCUMENT = 'recent.json'

interface Entry {
  readonly path: string
  readonly openedMs: number
}

/** Recent files in a document store. */
export interface RecentFiles {
  /** With size and whether the file is still there, as of now. */
  readonly list: () => Promise<RecentFile[]>
  readonly remember: (path: string, openedMs: number) => void
  /** null forgets all. */
  readonly forget: (path: string | null) => void
}

/** Recent files kept in the document 'recent.json'; a damaged document counts as empty. */
export function createRecentFiles(documents: DocumentStore): RecentFiles {
  const write = (entries: readonly Entry[]): void => {
    documents.write(DOCUMENT, `${JSON.stringify(entries, null, 2)}\n`)
  }
  return {
    list: () => Promise.all(parse(documents.read(DOCUMENT)).map(describe)),
    remember(path, openedMs) {
      const others = parse(documents.read(DOCUMENT)).filter((entry) => entry.path !== path)
      write([{ path, openedMs }, ...others].slice(0, MAX_RECENT_FILES))
    },
    forget(path) {
      write(path === null ? [] : parse(documents.read(DOCUMENT)).filter((entry) => entry.path !== path))
    },
  }
}

async function describe({ path, openedMs }: Entry): Promise<RecentFile> {
  const found = await stat(path).catch(() => undefined)
  return { path, name: basename(path), size: found?.size ?? 0, openedMs, exists: found?.isFile() ?? false }
}

function parse(text: string | null): Entry[] {
  if (text === null) return []
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  return Array.isArray(value) ? value.filter(isEntry).slice(0, MAX_RECENT_FILES) : []
}

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'openedMs' in value &&
    typeof value.openedMs === 'number'
  )
}
