import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { describe, expect, test } from 'vitest'
import { heldModel } from './held-model.ts'
import { startServerProcess } from './server-process.ts'

const password = 'CANARY-password'
const patience = 60_000

function settingsFor(emulator: Emulator, more: Record<string, string> = {}): Record<string, string> {
  return {
    SELECT_AI_USER: 'DEMO',
    SELECT_AI_PASSWORD: password,
    SELECT_AI_DB_CONNECT_STRING: emulator.connectString,
    ...more,
  }
}

async function get(url: string): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(url)
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const type = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) })
}

/** Asks for the answer as a stream; what is returned reads on and gives the names and data of the events. */
async function openStream(url: string, prompt: string): Promise<() => Promise<string[]>> {
  const { body } = await post(url, { prompt }, { accept: 'text/event-stream' })
  const events = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  return async () => {
    const seen: string[] = []
    for await (const { event, data } of events ?? []) seen.push(`${event} ${data}`)
    return seen
  }
}

describe('answering', { timeout: patience }, () => {
  test('every route answers, and the log has paths but no prompts and no password', async () => {
    await using emulator = await startEmulator({ password, model: heldModel() })
    await using server = startServerProcess(settingsFor(emulator))
    const url = await server.url
    const query = 'prompt=How+many+CANARY+promotions%3F'
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect(await get(`${url}/chat?${query}`)).toEqual({
      status: 200,
      json: { response: 'echo: How many CANARY promotions?' },
    })
    expect((await get(`${url}/show_sql?${query}&profile=OCI_AI_PROFILE`)).json).toEqual({
      sql: expect.stringMatching(/^SELECT/),
    })
    expect((await get(`${url}/run_sql?${query}`)).json).toMatchObject({ rows: [{ PROMOTIONS: expect.any(Number) }] })
    expect((await get(`${url}/narrate?${query}`)).json).toEqual({ response: 'The result has 1 row.' })
    expect((await get(`${url}/explain_sql?${query}`)).json).toEqual({ explanation: expect.stringMatching(/SELECT/) })
    expect((await get(`${url}/promotion_count`)).json).toEqual({ promotions: expect.any(Number) })
    expect((await get(`${url}/chat?${query}&profile=OTHER`)).status).toBe(404)
    expect((await fetch(`${url}/chats?${query}`)).status).toBe(404)
    expect((await get(`${url}/readyz`)).status).toBe(200)
    server.child.kill('SIGTERM')
    expect(await server.exit).toBe(0)
    expect(server.output.stdout).toContain('/show_sql')
    expect(server.output.stdout + server.output.stderr).not.toContain('CANARY')
  })

  test('a question may be posted, and its answer may be a stream', async () => {
    await using emulator = await startEmulator({ password, model: heldModel() })
    await using server = startServerProcess(settingsFor(emulator))
    const url = `${await server.url}/chat`
    expect(await (await post(url, { prompt: 'Hello CANARY' })).json()).toEqual({ response: 'echo: Hello CANARY' })
    expect((await post(url, { question: 'Hello CANARY' })).status).toBe(400)
    const events = await (await openStream(url, 'Hello CANARY'))()
    expect(events).toContain('chunk {"text":"echo: Hello CANARY"}')
    expect(events.at(-1)).toMatch(/^done /)
    server.child.kill('SIGTERM')
    expect(await server.exit).toBe(0)
    expect(server.output.stdout + server.output.stderr).not.toContain('CANARY')
  })

  test('a route of the application answers failures as safely as the mounted ones', async () => {
    const model = { ...heldModel(), generateSql: async () => ({ refusal: 'CANARY sentence' }) }
    await using emulator = await startEmulator({ password, model })
    await using server = startServerProcess(settingsFor(emulator))
    const { status, json } = await get(`${await server.url}/promotion_count`)
    expect([status, json.code]).toEqual([422, 'NO_SQL_GENERATED'])
    expect(JSON.stringify(json)).not.toContain('CANARY')
  })
})

describe('stopping', { timeout: patience }, () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s lets the call in flight finish and exits with 0', async (signal) => {
    const model = heldModel()
    await using emulator = await startEmulator({ password, model })
    await using server = startServerProcess(settingsFor(emulator))
    const url = await server.url
    const inFlight = fetch(`${url}/chat?prompt=hold`)
    await model.holding(1)
    server.child.kill(signal)
    await expect.poll(() => get(`${url}/livez`).catch(() => 'refused'), { timeout: 5000 }).toBe('refused')
    model.release()
    const response = await inFlight
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
    expect(await response.json()).toEqual({ response: 'echo: hold' })
    expect(await server.exit).toBe(0)
    const { opened, loggedOff, open } = emulator.ledger
    expect([loggedOff, open]).toEqual([opened, 0])
  })

  test('an open stream is told, gets its answer, and does not hold up the exit', async () => {
    const model = heldModel()
    await using emulator = await startEmulator({ password, model })
    await using server = startServerProcess(settingsFor(emulator, { SHUTDOWN_GRACE_MS: '30000' }))
    const url = await server.url
    const readOn = await openStream(`${url}/chat`, 'hold')
    await model.holding(1)
    server.child.kill('SIGTERM')
    await expect.poll(() => get(`${url}/livez`).catch(() => 'refused'), { timeout: 5000 }).toBe('refused')
    model.release()
    const answeredAt = performance.now()
    const events = await readOn()
    expect(events).toContain('status {"status":"closing"}')
    expect(events).toContain('chunk {"text":"echo: hold"}')
    expect(await server.exit).toBe(0)
    expect(performance.now() - answeredAt).toBeLessThan(15_000)
    expect(emulator.ledger.loggedOff).toBe(emulator.ledger.opened)
  })

  test('a connection without a request does not hold up the exit', async () => {
    await using emulator = await startEmulator({ password, model: heldModel() })
    await using server = startServerProcess(settingsFor(emulator, { SHUTDOWN_GRACE_MS: '30000' }))
    const { hostname, port } = new URL(await server.url)
    const silent = connect(Number(port), hostname)
    await once(silent, 'connect')
    expect((await get(`${await server.url}/livez`)).status).toBe(200) // accepted after the silent one
    const stoppedAt = performance.now()
    server.child.kill('SIGTERM')
    expect(await server.exit).toBe(0)
    expect(performance.now() - stoppedAt).toBeLessThan(15_000)
    silent.destroy()
  })

  test('a call that outlasts the grace is ended, and the process still exits with 0', async () => {
    const model = heldModel()
    await using emulator = await startEmulator({ password, model })
    await using server = startServerProcess(settingsFor(emulator, { SHUTDOWN_GRACE_MS: '200' }))
    const inFlight = get(`${await server.url}/chat?prompt=hold`)
    await model.holding(1)
    server.child.kill('SIGTERM')
    expect(await inFlight).toMatchObject({ status: 503, json: { code: 'POOL_CLOSED' } })
    expect(await server.exit).toBe(0)
    expect(emulator.ledger.open).toBe(0)
  })

  test('with a delay it first says that it is not ready and goes on serving; a second signal ends it at once', async () => {
    await using emulator = await startEmulator({ password, model: heldModel() })
    await using server = startServerProcess(settingsFor(emulator, { SHUTDOWN_DELAY_MS: '50000' }))
    const url = await server.url
    expect((await get(`${url}/readyz`)).status).toBe(200)
    server.child.kill('SIGTERM')
    await expect.poll(() => get(`${url}/readyz`)).toMatchObject({ status: 503, json: { status: 'draining' } })
    expect((await get(`${url}/livez`)).status).toBe(200)
    expect((await get(`${url}/chat?prompt=Hello`)).status).toBe(200)
    server.child.kill('SIGINT')
    expect(await server.exit).toBe(130)
  })

  test('a signal during the start, with a database that never answers, ends the process soon', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    await using server = startServerProcess({
      SELECT_AI_USER: 'DEMO',
      SELECT_AI_PASSWORD: password,
      SELECT_AI_DB_CONNECT_STRING: `127.0.0.1:${port}/FREEPDB1`,
      SELECT_AI_CONNECT_TIMEOUT_MS: '60000',
    })
    const [socket] = await once(silent, 'connection')
    const stoppedAt = performance.now()
    server.child.kill('SIGTERM')
    expect(await server.exit).toBe(0)
    expect(performance.now() - stoppedAt).toBeLessThan(10_000)
    expect(server.output.stderr).toBe('')
    socket.destroy()
    silent.close()
  })
})

describe('refusing to start', { timeout: patience }, () => {
  async function refusal(environment: Record<string, string>): Promise<string> {
    await using server = startServerProcess(environment)
    expect(await server.exit).toBe(1)
    expect(server.output.stderr.trim().split('\n')).toHaveLength(1)
    expect(server.output.stderr).not.toContain('CANARY')
    return server.output.stderr
  }

  test('missing settings are named together', async () => {
    expect(await refusal({ SELECT_AI_USER: 'DEMO' })).toBe(
      'Please set SELECT_AI_PASSWORD, SELECT_AI_DB_CONNECT_STRING (see .env.example).\n',
    )
  })

  test('a wrong setting of the pool is refused by its name', async () => {
    const database = {
      SELECT_AI_USER: 'DEMO',
      SELECT_AI_PASSWORD: password,
      SELECT_AI_DB_CONNECT_STRING: 'localhost/x',
    }
    expect(await refusal({ ...database, SELECT_AI_POOL_MAX: 'many' })).toMatch(/SELECT_AI_POOL_MAX/)
  })

  test('a wrong password is said in one line', async () => {
    await using emulator = await startEmulator({ password })
    const settings = settingsFor(emulator, { SELECT_AI_PASSWORD: 'CANARY-wrong' })
    expect(await refusal(settings)).toMatch(/SELECT_AI_PASSWORD|password/i)
  })

  test('a taken port is said in one line, and the pool is closed first', async () => {
    await using emulator = await startEmulator({ password })
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    expect(await refusal(settingsFor(emulator, { PORT: String(port) }))).toMatch(/^The port is taken: set PORT/)
    const { opened, loggedOff } = emulator.ledger
    expect(loggedOff).toBe(opened)
    holder.close()
  })
})
