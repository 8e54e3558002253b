// Times the sequence diagram of one connection of 100,000 and more segments, in the browser host's page: from the click on the view to its first arrows,
// and the frames while all of it is scrolled, folded and unfolded.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { measureInPage, startBrowser, startServer } from './page.mjs'

/** Steps of the wheel from the first row to the last. */
const STEPS = 250
/** Milliseconds between them. */
const STEP_MS = 24

/** Runs the cases on one capture; returns rows {name, unit, ours, bound, met}. */
export async function ladderBench({ server, capture, name, log }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-bench-'))
  const rows = []
  const add = (what, ours, bound) => rows.push({ name: `${name}: ${what}`, unit: 'ms', ours, bound, met: ours <= bound })
  let child, browser
  try {
    const started = await startServer(server, folder, [capture])
    child = started.child
    browser = await startBrowser()
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(measureInPage)
    await page.goto(started.url)
    await page.waitForFunction(() => /Loaded in/.test(document.body.textContent), undefined, { timeout: 60_000 })

    log(`page: ${name}: open`)
    const opened = page.evaluate(() =>
      globalThis.benchAfterInput(['pointerdown'], () => document.querySelector('.dg-hit.arrow, .dg-hit.fold') !== null),
    )
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Sequence' }).click()
    add('ladder opens', await opened, 1000)
    log(`page: ${name}: scroll`)
    add('longest frame while scrolling', await scrolled(page), 50)

    await page.locator('.dg-box').evaluate((element) => {
      element.scrollTop = 0
    })
    await page.locator('.dg-hit.arrow').first().waitFor()
    if ((await page.locator('.dg-hit.fold').count()) === 0) return rows

    log(`page: ${name}: unfold`)
    await page.getByRole('button', { name: 'Diagram options' }).click()
    const height = await page.evaluate(() => document.querySelector('.dg-space').clientHeight)
    await page.evaluate((before) => {
      globalThis.benchAnswer = globalThis.benchAfterInput(
        ['pointerdown'],
        () => document.querySelector('.dg-space').clientHeight > before && document.querySelector('.dg-hit.arrow') !== null,
      )
    }, height)
    await page.getByRole('menuitem', { name: 'Expand all folds' }).click()
    add('all unfolded', await page.evaluate(() => globalThis.benchAnswer), 1000)
    log(`page: ${name}: scroll the unfolded`)
    add('longest frame while scrolling, unfolded', await scrolled(page), 50)
  } finally {
    await browser?.close()
    child?.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return rows
}

/** Scrolls from the first row to the last; milliseconds of the longest frame. */
async function scrolled(page) {
  const box = page.locator('.dg-box')
  await box.hover()
  const height = await box.evaluate((element) => {
    element.scrollTop = 0
    globalThis.benchFrames.longest = 0
    globalThis.benchFrames.last = 0
    globalThis.benchFrames.on = true
    return element.scrollHeight
  })
  for (let step = 0; step < STEPS; step++) {
    await page.mouse.wheel(0, Math.ceil(height / STEPS))
    await page.waitForTimeout(STEP_MS)
  }
  await page.waitForTimeout(200)
  return page.evaluate(() => {
    globalThis.benchFrames.on = false
    return globalThis.benchFrames.longest
  })
}
