// The engine runs in an empty global object: no Node, no DOM, no Electron, not even console or setTimeout.
// What it needs of the outside it gets through ports, so one bundle serves every host.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createContext, Script } from 'node:vm'
import { build } from 'vite'
import { describe, expect, test } from 'vitest'

const ENTRY = resolve(import.meta.dirname, '../../src/engine/service/index.ts')

/** The engine as one script whose exports are the value of the global `engine`. */
async function bundleEngine(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      modulePreload: false,
      lib: { entry: ENTRY, formats: ['iife'], name: 'engine', fileName: 'engine' },
    },
  })
  const first = Array.isArray(result) ? result[0] : result
  if (first === undefined || !('output' in first)) throw new Error('the bundler returned no output')
  return first.output[0].code
}

describe('engine purity', () => {
  test('the engine loads in a global object that has only what ECMAScript defines', async (context) => {
    context.skip(!existsSync(ENTRY), 'src/engine/service/index.ts does not exist yet')
    const code = await bundleEngine()
    // A fresh realm: its global object has the ECMAScript built-ins and nothing of Node.
    const realm = createContext({}, { codeGeneration: { strings: false, wasm: false } })
    new Script(`${code}\n;globalThis.engineExports = Object.keys(engine).length`, {
      filename: 'engine.js',
    }).runInContext(realm, { timeout: 30_000 })
    expect(realm['engineExports']).toBeGreaterThan(0)
  })
})
