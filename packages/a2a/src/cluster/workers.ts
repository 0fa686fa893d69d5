import { rpcPath } from '../agent-card.ts'
import { type Fields, isFields } from '../check-request.ts'
import { authorizationOf } from './cluster-secret.ts'
import type { Consul, RegisteredWorker } from './consul.ts'
import type { Login } from './login-form.ts'
import { isLoginRefusal, type LoginRefusal } from './login-refusal.ts'
import { WorkerError } from './worker-error.ts'

/** Path of a session of a worker. */
export const sessionsPath = '/sessions/'

/** What `Workers` is made from. */
export interface WorkersOptions {
  readonly consul: Consul
  readonly secret: string
  /** Endpoints that may be used besides those on this machine. */
  readonly allowWorkers: readonly string[]
  /** Milliseconds for one call; longer than a worker works on a task. */
  readonly callTimeoutMs: number
}

/** A call of a client as it is passed on. */
export interface ForwardedCall {
  readonly json: Fields
  readonly version: string | undefined
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const noWorker = 'No worker is there to open a session. Send the message again later.'
const silent = 'The worker of this context does not answer. Ask for the task later, or start a new context.'

/** The workers as the gateway uses them: one opens a session, and the later calls of the session go to it. */
export class Workers {
  readonly #options: WorkersOptions

  constructor(options: WorkersOptions) {
    this.#options = options
  }

  /**
   * Has a worker open a session, and keeps the route to it once that is done.
   * @returns why the login was refused; undefined when the session is open
   * @throws ConsulError, and WorkerError when no worker can be used
   */
  async logOn(session: string, owner: string, login: Login): Promise<LoginRefusal | undefined> {
    let refusal: LoginRefusal | undefined
    for (const worker of shuffled(await this.#usable())) {
      const answer = await this.#open(worker, session, { owner, login })
      if (answer === 'opened') {
        await this.#options.consul.saveRoute(session, worker.id)
        return undefined
      }
      refusal = answer ?? refusal
      // Nobody else needs to see a login that somebody has judged.
      if (answer !== undefined && answer !== 'worker-full') return answer
    }
    if (refusal === undefined) throw new WorkerError(noWorker)
    return refusal
  }

  /** Whether a worker serves the session, as far as Consul knows. */
  async isRouted(session: string): Promise<boolean> {
    return (await this.#options.consul.loadRoute(session)) !== undefined
  }

  /**
   * Passes a call on to the worker of its session.
   * @returns its answer; undefined when the session is over, which is forgotten then
   * @throws ConsulError, and WorkerError when the worker does not answer
   */
  async forward(session: string, { json, version }: ForwardedCall): Promise<Fields | undefined> {
    const id = await this.#options.consul.loadRoute(session)
    const worker = id === undefined ? undefined : (await this.#usable()).find((each) => each.id === id)
    if (worker === undefined) return this.#forget(session)
    const headers = version === undefined ? {} : { 'a2a-version': version }
    const response = await this.#call(worker, 'POST', `${sessionsPath}${session}${rpcPath}`, json, headers)
    if (response?.status === 404) return this.#forget(session)
    if (response === undefined || !isFields(response.json) || response.json.jsonrpc !== '2.0')
      throw new WorkerError(silent)
    return response.json
  }

  async #forget(session: string): Promise<undefined> {
    await this.#options.consul.deleteRoute(session)
    return undefined
  }

  /** Undefined when the worker gives no answer that can be used, so that another one may. */
  async #open(worker: RegisteredWorker, session: string, body: object): Promise<LoginRefusal | 'opened' | undefined> {
    const response = await this.#call(worker, 'PUT', `${sessionsPath}${session}`, body)
    if (response?.status === 201) return 'opened'
    const reason = isFields(response?.json) ? response.json.reason : undefined
    return isLoginRefusal(reason) ? reason : undefined
  }

  /** Whoever can write to Consul could otherwise have logins sent anywhere. */
  async #usable(): Promise<RegisteredWorker[]> {
    const { consul, allowWorkers } = this.#options
    const isUsable = (endpoint: string): boolean =>
      allowWorkers.includes(endpoint) || (URL.canParse(endpoint) && loopback.test(new URL(endpoint).hostname))
    return (await consul.workers()).filter(({ endpoint }) => isUsable(endpoint))
  }

  async #call(
    { endpoint }: RegisteredWorker,
    method: string,
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly json: unknown } | undefined> {
    const { secret, callTimeoutMs } = this.#options
    const always = { authorization: authorizationOf(secret), 'content-type': 'application/json' }
    try {
      const response = await fetch(`${endpoint}${path}`, {
        method,
        headers: { ...always, ...headers },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(callTimeoutMs),
      })
      return { status: response.status, json: await response.json() }
    } catch {
      // What went wrong names the endpoint, and may have the login in it.
      return undefined
    }
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  const ranked = items.map((item) => ({ item, rank: Math.random() }))
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item)
}
