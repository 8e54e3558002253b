// File names are kebab-case everywhere (disks that ignore case would otherwise merge or lose files).
import { readdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/
const DUMPING_GROUND = /^(utils?|helpers?|types?|misc|common)\.tsx?$/

function sources(folder: string): string[] {
  return readdirSync(resolve(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css)$/.test(entry.name))
    .map((entry) => resolve(entry.parentPath, entry.name))
}

test.each(['src', 'test', 'scripts'])('every file name in %s is kebab-case', (folder) => {
  expect(sources(folder).filter((path) => !KEBAB.test(basename(path)))).toEqual([])
})

test('no file is a dumping ground', () => {
  expect(sources('src').filter((path) => DUMPING_GROUND.test(basename(path)))).toEqual([])
})
