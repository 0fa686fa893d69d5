import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } from '@a2a-js/sdk/client'
import type { HeldModel } from '@select-ai/adapter-conformance'
import { AgentObjectNotFoundError, SelectAIArgumentError } from '@select-ai/core'
import type { Emulator } from '@select-ai/emulator'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createA2AHandler, createAgentCard, memoryState, serveA2A } from '../src/index.ts'
import { description, message, openAgent, resultOf, startDatabase, taskOf, team } from './open-agent.ts'

let database: { emulator: Emulator; model: HeldModel }
beforeAll(async () => {
  database = await startDatabase()
}, 30_000)
afterAll(() => database.emulator.close())

async function listen(listener: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dispose = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.asyncDispose]: dispose }
}

describe('what is wrong with a request', () => {
  it('is told with the codes of JSON-RPC and A2A', async () => {
    await using agent = await openAgent(database)
    const rpc = (method: unknown, params?: unknown) => ({ jsonrpc: '2.0', id: 1, method, params })
    const sending = (change: object) => rpc('SendMessage', { message: { ...message('1.0', 'x').message, ...change } })
    const cases: [unknown, number, RegExp][] = [
      ['{"jsonrpc":', -32700, /not valid JSON/],
      [[rpc('GetTask', { id: 'x' })], -32600, /one JSON-RPC/],
      ['7', -32600, /one JSON-RPC/],
      [{ id: 1, method: 'GetTask' }, -32600, /one JSON-RPC/],
      [{ jsonrpc: '2.0', id: {}, method: 'GetTask' }, -32600, /one JSON-RPC/],
      [rpc('Nothing', {}), -32601, /method/i],
      [rpc('GetTask'), -32602, /^params: /],
      [rpc('GetTask', [1]), -32602, /^params: /],
      [rpc('GetTask', { id: ' ' }), -32602, /^id: /],
      [rpc('GetTask', { id: 'x', historyLength: -1 }), -32602, /^historyLength: /],
      [rpc('GetTask', { id: 'x', tenant: 'y' }), -32602, /^tenant: /],
      [rpc('CancelTask', { id: 7 }), -32602, /^id: /],
      [rpc('ListTasks', { pageSize: 1000 }), -32602, /pageSize/],
      [rpc('ListTasks', { pageToken: 'nonsense' }), -32602, /^pageToken: /],
      [rpc('ListTasks', { status: 'NO_STATE' }), -32602, /status/],
      [rpc('ListTasks', { statusTimestampAfter: 'yesterday' }), -32602, /statusTimestampAfter/],
      [rpc('SendMessage', {}), -32602, /^message: /],
      [sending({ messageId: '' }), -32602, /^message\.messageId: /],
      [sending({ role: 'ROLE_AGENT' }), -32602, /^message\.role: /],
      [sending({ contextId: 'x'.repeat(129) }), -32602, /^message\.contextId: /],
      [sending({ parts: 'text' }), -32602, /^message\.parts: /],
      [sending({ parts: [] }), -32602, /^message\.parts: /],
      [sending({ parts: [7] }), -32602, /^message\.parts: /],
      [sending({ parts: [{ text: ' ' }] }), -32602, /^message\.parts: /],
      [sending({ parts: [{ text: 'x' }, { data: { a: 1 } }] }), -32005, /^message\.parts: /],
      [sending({ referenceTaskIds: [7] }), -32602, /^message\.referenceTaskIds: /],
      [sending({ taskId: 'unknown' }), -32001, /unknown/],
      [rpc('SendMessage', { ...message('1.0', 'x'), configuration: { returnImmediately: 'yes' } }), -32602, /^config/],
      [
        rpc('SendStreamingMessage', { message: { ...message('1.0', 'x').message, taskId: 'unknown' } }),
        -32001,
        /unknown/,
      ],
      [rpc('GetTask', { id: 'unknown' }), -32001, /unknown/],
      [rpc('CancelTask', { id: 'unknown' }), -32001, /unknown/],
      [rpc('CreateTaskPushNotificationConfig', { id: 'x', taskId: 'x', url: 'http://x' }), -32003, /./],
    ]
    for (const [body, code, words] of cases) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const { status, json } = await agent.post(text, { 'a2a-version': '1.0' })
      expect([text, status, json.error?.code]).toEqual([text, 200, code])
      expect(json.error.message).toMatch(words)
    }
    expect(agent.errors).toEqual([])
  })

  it('is told in version 0.3, and of versions', async () => {
    await using agent = await openAgent(database)
    const post = async (method: string, params: object, headers = {}) =>
      (await agent.post(JSON.stringify({ jsonrpc: '2.0', id: 'a', method, params }), headers)).json
    expect(await post('tasks/get', { id: 'unknown' })).toMatchObject({ id: 'a', error: { code: -32001 } })
    expect(await post('message/send', { message: {} })).toMatchObject({ error: { code: -32602 } })
    expect(await post('tasks/nothing', {})).toMatchObject({ error: { code: -32601 } })
    expect(await post('tasks/list', { status: 'nothing' })).toMatchObject({ error: { code: -32602 } })
    expect(await post('GetTask', { id: 'x' }, { 'a2a-version': '2.0' })).toMatchObject({ error: { code: -32009 } })
    // A client of 1.0 that forgot the header is known by the name of the method.
    expect(taskOf(await post('SendMessage', message('1.0', 'Hello')))).toMatchObject({
      status: { state: 'TASK_STATE_COMPLETED' },
    })
    expect(taskOf(await post('SendMessage', message('1.0', 'Hello'), { 'a2a-version': '1.0.1' }))).toHaveProperty('id')
  })

  it('is told with a status where HTTP is what is wrong', async () => {
    await using agent = await openAgent(database, { maxBodyBytes: 1000 })
    const { url } = agent.server
    const rpc = `${url}/a2a/jsonrpc`
    const answer = async (path: string, init?: RequestInit) => (await fetch(path, init)).status
    expect(await answer(`${url}/nothing`)).toBe(404)
    expect(await answer(rpc)).toBe(405)
    expect(await answer(`${url}/.well-known/agent-card.json`, { method: 'POST' })).toBe(405)
    expect(await answer(`${url}/.well-known/agent-card.json`, { method: 'HEAD' })).toBe(200)
    expect(await answer(rpc, { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } })).toBe(415)
    const body = JSON.stringify({ padding: 'x'.repeat(1000) })
    expect(await answer(rpc, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).toBe(413)
  })
})

it.each(['1.0', '0.3'])("serves the protocol's own client in version %s", async (version) => {
  await using agent = await openAgent(database)
  const transport = new JsonRpcTransportFactory({ legacyCompat: { enabled: true } })
  const card = await new DefaultAgentCardResolver().resolve(agent.server.url)
  const supportedInterfaces = card.supportedInterfaces.filter(({ protocolVersion }) => protocolVersion === version)
  const client = await new ClientFactory({ transports: [transport] }).createFromAgentCard({
    ...card,
    supportedInterfaces,
  })
  const sent = await client.sendMessage({
    tenant: '',
    message: {
      messageId: crypto.randomUUID(),
      contextId: '',
      taskId: '',
      role: 1,
      parts: [{ content: { $case: 'text', value: 'Hello' }, metadata: undefined, filename: '', mediaType: '' }],
      metadata: undefined,
      extensions: [],
      referenceTaskIds: [],
    },
    configuration: undefined,
    metadata: undefined,
  })
  expect(sent).toMatchObject({ status: { state: 3 }, artifacts: [{ name: 'database-agent-result' }] })
})

describe('the handler', () => {
  it('is a middleware of Express, before and after a parser, at any path', async () => {
    await using agent = await openAgent(database)
    const { pool } = agent
    await using early = createA2AHandler({ pool, team, publicUrl: 'http://127.0.0.1/early' })
    await using late = createA2AHandler({ pool, team, publicUrl: 'http://127.0.0.1/late', state: memoryState() })
    const app = express()
    app.use('/early', early)
    app.use(express.json())
    app.use('/late', late)
    app.use((_request, response) => void response.status(404).send('mine'))
    await using server = await listen(app)
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: message('1.0', 'Hello') })
    for (const path of ['early', 'late']) {
      const card = (await (await fetch(`${server.url}/${path}/.well-known/agent-card.json`)).json()) as { url: string }
      expect(card.url).toBe(`http://127.0.0.1/${path}/a2a/jsonrpc/`)
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${server.url}/${path}/a2a/jsonrpc/`, { method: 'POST', headers, body })
      expect(resultOf(taskOf(await response.json()))).toBe('echo: Hello')
    }
    expect(await (await fetch(`${server.url}/early/other`)).text()).toBe('mine')
  })

  it('refuses a body that is too large, also one that a parser has kept as text or bytes', async () => {
    await using agent = await openAgent(database)
    const { pool } = agent
    const options = { pool, team, publicUrl: 'http://127.0.0.1', state: memoryState(), maxBodyBytes: 100 }
    await using handler = createA2AHandler(options)
    const app = express()
    app.use('/text', express.text({ type: '*/*' }), handler)
    app.use('/bytes', express.raw({ type: '*/*' }), handler)
    app.use('/unread', handler)
    await using server = await listen(app)
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'GetTask', params: { id: 'x'.repeat(100) } })
    for (const path of ['text', 'bytes', 'unread']) {
      const response = await fetch(`${server.url}/${path}/a2a/jsonrpc/`, { method: 'POST', headers, body })
      expect([path, response.status]).toEqual([path, 413])
    }
  })

  it('sends comments while the team works', async () => {
    await using agent = await openAgent(database, { heartbeatMs: 20 })
    const stream = await agent.stream('1.0', message('1.0', 'hold it'))
    await stream.next()
    await agent.model.holding(1)
    while (!agent.received.join('').includes(': heartbeat')) {
      await Promise.race([stream.next(), new Promise((resolve) => setTimeout(resolve, 10))])
    }
    agent.model.release()
  })

  it('answers an owner that cannot be told without words of the error', async () => {
    const owner = (): string => {
      throw new Error('CANARY of the host')
    }
    await using agent = await openAgent(database, { owner })
    const { status, json } = await agent.post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'GetTask', params: {} }))
    expect([status, json.error.code]).toEqual([500, -32603])
    expect(JSON.stringify(json)).not.toContain('CANARY')
    expect(agent.errors).toHaveLength(1)
  })
})

describe('closing', () => {
  it('lets tasks finish', async () => {
    await using agent = await openAgent(database)
    const answering = agent.call('1.0', 'send', message('1.0', 'hold it'))
    await agent.model.holding(1)
    const closing = agent.server.close({ graceMs: 10_000 })
    const refused = await agent.post(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: message('1.0', 'x') }),
    )
    expect([refused.status, refused.json.error.message]).toEqual([503, expect.stringMatching(/shutting down/)])
    expect((await agent.call('1.0', 'list', { status: 'TASK_STATE_WORKING' })).result.tasks.length).toBeGreaterThan(0)
    agent.model.release()
    expect(resultOf(taskOf(await answering))).toBe('echo: hold it')
    await closing
  })

  it('breaks off what is left after the grace, saves that, and leaves no socket open', async () => {
    await using agent = await openAgent(database)
    const { port } = new URL(agent.server.url)
    const idle = connect(Number(port), '127.0.0.1')
    await once(idle, 'connect')
    const stream = await agent.stream('1.0', message('1.0', 'hold it'))
    const { id } = (await stream.next()).result.task
    await agent.model.holding(1)
    await agent.server.close({ graceMs: 0 })
    const last = (await stream.rest()).at(-1).result.statusUpdate.status
    expect(last).toMatchObject({
      state: 'TASK_STATE_FAILED',
      message: { parts: [{ text: expect.stringMatching(/shut down/) }] },
    })
    if (!idle.closed) await once(idle, 'close')
    const { pool } = agent
    const saved = await pool.withConnection(async (connection) => {
      const query = `SELECT JSON_VALUE(TASK, '$.status.state') FROM DBMS_AI_A2A_TASKS WHERE TASK_ID = :id`
      return (await connection.execute<string[]>(query, [id])).rows?.[0]?.[0]
    })
    expect(saved).toBe('TASK_STATE_FAILED')
    await expect(fetch(agent.server.url)).rejects.toThrow()
  })
})

describe('options', () => {
  it('that are wrong are named before anything is opened', async () => {
    await using agent = await openAgent(database)
    const { pool } = agent
    const right = { pool, team, publicUrl: 'http://127.0.0.1' }
    const wrong: [object, string][] = [
      [{ ...right, pool: {} }, 'pool'],
      [{ ...right, team: ' ' }, 'team'],
      [{ ...right, publicUrl: 'agents.example.com' }, 'publicUrl'],
      [{ ...right, publicUrl: 'https://user:word@agents.example.com' }, 'publicUrl'],
      [{ ...right, description: '' }, 'description'],
      [{ ...right, version: 1 }, 'version'],
      [{ ...right, owner: 'me' }, 'owner'],
      [{ ...right, state: {} }, 'state'],
      [{ ...right, timeoutMs: 0 }, 'timeoutMs'],
      [{ ...right, maxRunning: 0 }, 'maxRunning'],
      [{ ...right, maxWaiting: -1 }, 'maxWaiting'],
      [{ ...right, maxBodyBytes: 1.5 }, 'maxBodyBytes'],
      [{ ...right, heartbeatMs: '1' }, 'heartbeatMs'],
      [{ ...right, onError: true }, 'onError'],
      [{ ...right, colour: 'red' }, 'colour'],
    ]
    for (const [options, argument] of wrong) {
      const make = (): unknown => createA2AHandler(options as Parameters<typeof createA2AHandler>[0])
      expect(make, argument).toThrow(expect.objectContaining({ code: SelectAIArgumentError.code, argument }))
    }
    for (const [options, argument] of [
      [{ port: 70_000 }, 'port'],
      [{ host: '' }, 'host'],
      [{ colour: 'red' }, 'colour'],
    ] as const) {
      await expect(serveA2A({ pool, team, ...options })).rejects.toMatchObject({ argument })
    }
    await expect(agent.server.close({ graceMs: -1 })).rejects.toMatchObject({ argument: 'graceMs' })
  })

  it('with a team that is not there stop the start', async () => {
    await using agent = await openAgent(database)
    const { pool } = agent
    const missing = { pool, team: 'NO_TEAM', publicUrl: 'http://127.0.0.1' }
    await expect(serveA2A({ ...missing, port: 0 })).rejects.toThrow(AgentObjectNotFoundError)
    await expect(createAgentCard(missing)).rejects.toThrow(AgentObjectNotFoundError)
  })

  it('make an agent card without a server', async () => {
    await using agent = await openAgent(database)
    const options = { pool: agent.pool, team, publicUrl: 'https://agents.example.com' }
    const card = await createAgentCard(options)
    expect(card).toMatchObject({ protocolVersion: '0.3', name: team, description })
    expect(
      await createAgentCard({ ...options, description: 'Mine', version: '2.1.0', protocolVersion: '1.0' }),
    ).toMatchObject({
      description: 'Mine',
      version: '2.1.0',
    })
  })
})

it('tells what failed on standard error unless it is told where else', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {})
  await using agent = await openAgent(database, { onError: undefined })
  const { id } = taskOf(await agent.call('1.0', 'send', message('1.0', 'fail')))
  const context = { requestId: id, code: expect.any(String) }
  expect(written.mock.calls).toEqual([['Select AI A2A request failed', context, expect.any(Error)]])
  written.mockRestore()
})
