// The HTTP view: transactions with their waterfall, a message taken apart, bodies, and the archive.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'
import { expectLoaded, expectSelected } from './support/packets'

const table = (page: Page) => page.getByRole('grid', { name: 'Transactions' })
const details = (page: Page) => page.getByRole('region', { name: 'Transaction', exact: true })

async function openHttp(page: Page, sample: string): Promise<void> {
  await dropFile(page, sample, 'page.pcapng')
  await expectLoaded(page, 406)
  await page.getByRole('button', { name: 'HTTP', exact: true }).click()
  await expect(table(page).getByRole('row', { selected: true })).toBeVisible()
}

test('transactions are read with the keyboard, taken apart, and explained', async ({ app, host }) => {
  await openHttp(app, host.sample('page-load'))
  await expect(app.getByText('37 requests')).toBeVisible()
  await table(app).focus()
  await app.keyboard.press('Home')
  await app.keyboard.press('ArrowDown')
  await expect(table(app).getByRole('row', { selected: true })).toHaveAccessibleName(/GET http:\/\/www\.example\.test\/, 200/)
  const response = details(app).getByRole('region', { name: 'Response' }).first()
  await response.getByRole('button', { name: /HTTP\/1\.1 200 OK/ }).click()
  await expect(response).toContainText('the content is the answer')
  await response.getByRole('button', { name: /^Content-Encoding/ }).click()
  await expect(response).toContainText('RFC 9110, 8.4')
  await expect(details(app).getByRole('region', { name: 'Response: Content' }).last()).toContainText('<title>')
  await expect(details(app)).toContainText('http://www.example.test/old')
  await response.getByRole('radio', { name: 'Bytes' }).click()
  await expect(details(app).getByRole('region', { name: 'Response: Bytes of the message' })).toContainText('48 54 54 50 2f 31 2e 31')
  expect(await serious(app)).toEqual([])
  await app.getByRole('button', { name: 'Packets', exact: true }).click()
  await expectSelected(app, 44)
})

test('the table is filtered and sorted, pictures are shown, and files come out', async ({ app, host }) => {
  await openHttp(app, host.sample('page-load'))
  await app.getByRole('textbox', { name: 'Filter' }).fill('https image/png')
  await expect(app.getByText('No transaction fits. 37 are hidden.')).toBeVisible()
  await app.getByRole('button', { name: 'Clear the filter' }).click()
  await app.getByRole('textbox', { name: 'Filter' }).fill('i11')
  await expect(app.getByText('2 of 37 requests')).toBeVisible()
  await app.getByRole('textbox', { name: 'Filter' }).fill('')
  await app.getByRole('button', { name: 'Size' }).click()
  await app.getByRole('button', { name: 'Size' }).click()
  await expect(table(app).getByRole('row').nth(1)).toContainText('/i11.png')
  await expect(table(app).getByRole('row').nth(3)).toContainText('/i10.png')
  await table(app).getByRole('row').nth(1).click()
  const picture = details(app).getByRole('img')
  await expect(picture).toHaveJSProperty('complete', true)
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expect(app.getByRole('region', { name: 'Connections to img.example.test' })).toContainText('6 of 6 in use')
  await expect(app.getByRole('group', { name: 'Limit not reached' })).toContainText('all six free for')
  let download = app.waitForEvent('download')
  await details(app).getByRole('button', { name: 'Save body' }).click()
  expect((await download).suggestedFilename()).toBe('i11.png')
  download = app.waitForEvent('download')
  await app.getByRole('button', { name: 'HAR' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('page.har')
  const archive = JSON.parse(readFileSync(await file.path(), 'utf8')) as { log: { entries: unknown[] } }
  expect(archive.log.entries).toHaveLength(37)
})
