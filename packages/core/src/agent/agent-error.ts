import { conversationErrorOf } from '../conversation/conversation-error.ts'
import { AgentObjectDisabledError } from '../errors/agent-object-disabled-error.ts'
import { AgentObjectExistsError } from '../errors/agent-object-exists-error.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { AgentObjectNotFoundError } from '../errors/agent-object-not-found-error.ts'
import { InvalidAttributeError } from '../errors/invalid-attribute-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { ProfileNotFoundError } from '../errors/profile-not-found-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'

// Of agents, tasks, tools and teams, in this order; creating one may fail with the number of another.
const firstNumber = 20_050
const lastNumber = 20_053
const invalidProfile = 20_046

/** What a call is about. */
export interface AgentErrorContext {
  readonly kind: AgentObjectKind
  readonly name: string
  /** The conversation of a run. */
  readonly conversationId?: string
}

/**
 * The error for what the database says of agents; undefined for anything else. Only its text tells what is wrong with which object: a
 * team also fails for its agents, their tasks, tools and profiles.
 */
export function agentErrorOf(cause: unknown, context: AgentErrorContext): SelectAIError | undefined {
  const number = oracleErrorNumber(cause) ?? 0
  const [complaint = ''] = cause instanceof Error ? cause.message.split('\n') : []
  if (number === invalidProfile) return profileErrorOf(cause, complaint)
  if (number < firstNumber || number > lastNumber) return undefined
  // Conversations share the number of agents.
  if (/\bconversation\b/i.test(complaint)) {
    return context.conversationId === undefined ? undefined : conversationErrorOf(cause, context.conversationId)
  }
  const told = { ...objectOf(complaint, context), cause }
  if (/\balready exists\b/i.test(complaint)) return new AgentObjectExistsError(told)
  if (/\bdoes not exist\b/i.test(complaint)) return new AgentObjectNotFoundError(told)
  if (/\bis disabled\b/i.test(complaint)) return new AgentObjectDisabledError(told)
  if (!/\battribute\b|\bdescription\b/i.test(complaint)) return undefined
  const attribute = /\battribute\s*-\s*(\w+)/i.exec(complaint)?.[1]
  return new InvalidAttributeError({ ...told, attribute })
}

/** The object that the text names; that of the call, as the caller gave it, when it is the same or none is named. */
function objectOf(
  complaint: string,
  { kind, name }: AgentErrorContext,
): { readonly kind: AgentObjectKind; readonly object: string } {
  const [, toldKind, told] =
    /\b(agent|task|tool|team)\s+["']?([\p{L}\p{N}_$#.]+)["']?\s+(?:already|does|is)\b/iu.exec(complaint) ?? []
  if (toldKind === undefined || told === undefined) return { kind, object: name }
  const named = toldKind.toLowerCase() as AgentObjectKind
  return { kind: named, object: named === kind && told.toUpperCase() === name.toUpperCase() ? name : told }
}

function profileErrorOf(cause: unknown, complaint: string): SelectAIError | undefined {
  const profile = /\bprofile\s+["']?([\p{L}\p{N}_$#.]+)/iu.exec(complaint)?.[1]
  return profile === undefined ? undefined : new ProfileNotFoundError({ profile, cause })
}
