#!/usr/bin/env node
// @ts-check
// Installs what is missing, and nothing else; only Node built-ins are used, so it runs on a fresh clone.
//   node scripts/setup.mjs            npm packages, without running their install scripts
//   node scripts/setup.mjs --tests    and the programs that the tests drive (chromium, tshark, ...), and the package cap
// A stamp in node_modules (hash of package-lock.json) makes it return at once when nothing is to do.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, findProgram } from './chromium.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const STAMP = join(ROOT, 'node_modules', '.wireglass-setup')
const MINIMUM_NODE = [20, 19]

/** What tests use beside Node, and the Debian package that brings it. */
const SYSTEM = [
  { package: 'chromium', present: () => findChromium() !== undefined },
  { package: 'tshark', present: () => findProgram('tshark') !== undefined },
  { package: 'wireshark-common', present: () => findProgram('text2pcap') !== undefined },
  { package: 'libpcap0.8', present: () => hasLibrary('libpcap.so') },
  { package: 'libpcap0.8-dev', present: () => process.platform !== 'linux' || existsSync('/usr/include/pcap.h') },
  { package: 'tcpdump', present: () => findProgram('tcpdump') !== undefined },
  { package: 'iproute2', present: () => findProgram('ip') !== undefined },
  { package: 'zstd', present: () => findProgram('zstd') !== undefined },
  { package: 'lz4', present: () => findProgram('lz4') !== undefined },
]

/**
 * Installs the npm packages of package-lock.json where they are missing or others.
 * @returns {boolean} false when npm failed (its output says why)
 */
export function setUpPackages() {
  if (!nodeIsRecentEnough()) {
    console.error(`Wireglass needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.version} (https://nodejs.org).`)
    return false
  }
  const lock = readFileSync(join(ROOT, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return true

  if (!installedMatches(lock.toString('utf8'))) {
    console.log('Installing npm packages (once; no package runs an install script) ...')
    const npm = npmCommand()
    const result = spawnSync(npm.file, [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: npm.shell,
    })
    if (result.status !== 0) {
      console.error(`npm ci failed${result.error ? ` (${result.error.message})` : ''}: is the npm registry reachable?`)
      return false
    }
  }
  writeFileSync(STAMP, wanted)
  return true
}

/** Installs the programs that tests drive, where it may; otherwise prints the one command. Tests that lack theirs are skipped visibly. */
export function setUpTestPrograms() {
  installPrograms()
  installHeadlessShell()
  installPlantuml()
  buildCap()
}

/**
 * Builds the optional package cap, whose back end is tested beside the others. Its install script is the one that is run, and only here; the headers of
 * Node come with it where it has them, so that nothing is fetched. A build that fails costs that back end's tests only, which say why they are skipped.
 */
function buildCap() {
  const folder = join(ROOT, 'node_modules', 'cap')
  if (process.platform !== 'linux' || !existsSync(folder) || existsSync(join(folder, 'build', 'Release', 'cap.node'))) return
  const missing = ['python3', 'make', 'g++'].filter((name) => findProgram(name) === undefined)
  if (missing.length > 0) {
    console.log(`The package cap is not built without ${missing.join(', ')}: the tests of that back end will be skipped.`)
    return
  }
  const prefix = dirname(dirname(realpathSync(process.execPath)))
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? [`--nodedir=${prefix}`] : []
  const npm = npmCommand()
  const result = spawnSync(npm.file, [...npm.args, 'rebuild', 'cap', '--ignore-scripts=false', '--loglevel=error', ...headers], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 180_000,
  })
  if (result.status === 0) return
  console.log(`The package cap could not be built:\n${(result.stdout + result.stderr).split('\n').slice(-8).join('\n')}`)
}

/** The headless shell halves the time of the end-to-end tests. Not every system has the package: then they run in Chromium itself. */
function installHeadlessShell() {
  if (process.env['WIREGLASS_CHROMIUM'] !== undefined || installOne('chromium-headless-shell', 120_000)) return
  console.log('There is no package chromium-headless-shell here: end-to-end tests run in Chromium, which takes longer.')
}

/** Whether plantuml accepts the diagrams only plantuml can say. It brings a Java runtime (73 MB, some 20 s), so it comes by itself and after the others. */
function installPlantuml() {
  if (installOne('plantuml', 180_000)) return
  console.log('There is no package plantuml here: the tests that hold diagrams against its parser will be skipped.')
}

/**
 * Installs a package that brings a program of its name, where this process may.
 * @param {string} name
 * @param {number} timeout milliseconds
 * @returns {boolean} false when that failed; true also where it is not for this process to do
 */
function installOne(name, timeout) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return true
  if (findProgram(name) !== undefined || findProgram('apt-get') === undefined) return true
  const install = `apt-get install -y --no-install-recommends ${name}`
  const result = spawnSync('sh', ['-c', `${install} || (apt-get update && ${install})`], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout,
  })
  return result.status === 0
}

function installPrograms() {
  const missing = SYSTEM.filter((item) => !item.present()).map((item) => item.package)
  if (missing.length === 0) return

  const debian = process.platform === 'linux' && findProgram('apt-get') !== undefined
  if (!debian) {
    const how =
      process.platform === 'darwin'
        ? 'brew install wireshark zstd lz4 && brew install --cask chromium'
        : `install ${missing.join(', ')} with your package manager`
    console.log(`Some tests will be skipped without ${missing.join(', ')}. To run them: ${how}`)
    return
  }
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0) {
    console.log(`Some tests will be skipped without ${missing.join(', ')}. To run them: sudo sh -c '${command}'`)
    return
  }
  console.log(`Installing system packages for the tests: ${missing.join(' ')} ...`)
  const result = spawnSync('sh', ['-c', command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  })
  if (result.status !== 0) {
    console.error(`${(result.stdout + result.stderr).split('\n').slice(-15).join('\n')}`)
    console.error(`apt-get failed: tests that need ${missing.join(', ')} will be skipped.`)
  }
}

function nodeIsRecentEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = MINIMUM_NODE
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/**
 * Whether node_modules already holds the versions of the lock file, so that only the stamp is missing (after `npm install NAME`).
 * @param {string} lockText
 */
function installedMatches(lockText) {
  const hidden = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  /** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Entry */
  /** @type {Record<string, Entry>} */
  const wanted = JSON.parse(lockText).packages
  /** @type {Record<string, Entry>} */
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = installed[path]
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && existsSync(join(ROOT, path))
  })
}

/** npm as the caller started it, or the one on PATH. */
function npmCommand() {
  const script = process.env['npm_execpath']
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return { file: process.execPath, args: [script], shell: false }
  return { file: 'npm', args: [], shell: process.platform === 'win32' }
}

/** @param {string} name */
function hasLibrary(name) {
  if (process.platform !== 'linux') return true
  return ['/usr/lib', '/usr/lib64', '/lib', '/usr/local/lib']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder)
        .filter((entry) => entry.includes('linux'))
        .map((entry) => join(folder, entry)),
    ])
    .some((folder) => existsSync(folder) && listed(folder).some((entry) => entry.startsWith(name)))
}

/** @param {string} folder */
function listed(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return [] // not a folder, or not ours to read
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const done = setUpPackages()
  if (done && process.argv.includes('--tests')) setUpTestPrograms()
  process.exitCode = done ? 0 : 1
}
