// Columns of the packet list: any field, order, width, sorting; kept over a reload.
import type { Page } from '@playwright/test'
import { expect, test } from './support/host'
import {
  cellText,
  chooseMenu,
  columnHeader,
  columnTitles,
  detailRow,
  expectLoaded,
  expectSelected,
  goToPacket,
  packetList,
  packetRow,
} from './support/packets'

const PACKETS = 406
const STANDARD = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info']

test.use({ files: ['page-load'] })

test.beforeEach(async ({ app }) => {
  await expectLoaded(app, PACKETS)
})

test('a field of the details becomes a column and stays after a reload', async ({ app }) => {
  await goToPacket(app, 34)
  await detailRow(app, 'Window: ').click({ button: 'right' })
  await chooseMenu(app, 'Add as column')
  await expect(columnHeader(app, 'tcp.window_size_value')).toBeVisible()
  await expect.poll(() => cellText(app, 34, 'tcp.window_size_value')).toBe('64240')
  await app.reload()
  await expectLoaded(app, PACKETS)
  expect(await columnTitles(app)).toEqual([...STANDARD.slice(0, -1), 'tcp.window_size_value', 'Info'])
})

test('a preset of the header menu replaces the columns', async ({ app }) => {
  await columnHeader(app, 'Info').click({ button: 'right' })
  await chooseMenu(app, 'Presets', 'DNS')
  await expect(columnHeader(app, 'dns.qry.name')).toBeVisible()
  await expect.poll(() => cellText(app, 3, 'dns.qry.name')).toBe('clients2.google.com')
})

test('a column is hidden and shown again', async ({ app }) => {
  await columnHeader(app, 'Length').click({ button: 'right' })
  await chooseMenu(app, 'Hide column')
  await expect(columnHeader(app, 'Length')).toBeHidden()
  await expect(packetList(app)).toHaveAttribute('aria-colcount', '6')
  await columnHeader(app, 'Info').click({ button: 'right' })
  await chooseMenu(app, 'Columns of the list', 'Length')
  await expect.poll(() => columnTitles(app)).toEqual(STANDARD)
})

test('a column is dragged to another place', async ({ app }) => {
  await drag(app, await centre(app, 'Protocol'), { ...(await centre(app, 'Source')), x: (await left(app, 'Source')) + 6 })
  await expect.poll(() => columnTitles(app)).toEqual(['No.', 'Time', 'Protocol', 'Source', 'Destination', 'Length', 'Info'])
})

test('a column is made wider with the pointer and keeps its width', async ({ app }) => {
  const before = await width(app, 'Source')
  const edge = { x: (await left(app, 'Source')) + before - 3, y: (await centre(app, 'Source')).y }
  await drag(app, edge, { x: edge.x + 60, y: edge.y })
  await expect.poll(() => width(app, 'Source')).toBeCloseTo(before + 60, -1)
  const after = await width(app, 'Source')
  // what is dragged is written once it rests (0.4 s)
  await app.waitForTimeout(1500)
  await app.reload()
  await expectLoaded(app, PACKETS)
  await expect.poll(() => width(app, 'Source')).toBe(after)
})

test('order and width change with the keyboard', async ({ app }) => {
  const before = await width(app, 'Time')
  await columnHeader(app, 'No.').focus()
  await app.keyboard.press('ArrowRight')
  await expect(columnHeader(app, 'Time')).toBeFocused()
  await app.keyboard.press('Control+ArrowRight')
  await expect.poll(() => width(app, 'Time')).toBe(before + 8)
  await app.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => columnTitles(app)).toEqual(['No.', 'Source', 'Time', 'Destination', 'Protocol', 'Length', 'Info'])
  await expect(columnHeader(app, 'Time')).toBeFocused()
})

test('a click sorts up, down and back to file order; the selected packet stays selected', async ({ app }) => {
  await goToPacket(app, 37)
  await columnHeader(app, 'Length').click()
  await expect(columnHeader(app, 'Length')).toHaveAttribute('aria-sort', 'ascending')
  await expectSelected(app, 37)
  await columnHeader(app, 'Length').click()
  await expect(columnHeader(app, 'Length')).toHaveAttribute('aria-sort', 'descending')
  await packetList(app).press('Home')
  const lengths = await packetList(app).getByRole('row').locator('[role=gridcell]:nth-child(7)').allInnerTexts()
  expect(lengths.map(Number)).toEqual(lengths.map(Number).sort((a, b) => b - a))
  await columnHeader(app, 'Length').click()
  await expect(columnHeader(app, 'Length')).not.toHaveAttribute('aria-sort')
  await packetList(app).press('Home')
  await expect(packetRow(app, 1)).toHaveAttribute('aria-rowindex', '2')
})

test('the columns dialog adds a field that is searched for, with a title of its own', async ({ app }) => {
  await columnHeader(app, 'Info').click({ button: 'right' })
  await chooseMenu(app, 'Edit columns…')
  const dialog = app.getByRole('dialog', { name: 'Columns' })
  await dialog.getByRole('combobox', { name: 'Add a column' }).fill('ip.ttl')
  await expect(dialog.getByRole('option', { name: /^ip\.ttl / })).toHaveAttribute('aria-selected', 'true')
  await app.keyboard.press('Enter')
  await dialog.getByRole('textbox', { name: 'Title of ip.ttl' }).fill('TTL')
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect.poll(() => cellText(app, 3, 'TTL')).toBe('64')
})

async function box(page: Page, title: string): Promise<{ x: number; y: number; width: number; height: number }> {
  const found = await columnHeader(page, title).boundingBox()
  if (found === null) throw new Error(`no column ${title}`)
  return found
}

async function left(page: Page, title: string): Promise<number> {
  return (await box(page, title)).x
}

async function width(page: Page, title: string): Promise<number> {
  return Math.round((await box(page, title)).width)
}

async function centre(page: Page, title: string): Promise<{ x: number; y: number }> {
  const found = await box(page, title)
  return { x: found.x + found.width / 2, y: found.y + found.height / 2 }
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}
