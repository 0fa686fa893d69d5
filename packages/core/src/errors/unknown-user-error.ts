import { oracleErrorNumber } from './oracle-error-number.ts'
import { UserNotFoundError } from './user-not-found-error.ts'

/** ORA-01917, ORA-44001 and ORA-46238: what the subprograms say of a user or role that does not exist. */
const unknownUser: readonly (number | undefined)[] = [1917, 44001, 46238]

/** The error for a user or role that does not exist; undefined when the database reported something else. */
export function unknownUserErrorOf(user: string, cause: unknown): UserNotFoundError | undefined {
  return unknownUser.includes(oracleErrorNumber(cause)) ? new UserNotFoundError({ user, cause }) : undefined
}
