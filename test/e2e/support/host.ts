// A real browser host for each spec: the built server with settings of its own, and the page opened on its URL.
import { test as base, expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chownSync, copyFileSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')
const LONG_AGO = new Date('2024-01-01T00:00:00Z')

/** A running host. `folder` is a scratch folder for the files of the spec (and the host's home), removed afterwards. */
export interface Host {
  readonly url: string
  readonly folder: string
  /** Copies a sample (name without extension) into the scratch folder and returns its path. */
  sample(name: string): string
  /** Ends the server, as a crash of the host would. */
  stop(): void
  /** Starts another server on the same settings; answers its address. */
  again(): Promise<string>
}

/** Makes a file look finished: one written a moment ago is taken for a capture that still grows. */
export function settle(file: string): string {
  utimesSync(file, LONG_AGO, LONG_AGO)
  return file
}

async function start(files: readonly string[], folder: string, user?: number): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [path.join(root, 'out/server/index.js'), '--no-open', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
    env: {
      ...process.env,
      XDG_CONFIG_HOME: path.join(folder, '.config'),
      XDG_CACHE_HOME: path.join(folder, '.cache'),
      XDG_STATE_HOME: path.join(folder, '.state'),
      HOME: folder,
      TZ: 'UTC',
    },
  })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString()
      const found = /http:\/\/\S+/.exec(text)
      if (found && text.includes('\n')) resolve(found[0])
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)} before it printed its address`))
    })
  })
  return { url, child }
}

/** Ends a host as a user would and waits until it is gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.on('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** Runs a host over `folder` for a while, for specs that need one for many tests or one after another on the same settings. `user` runs it as somebody
 *  else, which root may do; the folder becomes theirs. */
export async function withHost<T>(folder: string, files: readonly string[], use: (url: string) => Promise<T>, user?: number): Promise<T> {
  if (user !== undefined) chownSync(folder, user, user)
  const { url, child } = await start(files, folder, user)
  try {
    return await use(url)
  } finally {
    await end(child)
  }
}

/** Collects what must not happen on a page: uncaught errors and errors in the console. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(`console ${message.type()}: ${message.text()}`)
  })
  return errors
}

/** Playwright's test with a host and a page on it; a page error or a console error fails the test. `test.use({ files: [...] })` names samples
 *  to open at start. */
export const test = base.extend<{ files: string[]; host: Host; app: Page }>({
  files: [[], { option: true }],
  host: async ({ files }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-e2e-'))
    const sample = (name: string): string => {
      const target = path.join(folder, `${name}.pcapng`)
      copyFileSync(path.join(root, 'resources/samples', `${name}.pcapng`), target)
      return settle(target)
    }
    const { url, child } = await start(files.map(sample), folder)
    const later: ChildProcess[] = []
    try {
      await use({
        url,
        folder,
        sample,
        stop: () => {
          child.kill('SIGKILL')
        },
        async again() {
          const next = await start([], folder)
          later.push(next.child)
          return next.url
        },
      })
    } finally {
      for (const one of [child, ...later]) await end(one)
      rmSync(folder, { recursive: true, force: true })
    }
  },
  app: async ({ host, page }, use) => {
    const errors = watchErrors(page)
    await page.goto(host.url)
    // The shell stands: shortcuts work and files can be dropped.
    await page.getByRole('contentinfo').waitFor()
    await use(page)
    expect(errors, 'errors of the page').toEqual([])
  },
})
export { expect }
