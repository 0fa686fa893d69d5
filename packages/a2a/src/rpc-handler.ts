import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AgentCard, formatSSEEvent, SSE_HEADERS } from '@a2a-js/sdk'
import { checkCount, type ResolvedA2AOptions } from './a2a-options.ts'
import { agentCardDocument, agentCardPath, rpcPath } from './agent-card.ts'
import { isSending } from './check-request.ts'
import { failureOf, statusOfFailure } from './failure.ts'
import { type RpcAnswer, type RpcAnswers, type RpcCall, rpcError } from './json-rpc.ts'
import { type ReadableRequest, readBody } from './read-body.ts'

/** A listener for requests of `node:http` and, with its third argument, a middleware of Express. */
export interface A2AHandler extends AsyncDisposable {
  /** Serves the agent card and the JSON-RPC route. Everything else goes to `next`, or gets a 404 without one. */
  (request: ReadableRequest, response: ServerResponse, next?: (error?: unknown) => void): void
  /**
   * Makes the tables of the state where they are missing and reads the description of the team, so that a mistake stops the start.
   * Without it the first request does so. After a failed attempt it may be called again.
   *
   * @throws AgentObjectNotFoundError when the user has no such team, and the errors of any call
   */
  open(): Promise<void>
  /**
   * Takes no new messages, lets tasks finish for `graceMs` (default 10000), then breaks off the rest and saves that. Always comes to
   * an end; closing again gives the same promise. To be called before the server and the pool are closed.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/** What is made when the handler opens. */
export interface Agent {
  readonly card: AgentCard
  /** Never rejects. */
  readonly rpc: { answer(call: RpcCall): Promise<RpcAnswers> }
}

/** What stands behind a handler. */
export interface AgentParts {
  readonly options: Pick<ResolvedA2AOptions, 'owner' | 'maxBodyBytes' | 'heartbeatMs' | 'onError'>
  /** Called before the first request, and again after it has failed. */
  open(): Promise<Agent>
  /** Called once; new messages are refused from then on. */
  close(graceMs: number): Promise<void>
}

const defaultGraceMs = 10_000
const shuttingDown = 'The agent is shutting down. Send the message again shortly.'

/** Puts the agent card and the JSON-RPC route of an agent behind HTTP. */
export function createRpcHandler(parts: AgentParts): A2AHandler {
  const service = new RpcService(parts)
  const handler = (request: ReadableRequest, response: ServerResponse, next?: (error?: unknown) => void): void =>
    service.serve(request, response, next)
  return Object.assign(handler, {
    open: async () => void (await service.open()),
    close: (closing: { readonly graceMs?: number } = {}) => service.close(closing.graceMs ?? defaultGraceMs),
    [Symbol.asyncDispose]: () => service.close(defaultGraceMs),
  })
}

class RpcService {
  readonly #parts: AgentParts
  #opening: Promise<Agent> | undefined
  #closing: Promise<void> | undefined

  constructor(parts: AgentParts) {
    this.#parts = parts
  }

  open(): Promise<Agent> {
    this.#opening ??= this.#parts.open().catch((error: unknown) => {
      this.#opening = undefined
      throw error
    })
    return this.#opening
  }

  close(graceMs: number): Promise<void> {
    try {
      checkCount('graceMs', graceMs, 0)
    } catch (error) {
      return Promise.reject(error)
    }
    this.#closing ??= this.#parts.close(graceMs)
    return this.#closing
  }

  serve(request: ReadableRequest, response: ServerResponse, next: ((error?: unknown) => void) | undefined): void {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    const route = routes.get(path)
    if (route === undefined) {
      if (next) next()
      else sendJson(response, 404, { detail: 'There is nothing at this path.' })
    } else if (!route.methods.includes(request.method ?? '')) {
      sendJson(response, 405, { detail: route.refusal }, { allow: route.methods.join(', ') })
    } else {
      const answered = route.rpc ? this.#answerRpc(request, response) : this.#answerCard(request, response)
      answered.catch((error: unknown) => this.#answerFailure(response, error))
    }
  }

  async #answerCard(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { card } = await this.open()
    const version = headerOf(request, 'a2a-version')?.startsWith('1.') ? '1.0' : '0.3'
    sendJson(response, 200, agentCardDocument(card, version), { 'cache-control': 'no-cache', vary: 'A2A-Version' })
  }

  async #answerRpc(request: ReadableRequest, response: ServerResponse): Promise<void> {
    if (!/^application\/json\s*(;|$)/i.test(headerOf(request, 'content-type') ?? '')) {
      return sendJson(
        response,
        415,
        rpcError(null, -32005, 'The body must be JSON: send Content-Type: application/json.'),
      )
    }
    const body = await readBody(request, this.#parts.options.maxBodyBytes)
    if ('refusal' in body) return refuseBody(response, body.refusal)
    const { method } = Object(body.json) as { readonly method?: unknown }
    if (this.#closing && isSending(String(method)))
      return sendJson(response, 503, rpcError(null, -32603, shuttingDown), { 'retry-after': '5' })
    const owner = this.#parts.options.owner(request)
    const { rpc } = await this.open()
    const version = headerOf(request, 'a2a-version')
    // Version 0.3 has the older name.
    const extensions = headerOf(request, 'a2a-extensions') ?? headerOf(request, 'x-a2a-extensions')
    const answers = await rpc.answer({ json: body.json, version, extensions, owner })
    if (isStream(answers)) await this.#sendEvents(response, answers)
    else sendJson(response, 200, answers)
  }

  /** To the end, even when the client has gone: the states of the task are saved on the way. */
  async #sendEvents(response: ServerResponse, events: AsyncIterable<RpcAnswer>): Promise<void> {
    response.writeHead(200, SSE_HEADERS)
    const write = (text: string): void => {
      if (!response.destroyed) response.write(text)
    }
    const heartbeat = setInterval(() => write(': heartbeat\n\n'), this.#parts.options.heartbeatMs)
    try {
      for await (const event of events) write(formatSSEEvent(event))
    } finally {
      clearInterval(heartbeat)
      response.end()
    }
  }

  #answerFailure(response: ServerResponse, error: unknown): void {
    const requestId = randomUUID()
    const { detail, ...context } = failureOf(error, requestId)
    this.#parts.options.onError(error, context)
    if (response.headersSent) response.destroy()
    else sendJson(response, statusOfFailure(error), rpcError(null, -32603, detail, [context]))
  }
}

interface Route {
  readonly methods: readonly string[]
  readonly refusal: string
  readonly rpc: boolean
}

const rpcRoute: Route = { methods: ['POST'], refusal: 'Send JSON-RPC with POST.', rpc: true }

const routes: ReadonlyMap<string, Route> = new Map([
  [agentCardPath, { methods: ['GET', 'HEAD'], refusal: 'Get the agent card with GET.', rpc: false }],
  [rpcPath, rpcRoute],
  [rpcPath.slice(0, -1), rpcRoute],
])

function isStream(answers: RpcAnswers): answers is AsyncIterable<RpcAnswer> {
  return Symbol.asyncIterator in answers
}

/** The first value of a header. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

function refuseBody(response: ServerResponse, refusal: 'too large' | 'no JSON' | 'cut off'): void {
  if (refusal === 'cut off') response.destroy()
  else if (refusal === 'no JSON') {
    sendJson(response, 200, rpcError(null, -32700, 'The body is not valid JSON in UTF-8.'))
  } else {
    const error = rpcError(null, -32600, 'The body is larger than this agent reads.')
    sendJson(response, 413, error, { connection: 'close' })
  }
}

/** Answers with JSON that nobody may keep. */
export function sendJson(
  response: ServerResponse,
  status: number,
  json: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(json)
  const always = {
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  }
  response.writeHead(status, { ...always, ...headers }).end(text)
}
