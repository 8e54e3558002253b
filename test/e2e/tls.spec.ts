// The TLS view: one connection from its first packet to its keys.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'
import { expectLoaded, expectSelected } from './support/packets'

const list = (page: Page) => page.getByRole('listbox', { name: 'TLS connections' })
const ladder = (page: Page) => page.getByRole('listbox', { name: /Sequence diagram.*TLS connection/ })

async function openTls(page: Page, sample: string, packets: number): Promise<void> {
  await dropFile(page, sample, 'tls.pcapng')
  await expectLoaded(page, packets)
  await page.getByRole('button', { name: 'TLS', exact: true }).click()
  await expect(list(page).getByRole('option', { selected: true })).toBeVisible()
}

test('a connection tells its messages, keys and certificates, by keyboard', async ({ app, host }) => {
  await openTls(app, host.sample('page-load'), 406)
  await expect(app.getByText('8 connections, 8 of 8 decrypted')).toBeVisible()
  await list(app).focus()
  await app.keyboard.press('End')
  await expect(list(app).getByRole('option', { selected: true })).toHaveAccessibleName('Stream 15: img.example.test, TLSv1.3, Decrypted')
  await ladder(app).focus()
  await app.keyboard.press('Home')
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('ArrowDown')
  await expect(ladder(app).getByRole('option', { selected: true })).toHaveAccessibleName(
    /from the client to the server: ClientHello, img\.example\.test/,
  )
  await expect(app.getByRole('region', { name: 'Negotiated' })).toContainText('x25519')
  await expect(app.getByRole('region', { name: 'Certificate chain' })).toContainText('Signed by itself')
  await expect(app.getByRole('region', { name: 'From randoms to keys' })).toContainText('CLIENT_TRAFFIC_SECRET_0')
  await expect(app.getByRole('region', { name: 'How the versions differ' })).toContainText('stream 8 of tls.pcapng')
  expect(await serious(app)).toEqual([])
  let download = app.waitForEvent('download')
  await app.getByRole('button', { name: 'PEM' }).click()
  expect((await download).suggestedFilename()).toBe('tls-stream-15.pem')
  await app.getByRole('button', { name: 'Export' }).click()
  download = app.waitForEvent('download')
  await app.getByRole('menuitem', { name: /^SVG/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('tls-tls-15.svg')
  expect(readFileSync(await file.path(), 'utf8')).toContain('Server encrypts from here')
  await app.getByRole('button', { name: 'Packets', exact: true }).click()
  await expectSelected(app, 277)
})

test('pasted keys decrypt what is open, and the bytes get a tab of their own', async ({ app }) => {
  const recorded = path.resolve(import.meta.dirname, '../captures/tls/tls13-aes128')
  await dropFile(app, `${recorded}.pcap`, 'aes.pcap')
  await expectLoaded(app, 20)
  await app.getByRole('button', { name: 'TLS', exact: true }).click()
  await expect(app.getByRole('region', { name: 'Why can I not decrypt this?' })).toContainText('No key log')
  await app.getByRole('button', { name: 'Key log' }).click()
  const dialog = app.getByRole('dialog', { name: 'Keys for decryption' })
  expect(await serious(app)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Key log file' }).fill('/no/such/file')
  await dialog.getByRole('button', { name: 'Decrypt' }).click()
  await expect(dialog).toContainText('Cannot read /no/such/file')
  await dialog.getByRole('textbox', { name: 'Key log file' }).fill('')
  await dialog.getByRole('textbox', { name: 'Or paste lines of a key log' }).fill(readFileSync(`${recorded}.keylog`, 'utf8'))
  await dialog.getByRole('button', { name: 'Decrypt' }).click()
  await expect(dialog).toBeHidden()
  await expect(app.getByRole('region', { name: 'Can this be decrypted?' })).toContainText('Every record of data was read.')
  await ladder(app)
    .getByRole('option', { name: /ApplicationData/ })
    .first()
    .click()
  await app.getByRole('button', { name: 'Packets', exact: true }).click()
  await app
    .getByRole('tab', { name: /Decrypted TLS/ })
    .first()
    .click()
  await expect(app.locator('[data-pane=bytes]')).toContainText('secret mes')
})
