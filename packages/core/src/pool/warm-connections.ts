import type { Connection } from './driver-contract.ts'
import type { DriverPool } from './driver-pool.ts'
import type { SessionMark } from './session-attributes.ts'

/** A connection that the driver's pool has handed out, and what is known of its session. */
export interface HeldConnection {
  readonly connection: Connection
  readonly origin: DriverPool
  readonly before: SessionMark
  /** The action that the session was last told. */
  announced?: string
}

/** How long a connection is kept for the next call before the driver's pool gets it back. */
const coolingMs = 1000

/**
 * Connections whose last call left nothing behind, kept for the calls that follow at once. A busy service so passes each on from
 * one request to the next, without the driver's pool, without naming the session again and, with DRCP, without the round trip
 * that gives a session back. What is not asked for within a second goes to the driver's pool, which pings and closes idle ones.
 */
export class WarmConnections {
  readonly #release: (held: HeldConnection) => void
  /** The latest comes last and is taken first, so that those which are not needed cool down. */
  readonly #held: { readonly held: HeldConnection; readonly since: number }[] = []
  #timer: NodeJS.Timeout | undefined

  /** `release` takes back what has cooled down. */
  constructor(release: (held: HeldConnection) => void) {
    this.#release = release
  }

  put(held: HeldConnection): void {
    this.#held.push({ held, since: performance.now() })
    this.#timer ??= setInterval(() => this.#cool(), coolingMs).unref()
  }

  take(): HeldConnection | undefined {
    return this.#held.pop()?.held
  }

  /** Takes all of them. */
  empty(): HeldConnection[] {
    clearInterval(this.#timer)
    this.#timer = undefined
    return this.#held.splice(0).map(({ held }) => held)
  }

  #cool(): void {
    const before = performance.now() - coolingMs
    while (this.#held[0] && this.#held[0].since <= before)
      this.#release((this.#held.shift() as { held: HeldConnection }).held)
    if (this.#held.length === 0) this.empty()
  }
}
