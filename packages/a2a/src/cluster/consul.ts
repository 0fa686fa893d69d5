import { checkUrl } from '../a2a-options.ts'
import { type Fields, isFields } from '../check-request.ts'
import { ConsulError } from './consul-error.ts'

/** What `Consul` is made from. */
export interface ConsulOptions {
  /** Where the HTTP API of the Consul agent is, for example `http://127.0.0.1:8500`. */
  readonly url: string
  /** Token of Consul's access control, where it has one. */
  readonly token?: string | undefined
  /** Milliseconds for one call. Default: 5000. */
  readonly timeoutMs?: number | undefined
}

/** A worker as Consul knows it. */
export interface RegisteredWorker {
  readonly id: string
  /** Where the gateway reaches it, without a slash at the end. */
  readonly endpoint: string
  /** Whether its checks pass. */
  readonly isWell: boolean
}

/** Which worker serves a session, with what tells whether that has been changed since. */
interface StoredRoute {
  readonly key: string
  readonly workerId: string
  readonly index: number
}

/** Name that all workers are registered by. */
const serviceName = 'select-ai-a2a-worker'
const valuesPath = '/v1/kv/'
const routesPath = `${valuesPath}select-ai/a2a/sessions/`
/** Consul asks each worker so often whether it is well, and forgets one that was not for so long. */
const check = { Interval: '10s', Timeout: '5s', DeregisterCriticalServiceAfter: '1m' }

/**
 * The few calls of Consul's HTTP API that a cluster needs. Consul is told which workers there are and which of them serves a session,
 * and nothing else: no credentials, no messages, no results.
 */
export class Consul {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #timeoutMs: number

  /** @throws SelectAIArgumentError for a URL that is none */
  constructor({ url, token, timeoutMs = 5000 }: ConsulOptions) {
    this.#url = checkUrl('consulUrl', url, 'http://127.0.0.1:8500')
    this.#headers = token ? { 'x-consul-token': token } : {}
    this.#timeoutMs = timeoutMs
  }

  /** Registers a worker that Consul asks at `healthPath` of its endpoint. It counts as well from the start. */
  async register({ id, endpoint }: Omit<RegisteredWorker, 'isWell'>, healthPath: string): Promise<void> {
    const Check = { ...check, HTTP: `${endpoint}${healthPath}`, Status: 'passing' }
    const service = { ID: id, Name: serviceName, Meta: { endpoint }, Check }
    await this.#call('PUT', '/v1/agent/service/register', JSON.stringify(service))
  }

  /** Whether the agent knows the worker: it forgets one that was not well for a minute, and everything when its data is lost. */
  async isRegistered(id: string): Promise<boolean> {
    return (await this.#call('GET', `/v1/agent/service/${encodeURIComponent(id)}`)) !== undefined
  }

  /** Takes a worker off; one that Consul does not know any more is no error. */
  async deregister(id: string): Promise<void> {
    await this.#call('PUT', `/v1/agent/service/deregister/${encodeURIComponent(id)}`)
  }

  /** The workers, those that are not well too. */
  async workers(): Promise<RegisteredWorker[]> {
    const entries = parseList(await this.#call('GET', `/v1/health/service/${serviceName}`))
    return entries.flatMap(({ Service, Checks }) => {
      const { ID: id, Meta } = Object(Service) as Fields
      const { endpoint } = Object(Meta) as Fields
      const isWell = Array.isArray(Checks) && Checks.every(({ Status }) => Status === 'passing')
      return typeof id === 'string' && typeof endpoint === 'string' ? [{ id, endpoint, isWell }] : []
    })
  }

  /** Keeps which worker serves a session. */
  async saveRoute(session: string, workerId: string): Promise<void> {
    await this.#call('PUT', pathOfRoute(session), workerId)
  }

  /** The worker that serves a session; undefined when none does. */
  async loadRoute(session: string): Promise<string | undefined> {
    return (await this.#readRoute(session))?.workerId
  }

  /** Forgets that the worker serves the session; a route to another worker stays. */
  async deleteRoute(session: string, workerId: string): Promise<void> {
    const route = await this.#readRoute(session)
    if (route?.workerId === workerId) await this.#delete(route)
  }

  /** Forgets all sessions of a worker, as one leaves them that was killed. */
  async deleteRoutesOf(workerId: string): Promise<void> {
    const entries = parseList(await this.#call('GET', `${routesPath}?recurse=true`))
    for (const route of entries.map(routeOf)) if (route.workerId === workerId) await this.#delete(route)
  }

  async #readRoute(session: string): Promise<StoredRoute | undefined> {
    const [entry] = parseList(await this.#call('GET', pathOfRoute(session)))
    return entry && routeOf(entry)
  }

  /** Only while nobody has changed it. */
  async #delete({ key, index }: StoredRoute): Promise<void> {
    await this.#call('DELETE', `${valuesPath}${key}?cas=${index}`)
  }

  /** The text of the answer; undefined for what is not there. */
  async #call(method: string, path: string, body?: string): Promise<string | undefined> {
    const signal = AbortSignal.timeout(this.#timeoutMs)
    let status: number
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        signal,
        redirect: 'error',
        headers: this.#headers,
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      if (response.ok) return text
      status = response.status
    } catch (cause) {
      throw new ConsulError('Consul does not answer. See that its agent runs at the URL that consulUrl gives.', {
        cause,
      })
    }
    if (status === 404) return undefined
    throw new ConsulError(`Consul answered with the status ${status}. See the log of its agent.`)
  }
}

/** The key of a session is one segment of a path, as `sessionKey` makes it. */
function pathOfRoute(session: string): string {
  return `${routesPath}${encodeURIComponent(session)}`
}

function routeOf({ Key, Value, ModifyIndex }: Fields): StoredRoute {
  if (typeof Key !== 'string' || typeof Value !== 'string' || typeof ModifyIndex !== 'number') throw notConsul()
  return { key: Key, workerId: Buffer.from(Value, 'base64').toString(), index: ModifyIndex }
}

function parseList(text = '[]'): Fields[] {
  try {
    const entries: unknown = JSON.parse(text)
    if (Array.isArray(entries) && entries.every(isFields)) return entries
  } catch (cause) {
    throw notConsul(cause)
  }
  throw notConsul()
}

function notConsul(cause?: unknown): ConsulError {
  return new ConsulError('What answers at consulUrl is not Consul. Give the URL of its HTTP API.', { cause })
}
