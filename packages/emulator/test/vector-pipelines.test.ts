import { once } from 'node:events'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Pipelines } from '../src/cloud-ai/vector-index/pipelines.ts'
import { VectorIndexStore } from '../src/cloud-ai/vector-index/vector-index-store.ts'
import { runAsOwnerOn } from '../src/database/run-as-owner.ts'
import { SubprogramRegistry } from '../src/execution/subprogram.ts'
import { SqlEngine } from '../src/sql/sql-engine.ts'
import { openVectorDatabase, type VectorDatabase } from './vector-index-fixture.ts'

let database: VectorDatabase

beforeAll(async () => {
  database = await openVectorDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const contents = async (index: string) =>
  (await database.select(`SELECT content FROM ${index}$vectab ORDER BY TO_CHAR(content)`)).map(({ CONTENT }) => CONTENT)

const pipelineOf = async (index: string) => {
  const name = `${index.toUpperCase()}$VECPIPELINE`
  const [row] = await database.select('SELECT * FROM user_cloud_pipelines WHERE pipeline_name = :name', { name })
  return row as Record<string, string>
}

const statusOf = async (index: string) => {
  const { STATUS_TABLE: table } = await pipelineOf(index)
  return database.select(`SELECT name, bytes, status, error_code, error_message FROM "${table}" ORDER BY name`)
}

describe('a location', () => {
  test('is a file, a folder with all that is in it, a pattern, or several of them', async () => {
    await mkdir(join(database.folder, 'deep', 'er'), { recursive: true })
    await writeFile(join(database.folder, 'deep', 'a b.md'), 'One.')
    await writeFile(join(database.folder, 'deep', 'er', 'two.md'), 'Two.')
    await writeFile(join(database.folder, 'deep', '.hidden'), 'Hidden.')
    await database.create('folder', { location: 'deep/' })
    expect(await contents('folder')).toEqual(['One.', 'Two.'])
    expect(await statusOf('folder')).toMatchObject([
      { NAME: expect.stringMatching(/\/deep\/a b\.md$/), BYTES: 4, STATUS: 'COMPLETED' },
      { NAME: expect.stringMatching(/\/deep\/er\/two\.md$/), STATUS: 'COMPLETED' },
    ])
    await database.create('pattern', { location: `${pathToFileURL(database.folder)}/deep/*.MD, deep/er/two.md` })
    expect(await contents('pattern')).toEqual(['One.', 'Two.'])
  })

  test('may be on a loopback address', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/notes.txt') response.end('Notes of the day.')
      else response.writeHead(404).end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      await database.create('served', { location: `${origin}/notes.txt,${origin}/missing.txt` })
      expect(await contents('served')).toEqual(['Notes of the day.'])
      expect(await statusOf('served')).toMatchObject([
        {
          NAME: `${origin}/missing.txt`,
          STATUS: 'FAILED',
          ERROR_CODE: -20404,
          ERROR_MESSAGE: expect.stringContaining('404'),
        },
        { NAME: `${origin}/notes.txt`, STATUS: 'COMPLETED', ERROR_CODE: null },
      ])
    } finally {
      server.close()
    }
  })

  test.each([
    ['a folder outside', '/etc/', 20403],
    ['a file outside', 'file:///etc/hostname', 20403],
    ['a way out', '../../etc/hostname', 20403],
    ['a link that leads out', 'out/hostname', 20403],
    ['a link in a folder that leads out', 'links/', 20404],
    ['an address elsewhere', 'https://objectstorage.example.com/n/b/o/', 20403],
    ['nothing', 'nothing.txt', 20404],
    ['a pattern that fits nothing', '*.pdf', 20404],
    ['something that is no text', 'binary.txt', 20000],
  ])('must not be %s', async (_, location, errorNum) => {
    await symlink('/etc', join(database.folder, 'out')).catch(() => {})
    await mkdir(join(database.folder, 'links')).catch(() => {})
    await symlink('/etc/hostname', join(database.folder, 'links', 'hostname')).catch(() => {})
    await writeFile(join(database.folder, 'binary.txt'), 'a\0b')
    await expect(database.create('outside', { location })).rejects.toMatchObject({ errorNum })
    expect(await contents('outside')).toEqual([])
    const history = await database.select(
      `SELECT status, error_message FROM user_cloud_pipeline_history WHERE pipeline_name = 'OUTSIDE$VECPIPELINE'`,
    )
    expect(history).toEqual([{ STATUS: 'FAILED', ERROR_MESSAGE: expect.stringContaining(`ORA-${errorNum}`) }])
    await database.call('DROP_VECTOR_INDEX', { index_name: 'outside' })
  })

  test('must not be a file when there is no folder of documents', async () => {
    await using without = await openVectorDatabase({ documentsDirectory: undefined } as object)
    await expect(without.create('v')).rejects.toMatchObject({ errorNum: 20403 })
  })
})

describe('a pipeline', () => {
  test('loads what has changed when it is run, and only when it is stopped', async () => {
    const file = join(database.folder, 'changing.txt')
    await writeFile(file, 'Before.')
    await database.create('changing', { location: 'changing.txt' })
    const pipeline = { pipeline_name: 'changing$vecpipeline' }
    const run = (name: string, more = {}) => database.call(`DBMS_CLOUD_PIPELINE.${name}`, { ...pipeline, ...more })
    await expect(run('RUN_PIPELINE_ONCE')).rejects.toMatchObject({
      errorNum: 20044,
      message: expect.stringContaining('Pipeline must be in stopped state to run in foreground.'),
    })
    await run('STOP_PIPELINE')
    expect(await pipelineOf('changing')).toMatchObject({ STATUS: 'STOPPED' })
    await writeFile(file, 'After.')
    await run('RUN_PIPELINE_ONCE')
    expect(await contents('changing')).toEqual(['After.'])
    await database.connection.execute('DELETE FROM changing$vectab')
    await run('RUN_PIPELINE_ONCE')
    expect(await contents('changing')).toEqual([])
    await run('RESET_PIPELINE', { purge_data: true })
    await run('RUN_PIPELINE_ONCE')
    expect(await contents('changing')).toEqual(['After.'])
    await run('START_PIPELINE')
    expect(await pipelineOf('changing')).toMatchObject({ STATUS: 'STARTED', PIPELINE_TYPE: 'LOAD' })
    await expect(run('RESET_PIPELINE')).rejects.toMatchObject({ errorNum: 20044 })
  })

  test('tells when it ran last, in the time zone that is asked for, also under the name of the owner of its view', async () => {
    await database.create('timed')
    const now = Date.now()
    const [row] = await database.select(
      `SELECT CAST(last_execution AT TIME ZONE 'UTC' AS TIMESTAMP) AS utc,
              TO_CHAR(last_execution AT TIME ZONE '+02:00', 'YYYY-MM-DD HH24:MI:SS TZH:TZM') AS east, last_execution
         FROM C##CLOUD$SERVICE.user_cloud_pipelines
        WHERE pipeline_name = 'TIMED$VECPIPELINE'`,
    )
    const { UTC: utc, EAST: east, LAST_EXECUTION: last } = row as { UTC: Date; EAST: string; LAST_EXECUTION: Date }
    expect(Math.abs(last.getTime() - now)).toBeLessThan(60_000)
    // A TIMESTAMP has no zone, so that the driver takes its fields for local ones.
    expect([utc.getHours(), utc.getMinutes()]).toEqual([last.getUTCHours(), last.getUTCMinutes()])
    expect(east).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+02:00$/)
    expect(Number(east.slice(11, 13))).toBe((last.getUTCHours() + 2) % 24)
  })

  test('commits what the caller left open instead of waiting for it', async () => {
    await database.connection.execute('CREATE TABLE scratch (n NUMBER)')
    await database.create('open')
    await database.connection.execute('INSERT INTO scratch VALUES (1)')
    await database.call('DBMS_CLOUD_PIPELINE.STOP_PIPELINE', { pipeline_name: 'OPEN$VECPIPELINE' })
    await database.connection.execute('INSERT INTO scratch VALUES (2)')
    await database.call('DBMS_CLOUD_PIPELINE.RUN_PIPELINE_ONCE', { pipeline_name: 'OPEN$VECPIPELINE' })
    await database.connection.rollback()
    expect(await database.select('SELECT n FROM scratch')).toHaveLength(2)
  })

  test('that does not exist is ORA-20044', async () => {
    const call = database.call('DBMS_CLOUD_PIPELINE.STOP_PIPELINE', { pipeline_name: 'NONE' })
    await expect(call).rejects.toMatchObject({ errorNum: 20044 })
  })

  test('is waited for until the caller breaks off', async () => {
    const server = createServer(() => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const asked = once(server, 'request')
    const connection = await database.connect('demo')
    try {
      const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/never.txt`
      const created = database.call(
        'CREATE_VECTOR_INDEX',
        {
          index_name: 'slow',
          attributes: JSON.stringify({ location, profile_name: 'OCI_AI_PROFILE' }),
          wait_for_completion: { dir: oracledb.BIND_IN, type: oracledb.DB_TYPE_BOOLEAN, val: true },
        },
        connection,
      )
      const outcome = expect(created).rejects.toMatchObject({ errorNum: 1013 })
      await asked
      await connection.break()
      await outcome
      expect(await pipelineOf('slow')).toMatchObject({ STATUS: 'STARTED' })
      await database.call('DROP_VECTOR_INDEX', { index_name: 'slow' })
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('runs again by itself at its refresh rate, and no more when it is closed', async () => {
    const engine = await SqlEngine.open({ subprograms: new SubprogramRegistry() })
    const indexes = new VectorIndexStore()
    const runAsOwner = runAsOwnerOn(engine)
    const pipelines = new Pipelines(indexes, { runAsOwner, directory: database.folder, minuteMs: 5 })
    const attributes = { location: 'rules.txt', profile_name: 'P', refresh_rate: 2 }
    const index = indexes.prepare('DEMO', { name: 'V', attributes, description: null, status: 'ENABLED' })
    indexes.add(index)
    const pipeline = pipelines.create(index)
    await runAsOwner('DEMO', AbortSignal.timeout(5000), async (query) => {
      await query('CREATE TABLE v$vectab (CONTENT CLOB, ATTRIBUTES CLOB, EMBEDDING CLOB)')
      await pipeline.statusTable.create(query)
    })
    await pipeline.start()
    await expect.poll(() => pipeline.runs.length).toBeGreaterThan(2)
    expect(pipeline.runs.map(({ status }) => status)).not.toContain('FAILED')
    indexes.add(indexes.prepareUpdate('DEMO', 'V', { refresh_rate: 1_000_000 }))
    pipeline.reschedule()
    pipelines.close()
    expect(pipeline.status).toBe('STOPPED')
    engine.close()
  })
})
