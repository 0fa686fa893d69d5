import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerCloudAi } from '../src/cloud-ai/cloud-ai.ts'
import { ConversationStore } from '../src/cloud-ai/conversation-store.ts'
import { demoProfiles } from '../src/cloud-ai/demo-profiles.ts'
import { FeedbackIndex } from '../src/cloud-ai/feedback-index.ts'
import { LoadOperationStore } from '../src/cloud-ai/load-operation-store.ts'
import { MappedSqlStore } from '../src/cloud-ai/mapped-sql-store.ts'
import { ProfileStore } from '../src/cloud-ai/profile-store.ts'
import { salesHistory } from '../src/demo/sales-history.ts'
import { SubprogramRegistry } from '../src/execution/subprogram.ts'
import { createOfflineModel } from '../src/models/offline/offline-model.ts'
import { SqlEngine } from '../src/sql/sql-engine.ts'
import type { SqlSession } from '../src/sql/sql-session.ts'
import { CLOB, varchar2 } from '../src/values/oracle-type.ts'
import { everythingIsAllowed, noDocuments } from './cloud-ai-fixture.ts'

describe('GENERATE with the offline model, called from SQL', () => {
  let engine: SqlEngine
  let session: SqlSession

  beforeAll(async () => {
    const subprograms = new SubprogramRegistry()
    engine = await SqlEngine.open({ subprograms })
    engine.load(salesHistory())
    registerCloudAi(subprograms, {
      model: createOfflineModel(),
      schemaReader: engine.schemaReader,
      profiles: new ProfileStore(demoProfiles),
      conversations: new ConversationStore(),
      ...everythingIsAllowed(),
      mappedSql: new MappedSqlStore(),
      feedback: new FeedbackIndex(),
      loadOperations: new LoadOperationStore(),
      searchDocuments: noDocuments,
    })
    session = engine.session('DEMO')
  })

  afterAll(() => {
    session.close()
    engine.close()
  })

  async function generate(prompt: string, action: string, attributes: string | null = null): Promise<string> {
    const statement = session.prepare(
      'SELECT DBMS_CLOUD_AI.GENERATE(prompt => :p, profile_name => :n, action => :a, attributes => :o) AS r FROM dual',
    )
    const result = await statement.execute(
      [
        { type: CLOB, value: prompt },
        { type: varchar2(), value: 'OCI_AI_PROFILE' },
        { type: varchar2(), value: action },
        { type: CLOB, value: attributes },
      ],
      new AbortController().signal,
    )
    if (result.kind !== 'query') throw new Error('not a query')
    return String(result.rows[0]?.[0])
  }

  test('counts', async () => {
    expect(JSON.parse(await generate('How many promotions?', 'runsql'))).toEqual([{ PROMOTION_COUNT: 503 }])
    expect(await generate('How many promotions?', 'showsql')).toBe(
      'SELECT COUNT(*) AS "PROMOTION_COUNT"\nFROM "SH"."PROMOTIONS" p',
    )
    expect(await generate('How many promotions?', 'narrate')).toBe('There are 503 promotions in the database.')
    expect(await generate('How many promotions?', 'explainsql')).toContain('It reads the rows of PROMOTIONS.')
  })

  test('gives rows in column order, with dates as text', async () => {
    const text = await generate('What is the earliest promotion in the radio category?', 'runsql')
    expect(text).toMatch(
      /^\[\n {2}\{\n {4}"PROMO_NAME" : ".+",\n {4}"PROMO_BEGIN_DATE" : "2022-\d\d-\d\dT00:00:00"\n {2}\}\n\]$/,
    )
  })

  test('says when nothing is found, and when a question cannot be read', async () => {
    expect(await generate('sales over 1000000', 'runsql')).toBe('No data found for the prompt.')
    expect(await generate('Who will win the cup?', 'runsql')).toContain('could not turn this question into SQL')
    expect(await generate('Who will win the cup?', 'explainsql')).not.toBe('')
  })

  test('shows the prompt with every table of the profile', async () => {
    const text = await generate('How many promotions?', 'showprompt')
    expect(text).toContain('"type" : "TEXT"')
    for (const table of salesHistory().rows.keys()) expect(text).toContain(`CREATE TABLE \\"SH\\".\\"${table}\\"`)
  })

  test('keeps to the object list of the call', async () => {
    const channelsOnly = '{"object_list": [{"owner": "SH", "name": "CHANNELS"}]}'
    expect(JSON.parse(await generate('How many channels?', 'runsql', channelsOnly))).toEqual([{ CHANNEL_COUNT: 5 }])
    expect(await generate('How many promotions?', 'runsql', channelsOnly)).toContain('know nothing of "promotions"')
  })

  test('joins without key metadata when the profile leaves it out', async () => {
    const withoutKeys = '{"constraints": false}'
    const question = 'total revenue by channel'
    expect(await generate(question, 'runsql', withoutKeys)).toBe(await generate(question, 'runsql'))
  })

  test('gives a long answer whole', async () => {
    expect(await generate('Repeat the word tea 50000 times', 'chat')).toHaveLength(199_999)
  })
})
