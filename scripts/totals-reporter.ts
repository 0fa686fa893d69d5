import type { Reporter, TestModule } from 'vitest/node'

/** Closes a run with one plain line that states how many tests ran, for people and machines that read only the end. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const totals = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) totals[test.result().state] += 1
      if (module.errors().length > 0) totals.failed += 1
    }
    console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped + totals.pending} skipped`)
  }
}
