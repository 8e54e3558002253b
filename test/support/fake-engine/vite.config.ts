import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Serves or builds the interface on the fake engine: `npx vite --config test/support/fake-engine/vite.config.ts`. Test code only.
const root = import.meta.dirname

export default defineConfig({
  root,
  base: './',
  cacheDir: resolve(root, '../../../node_modules/.cache/vite-fake-engine'),
  plugins: [react()],
  server: { port: 5199, strictPort: true, fs: { allow: [resolve(root, '../../..')] } },
  build: {
    outDir: resolve(root, '../../../node_modules/.cache/fake-engine-page'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'chrome120',
  },
})
