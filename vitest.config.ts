import { defineConfig } from 'vitest/config'

// Unit, golden, property, differential and architecture tests. End-to-end specs belong to Playwright (playwright.config.ts).
// CI and `npm test` add a JSON report for the final count; see scripts/test.mjs.
export default defineConfig({
  test: {
    include: ['test/{unit,golden,property,differential,architecture,fuzz}/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    snapshotFormat: { printBasicPrototype: false },
  },
})
