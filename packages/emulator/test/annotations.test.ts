import oracledb from 'oracledb'
import { expect, test } from 'vitest'
import { startEmulator } from '../src/index.ts'
import { useEngine } from './sql-fixture.ts'

const database = useEngine()

const TABLE = `create table goods (
    id number primary key annotations (display 'Number of the good', hidden),
    price number(8,2) default 0 not null annotations (add "Unit" 'euro, net')
  ) annotations (purpose 'What we sell', owned_by 'it''s us')`

const USAGE = `select object_name, object_type, column_name, annotation_name, annotation_value
  from user_annotations_usage order by object_name, column_name nulls first, annotation_name`

test('stand on tables, views and columns, and in the views of the dictionary', async () => {
  const user = database.user('NOTER')
  await user.run(TABLE)
  await user.run("create view cheap annotations (purpose 'Bargains') as select id from goods where price < 5")
  expect(await user.rows(USAGE)).toEqual([
    ['CHEAP', 'VIEW', null, 'PURPOSE', 'Bargains'],
    ['GOODS', 'TABLE', null, 'OWNED_BY', "it's us"],
    ['GOODS', 'TABLE', null, 'PURPOSE', 'What we sell'],
    ['GOODS', 'TABLE', 'ID', 'DISPLAY', 'Number of the good'],
    ['GOODS', 'TABLE', 'ID', 'HIDDEN', null],
    ['GOODS', 'TABLE', 'PRICE', 'Unit', 'euro, net'],
  ])
})

test('are added, replaced and dropped', async () => {
  const user = database.user('CHANGER')
  await user.run(TABLE)
  await user.run(
    "alter table goods annotations (drop owned_by, replace purpose 'Wares', add if not exists purpose 'x', add replace)",
  )
  await user.run("alter table goods modify (id annotations (drop hidden), price annotations (add label 'Price'))")
  expect(await user.rows(USAGE)).toEqual([
    ['GOODS', 'TABLE', null, 'PURPOSE', 'Wares'],
    ['GOODS', 'TABLE', null, 'REPLACE', null],
    ['GOODS', 'TABLE', 'ID', 'DISPLAY', 'Number of the good'],
    ['GOODS', 'TABLE', 'PRICE', 'LABEL', 'Price'],
    ['GOODS', 'TABLE', 'PRICE', 'Unit', 'euro, net'],
  ])
  expect(await user.failure("alter table goods annotations (purpose 'again')")).toBe('11552 @31')
  expect(await user.failure('alter table goods annotations (drop nothing)')).toBe('11553 @36')
})

test('reach the model when the profile says so', async () => {
  await using emulator = await startEmulator()
  const { connectString } = emulator
  const connection = await oracledb.getConnection({ user: 'demo', password: 'demo', connectString })
  await connection.execute(TABLE)
  const promptWith = async (annotations: boolean): Promise<string> => {
    const attributes = { provider: 'oci', object_list: [{ owner: 'DEMO', name: 'GOODS' }], annotations }
    await connection.execute('BEGIN DBMS_CLOUD_AI.DROP_PROFILE(:name, TRUE); END;', { name: 'NOTES' })
    await connection.execute('BEGIN DBMS_CLOUD_AI.CREATE_PROFILE(:name, :attributes); END;', {
      name: 'NOTES',
      attributes: JSON.stringify({ credential_name: 'OCI$RESOURCE_PRINCIPAL', ...attributes }),
    })
    const { outBinds } = await connection.execute<{ text: string }>(
      "BEGIN :text := DBMS_CLOUD_AI.GENERATE('How many goods?', 'NOTES', 'showprompt'); END;",
      { text: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 32_767 } },
    )
    const messages = JSON.parse(outBinds?.text ?? '[]') as { content: { text: string }[] }[]
    return messages.flatMap(({ content }) => content.map(({ text }) => text)).join('\n')
  }
  const prompt = await promptWith(true)
  expect(prompt).toContain(`"ID" NUMBER ANNOTATIONS ("DISPLAY" 'Number of the good', "HIDDEN"),`)
  expect(prompt).toContain(`"PRICE" NUMBER(8,2) ANNOTATIONS ("Unit" 'euro, net'),`)
  expect(prompt).toContain(`) ANNOTATIONS ("PURPOSE" 'What we sell', "OWNED_BY" 'it''s us')`)
  expect(await promptWith(false)).not.toContain('ANNOTATIONS')
  await connection.close()
})
