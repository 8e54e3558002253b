// Files that are damaged, odd or no captures at all: each opens as far as it goes, or is refused with the reason; nothing crashes.
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { captureFiles, corpusFolder } from '../support/corpus'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'
import { dropBytes, dropFile } from './support/drop'
import { expect, settle, test } from './support/host'
import { details, expectLoaded, expectShown, packetList, statusBar } from './support/packets'
import { openPath } from './support/tasks'

for (const [group, atLeast] of [
  ['malformed', 150],
  ['formats', 50],
] as const) {
  test(`every file of corpus/${group} opens or is refused with the reason`, async ({ app }) => {
    test.skip(corpusFolder === undefined, 'the shared corpus is not beside the project')
    test.setTimeout(300_000)
    const notifications = app.getByRole('region', { name: 'Notifications' })
    let opened = 0
    for (const [index, file] of captureFiles(group).entries()) {
      // Names of our own: the corpus has files whose names begin alike.
      const name = `${String(index)}-${path.basename(file)}`
      await dropFile(app, file, name)
      const tab = app.getByRole('tab', { name })
      const refusal = notifications.getByText(`${name} cannot be opened`)
      await expect(tab.or(refusal), name).toBeVisible()
      if (await refusal.isVisible()) {
        await notifications.getByRole('button', { name: 'Dismiss' }).last().click()
        await expect(refusal).toBeHidden()
        continue
      }
      opened++
      await expect(statusBar(app), name).toContainText('Loaded in')
      const rows = Number(await packetList(app).getAttribute('aria-rowcount')) - 1
      if (rows > 0) {
        // After a jump to the end, the last packet can be looked at.
        if (rows > 1) await packetList(app).press('End')
        await expect(app.getByRole('heading', { name: `Packet ${String(rows)}`, exact: true }), name).toBeVisible()
        await expect(details(app), name).not.toContainText('Dissector bug')
      }
      await app.keyboard.press('Alt+w')
      await expect(tab, name).toBeHidden()
    }
    expect(opened).toBeGreaterThan(atLeast)
  })
}

test('a truncated file says where it ends, stays usable and is salvaged', async ({ app, host }) => {
  const file = host.sample('page-load')
  // In the middle of a packet.
  truncateSync(file, Math.floor(statSync(file).size / 2))
  await openPath(app, settle(file))
  const banner = app.getByRole('alert')
  await expect(banner).toContainText('The file is damaged.')
  await expect(banner).toContainText(/offset (0x[0-9a-f]+|\d+)/i)
  const rows = Number(await packetList(app).getAttribute('aria-rowcount')) - 1
  expect(rows).toBeGreaterThan(100)
  await expect(banner).toContainText(`packet ${String(rows)}`)
  await packetList(app).press('End')
  await expectShown(app, rows)

  await banner.getByRole('button', { name: /^Salvage/ }).click()
  const dialog = app.getByRole('dialog', { name: 'Save what can be read' })
  await dialog.getByRole('textbox', { name: 'File' }).fill(`${host.folder}/salvaged.pcapng`)
  await app.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await openPath(app, settle(`${host.folder}/salvaged.pcapng`))
  await expectLoaded(app, rows)
  await expect(app.getByRole('alert')).toBeHidden()
  if (tsharkVersion === undefined) return
  const read = tshark(['-n', '-r', `${host.folder}/salvaged.pcapng`, '-T', 'fields', '-e', 'frame.number'])
  expect({ status: read.status, count: read.stdout.trim().split('\n').length }).toEqual({ status: 0, count: rows })
})

test('the count before the damage is tshark’s', async ({ app, host }) => {
  test.skip(tsharkVersion === undefined, NO_TSHARK)
  const file = host.sample('tcp-bulk-loss')
  truncateSync(file, 200_001)
  await openPath(app, settle(file))
  const read = tshark(['-n', '-r', file, '-T', 'fields', '-e', 'frame.number'])
  await expect(statusBar(app)).toContainText(`${String(read.stdout.trim().split('\n').length)} of `)
  await expect(statusBar(app)).toContainText('Damaged file')
})

test('damage in the middle of a file keeps everything before it', async ({ app, host }) => {
  const file = host.sample('tcp-zero-window')
  const bytes = readFileSync(file)
  // The length of the first block after 20,000 bytes: where the next one begins is lost.
  let block = 0
  while (block < 20_000) block += bytes.readUInt32LE(block + 4)
  bytes.writeUInt32LE(0xff_ff_ff_ff, block + 4)
  writeFileSync(file, bytes)
  await openPath(app, settle(file))
  await expect(app.getByRole('alert')).toContainText('The file is damaged.')
  await expect(app.getByRole('alert')).toContainText(`0x${block.toString(16)}`)
  await packetList(app).press('End')
  await expect(app.getByRole('heading', { name: /^Packet [1-9]\d+$/ })).toBeVisible()
})

test('what is no capture is refused with what was found instead', async ({ app }) => {
  const notifications = app.getByRole('region', { name: 'Notifications' })
  await dropBytes(app, Buffer.from('<!DOCTYPE html><title>no capture</title>'), 'page.html')
  await expect(notifications).toContainText('page.html cannot be opened')
  await expect(notifications).toContainText(/HTML|text/i)
  await dropBytes(app, Buffer.alloc(0), 'empty.pcap')
  await expect(notifications).toContainText('empty.pcap cannot be opened')
  await expect(notifications).toContainText(/empty/i)
  await expect(app.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
})

test('an empty capture says that it is empty', async ({ app }) => {
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')
  await dropBytes(app, header, 'nothing.pcap')
  await expect(app.getByText('This capture has no packets')).toBeVisible()
})
