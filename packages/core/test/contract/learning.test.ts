import { describe, expect, it } from 'vitest'
import { FeedbackRefusedError } from '../../src/index.ts'
import { openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

const question = { prompt: 'How many promotions are there?', action: 'showsql' } as const

describe('the database learns', () => {
  it('from feedback, and forgets it', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const response = 'SELECT COUNT(*) AS THE_RIGHT_COUNT FROM SH.PROMOTIONS'
    await profile.addNegativeFeedback({ ...question, response })
    expect(await profile.showPrompt(question.prompt)).toContain('THE_RIGHT_COUNT')
    await profile.deleteFeedback(question)
    expect(await profile.showPrompt(question.prompt)).not.toContain('THE_RIGHT_COUNT')
  })

  it('nothing from praise for a statement that never ran', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const praise = profile.addPositiveFeedback({ prompt: `Never asked ${database.freshName()}`, action: 'runsql' })
    await expect(praise).rejects.toBeInstanceOf(FeedbackRefusedError)
  })
})

describe('the database makes data', () => {
  it('as many rows as asked for', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const table = database.freshName()
    const run = (sql: string) => database.pool.withConnection((connection) => connection.execute<[number]>(sql))
    database.afterwards(() => run(`DROP TABLE ${table}`))
    await run(`CREATE TABLE ${table} (id NUMBER PRIMARY KEY, city VARCHAR2(40) NOT NULL)`)
    await profile.generateSyntheticData({ objectName: table, recordCount: 5 }, { timeoutMs: 300_000 })
    expect((await run(`SELECT COUNT(*) FROM ${table}`)).rows).toEqual([[5]])
  })
})
