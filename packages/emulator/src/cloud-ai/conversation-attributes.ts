import { OracleError } from '../oracle-error.ts'

/** What a conversation is created with, and what an update may change. */
export interface ConversationAttributes {
  readonly title: string
  readonly description: string | null
  /** Days after the last change until the conversation is purged; 0 for never. */
  readonly retentionDays: number
  /** How many of the latest prompts, with their responses, the model gets to see. */
  readonly conversationLength: number
}

export const defaultConversationAttributes: ConversationAttributes = {
  title: 'New Conversation',
  description: null,
  retentionDays: 7,
  conversationLength: 10,
}

const LONGEST_TITLE_BYTES = 128
const LONGEST_DESCRIPTION_BYTES = 4000

const readers: Readonly<Record<string, (value: unknown, name: string) => Partial<ConversationAttributes>>> = {
  title: (value, name) => ({ title: textOf(value, name, LONGEST_TITLE_BYTES) ?? defaultConversationAttributes.title }),
  description: (value, name) => ({ description: textOf(value, name, LONGEST_DESCRIPTION_BYTES) }),
  retention_days: (value, name) => ({
    retentionDays: countOf(value, name) ?? defaultConversationAttributes.retentionDays,
  }),
  conversation_length: (value, name) => ({
    conversationLength: countOf(value, name) ?? defaultConversationAttributes.conversationLength,
  }),
}

/**
 * Reads the attributes that are given, by their names in JSON, whatever their case. A null stands for the default.
 * @throws OracleError ORA-20050 for an unknown attribute, a value of the wrong type or one that is too long.
 */
export function readConversationAttributes(given: Readonly<Record<string, unknown>>): Partial<ConversationAttributes> {
  const read = Object.entries(given).map(([name, value]) => {
    const key = name.toLowerCase()
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined
    if (reader === undefined) throw new OracleError(20050, `Invalid conversation attribute - ${name}`)
    return reader(value, key)
  })
  return Object.assign({}, ...read)
}

function textOf(value: unknown, name: string, longestBytes: number): string | null {
  if (value === null || value === '') return null
  if (typeof value !== 'string') throw invalid(name)
  if (Buffer.byteLength(value) > longestBytes) {
    throw new OracleError(20050, `Value is too long for conversation attribute - ${name}`)
  }
  return value
}

function countOf(value: unknown, name: string): number | null {
  if (value === null || value === '') return null
  const count = typeof value === 'string' ? Number(value) : value
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) throw invalid(name)
  return count
}

function invalid(name: string): OracleError {
  return new OracleError(20050, `Invalid value for conversation attribute - ${name}`)
}
