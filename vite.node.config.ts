import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

// The two hosts that run on plain Node: `--mode cli` -> out/cli, `--mode server` -> out/server, and the capture helper beside them: `--mode helper`
// -> out/helper. Every dependency is bundled but the helper's native ones (koffi, and cap where it was built). index.ts is the entry; every top-level *-worker.ts beside it becomes a file of its own, to be started
// with `new Worker(new URL('./<name>-worker.js', import.meta.url))`. The terminal is a script instead, out/cli/program.script, so that its bytecode can
// be kept: scripts/cli-launcher.cjs, copied to out/cli/index.js, runs it.
const root = import.meta.dirname
const SHEBANG = '#!/usr/bin/env node\n'

export default defineConfig(({ mode }) => {
  const host = mode === 'server' || mode === 'helper' ? mode : 'cli'
  const source = resolve(root, 'src', host === 'helper' ? 'node/capture-helper' : host)
  const outDir = resolve(root, 'out', host)
  return {
    root,
    publicDir: false,
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify(version()) },
    plugins: [host === 'cli' ? launched() : executable()],
    ssr: { noExternal: true, external: ['koffi'], target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: entries(source),
        output:
          host === 'cli'
            ? {
                format: 'cjs',
                entryFileNames: ({ name }) => (name === 'index' ? 'program.script' : '[name].cjs'),
                chunkFileNames: 'chunks/[name].cjs',
              }
            : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  }
})

/** Version of package.json, put into the bundles in place of __APP_VERSION__. */
function version(): string {
  const file: unknown = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))
  return typeof file === 'object' && file !== null && 'version' in file ? String(file.version) : ''
}

/** The entries of a host: name of the output file (without .js) -> source file. */
function entries(folder: string): Record<string, string> {
  const input: Record<string, string> = { index: resolve(folder, 'index.ts') }
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (file.endsWith('-worker.ts')) input[file.slice(0, -'.ts'.length)] = resolve(folder, file)
  }
  return input
}

/** Makes the program a function expression in ASCII alone, and puts launcher and bytecode beside it. */
function launched(): Plugin {
  let outDir = ''
  return {
    name: 'wireglass:launched',
    configResolved(config) {
      outDir = resolve(root, config.build.outDir)
    },
    buildStart() {
      // bytecode of another text must not outlive it
      rmSync(resolve(outDir, 'program.script.cache'), { force: true })
    },
    renderChunk(code, chunk) {
      return chunk.fileName === 'program.script' ? requiredLate(code) : undefined
    },
    generateBundle(_options, bundle) {
      const entry = bundle['program.script']
      if (entry?.type !== 'chunk') return
      const code = entry.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      entry.code = `(function (exports, require, module, __filename, __dirname) {${code}\n})`
    },
    writeBundle() {
      const launcher = resolve(outDir, 'index.js'),
        program = resolve(outDir, 'program.script')
      writeFileSync(launcher, readFileSync(resolve(root, 'scripts/cli-launcher.cjs')))
      chmodSync(launcher, 0o755)
      writeFileSync(resolve(outDir, 'package.json'), '{ "type": "commonjs" }\n')
      execFileSync(process.execPath, [resolve(root, 'scripts/code-cache.mjs'), program], { stdio: ['ignore', 'ignore', 'inherit'] })
    },
  }
}

/** Modules of Node that few runs need; together they take as long to load as a small capture to read. */
const SELDOM = ['node:child_process', 'node:crypto', 'node:readline', 'node:timers/promises', 'node:zlib']

/** The program with the modules that few runs need loaded where they are first used. */
function requiredLate(code: string): string {
  const late: string[] = []
  const declared = code.replaceAll(/^let (\w+) = require\("([^"]+)"\);$/gm, (line, name: string, module: string) => {
    const uses = code.split(new RegExp(`\\b${name}\\b`)).slice(2)
    if (!SELDOM.includes(module) || !uses.every((after) => after.startsWith('.')) || code.includes(`new ${name}.`)) return line
    late.push(name)
    return `let ${name}$;const ${name} = () => ${name}$ ??= require("${module}");`
  })
  return late.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}().`), declared)
}

/** Gives the host's index.js a shebang line and the executable bit. */
function executable(): Plugin {
  let file = ''
  return {
    name: 'wireglass:executable',
    configResolved(config) {
      file = resolve(root, config.build.outDir, 'index.js')
    },
    generateBundle(_options, bundle) {
      const entry = bundle['index.js']
      if (entry?.type === 'chunk' && !entry.code.startsWith('#!')) entry.code = SHEBANG + entry.code
    },
    writeBundle() {
      if (existsSync(file)) chmodSync(file, 0o755)
    },
  }
}
