// Live capture in the browser host: on the loopback, with a web server of the test on the other side.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { serious } from './support/axe'
import { expect, settle, test } from './support/host'
import { applyFilter, cellText, expectCount, expectLoaded, packetList, packetRow, statusBar } from './support/packets'
import { openPath, saveAs } from './support/tasks'

test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'capturing on the loopback needs root')

let server: Server
let port: number
test.beforeAll(async () => {
  server = createServer((_request, response) => response.end('<h1>hello</h1>'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const captureFilter = (page: Page) => page.getByRole('textbox', { name: 'Capture filter' })
const fetchPage = async (path: string): Promise<void> => {
  await (await fetch(`http://127.0.0.1:${String(port)}${path}`, { headers: { connection: 'close' } })).text()
}

/** Ticks the loopback and starts with the keyboard. */
async function startOnLoopback(page: Page, filter: string): Promise<void> {
  await page.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await captureFilter(page).fill(filter)
  await expect(page.getByText('This filter can be used.')).toBeVisible()
  await page.keyboard.press('Control+e')
  await expect(statusBar(page)).toContainText('Capturing on lo')
}

test('a page is fetched while it is captured: rows, ladder, stop, save, reopen', async ({ app, host }) => {
  await startOnLoopback(app, `tcp port ${String(port)}`)
  await expect(app.getByRole('heading', { name: 'Waiting for packets' })).toBeVisible()
  await fetchPage('/first')
  await expect(packetList(app)).toContainText('GET /first HTTP/1.1')
  await expect(statusBar(app)).toContainText('dropped 0')

  await app.getByRole('button', { name: 'Sequence', exact: true }).click()
  const ladder = app.getByRole('listbox', { name: /Sequence diagram/ })
  await expect(ladder.getByRole('option').first()).toHaveAccessibleName(/three-way handshake/)
  expect(await serious(app)).toEqual([])
  await app.getByRole('button', { name: 'Packets', exact: true }).click()

  await fetchPage('/second')
  await expect(packetList(app)).toContainText('GET /second HTTP/1.1')
  await app.keyboard.press('Control+e')
  await expect(statusBar(app)).not.toContainText('Capturing')
  const text = await statusBar(app).innerText()
  const packets = Number(/(\d+) of \d+/.exec(text)?.[1])
  expect(packets).toBeGreaterThan(15)

  await saveAs(app, `${host.folder}/live.pcapng`, {})
  settle(`${host.folder}/live.pcapng`)
  await app.keyboard.press('Alt+w')
  await expect(app.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
  await openPath(app, `${host.folder}/live.pcapng`)
  await expectLoaded(app, packets)
  await applyFilter(app, 'http.request', 2)
})

test('the list scrolls with the capture until the user scrolls', async ({ app }) => {
  await startOnLoopback(app, `tcp port ${String(port)}`)
  const atEnd = (): Promise<number> =>
    packetList(app).evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)
  for (let index = 0; index < 12; index++) await fetchPage(`/fill-${String(index)}`)
  await expect(packetList(app)).toContainText('GET /fill-11')
  await expect.poll(atEnd).toBeLessThan(3)
  const follow = app.getByRole('button', { name: 'Scroll with the capture' })
  await expect(follow).toHaveAttribute('aria-pressed', 'true')

  await packetList(app).hover()
  await app.mouse.wheel(0, -400)
  await expect(follow).toHaveAttribute('aria-pressed', 'false')
  await fetchPage('/unseen')
  await expect(statusBar(app)).toContainText(/\d+ of \d+/)
  await expect(packetList(app)).not.toContainText('/unseen')

  await follow.click()
  await expect(packetList(app)).toContainText('GET /unseen')
  // Choosing a packet holds the list too.
  await packetList(app).press('Home')
  await expect(follow).toHaveAttribute('aria-pressed', 'false')
  await expect(packetRow(app, 1)).toHaveAttribute('aria-selected', 'true')
})

test('filters keep up, and restarting asks before it discards', async ({ app }) => {
  await startOnLoopback(app, `tcp port ${String(port)}`)
  await fetchPage('/a')
  await applyFilter(app, 'http.request', 1)
  await fetchPage('/b')
  await expectCount(app, 2)
  expect(await cellText(app, 4, 'Info')).toContain('GET /a')

  await app.keyboard.press('Control+r')
  const dialog = app.getByRole('dialog', { name: 'Discard and restart?' })
  await dialog.getByRole('button', { name: 'Discard and restart' }).click()
  await expect(statusBar(app)).toContainText(/Packets\s+0 of 0/)
  await expect(statusBar(app)).toContainText('Capturing on lo')
  await fetchPage('/c')
  await expect(packetList(app)).toContainText('GET /c')
  await expectCount(app, 1)
})

test('closing a running capture asks, ends it and leaves nothing', async ({ app }) => {
  await startOnLoopback(app, `tcp port ${String(port)}`)
  await fetchPage('/x')
  await expect(packetList(app)).toContainText('GET /x')
  await app.keyboard.press('Alt+w')
  await app.getByRole('dialog', { name: 'Save before closing?' }).getByRole('button', { name: 'Discard' }).click()
  await expect(app.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
  await expect(statusBar(app)).not.toContainText('Capturing')
  await app.reload()
  await expect(app.getByRole('heading', { name: 'Interfaces' })).toBeVisible()
  await expect(app.getByText('Packets of an earlier capture')).toHaveCount(0)
})

test('the page comes back to a running capture, and a killed host leaves the packets for the next', async ({ app, host }) => {
  await startOnLoopback(app, `tcp port ${String(port)}`)
  await fetchPage('/kept')
  await expect(packetList(app)).toContainText('GET /kept')
  await app.reload()
  await expect(statusBar(app)).toContainText('Capturing on lo')
  await expect(packetList(app)).toContainText('GET /kept')
  // what the page loads ahead of its use is there: afterwards nobody answers
  await app.waitForLoadState('networkidle')
  host.stop()
  const again = await host.again()
  await app.goto('about:blank')
  await app.goto(again)
  const kept = app.getByRole('region', { name: 'Packets of an earlier capture' })
  await expect(kept).toContainText(`tcp port ${String(port)}`)
  expect(await serious(app)).toEqual([])
  await kept.getByRole('button', { name: 'Open' }).click()
  await expect(packetList(app)).toContainText('GET /kept')
})

test('a wrong capture filter is told while it is typed, and what it would be', async ({ app }) => {
  await app.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await captureFilter(app).fill('tcp.port == 443')
  await expect(app.getByRole('alert')).toContainText('libpcap does not take this filter')
  await expect(app.getByRole('button', { name: /^Start on lo/ })).toBeDisabled()
  await app.getByRole('button', { name: 'Fix it' }).click()
  await expect(captureFilter(app)).toHaveValue('tcp port 443')
  await expect(app.getByRole('button', { name: /^Start on lo/ })).toBeEnabled()
  await app.getByRole('button', { name: 'Saved and recent capture filters' }).click()
  await app.getByRole('menuitem', { name: 'Save this filter' }).click()
  await captureFilter(app).fill('')
  await app.getByRole('button', { name: 'Saved and recent capture filters' }).click()
  await app.getByRole('menuitem', { name: 'tcp port 443' }).click()
  await expect(captureFilter(app)).toHaveValue('tcp port 443')
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the start screen has no serious trouble for assistive technology (${colorScheme})`, async ({ app }) => {
    await app.emulateMedia({ colorScheme })
    await app.getByText('Pipe or remote host').click()
    await app.getByRole('checkbox', { name: 'lo', exact: true }).check()
    expect(await serious(app)).toEqual([])
    await app.getByRole('button', { name: 'Ring of files' }).click()
    await expect(app.getByRole('dialog', { name: 'Ring of files' })).toContainText('A ring needs the name of a file')
    expect(await serious(app)).toEqual([])
  })
}
