// The conversations view: the table, its search and sort, the way to the packet list and to the diagram, endpoints, CSV.
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'
import { expectLoaded } from './support/packets'

const table = (page: Page) => page.getByRole('grid', { name: 'Conversations' })

async function openConversations(page: Page, file: string, packets: number, name: string): Promise<void> {
  await dropFile(page, file, name)
  await expectLoaded(page, packets)
  await page.getByRole('button', { name: 'Conversations', exact: true }).click()
  await expect(table(page).getByRole('row').nth(1)).toContainText('10.77')
}

test('a connection is found, read, filtered and drawn', async ({ app, host }) => {
  await openConversations(app, host.sample('page-load'), 406, 'load.pcapng')
  const rows = table(app).getByRole('row')
  await app
    .getByRole('columnheader', { name: /^Bytes ←/ })
    .getByRole('button')
    .click()
  await expect(app.getByRole('columnheader', { name: /^Bytes ←/ })).toHaveAttribute('aria-sort', 'descending')
  // the order is there once its largest row is the first
  await expect(rows.nth(1)).toContainText('57,503')
  await table(app).focus()
  await app.keyboard.press('Home')
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true')
  const side = app.locator('[data-pane=inspector]')
  await expect(side).toContainText('How sure is this?')
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.emulateMedia({ colorScheme })
    await expect(app.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await serious(app), colorScheme).toEqual([])
  }
  const stream = await rows.nth(1).getByRole('gridcell').first().textContent()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('listbox', { name: /Sequence diagram/ })).toBeVisible()
  await expect(app.getByRole('button', { name: `Stream ${stream ?? ''} ` })).toBeVisible()
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  await side.getByRole('button', { name: 'Filter list' }).click()
  await expect(app.locator('#filter-input')).toHaveValue(`tcp.stream == ${stream ?? ''}`)
})

test('the search narrows the list, endpoints add up, CSV is copied', async ({ app, host, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openConversations(app, host.sample('page-load'), 406, 'load.pcapng')
  await app.getByRole('searchbox', { name: 'Address, port or stream' }).fill(':443')
  await expect(table(app).getByRole('row').last()).toContainText(/\d+ of \d+ conversations/)
  await app.getByRole('radio', { name: 'UDP' }).click()
  await app.getByRole('searchbox', { name: 'Address, port or stream' }).fill('nothing')
  await app.getByRole('button', { name: 'Show all' }).click()
  await app.getByRole('radio', { name: 'Endpoints' }).click()
  await expect(app.getByRole('grid', { name: 'Endpoints' }).getByRole('row').last()).toContainText(/\d+ endpoints/)
  await app.getByRole('button', { name: 'Copy as CSV' }).click()
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toMatch(/^"Address","Port","Packets","Bytes"/)
})

test('last states are told at 1024 px, too, where no column has room for them', async ({ app, host }) => {
  await app.setViewportSize({ width: 1024, height: 768 })
  await openConversations(app, host.sample('page-load'), 406, 'load.pcapng')
  await expect(app.getByRole('columnheader', { name: 'Last states' })).toBeHidden()
  await table(app).focus()
  await app.keyboard.press('Home')
  await expect(app.getByText(/Stream \d+ · Last states: A\s[-A-Z0-9]+ · B\s[-A-Z0-9]+/)).toBeVisible()
})
