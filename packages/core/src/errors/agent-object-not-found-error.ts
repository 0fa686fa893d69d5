import type { AgentObjectKind } from './agent-object-kind.ts'
import { SelectAIError } from './select-ai-error.ts'

/** The database knows no agent, task, tool or team of that name for this user. It need not be the one of the call: a team fails so when an agent of it is missing. */
export class AgentObjectNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'AGENT_OBJECT_NOT_FOUND'
  /** What kind of object it is. */
  readonly kind: AgentObjectKind
  /** Its name; as the caller gave it when it is the object of the call. */
  readonly object: string

  constructor({ kind, object, cause }: { kind: AgentObjectKind; object: string; cause?: unknown }) {
    super({
      message: `The database has no ${kind} '${object}' for this user. Create it, or check the name.`,
      code: AgentObjectNotFoundError.code,
      retryable: false,
      cause,
    })
    this.kind = kind
    this.object = object
  }
}
