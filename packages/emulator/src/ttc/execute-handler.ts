import { OracleError } from '../oracle-error.ts'
import type { Cursor } from '../session/cursor-table.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { Call } from './call.ts'
import { sendRows } from './query-rows.ts'
import { ExecuteOption, type ExecuteRequest, type FetchRequest, type ReexecuteRequest } from './request.ts'
import { runStatement } from './run-statement.ts'
import { tellColumns } from './tell-columns.ts'

/** Answers a full execute: parse, describe, define, run and first rows, as far as its options ask for them. */
export async function answerExecute(call: Call, request: ExecuteRequest): Promise<void> {
  const has = (option: number) => (request.options & option) !== 0
  const cursor =
    request.sql === undefined ? call.session.cursors.get(request.cursorId) : parse(call, request, request.sql)
  await reportingCursor(cursor, request.cursorId !== 0, call, async () => {
    if (request.defines) return define(call, cursor, request.defines, request)
    if (has(ExecuteOption.describe)) return describe(call, cursor)
    if (!has(ExecuteOption.execute)) {
      return cursor.statement ? call.end({ cursorId: cursor.id }) : sendRows(call, cursor, request.prefetchRows)
    }
    if (request.binds) {
      cursor.binds = request.binds
      cursor.directions = []
    } else if (request.sql !== undefined) cursor.binds = []
    await runStatement(call, cursor, {
      rows: request.rows,
      executions: request.executions,
      prefetchRows: request.prefetchRows,
      fetch: has(ExecuteOption.fetch),
      commit: has(ExecuteOption.commit),
      tellDirections: true,
      batchErrors: has(ExecuteOption.batchErrors),
      rowCounts: request.rowCounts,
    })
  })
}

/** Answers the short form, in which a known cursor runs again with other values. */
export async function answerReexecute(call: Call, request: ReexecuteRequest): Promise<void> {
  const cursor = call.session.cursors.get(request.cursorId)
  await reportingCursor(cursor, true, call, () =>
    runStatement(call, cursor, {
      rows: request.rows,
      executions: request.fetch ? 1 : request.iterations,
      prefetchRows: request.iterations,
      fetch: request.fetch,
      commit: request.commit,
      tellDirections: false,
      batchErrors: false,
      rowCounts: false,
    }),
  )
}

export function answerFetch(call: Call, request: FetchRequest): void {
  const cursor = call.session.cursors.get(request.cursorId)
  if (!cursor.columns) throw new OracleError(1002, 'fetch out of sequence')
  sendRows(call, cursor, request.rowCount)
}

/**
 * A failed statement must keep its cursor, because the client closes it in its own time; the error names it.
 * A cursor that the client does not know yet goes at once.
 */
async function reportingCursor(
  cursor: Cursor,
  isKnown: boolean,
  call: Call,
  work: () => Promise<void> | void,
): Promise<void> {
  if (!isKnown) call.undoWith(() => call.session.cursors.close(cursor.id))
  try {
    await work()
  } catch (error) {
    throw isKnown ? new CursorError(error, cursor.id) : error
  }
}

/** An error whose report names the cursor that it befell. */
export class CursorError extends Error {
  readonly cursorId: number

  constructor(cause: unknown, cursorId: number) {
    super('a statement failed', { cause })
    this.cursorId = cursorId
  }
}

function parse(call: Call, request: ExecuteRequest, sql: string): Cursor {
  const { cursors, database } = call.session
  const known = request.cursorId === 0 ? undefined : cursors.get(request.cursorId)
  const statement = database.prepare(sql)
  const cursor = known ?? cursors.open(sql, statement)
  Object.assign(cursor, {
    sql,
    statement,
    directions: [],
    defines: undefined,
    columns: undefined,
    rows: [],
    position: 0,
  })
  return cursor
}

async function describe(call: Call, cursor: Cursor): Promise<void> {
  if (cursor.statement?.kind === 'query') {
    const columns = await cursor.statement.describe(noValues(cursor))
    tellColumns(call, cursor, columns)
  }
  call.end({ cursorId: cursor.id })
}

function noValues(cursor: Cursor) {
  const names = cursor.statement?.bindNames ?? []
  return names.map(() => ({ type: { name: 'VARCHAR2' as const, length: 4000 }, value: null }))
}

/** The client says how it wants the columns; with a fetch, or for a REF CURSOR, the first rows follow. */
function define(call: Call, cursor: Cursor, defines: readonly DataDescriptor[], request: ExecuteRequest): void {
  cursor.defines = defines
  if (cursor.sql !== '') call.session.cursors.rememberDefines(cursor.sql, defines)
  const wantsRows = (request.options & ExecuteOption.fetch) !== 0 || !cursor.statement
  if (wantsRows) sendRows(call, cursor, request.prefetchRows)
  else call.end({ cursorId: cursor.id, rowCount: cursor.position })
}
