// A real browser host for each spec: the built server with settings of its own, and the page opened on its URL.
import { test as base, expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')

/** A running host. `folder` is a scratch folder for the files of the spec, removed afterwards. */
export interface Host {
  readonly url: string
  readonly folder: string
  /** Copies a sample (name without extension) into the scratch folder and returns its path. */
  sample(name: string): string
  /** Ends the server, as a crash of the host would. */
  stop(): void
}

async function start(files: readonly string[], folder: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [path.join(root, 'out/server/index.js'), '--no-open', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CONFIG_HOME: path.join(folder, '.config'), XDG_CACHE_HOME: path.join(folder, '.cache'), HOME: folder, TZ: 'UTC' },
  })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString()
      const found = /http:\/\/\S+/.exec(text)
      if (found && text.includes('\n')) resolve(found[0])
    })
    child.on('exit', (code) => { reject(new Error(`the server ended with ${String(code)} before it printed its address`)) })
  })
  return { url, child }
}

/** Playwright's test with a host and a page on it. `test.use({ files: [...] })` names samples to open at start. */
export const test = base.extend<{ files: string[]; host: Host; app: Page }>({
  files: [[], { option: true }],
  host: async ({ files }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-e2e-'))
    const sample = (name: string) => {
      const target = path.join(folder, `${name}.pcapng`)
      copyFileSync(path.join(root, 'resources/samples', `${name}.pcapng`), target)
      return target
    }
    const { url, child } = await start(files.map(sample), folder)
    const stop = () => { child.kill('SIGKILL') }
    await use({ url, folder, sample, stop })
    stop()
    rmSync(folder, { recursive: true, force: true })
  },
  app: async ({ host, page }, use) => {
    await page.goto(host.url)
    await use(page)
  },
})
export { expect }
