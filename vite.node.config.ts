import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

// The two hosts that run on plain Node: `--mode cli` -> out/cli, `--mode server` -> out/server, and the capture helper beside them: `--mode helper`
// -> out/helper. Every dependency is bundled but the helper's native ones (koffi, and cap where it was built). index.ts is the entry; every top-level *-worker.ts beside it becomes a file of its own, to be started
// with `new Worker(new URL('./<name>-worker.js', import.meta.url))`.
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
    plugins: [executable(resolve(outDir, 'index.js'))],
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
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
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

/** Gives the host's index.js a shebang line and the executable bit. */
function executable(file: string): Plugin {
  return {
    name: 'wireglass:executable',
    generateBundle(_options, bundle) {
      const entry = bundle['index.js']
      if (entry?.type === 'chunk' && !entry.code.startsWith('#!')) entry.code = SHEBANG + entry.code
    },
    writeBundle() {
      if (existsSync(file)) chmodSync(file, 0o755)
    },
  }
}
