import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  type TestContext,
  test,
  vi,
} from 'vitest'
import type { Adapter } from './app.ts'
import { actions } from './behaviours/actions.ts'
import type { Behaviour, Behaviours } from './behaviours/behaviour.ts'
import { cancellation } from './behaviours/cancellation.ts'
import { coexistence } from './behaviours/coexistence.ts'
import { errors } from './behaviours/errors.ts'
import { lifecycle } from './behaviours/lifecycle.ts'
import { streaming } from './behaviours/streaming.ts'
import type { ReportEntry } from './report-entry.ts'
import { type Database, makeService, openDatabase, startService } from './test-service.ts'

const groups: Readonly<Record<string, Behaviours>> = {
  lifecycle,
  actions,
  errors,
  coexistence,
  cancellation,
  streaming,
}

/** Defines one test for each behaviour that every adapter has, over real HTTP against the emulator. */
export function defineConformanceTests(adapter: Adapter): void {
  const { framework, gaps = {} } = adapter
  const host = `${framework.name} ${framework.version}`
  let database: Database
  beforeAll(async () => {
    database = await openDatabase()
  })
  afterAll(() => database.emulator.close())
  // A service, its adapter and its framework write nothing of their own accord.
  const printed = vi.spyOn(console, 'error')
  beforeEach(() => void printed.mockClear())
  afterEach(() => expect(printed.mock.calls).toEqual([]))
  afterAll(() => printed.mockRestore())

  describe(`conformance of ${host}`, () => {
    test('every gap names a behaviour', () => {
      const names = Object.values(groups).flatMap((behaviours) => Object.keys(behaviours))
      expect(names).toEqual(expect.arrayContaining(Object.keys(gaps)))
    })
    test.runIf(framework.peer)('the version of the framework is the one that this run is for', () => {
      const { range = '', isLowest } = framework.peer ?? {}
      expect(isLowest).toBe(inject('peers') === 'lowest')
      if (isLowest) expect(range).toMatch(new RegExp(`^(\\^|>=)${framework.version}( |$)`))
    })
    for (const [group, behaviours] of Object.entries(groups)) {
      describe(group, () => {
        for (const [name, behaviour] of Object.entries(behaviours)) {
          test(name, async (context) => {
            const gap = gaps[name]
            const entry: ReportEntry = { table: 'adapters', subject: host, group, behaviour: name, gap }
            context.task.meta.conformance = entry
            const run = (): Promise<void> =>
              behaviour({
                start: (setup = {}) => startService(adapter, database, setup),
                make: (setup = {}) => makeService(adapter, database, setup),
              })
            await (gap === undefined ? run() : proveGap(gap, run, context))
          })
        }
      })
    }
  })
}

/** A gap that has closed must not stay in the list. */
async function proveGap(reason: string, run: () => ReturnType<Behaviour>, context: TestContext): Promise<void> {
  const failed = await run().then(
    () => false,
    () => true,
  )
  expect(failed, 'the behaviour is there; take the gap off the list').toBe(true)
  context.skip(reason)
}
