// @ts-check
// Finds the Chromium of benches and end-to-end tests: WIREGLASS_CHROMIUM, or the usual places of the three platforms.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe']
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The full path of a program on PATH.
 * @param {string} name
 * @returns {string | undefined} undefined where there is none
 */
export function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/sbin')
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/**
 * The Chromium as users have it.
 * @returns {string | undefined} undefined where there is none
 */
export function findChromium() {
  const chosen = process.env['WIREGLASS_CHROMIUM']
  if (chosen !== undefined && chosen !== '') return chosen
  for (const name of NAMES) {
    const path = findProgram(name)
    if (path !== undefined) return path
  }
  return PLACES.find((path) => existsSync(path))
}

/**
 * The Chromium to test with: the headless shell where it is installed, which is the same engine without the browser's own windows and pages (a page opens
 * with half of the processor time), otherwise the whole one.
 * @returns {string | undefined} undefined where there is none
 */
export function findTestChromium() {
  const chosen = process.env['WIREGLASS_CHROMIUM']
  if (chosen !== undefined && chosen !== '') return chosen
  return findProgram('chromium-headless-shell') ?? findChromium()
}
