import { expect } from 'vitest'
import { question } from '../ask.ts'
import { allRoutes, openDatabase } from '../test-service.ts'
import type { Behaviours } from './behaviour.ts'

const prompt = 'How many promotions?'
const body = JSON.stringify({ prompt })

export const actions: Behaviours = {
  'every action answers GET with its own shape': async ({ start }) => {
    await using service = await start()
    const get = async (action: string): Promise<unknown> => (await service.ask(question(action, { prompt }))).json
    expect(await get('chat')).toEqual({ response: `echo: ${prompt}` })
    expect(await get('show_sql')).toEqual({ sql: expect.stringMatching(/^SELECT/) })
    expect(await get('explain_sql')).toEqual({ explanation: expect.stringMatching(/It counts: SELECT/) })
    expect(await get('narrate')).toEqual({ response: 'The result has 1 row.' })
    expect(await get('show_prompt')).toEqual({ prompt: expect.any(String) })
    expect(await get('run_sql')).toEqual({
      rows: [{ PROMOTIONS: expect.any(Number) }],
      columns: ['PROMOTIONS'],
      truncated: false,
    })
  },

  'every action answers POST with the same shape as GET': async ({ start }) => {
    await using service = await start()
    const named = JSON.stringify({ prompt, profile: 'OCI_AI_PROFILE' })
    for (const action of allRoutes.actions) {
      const asked = await service.ask(question(action, { prompt, profile: 'OCI_AI_PROFILE' }))
      const posted = await service.ask(`/${action}`, { body: named })
      expect([action, posted.status, posted.json]).toEqual([action, 200, asked.json])
    }
  },

  'the type of a body is read without regard to case': async ({ start }) => {
    await using service = await start()
    for (const type of ['Application/JSON', 'application/json;charset=UTF-8', 'application/json; charset="utf-8"']) {
      const { status } = await service.ask('/chat', { body, headers: { 'content-type': type } })
      expect([type, status]).toEqual([type, 200])
    }
  },

  'answers are JSON, never cached, and carry an identifier': async ({ start }) => {
    await using service = await start()
    for (const path of [question('chat', { prompt }), '/chat', '/livez']) {
      const { headers } = await service.ask(path)
      expect(headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/(problem\+)?json\b/),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
    }
  },

  'a well-formed identifier of a request comes back': async ({ start }) => {
    await using service = await start()
    const ask = (id: string) => service.ask('/chat', { headers: { 'x-request-id': id } })
    const kept = await ask('trace-1')
    expect([kept.headers['x-request-id'], kept.json.requestId]).toEqual(['trace-1', 'trace-1'])
    const replaced = await ask('trace 1;')
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  },

  'the prompt reaches the database as it was sent': async ({ start }) => {
    await using service = await start()
    const text = 'Größe + 50% & "ja"?\n#1 😀'
    expect((await service.ask(question('chat', { prompt: text }))).json).toEqual({ response: `echo: ${text}` })
    expect((await service.ask('/chat', { body: JSON.stringify({ prompt: text }) })).json).toEqual({
      response: `echo: ${text}`,
    })
  },

  'an action that is not listed is a path of the host': async ({ start }) => {
    await using service = await start({ routes: { actions: ['chat'] } })
    const { status, json } = await service.ask(question('run_sql', { prompt }))
    expect([status, json]).toEqual([404, { hostNotFound: true }])
    expect((await service.ask('/run_sql', { body })).json).toEqual({ hostNotFound: true })
    expect((await service.ask('/chat', { body })).status).toBe(200)
  },

  'without routes nothing is mounted, and the pool is there all the same': async ({ start }) => {
    await using service = await start({ routes: 'none' })
    for (const path of ['/livez', '/readyz', question('chat', { prompt })]) {
      expect([path, (await service.ask(path)).json]).toEqual([path, { hostNotFound: true }])
    }
    const pool = await service.pool()
    expect(await pool.profile('OCI_AI_PROFILE').chat('Hi')).toBe('echo: Hi')
  },

  'the health routes can be left out': async ({ start }) => {
    await using service = await start({ routes: { health: false } })
    for (const path of ['/livez', '/readyz']) {
      expect([path, (await service.ask(path)).json]).toEqual([path, { hostNotFound: true }])
    }
  },

  'the prefix of the options stands before the actions and not before the health routes': async ({ start }) => {
    await using service = await start({ routes: { prefix: '/ai/v1' } })
    expect((await service.ask(`/ai/v1${question('chat', { prompt })}`)).status).toBe(200)
    for (const path of ['/livez', '/readyz']) expect((await service.ask(path)).status).toBe(200)
    for (const path of [question('chat', { prompt }), '/ai/v1/livez', '/ai/v1', '/ai/v10/chat']) {
      expect([path, (await service.ask(path)).json]).toEqual([path, { hostNotFound: true }])
    }
  },

  'a path is an action only when it is the same to the letter': async ({ start }) => {
    await using service = await start()
    for (const path of ['/chat/', '/Chat', '/chat/x', '/chatx', '//chat', '/x/chat']) {
      const { status, json } = await service.ask(`${path}?prompt=Hello`)
      expect([path, status, json]).toEqual([path, 404, { hostNotFound: true }])
    }
  },

  'a method that an action does not answer gets 405 with Allow, whatever its body is': async ({ start }) => {
    await using service = await start()
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const { status, headers, json } = await service.ask(question('chat', { prompt }), {
        method,
        body: '<not-json',
        headers: { 'content-type': 'application/x-unheard-of' },
      })
      expect([method, status, headers.allow, json.code]).toEqual([method, 405, 'GET, POST', 'METHOD_NOT_ALLOWED'])
    }
    const head = await service.ask(question('chat', { prompt }), { method: 'HEAD' })
    expect([head.status, head.headers.allow, head.text]).toEqual([405, 'GET, POST', ''])
    expect(service.emulator.ledger.sessions.flatMap(({ statements }) => statements)).toEqual([])
  },

  'the health routes answer GET and HEAD, and 405 to the rest': async ({ start }) => {
    await using service = await start()
    for (const path of ['/livez', '/readyz']) {
      expect([path, (await service.ask(path)).status]).toEqual([path, 200])
      const head = await service.ask(path, { method: 'HEAD' })
      expect([path, head.status, head.text, head.headers['cache-control']]).toEqual([path, 200, '', 'no-store'])
      const posted = await service.ask(path, { body: '{}' })
      expect([path, posted.status, posted.headers.allow]).toEqual([path, 405, 'GET, HEAD'])
    }
  },

  'the health routes borrow no connection, not even of a busy pool': async ({ start }) => {
    await using service = await start({ options: { connection: { poolMax: 1, queueMax: 0 } } })
    const pool = await service.pool()
    const ask = async (): Promise<unknown[]> => {
      const [live, ready] = [await service.ask('/livez'), await service.ask('/readyz')]
      return [live.status, ready.status, ready.json.status]
    }
    const { borrowed } = pool.stats().totals
    const roundTrips = service.emulator.ledger.sessions[0]?.roundTrips
    expect(await ask()).toEqual([200, 200, 'ready'])
    expect(pool.stats().totals.borrowed).toBe(borrowed)
    expect(service.emulator.ledger.sessions[0]?.roundTrips).toBe(roundTrips)
    const held = service.ask(question('chat', { prompt: 'hold' }))
    await service.model.holding(1)
    expect(await ask()).toEqual([200, 200, 'saturated'])
    expect(pool.stats()).toMatchObject({ waiting: 0, totals: { borrowed: borrowed + 1 } })
    service.model.release()
    await held
  },

  'the health routes answer while the database is gone': async ({ start }) => {
    const database = await openDatabase()
    await using service = await start({ database })
    const pool = await service.pool()
    await database.emulator.close()
    expect((await service.ask(question('chat', { prompt }))).status).toBe(503)
    const { borrowed } = pool.stats().totals
    const ready = await service.ask('/readyz')
    expect([ready.status, ready.json.status]).toEqual([503, 'database-down'])
    expect((await service.ask('/livez')).status).toBe(200)
    expect(pool.stats().totals.borrowed).toBe(borrowed)
  },

  'a profile can be kept to some of the actions': async ({ start }) => {
    const profiles = { OCI_AI_PROFILE: { actions: ['chat'] }, OTHER: {} } as const
    await using service = await start({ routes: { profiles, defaultProfile: 'OCI_AI_PROFILE' } })
    expect((await service.ask(question('chat', { prompt }))).status).toBe(200)
    const refused = await service.ask(question('run_sql', { prompt, profile: 'OCI_AI_PROFILE' }))
    expect([refused.status, refused.json.code]).toEqual([404, 'PROFILE_NOT_FOUND'])
  },

  'with several profiles and no default, a request must name one': async ({ start }) => {
    await using service = await start({ routes: { profiles: ['OCI_AI_PROFILE', 'OTHER'] } })
    for (const { status, json } of [
      await service.ask(question('chat', { prompt })),
      await service.ask('/chat', { body }),
    ]) {
      expect([status, json.field]).toEqual([400, 'profile'])
    }
    expect((await service.ask(question('chat', { prompt, profile: 'OCI_AI_PROFILE' }))).status).toBe(200)
  },

  'the holders of connections are labelled with method and path': async ({ start }) => {
    await using service = await start()
    const pool = await service.pool()
    const held = [
      service.ask(question('chat', { prompt: 'hold' })),
      service.ask('/chat', { body: '{"prompt":"hold"}' }),
    ]
    await service.model.holding(2)
    const labels = pool.stats().holders.map(({ label }) => label)
    expect(labels.sort()).toEqual(['GET /chat', 'POST /chat'])
    service.model.release()
    await Promise.all(held)
  },

  'OPTIONS is left to the host, on the paths of the actions too': async ({ start }) => {
    await using service = await start()
    for (const path of ['/chat', '/livez', '/elsewhere']) {
      const { status, headers } = await service.ask(path, {
        method: 'OPTIONS',
        headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
      })
      expect([path, status, headers['access-control-allow-origin']]).toEqual([path, 204, '*'])
    }
  },
}
