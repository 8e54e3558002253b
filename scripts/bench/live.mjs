// Live capture under load, as its user sees it: a sender in a process of its own, the page open and scrolling.
//   node scripts/bench/live.mjs [--rate 100000] [--seconds 20] [--bytes 600] [--trace FILE]     needs root (the loopback is captured) and a built out/
// Prints what was sent, what arrived, what the kernel dropped, how long a packet takes to the screen, the page's frames with what the long ones did,
// and how much memory a packet costs. --trace writes Chromium's own trace of the run (for chrome://tracing); the tracing itself costs frames.
import { chromium } from '@playwright/test'
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from '../chromium.mjs'

const ROOT = path.resolve(import.meta.dirname, '../..')
const PORT = 46_777
const LOOKS = 20
/** Clock ticks a second in /proc (proc(5)). */
const TICKS = 100
/** A frame is to take less than this many milliseconds. */
const FRAME_BOUND = 50

const text = { type: 'string' }
const { values } = parseArgs({ options: { rate: text, seconds: text, bytes: text, trace: text } })
const rate = Number(values.rate ?? 100_000)
const seconds = Number(values.seconds ?? 20)
const bytes = Number(values.bytes ?? 600)

/** What of Chromium's work a trace shows: tasks, scripts, garbage collection, frames. */
const TRACED = ['toplevel', 'devtools.timeline', 'v8', 'disabled-by-default-v8.gc', 'blink', 'cc', 'gpu', 'viz', 'benchmark']

const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-bench-live-'))
const server = spawn(process.execPath, [path.join(ROOT, 'out/server/index.js'), '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, WIREGLASS_CONFIG_DIR: folder },
})
const url = await new Promise((resolve) => {
  server.stdout.on('data', (piece) => {
    const found = /http:\S+/.exec(String(piece))
    if (found) resolve(found[0])
  })
})
const executablePath = findChromium()
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await page.getByRole('textbox', { name: 'Capture filter' }).fill(`udp port ${PORT}`)
  await page.getByRole('button', { name: /^Start on lo/ }).click()
  await page.getByRole('grid', { name: 'Packet list' }).waitFor()
  await page.evaluate(watchFrames)

  const delays = await timeToScreen(page)
  console.log(
    `one packet at a time: on the screen after ${middle(delays)} ms (median of ${delays.length}), ${Math.max(...delays)} ms at most`,
  )

  const before = processorSeconds()
  const memoryBefore = residentBytes()
  if (values.trace) await browser.startTracing(page, { path: values.trace, categories: TRACED })
  await page.evaluate(() => globalThis.frames.start())
  const sent = await send(page)
  const { lengths: frames, long } = await page.evaluate(() => globalThis.frames.stop())
  if (values.trace) await browser.stopTracing()
  const lagFrom = Date.now()
  const wanted = sent.sent + delays.length
  const shown = () => page.evaluate(() => Number(document.querySelector('#packet-list-rows')?.getAttribute('aria-rowcount')) - 1)
  let rows = await shown()
  while (rows < wanted && Date.now() - lagFrom < 10_000) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    rows = await shown()
  }
  const lag = Date.now() - lagFrom
  const used = processorSeconds()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const status = await page.getByRole('contentinfo', { name: 'Status' }).innerText()
  const over = frames.filter((length) => length > FRAME_BOUND).length
  console.log(`sent ${sent.sent} datagrams of ${bytes} B in ${sent.seconds.toFixed(2)} s: ${Math.round(sent.sent / sent.seconds)} a second`)
  console.log(`rows ${rows} of ${wanted}, the last of them ${lag} ms after the sender had ended`)
  for (const [what, spent] of Object.entries(used)) {
    const micros = ((spent - (before[what] ?? 0)) * 1e6) / sent.sent
    console.log(`${what}: ${micros.toFixed(2)} µs of processor time a packet`)
  }
  console.log(`status bar: ${status.replace(/\s+/g, ' ').slice(0, 160)}`)
  console.log(
    `frames while scrolling: ${frames.length}, median ${middle(frames)} ms, 95 % below ${at(frames, 0.95)} ms, longest ${at(frames, 1)} ms, ${over} over 50 ms`,
  )
  for (const one of long.slice(0, 5)) console.log(`  ${one}`)
  if (values.trace) console.log(`the page's longest tasks, in processor time and by the clock: ${longestTasks(values.trace).join(', ')}`)
  console.log(`server and engine: ${((residentBytes() - memoryBefore) / sent.sent).toFixed(0)} bytes of memory a packet`)
  console.log(
    `machine: ${cpus().length} cores, load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')} (other work on it counts too)`,
  )
} finally {
  await browser.close()
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** Processor seconds of server (with the engine) and helper so far. */
function processorSeconds() {
  const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ')
  const tasks = readdirSync(`/proc/${server.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${server.pid}/task/${task}/children`, 'utf8').trim().split(' '),
  )
  const helpers = [...new Set([...children, ...tasks])].filter((pid) => pid !== '')
  const ticks = (pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  }
  return { 'server and engine': ticks(server.pid), helper: helpers.reduce((sum, pid) => sum + ticks(pid), 0) }
}

/** What the page's main thread was busy with longest at a stretch: processor time is its own doing, the rest of the clock is other processes'. */
function longestTasks(file) {
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8'))
  const thread = ({ pid, tid }) => `${pid} ${tid}`
  const pages = new Set(traceEvents.filter((one) => one.name === 'thread_name' && one.args.name === 'CrRendererMain').map(thread))
  const tasks = traceEvents.filter((one) => one.ph === 'X' && one.name.endsWith('RunTask') && pages.has(thread(one)))
  const longest = tasks.toSorted((one, other) => (other.tdur ?? 0) - (one.tdur ?? 0)).slice(0, 3)
  return longest.map(({ tdur = 0, dur }) => `${(tdur / 1000).toFixed(1)} of ${(dur / 1000).toFixed(1)} ms`)
}

/** Memory of the server with the engine. */
function residentBytes() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024
}

/** Runs in the page: lengths of frames between start and stop, and what Chromium says of those that took long. */
function watchFrames() {
  let lengths = []
  let long = []
  let last = 0
  let on = false
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const scripts = entry.scripts.map(
        (one) =>
          `${one.invoker} ${one.sourceFunctionName}@${one.sourceCharPosition} ${Math.round(one.duration)} ms (layout ${Math.round(one.forcedStyleAndLayoutDuration)})`,
      )
      const paint = Math.round(entry.startTime + entry.duration - entry.styleAndLayoutStart)
      long.push(`long frame of ${Math.round(entry.duration)} ms: style, layout and paint ${paint} ms; ${scripts.join('; ') || 'no script'}`)
    }
  })
  observer.observe({ type: 'long-animation-frame' })
  const tick = (now) => {
    if (on && last > 0) lengths.push(Math.round(now - last))
    last = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  globalThis.frames = {
    start: () => {
      lengths = []
      long = []
      on = true
    },
    stop: () => {
      on = false
      return { lengths, long }
    },
  }
}

/** Milliseconds from sending a datagram until its row is drawn, one after another. */
async function timeToScreen(page) {
  const socket = createSocket('udp4')
  const receiver = createSocket('udp4')
  await new Promise((resolve) => receiver.bind(PORT, '127.0.0.1', resolve))
  const delays = []
  for (let number = 1; number <= LOOKS; number++) {
    const drawn = page.evaluate(
      (wanted) =>
        new Promise((resolve) => {
          const look = () => {
            const cell = document.querySelector(`[role=row][aria-rowindex="${wanted + 1}"] [role=gridcell]:nth-child(2)`)
            if ((cell?.textContent ?? '').trim().startsWith(String(wanted))) resolve(Date.now())
            else requestAnimationFrame(look)
          }
          look()
        }),
      number,
    )
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 100))
    const started = Date.now()
    socket.send(Buffer.alloc(100), PORT, '127.0.0.1')
    delays.push((await drawn) - started)
  }
  socket.close()
  receiver.close()
  return delays
}

/** Lets the sender run while the user scrolls back and to the end again. */
async function send(page) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'packet-sender.mjs'), PORT, rate, seconds, bytes].map(String), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (piece) => (output += String(piece)))
  let running = true
  const ended = new Promise((resolve) => child.on('close', resolve)).then(() => (running = false))
  await page.getByRole('grid', { name: 'Packet list' }).hover()
  for (let turn = 0; running; turn++) {
    await page.mouse.wheel(0, turn % 8 < 4 ? -300 : 300)
    if (turn % 16 === 15) await page.getByRole('button', { name: 'Scroll with the capture' }).click()
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  await ended
  return JSON.parse(output)
}

function at(numbers, share) {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function middle(numbers) {
  return at(numbers, 0.5)
}
