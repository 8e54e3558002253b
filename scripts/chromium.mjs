// @ts-check
// Finds the Chromium that end-to-end tests drive: WIREGLASS_CHROMIUM, or the usual places of the three platforms.
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
 * The Chromium to test with.
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
