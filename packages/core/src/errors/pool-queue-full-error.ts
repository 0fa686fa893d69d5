import type { PoolStats } from './pool-snapshot.ts'
import { SelectAIError } from './select-ai-error.ts'

/** All connections are busy and the waiting line is full; the call was refused at once. */
export class PoolQueueFullError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'POOL_QUEUE_FULL'
  /** The pool at the moment of the refusal. */
  readonly stats: PoolStats

  constructor({ stats }: { stats: PoolStats }) {
    super({
      message:
        `All ${stats.max} connections of pool '${stats.name}' are busy and ${stats.waiting} calls are waiting already ` +
        `(queueMax ${stats.queueMax}). Shed load, or raise poolMax if the database can carry more sessions.`,
      code: PoolQueueFullError.code,
      retryable: true,
    })
    this.stats = stats
  }
}
