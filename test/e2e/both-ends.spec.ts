// Two captures of one connection laid together: its client's file in front, its server's file opened beside it.
import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, settle, test, type Host } from './support/host'
import { expectSelected } from './support/packets'

const captures = path.resolve(import.meta.dirname, '../captures/both-ends')
const ladder = (page: Page) => page.getByRole('listbox', { name: /Sequence diagram/ })
const selected = (page: Page) => ladder(page).getByRole('option', { selected: true })
const explanation = (page: Page) => page.getByRole('region', { name: 'Explanation' })
const view = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const file = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(name.replaceAll('.', '\\.')) })

/** A recorded file in the host's folder. */
function recorded(host: Host, name: string): string {
  const target = path.join(host.folder, name)
  copyFileSync(path.join(captures, name), target)
  return settle(target)
}

/** Opens both files of a scenario and lays the server's beside the client's. */
async function layTogether(page: Page, host: Host, scenario: string): Promise<void> {
  for (const side of ['server', 'client']) {
    const name = `${scenario}.${side}.pcap`
    await dropFile(page, recorded(host, name), name)
    await expect(file(page, name)).toHaveAttribute('aria-selected', 'true')
  }
  await view(page, 'Sequence').click()
  await page.getByRole('tab', { name: 'Two captures' }).click()
  await expect(ladder(page)).toHaveAccessibleName(/at both ends/)
}

test('the other end’s capture is opened beside the one in front, and a lost packet is found between them', async ({ app, host }) => {
  const other = recorded(host, 'loss.server.pcap')
  await dropFile(app, recorded(host, 'loss.client.pcap'), 'loss.client.pcap')
  await expect(file(app, 'loss.client.pcap')).toHaveAttribute('aria-selected', 'true')
  await view(app, 'Sequence').click()
  await app.getByRole('tab', { name: 'Two captures' }).click()
  await expect(app.getByText('No other capture of this connection is open.')).toBeVisible()
  await app.getByRole('button', { name: 'Open another capture…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Open a capture' })
  await dialog.getByRole('textbox', { name: 'Path' }).fill(other)
  await app.keyboard.press('Enter')
  await expect(file(app, 'loss.client.pcap')).toHaveAttribute('aria-selected', 'true')
  await expect(ladder(app)).toHaveAccessibleName(/at both ends/)
  const { lost } = truthOf('loss')
  await expect(app.getByText(`${lost} lost between`)).toBeVisible()
  await expect(app.getByText(/^Clocks [+−].* apart, ± /)).toBeVisible()
  expect(await serious(app)).toEqual([])
})

test('the keyboard reaches every packet of both files, and each reads as a sentence', async ({ app, host }) => {
  // some 280 packets, each with a key and two questions
  test.setTimeout(150_000)
  await layTogether(app, host, 'loss')
  await app.getByRole('button', { name: 'Diagram options' }).click()
  await app.getByRole('menuitem', { name: 'Expand all folds' }).click()
  await ladder(app).focus()
  await app.keyboard.press('Home')
  await expect(selected(app)).toHaveCount(1)
  const { packets, lost } = truthOf('loss')
  const sentences = new Set<string>()
  for (let step = 0; step < packets; step++) {
    const sentence = await selected(app).getAttribute('aria-label')
    if (sentence === null || sentences.has(sentence)) break
    sentences.add(sentence)
    await app.keyboard.press('ArrowDown')
    if (step < packets - 1) await expect(selected(app)).not.toHaveAttribute('aria-label', sentence)
  }
  expect(sentences.size).toBe(packets)
  expect([...sentences].filter((sentence) => sentence.includes('does not arrive'))).toHaveLength(lost)
})

test('keys wait for the diagram that was asked for', async ({ app, host }) => {
  // The engine's answers about unfolded diagrams take a while, as on a busy machine.
  await app.routeWebSocket(/./, (page) => {
    const engine = page.connectToServer()
    const late = new Set<number>()
    page.onMessage((message) => {
      const { id, method, params } = JSON.parse(String(message)) as { id: number; method?: string; params?: unknown }
      if (method !== undefined && /^diagram\.(open|rows|find)$/.test(method) && JSON.stringify(params).includes('"unfolded":"all"'))
        late.add(id)
      engine.send(message)
    })
    engine.onMessage((message) => {
      const { id } = JSON.parse(String(message)) as { id?: number }
      setTimeout(
        () => {
          page.send(message)
        },
        id !== undefined && late.delete(id) ? 600 : 0,
      )
    })
  })
  await app.reload()
  await app.getByRole('contentinfo').waitFor()
  await layTogether(app, host, 'loss')
  await app.getByRole('button', { name: 'Diagram options' }).click()
  await app.getByRole('menuitem', { name: 'Expand all folds' }).click()
  await ladder(app).focus()
  for (const key of ['Home', ...Array.from({ length: 12 }, () => 'ArrowDown')]) await app.keyboard.press(key)
  // the thirteenth packet, not the thirteenth row of the folded diagram
  await expect(selected(app)).toHaveAttribute('aria-label', /^Packet 13, sent by the client/)
})

test('a packet is selected in the lists of both files, and its way is explained', async ({ app, host }) => {
  await layTogether(app, host, 'loss')
  const there = ladder(app).getByRole('option', { name: /^Packet 1, sent by the client .* arrives as packet 1 / })
  await there.click()
  await ladder(app).focus()
  await app.keyboard.press('ArrowDown')
  const sentence = (await selected(app).getAttribute('aria-label')) ?? ''
  const frames = [...sentence.matchAll(/packet (\d+)/gi)].map(([, frame]) => Number(frame))
  await expect(explanation(app)).toContainText('On the way')
  await view(app, 'Packets').click()
  await expectSelected(app, frames[0] ?? 0)
  await file(app, 'loss.server.pcap').click()
  await expectSelected(app, frames[1] ?? 0)
})

test('the diagram of two captures is exported', async ({ app, host }) => {
  await layTogether(app, host, 'gateway')
  for (const [format, ending, content] of [
    ['SVG', 'svg', 'gateway.server.pcap'],
    ['Mermaid', 'mmd', 'sequenceDiagram'],
    ['PlantUML', 'puml', '@startuml'],
    ['HTML', 'html', 'gateway.server.pcap'],
    ['Plain text', 'txt', 'gateway.server.pcap'],
    ['PNG', 'png', 'PNG'],
    ['PDF', 'pdf', '%PDF'],
  ] as const) {
    await app.getByRole('button', { name: 'Export' }).click()
    const download = app.waitForEvent('download', { timeout: 30_000 })
    await app.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe(`gateway.client-stream-0-both-ends.${ending}`)
    expect(readFileSync(await saved.path(), 'latin1')).toContain(content)
  }
})

/** What the network between the two ends recorded: packets that entered it, and those that never left it. */
function truthOf(scenario: string): { readonly packets: number; readonly lost: number } {
  const { packets } = JSON.parse(readFileSync(path.join(captures, `${scenario}.truth.json`), 'utf8')) as {
    readonly packets: readonly { readonly out: readonly number[] }[]
  }
  return { packets: packets.length, lost: packets.filter(({ out }) => out.length === 0).length }
}
