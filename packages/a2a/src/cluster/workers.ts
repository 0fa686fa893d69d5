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
   * Has a worker open a session, which keeps the route to itself then.
   * @returns why the login was refused; undefined when the session is open
   * @throws ConsulError, and WorkerError when no worker can be used
   */
  async logOn(session: string, owner: string, login: Login): Promise<LoginRefusal | undefined> {
    let refusal: LoginRefusal | undefined
    const well = (await this.#usable()).filter(({ isWell }) => isWell)
    for (const worker of shuffled(well)) {
      const answer = await this.#open(worker, session, { owner, login })
      if (answer === 'opened') return undefined
      refusal = answer ?? refusal
      // Nobody else needs to see a login that somebody has judged.
      if (answer !== undefined && answer !== 'worker-full') return answer
    }
    if (refusal === undefined) throw new WorkerError(noWorker)
    return refusal
  }

  /**
   * Passes a call on to the worker of its session. One that is not well for the moment is asked too, since nobody else has the session.
   * @returns its answer; undefined when there is no such session
   * @throws ConsulError, and WorkerError when the worker does not answer
   */
  async forward(session: string, { json, version }: ForwardedCall): Promise<Fields | undefined> {
    const { consul } = this.#options
    const workerId = await consul.loadRoute(session)
    if (workerId === undefined) return undefined
    const worker = (await this.#usable()).find(({ id }) => id === workerId)
    const headers = version === undefined ? {} : { 'a2a-version': version }
    const path = `${sessionsPath}${session}${rpcPath}`
    const response = worker ? await this.#call(worker, 'POST', path, json, headers) : { status: 404, json: undefined }
    if (response?.status === 404) {
      await consul.deleteRoute(session, workerId)
      return undefined
    }
    if (isFields(response?.json) && response.json.jsonrpc === '2.0') return response.json
    throw new WorkerError(silent)
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
