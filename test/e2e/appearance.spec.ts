// Theme, language, layout, time format, colours and the overview: each changes at once and is kept.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test, withHost } from './support/host'
import {
  bytesPane,
  cellText,
  chooseMenu,
  details,
  detailRow,
  expectCount,
  expectLoaded,
  expectSelected,
  filterBox,
  goToPacket,
  packetList,
  packetRow,
  runCommand,
} from './support/packets'

const PACKETS = 406

test.describe('with a capture', () => {
  test.use({ files: ['page-load'] })

  test.beforeEach(async ({ app }) => {
    await expectLoaded(app, PACKETS)
  })

  test('the theme is chosen and stays after a reload', async ({ app }) => {
    await app.emulateMedia({ colorScheme: 'light' })
    await expect(app.locator('html')).toHaveAttribute('data-theme', 'light')
    await app.getByRole('button', { name: /^Theme/ }).click()
    await chooseMenu(app, 'Dark')
    await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark')
    await expect.poll(() => background(app)).toBe('rgb(16, 19, 23)')
    await app.reload()
    await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark')
  })

  test('the theme of the system is followed', async ({ app }) => {
    await app.emulateMedia({ colorScheme: 'dark' })
    await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark')
    await app.emulateMedia({ colorScheme: 'light' })
    await expect(app.locator('html')).toHaveAttribute('data-theme', 'light')
  })

  test('the language is chosen and stays after a reload; packet texts keep theirs', async ({ app }) => {
    await app.getByRole('button', { name: /^Language/ }).click()
    await chooseMenu(app, '简体中文')
    await expect(app.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await expect(app.getByRole('grid', { name: '数据包列表' })).toBeVisible()
    await expect(app.getByRole('contentinfo')).toContainText('数据包 406 / 406')
    await app.reload()
    await expect(app.getByRole('grid', { name: '数据包列表' })).toContainText('Who has 10.77.0.53? Tell 10.77.0.1')
    await expect(app.getByRole('tree', { name: '数据包详情' })).toContainText('Address Resolution Protocol')
  })

  test('details and bytes stand below, beside or in rows', async ({ app }) => {
    const place = async (): Promise<{ beside: boolean; bytesBeside: boolean }> => {
      const [list, tree, bytes] = await Promise.all([packetList(app), details(app), bytesPane(app)].map((pane) => pane.boundingBox()))
      if (!list || !tree || !bytes) throw new Error('a pane is not on screen')
      return { beside: tree.x >= list.x + list.width, bytesBeside: bytes.x >= tree.x + tree.width }
    }
    expect(await place()).toEqual({ beside: false, bytesBeside: true })
    await app.getByRole('radio', { name: 'Details and bytes beside' }).click()
    await expect.poll(place).toEqual({ beside: true, bytesBeside: false })
    await app.getByRole('radio', { name: 'Three rows' }).click()
    await expect.poll(place).toEqual({ beside: false, bytesBeside: false })
    await app.reload()
    await expect(app.getByRole('radio', { name: 'Three rows' })).toBeChecked()
    await expect.poll(place).toEqual({ beside: false, bytesBeside: false })
  })

  test('a border between panes moves with pointer and keys', async ({ app }) => {
    const border = app.getByRole('separator', { name: 'Height of details and bytes' })
    const height = async (): Promise<number> => (await details(app).boundingBox())?.height ?? 0
    const before = await height()
    const box = await border.boundingBox()
    if (box === null) throw new Error('no border')
    await app.mouse.move(box.x + 200, box.y + box.height / 2)
    await app.mouse.down()
    await app.mouse.move(box.x + 200, box.y - 60, { steps: 3 })
    await app.mouse.up()
    await expect.poll(height).toBeGreaterThan(before + 50)
    await border.focus()
    await app.keyboard.press('Enter')
    await expect.poll(height).toBe(before)
    await app.keyboard.press('ArrowUp')
    await expect.poll(height).toBe(before + 16)
  })

  test('time formats print what tshark prints for them', async ({ app }) => {
    // -t r, d, u, ud and e of tshark 4.0.17 for packet 34.
    const formats: readonly (readonly [name: string, text: string])[] = [
      ['Since previous captured', '0.000002'],
      ['UTC time of day', '07:38:41.593496'],
      ['UTC date and time', '2026-11-22 07:38:41.593496'],
      ['Seconds since 1970', '1795333121.593496'],
      ['Relative', '0.212682'],
    ]
    await goToPacket(app, 34)
    for (const [name, text] of formats) {
      await app.getByRole('button', { name: /^Time format/ }).click()
      await chooseMenu(app, name)
      await expect.poll(() => cellText(app, 34, 'Time')).toContain(text)
    }
    await app.getByRole('button', { name: /^Time format/ }).click()
    await chooseMenu(app, 'Digits', '3 digits')
    await expect.poll(() => cellText(app, 34, 'Time')).toBe('0.212')
  })

  test('Wireshark’s colour rules colour the rows, and are kept', async ({ app }) => {
    await runCommand(app, 'Colour rules')
    const dialog = app.getByRole('dialog', { name: 'Colour rules' })
    await dialog.getByRole('radio', { name: 'Wireshark classic' }).click()
    await expect(dialog.getByText('Bad TCP', { exact: true })).toBeVisible()
    await app.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    // Rules "HTTP" (first match wins over "TCP SYN/FIN"), "ARP" and "TCP SYN/FIN" of Wireshark's colorfilters.
    await goToPacket(app, 35)
    await expect(packetRow(app, 34)).toHaveCSS('background-color', 'rgb(228, 255, 199)')
    await expect(packetRow(app, 32)).toHaveCSS('background-color', 'rgb(250, 240, 215)')
    await goToPacket(app, 208)
    await expect(packetRow(app, 207)).toHaveCSS('background-color', 'rgb(160, 160, 160)')
    await app.reload()
    await expectLoaded(app, PACKETS)
    await expect(packetRow(app, 2)).toHaveCSS('background-color', 'rgb(250, 240, 215)')
  })

  test('E explains the selected field, in the chosen language', async ({ app }) => {
    await goToPacket(app, 34)
    await detailRow(app, 'Window: ').click()
    await app.keyboard.press('e')
    const panel = app.locator('[data-pane=inspector]')
    await expect(panel).toContainText('tcp.window_size_value')
    await app.getByRole('button', { name: /^Language/ }).click()
    await chooseMenu(app, '简体中文')
    await expect(panel).toContainText(/[一-鿿]{4}/)
    await details(app)
      .or(app.getByRole('tree', { name: '数据包详情' }))
      .focus()
    await app.keyboard.press('e')
    await expect(panel).toBeHidden()
  })

  test('the overview is brushed by keyboard into a filter', async ({ app }) => {
    await app.getByRole('button', { name: 'Time range' }).focus()
    await app.keyboard.press('Enter')
    const start = app.getByRole('slider', { name: 'Start of the range' })
    await expect(start).toBeFocused()
    await app.keyboard.press('Home')
    await app.keyboard.press('Tab')
    await expect(app.getByRole('slider', { name: 'End of the range' })).toBeFocused()
    await app.keyboard.press('Shift+ArrowLeft')
    await app.keyboard.press('Enter')
    await expect(filterBox(app)).toHaveValue(/frame\.time_relative/)
    // Everything but the two ARP packets at the very end.
    await expectCount(app, PACKETS - 2)
  })

  test('a click in the overview goes to that time', async ({ app }) => {
    // The bars have been read.
    await expect(app.getByRole('button', { name: 'Time range' })).toBeAttached()
    const strip = await app.getByRole('region', { name: 'Capture over time' }).boundingBox()
    if (strip === null) throw new Error('no overview')
    // The strip may still be drawn anew at its final width, which takes no click.
    await expect(async () => {
      await app.mouse.click(strip.x + strip.width * 0.8, strip.y + 40)
      await expect(app.getByRole('contentinfo')).toContainText('Selected 405', { timeout: 1000 })
    }).toPass()
    await expectSelected(app, 405)
  })

  test('names from the capture’s own answers replace addresses', async ({ app }) => {
    await goToPacket(app, 37)
    await runCommand(app, 'Resolve names')
    await expect.poll(() => cellText(app, 37, 'Destination')).not.toBe('10.88.0.80')
    await expect.poll(() => cellText(app, 37, 'Destination')).toContain('example.test')
  })
})

test('settings outlive the host', async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-e2e-'))
  try {
    await withHost(folder, [], async (url) => {
      await page.goto(url)
      await page.getByRole('button', { name: /^Theme/ }).click()
      await chooseMenu(page, 'Light')
      await page.getByRole('button', { name: /^Language/ }).click()
      await chooseMenu(page, '简体中文')
      await expect(page.getByRole('heading', { name: '开始捕获' })).toBeVisible()
      // Another page of the host has them too.
      await page.reload()
      await expect(page.getByRole('heading', { name: '开始捕获' })).toBeVisible()
    })
    await withHost(folder, [], async (url) => {
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.goto(url)
      await expect(page.getByRole('heading', { name: '开始捕获' })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function background(page: Page): Promise<string> {
  return page.locator('body').evaluate((body) => {
    const rows = body.querySelector('main')
    return getComputedStyle(rows ?? body).backgroundColor
  })
}
