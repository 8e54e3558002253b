// Paths as the user types them: which folder to list, which entries fit, and what Tab completes.
import type { DirectoryEntry } from '../../../shared/contract'

/** A typed path split into the folder to list (with its separator) and the beginning of a name. */
export interface TypedPath {
  readonly folder: string
  readonly prefix: string
}

/** Separator of a path: that of the host's home folder decides for an empty path. */
export function separatorOf(path: string): '/' | '\\' {
  return path.includes('\\') && !path.includes('/') ? '\\' : '/'
}

/** Splits at the last separator: "/tmp/cap" is folder "/tmp/" and prefix "cap". */
export function splitPath(path: string): TypedPath {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return { folder: path.slice(0, at + 1), prefix: path.slice(at + 1) }
}

/** Joins a folder and a name with the folder's separator. */
export function joinPath(folder: string, name: string): string {
  const separator = separatorOf(folder)
  return folder.endsWith(separator) ? folder + name : `${folder}${separator}${name}`
}

/** Entries whose name begins with `prefix`; case only matters when the prefix has capitals. */
export function matchingEntries(entries: readonly DirectoryEntry[], prefix: string): readonly DirectoryEntry[] {
  if (prefix === '') return entries
  const exact = /[A-Z]/.test(prefix)
  const wanted = exact ? prefix : prefix.toLowerCase()
  return entries.filter((entry) => (exact ? entry.name : entry.name.toLowerCase()).startsWith(wanted))
}

/** The path that Tab completes `path` to: as far as all matches agree, a folder with its separator. The same path when nothing can be added. */
export function completePath(path: string, entries: readonly DirectoryEntry[]): string {
  const { folder, prefix } = splitPath(path)
  const matches = matchingEntries(entries, prefix)
  const first = matches[0]
  if (first === undefined) return path
  let common = first.name
  for (const { name } of matches) {
    let length = 0
    while (length < common.length && common[length]?.toLowerCase() === name[length]?.toLowerCase()) length++
    common = common.slice(0, length)
  }
  if (matches.length === 1) return folder + first.name + (first.kind === 'folder' ? separatorOf(folder) : '')
  return common.length > prefix.length ? folder + common : path
}
