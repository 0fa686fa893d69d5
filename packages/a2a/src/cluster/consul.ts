import { mistake } from '../a2a-options.ts'
import { isFields } from '../check-request.ts'
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
}

/** Name that all workers are registered by. */
const serviceName = 'select-ai-a2a-worker'
const routesPrefix = 'select-ai/a2a/contexts/'
/** Consul asks each worker so often whether it is well, and forgets one that was not for so long. */
const check = { Interval: '10s', Timeout: '5s', DeregisterCriticalServiceAfter: '1m' }

/**
 * The few calls of Consul's HTTP API that a cluster needs. Consul is told which workers there are and which of them serves a context,
 * and nothing else: no credentials, no messages, no results.
 */
export class Consul {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #timeoutMs: number

  /** @throws SelectAIArgumentError for a URL that is none */
  constructor({ url, token, timeoutMs = 5000 }: ConsulOptions) {
    this.#url = checkConsulUrl(url)
    this.#headers = token ? { 'x-consul-token': token } : {}
    this.#timeoutMs = timeoutMs
  }

  /** Registers a worker that Consul asks at `healthPath` of its endpoint. It counts as well from the start. */
  async register({ id, endpoint }: RegisteredWorker, healthPath: string): Promise<void> {
    await this.#call('PUT', '/v1/agent/service/register', {
      ID: id,
      Name: serviceName,
      Meta: { endpoint },
      Check: { ...check, HTTP: `${endpoint}${healthPath}`, Status: 'passing' },
    })
  }

  /** Takes a worker off; one that Consul does not know any more is no error. */
  async deregister(id: string): Promise<void> {
    await this.#call('PUT', `/v1/agent/service/deregister/${encodeURIComponent(id)}`)
  }

  /** The workers that are well. */
  async workers(): Promise<RegisteredWorker[]> {
    const text = await this.#call('GET', `/v1/health/service/${serviceName}?passing=true`)
    const entries = parseList(text)
    return entries.flatMap(({ Service }) => {
      const endpoint = isFields(Service) && isFields(Service.Meta) ? Service.Meta.endpoint : undefined
      const id = isFields(Service) ? Service.ID : undefined
      return typeof id === 'string' && typeof endpoint === 'string' ? [{ id, endpoint }] : []
    })
  }

  /** Keeps which worker serves a context. */
  async saveRoute(contextId: string, workerId: string): Promise<void> {
    await this.#call('PUT', pathOfRoute(contextId), { workerId })
  }

  /** The worker that serves a context; undefined when none does. */
  async loadRoute(contextId: string): Promise<string | undefined> {
    const text = await this.#call('GET', `${pathOfRoute(contextId)}?raw=true`)
    const route = text === undefined ? undefined : parse(text)
    return isFields(route) && typeof route.workerId === 'string' ? route.workerId : undefined
  }

  /** Forgets which worker serves a context. */
  async deleteRoute(contextId: string): Promise<void> {
    await this.#call('DELETE', pathOfRoute(contextId))
  }

  /** The text of the answer; undefined for what is not there. */
  async #call(method: string, path: string, body?: object): Promise<string | undefined> {
    const signal = AbortSignal.timeout(this.#timeoutMs)
    let status: number
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        signal,
        redirect: 'error',
        headers: this.#headers,
        ...(body && { body: JSON.stringify(body) }),
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

/** A context id comes from a client, so it is kept to one segment of the path, whatever it has in it. */
function pathOfRoute(contextId: string): string {
  return `/v1/kv/${routesPrefix}${Buffer.from(contextId).toString('base64url')}`
}

function parseList(text: string | undefined): Readonly<Record<string, unknown>>[] {
  const entries = parse(text ?? '[]')
  if (Array.isArray(entries) && entries.every(isFields)) return entries
  throw notConsul()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notConsul(cause)
  }
}

function notConsul(cause?: unknown): ConsulError {
  return new ConsulError('What answers at consulUrl is not Consul. Give the URL of its HTTP API.', { cause })
}

/** The URL without a slash at its end. */
function checkConsulUrl(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password
  if (isPlain) return url.href.replace(/\/+$/, '')
  throw mistake(
    'consulUrl',
    'must be an http or https URL without user, query and fragment, such as http://127.0.0.1:8500.',
  )
}
