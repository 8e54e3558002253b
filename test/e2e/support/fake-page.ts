// The interface on the fake engine (test/support/fake-engine), built once a run and served on the loopback: for what no real capture gives
// cheaply, such as ten million packets or a connection that breaks at the right moment.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, resolve } from 'node:path'
import { test as base } from '@playwright/test'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../../..')
const OUT = resolve(ROOT, 'node_modules/.cache/fake-engine-page')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** `scene('huge', { theme: 'light' })` opens the page with a scene of the fake engine and waits for the window. */
export const test = base.extend<
  { readonly scene: (name: string, settings?: Readonly<Record<string, string>>) => Promise<void> },
  { readonly fakePage: string }
>({
  fakePage: [
    async ({}, use) => {
      await build({ configFile: resolve(ROOT, 'test/support/fake-engine/vite.config.ts'), logLevel: 'error' })
      const server = createServer((request, response) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname
        const file = resolve(OUT, `.${path === '/' ? '/index.html' : path}`)
        readFile(file.startsWith(OUT) ? file : OUT).then(
          (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes),
          () => response.writeHead(404).end(),
        )
      })
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`)
      server.close()
      server.closeAllConnections()
    },
    { scope: 'worker' },
  ],
  scene: async ({ page, fakePage }, use) => {
    await use(async (name, settings = {}) => {
      await page.goto(`${fakePage}/?${new URLSearchParams({ scene: name, ...settings }).toString()}`)
      await page.locator('.app').waitFor()
    })
  },
})

export { expect } from '@playwright/test'
