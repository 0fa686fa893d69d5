import { conversationErrorOf } from '../conversation/conversation-error.ts'
import { AgentObjectDisabledError } from '../errors/agent-object-disabled-error.ts'
import { AgentObjectExistsError } from '../errors/agent-object-exists-error.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { AgentObjectNotFoundError } from '../errors/agent-object-not-found-error.ts'
import { InvalidAttributeError } from '../errors/invalid-attribute-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { ProfileNotFoundError } from '../errors/profile-not-found-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'

const kindsByNumber: Readonly<Record<number, AgentObjectKind>> = {
  20050: 'agent',
  20051: 'task',
  20052: 'tool',
  20053: 'team',
}
const invalidProfile = 20046

/** What a call is about. */
export interface AgentErrorContext {
  readonly kind: AgentObjectKind
  readonly name: string
  /** The conversation of a run. */
  readonly conversationId?: string
}

/**
 * The error for what the database says of agents; undefined for anything else. Its numbers tell the kind of object alone, and its
 * text what is wrong with which: a team also fails for its agents, their tasks, tools and profiles.
 */
export function agentErrorOf(cause: unknown, context: AgentErrorContext): SelectAIError | undefined {
  const number = oracleErrorNumber(cause) ?? 0
  const [complaint = ''] = cause instanceof Error ? cause.message.split('\n') : []
  if (number === invalidProfile) return profileErrorOf(cause, complaint)
  const kind = kindsByNumber[number]
  if (kind === undefined) return undefined
  // Conversations share the number of agents.
  if (/\bconversation\b/i.test(complaint)) {
    return context.conversationId === undefined ? undefined : conversationErrorOf(cause, context.conversationId)
  }
  const object = objectOf(complaint, kind, context)
  if (/\balready exists\b/i.test(complaint)) return new AgentObjectExistsError({ kind, object, cause })
  if (/\bdoes not exist\b/i.test(complaint)) return new AgentObjectNotFoundError({ kind, object, cause })
  if (/\bis disabled\b/i.test(complaint)) return new AgentObjectDisabledError({ kind, object, cause })
  if (!/\battribute\b|\bdescription\b/i.test(complaint)) return undefined
  const attribute = /\battribute\s*-\s*(\w+)/i.exec(complaint)?.[1]
  return new InvalidAttributeError({ kind, object, attribute, cause })
}

/** The name in the text; that of the call as the caller gave it when it is the same, or none is told. */
function objectOf(complaint: string, kind: AgentObjectKind, { kind: own, name }: AgentErrorContext): string {
  const told = /\b(?:agent|task|tool|team)\s+["']?([\p{L}\p{N}_$#.]+)["']?\s+(?:already|does|is)\b/iu.exec(
    complaint,
  )?.[1]
  const isOwn = told === undefined || (kind === own && told.toUpperCase() === name.toUpperCase())
  return isOwn ? name : told
}

function profileErrorOf(cause: unknown, complaint: string): SelectAIError | undefined {
  const profile = /\bprofile\s+["']?([\p{L}\p{N}_$#.]+)/iu.exec(complaint)?.[1]
  return profile === undefined ? undefined : new ProfileNotFoundError({ profile, cause })
}
