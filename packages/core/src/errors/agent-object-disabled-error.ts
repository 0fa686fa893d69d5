import type { AgentObjectKind } from './agent-object-kind.ts'
import { SelectAIError } from './select-ai-error.ts'

/** An agent, task, tool or team that was to be used is disabled. It need not be the one of the call. */
export class AgentObjectDisabledError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'AGENT_OBJECT_DISABLED'
  /** What kind of object it is. */
  readonly kind: AgentObjectKind
  /** Its name; as the caller gave it when it is the object of the call. */
  readonly object: string

  constructor({ kind, object, cause }: { kind: AgentObjectKind; object: string; cause?: unknown }) {
    super({
      message: `The ${kind} '${object}' is disabled. Enable it with enable.`,
      code: AgentObjectDisabledError.code,
      retryable: false,
      cause,
    })
    this.kind = kind
    this.object = object
  }
}
