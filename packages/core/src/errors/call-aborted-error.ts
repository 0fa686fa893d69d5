import type { CallPhase } from './call-phase.ts'
import { SelectAIError } from './select-ai-error.ts'

/** The caller's signal ended the call. `cause` is the signal's reason. */
export class CallAbortedError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CALL_ABORTED'
  /** Where the call was when the signal came. */
  readonly phase: CallPhase

  constructor({ phase, cause }: { phase: CallPhase; cause?: unknown }) {
    super({
      message: `The call was aborted by its signal (it was ${phase}).`,
      code: CallAbortedError.code,
      retryable: false,
      cause,
    })
    this.phase = phase
  }
}
