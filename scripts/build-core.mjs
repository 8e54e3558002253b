// Compiles the index core (src/core, AssemblyScript) into src/engine/core/binary.ts: `npm run core`, after every change in src/core or
// src/engine/core/layout.ts. With --check nothing is written, and the exit status tells whether the file is that of the sources.
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import asc from 'assemblyscript/asc'

const ROOT = resolve(import.meta.dirname, '..')

/** The file that is written. */
const BINARY = resolve(ROOT, 'src/engine/core/binary.ts')

const OPTIONS = [
  ...['--runtime', 'stub', '-O3', '--noAssert', '--memoryBase', '65000'],
  // the engine brings the memory: 32 bits of addresses, shared
  ...['--enable', 'threads,bulk-memory', '--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
  // addresses have 32 bits in this program
  ...['--disableWarning', '201'],
]

/** Compiles the core. Throws an Error with the compiler's words where the sources are wrong. */
async function compile() {
  let binary
  const { error, stderr } = await asc.main(['src/core/index.ts', '--outFile', 'core.wasm', ...OPTIONS], {
    readFile: (name, base) => readFile(resolve(ROOT, base, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`${error?.message ?? 'nothing was compiled'}\n${stderr.toString()}`)
  const lines = Buffer.from(binary)
    .toString('base64')
    .match(/.{1,140}/g)
  return `// The index core, compiled from src/core by \`npm run core\`: base 64 of WebAssembly.\nexport const CORE_BINARY = \`\n${lines.join('\n')}\n\`\n`
}

const text = await compile()
if (!process.argv.includes('--check')) await writeFile(BINARY, text)
else if ((await readFile(BINARY, 'utf8')) !== text) {
  process.stderr.write('src/engine/core/binary.ts is not what src/core compiles to: npm run core\n')
  process.exitCode = 1
}
