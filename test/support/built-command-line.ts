// The command line as it is installed: built, in a process of its own, with the capture helper beside it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'
import { helperScript } from './live-engine'

/** Builds it into a folder; answers the script to run with Node. */
export async function buildCommandLine(folder: string): Promise<string> {
  mkdirSync(join(folder, 'out'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(dirname(helperScript()), join(folder, 'out/helper'))
  const configFile = resolve(import.meta.dirname, '../../vite.node.config.ts')
  await build({ configFile, mode: 'cli', logLevel: 'error', build: { outDir: join(folder, 'out/cli') } })
  return join(folder, 'out/cli/index.js')
}
