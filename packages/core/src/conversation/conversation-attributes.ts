import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** What can be set of a conversation. What is left out is not sent, so that the database decides. */
export interface ConversationAttributes {
  /** What the conversation is called; the database keeps less than 255 characters. Default: `New Conversation`. */
  readonly title?: string | undefined
  /** What the conversation is about. An empty text takes the description away. Default: none. */
  readonly description?: string | undefined
  /** Days that the database keeps the conversation; 0 keeps it until it is deleted. Default: 7. */
  readonly retentionDays?: number | undefined
  /** How many of the latest prompts, with their answers, the model gets to see. Default: 10. */
  readonly conversationLength?: number | undefined
}

type Check = (value: unknown) => boolean

interface AttributeRule {
  readonly key: string
  readonly isValid: Check
  readonly message: string
}

const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0

const rules: Readonly<Record<keyof ConversationAttributes, AttributeRule>> = {
  title: {
    key: 'title',
    isValid: (value) => typeof value === 'string' && value.trim() !== '' && [...value].length < 255,
    message: 'must be a text that is not blank, of less than 255 characters.',
  },
  description: { key: 'description', isValid: (value) => typeof value === 'string', message: 'must be a text.' },
  retentionDays: { key: 'retention_days', isValid: isCount, message: 'must be a whole number of days, 0 for no end.' },
  conversationLength: {
    key: 'conversation_length',
    isValid: isCount,
    message: 'must be a whole number of prompts that is not negative.',
  },
}

/**
 * The attributes as the JSON that the database reads; undefined when none is given.
 * @param argument - What the caller calls them.
 * @throws SelectAIArgumentError
 */
export function conversationAttributesJson(argument: string, attributes: ConversationAttributes): string | undefined {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) {
    throw new SelectAIArgumentError({ argument, message: 'must be an object.' })
  }
  const given = Object.entries<unknown>({ ...attributes }).filter(([, value]) => value !== undefined)
  const sent = given.map(([name, value]) => [checkAttribute(argument, name, value), value])
  return sent.length === 0 ? undefined : JSON.stringify(Object.fromEntries(sent))
}

function checkAttribute(argument: string, name: string, value: unknown): string {
  const rule = Object.hasOwn(rules, name) ? rules[name as keyof ConversationAttributes] : undefined
  if (rule === undefined) {
    const message = `is not an attribute of a conversation. There are ${Object.keys(rules).join(', ')}.`
    throw new SelectAIArgumentError({ argument: `${argument}.${name}`, message })
  }
  if (rule.isValid(value)) return rule.key
  throw new SelectAIArgumentError({ argument: `${argument}.${name}`, message: rule.message })
}
