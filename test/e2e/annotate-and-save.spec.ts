// Marks, ignored packets, time references and comments; saving, exporting and opening again.
import { existsSync } from 'node:fs'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'
import { expect, settle, test } from './support/host'
import {
  applyFilter,
  cellText,
  chooseMenu,
  expectLoaded,
  expectShown,
  goToPacket,
  packetRow,
  selectPacket,
  statusBar,
} from './support/packets'
import { comment, openPath, saveAs } from './support/tasks'

const PACKETS = 406

test.use({ files: ['page-load'] })

test.beforeEach(async ({ app }) => {
  await expectLoaded(app, PACKETS)
})

test('Ctrl+M marks and unmarks, and marked packets are found again', async ({ app }) => {
  await goToPacket(app, 37)
  await app.keyboard.press('Control+m')
  await expect(statusBar(app)).toContainText('1 marked')
  await expect(packetRow(app, 37)).toContainText('marked')
  await selectPacket(app, 40)
  await app.keyboard.press('Control+Shift+n')
  await expectShown(app, 37)
  await app.keyboard.press('Control+m')
  await expect(statusBar(app)).not.toContainText('marked')
})

test('Ctrl+D ignores a packet: it stays in the list, undissected', async ({ app }) => {
  await goToPacket(app, 37)
  await app.keyboard.press('Control+d')
  await expect(statusBar(app)).toContainText('1 ignored')
  await expect.poll(() => cellText(app, 37, 'Info')).toContain('<Ignored>')
  await expect(app.getByText('This packet is ignored')).toBeVisible()
  await app.getByRole('button', { name: 'Use it again' }).click()
  await expect.poll(() => cellText(app, 37, 'Info')).toContain('GET /old')
})

test('a time reference restarts the clock', async ({ app }) => {
  await goToPacket(app, 34)
  await app.keyboard.press('Alt+t')
  await expect.poll(() => cellText(app, 34, 'Time')).toBe('*REF*')
  await expect.poll(() => cellText(app, 35, 'Time')).toBe('0.000052')
  await app.keyboard.press('Alt+t')
  await expect.poll(() => cellText(app, 35, 'Time')).toBe('0.212734')
})

test('a comment is saved as pcapng and is there when the file is opened again', async ({ app, host }) => {
  await comment(app, 37, 'the first request\nwith a second line')
  await expect(packetRow(app, 37)).toContainText('has a comment')
  await saveAs(app, `${host.folder}/commented.pcapng`)
  settle(`${host.folder}/commented.pcapng`)
  await openPath(app, `${host.folder}/commented.pcapng`)
  await expectLoaded(app, PACKETS)
  await expect(app.getByRole('tab', { name: /commented\.pcapng/ })).toHaveAttribute('aria-selected', 'true')
  await goToPacket(app, 37)
  await expect(packetRow(app, 37)).toContainText('has a comment')
  await app.keyboard.press('Control+Alt+c')
  await expect(app.getByRole('textbox', { name: 'Comment 1' })).toHaveValue('the first request\nwith a second line')
})

test('tshark finds the comment in the saved file, and the same packets', async ({ app, host }) => {
  test.skip(tsharkVersion === undefined, NO_TSHARK)
  await comment(app, 37, 'read by tshark')
  const file = `${host.folder}/commented.pcapng`
  await saveAs(app, file)
  const commented = tshark(['-r', file, '-Y', 'frame.comment', '-T', 'fields', '-e', 'frame.number', '-e', 'frame.comment'])
  expect(commented.stdout).toBe('37\tread by tshark\n')
  const bytes = (from: string): string =>
    tshark([
      '-n',
      '-r',
      from,
      '-T',
      'fields',
      '-e',
      'frame.time_epoch',
      '-e',
      'frame.len',
      '-e',
      'frame.md5_hash',
      '-o',
      'frame.generate_md5_hash:TRUE',
    ]).stdout
  expect(bytes(file)).toBe(bytes(`${host.folder}/page-load.pcapng`))
})

test('decryption secrets are left out unless they are asked for', async ({ app, host }) => {
  await saveAs(app, `${host.folder}/plain.pcapng`)
  settle(`${host.folder}/plain.pcapng`)
  await openPath(app, `${host.folder}/plain.pcapng`)
  await expectLoaded(app, PACKETS)
  await expect(app.getByRole('tab', { name: /page-load/ })).toContainText('Holds decryption secrets')
  await expect(app.getByRole('tab', { name: /plain/ })).not.toContainText('Holds decryption secrets')
})

test('displayed packets are exported as pcap', async ({ app, host }) => {
  await applyFilter(app, 'dns', 64)
  const file = `${host.folder}/dns.pcap`
  await saveAs(app, file, { format: 'pcap, microseconds', scope: 'Displayed' })
  settle(file)
  await openPath(app, file)
  await expectLoaded(app, 64)
  await expect(statusBar(app)).toContainText('pcap')
})

test('marked packets are exported, and tshark reads them', async ({ app, host }) => {
  test.skip(tsharkVersion === undefined, NO_TSHARK)
  for (const number of [3, 37, 231]) {
    await goToPacket(app, number)
    await app.keyboard.press('Control+m')
  }
  await expect(statusBar(app)).toContainText('3 marked')
  const file = `${host.folder}/marked.pcap`
  await saveAs(app, file, { format: 'pcap, microseconds', scope: 'Marked' })
  const lengths = (args: string[]): string => tshark(['-n', ...args, '-T', 'fields', '-e', 'frame.len']).stdout
  expect(lengths(['-r', file])).toBe(lengths(['-r', `${host.folder}/page-load.pcapng`, '-Y', 'frame.number in {3, 37, 231}']))
})

test('a file that exists is replaced only after a question', async ({ app, host }) => {
  const file = `${host.folder}/twice.pcapng`
  await saveAs(app, file)
  await app.keyboard.press('Control+s')
  const dialog = app.getByRole('dialog', { name: 'Save packets' })
  await dialog.getByRole('textbox', { name: 'File' }).fill(file)
  await app.keyboard.press('Enter')
  const question = app.getByRole('dialog', { name: 'Replace twice.pcapng?' })
  await expect(question).toBeVisible()
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Replace' }).click()
  await expect(dialog).toBeHidden()
})

test('a folder that does not exist is said in the dialog, which stays open', async ({ app, host }) => {
  await app.keyboard.press('Control+s')
  const dialog = app.getByRole('dialog', { name: 'Save packets' })
  await dialog.getByRole('textbox', { name: 'File' }).fill(`${host.folder}/no such folder/x.pcapng`)
  await app.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('no such folder')
  expect(existsSync(`${host.folder}/no such folder`)).toBe(false)
})

test('the browser gets a copy as a download', async ({ app }) => {
  await app.keyboard.press('Control+s')
  const started = app.waitForEvent('download')
  await app.getByRole('dialog', { name: 'Save packets' }).getByRole('button', { name: 'Download' }).click()
  const download = await started
  expect(download.suggestedFilename()).toMatch(/\.pcapng$/)
  expect(existsSync(await download.path())).toBe(true)
})

test('closing with unsaved comments asks first', async ({ app }) => {
  await comment(app, 37, 'unsaved')
  await app.keyboard.press('Alt+w')
  const dialog = app.getByRole('dialog', { name: 'Save before closing?' })
  await expect(dialog).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expectShown(app, 37)
  await app.keyboard.press('Alt+w')
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(app.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
})

test('rows, values and bytes are copied', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = (): Promise<string> => app.evaluate(() => navigator.clipboard.readText())
  await goToPacket(app, 37)
  await app.getByRole('grid', { name: 'Packet list' }).focus()
  await app.keyboard.press('Control+c')
  await expect.poll(clipboard).toContain('GET /old HTTP/1.1')
  await packetRow(app, 37).click({ button: 'right' })
  await expect(app.getByRole('menu').last()).toContainText('Copy')
  await app.keyboard.press('Escape')
  await app.getByRole('treeitem', { name: /^Host: / }).click({ button: 'right' })
  await chooseMenu(app, 'Copy field as', 'Filter')
  await expect.poll(clipboard).toBe('http.host == "www.example.test"')
})
