// The sample captures that ship with the program.
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SampleInfo } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import { looksLikeCapture } from './directory-listing'

/** Sample captures of a folder; their ids are their file names without extension. */
export interface Samples {
  /** `packets` is 0 here: the engine counts them. */
  readonly list: () => Promise<SampleInfo[]>
  /** Path and name of a sample. Throws TraceError when there is none with that id. */
  readonly find: (id: string) => Promise<{ readonly path: string; readonly name: string }>
}

/** Samples in `folder`; a missing folder holds none. */
export function createSamples(folder: string): Samples {
  const list = async (): Promise<SampleInfo[]> => {
    const names = (await readdir(folder).catch((): string[] => [])).filter(looksLikeCapture).sort()
    const samples: SampleInfo[] = []
    for (const name of names) {
      const found = await stat(join(folder, name)).catch(() => undefined)
      if (found?.isFile() === true) samples.push({ id: name.replace(/\..*$/, ''), file: name, size: found.size, packets: 0 })
    }
    return samples
  }
  return {
    list,
    async find(id) {
      // An id is looked up among the samples, never joined to a path.
      const sample = (await list()).find((one) => one.id === id)
      if (sample === undefined) throw new TraceError('io/not-found', `There is no sample "${id}".`)
      return { path: join(folder, sample.file), name: sample.file }
    },
  }
}

/** The folder resources/samples above a built or source file, wherever the program is installed; '' when there is none. */
export function findSamplesFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources', 'samples')
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder) return ''
  }
}
