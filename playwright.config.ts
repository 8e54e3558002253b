import { defineConfig } from '@playwright/test'
import { findTestChromium } from './scripts/chromium.mjs'

// End-to-end specs. A spec starts the host it needs itself (fixtures in test/e2e/support), so there is no web server here.
//   *.spec.ts            the browser host in Chromium
//   *.electron.spec.ts   the desktop host; they skip themselves, visibly, where Electron's binary is absent
const chromium = findTestChromium()
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Each spec file has hosts of its own; two files at a time fill two cores.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // A machine that stands still for seconds must not hide what all the other tests say; npm test lists what needed its second attempt.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    // A trace slows every test down; ask for one with --trace on.
    trace: 'off',
    actionTimeout: 8_000,
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        '--font-render-hinting=none',
      ],
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/*.electron.spec.ts', use: { browserName: 'chromium' } },
    { name: 'electron', testMatch: '**/*.electron.spec.ts' },
  ],
})
