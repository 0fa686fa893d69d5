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

/** How often the connections that nobody took since the last time go back to the driver's pool. */
const coolingMs = 1000

/**
 * Connections whose last call left nothing behind, kept for the calls that follow at once. A busy service so passes each on from
 * one request to the next, without the driver's pool, without naming the session again and, with DRCP, without the round trip
 * that gives a session back. What nobody asks for within one to two seconds goes to the driver's pool, which pings and closes
 * idle ones.
 */
export class WarmConnections {
  readonly #release: (held: HeldConnection) => void
  /** The latest comes last and is taken first, so that those which are not needed cool down. */
  readonly #held: HeldConnection[] = []
  /** How many, from the first on, have stood there since the last cooling. */
  #untouched = 0
  #timer: NodeJS.Timeout | undefined

  /** `release` takes back what has cooled down. */
  constructor(release: (held: HeldConnection) => void) {
    this.#release = release
  }

  put(held: HeldConnection): void {
    this.#held.push(held)
    this.#timer ??= setInterval(() => this.#cool(), coolingMs).unref()
  }

  take(): HeldConnection | undefined {
    const held = this.#held.pop()
    if (this.#held.length < this.#untouched) this.#untouched = this.#held.length
    return held
  }

  /** Takes all of them. */
  empty(): HeldConnection[] {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#untouched = 0
    return this.#held.splice(0)
  }

  #cool(): void {
    for (const held of this.#held.splice(0, this.#untouched)) this.#release(held)
    this.#untouched = this.#held.length
    if (this.#untouched === 0) this.empty()
  }
}
