import { AgentObjectNotFoundError, createPool, LoginError, type SelectAIPool } from '@select-ai/core'
import type { ResolvedA2AOptions } from '../a2a-options.ts'
import { createA2AHandler } from '../handler.ts'
import type { A2AHandler } from '../rpc-handler.ts'
import { memoryState } from '../state/memory-state.ts'
import type { LoginRefusal } from './login-refusal.ts'
import type { LoginRequest } from './login-request.ts'

/** What `WorkerSessions` is made from. */
export interface WorkerSessionsOptions {
  readonly allowDsn: readonly string[]
  readonly maxSessions: number
  readonly idleMs: number
  readonly sessionPoolMax: number
  readonly timeoutMs: number
  readonly driver: object | undefined
  /** Where it is kept that this worker serves a session. */
  readonly routes: SessionRoutes
  readonly onError: ResolvedA2AOptions['onError']
}

/** Tells the gateway which sessions a worker has. */
export interface SessionRoutes {
  save(key: string): Promise<void>
  delete(key: string): Promise<void>
}

/** A session: the handler of a team, on a pool of its own. */
interface Session {
  readonly pool: SelectAIPool
  readonly handler: A2AHandler
  inUse: number
  idle: NodeJS.Timeout | undefined
}

/** Longest time for a pool that is closed to get its connections back. */
const drainTimeoutMs = 5000

/** The sessions of a worker, by the keys that the gateway gives them. */
export class WorkerSessions {
  readonly #options: WorkerSessionsOptions
  readonly #sessions = new Map<string, Session>()
  readonly #openings = new Set<Promise<unknown>>()
  readonly #closings = new Set<Promise<void>>()
  #isClosing = false

  constructor(options: WorkerSessionsOptions) {
    this.#options = options
  }

  /** Opens a session. One that the key had already is closed. @returns why not; undefined when it is open */
  async open(key: string, request: LoginRequest): Promise<LoginRefusal | undefined> {
    const { allowDsn, maxSessions } = this.#options
    if (!allowDsn.includes(request.login.dsn)) return 'dsn-not-allowed'
    const others = this.#sessions.size - (this.#sessions.has(key) ? 1 : 0)
    if (this.#isClosing || others + this.#openings.size >= maxSessions) return 'worker-full'
    const opening = this.#open(key, request)
    this.#openings.add(opening)
    try {
      return await opening
    } finally {
      this.#openings.delete(opening)
    }
  }

  /** Lends the handler of a session until `release` is called; undefined when there is no such session. */
  use(key: string): { readonly handler: A2AHandler; release(): void } | undefined {
    const session = this.#sessions.get(key)
    if (session === undefined) return undefined
    session.inUse++
    clearTimeout(session.idle)
    const release = (): void => {
      session.inUse--
      this.#awaitUse(key, session)
    }
    return { handler: session.handler, release }
  }

  /** Closes all sessions; their tasks may finish within the grace. Always comes to an end. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true
    await Promise.all(this.#openings)
    for (const [key, session] of this.#sessions) this.#end(key, session, graceMs)
    await Promise.all(this.#closings)
  }

  async #open(key: string, { owner, login }: LoginRequest): Promise<LoginRefusal | undefined> {
    const { dsn, user, password, team } = login
    const { driver, sessionPoolMax, timeoutMs, routes, onError } = this.#options
    let pool: SelectAIPool | undefined
    try {
      const size = { poolMin: 1, poolMax: sessionPoolMax, poolIncrement: 1 }
      pool = await createPool({
        user,
        password,
        connectString: dsn,
        ...size,
        verify: 'connect',
        ...(driver && { driver }),
      })
      const options = { pool, team, publicUrl: 'http://127.0.0.1', state: memoryState(), timeoutMs, onError }
      const handler = createA2AHandler({ ...options, owner: () => owner })
      await handler.open()
      await routes.save(key)
      this.#keep(key, { pool, handler, inUse: 0, idle: undefined })
      return undefined
    } catch (error) {
      await pool?.close({ drainTimeoutMs: 0 })
      return this.#refusalOf(key, error)
    }
  }

  #keep(key: string, session: Session): void {
    const former = this.#sessions.get(key)
    this.#sessions.set(key, session)
    if (former) this.#end(key, former, 0)
    this.#awaitUse(key, session)
  }

  #awaitUse(key: string, session: Session): void {
    clearTimeout(session.idle)
    if (session.inUse > 0 || this.#sessions.get(key) !== session) return
    session.idle = setTimeout(() => this.#end(key, session, this.#options.timeoutMs), this.#options.idleMs)
    session.idle.unref()
  }

  /** The route stays where another session has taken the place of this one. */
  #end(key: string, session: Session, graceMs: number): void {
    const { routes, onError } = this.#options
    clearTimeout(session.idle)
    const isLast = this.#sessions.get(key) === session && this.#sessions.delete(key)
    const report = (error: unknown): void => onError(error, { requestId: key, code: 'SESSION_NOT_CLOSED' })
    const ending = [close(session, graceMs), ...(isLast ? [routes.delete(key)] : [])]
    const closing = Promise.all(ending.map((each) => each.catch(report))).then(
      () => void this.#closings.delete(closing),
    )
    this.#closings.add(closing)
  }

  #refusalOf(key: string, error: unknown): LoginRefusal {
    if (LoginError.isInstance(error)) return 'login-refused'
    if (AgentObjectNotFoundError.isInstance(error)) return 'no-such-team'
    this.#options.onError(error, { requestId: key, code: 'SESSION_NOT_OPENED' })
    return 'not-opened'
  }
}

async function close({ pool, handler }: Session, graceMs: number): Promise<void> {
  await handler.close({ graceMs })
  await pool.close({ drainTimeoutMs })
}
