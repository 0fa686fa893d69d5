import type { ResolvedPoolOptions } from '../config/pool-options.ts'
import { ConnectError } from '../errors/connect-error.ts'
import { fromDriverError } from '../errors/from-driver-error.ts'
import { LoginError } from '../errors/login-error.ts'
import { PoolClosedError } from '../errors/pool-closed-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Slot } from './admission-queue.ts'
import type { Deadline } from './deadline.ts'
import type { Connection } from './driver-contract.ts'
import { DriverPool } from './driver-pool.ts'
import type { HealthMonitor } from './health-monitor.ts'
import { loadDriver } from './load-driver.ts'
import { clearSession, markSession } from './session-attributes.ts'
import { settleWithin } from './settle-within.ts'
import { type HeldConnection, WarmConnections } from './warm-connections.ts'

/** A connection that is out, and the right to use it. */
export interface LentConnection {
  readonly held: HeldConnection
  readonly slot: Slot
}

/** Gets connections and takes them back. Whatever happens, the slot of a request is released exactly once. */
export class ConnectionSource {
  readonly #options: ResolvedPoolOptions
  readonly #health: HealthMonitor
  readonly #retired = new Set<DriverPool>()
  readonly #warm = new WarmConnections((held) => void this.#release(held, 'reuse'))
  #current: DriverPool | undefined
  #preparing: Promise<DriverPool> | undefined
  #closed = false

  constructor(options: ResolvedPoolOptions, health: HealthMonitor) {
    this.#options = options
    this.#health = health
  }

  get open(): number {
    return this.#pools().reduce((sum, pool) => sum + pool.open, 0)
  }

  /**
   * Loads the driver and makes its pool, which opens no connection. Whoever comes meanwhile waits for the same attempt; one
   * that failed is forgotten, so that the next may succeed.
   */
  async prepare(): Promise<DriverPool> {
    if (this.#current) return this.#current
    this.#preparing ??= this.#prepare().finally(() => {
      this.#preparing = undefined
    })
    return this.#preparing
  }

  /** A connection for the holder of `slot` that the last call has left at hand, if there is one. */
  takeWarm(slot: Slot): LentConnection | undefined {
    for (let held = this.#warm.take(); held; held = this.#warm.take()) {
      if (held.connection.isHealthy()) return { held, slot }
      void this.#release(held, 'drop')
    }
    return undefined
  }

  /**
   * A connection for the holder of `slot`. Rejects with the real reason when none can be opened, and with the deadline's
   * error when that ends first; a connection that comes too late goes back where it came from.
   */
  async acquire(slot: Slot, deadline: Deadline): Promise<LentConnection> {
    const warm = this.takeWarm(slot)
    if (warm) return warm
    const origin = this.#current ?? (await this.#preparedFor(slot))
    const refusal = this.#health.failure
    // A login that was refused would be refused again, and each attempt brings the account closer to being locked.
    if (LoginError.isInstance(refusal) && origin.idle === 0 && !this.#health.probing) {
      slot.release()
      throw refusal
    }
    const acquiring = origin.acquire()
    const started = performance.now()
    const outcome = await this.#wait(acquiring, deadline)
    if (outcome.kind === 'resolved') {
      this.#health.succeeded()
      return { held: { connection: outcome.value, origin, before: markSession(outcome.value) }, slot }
    }
    if (outcome.kind === 'rejected') {
      slot.release()
      throw this.#failed(fromDriverError(outcome.error, { phase: 'connect' }))
    }
    const patience = this.#options.connectTimeoutMs - (performance.now() - started)
    void this.#takeLate(acquiring, origin, slot, patience)
    throw deadline.error ?? this.#failed(new ConnectError({ message: noAnswer(this.#options.connectTimeoutMs) }))
  }

  /**
   * Takes a connection back whose call left nothing in the session, for the next call. Returns false when it must be given back
   * instead.
   */
  keep({ held, slot }: LentConnection): boolean {
    const { connection, origin } = held
    // Only a driver that knows of transactions can say that there is none.
    if (this.#closed || origin !== this.#current || connection.transactionInProgress !== false) return false
    this.#warm.put(held)
    slot.release()
    return true
  }

  /** Takes a connection back, for reuse or to throw it away. Resolves to whether it can be lent again. Never rejects. */
  async giveBack({ held, slot }: LentConnection, fate: 'reuse' | 'drop'): Promise<boolean> {
    try {
      return await this.#release(held, fate)
    } finally {
      slot.release()
    }
  }

  /** Ends all connections. Nothing may be acquired afterwards. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#preparing?.catch(() => {})
    await this.#releaseWarm()
    await Promise.all(this.#pools().map((pool) => pool.close()))
  }

  async #releaseWarm(): Promise<void> {
    await Promise.all(this.#warm.empty().map((held) => this.#release(held, 'reuse')))
  }

  async #release({ connection, origin, before }: HeldConnection, fate: 'reuse' | 'drop'): Promise<boolean> {
    if (fate === 'reuse' && clearSession(connection, before)) return await origin.release(connection)
    // A driver that does not let go still counts the connection as lent, so there is one place less in its pool.
    if (!(await origin.drop(connection))) this.#retire(origin)
    return false
  }

  #pools(): DriverPool[] {
    return this.#current ? [this.#current, ...this.#retired] : []
  }

  async #prepare(): Promise<DriverPool> {
    const driver = await loadDriver(this.#options.driver)
    try {
      const pool = await DriverPool.create(driver, this.#options)
      if (this.#closed) {
        await pool.close()
        throw new PoolClosedError()
      }
      this.#current = pool
      return pool
    } catch (error) {
      throw fromDriverError(error, { phase: 'connect' })
    }
  }

  async #preparedFor(slot: Slot): Promise<DriverPool> {
    try {
      return await this.prepare()
    } catch (error) {
      slot.release()
      throw this.#failed(error as SelectAIError)
    }
  }

  #wait(acquiring: Promise<Connection>, deadline: Deadline): ReturnType<typeof settleWithin<Connection>> {
    return new Promise((resolve) => {
      const forget = deadline.onExpire(() => resolve({ kind: 'pending' }))
      void settleWithin(acquiring, this.#options.connectTimeoutMs).then((settlement) => {
        forget()
        resolve(settlement)
      })
    })
  }

  async #takeLate(acquiring: Promise<Connection>, origin: DriverPool, slot: Slot, patience: number): Promise<void> {
    const late = await settleWithin(acquiring, Math.max(0, patience))
    if (late.kind === 'resolved') await origin.release(late.value)
    if (late.kind === 'rejected') this.#failed(fromDriverError(late.error, { phase: 'connect' }))
    if (late.kind === 'pending') {
      // Connections are opened one after the other: behind an attempt that never ends, no other would ever begin.
      this.#retire(origin)
      acquiring.then(
        (connection) => origin.drop(connection),
        () => {},
      )
    }
    slot.release()
  }

  #failed(error: SelectAIError): SelectAIError {
    this.#health.failed(error)
    return error
  }

  #retire(pool: DriverPool): void {
    if (this.#closed || pool !== this.#current) return
    DriverPool.create(pool.driver, this.#options).then(
      (fresh) => {
        if (this.#closed || pool !== this.#current) return fresh.close()
        this.#current = fresh
        this.#retired.add(pool)
        pool.retire()
        void this.#releaseWarm()
      },
      // It was possible once; should it fail now, the next one that gets stuck tries again.
      () => {},
    )
  }
}

function noAnswer(milliseconds: number): string {
  return (
    `The database did not let a connection in within ${milliseconds} ms (connectTimeoutMs, SELECT_AI_CONNECT_TIMEOUT_MS). ` +
    'Check the listener, the network and the load of the database.'
  )
}
