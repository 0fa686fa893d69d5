import { once } from 'node:events'
import { connect } from 'node:net'
import { createRoutes, openApiDocument } from '@select-ai/core/routes'
import { getSelectAI, selectAI } from '@select-ai/fastify'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { defaultRoutes, type Service, startService } from './start-service.ts'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly json: Record<string, unknown>
}

const problemType = expect.stringMatching(/^application\/problem\+json\b/)
const jsonType = { 'content-type': 'application/json' }

async function post(
  { url }: Pick<Service, 'url'>,
  path: string,
  body: string | Uint8Array<ArrayBuffer> | null,
  headers: Record<string, string> = jsonType,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { method: 'POST', body, headers })
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) }
}

test('each action answers POST with the same shape as GET, and the label tells them apart', async () => {
  await using service = await startService()
  const query = new URLSearchParams({ prompt: 'How many promotions?' })
  const body = JSON.stringify({ prompt: 'How many promotions?', profile: 'OCI_AI_PROFILE' })
  for (const action of defaultRoutes.actions) {
    const asked = await (await fetch(`${service.url}/${action}?${query}`)).json()
    const posted = await post(service, `/${action}`, body, { 'content-type': 'Application/JSON; charset="UTF-8"' })
    expect([action, posted.status, posted.json]).toEqual([action, 200, asked])
  }
  const held = post(service, '/chat', '{"prompt":"hold"}')
  await service.model.holding(1)
  expect(getSelectAI(service.app).stats().holders).toMatchObject([{ label: 'POST /chat' }])
  service.model.release()
  await held
})

test.each([
  ['no prompt', '{}', 'prompt', /field 'prompt' is missing/],
  ['a blank prompt', '{"prompt":" "}', 'prompt', /field 'prompt' is empty/],
  ['a prompt that is no text', '{"prompt":1}', 'prompt', /field 'prompt' must be a text/],
  ['a control character', '{"prompt":"a\\u0000"}', 'prompt', /control characters/],
  ['a profile that is no text', '{"prompt":"a","profile":null}', 'profile', /field 'profile' must be a text/],
  ['an unknown field', '{"prompt":"a","other":1}', undefined, /body has a field that is not known here/],
  ['a list', '["prompt"]', undefined, /must be a JSON object/],
  ['a text', '"prompt"', undefined, /JSON/],
  ['no JSON', '{"prompt":', undefined, /not valid JSON/],
  ['nothing', '', undefined, /not valid JSON/],
  ['a poisoned prototype', '{"prompt":"a","__proto__":{"profile":"X"}}', undefined, /JSON|not known here/],
])('%s gets 400 as a problem document that names the field', async (_what, body, field, detail) => {
  await using service = await startService()
  const { status, headers, json } = await post(service, '/chat', body)
  expect([status, headers.get('content-type')]).toEqual([400, problemType])
  expect(json).toMatchObject({ title: 'Bad Request', status: 400, code: 'INVALID_ARGUMENT' })
  expect([json.field, json.detail, json.requestId]).toEqual([
    field,
    expect.stringMatching(detail),
    headers.get('x-request-id'),
  ])
})

test('a POST takes nothing from the query', async () => {
  await using service = await startService()
  const { status, json } = await post(service, '/chat?prompt=Hello', '{"prompt":"Hello"}')
  expect([status, json.detail]).toEqual([400, expect.stringMatching(/query must be empty/)])
})

test.each(['text/plain', 'text/csv', 'application/x-unheard-of', 'application/json; charset=latin1', 'nonsense'])(
  'a body of type %s gets 415, whether the host has a parser for it or not',
  async (type) => {
    await using service = await startService()
    const { status, headers, json } = await post(service, '/chat', '{"prompt":"Hello"}', { 'content-type': type })
    expect([status, json.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    expect([headers.get('content-type'), headers.get('accept')]).toEqual([problemType, 'application/json'])
  },
)

test('a POST without a body gets 415, for it has no type', async () => {
  await using service = await startService()
  expect((await post(service, '/chat', null, {})).status).toBe(415)
})

test('a body that is too large gets 413 with the limit of the routes, not of the host', async () => {
  await using service = await startService({ plugin: { routes: { ...defaultRoutes, maxBodyBytes: 100 } } })
  const body = (length: number): string => `{"prompt":"Hello"}`.padEnd(length)
  expect((await post(service, '/chat', body(100))).status).toBe(200)
  const { status, headers, json } = await post(service, '/chat', body(101))
  expect([status, json.code]).toEqual([413, 'BODY_TOO_LARGE'])
  expect(headers.get('content-type')).toEqual(problemType)
})

test('a body without a declared length is measured while it comes', async () => {
  await using service = await startService()
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1').on('error', () => {})
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  socket.write(
    'POST /chat HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  )
  socket.write(`11170\r\n${' '.repeat(0x11170)}\r\n`)
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toContain('BODY_TOO_LARGE')
})

test('errors of the hooks of the host go to the error handler of the host', async () => {
  await using service = await startService({
    prepare(app) {
      app.addHook('preHandler', async ({ headers }) => {
        if (!headers.authorization) throw Object.assign(new Error('mine'), { statusCode: 401 })
      })
      app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
        reply.code(error.statusCode ?? 500).send({ handledByHost: error.message }),
      )
    },
  })
  const refused = await post(service, '/chat', '{"prompt":"Hello"}')
  expect([refused.status, refused.json]).toEqual([401, { handledByHost: 'mine' }])
  expect((await post(service, '/chat', '{"prompt":"Hello"}', { ...jsonType, authorization: 'yes' })).status).toBe(200)
})

test('the body may reach the routes as bytes, where the host parses JSON that way', async () => {
  await using service = await startService({
    prepare(app) {
      app.removeContentTypeParser('application/json')
      app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    },
  })
  expect((await post(service, '/chat', '{"prompt":"Hello"}')).json).toEqual({ response: 'echo: Hello' })
  const notText = new Uint8Array([...Buffer.from('{"prompt":"'), 0xff, ...Buffer.from('"}')])
  expect((await post(service, '/chat', notText)).status).toBe(400)
})

test('the schemas of the routes accept and refuse in Fastify what the routes accept and refuse', async () => {
  await using service = await startService()
  const routes = createRoutes({ pool: getSelectAI(service.app), ...defaultRoutes, maxPromptCharacters: 10 })
  const [chat] = routes.list
  const validating = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } })
  validating.post('/chat', { schema: { body: chat?.schemas.question } }, async () => ({}))
  const accepted = { prompt: 'Hi\n😀' }
  for (const [body, status] of [
    [accepted, 200],
    [{ ...accepted, profile: 'OCI_AI_PROFILE' }, 200],
    [{ prompt: '😀'.repeat(10) }, 200],
    [{ prompt: 'x'.repeat(11) }, 400],
    [{ prompt: ' \t' }, 400],
    [{ prompt: 'a\u0085' }, 400],
    [{ prompt: 1 }, 400],
    [{ prompt: 'a', profile: '' }, 400],
    [{ prompt: 'a', other: 1 }, 400],
    [{}, 400],
  ] as const) {
    const { statusCode } = await validating.inject({ method: 'POST', url: '/chat', payload: body })
    const headers = { 'content-type': 'application/json' }
    const own = await routes.handle({ method: 'POST', path: '/chat', headers, query: {}, body })
    expect([body, statusCode, own.status]).toEqual([body, status, status])
  }
  await validating.close()
})

test('an application can publish the description of its routes', async () => {
  await using service = await startService()
  const app = Fastify()
  const pool = getSelectAI(service.app)
  await app.register(selectAI, { pool, routes: defaultRoutes })
  const routes = createRoutes({ pool, ...defaultRoutes })
  app.get('/openapi.json', async () => openApiDocument(routes, { title: 'Questions', version: '1.0.0' }))
  const { paths } = (await app.inject('/openapi.json')).json() as { paths: Record<string, Record<string, object>> }
  for (const [path, operations] of Object.entries(paths)) {
    for (const method of Object.keys(operations)) {
      expect([path, method, app.hasRoute({ url: path, method: method.toUpperCase() as 'GET' })]).toEqual([
        path,
        method,
        true,
      ])
    }
  }
  await app.close()
})
