// The interface on the fake engine: lists of any length, states that real files do not give at will, and accessibility of every screen.
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { expect, test } from './support/fake-page'

const LAST = 10_000_000
const list = (page: Page) => page.getByRole('grid', { name: 'Packet list' })
const selected = (page: Page) => list(page).locator('[role=row][aria-selected=true] [role=gridcell]').first()

test.describe('ten million packets', () => {
  test('every row is reached exactly, by keys, wheel and thumb', async ({ page, scene }) => {
    await scene('huge')
    await list(page).focus()
    await page.keyboard.press('Control+End')
    await expect(selected(page)).toHaveText(String(LAST))
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect(selected(page)).toHaveText(String(LAST - 2))
    await expect(page.getByRole('heading', { name: `Packet ${String(LAST - 2)}`, exact: true })).toBeVisible()
    await page.keyboard.press('Control+Home')
    await expect(selected(page)).toHaveText('1')

    // One row is 22 pixels, also where one pixel of the thumb is thousands of rows.
    await list(page).hover()
    await page.mouse.wheel(0, 22 * 100)
    const first = page.locator('.plist-rows [role=row] [role=gridcell]').first()
    await expect(first).toHaveText('101')

    const thumb = await page.getByRole('scrollbar', { name: 'Position in the list' }).boundingBox()
    if (thumb === null) throw new Error('no scroll bar')
    await page.mouse.move(thumb.x + 7, thumb.y + 4)
    await page.mouse.down()
    await page.mouse.move(thumb.x + 7, thumb.y + thumb.height + 50, { steps: 5 })
    await page.mouse.up()
    await expect(list(page).getByText(String(LAST), { exact: true })).toBeVisible()
    const tallest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('*')].map((element) => element.getBoundingClientRect().height)),
    )
    expect(tallest).toBeLessThan(10_100_000)
  })

  test('a packet is found by its number', async ({ page, scene }) => {
    await scene('huge')
    await page.keyboard.press('Control+K')
    await page.getByRole('combobox', { name: 'Command palette' }).fill('#7654321')
    await page.keyboard.press('Enter')
    await expect(selected(page)).toHaveText('7654321')
  })

  test('the list is usable while it is being read, and does not jump', async ({ page, scene }) => {
    await scene('indexing')
    await list(page).focus()
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowDown')
    await expect(selected(page)).toHaveText('6')
    const before = Number(await list(page).getAttribute('aria-rowcount'))
    await expect.poll(async () => Number(await list(page).getAttribute('aria-rowcount'))).toBeGreaterThan(before)
    await expect(selected(page)).toHaveText('6')
    await page.getByRole('button', { name: 'Stop reading' }).click()
    await expect(page.getByRole('contentinfo')).toContainText('Reading stopped')
  })
})

test.describe('states', () => {
  test('a damaged file says where, and stays usable', async ({ page, scene }) => {
    await scene('damaged')
    await expect(page.getByRole('alert')).toContainText('offset 0x1f40, after packet 423')
    await expect(list(page)).toBeFocused()
    await page.keyboard.press('End')
    await expect(selected(page)).toHaveText('423')
  })

  test('an empty capture and a filter without a match are told apart', async ({ page, scene }) => {
    await scene('empty')
    await expect(page.getByText('This capture has no packets')).toBeVisible()
    await scene('packets')
    await page.keyboard.press('/')
    await page.keyboard.type('tcp.flags.reset == 1')
    await page.keyboard.press('Enter')
    await expect(page.getByText('423 packets are hidden by tcp.flags.reset == 1.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear filter', exact: true }).click()
    await expect(page.getByRole('contentinfo')).toContainText('423 of 423')
  })

  test('a lost connection is said, with a way back', async ({ page, scene }) => {
    await scene('packets')
    await page.evaluate('closeChannel()')
    await expect(page.getByRole('alert')).toContainText('connection to the engine is lost')
    await page.getByRole('button', { name: 'Reconnect' }).click()
    await expect(page.getByRole('alert')).toBeHidden()
  })

  test('Wireshark’s colours are the rules’ own, and a mark shows on them', async ({ page, scene }) => {
    await scene('classic')
    const row = list(page).getByRole('row').filter({ hasText: 'GET /old' }).first()
    await expect(row).toHaveCSS('background-color', 'rgb(228, 255, 199)')
    await row.click()
    await page.keyboard.press('Control+M')
    await expect(page.getByRole('contentinfo')).toContainText('1 marked')
    await expect(row).toContainText('marked')
  })
})

test.describe('accessibility', () => {
  // Start screen, packets view, palette and dialogs are held against axe on the real host (accessibility.spec.ts).
  const SCREENS: readonly (readonly [name: string, scene: string, open: (page: Page) => Promise<void>])[] = [
    ['damaged file', 'damaged', async () => undefined],
    ['classic colours', 'classic', async () => undefined],
    [
      'explain panel',
      'packets',
      async (page) => {
        await page.keyboard.press('e')
      },
    ],
    [
      'find bar',
      'packets',
      async (page) => {
        await page.keyboard.press('Control+F')
      },
    ],
    [
      'context menu',
      'packets',
      async (page) => {
        await page.getByText('GET /old').first().click({ button: 'right' })
      },
    ],
    [
      'wrong filter',
      'packets',
      async (page) => {
        await page.keyboard.press('/')
        await page.keyboard.type('ip.addr == 10.88.0.8O')
      },
    ],
  ]
  const COLOURFUL: ReadonlySet<string> = new Set(['damaged file', 'classic colours', 'wrong filter'])
  for (const theme of ['dark', 'light']) {
    // Light differs in colours only, so the screens with the most colours are enough.
    for (const [name, scene, open] of theme === 'dark' ? SCREENS : SCREENS.filter(([name]) => COLOURFUL.has(name))) {
      test(`axe finds nothing serious: ${name}, ${theme}`, async ({ page, scene: show }) => {
        await show(scene, { theme })
        await open(page)
        expect(await serious(page)).toEqual([])
      })
    }
  }

  test('F6 goes through the panes, and the focus returns from a dialog', async ({ page, scene }) => {
    await scene('packets')
    await expect(list(page)).toBeFocused()
    const pane = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
    const seen: unknown[] = []
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('F6')
      seen.push(await pane())
    }
    expect(seen).toEqual(['details', 'bytes', 'title', 'rail'])
    await list(page).focus()
    await page.keyboard.press('Control+G')
    await page.keyboard.press('Escape')
    await expect(list(page)).toBeFocused()
  })
})
