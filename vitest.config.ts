import { defineConfig } from 'vitest/config'
import { summaryReporter } from './scripts/vitest-summary.mjs'

// Unit, golden, property, differential and architecture tests. End-to-end specs belong to Playwright (playwright.config.ts).
// The summary reporter writes only where `npm test` asks it to (scripts/test.mjs).
export default defineConfig({
  test: {
    include: ['test/{unit,golden,property,differential,architecture,fuzz}/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', summaryReporter()],
    passWithNoTests: true,
    snapshotFormat: { printBasicPrototype: false },
  },
})
