import type {
  Bind,
  ClientAttributes,
  DatabaseSession,
  ExecutionResult,
  PreparedStatement,
} from '../src/execution/database-session.ts'
import { OracleError } from '../src/oracle-error.ts'
import type { SessionSource } from '../src/start-server.ts'
import { shapeOf } from '../src/ttc/statement-text.ts'
import type { Column } from '../src/values/column.ts'

/** What a script sees of the session that runs it. */
export interface ScriptedSession extends DatabaseSession {
  readonly user: string
  readonly attributes: ClientAttributes
  schema: string
  inTransaction: boolean
  closed: boolean
}

export type Script = (
  binds: readonly Bind[],
  context: { readonly signal: AbortSignal; readonly session: ScriptedSession; readonly sql: string },
) => ExecutionResult | Promise<ExecutionResult>

const KINDS: Readonly<Record<string, PreparedStatement['kind']>> = {
  SELECT: 'query',
  WITH: 'query',
  INSERT: 'dml',
  UPDATE: 'dml',
  DELETE: 'dml',
  MERGE: 'dml',
  BEGIN: 'plsql',
  DECLARE: 'plsql',
  CALL: 'plsql',
  COMMIT: 'transaction',
  ROLLBACK: 'transaction',
}

/** A database whose statements are functions: it answers each text as its script says, so that protocol tests decide every value. */
export class ScriptedDatabase implements SessionSource {
  readonly sessions: ScriptedSession[] = []
  closed = false
  readonly #scripts = new Map<string, Script>()

  constructor() {
    this.on('select 1 from dual', () => rows([{ name: '1', type: { name: 'NUMBER', precision: 0, scale: -127 } }], []))
  }

  /** Sets what a statement does. Its text must be the one that the client sends. */
  on(sql: string, script: Script): this {
    this.#scripts.set(sql, script)
    return this
  }

  session(user: string): DatabaseSession {
    const attributes: ClientAttributes = {}
    const session: ScriptedSession = {
      user,
      attributes,
      schema: user,
      inTransaction: false,
      closed: false,
      prepare: (sql) => this.#prepare(sql, session),
      async commit() {
        session.inTransaction = false
      },
      async rollback() {
        session.inTransaction = false
      },
      setCurrentSchema(schema) {
        if (schema === 'NOWHERE') throw new OracleError(1435, 'user does not exist')
        session.schema = schema
      },
      setClientAttributes: (given) => Object.assign(attributes, given),
      close() {
        session.closed = true
      },
    }
    this.sessions.push(session)
    return session
  }

  close(): void {
    this.closed = true
  }

  #prepare(sql: string, session: ScriptedSession): PreparedStatement {
    const kind = KINDS[/[a-z]+/i.exec(sql)?.[0].toUpperCase() ?? ''] ?? 'ddl'
    const script = this.#scripts.get(sql)
    if (!script) throw new OracleError(900, 'invalid SQL statement', { offset: 7 })
    const { returning } = shapeOf(sql)
    return {
      kind,
      bindNames: returning.map((_, index) => String(index + 1)),
      returningBinds: returning.flatMap((isReturning, index) => (isReturning ? [index] : [])),
      async describe(binds) {
        const result = await script(binds, { signal: new AbortController().signal, session, sql })
        return result.kind === 'query' ? result.columns : []
      },
      execute: async (binds, signal) => script(binds, { signal, session, sql }),
    }
  }
}

/** A query's result. */
export function rows(
  columns: readonly (Omit<Column, 'nullable'> & { nullable?: boolean })[],
  values: Extract<ExecutionResult, { kind: 'query' }>['rows'],
): ExecutionResult {
  return { kind: 'query', columns: columns.map((column) => ({ nullable: true, ...column })), rows: values }
}

/** Waits for the signal and fails as a broken statement does. */
export async function untilBroken(signal: AbortSignal): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  throw new OracleError(1013, 'user requested cancel of current operation')
}
