import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SelectAIError } from '../src/index.ts'
import { idle, type OpenDatabase, openDatabase, until } from './open-database.ts'

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'ask' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('hold' as const), timeoutMs: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('long' as const), timeoutMs: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('abort' as const), index: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'answer' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'turn' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'drop' as const }) },
)

const expected = [
  'CALL_TIMEOUT',
  'CALL_ABORTED',
  'POOL_TIMEOUT',
  'POOL_QUEUE_FULL',
  'CONNECTION_LOST',
  'CONNECT_FAILED',
]

describe('a pool under any schedule of calls, aborts, time-outs and dropped connections', () => {
  it('settles every call, never exceeds its maximum, and is whole afterwards', { timeout: 60_000 }, async () => {
    await using database = await openDatabase({
      pool: { poolMax: 3, queueMax: 6, queueTimeoutMs: 60, breakGraceMs: 300 },
    })
    const { pool, model, emulator } = database
    const profile = pool.profile('OCI_AI_PROFILE')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const calls: { readonly controller: AbortController; readonly end: Promise<string> }[] = []
        const ask = (prompt: string, timeoutMs = 2000): void => {
          const controller = new AbortController()
          const call = profile.chat(prompt, { timeoutMs, signal: controller.signal })
          const end = call.then(
            () => 'answered',
            (error: unknown) => (SelectAIError.isInstance(error) ? error.code : String(error)),
          )
          calls.push({ controller, end })
        }
        for (const action of steps) {
          if (action.kind === 'ask') ask('hello')
          if (action.kind === 'hold') ask('hold', action.timeoutMs)
          if (action.kind === 'long') ask('answer 50000', action.timeoutMs)
          if (action.kind === 'abort') calls[action.index % Math.max(1, calls.length)]?.controller.abort()
          if (action.kind === 'answer') model.answerFirst()
          if (action.kind === 'turn') await new Promise(setImmediate)
          if (action.kind === 'drop') emulator.dropConnections()
          const { inUse, open, waiting } = pool.stats()
          expect(inUse).toBeLessThanOrEqual(3)
          expect(open).toBeLessThanOrEqual(3)
          expect(waiting).toBeLessThanOrEqual(6)
        }
        const ends = await Promise.all(calls.map(({ end }) => end))
        expect(ends.filter((end) => end !== 'answered' && !expected.includes(end))).toEqual([])
        await idle(pool)
        const { borrowed, returned, dropped } = pool.stats().totals
        expect(borrowed).toBe(returned + dropped)
      }),
      { numRuns: 40 },
    )
    // Whatever happened, all places are still there. A connection that the last drop cut while it was idle is found out,
    // and thrown away, by the call that uses it; so all three are used at once, and once more after that.
    const first = await fillAllPlaces(database)
    expect(first.filter((end) => end !== 'held' && end !== 'CONNECTION_LOST')).toEqual([])
    expect(await fillAllPlaces(database)).toEqual(['held', 'held', 'held'])
  })
})

/** Makes as many calls as the pool has places, lets those that arrive be answered together, and tells how each ended. */
async function fillAllPlaces({ pool, model }: OpenDatabase): Promise<string[]> {
  const failures: string[] = []
  const ends = Array.from({ length: 3 }, () =>
    pool
      .profile('OCI_AI_PROFILE')
      .chat('hold', { timeoutMs: 5000 })
      .catch((error: unknown) => {
        const end = SelectAIError.isInstance(error) ? error.code : String(error)
        failures.push(end)
        return end
      }),
  )
  await until(() => model.held.length + failures.length === 3)
  for (const { answer } of [...model.held]) answer('held')
  return Promise.all(ends)
}
