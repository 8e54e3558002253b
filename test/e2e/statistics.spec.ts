// The statistics view: what occurred over time and in which layers, what rules noticed, and what the capture proves.
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { clickMark } from './support/graph'
import { expect, test } from './support/host'
import { expectCount, expectLoaded, expectSelected, filterBox } from './support/packets'

async function openStatistics(page: Page, sample: string): Promise<void> {
  await dropFile(page, sample, 'load.pcapng')
  await expectLoaded(page, 406)
  await page.getByRole('button', { name: 'Statistics', exact: true }).click()
}

test('expert items lead to their packets, and the health panel says what can be proven', async ({ app, host }) => {
  await openStatistics(app, host.sample('page-load'))
  await app.getByRole('tab', { name: 'Overview' }).focus()
  await app.keyboard.press('End')
  await expect(app.getByRole('tab', { name: 'Expert' })).toHaveAttribute('aria-selected', 'true')
  const row = app.getByRole('button', { name: 'Warning D-SACK Sequence' })
  await row.focus()
  await app.keyboard.press('Enter')
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await expect(app.getByText('What it means.')).toBeVisible()
  await app.getByRole('button', { name: 'Packet 232' }).first().click()
  await app.getByRole('button', { name: /^Note 33$/ }).click()
  await expect(app.getByText('This frame initiates the connection closing')).toBeHidden()
  const health = app.getByRole('region', { name: 'Capture health' })
  await expect(health).toContainText('The handshakes of all 16 connections are there')
  await expect(health).toContainText('61 packets larger than an Ethernet frame')
  expect(await serious(app)).toEqual([])
  await app.getByRole('button', { name: 'Show these packets only' }).click()
  await expectCount(app, 1)
  await expectSelected(app, 232)
})

test('a click on the I/O graph leads to the first packet of that interval', async ({ app, host }) => {
  await openStatistics(app, host.sample('page-load'))
  const graph = app.getByRole('img', { name: /^I\/O graph, / }).first()
  await expect(graph).toBeVisible()
  await expect(app.getByRole('contentinfo')).toContainText('Selected 1')
  await clickMark(graph, 'step')
  await expect(app.getByRole('contentinfo')).toContainText(/Selected ([2-9]|[1-9]\d)/)
})

test('the overview counts layers and draws filters over time', async ({ app, host }) => {
  await openStatistics(app, host.sample('page-load'))
  const dns = app.getByRole('row', { name: /^Filter: DNS / })
  await expect(dns).toContainText('64')
  await app.getByRole('button', { name: 'Add filter' }).click()
  const series = app.getByRole('textbox', { name: 'Filter of series 3' })
  await series.fill('dns')
  await expect(app.locator('.st-serie').nth(2)).toContainText('64')
  await series.fill('dns.nonsense')
  await expect(app.getByRole('alert')).toContainText('dns.nonsense')
  await app.getByRole('button', { name: 'Remove series 3' }).click()
  await expect(series).toBeHidden()
  expect(await serious(app)).toEqual([])
  await app.getByRole('button', { name: 'Export' }).click()
  const download = app.waitForEvent('download')
  await app.getByRole('menuitem', { name: /^PNG/ }).click()
  expect((await download).suggestedFilename()).toBe('load-io.png')
  await app.getByRole('button', { name: 'Filter: DNS' }).click()
  await expect(filterBox(app)).toHaveValue('dns')
  await expectCount(app, 64)
})
