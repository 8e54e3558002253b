// Times the browser host from inside the page, as its user sees it: from the input event to what is on the screen.
// The capture is opened through the start screen's list of recent files, so nothing is measured that a user would not do.
import { chromium } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findChromium } from '../chromium.mjs'
import { median } from './terminal.mjs'

const LOOKS = 20
/** How many times as fast as tshark -Y a filter on texts is held to be. */
const FILTER_SPEED = 25

/** Starts the browser host with settings of its own in `folder`; resolves once it has printed its address. */
export async function startServer(server, folder, files) {
  const child = spawn(process.execPath, [server, '--no-open', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_CACHE_HOME: path.join(folder, 'cache') },
  })
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      const found = /http:\S+/.exec(piece.toString())
      if (found) resolve(found[0])
    })
    child.on('exit', () => reject(new Error('the server ended before it printed its address')))
  })
  return { child, url }
}

/** Chromium as all cases of the page use it. */
export function startBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
  })
}

/** Runs in the page: waits until `ready` holds after the next input event; resolves to the milliseconds between (to the frame that shows it). */
export function measureInPage() {
  globalThis.benchAfterInput = (inputs, ready) =>
    new Promise((resolve, reject) => {
      let started = 0
      const giveUp = performance.now() + 60_000
      const begin = (event) => {
        if (!started) started = event.timeStamp
      }
      for (const input of inputs) addEventListener(input, begin, { capture: true, once: true })
      const look = () => {
        if (started && ready()) resolve(performance.now() - started)
        else if (performance.now() > giveUp) reject(new Error(`nothing was shown within 60 s: ${ready}`))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
  globalThis.benchFrames = { longest: 0, last: 0, on: false }
  const tick = (now) => {
    const frames = globalThis.benchFrames
    if (frames.on && frames.last) frames.longest = Math.max(frames.longest, now - frames.last)
    frames.last = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}

/**
 * In the page: milliseconds from the next event of that kind until a packet is selected and its tree is shown. Resolves once the page listens (an input
 * may overtake a script that was only sent), to a function that waits for the answer.
 */
const untilPacketIsShown = async (page, input, number) => {
  await page.evaluate(
    ([event, wanted]) => {
      globalThis.benchAnswer = globalThis.benchAfterInput([event], () => {
        const row = document.querySelector('[role=row][aria-selected=true]')
        return (
          row?.textContent.includes(wanted) &&
          [...document.querySelectorAll('[role=treeitem]')].some((item) => item.textContent.startsWith(`Frame ${wanted}:`))
        )
      })
    },
    [input, String(number)],
  )
  return () => page.evaluate(() => globalThis.benchAnswer)
}

/** Runs all page cases on a capture; returns rows {name, unit, ours, bound, met}. */
export async function pageBench({ server, big, log }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-bench-'))
  const rows = []
  const add = (name, ours, bound) => rows.push({ name: `page: ${name}`, unit: 'ms', ours, bound, met: ours <= bound })
  let child, browser
  try {
    // once by argument, so that the file is among the recent ones
    log('page: prepare')
    ;({ child } = await startServer(server, folder, [big]))
    await new Promise((resolve) => setTimeout(resolve, 3000))
    child.kill()
    const started = await startServer(server, folder, [])
    child = started.child
    browser = await startBrowser()
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(measureInPage)
    await page.goto(started.url)
    const recent = page.getByRole('button', { name: new RegExp(path.basename(big)) }).first()
    await recent.waitFor()

    log('page: open, scroll while indexing')
    const firstRows = page.evaluate(() =>
      globalThis.benchAfterInput(
        ['pointerdown'],
        () => (document.querySelector('[role=row][aria-rowindex="2"]')?.textContent ?? '').length > 10,
      ),
    )
    const whole = page.evaluate(() => globalThis.benchAfterInput(['pointerdown'], () => /Loaded in/.test(document.body.textContent)))
    await recent.click()
    const first = await firstRows
    await page.mouse.move(600, 350)
    await page.evaluate(() => {
      globalThis.benchFrames.on = true
    })
    let loaded = false
    const done = whole.then((ms) => {
      loaded = true
      return ms
    })
    while (!loaded) {
      await page.mouse.wheel(0, 900)
      await page.waitForTimeout(16)
    }
    const longest = await page.evaluate(() => {
      globalThis.benchFrames.on = false
      return globalThis.benchFrames.longest
    })
    add('first rows after opening', first, 300)
    add('whole index', await done, 4000)
    add('longest frame while scrolling during indexing', longest, 50)

    log('page: jumps and clicks')
    const packets = await page.evaluate(
      () => Number(document.querySelector('[role=grid][aria-rowcount]').getAttribute('aria-rowcount')) - 1,
    )
    const jumps = [],
      clicks = []
    for (let i = 0; i < LOOKS; i++) {
      const number = 1 + Math.floor(((i * 0.618034) % 1) * (packets - 30))
      await page.keyboard.press('Control+g')
      await page.locator('dialog input, [role=dialog] input').first().fill(String(number))
      const jumped = await untilPacketIsShown(page, 'keydown', number)
      await page.keyboard.press('Enter')
      jumps.push(await jumped())
      const next = page.locator(`#packet-list-rows [role=row][aria-rowindex="${number + 3}"]`)
      const clicked = await untilPacketIsShown(page, 'pointerdown', number + 2)
      await next.click()
      clicks.push(await clicked())
    }
    add(`jump to any row (worst of ${LOOKS})`, Math.max(...jumps), 100)
    add(`click on a packet (worst of ${LOOKS})`, Math.max(...clicks), 100)

    log('page: filters')
    const contained = []
    const shown = (text) => page.waitForFunction((wanted) => document.querySelector('footer')?.textContent.includes(wanted), text)
    for (const [filter, bound] of [
      ['ip.addr == 10.0.0.2 && tcp.flags.syn == 1', 50],
      ['http.request', 150],
      ['http.request.uri contains "x=77"', undefined],
      ['tcp.payload contains "path"', undefined],
    ]) {
      const box = page.locator('#filter-input')
      await box.fill(filter)
      // nothing is counted ahead: Enter comes at once
      await page.evaluate((wanted) => {
        globalThis.benchAnswer = globalThis.benchAfterInput(
          ['keydown'],
          () =>
            [...document.querySelectorAll('.filter .chip')].some((chip) => /match/.test(chip.textContent)) &&
            document.querySelector('#filter-input').value === wanted,
        )
      }, filter)
      await box.press('Enter')
      const answered = await page.evaluate(() => globalThis.benchAnswer)
      if (bound === undefined) contained.push({ filter, answered })
      else add(`filter ${filter}`, answered, bound)
      await box.press('Control+Shift+Slash')
      await shown(' of ')
    }
    // beside tshark, which has the machine to itself then
    await browser.close()
    child.kill()
    for (const { filter, answered } of contained) {
      log(`page: tshark -Y '${filter}'`)
      const theirs = 1000 * median(['tshark', '-r', big, '-Y', filter, '-T', 'fields', '-e', 'frame.number'], 1)
      const ratio = theirs / answered
      rows.push({
        name: `page: filter ${filter}`,
        unit: 'ms',
        ours: answered,
        theirs,
        ratio,
        bound: FILTER_SPEED,
        met: ratio >= FILTER_SPEED,
      })
    }
  } catch (error) {
    log(`page: ${rows.map(({ name, ours }) => `${name} ${ours.toFixed(0)}`).join('; ')}; then: ${error.message}`)
    throw error
  } finally {
    await browser?.close()
    child?.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return rows
}
