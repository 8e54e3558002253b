// Opening a capture and reading it: list, details and bytes in step, and every way to get to a packet.
import type { Page } from '@playwright/test'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'
import { dropBytes, dropFile } from './support/drop'
import { expect, test } from './support/host'
import {
  bytesPane,
  clickByte,
  detailRow,
  details,
  expectCount,
  expectLoaded,
  expectSelected,
  expectShown,
  goToPacket,
  hoverByte,
  hoveredBytes,
  markedBytes,
  packetList,
  packetRow,
  selectPacket,
  statusBar,
} from './support/packets'

const PACKETS = 406

test.describe('opening', () => {
  test('a sample of the start screen', async ({ app }) => {
    await app.getByRole('button', { name: /page-load\.pcapng/ }).click()
    await expectLoaded(app, PACKETS)
    await expectShown(app, 1)
    await expect(app).toHaveTitle(/page-load\.pcapng/)
  })

  test('a dropped file', async ({ app, host }) => {
    await dropFile(app, host.sample('tcp-client-closes'), 'dropped.pcapng')
    await expectLoaded(app, 12)
    await expect(app.getByRole('tab', { name: /dropped\.pcapng/ })).toHaveAttribute('aria-selected', 'true')
  })

  test('two files at once, each in its own tab', async ({ app, host }) => {
    await dropFile(app, host.sample('tcp-client-closes'), 'first.pcapng')
    await expectLoaded(app, 12)
    await dropFile(app, host.sample('tcp-client-reset'), 'second.pcapng')
    await expectLoaded(app, 8)
    await app.getByRole('tab', { name: /first\.pcapng/ }).click()
    await expectLoaded(app, 12)
    await app.keyboard.press('Alt+2')
    await expectLoaded(app, 8)
    await app.keyboard.press('Alt+w')
    await expectLoaded(app, 12)
    await expect(app.getByRole('tab')).toHaveCount(1)
  })

  test('a file that is no capture is refused, and nothing else changes', async ({ app, host }) => {
    await dropFile(app, host.sample('tcp-client-closes'), 'good.pcapng')
    await expectLoaded(app, 12)
    await dropBytes(app, Buffer.from('<!DOCTYPE html><title>no capture</title>'), 'page.html')
    const message = app.getByRole('region', { name: 'Notifications' })
    await expect(message).toContainText('page.html')
    await expectLoaded(app, 12)
  })
})

test.describe('reading', () => {
  test.use({ files: ['page-load'] })

  test('a file given as an argument is open, and shows again after a reload', async ({ app }) => {
    await expectLoaded(app, PACKETS)
    await expect(packetList(app)).toHaveAttribute('aria-rowcount', String(PACKETS + 1))
    await app.reload()
    await expectLoaded(app, PACKETS)
    await expectShown(app, 1)
  })

  test('the list reads as tshark does', async ({ app, host }) => {
    test.skip(tsharkVersion === undefined, NO_TSHARK)
    await expectLoaded(app, PACKETS)
    const fields = [
      'frame.number',
      'frame.time_relative',
      '_ws.col.Source',
      '_ws.col.Destination',
      '_ws.col.Protocol',
      'frame.len',
      '_ws.col.Info',
    ]
    const run = tshark([
      '-n',
      '-r',
      `${host.folder}/page-load.pcapng`,
      '-c',
      '12',
      '-T',
      'fields',
      ...fields.flatMap((field) => ['-e', field]),
    ])
    const expected = run.stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
    for (const [number, time, source, destination, protocol, length, info] of expected) {
      const cells = await packetRow(app, Number(number)).getByRole('gridcell').allInnerTexts()
      // The file's resolution is microseconds; tshark's field prints nine digits.
      expect(cells.map((cell) => cell.trim())).toEqual([
        number,
        time?.slice(0, -3),
        source?.replace('Broadcast', 'ff:ff:ff:ff:ff:ff'),
        destination?.replace('Broadcast', 'ff:ff:ff:ff:ff:ff'),
        protocol,
        length,
        info?.trim(),
      ])
    }
  })

  test('End and Home reach the last and the first packet, the wheel scrolls without selecting', async ({ app }) => {
    await expectLoaded(app, PACKETS)
    await packetList(app).focus()
    await app.keyboard.press('End')
    await expectSelected(app, PACKETS)
    await app.keyboard.press('Home')
    await expectSelected(app, 1)
    await packetList(app).hover()
    await app.mouse.wheel(0, 100_000)
    await expect(packetRow(app, PACKETS)).toBeInViewport()
    await expectShown(app, 1)
  })

  test('a field of the tree marks its bytes', async ({ app }) => {
    await goToPacket(app, 34)
    await openLayer(app, 'Internet Protocol')
    await detailRow(app, 'Source Address').click()
    expect(await markedBytes(app)).toBe('0a 4d 00 01')
    await detailRow(app, 'Time to Live').click()
    expect(await markedBytes(app)).toBe('40')
    await expect(bytesPane(app)).toBeVisible()
  })

  test('a byte opens and selects its field', async ({ app }) => {
    await goToPacket(app, 34)
    await expect(detailRow(app, 'Destination Address')).toBeHidden()
    await clickByte(app, 30)
    await expect(detailRow(app, 'Destination Address')).toHaveAttribute('aria-selected', 'true')
    expect(await markedBytes(app)).toBe('0a 58 00 50')
  })

  test('hovering links both ways', async ({ app }) => {
    await goToPacket(app, 34)
    await openLayer(app, 'Ethernet')
    await detailRow(app, /^Type: IPv4/).click()
    await detailRow(app, /^Destination/).hover()
    await expect.poll(() => hoveredBytes(app)).toBe('16 76 47 e6 fa 21')
    // The maker's part of the address; its row is inside the closed Source, which lights up instead.
    await hoverByte(app, 7)
    await expect(detailRow(app, /^Source/)).toHaveClass(/\bhov\b/)
    await expect.poll(() => hoveredBytes(app)).toBe('16 2f 0a')
  })

  test('the same field stays selected on the next packet', async ({ app }) => {
    await goToPacket(app, 34)
    await openLayer(app, 'Internet Protocol')
    await detailRow(app, 'Source Address').click()
    await app.keyboard.press('F8')
    await expectShown(app, 35)
    await expect(detailRow(app, 'Source Address: 10.88.0.80')).toHaveAttribute('aria-selected', 'true')
    expect(await markedBytes(app)).toBe('0a 58 00 50')
  })

  test('a range and single rows can be selected', async ({ app }) => {
    await selectPacket(app, 3)
    await packetRow(app, 6).click({ modifiers: ['Shift'] })
    await packetRow(app, 9).click({ modifiers: ['Control'] })
    await expect(packetList(app).locator('[role=row][aria-selected=true]')).toHaveCount(5)
    await expect(statusBar(app)).toContainText('Selected 5')
  })

  test('Ctrl+G goes to a packet and refuses a number that is none', async ({ app }) => {
    await expectLoaded(app, PACKETS)
    await goToPacket(app, 231)
    await expect(packetRow(app, 231)).toBeInViewport()
    await app.keyboard.press('Control+g')
    const dialog = app.getByRole('dialog', { name: 'Go to packet' })
    await dialog.getByRole('textbox').fill('407')
    await app.keyboard.press('Enter')
    await expect(dialog).toContainText('406')
    await expect(dialog.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true')
    await app.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expectShown(app, 231)
  })

  test('Alt+Left and Alt+Right go through what was looked at', async ({ app }) => {
    // A packet counts as looked at once it has rested for a moment.
    await app.clock.install()
    await app.reload()
    for (const number of [37, 120, 300]) {
      await goToPacket(app, number)
      await app.clock.fastForward(1000)
    }
    await app.keyboard.press('Alt+ArrowLeft')
    await expectSelected(app, 120)
    await app.keyboard.press('Alt+ArrowLeft')
    await expectSelected(app, 37)
    await app.keyboard.press('Alt+ArrowRight')
    await expectSelected(app, 120)
  })

  test('Ctrl+. and Ctrl+, stay in the conversation', async ({ app }) => {
    await goToPacket(app, 40)
    await app.keyboard.press('Control+.')
    await expectSelected(app, 44)
    await app.keyboard.press('Control+,')
    await expectSelected(app, 40)
  })

  test('a link between packets is followed', async ({ app }) => {
    await goToPacket(app, 30)
    await app.getByRole('button', { name: 'Go to packet 31', exact: true }).click()
    await expectSelected(app, 31)
  })

  test('a reassembled or decoded part has its own tab of bytes', async ({ app }) => {
    // The frame and the page that it carries compressed.
    await goToPacket(app, 45)
    const tabs = bytesPane(app).locator('xpath=ancestor::section').getByRole('tab')
    await expect(tabs.first()).toHaveAttribute('aria-selected', 'true')
    await tabs.filter({ hasText: 'Uncompressed' }).click()
    await expect(tabs.last()).toHaveAttribute('aria-selected', 'true')
    await expect(bytesPane(app)).toContainText(/<!doctype html>/i)
  })
})

test.describe('finding', () => {
  test.use({ files: ['page-load'] })

  test('text in the list, forwards, backwards and around', async ({ app }) => {
    await openFind(app, 'img.example.test')
    await app.keyboard.press('Enter')
    await expectSelected(app, 48)
    await app.keyboard.press('Enter')
    await expectSelected(app, 49)
    await app.keyboard.press('Shift+Enter')
    await expectSelected(app, 48)
    await app.keyboard.press('Shift+Enter')
    await expect(app.getByRole('search')).toContainText('Started again')
    await app.keyboard.press('Escape')
    await expect(app.getByRole('search')).toBeHidden()
    await expect(packetList(app)).toBeFocused()
  })

  test('text in the details', async ({ app }) => {
    await openFind(app, 'Transaction ID: 0xd95e')
    await choose(app, 'Where to look', 'In the details')
    await app.getByRole('search').getByRole('textbox').press('Enter')
    await expectSelected(app, 30)
  })

  test('text in the bytes', async ({ app }) => {
    await openFind(app, 'style.css')
    await choose(app, 'Where to look', 'In the bytes')
    await app.getByRole('search').getByRole('textbox').press('Enter')
    await expectSelected(app, 46)
  })

  test('hex', async ({ app }) => {
    await openFind(app, '16 76 47 e6 fa 21 16 2f')
    await choose(app, 'Kind of search', 'Hex')
    await app.getByRole('search').getByRole('textbox').press('Enter')
    await expectSelected(app, 34)
  })

  test('a display filter, without hiding anything', async ({ app }) => {
    await openFind(app, 'tcp.flags.syn == 1 && tcp.flags.ack == 1')
    await choose(app, 'Kind of search', 'Display filter')
    const box = app.getByRole('search').getByRole('textbox')
    await box.press('Enter')
    await expectSelected(app, 35)
    await box.press('Enter')
    await expectSelected(app, 42)
    await expectCount(app, PACKETS)
  })

  test('what is not there is said', async ({ app }) => {
    await openFind(app, 'no such text')
    await app.keyboard.press('Enter')
    await expect(app.getByRole('search')).toContainText('Not found')
    await expectShown(app, 1)
  })
})

async function openFind(page: Page, text: string): Promise<void> {
  await expectLoaded(page, PACKETS)
  await page.keyboard.press('Control+f')
  await page.getByRole('search').getByRole('textbox').fill(text)
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('search').getByRole('button', { name: label }).click()
  await page.getByRole('menuitemradio', { name: option }).click()
}

async function openLayer(page: Page, name: string): Promise<void> {
  const row = detailRow(page, new RegExp(`^${name}`))
  await row.click()
  if ((await row.getAttribute('aria-expanded')) !== 'true') {
    await details(page).focus()
    await page.keyboard.press('ArrowRight')
  }
  await expect(row).toHaveAttribute('aria-expanded', 'true')
}
