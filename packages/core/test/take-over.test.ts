import { SelectAIArgumentError, type SelectAIPool } from '@select-ai/core'
import { SelectAIService } from '@select-ai/core/routes'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type OpenDatabase, openDatabase } from './open-database.ts'

const request = { method: 'GET', path: '/chat', headers: {}, query: { prompt: 'hello' } }

describe('a module that is loaded anew in the same process', () => {
  let database: OpenDatabase

  beforeEach(async () => {
    database = await openDatabase({ pool: { verify: 'none' } })
    vi.stubEnv('SELECT_AI_USER', 'DEMO')
    vi.stubEnv('SELECT_AI_PASSWORD', 'demo')
    vi.stubEnv('SELECT_AI_DB_CONNECT_STRING', database.emulator.connectString)
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    await database[Symbol.asyncDispose]()
  })

  async function reload(): Promise<SelectAIService> {
    // All modules are loaded anew, this package's own among them.
    vi.resetModules()
    return (await import('./reloaded-service.ts')).service
  }

  test('takes over its pool, twenty times, and the sessions stay the same', async () => {
    const services = new Set<SelectAIService>()
    for (let round = 0; round < 20; round += 1) {
      const service = await reload()
      await service.open()
      expect((await service.routes.handle(request)).status).toBe(200)
      services.add(service)
    }
    expect(services.size).toBe(20)
    expect(database.emulator.ledger.opened).toBe(1)
    const [first, ...others] = services
    const last = others.pop()
    // Development servers dispose of the old module after the new one has started.
    await first?.close()
    expect((await last?.routes.handle(request))?.status).toBe(200)
    await last?.close()
    expect(last?.pool.stats().state).toBe('closed')
  })

  test('lets a call of the old module finish on the pool that the new one uses', async () => {
    const before = await reload()
    const call = before.pool.profile('OCI_AI_PROFILE').chat('hold')
    await database.model.holding(1)
    const after = await reload()
    await before.close()
    expect((await after.routes.handle(request)).status).toBe(200)
    database.model.answerFirst()
    expect(await call).toBe('held')
    await after.close()
  })

  test('with other settings gets a pool of its own, and the old one closes after its last call', async () => {
    const before = await reload()
    const call = before.pool.profile('OCI_AI_PROFILE').chat('hold')
    await database.model.holding(1)
    vi.stubEnv('SELECT_AI_POOL_MAX', '2')
    const after = await reload()
    expect(after.pool).not.toBe(before.pool)
    expect(before.pool.stats().state).toBe('draining')
    database.model.answerFirst()
    expect(await call).toBe('held')
    await before.close()
    // Both copies of this package have a pool of the driver by now, and neither is in the other's way.
    expect((await after.routes.handle(request)).status).toBe(200)
    expect(after.pool.stats()).toMatchObject({ state: 'open', max: 2 })
    await after.close()
  })

  test('gets a new pool where the old one is closed already, and in production', async () => {
    const before = await reload()
    await before.close()
    const after = await reload()
    expect(after.pool).not.toBe(before.pool)
    vi.stubEnv('NODE_ENV', 'production')
    const inProduction = await reload()
    expect(inProduction.pool).not.toBe(after.pool)
    expect(after.pool.stats().state).toBe('open')
    await inProduction.close()
    await after.close()
  })

  test('keeps no password in the registry', async () => {
    vi.stubEnv('SELECT_AI_PASSWORD', 'CANARY-password')
    const service = await reload()
    const registry = Reflect.get(globalThis, Symbol.for('@select-ai/core/pools')) as Map<string, object>
    expect(JSON.stringify([...registry])).not.toContain('CANARY')
    await service.close()
  })
})

test('a pool that is supplied is not taken over', () => {
  const pool = {} as SelectAIPool
  expect(() => new SelectAIService({ pool, takeOver: true })).toThrow(SelectAIArgumentError)
})
