// @ts-check
// A Vitest reporter that writes the counts, and each skipped test with its reason, where WIREGLASS_SUMMARY says (see test.mjs).
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** @returns {import('vitest/node').Reporter} */
export function summaryReporter() {
  return {
    onTestRunEnd(modules) {
      const file = process.env['WIREGLASS_SUMMARY']
      if (file === undefined) return
      /** @type {{ passed: number, failed: number, skipped: number, notes: string[] }} */
      const summary = { passed: 0, failed: 0, skipped: 0, notes: [] }
      for (const module of modules) {
        let failedTests = 0
        for (const test of module.children.allTests()) {
          const result = test.result()
          if (result.state === 'passed') summary.passed += 1
          else if (result.state === 'failed') {
            summary.failed += 1
            failedTests += 1
          } else {
            summary.skipped += 1
            const reason = 'note' in result && result.note !== undefined ? result.note : 'no reason given'
            summary.notes.push(`${relative(process.cwd(), module.moduleId)} > ${test.fullName}: ${reason}`)
          }
        }
        // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
        if (!module.ok() && failedTests === 0) summary.failed += 1
      }
      writeFileSync(file, JSON.stringify(summary))
    },
  }
}
