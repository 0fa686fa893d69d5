import type { ClientAttributes, DatabaseSession, PreparedStatement } from '../execution/database-session.ts'
import { sessionAttributesOf } from '../execution/session-attributes.ts'
import type { SubprogramRegistry } from '../execution/subprogram.ts'
import type { PlsqlSession } from '../plsql/execution.ts'
import { parsePlsql } from '../plsql/parse-block.ts'
import { isPlsql } from '../plsql/statement-kind.ts'
import type { SqlSession } from '../sql/sql-session.ts'
import { BlockCache } from './block-cache.ts'
import { PlsqlStatement } from './plsql-statement.ts'

/** What a session is made of. */
export interface SessionParts {
  /** Upper case. */
  readonly user: string
  readonly sql: SqlSession
  readonly registry: SubprogramRegistry
  /** Whether the user may run a package, by its upper-case name. */
  mayExecute(packageName: string): boolean
  /** Grows when that changes. */
  grantsVersion(): number
}

/** A session that gives blocks to the PL/SQL interpreter and everything else to SQL. */
export class ComposedSession implements DatabaseSession {
  readonly #sql: SqlSession
  readonly #blocks: BlockCache

  constructor({ user, sql, registry, mayExecute, grantsVersion }: SessionParts) {
    this.#sql = sql
    const session: PlsqlSession = {
      user,
      registry,
      mayExecute,
      sql,
      inTransaction: () => sql.inTransaction,
      packageState: sql.packageState,
      describeQuery: async (text) => sql.prepare(text).describe([]),
    }
    this.#blocks = new BlockCache(session, grantsVersion)
  }

  get inTransaction(): boolean {
    return this.#sql.inTransaction
  }

  prepare(sql: string): PreparedStatement {
    return isPlsql(sql) ? new PlsqlStatement(parsePlsql(sql), this.#blocks) : this.#sql.prepare(sql)
  }

  commit(): Promise<void> {
    return this.#sql.commit()
  }

  rollback(): Promise<void> {
    return this.#sql.rollback()
  }

  setCurrentSchema(schema: string): void {
    this.#sql.setCurrentSchema(schema)
  }

  setClientAttributes(attributes: ClientAttributes): void {
    const known = sessionAttributesOf(this.#sql.packageState)
    for (const name of ['clientIdentifier', 'module', 'action', 'clientInfo'] as const) {
      const value = attributes[name]
      if (value !== undefined) known[name] = value === '' ? null : value
    }
  }

  close(): void {
    this.#sql.close()
    this.#sql.packageState.clear()
  }
}
