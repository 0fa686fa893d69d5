import type { HeldModel } from '@select-ai/adapter-conformance'
import type { Emulator } from '@select-ai/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryState } from '../src/index.ts'
import {
  canary,
  description,
  message,
  openAgent,
  resultOf,
  startDatabase,
  stateName,
  taskOf,
  team,
  untilState,
} from './open-agent.ts'

let database: { emulator: Emulator; model: HeldModel }
beforeAll(async () => {
  database = await startDatabase()
}, 30_000)
afterAll(() => database.emulator.close())

const nonBlocking = { '0.3': { blocking: false }, '1.0': { returnImmediately: true } }

describe('the agent card', () => {
  it('tells both versions where the agent is, and to those who ask for 1.0 nothing else', async () => {
    await using agent = await openAgent(database, { publicUrl: 'https://agents.example.com/sales/' })
    const read = async (headers: Record<string, string> = {}) =>
      (await fetch(`${agent.server.url}/.well-known/agent-card.json`, { headers })).json()
    const url = 'https://agents.example.com/sales/a2a/jsonrpc/'
    const common = {
      name: team,
      description,
      version: '1.0.0',
      capabilities: { streaming: true },
      defaultInputModes: ['text/plain'],
      defaultOutputModes: ['text/plain'],
      skills: [{ id: 'sales_team', name: team, description }],
      supportedInterfaces: [
        { url, protocolBinding: 'JSONRPC', protocolVersion: '1.0' },
        { url, protocolBinding: 'JSONRPC', protocolVersion: '0.3' },
      ],
    }
    expect(await read()).toMatchObject({ ...common, protocolVersion: '0.3', url, preferredTransport: 'JSONRPC' })
    const current = (await read({ 'a2a-version': '1.0' })) as object
    expect(current).toMatchObject(common)
    expect(current).not.toHaveProperty('protocolVersion')
  })
})

describe.each(['0.3', '1.0'] as const)('version %s', (version) => {
  it('answers a message when the task is done, unless told otherwise', async () => {
    await using agent = await openAgent(database)
    for (const configuration of [undefined, {}, { historyLength: 5 }]) {
      const task = taskOf(await agent.call(version, 'send', message(version, 'Hello', {}, configuration)))
      expect(task.status.state).toBe(stateName(version, 'completed'))
      expect(resultOf(task)).toBe('echo: Hello')
      expect(task.history).toHaveLength(1)
    }
  })

  it('answers at once where that is asked for, and tells the state afterwards', async () => {
    await using agent = await openAgent(database)
    const sent = await agent.call(version, 'send', message(version, 'hold it', {}, nonBlocking[version]))
    const { id, contextId, status } = taskOf(sent)
    expect(status.state).toBe(stateName(version, 'submitted'))
    await agent.model.holding(1)
    await untilState(agent, version, id, 'working')
    agent.model.release()
    const task = await untilState(agent, version, id, 'completed')
    expect(task).toMatchObject({ id, contextId })
    expect(resultOf(task)).toBe('echo: hold it')
  })

  it('streams the states and the result', async () => {
    await using agent = await openAgent(database)
    const stream = await agent.stream(version, message(version, 'Hello'))
    const events = (await stream.rest()).map(({ result }) => result)
    const states = events.map((event) => (event.task ?? event.statusUpdate ?? event).status?.state)
    const expected = ['submitted', 'working', undefined, 'completed'].map((state) => state && stateName(version, state))
    expect(states).toEqual(expected)
    const { artifact } = events[2].artifactUpdate ?? events[2]
    expect(artifact).toMatchObject({ name: 'database-agent-result', parts: [{ text: 'echo: Hello' }] })
    if (version === '0.3')
      expect(events.map(({ kind }) => kind)).toEqual(['task', 'status-update', 'artifact-update', 'status-update'])
  })

  it('goes on with a task whose client has left its stream', async () => {
    await using agent = await openAgent(database)
    const stream = await agent.stream(version, message(version, 'hold it'))
    const { result } = await stream.next()
    const { id } = result.task ?? result
    await agent.model.holding(1)
    await stream.leave()
    agent.model.release()
    expect(resultOf(await untilState(agent, version, id, 'completed'))).toBe('echo: hold it')
  })

  it('cancels a task, down to the session of the database', async () => {
    await using agent = await openAgent(database)
    const stream = await agent.stream(version, message(version, 'hold it'))
    const { result } = await stream.next()
    const { id } = result.task ?? result
    await agent.model.holding(1)
    const canceled = taskOf(await agent.call(version, 'cancel', { id }))
    expect(canceled.status.state).toBe(stateName(version, 'canceled'))
    expect(agent.model.held).toBe(0)
    expect(agent.emulator.ledger.sessions.reduce((sum, { breaks }) => sum + breaks, 0)).toBeGreaterThan(0)
    const last = (await stream.rest()).at(-1).result
    expect((last.statusUpdate ?? last).status.state).toBe(stateName(version, 'canceled'))
    await untilState(agent, version, id, 'canceled')
    const done = taskOf(await agent.call(version, 'send', message(version, 'Hello')))
    expect(await agent.call(version, 'cancel', { id: done.id })).toMatchObject({ error: { code: -32002 } })
    expect(agent.errors).toEqual([])
  })

  it('keeps one conversation of a new context to which two messages come at once', async () => {
    const { conversations, ...others } = memoryState()
    const looking: (() => void)[] = []
    // Both have looked for the conversation before either makes one.
    const load: typeof conversations.load = async (contextId, owner) => {
      const known = await conversations.load(contextId, owner)
      await new Promise<void>((resolve) => {
        looking.push(resolve)
        if (looking.length === 2) for (const goOn of looking) goOn()
      })
      return known
    }
    await using agent = await openAgent(database, { state: { ...others, conversations: { ...conversations, load } } })
    const contextId = `two at once for ${version}`
    const before = (await agent.pool.listConversations()).length
    const both = [1, 2].map((number) => agent.call(version, 'send', message(version, `Hello ${number}`, { contextId })))
    expect((await Promise.all(both)).map((sent) => resultOf(taskOf(sent))).toSorted()).toEqual([
      'echo: Hello 1',
      'echo: Hello 2',
    ])
    expect(await agent.pool.listConversations()).toHaveLength(before + 1)
  })

  it('goes on with the conversation of a context, and begins one for a new context', async () => {
    await using agent = await openAgent(database)
    const ask = async (text: string, contextId?: string) =>
      taskOf(await agent.call(version, 'send', message(version, text, contextId ? { contextId } : {})))
    const { contextId } = await ask('first')
    await ask('second', contextId)
    expect(resultOf(await ask('history', contextId))).toBe('first, second')
    expect(resultOf(await ask('history', `a context of my own for ${version}`))).toBe('')
    expect(await agent.pool.listConversations()).toContainEqual(expect.objectContaining({ title: `A2A: ${team}` }))
  })

  it('hands the question of an agent on, and the answer back', async () => {
    await using agent = await openAgent(database)
    const asked = taskOf(await agent.call(version, 'send', message(version, 'ask Which year?')))
    expect(asked.status.state).toBe(stateName(version, 'input-required'))
    expect(asked.status.message.parts[0].text).toBe('Which year?')
    const { id: taskId, contextId } = asked
    const answered = taskOf(await agent.call(version, 'send', message(version, '2001', { taskId, contextId })))
    expect(answered).toMatchObject({ id: taskId, status: { state: stateName(version, 'completed') } })
    expect(resultOf(answered)).toBe('answered 2001')
    const waiting = taskOf(await agent.call(version, 'send', message(version, 'ask Which year?')))
    const canceled = taskOf(await agent.call(version, 'cancel', { id: waiting.id }))
    expect(canceled.status.state).toBe(stateName(version, 'canceled'))
  })

  it('lists tasks, filtered and page by page, without those of other owners', async () => {
    let owner = `lister ${version}`
    await using agent = await openAgent(database, { owner: () => owner })
    const ids: string[] = []
    for (const text of ['one', 'two', 'fail'])
      ids.unshift(taskOf(await agent.call(version, 'send', message(version, text))).id)
    const list = async (params: object) => (await agent.call(version, 'list', params)).result
    const idsOf = ({ tasks }: { tasks: { id: string }[] }) => tasks.map(({ id }) => id)
    const all = await list({})
    expect(idsOf(all)).toEqual(ids)
    expect(all).toMatchObject({ totalSize: 3, nextPageToken: '' })
    expect(all.tasks.flatMap(({ artifacts = [] }) => artifacts)).toEqual([])
    expect(resultOf((await list({ includeArtifacts: true })).tasks[1])).toBe('echo: two')
    const first = await list({ pageSize: 2 })
    expect([idsOf(first), first.totalSize]).toEqual([ids.slice(0, 2), 3])
    expect(idsOf(await list({ pageSize: 2, pageToken: first.nextPageToken }))).toEqual(ids.slice(2))
    expect(idsOf(await list({ status: stateName(version, 'failed') }))).toEqual([ids[0]])
    expect(idsOf(await list({ contextId: all.tasks[1].contextId }))).toEqual([ids[1]])
    expect(idsOf(await list({ statusTimestampAfter: all.tasks[1].status.timestamp }))).toEqual([ids[0]])
    owner = 'somebody else'
    expect(await list({})).toMatchObject({ tasks: [], totalSize: 0 })
    expect(await agent.call(version, 'get', { id: ids[0] })).toMatchObject({ error: { code: -32001 } })
    expect(await agent.call(version, 'cancel', { id: ids[0] })).toMatchObject({ error: { code: -32001 } })
  })

  it('says in safe words that a task has failed, and to the operator why', async () => {
    await using agent = await openAgent(database)
    const task = taskOf(await agent.call(version, 'send', message(version, 'fail now')))
    expect(task.status.state).toBe(stateName(version, 'failed'))
    const { parts, metadata } = task.status.message
    expect(parts[0].text).toMatch(/^The (AI provider|database) /)
    expect(metadata.requestId).toBe(task.id)
    expect(agent.errors.map(({ context }) => context)).toEqual([metadata])
    expect(String(Object(agent.errors[0]?.error).cause)).toContain(canary)
    await agent.call(version, 'get', { id: task.id })
    await (await agent.stream(version, message(version, 'fail again'))).rest()
    for (const text of agent.received) expect(text).not.toMatch(/CANARY|ORA-|DBMS_|127\.0\.0\.1/)
  })

  it('rejects a message when too many tasks wait', async () => {
    await using agent = await openAgent(database, { maxRunning: 1, maxWaiting: 1 })
    const send = async () =>
      taskOf(await agent.call(version, 'send', message(version, 'hold it', {}, nonBlocking[version])))
    const running = await send()
    await agent.model.holding(1)
    const waiting = await send()
    const rejected = taskOf(await agent.call(version, 'send', message(version, 'Hello')))
    expect(rejected.status.state).toBe(stateName(version, 'rejected'))
    await untilState(agent, version, waiting.id, 'submitted')
    // One that waits leaves the line at once.
    await agent.call(version, 'cancel', { id: waiting.id })
    await untilState(agent, version, waiting.id, 'canceled')
    agent.model.release()
    await untilState(agent, version, running.id, 'completed')
  })

  it('ends a task whose time is over', async () => {
    await using agent = await openAgent(database, { timeoutMs: 300 })
    const task = taskOf(await agent.call(version, 'send', message(version, 'hold it')))
    expect(task.status.state).toBe(stateName(version, 'failed'))
    expect(task.status.message.parts[0].text).toMatch(/^The task took longer/)
    expect(agent.model.held).toBe(0)
  })

  it('takes no message for a task that is being worked on', async () => {
    await using agent = await openAgent(database)
    const { id } = taskOf(await agent.call(version, 'send', message(version, 'hold it', {}, nonBlocking[version])))
    await agent.model.holding(1)
    const refused = await agent.call(version, 'send', message(version, 'and this', { taskId: id }))
    expect(refused).toMatchObject({ error: { code: -32004, message: expect.stringMatching(/^message\.taskId: /) } })
  })
})
