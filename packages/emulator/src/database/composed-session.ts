import type { CloudAiOptions } from '../cloud-ai/cloud-ai.ts'
import { SelectAiStatement, withoutProfile } from '../cloud-ai/select-ai-statement.ts'
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
  readonly cloudAi: CloudAiOptions
  /** Whether a user may run a package, by its upper-case name. */
  mayExecute(user: string, packageName: string): boolean
}

/** A session that gives blocks to the PL/SQL interpreter and everything else to SQL. */
export class ComposedSession implements DatabaseSession {
  readonly #sql: SqlSession
  readonly #cloudAi: CloudAiOptions
  readonly #blocks: BlockCache

  constructor(parts: SessionParts) {
    const { sql, cloudAi } = parts
    this.#sql = sql
    this.#cloudAi = cloudAi
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
    if (isPlsql(sql)) return new PlsqlStatement(parsePlsql(sql), this.#blocks)
    const selectAi = SelectAiStatement.prepare(sql, (signal) => this.#sql.callContext(signal), this.#cloudAi)
    if (selectAi === undefined) return this.#sql.prepare(sql)
    return selectAi.isMeant ? selectAi : this.#prepareWithoutProfile(sql)
  }

  /** What looks like a question may still be SQL: `select ai customers from readings` gives a column another name. */
  #prepareWithoutProfile(sql: string): PreparedStatement {
    try {
      return this.#sql.prepare(sql)
    } catch (error) {
      throw withoutProfile(error)
    }
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
    describeQuery: (text) => sql.describeQuery(text, authority).columns,
    findUnit: (path) => {
      const unit = sql.findUnit(path, authority)
      return unit && library.compile(unit)
    },
    withAuthorityOf: (owner) => plsqlSession(parts, library, owner),
  }
}
