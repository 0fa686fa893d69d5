import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { validate } from '@readme/openapi-parser'
import {
  type Answer,
  allRoutes,
  ask,
  connectionTo,
  heldModel,
  openEvents,
  password,
  question,
} from '@select-ai/adapter-conformance'
import {
  type JsonSchema,
  type OpenApiDocument,
  openApiDocument,
  type Route,
  type SelectAIOptions,
} from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { selectAI } from '@select-ai/http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

const info = { title: 'Questions', version: '1.0.0' }
const prompt = 'How many promotions?'
const model = heldModel()
const ajv = new Ajv2020({ allErrors: true })
let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ password, model })
})
afterAll(() => emulator.close())

async function start(connection: SelectAIOptions['connection'], routes: Partial<typeof allRoutes> = {}) {
  const ai = selectAI({ connection: connectionTo(emulator, connection), routes: { ...allRoutes, ...routes } })
  await ai.open()
  const server = createServer(ai.handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dispose = async (): Promise<void> => {
    ai.startClosing()
    server.close()
    await once(server, 'close')
    await ai.close()
    await emulator.ledger.waitFor(({ open }) => open === 0)
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { ai, url, [Symbol.asyncDispose]: dispose }
}

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
}

/** The schema that the document has for an answer, by its path, method, status and type. */
function schemaOf({ paths }: OpenApiDocument, path: string, method: string, answer: Answer): JsonSchema | undefined {
  const described = paths[path]?.[method]?.responses[answer.status] as Described | undefined
  return described?.content?.[String(answer.headers['content-type']).split(';', 1)[0] as string]?.schema
}

function expectFits(schema: JsonSchema | undefined, value: unknown): void {
  if (schema === undefined) throw new Error(`no schema for ${JSON.stringify(value)}`)
  const fits = ajv.compile(schema)
  expect([fits(value), fits.errors, value]).toEqual([true, null, value])
}

test('the description of the routes is a valid OpenAPI 3.1 document', async () => {
  await using service = await start({})
  const document = openApiDocument(service.ai.routes, info)
  expect(await validate(structuredClone(document) as unknown as Parameters<typeof validate>[0])).toMatchObject({
    valid: true,
    warnings: [],
    specification: 'OpenAPI',
  })
  const { paths, ...rest } = structuredClone(document)
  const wrong = { ...rest, paths: { ...paths, '/chat': { get: { responses: 'none' } } } }
  expect(await validate(wrong as unknown as Parameters<typeof validate>[0])).toMatchObject({ valid: false })
})

test('every answer of every route fits the schema that the description has for it', async () => {
  await using service = await start(
    { poolMax: 1, queueMax: 0 },
    { profiles: ['OCI_AI_PROFILE', 'MISSING'], defaultProfile: 'OCI_AI_PROFILE', timeoutMs: 1000, maxBodyBytes: 200 },
  )
  const document = openApiDocument(service.ai.routes, info)
  const seen = new Set<number>()
  const check = async (path: string, method: 'get' | 'post', asked: Promise<Answer>): Promise<void> => {
    const answer = await asked
    seen.add(answer.status)
    expectFits(schemaOf(document, path, method, answer), answer.json)
  }
  const get = (action: string, fields: Record<string, string>): Promise<Answer> =>
    ask(service.url + question(action, fields))
  const post = (action: string, body: string, headers = {}): Promise<Answer> =>
    ask(`${service.url}/${action}`, { body, headers })

  for (const action of allRoutes.actions) {
    const path = `/${action}`
    await check(path, 'get', get(action, { prompt }))
    await check(path, 'post', post(action, JSON.stringify({ prompt })))
    await check(path, 'get', get(action, {}))
    await check(path, 'get', get(action, { prompt, profile: 'MISSING' }))
    await check(path, 'get', ask(service.url + path, { method: 'PUT' }))
    await check(path, 'post', post(action, '{}'.padEnd(201)))
    await check(path, 'post', post(action, '{}', { 'content-type': 'text/plain' }))
    await check(path, 'get', get(action, { prompt: action === 'chat' ? 'fail now' : 'refuse this' }))
  }
  await check('/chat', 'get', get('chat', { prompt: 'hold' }))
  const held = get('chat', { prompt: 'hold' })
  await model.holding(1)
  await check('/chat', 'get', get('chat', { prompt }))
  for (const path of ['/livez', '/readyz']) await check(path, 'get', ask(service.url + path))
  model.release()
  await held
  service.ai.startClosing()
  await check('/readyz', 'get', ask(`${service.url}/readyz`))
  expect([...seen].sort()).toEqual([200, 400, 404, 405, 413, 415, 422, 502, 503, 504])
})

test('every event of a stream fits the schema of its route', async () => {
  await using service = await start({ poolMax: 1 })
  const { list } = service.ai.routes
  const events = list.find(({ name }) => name === 'chat')?.schemas.events as NonNullable<Route['schemas']['events']>
  const seen = new Set<string>()
  for (const words of [prompt, 'long', 'fail now']) {
    const client = await openEvents(service.url + question('chat', { prompt: words }))
    for (const { name, data } of await client.all()) {
      seen.add(name)
      expectFits(events[name as keyof typeof events], data)
    }
  }
  expect([...seen].sort()).toEqual(['chunk', 'done', 'error', 'status'])
})
