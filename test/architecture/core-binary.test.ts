// The compiled index core that the engine carries is the one of its sources.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

test('src/engine/core/binary.ts is what npm run core makes of src/core', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build-core.mjs', '--check'], { cwd: ROOT, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
}, 60_000)
