// The sequence view: reading a connection, with the keyboard alone and in step with the packet list.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { clickMark } from './support/graph'
import { expect, test } from './support/host'
import { expectLoaded, expectSelected } from './support/packets'

const ladder = (page: Page) => page.getByRole('listbox', { name: /Sequence diagram/ })
const selected = (page: Page) => ladder(page).getByRole('option', { selected: true })
const explanation = (page: Page) => page.getByRole('region', { name: 'Explanation' })

async function openSequence(page: Page, sample: string, packets: number, name: string): Promise<void> {
  await dropFile(page, sample, name)
  await expectLoaded(page, packets)
  await page.getByRole('button', { name: 'Sequence', exact: true }).click()
  await expect(ladder(page)).toBeVisible()
}

test('the keyboard reaches every arrow, and each reads as a sentence', async ({ app, host }) => {
  await openSequence(app, host.sample('tcp-client-closes'), 12, 'closes.pcapng')
  await ladder(app).focus()
  await app.keyboard.press('Home')
  await expect(selected(app)).toHaveAccessibleName(
    /^Packet 3 at 0\.020813 s, from the client to the server: SYN, sequence 0, .*client goes from CLOSED to SYN-SENT/,
  )
  for (let step = 0; step < 9; step++) await app.keyboard.press('ArrowDown')
  await expect(selected(app)).toHaveAccessibleName(/^Packet 12 .*server goes from LAST-ACK to CLOSED/)
  await expect(explanation(app)).toContainText('Why 2 MSL?')
  await app.keyboard.press('k')
  await expect(selected(app)).toHaveAccessibleName(/^Packet 11 /)
  expect(await serious(app)).toEqual([])
})

test('bulk data unfolds, and the selection is the packet list’s', async ({ app, host }) => {
  await openSequence(app, host.sample('tcp-bulk-loss'), 539, 'loss.pcapng')
  await expect(app.getByText('2 retransmissions')).toBeVisible()
  await ladder(app).focus()
  await app.keyboard.press('Home')
  for (let step = 0; step < 4; step++) await app.keyboard.press('j')
  await expect(selected(app)).toHaveAccessibleName(/^Packets 7 to 19, folded: 6 segments, 8,688 B/)
  await app.keyboard.press(' ')
  await expect(selected(app)).toHaveAccessibleName(/^Packet 7 /)
  await app.keyboard.press('j')
  await expect(selected(app)).toHaveAccessibleName(/^Packet 8 .*1,448 B of data/)
  await app.getByRole('button', { name: 'Packets', exact: true }).click()
  await expectSelected(app, 8)
  await app.getByRole('button', { name: 'Sequence', exact: true }).click()
  await expect(selected(app)).toHaveAccessibleName(/^Packet 8 /)
})

test('the whole diagram is exported, in the language of the page', async ({ app, host }) => {
  await openSequence(app, host.sample('tcp-lost-syn'), 13, 'lost.pcapng')
  await app.getByRole('button', { name: 'Export' }).click()
  const download = app.waitForEvent('download')
  await app.getByRole('menuitem', { name: /^SVG/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('lost-stream-0.svg')
  const svg = readFileSync(await file.path(), 'utf8')
  expect(svg).toContain('SYN sent 2 times')
  expect(svg).not.toMatch(/var\(|<script/)
})

test('without TCP everything displayed is drawn, a lifeline each host', async ({ app, host }) => {
  await openSequence(app, host.sample('dns-resolver'), 95, 'dns.pcapng')
  await expect(ladder(app).getByRole('option').first()).toHaveAccessibleName(/from 10\.|from [0-9a-f]{2}:/)
  await app.getByRole('button', { name: /Everything displayed/ }).click()
  await expect(app.getByRole('dialog', { name: 'What the diagram shows' })).toContainText('No TCP connection fits.')
})

test('the graphs of a connection: zoom by dragging, export the numbers', async ({ app, host }) => {
  await dropFile(app, host.sample('tcp-bulk-loss'), 'loss.pcapng')
  await expectLoaded(app, 539)
  await app.getByRole('button', { name: 'Statistics', exact: true }).click()
  await app.getByRole('tab', { name: 'TCP graphs' }).click()
  const graph = app.getByRole('img', { name: /^Time and sequence: / })
  await expect(graph).toBeVisible()
  await expect(app.getByRole('img', { name: /^Receive window: / })).toBeVisible()
  const before = await graph.getAttribute('aria-label')
  const bounds = await graph.boundingBox()
  if (bounds === null) throw new Error('the graph has no size')
  await app.mouse.move(bounds.x + bounds.width * 0.4, bounds.y + 100)
  await app.mouse.down()
  await app.mouse.move(bounds.x + bounds.width * 0.6, bounds.y + 120, { steps: 5 })
  await app.mouse.up()
  await expect(graph).not.toHaveAttribute('aria-label', before ?? '')
  await app.getByRole('button', { name: 'Reset zoom' }).click()
  await expect(graph).toHaveAttribute('aria-label', before ?? '')
  expect(await serious(app)).toEqual([])
  await app.getByRole('button', { name: 'Export' }).click()
  const download = app.waitForEvent('download')
  await app.getByRole('menuitem', { name: /^CSV/ }).click()
  const csv = readFileSync(await (await download).path(), 'utf8')
  expect(csv).toMatch(/^segment retransmission,[\d.]+,8689,10137,56\r$/m)
})

test('a mark of a graph is its packet, and the graphs are exported in every format', async ({ app, host }) => {
  await dropFile(app, host.sample('tcp-bulk-loss'), 'loss.pcapng')
  await expectLoaded(app, 539)
  await app.getByRole('button', { name: 'Statistics', exact: true }).click()
  await app.getByRole('tab', { name: 'TCP graphs' }).click()
  const rtt = app.getByRole('img', { name: /^Round trip time: / })
  await clickMark(rtt, 'dot')
  await expect(app.getByRole('contentinfo')).toContainText(/Selected [2-9]/)
  for (const [format, content] of [
    ['SVG', 'Receive window'],
    ['PNG', 'PNG'],
    ['PDF', '%PDF'],
    ['HTML', 'Round trip time'],
  ] as const) {
    await app.getByRole('button', { name: 'Export' }).click()
    const download = app.waitForEvent('download', { timeout: 30_000 })
    await app.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe(`loss-stream-0.${format.toLowerCase()}`)
    expect(readFileSync(await file.path(), 'latin1')).toContain(content)
  }
  // one graph alone
  await app.getByRole('button', { name: 'Export' }).click()
  await app.getByRole('menuitemradio', { name: 'Throughput' }).click()
  await app.getByRole('button', { name: 'Export' }).click()
  const download = app.waitForEvent('download')
  await app.getByRole('menuitem', { name: /^SVG/ }).click()
  const svg = readFileSync(await (await download).path(), 'utf8')
  expect(svg).toContain('Throughput')
  expect(svg).not.toContain('Receive window')
})
