#!/usr/bin/env node
// @ts-check
// npm test: sets up, builds, runs every check and test, goes on after a failure, and ends with one line:
//   N passed, N failed, N skipped
// The sum is over all runners; a check without tests of its own (types, lint, format, imports, dead code, build) counts as one.
// Exit status 1 when anything failed. Skipped tests are listed with their reasons.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findTestChromium } from './chromium.mjs'
import { setUpPackages, setUpTestPrograms } from './setup.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const SCRATCH = mkdtempSync(join(tmpdir(), 'wireglass-test-'))

/** @typedef {{ passed: number, failed: number, skipped: number, notes: string[], unsteady?: string[] }} Summary */

/** @type {Required<Summary>} */
const total = { passed: 0, failed: 0, skipped: 0, notes: [], unsteady: [] }

process.exitCode = await main()

async function main() {
  try {
    if (!setUpPackages()) {
      total.failed += 1
    } else {
      setUpTestPrograms()
      // Two lanes for two cores; the runners after them use both cores themselves.
      await Promise.all([
        lane([
          ['build', ['scripts/build.mjs']],
          ['prettier', [bin('prettier'), '--check', '.', '--log-level', 'warn']],
          ['dependency-cruiser', [bin('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.cjs', 'src']],
          ['knip', [bin('knip'), '--no-config-hints']],
        ]),
        lane([
          ['typescript', [bin('typescript', 'tsc'), '-b']],
          ['eslint', [bin('eslint'), '.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/']],
        ]),
      ])
      await vitest()
      await playwright()
    }
  } finally {
    rmSync(SCRATCH, { recursive: true, force: true })
  }
  if (total.unsteady.length > 0)
    console.log(`\nPassed at the second attempt only:\n${total.unsteady.map((test) => `  ${test}`).join('\n')}`)
  if (total.notes.length > 0) console.log(`\nSkipped:\n${total.notes.map((note) => `  ${note}`).join('\n')}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed > 0 ? 1 : 0
}

/**
 * Runs checks one after another; each prints its output when it ends.
 * @param {Array<[string, string[]]>} checks
 */
async function lane(checks) {
  for (const [name, args] of checks) {
    const started = Date.now()
    const result = await run(args, { capture: true })
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${result.code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    if (result.code !== 0) process.stdout.write(`${result.output.trimEnd()}\n`)
    if (result.code === 0) total.passed += 1
    else total.failed += 1
  }
}

async function vitest() {
  console.log('\n--- vitest')
  const file = join(SCRATCH, 'vitest.json')
  const result = await run([bin('vitest'), 'run'], { env: { WIREGLASS_SUMMARY: file } })
  add('vitest', result.code, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
}

async function playwright() {
  console.log('\n--- playwright')
  if (!hasSpecs(join(ROOT, 'test/e2e'))) return
  if (findTestChromium() === undefined) {
    total.skipped += 1
    total.notes.push('test/e2e: no Chromium was found (install it, or set WIREGLASS_CHROMIUM)')
    return
  }
  const file = join(SCRATCH, 'playwright.json')
  const result = await run([bin('@playwright/test', 'playwright'), 'test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  })
  add('playwright', result.code, existsSync(file) ? playwrightSummary(JSON.parse(readFileSync(file, 'utf8'))) : undefined)
}

/**
 * Adds a runner's counts; a runner that failed without a failed test (or without a report) counts as one failure.
 * @param {string} name
 * @param {number} code
 * @param {Summary | undefined} summary
 */
function add(name, code, summary) {
  if (summary !== undefined) {
    total.passed += summary.passed
    total.failed += summary.failed
    total.skipped += summary.skipped
    total.notes.push(...summary.notes)
    total.unsteady.push(...(summary.unsteady ?? []))
  }
  if ((code !== 0 && (summary?.failed ?? 0) === 0) || (code === 0 && summary === undefined)) {
    console.log(`FAILED ${name}: it ended with status ${code} and ${summary === undefined ? 'no report' : 'no failed test'}`)
    total.failed += 1
  }
}

/**
 * @typedef {{ title: string, file?: string, suites?: Suite[], specs?: Spec[] }} Suite
 * @typedef {{ title: string, file: string, tests: Array<{ status: string, annotations: Array<{ type: string, description?: string }> }> }} Spec
 * @param {{ suites: Suite[], stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report
 * @returns {Summary}
 */
function playwrightSummary(report) {
  /** @type {string[]} */
  const notes = []
  /** @type {string[]} */
  const unsteady = []
  /** @param {Suite} suite */
  function walk(suite) {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'flaky') unsteady.push(`test/e2e/${spec.file} > ${spec.title}`)
        if (test.status !== 'skipped') continue
        const reason = test.annotations.find((item) => item.type === 'skip' || item.type === 'fixme')?.description
        notes.push(`test/e2e/${spec.file} > ${spec.title}: ${reason ?? 'no reason given'}`)
      }
    }
    for (const inner of suite.suites ?? []) walk(inner)
  }
  for (const suite of report.suites) walk(suite)
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected, skipped, notes, unsteady }
}

/**
 * Runs a Node script.
 * @param {string[]} args
 * @param {{ capture?: boolean, env?: Record<string, string> }} options capture: collect the output instead of showing it
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(args, options) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: options.capture === true ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }), ...options.env },
    })
    let output = ''
    child.stdout?.on('data', (text) => (output += String(text)))
    child.stderr?.on('data', (text) => (output += String(text)))
    child.on('error', (error) => done({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}

/**
 * The script behind a package's command.
 * @param {string} packageName
 * @param {string} [command] the package's name unless given
 */
function bin(packageName, command = packageName) {
  const folder = join(ROOT, 'node_modules', packageName)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const target = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]
  return join(folder, target)
}

/** @param {string} folder */
function hasSpecs(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => /\.spec\.tsx?$/.test(String(file)))
}
