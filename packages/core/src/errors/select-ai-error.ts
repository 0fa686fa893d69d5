const marker: unique symbol = Symbol.for('select-ai.error')

/** What every error of this package is made from. */
export interface SelectAIErrorOptions {
  readonly message: string
  readonly code: string
  /** Whether the same call may succeed when made again a little later. */
  readonly retryable: boolean
  readonly cause?: unknown
}

/**
 * The base of all errors that this package raises. The message speaks to the operator and says what to do;
 * the driver's own words, where there are any, are in `cause`.
 *
 * Use `SelectAIError.isInstance(error)` instead of `instanceof`: it also recognises errors of a second copy of the package.
 */
export abstract class SelectAIError extends Error {
  /** Stable name of the failure, for example `POOL_TIMEOUT`. */
  readonly code: string
  /** True when nothing was decided against the call and it may be tried again later. */
  readonly retryable: boolean

  constructor(options: SelectAIErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = options.code
    this.retryable = options.retryable
    Object.defineProperty(this, marker, { value: options.code })
  }

  /**
   * Recognises an error of this class, also across two copies of the package.
   * Called on a subclass, it recognises that subclass alone: `PoolTimeoutError.isInstance(error)`.
   */
  static isInstance<T extends SelectAIError>(
    this: (abstract new (...parameters: never[]) => T) & { readonly code?: string },
    error: unknown,
  ): error is T {
    if (typeof error !== 'object' || error === null || !(marker in error)) return false
    // biome-ignore lint/complexity/noThisInStatic: the class that was asked is what is being asked about
    const { code } = this
    return code === undefined || code === error[marker]
  }
}
