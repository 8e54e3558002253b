// The permission doctor, as an ordinary user meets it: the host runs as nobody, who may not capture; and the pages of live capture for assistive
// technology, in both themes and languages and at both widths of the design.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { sendDatagrams } from '../support/live-engine'
import { serious } from './support/axe'
import { expect, test, withHost } from './support/host'
import { expectCount, expectLoaded, runCommand } from './support/packets'

test.skip(
  process.getuid?.() !== 0 || process.platform !== 'linux',
  'running a host as somebody else, and capturing on the loopback, needs root',
)

const NOBODY = 65_534
const LOOKS = (['dark', 'light'] as const).flatMap((scheme) =>
  (['en', 'zh'] as const).flatMap((language) => [1440, 1024].map((width) => ({ scheme, language, width }))),
)

async function asNobody(use: (url: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-nobody-'))
  try {
    await withHost(folder, [], use, NOBODY)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function dress(page: Page, { scheme, language, width }: (typeof LOOKS)[number]): Promise<void> {
  await page.setViewportSize({ width, height: width === 1440 ? 900 : 768 })
  await page.emulateMedia({ colorScheme: scheme })
  if (language === 'zh') await runCommand(page, 'Language: 简体中文')
}

/** Elements of a part of the page that reach out of it at the right. */
const reachingOut = (page: Page, part: string): Promise<string[]> =>
  page.locator(part).evaluate((element) => {
    const { right } = element.getBoundingClientRect()
    return [...element.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > right + 0.5).map((one) => one.className)
  })

test('says what is missing and how to get it; the commands can be copied, and files open all the same', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await asNobody(async (url) => {
    await page.goto(url)
    await expect(page.getByRole('status').filter({ hasText: 'Recording needs permission on this computer' })).toBeVisible()
    const doctor = page.locator('.start-card.warn')
    await expect(doctor).toContainText('sudo setcap cap_net_raw,cap_net_admin+ep /usr/local/lib/wireglass/wireglass-capture')
    await expect(doctor).toContainText('sudo usermod --append --groups wireglass nobody')
    await doctor.getByRole('button', { name: 'Copy all' }).last().click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /libpcap [\d.]+: not permitted\n {2}You do not have permission to capture on lo/,
    )
    await doctor.getByText('In the system’s own words').first().click()
    await expect(doctor).toContainText('Operation not permitted')
    await doctor.getByRole('button', { name: 'Test again' }).click()
    await expect(doctor.getByRole('button', { name: 'Test again' })).toBeEnabled()
    await expect(doctor).toBeVisible()

    // Trying all the same says why it fails.
    await page.getByRole('checkbox', { name: 'lo', exact: true }).check()
    await page.getByRole('button', { name: /^Start on lo/ }).click()
    await expect(page.getByText('You may not capture on this interface.').first()).toBeVisible()
    await page.getByRole('button', { name: /^page-load.pcapng/ }).click()
    await expectLoaded(page, 406)
    await runCommand(page, 'Permission to capture')
    await expect(page.getByRole('dialog', { name: 'Permission to capture' })).toContainText('sudo setcap')
  })
})

for (const look of LOOKS) {
  test(`the doctor can be read by everybody (${look.scheme}, ${look.language}, ${String(look.width)})`, async ({ page }) => {
    await asNobody(async (url) => {
      await page.goto(url)
      await page.locator('.start-card.warn').waitFor()
      await dress(page, look)
      for (const more of await page.locator('.findings summary').all()) await more.click()
      expect(await reachingOut(page, '.start-card.warn')).toEqual([])
      expect(await serious(page)).toEqual([])
    })
  })
}

for (const look of LOOKS.filter(({ width, language }) => (width === 1024) === (language === 'zh'))) {
  test(`a running capture can be read by everybody (${look.scheme}, ${look.language}, ${String(look.width)})`, async ({ app }) => {
    await app.getByRole('checkbox', { name: 'lo', exact: true }).check()
    await app.getByRole('textbox', { name: 'Capture filter' }).fill('udp port 46690')
    await dress(app, look)
    expect(await reachingOut(app, '.start-main')).toEqual([])
    await app.keyboard.press('Control+e')
    await expect(app.getByRole('contentinfo')).toContainText(look.language === 'en' ? 'Capturing on lo' : '正在 lo 上捕获')
    await expect(app.getByRole('contentinfo')).toContainText(look.language === 'en' ? 'dropped 0' : '丢包 0')
    expect(await serious(app)).toEqual([])
    await sendDatagrams(46_690, 50)
    if (look.language === 'en') await expectCount(app, 50)
    else await expect(app.getByRole('contentinfo')).toContainText(/50\s*\/\s*50/)
    expect(await serious(app)).toEqual([])
  })
}
