// Following a stream: who said what, find, packets, forms, saving.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { octets, tcpConnection } from '../support/conversations'
import { FLAG, h2frame, PREFACE, requestBlock, responseBlock, settingsFrame, TYPE } from '../support/http2-frames'
import { pcapFile } from '../support/pcap-builder'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'
import { expectLoaded, expectSelected } from './support/packets'

const CAPTURE = path.resolve(import.meta.dirname, '../captures/journey/client.pcap')

test('a stream with a gap is read, searched and saved', async ({ app }) => {
  await dropFile(app, CAPTURE, 'client.pcap')
  await expectLoaded(app, 406)
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  const table = app.getByRole('grid', { name: 'Conversations' })
  await expect(table.getByRole('row').nth(1)).toContainText('10.77')
  await table.focus()
  await app.keyboard.press('Home')
  await app.keyboard.press('f')
  const said = app.getByRole('region', { name: 'What the two sides said' })
  await expect(said).toContainText('GET /')
  await expect(said).toContainText('HTTP/1.1')
  await app.keyboard.press('Control+f')
  await app.keyboard.type('content-type')
  await expect(app.getByRole('search')).toContainText(/1 of \d+/)
  await expect(said.locator('mark')).toHaveText(/content-type/i)
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.emulateMedia({ colorScheme })
    await expect(app.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await serious(app), colorScheme).toEqual([])
  }
  await app.getByRole('radio', { name: 'Hex' }).click()
  await expect(said).toContainText('00000000  47 45 54 20')
  const link = said.getByRole('button', { name: /^Go to packet/ }).first()
  const number = Number(((await link.textContent()) ?? '').replace('#', ''))
  await link.click()
  await app.getByRole('radio', { name: 'HTTP', exact: true }).click()
  await app.getByRole('radio', { name: 'UTF-8' }).click()
  await expect(said).toContainText('GET /')
  const download = app.waitForEvent('download')
  await app.getByRole('button', { name: 'Save…' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^client-http-stream-\d+\.txt$/)
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^GET \//)
  await app.getByRole('button', { name: 'Packets', exact: true }).click()
  await expectSelected(app, number)
})

test('UDP streams are stepped through', async ({ app, host }) => {
  await dropFile(app, host.sample('dns-resolver'), 'dns.pcapng')
  await expectLoaded(app, 95)
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  await app.getByRole('tab', { name: 'Follow' }).click()
  await expect(app.getByText('No TCP stream in this capture.')).toBeVisible()
  await app.getByRole('radio', { name: 'UDP' }).click()
  await expect(app.getByText(/Stream 0 of \d+/)).toBeVisible()
  await app.getByRole('button', { name: 'Next stream' }).click()
  await expect(app.getByText(/Stream 1 of \d+/)).toBeVisible()
})

test('what TLS protects is followed once its keys are known', async ({ app }) => {
  const recorded = path.resolve(import.meta.dirname, '../captures/tls/tls13-aes128')
  await dropFile(app, `${recorded}.pcap`, 'tls13.pcap')
  await expect(app.getByRole('tab', { name: /tls13\.pcap/ })).toHaveAttribute('aria-selected', 'true')
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  await app.getByRole('tab', { name: 'Follow' }).click()
  await app.getByRole('radio', { name: 'TLS', exact: true }).click()
  await expect(app.getByText('No TLS record of this stream could be decrypted')).toBeVisible()
  await app.getByRole('button', { name: 'TLS', exact: true }).click()
  await app.getByRole('button', { name: 'Key log' }).click()
  const dialog = app.getByRole('dialog', { name: 'Keys for decryption' })
  await dialog.getByRole('textbox', { name: 'Or paste lines of a key log' }).fill(readFileSync(`${recorded}.keylog`, 'utf8'))
  await dialog.getByRole('button', { name: 'Decrypt' }).click()
  await expect(dialog).toBeHidden()
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  const said = app.getByRole('region', { name: 'What the two sides said' })
  await expect(said).toContainText('secret mes')
  await expect(app.getByText('What the TLS records held')).toBeVisible()
})

test('one stream of an HTTP/2 connection is followed', async ({ app, host }) => {
  const request = (stream: number, path: string): Buffer =>
    h2frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, stream, requestBlock(path))
  const answer = (stream: number, body: string): Buffer =>
    Buffer.concat([
      h2frame(TYPE.headers, FLAG.endHeaders, stream, responseBlock({ 'content-type': 'text/plain' })),
      h2frame(TYPE.data, FLAG.endStream, stream, body),
    ])
  const frames = tcpConnection(40000, 8080, [
    ['client', Buffer.concat([octets(PREFACE), settingsFrame(), request(1, '/first'), request(3, '/second')])],
    ['server', Buffer.concat([settingsFrame(), answer(3, 'the second answer comes first')])],
    ['server', answer(1, 'the first answer comes last')],
  ])
  const file = path.join(host.folder, 'h2.pcap')
  writeFileSync(file, pcapFile(frames.map((bytes, index) => ({ bytes, seconds: index }))))
  await dropFile(app, file, 'h2.pcap')
  await expectLoaded(app, frames.length)
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  await app.getByRole('tab', { name: 'Follow' }).click()
  await app.getByRole('radio', { name: 'HTTP/2', exact: true }).click()
  const said = app.getByRole('region', { name: 'What the two sides said' })
  await expect(said).toContainText('/first')
  await expect(said).toContainText('the first answer comes last')
  await expect(said).not.toContainText('the second answer')
})
