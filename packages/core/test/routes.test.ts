import {
  AnswerTooLongError,
  CallAbortedError,
  CallTimeoutError,
  ConfigurationError,
  ConnectError,
  ConnectionLostError,
  ConversationNotFoundError,
  DatabaseError,
  LoginError,
  NoSqlGeneratedError,
  PoolClosedError,
  PoolQueueFullError,
  type PoolStats,
  PoolTimeoutError,
  PrivilegeError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIArgumentError,
} from '@select-ai/core'
import {
  createRoutes,
  errorResponse,
  type RouteErrorContext,
  type RouteRequest,
  type RouteResponse,
  type RoutesOptions,
  routeActions,
} from '@select-ai/core/routes'
import { describe, expect, test } from 'vitest'
import { type ScriptedCall, scriptedPool } from './routes-scripted-pool.ts'

const canary = 'CANARY-select-secret-from-db.example.internal'

const stats: PoolStats = {
  name: canary,
  state: 'open',
  max: 1,
  min: 0,
  open: 1,
  inUse: 1,
  waiting: 1,
  queueMax: 1,
  oldestWaiterMs: 1,
  totals: { borrowed: 1, returned: 0, dropped: 0, timedOut: 0, rejected: 0, aborted: 0 },
  holders: [{ label: canary, action: 'chat', profile: canary, ageMs: 1 }],
}

function setUp(answer?: (call: ScriptedCall) => unknown, change: Partial<RoutesOptions> = {}) {
  const pool = scriptedPool(answer)
  const reports: { error: unknown; context: RouteErrorContext }[] = []
  const routes = createRoutes({
    pool,
    actions: routeActions,
    profiles: ['SALES'],
    onError: (error, context) => reports.push({ error, context }),
    ...change,
  })
  const ask = async (path: string, query: Record<string, unknown> = {}, request: Partial<RouteRequest> = {}) => {
    const response = await routes.handle({ method: 'GET', path, headers: {}, query, ...request })
    return { ...response, json: JSON.parse(textOf(response)) as Record<string, unknown> }
  }
  return { pool, reports, routes, ask }
}

function textOf({ body }: RouteResponse): string {
  if (body.kind !== 'complete') throw new Error('the body is a stream')
  return body.text
}

function failWith(error: unknown): () => never {
  return () => {
    throw error
  }
}

describe('answers', () => {
  test.each([
    ['/chat', 'chat', { response: 'answer of chat' }],
    ['/explain_sql', 'explainSql', { explanation: 'answer of explainSql' }],
    ['/narrate', 'narrate', { response: 'answer of narrate' }],
    ['/show_prompt', 'showPrompt', { prompt: 'answer of showPrompt' }],
  ])('%s calls %s and answers with its own shape', async (path, method, body) => {
    const { ask, pool } = setUp()
    const { status, json, headers } = await ask(path, { prompt: 'How many?' })
    expect([status, json]).toEqual([200, body])
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    expect(pool.calls).toEqual([{ profile: 'SALES', method, prompt: 'How many?', options: { label: `GET ${path}` } }])
  })

  test.each([
    'SELECT 1 FROM dual',
    ' (with x as (select 1 from dual) select * from x)',
    '-- count\nselect 1',
    '/* c */ SELECT 1',
  ])('show_sql passes on the statement %j', async (sql) => {
    const { ask } = setUp(() => sql)
    expect((await ask('/show_sql', { prompt: 'How many?' })).json).toEqual({ sql })
  })

  test('show_sql does not pass a sentence off as a statement', async () => {
    const { ask } = setUp(() => `Sorry, no statement for ${canary}`)
    const { status, json } = await ask('/show_sql', { prompt: 'Sing' })
    expect([status, json.code]).toEqual([422, 'NO_SQL_GENERATED'])
    expect(JSON.stringify(json)).not.toContain('CANARY')
  })

  test('run_sql answers with rows and columns and says when it left rows out', async () => {
    const answer = { rows: [{ N: 1 }, { N: 2 }, { N: 3 }], columns: ['N'] }
    const complete = setUp(() => answer, { maxRows: 3 })
    expect((await complete.ask('/run_sql', { prompt: 'List' })).json).toEqual({ ...answer, truncated: false })
    const capped = setUp(() => answer, { maxRows: 2 })
    expect((await capped.ask('/run_sql', { prompt: 'List' })).json).toEqual({
      rows: [{ N: 1 }, { N: 2 }],
      columns: ['N'],
      truncated: true,
    })
  })

  test('the signal, the deadline and a label with the path reach the call', async () => {
    const { ask, pool } = setUp(undefined, { timeoutMs: 1234, prefix: '/ai' })
    const { signal } = new AbortController()
    await ask('/ai/chat', { prompt: 'Hello' }, { signal })
    expect(pool.calls[0]?.options).toEqual({ signal, timeoutMs: 1234, label: 'GET /ai/chat' })
  })
})

describe('questions that are refused', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no prompt', {}, /'prompt' is missing/],
    ['an empty prompt', { prompt: '' }, /'prompt' is empty/],
    ['a blank prompt', { prompt: ' \n\t' }, /'prompt' is empty/],
    ['a repeated prompt', { prompt: ['a', 'b'] }, /given once/],
    ['a nested prompt', { prompt: { a: 'b' } }, /given once/],
    ['a prompt that is too long', { prompt: 'x'.repeat(11) }, /longer than 10 characters/],
    ['a prompt of too many emoji', { prompt: '😀'.repeat(11) }, /longer than 10 characters/],
    ['a null character', { prompt: 'a\u0000b' }, /control characters/],
    ['an escape sequence', { prompt: 'a\u001b[2J' }, /control characters/],
    ['a C1 control character', { prompt: 'a\u0085' }, /control characters/],
    ['a repeated profile', { prompt: 'Hello', profile: ['SALES', 'HR'] }, /given once/],
    ['an empty profile', { prompt: 'Hello', profile: '' }, /'profile' is empty/],
    ['an unknown parameter', { prompt: 'Hello', promt: 'Hello' }, /not known here/],
  ])('%s gets 400 and no call', async (_what, query, detail) => {
    const { ask, pool, reports } = setUp(undefined, { maxPromptCharacters: 10 })
    const { status, json, headers } = await ask('/chat', query)
    expect(status).toBe(400)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(json).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400, code: 'INVALID_ARGUMENT' })
    expect(json.detail).toMatch(detail)
    expect(pool.calls).toEqual([])
    expect(reports).toEqual([])
  })

  test('a prompt of exactly the longest length passes, counted in characters', async () => {
    const { ask, pool } = setUp(undefined, { maxPromptCharacters: 10 })
    expect((await ask('/chat', { prompt: '😀'.repeat(10) })).status).toBe(200)
    expect((await ask('/chat', { prompt: 'tab\tand\r\n' })).status).toBe(200)
    expect(pool.calls).toHaveLength(2)
  })

  test('with several profiles and no default, a request must name one', async () => {
    const { ask, pool } = setUp(undefined, { profiles: ['SALES', 'HR'] })
    expect((await ask('/chat', { prompt: 'Hello' })).json.detail).toMatch(/'profile' is missing/)
    expect((await ask('/chat', { prompt: 'Hello', profile: 'HR' })).status).toBe(200)
    expect(pool.calls.map(({ profile }) => profile)).toEqual(['HR'])
  })

  test('the default profile answers a request that names none', async () => {
    const { ask, pool } = setUp(undefined, { profiles: ['SALES', 'HR'], defaultProfile: 'HR' })
    await ask('/chat', { prompt: 'Hello' })
    expect(pool.calls.map(({ profile }) => profile)).toEqual(['HR'])
  })

  test('a profile that is not allowed looks exactly like one that the database does not have', async () => {
    const { ask, pool } = setUp(({ profile }) => failWith(new ProfileNotFoundError({ profile }))(), {
      profiles: { SALES: {}, HR: { actions: ['chat'] } },
      defaultProfile: 'SALES',
    })
    const headers = { 'x-request-id': 'same' }
    const missing = await ask('/narrate', { prompt: 'Hello', profile: 'SALES' }, { headers })
    const unknown = await ask('/narrate', { prompt: 'Hello', profile: 'NOBODY' }, { headers })
    const prototype = await ask('/narrate', { prompt: 'Hello', profile: '__proto__' }, { headers })
    const otherAction = await ask('/narrate', { prompt: 'Hello', profile: 'HR' }, { headers })
    expect(missing.status).toBe(404)
    for (const response of [unknown, prototype, otherAction]) expect(response).toEqual(missing)
    expect(pool.calls).toHaveLength(1)
  })
})

describe('paths and methods', () => {
  test('an unknown path and an action that is not mounted get the same 404', async () => {
    const { ask } = setUp(undefined, { actions: ['chat'] })
    const headers = { 'x-request-id': 'same' }
    const unknown = await ask('/nothing', { prompt: 'Hello' }, { headers })
    expect([unknown.status, unknown.json.code]).toEqual([404, 'NOT_FOUND'])
    expect(await ask('/run_sql', { prompt: 'Hello' }, { headers })).toEqual(unknown)
  })

  test.each(['PUT', 'HEAD', 'DELETE'])(
    '%s on an action gets 405 with the allowed method and no call',
    async (method) => {
      const { ask, pool } = setUp()
      const { status, headers, json } = await ask('/chat', { prompt: 'Hello' }, { method })
      expect([status, headers.allow, json.code]).toEqual([405, 'GET, POST', 'METHOD_NOT_ALLOWED'])
      expect(pool.calls).toEqual([])
    },
  )

  test('health routes answer HEAD too', async () => {
    const { ask } = setUp()
    expect((await ask('/livez', {}, { method: 'HEAD' })).status).toBe(200)
    const refused = await ask('/readyz', {}, { method: 'POST' })
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD'])
  })
})

describe('failures', () => {
  const secret = { cause: new Error(canary) }
  test.each<[unknown, number, string, string | undefined]>([
    [new PoolQueueFullError({ stats }), 503, 'POOL_QUEUE_FULL', '2'],
    [new PoolTimeoutError({ stats, waitedMs: 1, diagnosis: 'undersized' }), 503, 'POOL_TIMEOUT', '2'],
    [new PoolClosedError({ message: canary }), 503, 'POOL_CLOSED', '5'],
    [new CallTimeoutError({ timeoutMs: 1, phase: 'calling', ...secret }), 504, 'CALL_TIMEOUT', undefined],
    [new CallAbortedError({ phase: 'calling', ...secret }), 503, 'POOL_CLOSED', '5'],
    [new ConnectError({ message: canary, ...secret }), 503, 'CONNECT_FAILED', '5'],
    [new ConnectionLostError(secret), 503, 'CONNECTION_LOST', '5'],
    [new LoginError(secret), 503, 'LOGIN_FAILED', '5'],
    [new ProfileNotFoundError({ profile: canary, ...secret }), 404, 'PROFILE_NOT_FOUND', undefined],
    [new ConversationNotFoundError({ conversationId: canary, ...secret }), 404, 'CONVERSATION_NOT_FOUND', undefined],
    [new NoSqlGeneratedError({ sentence: canary, ...secret }), 422, 'NO_SQL_GENERATED', undefined],
    [new ProviderError(secret), 502, 'PROVIDER_FAILED', undefined],
    [new DatabaseError({ databaseCode: canary, ...secret }), 502, 'DATABASE_ERROR', undefined],
    [new PrivilegeError(secret), 502, 'MISSING_PRIVILEGE', undefined],
    [new AnswerTooLongError({ characters: 2, maxAnswerCharacters: 1 }), 502, 'ANSWER_TOO_LONG', undefined],
    [new SelectAIArgumentError({ argument: 'prompt', message: canary }), 400, 'INVALID_ARGUMENT', undefined],
    [new SelectAIArgumentError({ argument: 'label', message: canary }), 500, 'INTERNAL_ERROR', undefined],
    [new ConfigurationError({ setting: 'user', message: canary }), 500, 'INTERNAL_ERROR', undefined],
    [Object.assign(new Error(canary), { code: 'POOL_TIMEOUT', stack: canary }), 500, 'INTERNAL_ERROR', undefined],
    [canary, 500, 'INTERNAL_ERROR', undefined],
    [undefined, 500, 'INTERNAL_ERROR', undefined],
  ])('%s becomes %d with code %s and none of its text', async (error, status, code, retryAfter) => {
    const { ask, reports } = setUp(failWith(error))
    const response = await ask('/chat', { prompt: canary })
    expect([response.status, response.json.code, response.headers['retry-after']]).toEqual([status, code, retryAfter])
    expect(Object.keys(response.json)).toEqual(['type', 'title', 'status', 'detail', 'code', 'requestId'])
    expect(JSON.stringify(response)).not.toMatch(/CANARY|ORA-|NJS-|\.ts:/)
    expect(reports).toEqual([
      { error, context: { requestId: response.headers['x-request-id'], route: 'chat', status, code } },
    ])
  })

  test('an abort by the client itself becomes 499', async () => {
    const controller = new AbortController()
    const { ask } = setUp(() => {
      controller.abort()
      throw new CallAbortedError({ phase: 'calling' })
    })
    const { status, json } = await ask('/chat', { prompt: 'Hello' }, { signal: controller.signal })
    expect([status, json.code]).toEqual([499, 'CALL_ABORTED'])
  })

  test('a failing error hook changes nothing for the client', async () => {
    const { ask } = setUp(failWith(new ProviderError({})), { onError: failWith(new Error(canary)) })
    const { status, json } = await ask('/chat', { prompt: 'Hello' })
    expect([status, json.code]).toEqual([502, 'PROVIDER_FAILED'])
  })

  test('routes of the application turn errors into the same responses', () => {
    const { status, headers, body } = errorResponse(new ProviderError({ cause: new Error(canary) }), {
      headers: { 'x-request-id': 'abc' },
    })
    expect([status, headers['x-request-id']]).toEqual([502, 'abc'])
    expect(body.text).not.toContain('CANARY')
    expect(errorResponse(new Error(canary), { headers: {} }).status).toBe(500)
  })
})

describe('request identifiers', () => {
  test('a well-formed X-Request-Id is kept', async () => {
    const { ask } = setUp()
    const headers = { 'x-request-id': '0af7651916cd43dd:8448eb21.1-c_d' }
    expect((await ask('/chat', { prompt: 'Hello' }, { headers })).headers['x-request-id']).toBe(headers['x-request-id'])
    const { json } = await ask('/chat', {}, { headers })
    expect(json.requestId).toBe(headers['x-request-id'])
  })

  test.each([undefined, '', 'a b', 'a\r\nset-cookie: x', '-a', 'x'.repeat(129), ['a', 'b'], '<script>'])(
    'instead of %j a new one is made for each request',
    async (sent) => {
      const { ask } = setUp()
      const request = { headers: { 'x-request-id': sent } }
      const [first, second] = [await ask('/chat', {}, request), await ask('/chat', {}, request)]
      expect(first.json.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
      expect(first.headers['x-request-id']).toBe(first.json.requestId)
      expect(second.json.requestId).not.toBe(first.json.requestId)
    },
  )
})

describe('health', () => {
  test.each([
    ['ready', 200],
    ['saturated', 200],
    ['draining', 503],
    ['closed', 503],
    ['database-down', 503],
  ] as const)('a pool that is %s makes /readyz answer %d, while /livez stays 200', async (state, status) => {
    const { ask, pool } = setUp()
    pool.state = state
    const ready = await ask('/readyz')
    expect([ready.status, ready.json.status, typeof ready.json.reason]).toEqual([status, state, 'string'])
    expect((await ask('/livez')).status).toBe(200)
    expect(pool.calls).toEqual([])
  })

  test('a process that has begun to stop is not ready, whatever the pool says', async () => {
    let draining = false
    const { ask } = setUp(undefined, { isDraining: () => draining })
    expect((await ask('/readyz')).status).toBe(200)
    draining = true
    expect((await ask('/readyz')).json).toMatchObject({ status: 'draining' })
    expect((await ask('/livez')).status).toBe(200)
  })

  test('a readiness check that throws becomes a 500 instead of a rejection', async () => {
    const { ask } = setUp(undefined, { isDraining: failWith(new Error(canary)) })
    const { status, json } = await ask('/readyz')
    expect(status).toBe(500)
    expect(JSON.stringify(json)).not.toContain('CANARY')
  })
})
