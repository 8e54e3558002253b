// The main path of a user without a mouse: open, read, filter, annotate, save, open again, switch theme and language.
import type { Page } from '@playwright/test'
import { expect, settle, test } from './support/host'
import {
  cellText,
  details,
  detailRow,
  expectCount,
  expectLoaded,
  expectSelected,
  expectShown,
  filterBox,
  markedBytes,
  packetList,
  runCommand,
} from './support/packets'
import { comment, openPath, saveAs } from './support/tasks'

test('a capture is opened, read, commented, saved and opened again', async ({ app, host }) => {
  await openPath(app, host.sample('page-load'))
  await expectLoaded(app, 406)
  await expectShown(app, 1)
  await expect(packetList(app)).toBeFocused()

  // To the end and to the first request.
  await app.keyboard.press('End')
  await expectSelected(app, 406)
  await app.keyboard.press('Control+f')
  await app.keyboard.type('GET /old')
  await app.keyboard.press('Enter')
  await expectSelected(app, 37)
  await app.keyboard.press('Escape')
  await expect(packetList(app)).toBeFocused()

  // Into the details: the field and its bytes.
  await app.keyboard.press('Enter')
  await expect(details(app)).toBeFocused()
  await app.keyboard.press('End')
  await app.keyboard.press('Home')
  for (let step = 0; step < 5; step++) await app.keyboard.press('ArrowDown')
  await app.keyboard.press('ArrowDown')
  await expect(detailRow(app, 'Host: www.example.test')).toHaveAttribute('aria-selected', 'true')
  expect(await markedBytes(app)).toMatch(/^48 6f 73 74 3a 20/)

  // As a column, from the context menu.
  await app.keyboard.press('Shift+F10')
  await app.keyboard.type('Add')
  await app.keyboard.press('Enter')
  await expect.poll(() => cellText(app, 37, 'http.host')).toBe('www.example.test')

  // Filter, mark, comment, save.
  await app.keyboard.press('Control+/')
  await expect(filterBox(app)).toBeFocused()
  await app.keyboard.type('http.host')
  await app.keyboard.press('Enter')
  await expectCount(app, 37)
  await expect(app.locator('.filter')).toContainText('37 match')
  await app.keyboard.press('Escape')
  await expect(packetList(app)).toBeFocused()
  await app.keyboard.press('Control+m')
  await expect(app.getByRole('contentinfo')).toContainText('1 marked')
  await comment(app, 37, 'by keyboard')
  await saveAs(app, `${host.folder}/keys.pcapng`, {})
  settle(`${host.folder}/keys.pcapng`)

  // Close (only a part was saved, so it asks), open again, read the comment.
  await app.keyboard.press('Alt+w')
  await expect(app.getByRole('dialog', { name: 'Save before closing?' })).toBeVisible()
  await app.keyboard.press('Shift+Tab')
  await app.keyboard.press('Shift+Tab')
  await expect(app.getByRole('button', { name: 'Discard' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
  await openPath(app, `${host.folder}/keys.pcapng`)
  await expectLoaded(app, 37)
  await app.keyboard.press('Control+Home')
  await app.keyboard.press('Control+Alt+c')
  await expect(app.getByRole('textbox', { name: 'Comment 1' })).toHaveValue('by keyboard')
  await app.keyboard.press('Escape')

  await runCommand(app, 'Theme: dark')
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark')
  await runCommand(app, 'Language: 简体中文')
  await expect(app.getByRole('contentinfo')).toContainText('数据包 37 / 37')
})

test.describe('in the packets view', () => {
  test.use({ files: ['page-load'] })

  test.beforeEach(async ({ app }) => {
    await expectLoaded(app, 406)
    await expectShown(app, 1)
  })

  test('F6 goes round all panes, Shift+F6 back', async ({ app }) => {
    // a pane is there for the keys once something is drawn in it
    await expect(app.getByRole('region', { name: 'Capture over time' }).locator('canvas')).toBeVisible()
    await packetList(app).focus()
    const seen: string[] = []
    for (let step = 0; step < 8; step++) {
      await app.keyboard.press('F6')
      seen.push(await focusedPane(app))
    }
    expect(seen.slice(0, 3)).toEqual(['details', 'bytes', 'title'])
    expect(new Set(seen)).toEqual(new Set(['title', 'rail', 'toolbar', 'overview', 'list', 'details', 'bytes']))
    const last = seen.at(-1)
    await app.keyboard.press('Shift+F6')
    expect(await focusedPane(app)).toBe(seen.at(-2))
    await app.keyboard.press('F6')
    expect(await focusedPane(app)).toBe(last)
  })

  test('Escape closes the innermost thing first', async ({ app }) => {
    await app.keyboard.press('Control+f')
    await expect(app.getByRole('search').getByRole('textbox')).toBeFocused()
    await app.keyboard.press('Tab')
    await app.keyboard.press('Enter')
    await expect(app.getByRole('menu')).toBeVisible()
    await app.keyboard.press('Escape')
    await expect(app.getByRole('menu')).toBeHidden()
    await expect(app.getByRole('search')).toBeVisible()
    await app.keyboard.press('Escape')
    await expect(app.getByRole('search')).toBeHidden()
    await expect(packetList(app)).toBeFocused()
  })

  test('Escape in the filter box closes the list, then restores the filter, then leaves', async ({ app }) => {
    await app.keyboard.press('/')
    await expect(filterBox(app)).toBeFocused()
    await app.keyboard.type('tcp.fl')
    await expect(app.getByRole('listbox')).toBeVisible()
    await app.keyboard.press('Escape')
    await expect(app.getByRole('listbox')).toBeHidden()
    await expect(filterBox(app)).toHaveValue('tcp.fl')
    await app.keyboard.press('Escape')
    await expect(filterBox(app)).toHaveValue('')
    await app.keyboard.press('Escape')
    await expect(packetList(app)).toBeFocused()
  })

  for (const [name, keys] of [
    ['palette', 'Control+k'],
    ['go to', 'Control+g'],
    ['open', 'Control+o'],
    ['save', 'Control+s'],
    ['comment', 'Control+Alt+c'],
    ['settings', 'Control+Shift+,'],
    ['shortcuts', '?'],
  ] as const) {
    test(`the focus is inside the dialog and returns: ${name}`, async ({ app }) => {
      await details(app).focus()
      await app.keyboard.press('ArrowDown')
      await app.keyboard.press(keys)
      const dialog = app.getByRole('dialog')
      await expect(dialog).toBeVisible()
      for (let step = 0; step < 12; step++) {
        await app.keyboard.press(step % 3 === 2 ? 'Shift+Tab' : 'Tab')
        expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
      }
      await app.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expect(details(app)).toBeFocused()
    })
  }

  test('the tree opens, closes and is searched by typing', async ({ app }) => {
    await details(app).focus()
    await app.keyboard.press('Home')
    await expect(detailRow(app, /^Frame 1/)).toHaveAttribute('aria-expanded', 'false')
    await app.keyboard.press('ArrowRight')
    await expect(detailRow(app, /^Frame 1/)).toHaveAttribute('aria-expanded', 'true')
    await app.keyboard.press('ArrowRight')
    await app.keyboard.press('ArrowLeft')
    await app.keyboard.press('ArrowLeft')
    await expect(detailRow(app, /^Frame 1/)).toHaveAttribute('aria-expanded', 'false')
    await app.keyboard.type('Target IP')
    await expect(detailRow(app, 'Target IP address')).toHaveAttribute('aria-selected', 'true')
  })

  test('bytes are walked with the arrow keys, and the field follows', async ({ app }) => {
    await app.getByRole('grid', { name: 'Packet bytes' }).focus()
    for (let step = 0; step < 2; step++) await app.keyboard.press('ArrowDown')
    await app.keyboard.press('End')
    await expect(details(app).locator('[aria-selected=true]')).toHaveCount(1)
    await app.keyboard.press('Home')
    await expect(detailRow(app, 'Target MAC address')).toHaveAttribute('aria-selected', 'true')
  })

  test('rows are selected with Shift, Ctrl+A and Space', async ({ app }) => {
    await packetList(app).focus()
    await app.keyboard.press('Shift+ArrowDown')
    await app.keyboard.press('Shift+ArrowDown')
    await expect(app.getByRole('contentinfo')).toContainText('Selected 3')
    await app.keyboard.press('Control+a')
    await expect(app.getByRole('contentinfo')).toContainText('Selected 406')
  })
})

function focusedPane(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'] ?? '')
}
