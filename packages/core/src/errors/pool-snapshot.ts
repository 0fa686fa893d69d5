/** A call that holds a connection right now. */
export interface PoolHolder {
  /** What the caller named itself in `options.label`, for example a route. */
  readonly label: string | undefined
  /** The Select AI action, or `connection` for `pool.withConnection`. */
  readonly action: string
  /** The profile that is asked; undefined for `pool.withConnection`. */
  readonly profile: string | undefined
  /** Milliseconds since the connection was lent. */
  readonly ageMs: number
}

/** The pool at one moment, as plain frozen data without secrets. */
export interface PoolStats {
  /** Name of the pool. */
  readonly name: string
  /** `draining` from the call of `close()` until its end. */
  readonly state: 'open' | 'draining' | 'closed'
  /** The setting `poolMax`. */
  readonly max: number
  /** The setting `poolMin`. */
  readonly min: number
  /** Connections that exist. */
  readonly open: number
  /** Connections lent or being opened; never more than `max`. */
  readonly inUse: number
  /** Calls in the waiting line. */
  readonly waiting: number
  /** The setting `queueMax`. */
  readonly queueMax: number
  /** Milliseconds that the first in the line has waited; 0 when nobody waits. */
  readonly oldestWaiterMs: number
  /** What has happened since the pool was created. */
  readonly totals: PoolTotals
  /** Oldest first. */
  readonly holders: readonly PoolHolder[]
}

/** Counters since the pool was created. */
export interface PoolTotals {
  /** Connections lent. */
  readonly borrowed: number
  /** Connections that went back for reuse. */
  readonly returned: number
  /** Connections thrown away because they were broken, stuck or no longer trusted. */
  readonly dropped: number
  /** Waits and calls that ran out of time. */
  readonly timedOut: number
  /** Calls refused because the line was full or the pool closed. */
  readonly rejected: number
  /** Calls ended by their caller's signal. */
  readonly aborted: number
}
