import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createPool } from '../src/index.ts'
import { openDatabase } from './open-database.ts'

const canary = 'canary-Passw0rd'

function everything(value: unknown): string {
  const shown = inspect(value, { depth: 20, showHidden: true, getters: true })
  return `${shown} ${String(value)} ${JSON.stringify(value)}`
}

describe('secrets', () => {
  it('are in nothing that a pool or a profile shows', async () => {
    await using database = await openDatabase({
      emulator: { password: canary },
      pool: { password: canary, poolMax: 1, queueMax: 0 },
    })
    const { pool } = database
    const call = pool.profile('OCI_AI_PROFILE').chat('hold')
    await database.model.holding(1)
    const refused = await pool
      .profile('OCI_AI_PROFILE')
      .chat('hello')
      .catch((error: unknown) => error)
    for (const shown of [pool, pool.profile('SALES'), pool.stats(), pool.health(), refused]) {
      expect(everything(shown)).not.toContain(canary)
    }
    database.model.answerFirst()
    await call
  })

  it('are in no error of a start that fails', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { connectString, host, port } = database.emulator
    const attempts = [
      () => createPool({ user: 'DEMO', password: canary, connectString }),
      () => createPool({ user: 'DEMO', password: canary, connectString: `${host}:${port}/NOWHERE` }),
      () => createPool({ user: 'DEMO', password: canary, connectString, poolMax: 0 }),
      () => createPool({ user: 'DEMO', password: canary, connectString, pasword: canary } as object),
      () => createPool({ user: 'DEMO', password: 7 as unknown as string, walletPassword: canary, connectString }),
    ]
    for (const attempt of attempts) {
      const error = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(Error)
      expect(everything(error)).not.toContain(canary)
    }
  })

  it('prompts and answers are in no message of an error', async () => {
    await using database = await openDatabase({ pool: { maxAnswerCharacters: 10 } })
    const profile = database.pool.profile('OCI_AI_PROFILE')
    for (const attempt of [
      () => profile.chat(`fail ${canary}`),
      () => profile.chat(`text ${canary}`),
      () => profile.runSql(canary),
      () => database.pool.profile('NO_SUCH').chat(canary),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ message: expect.not.stringContaining(canary) })
    }
  })
})
