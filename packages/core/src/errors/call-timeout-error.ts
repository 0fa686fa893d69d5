import type { CallPhase } from './call-phase.ts'
import { SelectAIError } from './select-ai-error.ts'

/** The call used up its time budget, which covers waiting, the call itself and reading the answer. */
export class CallTimeoutError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CALL_TIMEOUT'
  /** The whole budget in milliseconds. */
  readonly timeoutMs: number
  /** Where the time ran out. */
  readonly phase: CallPhase

  constructor({ timeoutMs, phase, cause }: { timeoutMs: number; phase: CallPhase; cause?: unknown }) {
    super({
      message:
        `The call did not finish within ${timeoutMs} ms (it was ${phase}). Raise timeoutMs or callTimeoutMs if the model ` +
        'needs longer; work that had reached the database was asked to stop.',
      code: CallTimeoutError.code,
      retryable: true,
      cause,
    })
    this.timeoutMs = timeoutMs
    this.phase = phase
  }
}
