import type { ClientAttributes, DatabaseSession, PreparedStatement } from '../execution/database-session.ts'
import { sessionAttributesOf } from '../execution/session-attributes.ts'
import type { SubprogramRegistry } from '../execution/subprogram.ts'
import type { PlsqlSession } from '../plsql/execution.ts'
import { parsePlsql } from '../plsql/parse-block.ts'
import { isPlsql } from '../plsql/statement-kind.ts'
import { UnitLibrary } from '../plsql/stored/unit-library.ts'
import type { SqlSession } from '../sql/sql-session.ts'
import { BlockCache } from './block-cache.ts'
import { PlsqlStatement } from './plsql-statement.ts'
import { unitHost } from './unit-host.ts'

/** What a session is made of. */
export interface SessionParts {
  /** Upper case. */
  readonly user: string
  readonly sql: SqlSession
  readonly registry: SubprogramRegistry
  /** Whether a user may run a package, by its upper-case name. */
  mayExecute(user: string, packageName: string): boolean
}

/** A session that gives blocks to the PL/SQL interpreter and everything else to SQL. */
export class ComposedSession implements DatabaseSession {
  readonly #sql: SqlSession
  readonly #blocks: BlockCache

  constructor(parts: SessionParts) {
    const { sql } = parts
    this.#sql = sql
    const library: UnitLibrary = new UnitLibrary(
      (owner) => plsqlSession(parts, library, owner),
      () => sql.namesVersion,
    )
    const session = plsqlSession(parts, library, undefined)
    sql.useUnits(unitHost(session, library))
    this.#blocks = new BlockCache(session, () => `${sql.namesVersion} ${sql.currentSchema}`)
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

/** @param authority - whose names and rights count, when they are not the session user's */
function plsqlSession(parts: SessionParts, library: UnitLibrary, authority: string | undefined): PlsqlSession {
  const { user, sql, registry } = parts
  return {
    user,
    registry,
    sql,
    packageState: sql.packageState,
    inTransaction: () => sql.inTransaction,
    mayExecute: (packageName) => parts.mayExecute(authority ?? user, packageName),
    describeQuery: (text) => sql.describeQuery(text, authority),
    findUnit: (path) => {
      const unit = sql.findUnit(path, authority)
      return unit && library.compile(unit)
    },
    withAuthorityOf: (owner) => plsqlSession(parts, library, owner),
  }
}
