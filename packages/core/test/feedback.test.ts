import { describe, expect, it } from 'vitest'
import {
  CallAbortedError,
  FeedbackRefusedError,
  type Profile,
  ProfileNotFoundError,
  SelectAIArgumentError,
  type SelectAIPool,
} from '../src/index.ts'
import { idle, openDatabase, roundTrips } from './open-database.ts'

const name = 'OCI_AI_PROFILE'
const better = 'SELECT 2 AS better FROM dual'

/** Runs `SELECT AI ...` as people do in a session, and tells its SQL_ID. */
async function run(pool: SelectAIPool, sql: string): Promise<string> {
  return pool.withConnection(async (connection) => {
    await connection.execute('BEGIN DBMS_CLOUD_AI.SET_PROFILE(:name); END;', { name })
    await connection.execute(sql)
    await connection.execute('BEGIN DBMS_CLOUD_AI.CLEAR_PROFILE; END;')
    const query = 'SELECT sql_id FROM v$mapped_sql WHERE sql_text = :sql'
    const { rows } = await connection.execute<[string]>(query, { sql })
    return rows?.[0]?.[0] ?? ''
  })
}

/** Questions of the tests do not share feedback: each asks something else. */
const question = (what: string) => `sql SELECT 1 AS ${what} FROM dual`

describe('positive feedback', () => {
  it('keeps the SQL of a statement that was run as an example', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const prompt = question("it's") // the statement has this quote twice
    await expect(profile.addPositiveFeedback({ prompt, action: 'showsql' })).rejects.toThrow(FeedbackRefusedError)
    await run(database.pool, `select ai showsql ${prompt.replaceAll("'", "''")}`)
    await profile.addPositiveFeedback({ prompt, action: 'showsql' })
    const shown = await profile.showPrompt(prompt)
    expect(shown).toContain('user_prompt')
    expect(shown.split(JSON.stringify(prompt).slice(1, -1)).length).toBeGreaterThan(2)
  })

  it('finds the statement by its SQL_ID', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const sqlId = await run(database.pool, `select ai ${question('by_id')}`)
    expect(sqlId).toMatch(/^[0-9a-z]{13}$/)
    await profile.addPositiveFeedback({ sqlId })
    expect(await profile.showPrompt(question('by_id'))).toContain('sql_query')
  })

  it('says when the database knows no such statement', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const error = await profile.addPositiveFeedback({ sqlId: '0000000000000' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'FEEDBACK_REFUSED',
      profile: name,
      operation: 'add positive feedback',
      retryable: false,
      cause: { errorNum: 20000 },
    })
    expect((error as Error).message).toContain('run it first')
  })
})

describe('negative feedback', () => {
  it('answers the question with the right SQL from now on', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const prompt = question('corrected')
    const statement = { prompt, action: 'runsql' } as const
    await profile.addNegativeFeedback({ ...statement, response: better, feedbackContent: 'one too few' })
    expect(await profile.showSql(prompt)).toBe(better)
    expect((await profile.runSql(prompt)).rows).toEqual([{ BETTER: 2 }])
    expect(await profile.showPrompt(prompt)).toContain('one too few')
  })

  it('by SQL_ID may be words alone, or nothing', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const prompt = question('in_words')
    const sqlId = await run(database.pool, `select ai showsql ${prompt}`)
    await profile.addNegativeFeedback({ sqlId })
    await profile.addNegativeFeedback({ sqlId, feedbackContent: 'count them' })
    expect(await profile.showPrompt(prompt)).toContain('count them')
    await profile.addNegativeFeedback({ sqlId, response: better })
    expect(await profile.showSql(prompt)).toBe(better)
    await expect(profile.addNegativeFeedback({ sqlId: '0000000000000' })).rejects.toMatchObject({
      code: 'FEEDBACK_REFUSED',
      operation: 'add negative feedback',
    })
  })
})

describe('the action feedback', () => {
  it('takes feedback in words on a statement that they name', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const prompt = question('by_action')
    await run(database.pool, `select ai showsql ${prompt}`)
    const words = `please sort for query "select ai showsql ${prompt}"`
    expect(await profile.generate(words, { action: 'feedback' })).toContain(prompt)
    expect(await profile.showPrompt(prompt)).toContain('please sort')
  })
})

describe('deleting feedback', () => {
  it('lets the model answer again', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const statement = { prompt: question('deleted'), action: 'explainsql' } as const
    await profile.addNegativeFeedback({ ...statement, response: better })
    expect(await profile.showSql(statement.prompt)).toBe(better)
    await profile.deleteFeedback(statement)
    expect(await profile.showSql(statement.prompt)).toBe('SELECT 1 AS deleted FROM dual')
    const error = { code: 'FEEDBACK_REFUSED', operation: 'delete feedback' }
    await expect(profile.deleteFeedback(statement)).rejects.toMatchObject(error)
    await expect(profile.deleteFeedback({ sqlId: '0000000000000' })).rejects.toMatchObject(error)
  })
})

type Method = 'addPositiveFeedback' | 'addNegativeFeedback' | 'deleteFeedback'

const call = (profile: Profile, method: Method, ...values: unknown[]) =>
  (profile[method] as (...given: unknown[]) => Promise<void>).apply(profile, values)

describe('feedback', () => {
  const prompt = 'How many?'
  const sqlId = 'ahgttusrvh9x5'

  it.each<[string, Method, unknown[], string]>([
    ['no target', 'addPositiveFeedback', [], 'target'],
    ['neither prompt nor SQL_ID', 'deleteFeedback', [{}], 'target'],
    ['both', 'addPositiveFeedback', [{ prompt, action: 'showsql', sqlId }], 'target'],
    ['both, to be deleted', 'deleteFeedback', [{ prompt, action: 'showsql', sqlId }], 'target'],
    ['both, as a correction', 'addNegativeFeedback', [{ prompt, action: 'showsql', sqlId, response: 'x' }], 'feedback'],
    ['a blank prompt', 'addPositiveFeedback', [{ prompt: ' ', action: 'showsql' }], 'target.prompt'],
    ['no action', 'addPositiveFeedback', [{ prompt }], 'target.action'],
    ['an action without SQL', 'deleteFeedback', [{ prompt, action: 'narrate' }], 'target.action'],
    ['an action beside a SQL_ID', 'deleteFeedback', [{ sqlId, action: 'showsql' }], 'target.action'],
    ['a SQL_ID of another form', 'addPositiveFeedback', [{ sqlId: 'AHG' }], 'target.sqlId'],
    ['no right SQL', 'addNegativeFeedback', [{ prompt, action: 'showsql' }], 'feedback.response'],
    ['a blank right SQL', 'addNegativeFeedback', [{ sqlId, response: '' }], 'feedback.response'],
    ['words that are blank', 'addNegativeFeedback', [{ sqlId, feedbackContent: ' ' }], 'feedback.feedbackContent'],
    ['a part that is not known', 'addPositiveFeedback', [{ sqlId, response: 'x' }], 'target.response'],
    ['an option that is not known', 'deleteFeedback', [{ sqlId }, { force: true }], 'options.force'],
  ])('with %s is refused before anything is sent', async (_, method, values, argument) => {
    await using database = await openDatabase()
    const before = roundTrips(database.emulator)
    const error = await call(database.pool.profile(name), method, ...values).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SelectAIArgumentError)
    expect(error).toMatchObject({ argument })
    expect(roundTrips(database.emulator)).toBe(before)
  })

  it('says when there is no such profile', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('NONE')
    await expect(profile.addPositiveFeedback({ sqlId })).rejects.toThrow(ProfileNotFoundError)
    await expect(profile.addNegativeFeedback({ sqlId })).rejects.toThrow(ProfileNotFoundError)
    await expect(profile.deleteFeedback({ sqlId })).rejects.toThrow(ProfileNotFoundError)
  })

  it('ends with its signal', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const options = { signal: AbortSignal.abort() }
    await expect(profile.addPositiveFeedback({ sqlId }, options)).rejects.toThrow(CallAbortedError)
    await expect(profile.addNegativeFeedback({ sqlId }, options)).rejects.toThrow(CallAbortedError)
    await expect(profile.deleteFeedback({ sqlId }, options)).rejects.toThrow(CallAbortedError)
    await idle(database.pool)
  })

  it('binds every text, and names only the arguments that it uses', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(name)
    const statement = { prompt: "x'); DROP TABLE t; --", action: 'showsql' } as const
    await profile.addNegativeFeedback({ ...statement, response: better })
    await profile.deleteFeedback(statement)
    const [add, drop] = database.emulator.ledger.sessions
      .flatMap(({ statements }) => statements)
      .filter(({ sql }) => sql.includes('FEEDBACK('))
    expect(add?.sql).not.toContain('DROP TABLE')
    expect(add?.binds.map((bind) => bind.name)).toEqual([
      'PROFILE_NAME',
      'SQL_TEXT',
      'FEEDBACK_TYPE',
      'RESPONSE',
      'FEEDBACK_CONTENT',
      'OPERATION',
    ])
    expect(drop?.binds.map((bind) => bind.name)).toEqual(['PROFILE_NAME', 'SQL_TEXT', 'OPERATION'])
  })
})
