// The packets view as a user names its parts: list, details, bytes, filter box, status bar.
import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The packet list. */
export function packetList(page: Page): Locator {
  return page.getByRole('grid', { name: 'Packet list' })
}

/** The row of a packet, found by its number. */
export function packetRow(page: Page, number: number): Locator {
  const cell = page.locator('[role=gridcell]:nth-child(2)', { hasText: new RegExp(`^\\s*${String(number)}(\\s|$)`) })
  return packetList(page).getByRole('row').filter({ has: cell })
}

/** The cells of a row under a column title, for example cellOf(page, row, 'Info'). */
export async function cellText(page: Page, number: number, title: string): Promise<string> {
  const titles = await columnTitles(page)
  const cell = packetRow(page, number).getByRole('gridcell').nth(titles.indexOf(title))
  return (await cell.innerText()).trim()
}

/** Titles of the columns, left to right. */
export async function columnTitles(page: Page): Promise<string[]> {
  const texts = await packetList(page).getByRole('columnheader').allInnerTexts()
  return texts.map((text) => text.trim())
}

/** Header of a column. */
export function columnHeader(page: Page, title: string): Locator {
  return packetList(page).getByRole('columnheader', { name: title, exact: true })
}

/** Waits until a packet is shown in the details. */
export async function expectShown(page: Page, number: number): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Packet \d+$/ })).toHaveText(`Packet ${String(number)}`)
}

/** Waits until a packet is the selected one in the list and in the details. */
export async function expectSelected(page: Page, number: number): Promise<void> {
  await expectShown(page, number)
  await expect(packetRow(page, number)).toHaveAttribute('aria-selected', 'true')
}

/** Clicks a packet that is on screen. */
export async function selectPacket(page: Page, number: number): Promise<void> {
  await packetRow(page, number).click()
  await expectSelected(page, number)
}

/** Goes to a packet by its number, with Ctrl+G. */
export async function goToPacket(page: Page, number: number): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Packet \d+$/ })).toBeVisible()
  await page.keyboard.press('Control+g')
  const dialog = page.getByRole('dialog', { name: 'Go to packet' })
  await dialog.getByRole('textbox').fill(String(number))
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expectSelected(page, number)
}

/** The details pane. */
export function details(page: Page): Locator {
  return page.getByRole('tree', { name: 'Packet details' })
}

/** A row of the details by the beginning of its text. */
export function detailRow(page: Page, text: string | RegExp): Locator {
  return details(page).getByRole('treeitem', { name: text }).first()
}

/** The bytes pane. */
export function bytesPane(page: Page): Locator {
  return page.getByRole('grid', { name: 'Packet bytes' })
}

/** Hex digits that are marked as selected, in order. */
export async function markedBytes(page: Page): Promise<string> {
  const texts = await bytesPane(page).locator('[data-kind=hex] .hl, [data-kind=hex] .cu').allTextContents()
  return texts.join(' ').trim().replace(/\s+/g, ' ')
}

/** Hex digits under the pointer's field, in order. */
export async function hoveredBytes(page: Page): Promise<string> {
  const texts = await bytesPane(page).locator('[data-kind=hex] .hv').allTextContents()
  return texts.join(' ').trim().replace(/\s+/g, ' ')
}

/** Clicks the byte at an offset in the hex columns. */
export async function clickByte(page: Page, offset: number): Promise<void> {
  const { cell, x, y } = await bytePlace(page, offset)
  await cell.click({ position: { x, y } })
}

/** Moves the pointer over the byte at an offset. */
export async function hoverByte(page: Page, offset: number): Promise<void> {
  const { cell, x, y } = await bytePlace(page, offset)
  await cell.hover({ position: { x, y } })
}

async function bytePlace(page: Page, offset: number): Promise<{ cell: Locator; x: number; y: number }> {
  const line = Math.floor(offset / 16)
  const column = offset % 16
  const cell = bytesPane(page).locator(`[data-kind=hex][data-line="${String(line)}"]`)
  const box = await cell.boundingBox()
  if (box === null) throw new Error(`line ${String(line)} of the bytes is not on screen`)
  // Three characters a byte, one more in the middle; 48 in all.
  const character = column * 3 + (column >= 8 ? 1 : 0) + 0.5
  return { cell, x: (box.width * character) / 48, y: box.height / 2 }
}

/** The filter box. */
export function filterBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Display filter' })
}

/** Types a filter and applies it; waits until the status bar counts `shown` packets. */
export async function applyFilter(page: Page, text: string, shown: number): Promise<void> {
  await filterBox(page).fill(text)
  await filterBox(page).press('Enter')
  await expectCount(page, shown)
}

/** Waits until the status bar says how many packets are shown. */
export async function expectCount(page: Page, shown: number): Promise<void> {
  await expect(statusBar(page)).toContainText(new RegExp(`Packets\\s+${shown.toLocaleString('en')} of `))
}

/** The status bar. */
export function statusBar(page: Page): Locator {
  return page.getByRole('contentinfo', { name: 'Status' })
}

/** Runs a command through the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill(`>${title}`)
  await expect(palette.getByRole('option').first()).toContainText(title)
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
}

/** Opens sub-menus and chooses an entry of the open menu, by the beginnings of their texts. */
export async function chooseMenu(page: Page, ...names: string[]): Promise<void> {
  for (const text of names) {
    const menu = page.getByRole('menu').last()
    // The entry's shortcut follows its text.
    const name = new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s|$)`)
    const entry = menu
      .getByRole('menuitem', { name })
      .or(menu.getByRole('menuitemcheckbox', { name }))
      .or(menu.getByRole('menuitemradio', { name }))
    await entry.click()
  }
}

/** Waits until the capture in front has been read to its end. */
export async function expectLoaded(page: Page, packets: number): Promise<void> {
  await expect(statusBar(page)).toContainText(`${packets.toLocaleString('en')} of ${packets.toLocaleString('en')}`)
  await expect(statusBar(page)).toContainText('Loaded in')
}
