import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** Options of everything that talks to the database. */
export interface CallOptions {
  /** Ends the call when it aborts: in the line at once, in the database by a break. */
  readonly signal?: AbortSignal | undefined
  /** Budget in milliseconds for waiting, the call and reading the answer together. Default: the pool's `callTimeoutMs`. */
  readonly timeoutMs?: number | undefined
  /**
   * Who asks, for example `GET /chat`. Shown among the holders in statistics and time-out errors,
   * and to the database as the session's ACTION (its first 32 bytes).
   */
  readonly label?: string | undefined
  /** Told when the call gets its connection (`calling`), and when it reads a long answer (`reading`). What it throws is ignored. */
  readonly onPhase?: ((phase: 'calling' | 'reading') => void) | undefined
}

const longestTimerMs = 2 ** 31 - 1

/** @throws SelectAIArgumentError for an unknown option or an unusable value. */
export function checkCallOptions(options: CallOptions, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new SelectAIArgumentError({ argument: 'options', message: 'must be an object.' })
  }
  for (const unknown of Object.keys(options)) {
    if (known.includes(unknown)) continue
    const message = `is not an option of this call. Known options: ${known.join(', ')}.`
    throw new SelectAIArgumentError({ argument: `options.${unknown}`, message })
  }
  const { signal, timeoutMs, label, onPhase } = options
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new SelectAIArgumentError({ argument: 'options.signal', message: 'must be an AbortSignal.' })
  }
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= longestTimerMs)) {
    const message = `must be a whole number of milliseconds from 1 to ${longestTimerMs}.`
    throw new SelectAIArgumentError({ argument: 'options.timeoutMs', message })
  }
  if (label !== undefined && typeof label !== 'string') {
    throw new SelectAIArgumentError({ argument: 'options.label', message: 'must be a text.' })
  }
  if (onPhase !== undefined && typeof onPhase !== 'function') {
    throw new SelectAIArgumentError({ argument: 'options.onPhase', message: 'must be a function.' })
  }
}

/** Options of a deletion that may find nothing to delete. */
export interface ForceOption {
  readonly force?: boolean | undefined
}

/** Takes `force` out of the options of a deletion. @throws SelectAIArgumentError for an option that is unknown or unusable. */
export function readForce(options: CallOptions & ForceOption): {
  readonly force: boolean
  readonly options: CallOptions
} {
  checkCallOptions(options, [...callOptionNames, 'force'])
  const { force = false, ...others } = options
  if (typeof force === 'boolean') return { force, options: others }
  throw new SelectAIArgumentError({ argument: 'options.force', message: 'must be true or false.' })
}

/** Names of the options that every call has. */
export const callOptionNames: readonly string[] = ['signal', 'timeoutMs', 'label', 'onPhase']

/** By its shape: a signal may come from another realm, where `instanceof` says no. */
function isAbortSignal(value: unknown): boolean {
  if (value instanceof AbortSignal) return true
  const { aborted, addEventListener } = Object(value) as Partial<AbortSignal>
  return typeof aborted === 'boolean' && typeof addEventListener === 'function'
}
