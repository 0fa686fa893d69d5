import { connectionTo, type HeldModel } from '@select-ai/adapter-conformance'
import { createPool } from '@select-ai/core'
import type { Emulator } from '@select-ai/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryState, serveA2A } from '../src/index.ts'
import { message, methods, openAgent, resultOf, startDatabase, taskOf, team, untilState } from './open-agent.ts'

let database: { emulator: Emulator; model: HeldModel }
beforeAll(async () => {
  database = await startDatabase()
}, 30_000)
afterAll(() => database.emulator.close())

/** Asks another server than the agent's own. */
async function callAt(url: string, what: keyof (typeof methods)['1.0'], params: object) {
  const response = await fetch(`${url}/a2a/jsonrpc/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'a2a-version': '1.0' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: methods['1.0'][what], params }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: an answer as JSON
  return (await response.json()) as any
}

describe('in the database', () => {
  it('another server finds the tasks and the conversations of one that has stopped', async () => {
    await using agent = await openAgent(database)
    const task = taskOf(await agent.call('1.0', 'send', message('1.0', 'first')))
    await agent.server.close()
    const { url } = await agent.serve()
    expect(taskOf(await callAt(url, 'get', { id: task.id }))).toEqual(task)
    const { contextId } = task
    const next = taskOf(await callAt(url, 'send', message('1.0', 'history', { contextId })))
    expect(resultOf(next)).toBe('first')
  })

  it('tables and read-only views are made on the first start', async () => {
    await using agent = await openAgent(database)
    const { id, contextId } = taskOf(await agent.call('1.0', 'send', message('1.0', 'Hello')))
    await agent.pool.withConnection(async (connection) => {
      const tasks = 'SELECT TEAM, OWNER, CONTEXT_ID FROM DBMS_AI_A2A_TASKS WHERE TASK_ID = :id'
      expect((await connection.execute(tasks, [id])).rows).toEqual([['SALES_TEAM', 'anonymous', contextId]])
      const contexts = 'SELECT OWNER FROM DBMS_AI_A2A_CONTEXTS WHERE CONTEXT_ID = :id'
      expect((await connection.execute(contexts, [contextId])).rows).toEqual([['anonymous']])
      const deletion = connection.execute('DELETE FROM DBMS_AI_A2A_TASKS')
      await expect(deletion).rejects.toMatchObject({ errorNum: expect.any(Number) })
    })
  })

  it('a long result comes back whole', async () => {
    await using agent = await openAgent(database)
    const { id, ...sent } = taskOf(await agent.call('1.0', 'send', message('1.0', 'long answer')))
    const { url } = await agent.serve()
    const text = resultOf(taskOf(await callAt(url, 'get', { id })))
    expect(text).toBe(resultOf({ id, ...sent }))
    expect(text.length).toBeGreaterThan(400_000)
  })

  it('a task that its server left behind has failed, once its time is over', async () => {
    await using agent = await openAgent(database)
    const { id } = taskOf(await agent.call('1.0', 'send', message('1.0', 'Hello')))
    // What a crash leaves: a task at work, of which nothing is heard any more.
    const leave = (timestamp: string) =>
      agent.pool.withConnection((connection) =>
        connection.execute(
          `UPDATE DBMS_AI_A2A_TASKS$ SET TASK = :task WHERE TASK_ID = :id`,
          [JSON.stringify({ id, contextId: 'c', status: { state: 'TASK_STATE_WORKING', timestamp } }), id],
          { autoCommit: true },
        ),
      )
    await leave(new Date().toISOString())
    expect(taskOf(await agent.call('1.0', 'get', { id })).status.state).toBe('TASK_STATE_WORKING')
    await leave('2026-01-01T00:00:00.000Z')
    const { result } = await agent.call('1.0', 'list', { contextId: 'c' })
    expect(result.tasks).toEqual([])
    const { status } = taskOf(await agent.call('1.0', 'get', { id }))
    expect(status).toMatchObject({ state: 'TASK_STATE_FAILED', message: { parts: [{ text: /^The server stopped/ }] } })
  })

  it('a database that has gone is told in safe words, and nothing hangs', async () => {
    const own = await startDatabase()
    const agent = await openAgent(own, {}, { connectTimeoutMs: 500, queueTimeoutMs: 500 })
    const { id } = taskOf(await agent.call('1.0', 'send', message('1.0', 'Hello')))
    await own.emulator.close()
    for (const [what, params] of [
      ['get', { id }],
      ['list', {}],
      ['cancel', { id }],
      ['send', message('1.0', 'Hello')],
    ] as const) {
      const { error } = await agent.call('1.0', what, params)
      expect([what, error.code]).toEqual([what, -32603])
      expect(error.message).toMatch(/^The database cannot be reached/)
      expect(error.data).toEqual([{ code: expect.any(String), requestId: expect.any(String) }])
    }
    expect(agent.errors.length).toBeGreaterThanOrEqual(4)
    for (const text of agent.received) expect(text).not.toMatch(/CANARY|NJS-|ORA-|127\.0\.0\.1/)
    await agent[Symbol.asyncDispose]()
  })

  it('tables of another form stop the start', async () => {
    const { emulator } = await startDatabase()
    const pool = await createPool(connectionTo(emulator))
    await pool.withConnection(async (connection) => {
      await connection.execute('CREATE TABLE DBMS_AI_A2A_TASKS$ (ID NUMBER)')
      await connection.execute('CREATE TABLE DBMS_AI_A2A_CONTEXTS$ (ID NUMBER)')
    })
    const serving = serveA2A({ pool, team, description: 'Mine', port: 0 })
    await expect(serving).rejects.toMatchObject({ argument: 'state', message: expect.stringMatching(/other columns/) })
    await pool.close()
    await emulator.close()
  })
})

describe('in memory', () => {
  it('serves as well, until the process ends', async () => {
    const state = memoryState()
    await using agent = await openAgent(database, { state })
    const { id, contextId } = taskOf(await agent.call('1.0', 'send', message('1.0', 'first')))
    expect(resultOf(taskOf(await agent.call('1.0', 'send', message('1.0', 'history', { contextId }))))).toBe('first')
    const { result } = await agent.call('1.0', 'list', { contextId, pageSize: 1 })
    expect(result).toMatchObject({ totalSize: 2 })
    const other = await agent.serve({ state: memoryState() })
    expect(await callAt(other.url, 'get', { id })).toMatchObject({ error: { code: -32001 } })
  })
})

it('with one connection for all, tasks are still told and canceled while one is at work', async () => {
  await using agent = await openAgent(database, {}, { poolMax: 1 })
  const stream = await agent.stream('1.0', message('1.0', 'hold it'))
  const { id } = (await stream.next()).result.task
  await agent.model.holding(1)
  await untilState(agent, '1.0', id, 'working')
  expect(taskOf(await agent.call('1.0', 'cancel', { id })).status.state).toBe('TASK_STATE_CANCELED')
})
