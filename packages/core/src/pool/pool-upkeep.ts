import { CallAbortedError } from '../errors/call-aborted-error.ts'
import { fromDriverError } from '../errors/from-driver-error.ts'
import type { AdmissionQueue, Slot } from './admission-queue.ts'
import type { ConnectionSource } from './connection-source.ts'
import { Deadline } from './deadline.ts'
import type { HealthMonitor } from './health-monitor.ts'
import type { OpenCalls } from './open-calls.ts'
import { useConnection } from './use-connection.ts'

/** How long looking after an idle connection may take. */
const touchTimeoutMs = 5000
/** Shorter than the driver's patience with idle connections, so that the minimum stays open. */
const intervalMs = 30_000

/** What the upkeep shares with the pool. */
export interface UpkeepParts {
  readonly queue: AdmissionQueue
  readonly source: ConnectionSource
  readonly health: HealthMonitor
  readonly calls: OpenCalls
  /** Connections to keep open. */
  readonly minimum: number
}

/** Looks after connections that nobody uses: keeps the minimum open and finds out whether the database answers. */
export class PoolUpkeep {
  readonly #parts: UpkeepParts
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(parts: UpkeepParts) {
    this.#parts = parts
  }

  /** Touches the minimum now and then, which keeps the driver from closing it and opens what is missing. Once is enough. */
  start(): void {
    const { minimum } = this.#parts
    if (minimum === 0 || this.#stopped || this.#timer !== undefined) return
    this.#timer = setInterval(() => void this.touch(minimum), intervalMs)
    this.#timer.unref()
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#timer)
  }

  /** Uses up to `count` free connections for a moment, opening them where they are missing. Never rejects. */
  async touch(count: number): Promise<void> {
    const slots: Slot[] = []
    while (slots.length < count && !this.#stopped) {
      const slot = this.#parts.queue.tryEnter()
      if (slot === undefined) break
      slots.push(slot)
    }
    await Promise.all(slots.map((slot) => this.ping(slot, new Deadline({ timeoutMs: touchTimeoutMs }))))
  }

  /** Borrows a connection and has the database answer on it. Never rejects. */
  async ping(slot: Slot, deadline: Deadline): Promise<boolean> {
    const { calls } = this.#parts
    calls.begin(deadline)
    const alive = await this.#ping(slot, deadline)
    calls.end(deadline)
    return alive
  }

  async #ping(slot: Slot, deadline: Deadline): Promise<boolean> {
    const { source, health } = this.#parts
    try {
      const lent = await source.acquire(slot, deadline)
      const { connection } = lent.held
      const { settlement } = await useConnection(connection, () => connection.ping(), { deadline, breakGraceMs: 0 })
      const alive = settlement.kind === 'resolved'
      const returning = source.giveBack(lent, alive ? 'reuse' : 'drop')
      if (alive) {
        await returning
        health.succeeded()
      } else if (CallAbortedError.isInstance(settlement.error)) health.suspect()
      else health.failed(fromDriverError(settlement.error, { phase: 'connect' }))
      return alive
    } catch {
      return false
    }
  }
}
