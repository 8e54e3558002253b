// The main path in the desktop application. Where Electron's binary cannot be fetched these tests skip, and say so.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { settle } from './support/host'
import {
  cellText,
  detailRow,
  expectLoaded,
  expectSelected,
  goToPacket,
  markedBytes,
  packetList,
  packetRow,
  runCommand,
} from './support/packets'

const root = path.resolve(import.meta.dirname, '../..')

/** Electron's binary, or why there is none. */
const electron: { readonly binary?: string; readonly reason: string } = (() => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const name = path.join(folder, 'path.txt')
  if (!existsSync(name)) return { reason: 'Electron’s binary is not installed (its download is not reachable here)' }
  const binary = path.join(folder, 'dist', readFileSync(name, 'utf8').trim())
  if (!existsSync(binary)) return { reason: 'Electron’s binary is not installed (its download is not reachable here)' }
  const display = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined
  return display ? { binary, reason: '' } : { reason: 'there is no display for Electron' }
})()

const test = base.extend<{ window: Page }>({
  window: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-e2e-'))
      const file = path.join(folder, 'page-load.pcapng')
      copyFileSync(path.join(root, 'resources/samples/page-load.pcapng'), file)
      const application = await _electron.launch({
        ...(electron.binary === undefined ? {} : { executablePath: electron.binary }),
        args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, settle(file)],
        env: { ...process.env, XDG_CONFIG_HOME: path.join(folder, '.config'), HOME: folder, TZ: 'UTC' },
      })
      try {
        await use(await application.firstWindow())
      } finally {
        await application.close()
        rmSync(folder, { recursive: true, force: true })
      }
    },
    { timeout: 30_000 },
  ],
})

test.describe('the desktop application', () => {
  test.skip(electron.binary === undefined, electron.reason)

  test('opens the file of its argument, and list, details and bytes agree', async ({ window }) => {
    await expectLoaded(window, 406)
    await packetList(window).press('End')
    await expectSelected(window, 406)
    await goToPacket(window, 37)
    await detailRow(window, /^Host: /).click()
    expect(await markedBytes(window)).toMatch(/^48 6f 73 74 3a 20/)
    expect(await cellText(window, 37, 'Info')).toContain('GET /old')
  })

  test('marks, comments and switches theme and language', async ({ window }) => {
    await expectLoaded(window, 406)
    await goToPacket(window, 37)
    await window.keyboard.press('Control+m')
    await expect(packetRow(window, 37)).toContainText('marked')
    await window.keyboard.press('Control+Alt+c')
    await window.getByRole('textbox', { name: 'Comment 1' }).fill('on the desktop')
    await window.keyboard.press('Control+Enter')
    await expect(packetRow(window, 37)).toContainText('has a comment')
    await runCommand(window, 'Theme: dark')
    await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
    await runCommand(window, 'Language: 简体中文')
    await expect(window.getByRole('contentinfo')).toContainText('数据包 406 / 406')
  })

  test('the page has neither Node nor the open web', async ({ window }) => {
    expect(await window.evaluate(() => ['process', 'require', 'module', 'global'].filter((name) => name in globalThis))).toEqual([])
    expect(await window.evaluate(() => location.protocol)).not.toMatch(/^(file|https?):$/)
    expect(await window.evaluate(() => globalThis.open('https://example.org/'))).toBeNull()
  })
})
