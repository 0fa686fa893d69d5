/** What a check came to. */
export type CheckStatus = 'ok' | 'failed' | 'skipped'

/** The outcome of one check. */
export interface CheckResult {
  readonly name: string
  readonly status: CheckStatus
  /** What was found, in one sentence. */
  readonly detail: string
  /** What to do about it, when it failed. */
  readonly advice?: string
  /** The words of the database and the driver, when it was them who failed. */
  readonly cause?: string
}

/** One thing that must be right before a question can be answered. */
export interface Check {
  readonly name: string
  /** @returns what was found. @throws Finding, or an error of the core, when something is wrong. */
  run(): Promise<string>
}

/** Something that is wrong, with what to do about it. */
export class Finding extends Error {
  readonly advice: string

  constructor(detail: string, advice: string, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'Finding'
    this.advice = advice
  }
}

/** The code of the driver or the database, for example `NJS-503`, in an error or in what caused it. */
export function driverCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' && /^(NJS|ORA|DPI)-\d+$/.test(code) ? code : driverCodeOf(error.cause)
}
