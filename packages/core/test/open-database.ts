import { type Emulator, type EmulatorOptions, startEmulator } from '@select-ai/emulator'
import { afterAll, expect } from 'vitest'
import { createPool, type PoolOptions, type SelectAIPool } from '../src/index.ts'
import { ScriptedModel } from './scripted-model.ts'

/** The emulator, a pool on it, and a model that does what the prompt says. */
export interface OpenDatabase extends AsyncDisposable {
  readonly emulator: Emulator
  readonly model: ScriptedModel
  readonly pool: SelectAIPool
  /** Another pool on the same emulator; closed and balanced with the rest. */
  createPool(options?: PoolOptions): Promise<SelectAIPool>
}

interface Server {
  readonly emulator: Emulator
  readonly model: ScriptedModel
}

let shared: Promise<Server> | undefined

afterAll(async () => {
  await (await shared)?.emulator.close()
})

async function startServer(options: EmulatorOptions = {}): Promise<Server> {
  const model = new ScriptedModel()
  return { model, emulator: await startEmulator({ model, ...options }) }
}

/**
 * Opens a pool on an emulator; the tests of a file share one unless they ask for options of it. At the end everything must be
 * balanced: nothing in use, nobody waiting, every session ended.
 */
export async function openDatabase(
  options: { readonly pool?: PoolOptions; readonly emulator?: EmulatorOptions } = {},
): Promise<OpenDatabase> {
  shared ??= options.emulator === undefined ? startServer() : undefined
  const own = options.emulator === undefined ? undefined : await startServer(options.emulator)
  const { emulator, model } = own ?? ((await shared) as Server)
  emulator.ledger.reset()
  const pools: SelectAIPool[] = []
  const open = async (more: PoolOptions = {}): Promise<SelectAIPool> => {
    const pool = await createPool({
      user: 'DEMO',
      password: 'demo',
      connectString: emulator.connectString,
      breakGraceMs: 500,
      ...more,
    })
    pools.push(pool)
    return pool
  }
  const pool = await open(options.pool)
  return {
    emulator,
    model,
    pool,
    createPool: open,
    async [Symbol.asyncDispose]() {
      // A test that failed may have left calls behind; they must not become the next test's.
      for (const { answer } of [...model.held]) answer('the test is over')
      for (const each of pools) {
        if (each.stats().state === 'open') await idle(each)
        await each.close({ drainTimeoutMs: 1000 })
        expect(each.stats()).toMatchObject({ state: 'closed', inUse: 0, waiting: 0, holders: [] })
        const { borrowed, returned, dropped } = each.stats().totals
        expect(borrowed).toBe(returned + dropped)
      }
      await emulator.ledger.waitFor((ledger) => ledger.open === 0)
      await own?.emulator.close()
    },
  }
}

/** Waits until no connection of the pool is in use; those that were thrown away take a moment after their call's end. */
export async function idle(pool: SelectAIPool): Promise<void> {
  await until(() => pool.stats().inUse === 0 && pool.stats().holders.length === 0)
  expect(pool.stats().waiting).toBe(0)
}

/** Waits for something that no event tells; fails after a while. */
export async function until(condition: () => boolean, timeoutMs = 5000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Round trips of all sessions together. */
export function roundTrips(emulator: Emulator): number {
  return emulator.ledger.sessions.reduce((sum, session) => sum + session.roundTrips, 0)
}

/** Breaks of all sessions together. */
export function breaks(emulator: Emulator): number {
  return emulator.ledger.sessions.reduce((sum, session) => sum + session.breaks, 0)
}
