import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type A2AOptions,
  checkCount,
  checkFilledText,
  checkNames,
  checkUrl,
  mistake,
  resolveRequestOptions,
} from '../a2a-options.ts'
import { rpcPath } from '../agent-card.ts'
import { type A2AServer, type ListenOptions, listenWith } from '../listen-with.ts'
import { readBody } from '../read-body.ts'
import { sendJson } from '../rpc-handler.ts'
import { checkSecret, isAuthorized } from './cluster-secret.ts'
import { Consul } from './consul.ts'
import { isLoginRequest } from './login-request.ts'
import { Registration } from './registration.ts'
import { WorkerSessions } from './worker-sessions.ts'
import { sessionsPath } from './workers.ts'

/** Options of `serveA2AWorker`. */
export interface ServeA2AWorkerOptions extends ListenOptions, Pick<A2AOptions, 'maxBodyBytes' | 'onError'> {
  /** Where the HTTP API of the Consul agent is, for example `http://127.0.0.1:8500`. */
  readonly consulUrl: string
  /** Token of Consul's access control, where it has one. */
  readonly consulToken?: string | undefined
  /** Name of this worker in Consul, which no other one has. */
  readonly workerId: string
  /** Where the gateway and Consul reach this worker. Default: the address that it listens on. */
  readonly workerEndpoint?: string | undefined
  /** What the gateway has to show: at least 16 characters, the same as its own. */
  readonly secret: string
  /** The connect strings that logins may have, letter by letter; there are no patterns, so that no login leads elsewhere. */
  readonly allowDsn: readonly string[]
  /** Most sessions at a time. Default: 50. */
  readonly maxSessions?: number | undefined
  /** Milliseconds after which a session that nobody uses is closed. Default: 1800000. */
  readonly idleMs?: number | undefined
  /** Most connections of a session. Default: 2. */
  readonly sessionPoolMax?: number | undefined
  /** Milliseconds for one task, its wait included; at most 270000, the time that the gateway has for a call. Default: 240000. */
  readonly timeoutMs?: number | undefined
  /** The module `oracledb`, where it is not found from this package. */
  readonly driver?: object | undefined
}

const names: readonly string[] = Object.keys({
  host: true,
  port: true,
  consulUrl: true,
  consulToken: true,
  workerId: true,
  workerEndpoint: true,
  secret: true,
  allowDsn: true,
  maxSessions: true,
  idleMs: true,
  sessionPoolMax: true,
  timeoutMs: true,
  driver: true,
  maxBodyBytes: true,
  onError: true,
} satisfies Record<keyof ServeA2AWorkerOptions, true>)

const healthPath = '/health'
const longestTimeoutMs = 270_000
const defaultGraceMs = 10_000

/** A listener with what opens and closes it. */
type WorkerHandler = ((request: IncomingMessage, response: ServerResponse) => void) & {
  open(): Promise<void>
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/**
 * Serves sessions to a gateway: each has a pool of its own, opened with the login that the gateway passes on, and its tasks are kept
 * in memory for as long as it is open. It registers itself with Consul, and takes itself off when it is closed.
 *
 * @throws SelectAIArgumentError for a wrong option, ConsulError when Consul does not answer, and what Node says of a port in use
 *
 * @example
 * ```ts
 * const worker = await serveA2AWorker({
 *   consulUrl: 'http://127.0.0.1:8500',
 *   workerId: 'worker-1',
 *   secret: process.env.SELECT_AI_A2A_SECRET ?? '',
 *   allowDsn: ['db.example.com/sales'],
 *   port: 9001,
 * })
 * process.once('SIGTERM', () => worker.close())
 * ```
 */
export async function serveA2AWorker(options: ServeA2AWorkerOptions): Promise<A2AServer> {
  const given = Object(options) as ServeA2AWorkerOptions
  return listenWith(given, given.workerEndpoint, (endpoint) => createWorkerHandler(given, endpoint))
}

function createWorkerHandler(options: ServeA2AWorkerOptions, givenEndpoint: string): WorkerHandler {
  checkNames(options, names)
  const { workerId } = options
  checkFilledText('workerId', workerId)
  const endpoint = checkUrl('workerEndpoint', givenEndpoint, 'http://127.0.0.1:9001')
  const consul = new Consul({ url: options.consulUrl, token: options.consulToken })
  const secret = checkSecret(options.secret)
  const { maxBodyBytes, onError } = resolveRequestOptions(options)
  const sessions = new WorkerSessions({
    allowDsn: checkConnectStrings(options.allowDsn),
    maxSessions: checkCount('maxSessions', options.maxSessions ?? 50, 1),
    idleMs: checkCount('idleMs', options.idleMs ?? 1_800_000, 1),
    sessionPoolMax: checkCount('sessionPoolMax', options.sessionPoolMax ?? 2, 1),
    timeoutMs: checkTimeout(options.timeoutMs ?? 240_000),
    driver: options.driver,
    routes: {
      save: (session) => consul.saveRoute(session, workerId),
      delete: (session) => consul.deleteRoute(session, workerId),
    },
    onError,
  })
  const registration = new Registration({ consul, worker: { id: workerId, endpoint }, healthPath, onError })
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(sessions, { secret, maxBodyBytes }, request, response).catch((error: unknown) => {
      onError(error, { requestId: '', code: 'WORKER_FAILED' })
      response.destroy()
    })
  }
  let closing: Promise<void> | undefined
  const close = async (graceMs: number): Promise<void> => {
    await registration.end()
    await sessions.close(graceMs)
  }
  return Object.assign(listener, {
    async open() {
      await consul.deleteRoutesOf(workerId)
      await registration.begin()
    },
    async close({ graceMs = defaultGraceMs }: { readonly graceMs?: number } = {}) {
      checkCount('graceMs', graceMs, 0)
      closing ??= close(graceMs)
      await closing
    },
  })
}

async function serve(
  sessions: WorkerSessions,
  { secret, maxBodyBytes }: { readonly secret: string; readonly maxBodyBytes: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = '/' } = request
  if (method === 'GET' && url === healthPath) return sendJson(response, 200, { ok: true })
  if (!isAuthorized(request, secret)) return sendJson(response, 401, { reason: 'secret' }, { connection: 'close' })
  const [, key = '', rest = ''] = sessionUrl.exec(url) ?? []
  if (key !== '' && method === 'PUT' && rest === '') {
    const body = await readBody(request, maxBodyBytes)
    if (!('json' in body) || !isLoginRequest(body.json)) return sendJson(response, 400, { reason: 'malformed' })
    const refusal = await sessions.open(key, body.json)
    return refusal ? sendJson(response, 409, { reason: refusal }) : sendJson(response, 201, {})
  }
  const session = rest === rpcPath ? sessions.use(key) : undefined
  if (session === undefined) return sendJson(response, 404, { reason: 'no-such-session' }, { connection: 'close' })
  response.once('close', session.release)
  request.url = rest
  session.handler(request, response)
}

const sessionUrl = new RegExp(`^${sessionsPath}([\\w-]{1,64})(/.*)?$`)

function checkConnectStrings(allowDsn: unknown): readonly string[] {
  const isFilled = (dsn: unknown): boolean => typeof dsn === 'string' && dsn.trim() !== ''
  if (Array.isArray(allowDsn) && allowDsn.length > 0 && allowDsn.every(isFilled))
    return allowDsn.map((dsn) => dsn.trim())
  throw mistake(
    'allowDsn',
    'must be an array of the connect strings that logins may have, such as db.example.com/sales.',
  )
}

function checkTimeout(timeoutMs: unknown): number {
  const checked = checkCount('timeoutMs', timeoutMs, 1)
  if (checked <= longestTimeoutMs) return checked
  throw mistake('timeoutMs', `must be a whole number from 1 to ${longestTimeoutMs}.`)
}
