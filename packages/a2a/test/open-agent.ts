import { connectionTo, type HeldModel, heldModel, password } from '@select-ai/adapter-conformance'
import { createPool, type PoolOptions, type SelectAIPool } from '@select-ai/core'
import { type AgentRequest, type Emulator, startEmulator } from '@select-ai/emulator'
import { createParser } from 'eventsource-parser'
import { expect } from 'vitest'
import { type A2AErrorContext, type A2AServer, type ServeA2AOptions, serveA2A } from '../src/index.ts'

export const team = 'SALES_TEAM'
export const description = 'Answers questions about the sales.'

/** A text that stands for everything that clients must not see. */
export const canary = 'CANARY-provider-secret'

export type Version = '0.3' | '1.0'

/** Methods by what they do, in the words of each version. */
export const methods = {
  '0.3': {
    send: 'message/send',
    stream: 'message/stream',
    get: 'tasks/get',
    list: 'tasks/list',
    cancel: 'tasks/cancel',
  },
  '1.0': {
    send: 'SendMessage',
    stream: 'SendStreamingMessage',
    get: 'GetTask',
    list: 'ListTasks',
    cancel: 'CancelTask',
  },
} as const

/** A state, in the words of each version. */
export function stateName(version: Version, state: string): string {
  return version === '0.3' ? state : `TASK_STATE_${state.toUpperCase().replaceAll('-', '_')}`
}

// biome-ignore lint/suspicious/noExplicitAny: the answers are JSON of two versions, and the tests say what they expect
export type Json = any

/** An agent behind a server, the database beneath it, and a client. */
export interface OpenAgent extends AsyncDisposable {
  readonly emulator: Emulator
  readonly model: HeldModel
  readonly pool: SelectAIPool
  readonly server: A2AServer
  readonly errors: readonly { readonly error: unknown; readonly context: A2AErrorContext }[]
  /** All answers that were received, as text. */
  readonly received: readonly string[]
  post(body: string, headers?: Record<string, string>): Promise<{ status: number; json: Json; headers: Headers }>
  call(version: Version, what: keyof (typeof methods)['1.0'], params: object): Promise<Json>
  stream(version: Version, params: object): Promise<EventStream>
  /** A second server on the same database. */
  serve(options?: Partial<ServeA2AOptions>): Promise<A2AServer>
}

/** A stream of events. */
export interface EventStream {
  next(): Promise<Json>
  rest(): Promise<Json[]>
  leave(): Promise<void>
}

/** The emulator with a team whose agent does what the prompt says: `hold ...`, `fail ...`, `ask ...`; otherwise it echoes. */
export async function startDatabase(): Promise<{ emulator: Emulator; model: HeldModel }> {
  const held = heldModel()
  const model = Object.assign(held, {
    async actAsAgent({ prompt, signal, steps, history, attributes }: AgentRequest) {
      const last = steps.at(-1)
      if (last && 'answered' in last) return { answer: `answered ${last.answered}` }
      if (prompt.startsWith('ask ')) return { ask: prompt.slice('ask '.length) }
      if (prompt.startsWith('fail')) throw new Error(`${canary} at the provider`)
      if (prompt === 'history') return { answer: history.map((turn) => turn.prompt).join(', ') }
      return { answer: await held.chat({ prompt, signal, history, attributes }) }
    },
  })
  return { model, emulator: await startEmulator({ password, model }) }
}

/** Opens a server of the team. At the end everything must be balanced: no connection, no session, no socket. */
export async function openAgent(
  { emulator, model }: { readonly emulator: Emulator; readonly model: HeldModel },
  options: Partial<ServeA2AOptions> = {},
  poolOptions: PoolOptions = {},
): Promise<OpenAgent> {
  const pool = await createPool({ ...connectionTo(emulator), poolMax: 3, breakGraceMs: 500, ...poolOptions })
  await createTeam(pool)
  const errors: { error: unknown; context: A2AErrorContext }[] = []
  const received: string[] = []
  const servers: A2AServer[] = []
  const serve = async (more: Partial<ServeA2AOptions> = {}): Promise<A2AServer> => {
    const onError = (error: unknown, context: A2AErrorContext): void => void errors.push({ error, context })
    const server = await serveA2A({ pool, team, port: 0, onError, ...options, ...more })
    servers.push(server)
    return server
  }
  const server = await serve()
  const url = `${server.url}/a2a/jsonrpc/`
  const send = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
  const rpc = (version: Version, method: string, params: object): Promise<Response> =>
    send(JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }), { 'a2a-version': version })
  return {
    emulator,
    model,
    pool,
    server,
    errors,
    received,
    serve,
    async post(body, headers) {
      const response = await send(body, headers)
      const text = await response.text()
      received.push(text)
      return { status: response.status, json: JSON.parse(text), headers: response.headers }
    },
    async call(version, what, params) {
      const text = await (await rpc(version, methods[version][what], params)).text()
      received.push(text)
      const json = JSON.parse(text)
      expect(json).toMatchObject({ jsonrpc: '2.0', id: 7 })
      return json
    },
    async stream(version, params) {
      const response = await rpc(version, methods[version].stream, params)
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      return eventStream(response, received)
    },
    async [Symbol.asyncDispose]() {
      model.release()
      for (const each of servers) await each.close({ graceMs: 2000 })
      await pool.close({ drainTimeoutMs: 1000 })
      expect(pool.stats()).toMatchObject({ state: 'closed', inUse: 0, waiting: 0, holders: [] })
      expect(model.held).toBe(0)
      await emulator.ledger.waitFor(({ open }) => open === 0)
    },
  }
}

export async function createTeam(pool: SelectAIPool): Promise<void> {
  await pool.agent('CLERK').createOrReplace({ attributes: { profile_name: 'OCI_AI_PROFILE', role: 'You answer.' } })
  await pool.task('ANSWER').createOrReplace({ attributes: { instruction: '{query}', enable_human_tool: true } })
  await pool.team(team).createOrReplace({ attributes: { agents: [{ name: 'CLERK', task: 'ANSWER' }] }, description })
}

function eventStream(response: Response, received: string[]): EventStream {
  const events: Json[] = []
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data)) })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read()
    const text = decoder.decode(value)
    received.push(text)
    parser.feed(text)
    return !done
  }
  return {
    async next() {
      while (events.length === 0) if (!(await more())) throw new Error('The stream has ended.')
      return events.shift()
    },
    async rest() {
      while (await more());
      return events.splice(0)
    },
    leave: () => reader.cancel(),
  }
}

let messages = 0

/** Parameters that send a text, in the words of a version. */
export function message(
  version: Version,
  text: string,
  more: object = {},
  configuration?: object,
): { message: object } {
  const part = version === '0.3' ? { kind: 'text', text } : { text }
  const role = version === '0.3' ? 'user' : 'ROLE_USER'
  const kind = version === '0.3' ? { kind: 'message' } : {}
  const messageId = `message-${++messages}`
  return { message: { ...kind, messageId, role, parts: [part], ...more }, ...(configuration && { configuration }) }
}

/** The task of an answer, which 1.0 wraps. */
export function taskOf({ result }: Json): Json {
  return result?.task ?? result
}

/** The text of a task's result. */
export function resultOf(task: Json): string {
  expect(task.artifacts).toMatchObject([{ name: 'database-agent-result' }])
  return task.artifacts[0].parts[0].text
}

/** Asks for the task until it has that state. */
export async function untilState(agent: OpenAgent, version: Version, id: string, state: string): Promise<Json> {
  const end = performance.now() + 10_000
  for (;;) {
    const task = taskOf(await agent.call(version, 'get', { id }))
    if (task.status.state === stateName(version, state)) return task
    if (performance.now() > end) throw new Error(`The task stayed ${task.status.state}.`)
  }
}
