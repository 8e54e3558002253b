// What the recording options of the start screen do on the loopback: ring of files, stopping by itself, saving while it runs. Datagrams carry their
// number, so that the files on the disk tell what was kept.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { sendDatagrams } from '../support/live-engine'
import { sequenceIn } from '../support/sequence'
import { expect, test } from './support/host'
import { applyFilter, expectCount, statusBar } from './support/packets'
import { saveAs } from './support/tasks'

test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'capturing on the loopback needs root')

let port = 46_600
test.beforeEach(() => {
  port++
})

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index)

/** Opens one of the recording options, fills its fields by their labels, and closes it. */
async function setOption(page: Page, option: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${option}`) }).click()
  const popover = page.getByRole('dialog', { name: option })
  for (const [label, value] of Object.entries(fields)) await popover.getByRole('textbox', { name: label, exact: true }).fill(value)
  await page.keyboard.press('Escape')
  await expect(popover).toBeHidden()
}

async function start(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await page.getByRole('textbox', { name: 'Capture filter' }).fill(`udp port ${String(port)}`)
  await page.getByRole('button', { name: /^Start on lo/ }).click()
  await expect(statusBar(page)).toContainText('Capturing on lo')
}

const expectStopped = (page: Page): Promise<void> => expect(statusBar(page)).not.toContainText('Capturing')

test.describe('a ring of files', () => {
  const files = (folder: string): string[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith('ring_'))
      .sort()
      .map((name) => path.join(folder, name))

  test.beforeEach(async ({ app, host }) => {
    await setOption(app, 'Save to', { File: path.join(host.folder, 'ring.pcapng') })
    await app.getByRole('button', { name: /^Ring of files/ }).click()
    const popover = app.getByRole('dialog', { name: 'Ring of files' })
    await popover.getByRole('checkbox', { name: 'Go on in another file' }).check()
    for (const [label, value] of Object.entries({ 'Files to keep': '2', MB: '', packets: '10' })) {
      await popover.getByRole('textbox', { name: label, exact: true }).fill(value)
    }
    await app.keyboard.press('Escape')
    await expect(app.getByRole('button', { name: /^Ring of files/ })).toContainText('2 files')
  })

  test('keeps the newest files, and shows the one that is written', async ({ app, host }) => {
    await start(app)
    await sendDatagrams(port, 35)
    await expect(statusBar(app)).toContainText(/ring_00004_\d+\.pcapng/)
    await expectCount(app, 5)
    await app.keyboard.press('Control+e')
    await expectStopped(app)
    expect(files(host.folder).map((file) => sequenceIn(file))).toEqual([numbers(20, 10), numbers(30, 5)])
    // The capture is a file of its own: nothing is asked when it is closed.
    await app.keyboard.press('Alt+w')
    await expect(app.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
  })

  test('ends after so many files', async ({ app, host }) => {
    await setOption(app, 'Stop', { files: '3' })
    await start(app)
    await sendDatagrams(port, 50)
    await expectStopped(app)
    expect(files(host.folder).map((file) => sequenceIn(file))).toEqual([numbers(10, 10), numbers(20, 10)])
    await expectCount(app, 10)
  })
})

test('it stops by itself after so many packets', async ({ app }) => {
  await setOption(app, 'Stop', { packets: '7' })
  await expect(app.getByRole('button', { name: /^Stop/ })).toContainText('By itself')
  await start(app)
  await sendDatagrams(port, 12)
  await expectStopped(app)
  await expectCount(app, 7)
})

test('it stops by itself after so many bytes', async ({ app, host }) => {
  const file = path.join(host.folder, 'bytes.pcapng')
  await setOption(app, 'Save to', { File: file })
  await setOption(app, 'Stop', { MB: '1' })
  await start(app)
  await sendDatagrams(port, 1500, 1000)
  await expectStopped(app)
  const kept = sequenceIn(file)
  // A block is the packet with its headers and what pcapng writes around it: the first that passes a million bytes is the last.
  expect(kept).toEqual(numbers(0, kept.length))
  expect(kept.length).toBeGreaterThan(1_000_000 / 1100)
  expect(kept.length).toBeLessThan(1_000_000 / 1042)
  await expectCount(app, kept.length)
})

test('it stops by itself after so many seconds', async ({ app }) => {
  await setOption(app, 'Stop', { seconds: '3' })
  await start(app)
  await sendDatagrams(port, 4)
  await expectCount(app, 4)
  await expectStopped(app)
  await sendDatagrams(port, 4, 100, 4)
  await expectCount(app, 4)
})

test('it is saved while it runs, and goes on', async ({ app, host }) => {
  const saved = path.join(host.folder, 'part.pcapng')
  await start(app)
  await sendDatagrams(port, 6)
  await expectCount(app, 6)
  await saveAs(app, saved)
  await expect(statusBar(app)).toContainText('Capturing on lo')
  await sendDatagrams(port, 3, 300, 6)
  await expectCount(app, 9)
  await applyFilter(app, 'udp.length > 200', 3)
  await app.keyboard.press('Control+e')
  await expectStopped(app)
  expect(sequenceIn(saved)).toEqual(numbers(0, 6))
  // What came after the save is not in that file: closing asks.
  await app.keyboard.press('Alt+w')
  await expect(app.getByRole('dialog', { name: 'Save before closing?' })).toBeVisible()
})
