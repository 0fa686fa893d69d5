import type { AgentObjectKind } from './agent-object-kind.ts'
import { SelectAIError } from './select-ai-error.ts'

/** The database has an agent, task, tool or team of that name already, so that none was created. */
export class AgentObjectExistsError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'AGENT_OBJECT_EXISTS'
  /** What kind of object it is. */
  readonly kind: AgentObjectKind
  /** Its name; as the caller gave it when it is the object of the call. */
  readonly object: string

  constructor({ kind, object, cause }: { kind: AgentObjectKind; object: string; cause?: unknown }) {
    super({
      message: `There is ${kind === 'agent' ? 'an' : 'a'} ${kind} '${object}' already. Choose another name, change it with setAttributes, or replace it with createOrReplace.`,
      code: AgentObjectExistsError.code,
      retryable: false,
      cause,
    })
    this.kind = kind
    this.object = object
  }
}
