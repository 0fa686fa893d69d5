import { OracleError } from '../oracle-error.ts'

const IDENTIFIER = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/i

/**
 * Refuses a conversation id. Nothing here can create a conversation yet, so an id of the right form is of one that is not there.
 * @throws OracleError ORA-20050
 */
export function checkConversationId(id: unknown): never {
  if (typeof id !== 'string' || !IDENTIFIER.test(id)) throw new OracleError(20050, 'Invalid value for conversation id')
  throw new OracleError(20050, `Conversation with id ${id.toUpperCase()} does not exist`)
}
