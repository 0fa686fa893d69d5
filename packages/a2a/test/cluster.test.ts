import { ClientFactory, DefaultAgentCardResolver } from '@a2a-js/sdk/client'
import { type HeldModel, password } from '@select-ai/adapter-conformance'
import type { Emulator } from '@select-ai/emulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ConsulError, serveA2AGateway, serveA2AWorker } from '../src/index.ts'
import { type Json, message, resultOf, startDatabase, stateName, taskOf, team } from './open-agent.ts'
import { formParts, loginTo, type OpenCluster, openCluster, secret } from './open-cluster.ts'
import { serveConsul } from './serve-consul.ts'

let database: { emulator: Emulator; model: HeldModel }
beforeAll(async () => {
  database = await startDatabase()
}, 30_000)
afterAll(() => database.emulator.close())

const wordsOf = (task: Json): string => task.status.message.parts[0].text

/** Nothing that clients, Consul and operators are told may have a secret in it. */
function expectNoSecrets({ received, consul, errors }: OpenCluster): void {
  const seen = [
    ...received,
    ...consul.values.keys(),
    ...consul.values.values(),
    JSON.stringify([...consul.services.values()]),
    ...errors.map(({ error, context }) => `${error} ${(error as Error).stack} ${JSON.stringify(context)}`),
  ].join('\n')
  expect(seen).not.toContain(password)
  expect(seen).not.toContain(secret)
}

describe.each(['1.0', '0.3'] as const)('a context in version %s', (version) => {
  it('is asked for its login, and served by a worker from then on', async () => {
    await using cluster = await openCluster(database, { workers: 2 })
    const asked = taskOf(await cluster.call(version, 'send', message(version, 'Hello')))
    expect(asked.status.state).toBe(stateName(version, 'input-required'))
    expect(asked.status.message.extensions).toEqual(['https://a2ui.org/a2a-extension/a2ui/v0.9.1'])
    const [, form, more] = asked.status.message.parts
    expect(form).toMatchObject({ metadata: { mimeType: 'application/a2ui+json' } })
    // In version 0.3 data is an object, so that each message has a part of its own.
    expect(version === '0.3' ? [form.data, more.data] : form.data).toMatchObject([
      { createSurface: {} },
      { updateComponents: {} },
    ])

    const { contextId, id: taskId } = asked
    const opened = taskOf(await cluster.logOn(version, contextId, {}, { taskId }))
    expect([opened.id, opened.status.state]).toEqual([taskId, stateName(version, 'completed')])
    expect(wordsOf(opened)).toMatch(/logged on/)
    expect(cluster.consul.values.size).toBe(1)

    const answered = taskOf(await cluster.call(version, 'send', message(version, 'one', { contextId })))
    expect([answered.contextId, resultOf(answered)]).toEqual([contextId, 'echo: one'])
    const again = taskOf(await cluster.call(version, 'send', message(version, 'history', { contextId })))
    expect(resultOf(again)).toContain('one')
    expect(taskOf(await cluster.call(version, 'get', { id: answered.id })).id).toBe(answered.id)
    expect(taskOf(await cluster.call(version, 'get', { id: taskId })).id).toBe(taskId)
    const listed = await cluster.call(version, 'list', { contextId })
    expect(listed.result.tasks.map(({ id }: Json) => id).sort()).toEqual([answered.id, again.id].sort())
    expect(cluster.errors).toEqual([])
    expectNoSecrets(cluster)
  })

  it('belongs to its owner', async () => {
    await using cluster = await openCluster(database)
    await cluster.logOn(version, 'shared')
    const task = taskOf(await cluster.call(version, 'send', message(version, 'one', { contextId: 'shared' })))
    const other = taskOf(await cluster.call(version, 'send', message(version, 'x', { contextId: 'shared' }), 'berta'))
    expect(other.status.state).toBe(stateName(version, 'input-required'))
    expect(await cluster.call(version, 'get', { id: task.id }, 'berta')).toMatchObject({ error: { code: -32001 } })
    expect((await cluster.call(version, 'list', { contextId: 'shared' }, 'berta')).result.tasks).toHaveLength(1)
  })
})

describe('a login', () => {
  it.each([
    [{ password: 'CANARY-wrong' }, /refused the login/],
    [{ dsn: '10.0.0.1:1521/OTHER' }, /connect string/],
    [{ team: 'NO_TEAM' }, /no such agent team/],
    [{ user: ' ' }, /^User: fill in/],
  ])('that is wrong gives the form again: %j', async (change, words) => {
    await using cluster = await openCluster(database)
    const task = taskOf(await cluster.logOn('1.0', 'context', change))
    expect(task.status).toMatchObject({
      state: 'TASK_STATE_INPUT_REQUIRED',
      message: { parts: [{}, { data: [{}, {}] }] },
    })
    expect(wordsOf(task)).toMatch(words)
    expect(cluster.consul.values.size).toBe(0)
    expect(cluster.received.join()).not.toContain('CANARY')
    const right = taskOf(await cluster.logOn('1.0', 'context', {}, { taskId: task.id }))
    expect(right.status.state).toBe('TASK_STATE_COMPLETED')
    expectNoSecrets(cluster)
  })

  describe('of a user that was refused five times in a row', () => {
    afterEach(() => void vi.useRealTimers())

    it('is not tried for a quarter of an hour, in whatever context', async () => {
      await using cluster = await openCluster(database)
      vi.useFakeTimers({ toFake: ['Date'] })
      const wrong = { password: 'CANARY-wrong' }
      for (let attempt = 1; attempt <= 5; attempt++) {
        const refused = taskOf(await cluster.logOn('1.0', `context ${attempt}`, wrong))
        expect(refused.status.state).toBe('TASK_STATE_INPUT_REQUIRED')
      }
      const tried = cluster.emulator.ledger.snapshot().opened
      const task = taskOf(await cluster.logOn('1.0', 'context', { user: 'DEMO' }))
      expect([task.status.state, wordsOf(task)]).toEqual([
        'TASK_STATE_FAILED',
        expect.stringMatching(/Too many logins/),
      ])
      expect(cluster.emulator.ledger.snapshot().opened).toBe(tried)
      const other = taskOf(await cluster.logOn('1.0', 'context', { user: 'somebody' }))
      expect(wordsOf(other)).toMatch(/refused the login/)
      vi.setSystemTime(Date.now() + 15 * 60_000)
      expect(taskOf(await cluster.logOn('1.0', 'context')).status.state).toBe('TASK_STATE_COMPLETED')
    })

    it('counts logins that are under way, and those alone that the database refused', async () => {
      await using cluster = await openCluster(database)
      for (let attempt = 1; attempt <= 5; attempt++) await cluster.logOn('1.0', 'context', { team: 'NO_TEAM' })
      const wrong = { password: 'CANARY-wrong' }
      const logins = ['1', '2', '3', '4', '5', '6', '7'].map((context) => cluster.logOn('1.0', context, wrong))
      const states = (await Promise.all(logins)).map((answer) => taskOf(answer).status.state)
      expect(states.filter((state) => state === 'TASK_STATE_FAILED')).toHaveLength(2)
    })
  })

  it('fails when there is no worker, and when all are full', async () => {
    await using cluster = await openCluster(database, { worker: { maxSessions: 1 } })
    expect(taskOf(await cluster.logOn('1.0', 'one')).status.state).toBe('TASK_STATE_COMPLETED')
    const full = taskOf(await cluster.logOn('1.0', 'two'))
    expect([full.status.state, wordsOf(full)]).toEqual([
      'TASK_STATE_FAILED',
      expect.stringMatching(/Too many sessions/),
    ])
    cluster.consul.critical.add('worker-1')
    const nobody = taskOf(await cluster.logOn('1.0', 'three'))
    expect([nobody.status.state, wordsOf(nobody)]).toEqual(['TASK_STATE_FAILED', expect.stringMatching(/No worker/)])
    expectNoSecrets(cluster)
  })

  it('is asked for in the version of A2UI that the client wants, and without what the gateway knows', async () => {
    const { connectString: dsn } = database.emulator
    await using cluster = await openCluster(database, { gateway: { dsn, team } })
    const extensions = ['https://a2ui.org/a2a-extension/a2ui/v0.9']
    const asked = taskOf(await cluster.call('0.3', 'send', message('0.3', 'Hello', { extensions })))
    expect(asked.status.message.extensions).toEqual(extensions)
    const json = JSON.stringify(asked.status.message.parts)
    expect(json).toContain('application/json+a2ui')
    expect(json).not.toMatch(/"\/(dsn|team)"/)
    // As Gemini Enterprise sends it: one message, without its type.
    const action = { name: 'select_ai_login', context: { user: 'demo', password } }
    const parts = [{ kind: 'data', data: { version: 'v0.9', action } }]
    const { contextId } = asked
    const opened = taskOf(await cluster.call('0.3', 'send', message('0.3', '', { contextId, parts })))
    expect(opened.status.state).toBe('completed')
    const answered = taskOf(await cluster.call('0.3', 'send', message('0.3', 'one', { contextId })))
    expect(resultOf(answered)).toBe('echo: one')
    expectNoSecrets(cluster)
  })

  it('is sent to no worker that is elsewhere', async () => {
    await using cluster = await openCluster(database, { worker: { workerEndpoint: 'http://worker.invalid:9001' } })
    expect(wordsOf(taskOf(await cluster.logOn('1.0', 'context')))).toMatch(/No worker/)
  })

  it('leaves no password in a message of another form, or with a stream', async () => {
    await using cluster = await openCluster(database)
    const parts = [{ text: 'Hello' }, ...formParts('1.0', loginTo(cluster.emulator))]
    const metadata = { a2uiClientDataModel: { surfaces: { form: loginTo(cluster.emulator) } } }
    const streamed = await cluster.call('1.0', 'stream', message('1.0', '', { parts, metadata }))
    expect(streamed).toMatchObject({ error: { code: -32004 } })
    const { id } = taskOf(await cluster.call('1.0', 'send', message('1.0', '', { parts, metadata })))
    expect(taskOf(await cluster.call('1.0', 'get', { id })).history).not.toEqual([])
    expectNoSecrets(cluster)
  })
})

describe('a session', () => {
  it('is over when its worker has gone, and the context is asked for its login again', async () => {
    await using cluster = await openCluster(database, { workers: 2 })
    await cluster.logOn('1.0', 'context')
    const [[key, workerId] = []] = cluster.consul.values
    const task = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    await cluster.workers[workerId === 'worker-1' ? 0 : 1]?.close({ graceMs: 0 })
    expect([cluster.consul.services.size, cluster.consul.values.size]).toEqual([1, 0])
    // As a worker leaves it that was killed.
    cluster.consul.values.set(String(key), String(workerId))
    const asked = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    expect([asked.status.state, wordsOf(asked)]).toEqual([
      'TASK_STATE_INPUT_REQUIRED',
      expect.stringMatching(/session is over/),
    ])
    expect(cluster.consul.values.size).toBe(0)
    expect(await cluster.call('1.0', 'get', { id: task.id })).toMatchObject({ error: { code: -32001 } })
    await cluster.logOn('1.0', 'context', {}, { taskId: asked.id })
    const answered = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    expect(resultOf(answered)).toBe('echo: x')
  })

  it('goes on while Consul calls its worker unwell', async () => {
    await using cluster = await openCluster(database)
    await cluster.logOn('1.0', 'context')
    cluster.consul.critical.add('worker-1')
    const answered = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    expect(resultOf(answered)).toBe('echo: x')
  })

  it('is not given up when its worker does not answer for the moment', async () => {
    await using cluster = await openCluster(database)
    await cluster.logOn('1.0', 'context')
    const service = cluster.consul.services.get('worker-1')
    await using silent = await serveConsul()
    silent.broken = { status: 500, body: 'CANARY' }
    cluster.consul.services.set('worker-1', { ...service, Meta: { endpoint: silent.url } } as never)
    const told = await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' }))
    expect(told).toMatchObject({
      error: { message: expect.stringMatching(/does not answer/), data: [{ code: 'WORKER_FAILED' }] },
    })
    cluster.consul.services.set('worker-1', service as never)
    const answered = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    expect(resultOf(answered)).toBe('echo: x')
  })

  it('is closed when nobody uses it, and its route with it', async () => {
    await using cluster = await openCluster(database, { worker: { idleMs: 1 } })
    await cluster.logOn('1.0', 'context')
    await cluster.emulator.ledger.waitFor(({ open }) => open === 0)
    await expect.poll(() => cluster.consul.values.size).toBe(0)
    const asked = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    expect(asked.status.state).toBe('TASK_STATE_INPUT_REQUIRED')
  })

  it('is not opened when its route cannot be kept', async () => {
    await using cluster = await openCluster(database)
    cluster.consul.refuses = 'PUT'
    const failed = taskOf(await cluster.logOn('1.0', 'context'))
    expect([failed.status.state, wordsOf(failed)]).toEqual([
      'TASK_STATE_FAILED',
      expect.stringMatching(/could not be opened/),
    ])
    cluster.consul.refuses = undefined
    await cluster.emulator.ledger.waitFor(({ open }) => open === 0)
    expect(cluster.errors).toMatchObject([{ error: { name: 'ConsulError' }, context: { code: 'SESSION_NOT_OPENED' } }])
    expect(taskOf(await cluster.logOn('1.0', 'context')).status.state).toBe('TASK_STATE_COMPLETED')
  })

  it('is not found while Consul is out of order', async () => {
    await using cluster = await openCluster(database)
    await cluster.logOn('1.0', 'context')
    cluster.consul.broken = { status: 500, body: 'CANARY of the agent' }
    const told = await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' }))
    expect(told).toMatchObject({ id: 7, error: { code: -32603, data: [{ code: 'CONSUL_FAILED' }] } })
    expect(JSON.stringify(told)).not.toContain('CANARY')
    cluster.consul.broken = undefined
    const answered = taskOf(await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' })))
    expect(resultOf(answered)).toBe('echo: x')
  })
})

describe('the gateway', () => {
  it('lets the answers under way come when it is closed', async () => {
    await using cluster = await openCluster(database)
    await cluster.logOn('1.0', 'context')
    const answering = cluster.call('1.0', 'send', message('1.0', 'hold it', { contextId: 'context' }))
    await database.model.holding(1)
    const closing = cluster.gateway.close()
    const late = await cluster.call('1.0', 'send', message('1.0', 'x', { contextId: 'context' }))
    expect(late).toMatchObject({ error: { message: expect.stringMatching(/shutting down/) } })
    database.model.release()
    expect(resultOf(taskOf(await answering))).toMatch(/hold/)
    await closing
  })

  it('ends when the grace is over', async () => {
    await using cluster = await openCluster(database)
    await cluster.logOn('1.0', 'context')
    const answering = cluster
      .call('1.0', 'send', message('1.0', 'hold it', { contextId: 'context' }))
      .catch(() => 'cut off')
    await database.model.holding(1)
    await cluster.gateway.close({ graceMs: 0 })
    expect(await answering).toBe('cut off')
    database.model.release()
  })
})

describe('a worker', () => {
  it('forgets the sessions that it had before it was killed, and those alone', async () => {
    await using cluster = await openCluster(database)
    cluster.consul.values.set('select-ai/a2a/sessions/one', 'worker-2')
    cluster.consul.values.set('select-ai/a2a/sessions/two', 'worker-3')
    await using worker = await serveA2AWorker(cluster.workerOptions('worker-2'))
    expect([...cluster.consul.values.values()]).toEqual(['worker-3'])
    await worker.close()
  })

  it('registers itself again when Consul has forgotten it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await using cluster = await openCluster(database)
      cluster.consul.broken = { status: 500, body: '' }
      vi.advanceTimersByTime(30_000)
      await expect.poll(() => cluster.errors).toMatchObject([{ context: { code: 'CONSUL_FAILED' } }])
      cluster.consul.broken = undefined
      cluster.consul.services.clear()
      vi.advanceTimersByTime(30_000)
      await expect.poll(() => cluster.consul.services.has('worker-1')).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  it('listens to who knows the secret alone, and tells everybody that it is well', async () => {
    await using cluster = await openCluster(database)
    const url = cluster.workers[0]?.url
    expect((await fetch(`${url}/health`)).status).toBe(200)
    const body = JSON.stringify({ owner: 'anna', login: loginTo(cluster.emulator) })
    for (const authorization of [undefined, 'Bearer ', `Bearer ${secret}x`, secret]) {
      const headers = { ...(authorization && { authorization }) }
      expect((await fetch(`${url}/sessions/abc`, { method: 'PUT', body, headers })).status).toBe(401)
    }
    const headers = { authorization: `Bearer ${secret}` }
    expect((await fetch(`${url}/sessions/abc`, { method: 'PUT', body: '{}', headers })).status).toBe(400)
    expect((await fetch(`${url}/sessions/abc/a2a/jsonrpc/`, { method: 'POST', body: '{}', headers })).status).toBe(404)
  })
})

it("serves the protocol's own client, whose card offers no streams", async () => {
  await using cluster = await openCluster(database)
  const card = await new DefaultAgentCardResolver().resolve(cluster.gateway.url)
  expect(card.capabilities).toMatchObject({
    streaming: false,
    extensions: [
      { uri: 'https://a2ui.org/a2a-extension/a2ui/v0.9.1', params: { supportedCatalogIds: [expect.any(String)] } },
      { uri: 'https://a2ui.org/a2a-extension/a2ui/v0.9' },
    ],
  })
  const client = await new ClientFactory().createFromAgentCard(card)
  const sent = { metadata: undefined, extensions: [], referenceTaskIds: [], taskId: '', role: 1 }
  const send = (contextId: string, part: object) =>
    client.sendMessage({
      tenant: '',
      message: { ...sent, contextId, messageId: crypto.randomUUID(), parts: [part] as never },
      configuration: undefined,
      metadata: undefined,
    })
  const text = { content: { $case: 'text', value: 'Hello' }, metadata: undefined, filename: '', mediaType: '' }
  const asked = (await send('', text)) as Json
  expect(asked.status.state).toBe(6)
  const [{ data, metadata }] = formParts('1.0', loginTo(cluster.emulator)) as [Json]
  const form = { content: { $case: 'data', value: data }, metadata, filename: '', mediaType: metadata.mimeType }
  expect(await send(asked.contextId, form)).toMatchObject({ status: { state: 3 } })
  expect(await send(asked.contextId, text)).toMatchObject({
    status: { state: 3 },
    artifacts: [{ name: 'database-agent-result' }],
  })
})

it('names the options that are wrong, and does not start without Consul', async () => {
  const consul = await serveConsul()
  const gateway = { consulUrl: consul.url, secret, port: 0 }
  const worker = { ...gateway, workerId: 'worker-1', allowDsn: ['db/one'] }
  for (const [change, argument] of [
    [{ consulUrl: 'nowhere' }, 'consulUrl'],
    [{ secret: 'short' }, 'secret'],
    [{ port: 70_000 }, 'port'],
    [{ colour: 'red' }, 'colour'],
  ] as const) {
    await expect(serveA2AGateway({ ...gateway, ...change })).rejects.toMatchObject({ argument })
    await expect(serveA2AWorker({ ...worker, ...change })).rejects.toMatchObject({ argument })
  }
  await expect(serveA2AGateway({ ...gateway, allowWorkers: ['nowhere'] })).rejects.toMatchObject({
    argument: 'allowWorkers',
  })
  for (const argument of ['dsn', 'team']) {
    await expect(serveA2AGateway({ ...gateway, [argument]: ' ' })).rejects.toMatchObject({ argument })
  }
  for (const [change, argument] of [
    [{ workerId: '' }, 'workerId'],
    [{ workerEndpoint: 'nowhere' }, 'workerEndpoint'],
    [{ allowDsn: [] }, 'allowDsn'],
    [{ maxSessions: 0 }, 'maxSessions'],
    [{ timeoutMs: 300_000 }, 'timeoutMs'],
  ] as const) {
    await expect(serveA2AWorker({ ...worker, ...change })).rejects.toMatchObject({ argument })
  }
  await consul[Symbol.asyncDispose]()
  await expect(serveA2AGateway(gateway)).rejects.toThrow(ConsulError)
  await expect(serveA2AWorker(worker)).rejects.toThrow(ConsulError)
})
