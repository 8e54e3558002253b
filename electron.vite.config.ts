import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// The desktop host and the renderer. The browser host serves the very same out/renderer (see vite.node.config.ts for cli and server).
// Nothing is left external but Electron and Node built-ins: the packed application carries no node_modules.
// Output folders are not emptied, so that a running instance keeps its files; scripts/build.mjs removes what a build did not write.
const root = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      minify: false,
      emptyOutDir: false,
      outDir: resolve(root, 'out/main'),
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          'engine-process': resolve(root, 'src/main/engine-process/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      minify: false,
      emptyOutDir: false,
      outDir: resolve(root, 'out/preload'),
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        // A sandboxed preload script must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    base: './',
    plugins: [react()],
    build: {
      emptyOutDir: false,
      outDir: resolve(root, 'out/renderer'),
      // The page's Content-Security-Policy allows no inline data but images: fonts and scripts are always files.
      assetsInlineLimit: 0,
      minify: true,
      // The browser host opens in whatever browser the user has, so not only Electron's Chromium.
      target: 'es2023',
      cssTarget: ['chrome120', 'firefox121', 'safari17'],
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
})
