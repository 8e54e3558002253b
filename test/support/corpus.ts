// Captures for tests: the shared corpus where it stands beside the project, and the samples that ship with it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

const root = path.resolve(import.meta.dirname, '../..')
const shared = path.resolve(root, '../shared')

/** Folder of the shared corpus, or undefined where it is absent. */
export const corpusFolder: string | undefined = existsSync(path.join(shared, 'corpus')) ? path.join(shared, 'corpus') : undefined

function walk(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name)
      return statSync(file).isDirectory() ? walk(file) : /\.(tsv|md|keylog|json)$/.test(name) ? [] : [file]
    })
}

/** Capture files: groups of the corpus (all when none is named) or, without a corpus, the samples. Paths are absolute. */
export function captureFiles(...groups: string[]): string[] {
  if (!corpusFolder) return walk(path.join(root, 'resources/samples'))
  return (groups.length ? groups.map((group) => path.join(corpusFolder, group)) : [corpusFolder]).flatMap(walk)
}

/** Bytes of a capture file, unpacked when it is gzip. */
export function captureBytes(file: string): Uint8Array {
  const bytes = readFileSync(file)
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new Uint8Array(bytes)
  try {
    return new Uint8Array(gunzipSync(bytes))
  } catch {
    return new Uint8Array(bytes) // a damaged gzip file is a case for the node adapters' own tests
  }
}
