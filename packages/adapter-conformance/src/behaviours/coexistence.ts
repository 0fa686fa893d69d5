import { expect } from 'vitest'
import type { HostRequest, HostRoute } from '../app.ts'
import { ask, question } from '../ask.ts'
import { openEvents } from '../event-client.ts'
import { openDatabase } from '../test-service.ts'
import type { Behaviours } from './behaviour.ts'

const hello = question('chat', { prompt: 'Hello' })
const body = '{"prompt":"Hello"}'

const echo: HostRoute = { path: '/host/echo', answer: ({ body }: HostRequest) => ({ echo: body }) }
const broken: HostRoute = {
  path: '/host/broken',
  answer() {
    throw Object.assign(new Error('mine'), { statusCode: 418 })
  },
}

function route(path: string): HostRoute {
  return { path, answer: () => ({ path }) }
}

export const coexistence: Behaviours = {
  'routes of the host answer, whether they stand before or after': async ({ start }) => {
    await using service = await start({ before: [route('/host/one')], after: [route('/host/two')] })
    for (const path of ['/host/one', '/host/two']) {
      expect((await service.ask(path)).json).toEqual({ path })
      expect((await service.ask(path, { body: '{}' })).json).toEqual({ path })
    }
    expect((await service.ask(hello)).status).toBe(200)
  },

  'a parser of the host that stands before serves both': async ({ start }) => {
    await using service = await start({ parser: 'before', after: [echo] })
    expect((await service.ask('/chat', { body })).json).toEqual({ response: 'echo: Hello' })
    expect((await service.ask('/host/echo', { body: '{"a":1}' })).json).toEqual({ echo: { a: 1 } })
    expect((await service.ask('/chat', { body: '["Hello"]' })).status).toBe(400)
    expect((await service.ask('/chat', { body: '{"prompt":' })).status).toBe(400)
    expect((await service.ask(hello)).status).toBe(200)
  },

  'a parser of the host that stands after gets every other body': async ({ start }) => {
    await using service = await start({ parser: 'after', after: [echo] })
    expect((await service.ask('/chat', { body })).json).toEqual({ response: 'echo: Hello' })
    expect((await service.ask('/host/echo', { body: '{"a":1}' })).json).toEqual({ echo: { a: 1 } })
  },

  'headers that the host has set are on every answer': async ({ start }) => {
    await using service = await start()
    for (const path of [hello, '/chat', '/livez', '/nothing']) {
      expect([path, (await service.ask(path)).headers['x-host']]).toEqual([path, 'here'])
    }
    const { response, all } = await openEvents(`${service.url}${hello}`)
    await all()
    expect(response.headers['x-host']).toBe('here')
  },

  'the middlewares of the host see every request': async ({ start }) => {
    const seen: string[] = []
    await using service = await start({ seen: (path) => void seen.push(path) })
    for (const path of [hello, '/livez', '/nothing']) await service.ask(path)
    expect(seen).toEqual(['/chat', '/livez', '/nothing'])
  },

  'a host that refuses a request answers it in its own way': async ({ start }) => {
    await using service = await start()
    for (const asking of [{}, { body }]) {
      const refused = await service.ask('/chat', { ...asking, headers: { 'x-refuse': 'yes' } })
      expect([refused.status, refused.json]).toEqual([401, { handledByHost: 'refused' }])
    }
    expect(service.emulator.ledger.sessions.flatMap(({ statements }) => statements)).toEqual([])
  },

  'errors of the routes of the host go to its error handler': async ({ start }) => {
    await using service = await start({ after: [broken] })
    const { status, json } = await service.ask('/host/broken')
    expect([status, json]).toEqual([418, { handledByHost: 'mine' }])
  },

  'below a mount point stand all routes, those of health too': async ({ start }) => {
    await using service = await start({ mountPath: '/api', routes: { prefix: '/ai' } })
    expect((await service.ask(`/api/ai${hello}`)).json).toEqual({ response: 'echo: Hello' })
    expect((await service.ask('/api/ai/chat', { body })).json).toEqual({ response: 'echo: Hello' })
    expect((await service.ask('/api/readyz')).json).toMatchObject({ status: 'ready' })
    for (const path of [`/ai${hello}`, '/readyz', '/api/nothing', '/apix/readyz']) {
      expect([path, (await service.ask(path)).json]).toEqual([path, { hostNotFound: true }])
    }
  },

  'two applications in one process have nothing in common': async ({ start }) => {
    const database = await openDatabase()
    await using first = await start()
    {
      await using second = await start({ database, routes: { actions: ['chat'] } })
      expect(await second.pool()).not.toBe(await first.pool())
      expect((await second.ask(hello)).status).toBe(200)
      expect((await second.ask(question('narrate', { prompt: 'How many?' }))).status).toBe(404)
      expect(first.emulator.ledger.sessions.flatMap(({ statements }) => statements)).toEqual([])
    }
    await database.emulator.close()
    expect((await first.ask(question('narrate', { prompt: 'How many?' }))).status).toBe(200)
  },

  'a host that compresses may compress JSON and leaves streams alone': async ({ start }) => {
    await using service = await start({ compress: true })
    const headers = { 'accept-encoding': 'gzip' }
    expect((await ask(`${service.url}${hello}`, { headers })).headers['content-encoding']).toBe('gzip')
    const client = await openEvents(`${service.url}${question('chat', { prompt: 'hold' })}`, { headers })
    await service.model.holding(1)
    expect(client.response.headers).toMatchObject({ 'cache-control': 'no-store, no-transform' })
    expect(client.response.headers['content-encoding']).toBeUndefined()
    await client.event('status')
    service.model.release()
    expect((await client.all()).at(-1)?.name).toBe('done')
  },
}
