import type { ResolvedPoolOptions } from '../config/pool-options.ts'
import { fromDriverError, isConnectionFatal } from '../errors/from-driver-error.ts'
import { PoolClosedError } from '../errors/pool-closed-error.ts'
import { PoolQueueFullError } from '../errors/pool-queue-full-error.ts'
import type { PoolStats } from '../errors/pool-snapshot.ts'
import { PoolTimeoutError } from '../errors/pool-timeout-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { SelectAIError } from '../errors/select-ai-error.ts'
import { AdmissionQueue, type Slot } from './admission-queue.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from './call-options.ts'
import { ConnectionSource, type LentConnection } from './connection-source.ts'
import { Deadline } from './deadline.ts'
import { diagnoseWait } from './diagnose-wait.ts'
import type { Connection, Driver, PipelineConnection } from './driver-contract.ts'
import { HealthMonitor } from './health-monitor.ts'
import { OpenCalls } from './open-calls.ts'
import { type Holder, PoolActivity } from './pool-activity.ts'
import { judge, type PoolHealth } from './pool-health.ts'
import { PoolUpkeep } from './pool-upkeep.ts'
import { qualifyStatement } from './qualify-statement.ts'
import { announce } from './session-attributes.ts'
import { settleWithin } from './settle-within.ts'
import { type StatementConnection, statementConnection } from './statement-connection.ts'
import { useConnection } from './use-connection.ts'

const isConnectedTimeoutMs = 3000
const drainTimeoutMs = 10_000
/** Longest wait, beyond the grace of a break, for calls that were ended by closing the pool. */
const endingPatienceMs = 2500

/** How the rooms above ask for a connection. */
export interface LendRequest {
  /** What is done, in the words of the method; shown among the holders of connections. */
  readonly action: string
  /** The profile that the call is about. */
  readonly profile?: string | undefined
  readonly options: CallOptions
  /** What must have settled before the call gets in line; its budget covers that wait too. */
  readonly after?: Promise<unknown> | undefined
}

/** What a borrower inside this package gets. */
export interface Lease {
  readonly connection: StatementConnection
  /** Names packages and views as the pool's settings say; `connection.execute` does so by itself. */
  readonly qualify: (statement: string) => string
  readonly deadline: Deadline
  readonly driver: Driver
  readonly maxAnswerCharacters: number
}

/** What a borrower outside of it gets a part of. */
interface WholeLease extends Lease {
  readonly connection: WholeConnection
}

type WholeConnection = Connection & PipelineConnection

const unchanged = (statement: string): string => statement

type Lend = <T>(
  pool: ConnectionPool,
  request: LendRequest,
  work: (lease: Lease) => Promise<T>,
  explain: (error: unknown) => SelectAIError,
) => Promise<T>

/** Lends a connection to another room of this package, which leaves the session as it found it and explains what failed. */
export let lend: Lend

/** The connections of one database user: waiting line, lending, health and lifecycle. */
export class ConnectionPool {
  static {
    lend = (pool, request, work, explain) => {
      const { packageSchema } = pool.#options
      if (packageSchema === undefined) return pool.#lend(request, work, explain)
      const qualified = ({ connection, ...lease }: WholeLease) =>
        work({
          ...lease,
          connection: statementConnection(connection, packageSchema),
          qualify: (statement) => qualifyStatement(statement, packageSchema),
        })
      return pool.#lend(request, qualified, explain)
    }
  }

  /** Name of the pool in errors and statistics. */
  readonly name: string
  readonly #options: ResolvedPoolOptions
  readonly #queue: AdmissionQueue
  readonly #activity = new PoolActivity()
  readonly #health: HealthMonitor = new HealthMonitor(() => this.#upkeep.touch(1))
  readonly #calls = new OpenCalls()
  readonly #returning = new Set<Promise<void>>()
  readonly #source: ConnectionSource
  readonly #upkeep: PoolUpkeep
  #state: PoolStats['state'] = 'open'
  #opening: Promise<void> | undefined
  #closing: Promise<void> | undefined

  protected constructor(options: ResolvedPoolOptions) {
    this.name = options.name
    this.#options = options
    this.#queue = new AdmissionQueue({ capacity: options.poolMax, queueMax: options.queueMax })
    this.#source = new ConnectionSource(options, this.#health)
    this.#upkeep = new PoolUpkeep({
      queue: this.#queue,
      source: this.#source,
      health: this.#health,
      calls: this.#calls,
      minimum: options.poolMin,
    })
  }

  /**
   * Opens the first connection, so that a mistake in the settings shows now and with its real reason; up to `poolMin` follow in
   * the background. With `verify: 'none'` it opens none. A pool that is not opened opens its connections with the first calls.
   *
   * Calls at the same time share one attempt. After a failed one the pool is as before: call again, or close it. A login that
   * was refused is not tried again at once, which could lock the account: until the pool itself has tried, `open` fails alike.
   *
   * @throws LoginError, ConnectError when the database cannot be used; ConfigurationError when the driver is missing;
   * PoolClosedError
   */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined
      throw error
    })
    return this.#opening
  }

  /**
   * Lends a connection of the `oracledb` driver to `work` and takes it back when `work` is done, in every case.
   * An open transaction is rolled back, and client id, client info, module, action and call time-out are reset; other state
   * that SQL left in the session (package variables, NLS settings) stays with the connection.
   *
   * `signal` in the second argument aborts when the call's time is over, its caller gave up or the pool closes. The statement
   * under way is then broken off, and if `work` does not end within `breakGraceMs` the connection is thrown away.
   *
   * Errors of `work` pass through unchanged.
   *
   * @throws PoolQueueFullError, PoolTimeoutError, PoolClosedError, CallTimeoutError, CallAbortedError, ConnectError, LoginError
   * @example
   * const count = await pool.withConnection(async (connection) => {
   *   const result = await connection.execute<[number]>('SELECT COUNT(*) FROM sh.promotions')
   *   return result.rows?.[0]?.[0]
   * }, { label: 'GET /count', timeoutMs: 5000 })
   */
  async withConnection<T>(
    work: (connection: Connection, context: { readonly signal: AbortSignal }) => Promise<T> | T,
    options: CallOptions = {},
  ): Promise<T> {
    if (typeof work !== 'function') {
      throw new SelectAIArgumentError({ argument: 'work', message: 'must be a function that gets the connection.' })
    }
    checkCallOptions(options, callOptionNames)
    return this.#lend({ action: 'connection', options }, async ({ connection, deadline }) =>
      work(connection, { signal: deadline.signal }),
    )
  }

  /** `explain` is given by borrowers who leave nothing in the session; errors of the others pass through. */
  async #lend<T>(
    request: LendRequest,
    work: (lease: WholeLease) => Promise<T>,
    explain?: (error: unknown) => SelectAIError,
  ): Promise<T> {
    const { signal, onPhase, timeoutMs = this.#options.callTimeoutMs } = request.options
    const deadline = new Deadline({ timeoutMs, signal, onPhase })
    this.#calls.begin(deadline)
    try {
      if (request.after) await this.#outlast(request.after, deadline)
      if (this.#state !== 'open') throw new PoolClosedError()
      if (deadline.error) throw deadline.error
      // What is at hand is taken at once: each wait for something that is there already would cost a turn.
      const slot = this.#queue.tryEnter() ?? (await this.#wait(deadline))
      const lent = this.#source.takeWarm(slot) ?? (await this.#acquire(slot, deadline))
      const holder = this.#hand(lent, request)
      deadline.enter('calling')
      const lease = this.#leaseOf(lent, deadline)
      const { breakGraceMs } = this.#options
      const { settlement, fate } = await useConnection(lease.connection, () => work(lease), { deadline, breakGraceMs })
      const kept = fate === 'reuse' && settlement.kind === 'resolved' && explain && this.#source.keep(lent)
      if (kept) this.#activity.back(holder, true)
      else await this.#giveBack(lent, fate, holder)
      this.#learn(settlement, fate)
      if (settlement.kind === 'rejected') throw settlement.error
      return settlement.value
    } catch (error) {
      this.#activity.failed(error)
      throw explain?.(error) ?? error
    } finally {
      this.#calls.end(deadline)
    }
  }

  #hand(lent: LentConnection, { action, profile, options: { label } }: LendRequest): Holder {
    announce(lent.held, label ?? action)
    return this.#activity.lent({ label, action, profile })
  }

  #leaseOf({ held: { connection, origin } }: LentConnection, deadline: Deadline): WholeLease {
    const { maxAnswerCharacters } = this.#options
    return { connection, qualify: unchanged, deadline, driver: origin.driver, maxAnswerCharacters }
  }

  /**
   * Whether the database can be used now: borrows a connection and pings it. When all connections are at work the answer comes
   * from what is known. Never rejects; false after `close` and when `timeoutMs` (default 3000) passes.
   */
  async isConnected(options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {}): Promise<boolean> {
    if (this.#state !== 'open') return false
    const slot = this.#queue.tryEnter()
    if (slot === undefined) return this.#health.failure === undefined
    const { timeoutMs = isConnectedTimeoutMs, signal } = options
    return this.#upkeep.ping(slot, new Deadline({ timeoutMs, signal }))
  }

  /** The pool at this moment, as plain frozen data. */
  stats(): PoolStats {
    const { name, poolMax, poolMin, queueMax } = this.#options
    return Object.freeze({
      name,
      state: this.#state,
      max: poolMax,
      min: poolMin,
      open: this.#state === 'closed' ? 0 : this.#source.open,
      inUse: this.#queue.inUse,
      waiting: this.#queue.waiting,
      queueMax,
      oldestWaiterMs: this.#queue.oldestWaiterMs,
      totals: this.#activity.totals(),
      holders: this.#activity.holders(),
    })
  }

  /** Whether a call would be served, from memory: borrows nothing and asks nobody. */
  health(): PoolHealth {
    return judge(this.stats(), this.#queue.full, this.#health.failure)
  }

  /**
   * Closes the pool: refuses new calls, sends the waiting line away, lets calls finish for `drainTimeoutMs` (default 10000),
   * breaks off the rest, and ends all connections. Always comes to an end; closing again gives the same promise.
   */
  close(options: { readonly drainTimeoutMs?: number } = {}): Promise<void> {
    const drain = options.drainTimeoutMs ?? drainTimeoutMs
    if (!Number.isFinite(drain) || drain < 0) {
      const message = 'must be a number of milliseconds that is not negative.'
      return Promise.reject(new SelectAIArgumentError({ argument: 'options.drainTimeoutMs', message }))
    }
    this.#closing ??= this.#close(Math.min(drain, 2 ** 31 - 1))
    return this.#closing
  }

  /** `await using pool = await createPool()` closes the pool at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #open(): Promise<void> {
    if (this.#state !== 'open') throw new PoolClosedError()
    await this.#source.prepare()
    this.#upkeep.start()
    const { verify, connectTimeoutMs, poolMin } = this.#options
    if (verify === 'none') return
    await this.#lend({ action: 'verify', options: { timeoutMs: 2 * connectTimeoutMs } }, async () => {})
    if (this.#source.open < poolMin) void this.#upkeep.touch(poolMin)
  }

  /** The line of a pool that began to close meanwhile was sent away; nobody may enter it later, so the state counts after the wait. */
  async #outlast(before: Promise<unknown>, deadline: Deadline): Promise<void> {
    if (this.#state === 'open') await deadline.outlast(before)
  }

  #wait(deadline: Deadline): Promise<Slot> {
    return this.#queue.enter({
      deadline,
      queueTimeoutMs: this.#options.queueTimeoutMs,
      timedOut: (waitedMs) => this.#waitedTooLong(waitedMs),
      queueFull: () => new PoolQueueFullError({ stats: this.stats() }),
    })
  }

  async #giveBack(lent: LentConnection, fate: 'reuse' | 'drop', holder: Holder): Promise<void> {
    const returning: Promise<void> = this.#source.giveBack(lent, fate).then((reusable) => {
      this.#activity.back(holder, reusable)
      this.#returning.delete(returning)
    })
    this.#returning.add(returning)
    // A connection that does not let go must not keep its caller waiting.
    if (fate === 'reuse') await returning
  }

  async #acquire(slot: Slot, deadline: Deadline): Promise<LentConnection> {
    const openBefore = this.#source.open
    try {
      const lent = await this.#source.acquire(slot, deadline)
      this.#upkeep.start()
      const { poolIncrement, poolMax } = this.#options
      const more = Math.min(poolIncrement - 1, poolMax - this.#source.open)
      if (this.#source.open > openBefore && more > 0) void this.#upkeep.touch(more)
      return lent
    } catch (error) {
      // With no connection at all, nobody in the line could get one either; they are told the real reason now.
      if (SelectAIError.isInstance(error) && error === this.#health.failure && this.#source.open === 0) {
        this.#queue.refuseAll(error)
      }
      throw error
    }
  }

  #waitedTooLong(waitedMs: number): PoolTimeoutError {
    const stats = this.stats()
    return new PoolTimeoutError({ stats, waitedMs, diagnosis: diagnoseWait(stats, this.#options.callTimeoutMs) })
  }

  #learn(settlement: { kind: 'resolved' } | { kind: 'rejected'; error: unknown }, fate: 'reuse' | 'drop'): void {
    if (settlement.kind === 'rejected' && isConnectionFatal(settlement.error)) {
      this.#health.failed(fromDriverError(settlement.error, { phase: 'call' }))
    } else if (fate === 'drop') this.#health.suspect()
    else this.#health.succeeded()
  }

  async #close(drain: number): Promise<void> {
    this.#state = 'draining'
    this.#health.stop()
    this.#upkeep.stop()
    this.#queue.refuseAll(new PoolClosedError())
    if (!(await this.#calls.ended(drain))) {
      const message = 'The pool closed and its drain time was over; the call was ended.'
      this.#calls.expire(new PoolClosedError({ message }))
      await this.#calls.ended(this.#options.breakGraceMs + endingPatienceMs)
    }
    await settleWithin(Promise.allSettled([...this.#returning]), endingPatienceMs)
    await this.#source.close()
    this.#state = 'closed'
  }
}
