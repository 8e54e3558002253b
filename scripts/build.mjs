#!/usr/bin/env node
// @ts-check
// Builds everything into out/: main, preload and renderer (electron-vite), cli, server and helper (vite.node.config.ts).
//   node scripts/build.mjs               build
//   node scripts/build.mjs --if-needed   only when a source is newer than what out/ was built from
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const OUT = join(ROOT, 'out')
const STAMP = join(OUT, '.built-from')
const INPUTS = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.node.config.ts',
  'scripts/cli-launcher.cjs',
  'scripts/code-cache.mjs',
]
const RESULTS = ['main/index.js', 'preload/index.cjs', 'renderer/index.html', 'cli/index.js', 'server/index.js', 'helper/index.js']

/**
 * Builds out/.
 * @param {{ ifNeeded?: boolean, quiet?: boolean }} [options] quiet: print the builders' output only when one fails
 * @returns {Promise<boolean>} false when a builder failed
 */
export async function buildAll(options = {}) {
  const from = fingerprint()
  const complete = RESULTS.every((file) => existsSync(join(OUT, file)))
  if (options.ifNeeded === true && complete && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === from) return true
  if (options.quiet === true) console.log('Building ...')

  const started = Date.now()
  rmSync(STAMP, { force: true })
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const results = await Promise.all([
    run('node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']),
    run(vite, ['build', '--config', 'vite.node.config.ts', '--mode', 'cli']),
    run(vite, ['build', '--config', 'vite.node.config.ts', '--mode', 'server']),
    run(vite, ['build', '--config', 'vite.node.config.ts', '--mode', 'helper']),
  ])
  const failed = results.filter((result) => result.code !== 0)
  for (const result of options.quiet === true ? failed : results) process.stdout.write(result.output)
  if (failed.length > 0) return false

  removeOlder(OUT, started)
  writeFileSync(STAMP, from)
  return true
}

/** A hash of path, size and modification time of every input. */
function fingerprint() {
  const hash = createHash('sha256')
  /** @param {string} path */
  function add(path) {
    if (!existsSync(path)) return
    const stat = statSync(path)
    if (stat.isDirectory()) {
      for (const entry of readdirSync(path).sort()) add(join(path, entry))
    } else {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`)
    }
  }
  for (const input of INPUTS) add(join(ROOT, input))
  return hash.digest('hex')
}

/**
 * Runs one builder with Node.
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(script, args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve(ROOT, script), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (text) => (output += String(text)))
    child.stderr.on('data', (text) => (output += String(text)))
    child.on('error', (error) => done({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}

/**
 * Removes files that this build did not write, for the builders do not empty their folders.
 * @param {string} folder
 * @param {number} started milliseconds since the epoch
 */
function removeOlder(folder, started) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) removeOlder(path, started)
    else if (statSync(path).mtimeMs < started - 2000) rmSync(path, { force: true })
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const built = await buildAll({ ifNeeded: process.argv.includes('--if-needed') })
  process.exitCode = built ? 0 : 1
}
