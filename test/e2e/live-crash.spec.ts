// kill -9 of what shows a capture, in the middle of it: of the page's process, of the whole browser, and of the server. A sender in a process of
// its own keeps the loopback at 20,000 packets a second meanwhile; each datagram carries its number, so that a lost one is a gap.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { isGapless, sequenceIn } from '../support/sequence'
import { expect, test, type Host } from './support/host'
import { applyFilter, expectCount, statusBar } from './support/packets'

test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'capturing on the loopback needs root')

const SENDER = path.resolve(import.meta.dirname, '../../scripts/bench/packet-sender.mjs')
const RATE = 20_000
const SECONDS = 6
/** A capture is in its middle once its file has this size: some 15,000 packets. */
const MIDDLE = 10_000_000
let port = 46_500

interface Swing {
  readonly file: string
  /** Datagrams that were sent, once the sender has ended by itself. */
  sent(): Promise<number>
}

const senders: ChildProcess[] = []
const browsers: Browser[] = []
test.afterEach(async () => {
  for (const sender of senders.splice(0)) sender.kill('SIGKILL')
  for (const browser of browsers.splice(0)) await browser.close().catch(() => undefined)
})

/** A browser of this test alone, whose processes it may kill. */
async function openBrowser(url: string): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch(test.info().project.use.launchOptions ?? {})
  browsers.push(browser)
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.getByRole('contentinfo').waitFor()
  return { browser, page }
}

/** Process numbers of a kind, as the browser itself tells them. */
async function processes(browser: Browser, kind: string): Promise<number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const found = processInfo.filter((one) => one.type === kind).map((one) => one.id)
  expect(found.length, `processes of kind ${kind}`).toBeGreaterThan(0)
  return found
}

/** Captures on the loopback what a sender sends, until the capture is in full swing. */
async function inFullSwing(page: Page, host: Host): Promise<Swing> {
  port++
  await page.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await page.getByRole('textbox', { name: 'Capture filter' }).fill(`udp port ${String(port)}`)
  await page.getByRole('button', { name: /^Start on lo/ }).click()
  await expect(statusBar(page)).toContainText('Capturing on lo')
  const sender = spawn(process.execPath, [SENDER, String(port), String(RATE), String(SECONDS), '600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  senders.push(sender)
  let said = ''
  sender.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
  const ended = once(sender, 'close')
  const sent = async (): Promise<number> => {
    await ended
    return (JSON.parse(said) as { sent: number }).sent
  }
  const folder = path.join(host.folder, '.state/wireglass/captures')
  const file = (): string => readdirSync(folder).find((name) => name.endsWith('.pcapng')) ?? ''
  await expect.poll(() => statSync(path.join(folder, file())).size, { intervals: [20] }).toBeGreaterThan(MIDDLE)
  return { file: path.join(folder, file()), sent }
}

/** Helpers of this test: processes that have its file open. */
function helpers(file: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${String(pid)}/cmdline`, 'latin1').includes('helper/index.js') && opens(pid, file)
      } catch {
        // It has ended meanwhile.
        return false
      }
    })
}

function opens(pid: number, file: string): boolean {
  return readdirSync(`/proc/${String(pid)}/fd`).some(
    (descriptor) => statSync(`/proc/${String(pid)}/fd/${descriptor}`, { throwIfNoEntry: false })?.ino === statSync(file).ino,
  )
}

/** The page is back at the capture, which went on without it: nothing of what was sent is missing. */
async function expectWentOn(page: Page, { file, sent }: Swing): Promise<void> {
  await expect(statusBar(page)).toContainText('Capturing on lo')
  const total = await sent()
  await expectCount(page, total)
  await page.keyboard.press('Control+e')
  await expect(statusBar(page)).not.toContainText('Capturing')
  const numbers = sequenceIn(file)
  expect(numbers).toHaveLength(total)
  expect(isGapless(numbers)).toBe(true)
  await expect.poll(() => helpers(file)).toEqual([])
  await applyFilter(page, 'udp.length == 608', total)
}

test('a killed page process leaves the capture running, and another page shows every packet', async ({ host }) => {
  const { browser, page } = await openBrowser(host.url)
  const swing = await inFullSwing(page, host)
  const crashed = page.waitForEvent('crash')
  for (const pid of await processes(browser, 'renderer')) process.kill(pid, 'SIGKILL')
  await crashed
  const again = await browser.newPage({ locale: 'en-GB' })
  await again.goto(host.url)
  await expectWentOn(again, swing)
})

test('a killed browser leaves the capture running, and another browser shows every packet', async ({ host }) => {
  const { browser, page } = await openBrowser(host.url)
  const swing = await inFullSwing(page, host)
  const gone = new Promise((resolve) => browser.once('disconnected', resolve))
  for (const pid of await processes(browser, 'browser')) process.kill(pid, 'SIGKILL')
  await gone
  await expectWentOn((await openBrowser(host.url)).page, swing)
})

test('a killed server takes its helper along, and the next one offers every packet', async ({ host }) => {
  const { page } = await openBrowser(host.url)
  const { file } = await inFullSwing(page, host)
  expect(helpers(file)).toHaveLength(1)
  const { size } = statSync(file)
  host.stop()
  await expect.poll(() => helpers(file)).toEqual([])
  await page.goto('about:blank')
  await page.goto(await host.again())
  const kept = page.getByRole('region', { name: 'Packets of an earlier capture' })
  await expect(kept).toContainText(`udp port ${String(port)}`)
  await kept.getByRole('button', { name: 'Open' }).click()
  const numbers = sequenceIn(file)
  expect(isGapless(numbers)).toBe(true)
  expect(numbers.length).toBeGreaterThanOrEqual(sequenceIn(file, size).length)
  await expectCount(page, numbers.length)
})
