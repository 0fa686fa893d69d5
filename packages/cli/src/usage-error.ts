/** A mistake in the command line. It is told in one sentence that names the option and the fix. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UsageError'
  }
}
