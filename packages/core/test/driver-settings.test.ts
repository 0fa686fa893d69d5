import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './open-database.ts'

interface Setting {
  readonly name: string
  readonly owner: object
  readonly descriptor: PropertyDescriptor
}

/** Every setting of the module: the properties that have a setter. */
function settings(): Setting[] {
  const found: Setting[] = []
  for (let owner: object = oracledb; owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      if (descriptor.set) found.push({ name, owner, descriptor })
    }
  }
  return found
}

function values(): Record<string, unknown> {
  return Object.fromEntries(settings().map(({ name }) => [name, Reflect.get(oracledb, name)]))
}

async function useEverything(): Promise<void> {
  await using database = await openDatabase({ pool: { poolMin: 1, poolMax: 2 } })
  const profile = database.pool.profile('OCI_AI_PROFILE')
  expect(await profile.chat('answer 100000')).toHaveLength(100_000)
  expect(await profile.chat(`hello ${'x'.repeat(50_000)}`)).toBe('echo of 50006 characters')
  expect((await profile.runSql('sql SELECT 1 AS n FROM dual')).rows).toEqual([{ N: 1 }])
  await expect(profile.chat('fail on purpose')).rejects.toThrow()
  await expect(database.pool.isConnected()).resolves.toBe(true)
}

describe("the driver's settings, which belong to the application", () => {
  it('are never written, from the start of a pool to its end', async () => {
    const frozen = settings()
    expect(frozen.map(({ name }) => name)).toEqual(expect.arrayContaining(['fetchAsString', 'outFormat', 'autoCommit']))
    const before = values()
    try {
      for (const { name, owner, descriptor } of frozen) {
        const set = (): never => {
          throw new Error(`oracledb.${name} was written`)
        }
        Object.defineProperty(owner, name, { ...descriptor, set })
      }
      await useEverything()
    } finally {
      for (const { name, owner, descriptor } of frozen) Object.defineProperty(owner, name, descriptor)
    }
    expect(values()).toEqual(before)
  })

  it('make no difference to the answers, whatever the application chose', async () => {
    const chosen = {
      fetchAsString: [oracledb.CLOB, oracledb.NUMBER],
      outFormat: oracledb.OUT_FORMAT_OBJECT,
      autoCommit: true,
      maxRows: 1,
      fetchArraySize: 1,
      prefetchRows: 0,
      stmtCacheSize: 0,
    }
    const before = Object.fromEntries(Object.keys(chosen).map((name) => [name, Reflect.get(oracledb, name)]))
    try {
      Object.assign(oracledb, chosen)
      await useEverything()
    } finally {
      Object.assign(oracledb, before)
    }
  })
})
