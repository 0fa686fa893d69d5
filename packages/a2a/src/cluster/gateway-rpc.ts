import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { ResolvedA2AOptions } from '../a2a-options.ts'
import { type Fields, isFields, isListing, isOfTask, isSending, isStreaming } from '../check-request.ts'
import { type JsonRpc, type RpcAnswer, type RpcAnswers, type RpcCall, rpcError } from '../json-rpc.ts'
import { chooseA2UI, withoutForms } from './a2ui.ts'
import { clusterFailure } from './cluster-failure.ts'
import { type LoginFacts, loginFacts } from './login-executor.ts'
import type { LoginForm } from './login-form.ts'
import { RecentMap } from './recent-map.ts'
import { sessionKey } from './session-key.ts'
import type { Workers } from './workers.ts'

/** What `GatewayRpc` is made from. */
export interface GatewayRpcOptions {
  /** Answers for contexts that have no session yet. */
  readonly logins: Pick<JsonRpc, 'answer'>
  readonly form: LoginForm
  readonly workers: Workers
  readonly onError: ResolvedA2AOptions['onError']
}

interface Request extends Fields {
  readonly id?: string | number | null
  readonly method: string
  readonly params: Fields
}

const internalError = -32603
const tasksKept = 10_000

/** Answers calls for contexts without a session by itself, and passes the others on to the worker of their session. */
export class GatewayRpc {
  readonly #options: GatewayRpcOptions
  /** The sessions that tasks belong to, as the answers of workers told them. */
  readonly #sessions = new RecentMap<string>(tasksKept)
  readonly #answering = new Set<Promise<RpcAnswers>>()

  constructor(options: GatewayRpcOptions) {
    this.#options = options
  }

  /** Never rejects. */
  answer(call: RpcCall): Promise<RpcAnswers> {
    const answering = this.#answer(call)
    this.#answering.add(answering)
    return answering.finally(() => this.#answering.delete(answering))
  }

  /** Waits so long for the answers that are under way. */
  async close(graceMs: number): Promise<void> {
    const enough = new AbortController()
    const grace = pause(graceMs, undefined, { signal: enough.signal }).catch(() => {})
    await Promise.race([Promise.all(this.#answering), grace])
    enough.abort()
  }

  async #answer(call: RpcCall): Promise<RpcAnswers> {
    const request = call.json
    if (!isRequest(request)) return this.#options.logins.answer(call)
    try {
      return isSending(request.method) ? await this.#send(request, call) : await this.#ask(request, call)
    } catch (error) {
      return this.#failed(request, error)
    }
  }

  /** A form is taken out before anybody keeps the message. */
  async #send(request: Request, call: RpcCall): Promise<RpcAnswers> {
    const { message, metadata, ...others } = request.params
    if (!isFields(message)) return this.#options.logins.answer(call)
    const form = this.#options.form.read(message)
    const kept = { ...request, params: { ...others, message: withoutForms(message) } }
    const session = isStreaming(request.method) ? undefined : this.#sessionOf(message, call.owner)
    const answer = await this.#forward(session, kept, call)
    if (answer !== undefined) return answer
    const named = form === undefined ? kept : withTextForForm(kept, request.method)
    const facts: LoginFacts = { form, a2ui: chooseA2UI(message, call.extensions) }
    return this.#options.logins.answer({ ...call, json: named, facts: new Map([[loginFacts, facts]]) })
  }

  async #ask(request: Request, call: RpcCall): Promise<RpcAnswers> {
    const { id, contextId } = request.params
    const { method } = request
    const isForSession = !isStreaming(method) && (isOfTask(method) || isListing(method))
    const asked = isOfTask(method) ? { taskId: id } : { contextId }
    const session = isForSession ? this.#sessionOf(asked, call.owner) : undefined
    return (await this.#forward(session, request, call)) ?? this.#options.logins.answer(call)
  }

  /** The session of the task, else that of the context, whether or not there is one still; undefined without both. */
  #sessionOf({ taskId, contextId }: Fields, owner: string): string | undefined {
    const known = this.#sessionOfTask(taskId, owner)
    if (known !== undefined || typeof contextId !== 'string' || contextId === '') return known
    return sessionKey(owner, contextId)
  }

  #sessionOfTask(taskId: unknown, owner: string): string | undefined {
    return typeof taskId === 'string' ? this.#sessions.get(sessionKey(owner, taskId)) : undefined
  }

  /** Undefined when there is no such session. */
  async #forward(
    session: string | undefined,
    request: Request,
    { version, owner }: RpcCall,
  ): Promise<RpcAnswer | undefined> {
    if (session === undefined) return undefined
    const answer = await this.#options.workers.forward(session, { json: request, version })
    for (const id of tasksOf(answer?.result)) this.#sessions.set(sessionKey(owner, id), session)
    return answer
  }

  #failed({ id }: Request, error: unknown): RpcAnswer {
    const { code, detail } = clusterFailure(error)
    const requestId = randomUUID()
    this.#options.onError(error, { requestId, code })
    return rpcError(id, internalError, detail, [{ code, requestId }])
  }
}

function isRequest(json: unknown): json is Request {
  return isFields(json) && typeof json.method === 'string' && isFields(json.params)
}

/** A form that came alone leaves something to keep: that there was one. */
function withTextForForm(
  request: Request & { readonly params: { readonly message: Fields } },
  method: string,
): Request {
  const { message } = request.params
  if (!Array.isArray(message.parts) || message.parts.length > 0) return request
  const part = { text: 'The form was filled in.', ...(method.includes('/') && { kind: 'text' }) }
  return { ...request, params: { ...request.params, message: { ...message, parts: [part] } } }
}

/** Ids of the tasks that a result tells of. */
function tasksOf(result: unknown): string[] {
  if (!isFields(result)) return []
  const tasks: unknown[] = Array.isArray(result.tasks) ? result.tasks : [result.task ?? result]
  return tasks.flatMap((task) =>
    isFields(task) && isFields(task.status) && typeof task.id === 'string' ? [task.id] : [],
  )
}
