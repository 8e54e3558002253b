// Whole tasks of a user that several specs need: open by path, comment, save. All by keyboard, as far as the dialogs allow.
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { goToPacket } from './packets'

/** Opens a file of the host's computer through the Open dialog. */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+o')
  const dialog = page.getByRole('dialog', { name: 'Open a capture' })
  const field = dialog.getByRole('textbox').first()
  await field.fill(path)
  // The folder's entries have arrived: the file is the only one that fits.
  await expect(dialog.getByRole('option').first()).toContainText(path.split('/').at(-1) ?? path)
  await field.press('Enter')
  await expect(dialog).toBeHidden()
}

/** Writes the first comment of a packet. */
export async function comment(page: Page, number: number, text: string): Promise<void> {
  await goToPacket(page, number)
  await page.keyboard.press('Control+Alt+c')
  const dialog = page.getByRole('dialog', { name: `Comments on packet ${String(number)}` })
  await dialog.getByRole('textbox').first().fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
}

/** Saves to a path of the host's computer and waits until it is written. */
export async function saveAs(page: Page, path: string, options: { readonly format?: string; readonly scope?: string } = {}): Promise<void> {
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save packets' })
  if (options.format !== undefined) await dialog.getByRole('radio', { name: options.format }).click()
  if (options.scope !== undefined) {
    await dialog.getByRole('button', { name: /^Packets: / }).click()
    await page.getByRole('menuitemradio', { name: options.scope }).click()
  }
  await dialog.getByRole('textbox', { name: 'File' }).fill(path)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Saved')
}
