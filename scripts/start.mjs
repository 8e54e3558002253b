#!/usr/bin/env node
// @ts-check
// npm start [-- [--browser [--port N] [--no-open]|--electron] [FILE|-]...]
// Sets up, builds what changed and opens Wireglass: in Electron where its binary can be had and there is a display, otherwise (said in
// one line) in the browser, served from this machine only. Ctrl+C ends it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.mjs'
import { setUpPackages } from './setup.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const ELECTRON = join(ROOT, 'node_modules', 'electron')
const FAILURE = join(ROOT, 'node_modules', '.cache', 'wireglass-electron-failed')
const FAILURE_HOLDS_MS = 24 * 3600 * 1000
const DOWNLOAD_LIMIT_MS = 10 * 60 * 1000
const USAGE = `Usage: npm start [-- [--browser|--electron] [FILE|-]...]
  --browser    serve the interface on a loopback address for your browser
  --electron   open the desktop application, or say why that fails
  --port N     in the browser: listen on this port (default: a free one)
  --no-open    in the browser: only print the address
  FILE         a capture to open (pcap, pcapng, also .gz, .zst, .lz4); - reads standard input`

/** @typedef {{ host: 'any' | 'browser' | 'electron', files: string[], serverOptions: string[] }} Choice */

process.exitCode = await start()

/** @returns {Promise<number>} the exit status */
async function start() {
  const choice = parseArguments(process.argv.slice(2))
  if (typeof choice === 'number') return choice
  if (!setUpPackages()) return 1
  if (!(await buildAll({ ifNeeded: true, quiet: true }))) {
    console.error('The build failed, see above.')
    return 1
  }
  if (choice.host !== 'browser') {
    const obstacle = await electronObstacle(choice.host === 'electron')
    if (obstacle === undefined) {
      const ended = await runElectron(choice.files)
      if (!ended.failedAtOnce || choice.host === 'electron') return ended.code
      console.log('Electron could not start on this system: opening in the browser instead.')
    } else if (choice.host === 'electron') {
      console.error(`Cannot open the desktop application: ${obstacle}.`)
      return 1
    } else {
      console.log(`No desktop window (${obstacle}): opening in the browser instead.`)
    }
  }
  return (await run(process.execPath, [join(ROOT, 'out/server/index.js'), ...choice.serverOptions, '--', ...choice.files])).code
}

/**
 * @param {string[]} args
 * @returns {Choice | number} an exit status when there is nothing to start
 */
function parseArguments(args) {
  /** @type {Choice} */
  const choice = { host: 'any', files: [], serverOptions: [] }
  let onlyFiles = false
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (onlyFiles || arg === '-' || !arg.startsWith('-')) choice.files.push(arg)
    else if (arg === '--') onlyFiles = true
    else if (arg === '--browser') choice.host = 'browser'
    else if (arg === '--electron') choice.host = 'electron'
    else if (arg === '--no-open' || arg.startsWith('--port=')) choice.serverOptions.push(arg)
    else if (arg === '--port') choice.serverOptions.push(arg, rest.shift() ?? '')
    else if (arg === '--help' || arg === '-h') {
      console.log(USAGE)
      return 0
    } else {
      console.error(`Unknown option ${arg}\n${USAGE}`)
      return 1
    }
  }
  // npm runs scripts in the package's folder; INIT_CWD is where the user is.
  const from = process.env['INIT_CWD'] ?? process.cwd()
  for (const [index, file] of choice.files.entries()) {
    if (file === '-') continue
    const path = resolve(from, file)
    if (!existsSync(path)) {
      console.error(`No such file: ${path}`)
      return 2
    }
    if (statSync(path).isDirectory()) {
      console.error(`${path} is a folder: give a capture file.`)
      return 2
    }
    choice.files[index] = path
  }
  return choice
}

/**
 * Why Electron cannot be used here; fetches its binary where that is missing.
 * @param {boolean} insisted the user asked for Electron, so an earlier failure is not remembered
 * @returns {Promise<string | undefined>} undefined when it can
 */
async function electronObstacle(insisted) {
  const unix = process.platform !== 'win32' && process.platform !== 'darwin'
  if (unix && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display'
  if (unix && process.getuid?.() === 0 && !insisted) return "Electron's sandbox does not work for root"
  if (electronBinary() !== undefined) return undefined

  const again = 'npm start -- --electron tries again'
  if (!insisted && existsSync(FAILURE) && Date.now() - statSync(FAILURE).mtimeMs < FAILURE_HOLDS_MS) {
    return `Electron's binary could not be fetched: ${readFileSync(FAILURE, 'utf8')}; ${again}`
  }
  const reason = await fetchElectron()
  if (reason === undefined) {
    rmSync(FAILURE, { force: true })
    return undefined
  }
  mkdirSync(dirname(FAILURE), { recursive: true })
  writeFileSync(FAILURE, reason)
  return `Electron's binary could not be fetched: ${reason}`
}

/** @returns {string | undefined} the path of Electron's executable, where it is installed */
function electronBinary() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const pathFile = join(ELECTRON, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const path = join(override ?? join(ELECTRON, 'dist'), name)
  return existsSync(path) ? path : undefined
}

/**
 * Downloads Electron's binary with Electron's own installer.
 * @returns {Promise<string | undefined>} what went wrong
 */
async function fetchElectron() {
  // Without a route to the download the installer would retry for minutes: ask first, unless a proxy or a mirror makes that meaningless.
  const detour = Object.keys(process.env).some((name) => /^(https?_proxy|all_proxy|(npm_config_)?electron_mirror)$/i.test(name))
  if (!detour && !(await reachable('github.com', 443, 4000))) return 'github.com is not reachable'
  console.log('Fetching Electron (once, about 120 MB) ...')
  const result = spawnSync(process.execPath, [join(ELECTRON, 'install.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: DOWNLOAD_LIMIT_MS,
  })
  if (result.status === 0 && electronBinary() !== undefined) return undefined
  if (result.error) return result.error.message
  return (
    result.stderr
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 160) ?? 'its installer failed'
  )
}

/**
 * @param {string} host
 * @param {number} port
 * @param {number} limitMs
 * @returns {Promise<boolean>}
 */
function reachable(host, port, limitMs) {
  return new Promise((done) => {
    const socket = connect({ host, port })
    const timer = setTimeout(() => finish(false), limitMs)
    /** @param {boolean} answer */
    function finish(answer) {
      clearTimeout(timer)
      socket.destroy()
      done(answer)
    }
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}

/**
 * @param {string[]} files
 * @returns {Promise<{ code: number, failedAtOnce: boolean }>}
 */
async function runElectron(files) {
  const binary = electronBinary()
  if (binary === undefined) return { code: 1, failedAtOnce: true }
  const asRoot = process.getuid?.() === 0
  if (asRoot) console.log("Running as root: Electron's sandbox is off. Prefer an ordinary account.")
  const started = Date.now()
  const ended = await run(binary, [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...files])
  const failedAtOnce = !ended.asked && (ended.code !== 0 || ended.signal !== null) && Date.now() - started < 5000
  return { code: ended.code, failedAtOnce }
}

/**
 * Runs a host until it ends; Ctrl+C reaches it through the terminal, other ends are passed on.
 * @param {string} file
 * @param {string[]} args
 * @returns {Promise<{ code: number, signal: string | null, asked: boolean }>} asked: ended by our own signal
 */
function run(file, args) {
  return new Promise((done) => {
    let asked = false
    const child = spawn(file, args, { stdio: 'inherit' })
    process.on('SIGINT', () => {
      asked = true // the terminal has sent it to the child too
    })
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        asked = true
        child.kill(signal)
      })
    }
    child.on('error', (error) => {
      console.error(error.message)
      done({ code: 1, signal: null, asked })
    })
    child.on('close', (code, signal) => done({ code: asked ? 0 : (code ?? 1), signal, asked }))
  })
}
