import { markdownTable } from 'markdown-table'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Observation } from '../packages/core/test/contract/observation.ts'

/** Ends a check of the database contract: says what it was checked on, what failed, and what was seen at the open points. */
export default class DatabaseReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const observations = tests.map((test) => test.meta().observation).filter((each) => each !== undefined)
    if (observations.length > 0) console.log(`\n${tableOf(observations)}`)
    const subject = process.env.SELECT_AI_TEST_CONNECT_STRING
      ? 'the database of SELECT_AI_TEST_CONNECT_STRING'
      : 'the emulator, since SELECT_AI_TEST_CONNECT_STRING is not set'
    console.log(`\nChecked on ${subject}: ${count(tests, 'passed')} passed, ${count(tests, 'failed')} failed.`)
  }
}

function tableOf(observations: readonly Observation[]): string {
  return markdownTable([['Open point', 'Seen'], ...observations.map(({ point, seen }) => [point, seen])])
}

function count(tests: readonly TestCase[], state: 'passed' | 'failed'): number {
  return tests.filter((test) => test.result().state === state).length
}
