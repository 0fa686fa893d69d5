import type { UserBelongings } from '../execution/user-belongings.ts'
import { sqlIdOf } from './sql-id.ts'

/** A SELECT AI statement, and the SQL that stood for it when it ran last. */
export interface MappedSql {
  readonly sqlId: string
  /** The whole statement. */
  readonly sqlText: string
  readonly mappedSql: string
  /** How often it ran. */
  readonly useCount: number
}

const KEPT_STATEMENTS = 1000

/** What V$MAPPED_SQL knows, by user and SQL_ID; the statements that ran longest ago make room. */
export class MappedSqlStore implements UserBelongings {
  readonly #byUser = new Map<string, Map<string, MappedSql>>()

  /** Statements of a user, the one that ran last at the end. */
  list(user: string): readonly MappedSql[] {
    return [...this.#of(user).values()]
  }

  /** Statements of all users. */
  all(): readonly MappedSql[] {
    return [...this.#byUser.values()].flatMap((statements) => [...statements.values()])
  }

  find(user: string, sqlId: string): MappedSql | undefined {
    return this.#of(user).get(sqlId)
  }

  /** Notes that a statement ran. */
  put(user: string, sqlText: string, mappedSql: string): void {
    const statements = this.#of(user)
    const sqlId = sqlIdOf(sqlText)
    const useCount = (statements.get(sqlId)?.useCount ?? 0) + 1
    statements.delete(sqlId)
    statements.set(sqlId, { sqlId, sqlText, mappedSql, useCount })
    const oldest = statements.keys().next().value
    if (statements.size > KEPT_STATEMENTS && oldest !== undefined) statements.delete(oldest)
  }

  forgetUser(user: string): void {
    this.#byUser.delete(user)
  }

  #of(user: string): Map<string, MappedSql> {
    const known = this.#byUser.get(user) ?? new Map<string, MappedSql>()
    this.#byUser.set(user, known)
    return known
  }
}
