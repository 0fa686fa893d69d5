import { randomUUID } from 'node:crypto'
import type { AgentCard, ListTasksRequest } from '@a2a-js/sdk'
import { ListTasksRequest as ListTasksCodec } from '@a2a-js/sdk'
import { isV1JsonRpcMethod } from '@a2a-js/sdk/compat/v0_3'
import { LegacyJsonRpcTransportHandler, V03PushNotificationSerializer } from '@a2a-js/sdk/compat/v0_3/server'
import { UnsupportedOperationError } from '@a2a-js/sdk/errors'
import {
  type AgentExecutor,
  DefaultRequestHandler,
  JsonRpcTransportHandler,
  ServerCallContext,
  type TaskStore,
  validateVersion,
} from '@a2a-js/sdk/server'
import type { ResolvedA2AOptions } from './a2a-options.ts'
import { checkParams, type Fields, isFields, isSending } from './check-request.ts'
import { type Failure, failureOf } from './failure.ts'
import { failureKey } from './task-records.ts'

/** One answer of JSON-RPC. */
export type RpcAnswer = Readonly<Record<string, unknown>>

/** One answer, or the events of a stream. */
export type RpcAnswers = RpcAnswer | AsyncIterable<RpcAnswer>

/** A call as it came over HTTP. */
export interface RpcCall {
  readonly json: unknown
  /** The header `A2A-Version`. */
  readonly version: string | undefined
  /** The header `A2A-Extensions`. */
  readonly extensions?: string | undefined
  readonly owner: string
  /** More that the executor has to know, by names; kept for the time of the call alone. */
  readonly facts?: ReadonlyMap<string, unknown> | undefined
}

/** Works on tasks. */
export interface TaskExecutor extends AgentExecutor {
  /** Whether the task is being worked on, or waits for that. */
  isBusyWith(taskId: string): boolean
}

const invalidRequest = -32600
const internalError = -32603
const legacy = '0.3'

/** Answers the methods of A2A in both versions. */
export class JsonRpc {
  readonly #card: AgentCard
  readonly #executor: TaskExecutor
  readonly #options: Pick<ResolvedA2AOptions, 'onError'>
  readonly #requests: DefaultRequestHandler
  readonly #current: JsonRpcTransportHandler
  readonly #legacy: LegacyJsonRpcTransportHandler

  constructor(
    options: Pick<ResolvedA2AOptions, 'onError'>,
    card: AgentCard,
    records: TaskStore,
    executor: TaskExecutor,
  ) {
    this.#options = options
    this.#card = card
    this.#executor = executor
    // A task that waits for its user has nothing more to tell until the user answers.
    const settings = { keepBusAliveStates: [] }
    this.#requests = new DefaultRequestHandler(
      card,
      records,
      executor,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      settings,
    )
    this.#current = new JsonRpcTransportHandler(this.#requests)
    this.#legacy = new LegacyJsonRpcTransportHandler(this.#requests)
  }

  /** Never rejects, and neither does a stream that it gives. */
  async answer(call: RpcCall): Promise<RpcAnswers> {
    const { json } = call
    if (!isRpcRequest(json)) return rpcError(null, invalidRequest, 'The body must be one JSON-RPC 2.0 request.')
    const requestId = randomUUID()
    const version = versionOf(call.version, json.method)
    const context = new ServerCallContext({
      user: { isAuthenticated: false, userName: call.owner },
      requestedVersion: version,
      state: new Map<string, unknown>([...(call.facts ?? []), ['requestId', requestId]]),
    })
    const errorOf = (error: unknown): RpcAnswer => this.#safe(errorAnswer(json.id, error, version), context)
    try {
      validateVersion(version, this.#card, 'JSONRPC')
      checkParams(json.method, json.params)
      this.#refuseTaskAtWork(json)
      const answers = await this.#dispatch(json, version, context)
      if (!(Symbol.asyncIterator in answers)) return this.#safe(answers, context)
      return await beginStream(answers as AsyncGenerator<RpcAnswer>, errorOf)
    } catch (error) {
      return errorOf(error)
    }
  }

  async #dispatch(request: RpcRequest, version: string, context: ServerCallContext): Promise<RpcAnswers> {
    if (version !== legacy) return this.#current.handle(request, context)
    if (request.method === 'tasks/list') return this.#listForLegacy(request, context)
    return (await this.#legacy.handle(withBlockingDefault(request), context)) as RpcAnswers
  }

  /** Version 0.3 knows the method but not over JSON-RPC, so that the protocol's library leaves it out. */
  async #listForLegacy({ id = null, params }: RpcRequest, context: ServerCallContext): Promise<RpcAnswer> {
    const { status, ...others } = params as Fields
    const state = typeof status === 'string' ? `TASK_STATE_${status.toUpperCase().replaceAll('-', '_')}` : undefined
    const request: ListTasksRequest = ListTasksCodec.fromJSON({ ...others, status: state })
    const { tasks, ...page } = await this.#requests.listTasks(request, context)
    const serializer = new V03PushNotificationSerializer()
    const legacyTasks = tasks.map((value) =>
      JSON.parse(serializer.serialize({ payload: { $case: 'task', value } }).body),
    )
    return { jsonrpc: '2.0', id, result: { tasks: legacyTasks, ...page } }
  }

  /** The team could not be told of a message in the middle of its work. */
  #refuseTaskAtWork({ method, params }: RpcRequest): void {
    const { message } = params as { readonly message?: { readonly taskId?: string } }
    if (!isSending(method) || !message?.taskId || !this.#executor.isBusyWith(message.taskId)) return
    throw new UnsupportedOperationError(
      'message.taskId: the task is being worked on. Wait for its end, or leave the id out to begin another task.',
    )
  }

  /** What failed inside has no words that a client may see. */
  #safe(answer: RpcAnswer, context: ServerCallContext): RpcAnswer {
    const { error, id } = answer as { readonly error?: { code: number; message: string }; readonly id?: RpcId }
    if (error?.code !== internalError) return answer
    const told = context.state.get(failureKey) as Failure | undefined
    const requestId = String(context.state.get('requestId'))
    const { detail, ...data } = told ?? failureOf(new Error(error.message), requestId)
    if (told === undefined) this.#options.onError(new Error(error.message), data)
    return rpcError(id, internalError, detail, [data])
  }
}

type RpcId = string | number | null

interface RpcRequest extends Record<string, unknown> {
  readonly method: string
  readonly id?: RpcId
  readonly params?: unknown
}

/** An error as JSON-RPC tells it. */
export function rpcError(id: RpcId | undefined, code: number, message: string, data?: readonly object[]): RpcAnswer {
  return { jsonrpc: '2.0', id: id ?? null, error: { code, message, ...(data && { data }) } }
}

function isRpcRequest(json: unknown): json is RpcRequest {
  if (!isFields(json)) return false
  const { jsonrpc, method, id = null } = json
  const isId = id === null || typeof id === 'string' || Number.isInteger(id)
  return jsonrpc === '2.0' && typeof method === 'string' && method !== '' && isId
}

/** Without the header it is a client of 0.3, unless it calls a method that only 1.0 has. */
function versionOf(header: string | undefined, method: string): string {
  if (header) return /^\d+\.\d+/.exec(header)?.[0] ?? header
  return isV1JsonRpcMethod(method) ? '1.0' : legacy
}

/** The protocol's library takes a configuration that does not say so for a non-blocking one. */
function withBlockingDefault(request: RpcRequest): RpcRequest {
  const { configuration } = Object(request.params) as Fields
  if (!isFields(configuration) || configuration.blocking !== undefined) return request
  return { ...request, params: { ...Object(request.params), configuration: { ...configuration, blocking: true } } }
}

function errorAnswer(id: RpcId | undefined, error: unknown, version: string): RpcAnswer {
  const map =
    version === legacy
      ? LegacyJsonRpcTransportHandler.mapToLegacyJSONRPCError
      : JsonRpcTransportHandler.mapToJSONRPCError
  return { jsonrpc: '2.0', id: id ?? null, error: map(error) }
}

/** What fails before the first event is an answer, and no stream. */
async function beginStream(
  events: AsyncGenerator<RpcAnswer>,
  errorOf: (error: unknown) => RpcAnswer,
): Promise<RpcAnswers> {
  const first = await events.next()
  return (async function* () {
    try {
      if (!first.done) yield first.value
      yield* events
    } catch (error) {
      yield errorOf(error)
    }
  })()
}
