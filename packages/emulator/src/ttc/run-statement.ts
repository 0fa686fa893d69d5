import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BindOutcome, ExecutionResult } from '../execution/database-session.ts'
import { OracleError } from '../oracle-error.ts'
import type { Cursor } from '../session/cursor-table.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { RowAddress } from '../values/row-address.ts'
import { type BindRow, bindValues, checkBindCount } from './bind-values.ts'
import type { Call } from './call.ts'
import type { BatchError } from './end-of-call.ts'
import { MessageType } from './message-type.ts'
import { sendRows } from './query-rows.ts'
import { writeDirections, writeImplicitResults, writeOutBinds, writeReturned } from './row-writer.ts'
import { sameShape, tellColumns } from './tell-columns.ts'
import { isDefinedFirst } from './wire-type.ts'

/** How one execution request wants to be run, whichever message it came in. */
export interface Run {
  readonly rows: readonly BindRow[]
  readonly executions: number
  readonly prefetchRows: number
  readonly fetch: boolean
  readonly commit: boolean
  /** The client waits for bind directions, which it does after every full execute. */
  readonly tellDirections: boolean
  readonly batchErrors: boolean
  readonly rowCounts: boolean
}

/**
 * Runs a cursor's statement and writes what came of it.
 * @throws OracleError
 */
export async function runStatement(call: Call, cursor: Cursor, run: Run): Promise<void> {
  const { statement } = cursor
  if (!statement) throw new OracleError(1003, 'no statement parsed')
  checkBindCount(statement.bindNames.length, cursor.binds.length)
  const { database } = call.session
  if (statement.kind === 'query') {
    const result = await runQuery(call, cursor, run)
    if (run.commit && database.inTransaction) await database.commit()
    answerQuery(call, cursor, result, run)
    return
  }
  const summary = await runRows(call, cursor, run)
  if (run.commit && database.inTransaction) await database.commit()
  if (run.rowCounts) writeRowCounts(call, summary.rowCounts)
  call.end({
    cursorId: cursor.id,
    rowCount: summary.rowCount,
    lastRow: summary.lastRow,
    batchErrors: summary.errors,
    hasCompilationErrors: summary.hasCompilationErrors,
  })
}

async function runQuery(call: Call, cursor: Cursor, run: Run): Promise<ExecutionResult> {
  const kept = call.session.cursors.takeForReparse(cursor.sql)
  return kept ?? runOnce(call, cursor, run.rows[0])
}

function answerQuery(call: Call, cursor: Cursor, result: ExecutionResult, run: Run): void {
  if (result.kind !== 'query') throw new OracleError(600, 'internal error code, arguments: [query without rows]')
  const isNew = cursor.columns === undefined
  if (!isNew && !sameShape(cursor.columns ?? [], result.columns)) {
    call.session.cursors.keepForReparse(cursor.sql, result)
    throw new OracleError(1007, 'variable not in select list')
  }
  cursor.rows = result.rows
  cursor.position = 0
  if (isNew) tellColumns(call, cursor, result.columns)
  const mustDefineFirst = isNew && result.columns.some(({ type }) => isDefinedFirst(type))
  if (run.fetch && run.prefetchRows > 0 && !mustDefineFirst) sendRows(call, cursor, run.prefetchRows)
  else call.end({ cursorId: cursor.id })
}

interface Summary {
  rowCount: number
  lastRow?: RowAddress
  /** By execution; empty unless the client wants them. */
  readonly rowCounts: number[]
  readonly errors: BatchError[]
  hasCompilationErrors: boolean
}

/** So many executions run before other connections get their turn. */
const TURN = 50

/** Runs a statement that is no query, once for each row of binds. */
async function runRows(call: Call, cursor: Cursor, run: Run): Promise<Summary> {
  const summary: Summary = { rowCount: 0, rowCounts: [], errors: [], hasCompilationErrors: false }
  for (let row = 0; row < Math.max(1, run.executions); row += 1) {
    if (row % TURN === TURN - 1) await nextTurn()
    if (call.signal.aborted) throw new OracleError(1013, 'user requested cancel of current operation')
    const count = await runRow(call, cursor, run, row, summary)
    summary.rowCount += count
    if (run.rowCounts) summary.rowCounts.push(count)
  }
  return summary
}

/** @returns the number of rows that one execution changed. */
async function runRow(call: Call, cursor: Cursor, run: Run, row: number, summary: Summary): Promise<number> {
  try {
    const result = await runOnce(call, cursor, run.rows[row], row === 0)
    writeOutcome(call, cursor, result, run.tellDirections && row === 0)
    if (result.kind === 'done' && result.hasCompilationErrors) summary.hasCompilationErrors = true
    if (result.kind !== 'dml') return 0
    if (result.lastRow) summary.lastRow = result.lastRow
    return result.rowCount
  } catch (error) {
    if (!run.batchErrors || !(error instanceof OracleError) || call.signal.aborted) throw error
    summary.errors.push({ number: error.number, message: error.message, offset: 0, row })
    return 0
  }
}

async function runOnce(call: Call, cursor: Cursor, row: BindRow | undefined, isNoted = true): Promise<ExecutionResult> {
  const { statement } = cursor
  if (!statement) throw new OracleError(1003, 'no statement parsed')
  const binds = bindValues(call.session, cursor.binds, row)
  const note = isNoted ? call.session.entry.startStatement(cursor.sql, statement.bindNames, binds) : undefined
  try {
    // Once for all rows of an array, as the ledger counts.
    const failure = isNoted ? call.session.failures.take(cursor.sql) : undefined
    if (failure) throw failure
    const result = await statement.execute(binds, call.signal)
    note?.('done')
    return result
  } catch (error) {
    if (call.signal.aborted) note?.('broken')
    else note?.('failed', error instanceof OracleError ? error.number : undefined)
    throw error
  }
}

function writeOutcome(call: Call, cursor: Cursor, result: ExecutionResult, tellDirections: boolean): void {
  if (result.kind === 'dml') writeReturnedRows(call, cursor, result.returned)
  if (result.kind !== 'plsql') return
  writeBlockOutcome(call, cursor, result.binds, tellDirections)
  const { results = [] } = result
  if (results.length > 0) writeImplicitResults(call.writer, results, call.bindValues)
}

function writeReturnedRows(
  call: Call,
  cursor: Cursor,
  returned: readonly (readonly OracleValue[])[] | undefined,
): void {
  const returning = cursor.statement?.returningBinds ?? []
  if (returning.length === 0) return
  cursor.directions = cursor.binds.map((_, index) => (returning.includes(index) ? 'out' : 'in'))
  const values = returning.map((bind, index) => ({
    bind,
    values: returned?.[index] ?? [],
    descriptor: cursor.binds[bind] as DataDescriptor,
  }))
  values.sort((left, right) => left.bind - right.bind)
  writeReturned(call.writer, values, call.bindValues)
}

function writeBlockOutcome(
  call: Call,
  cursor: Cursor,
  outcomes: readonly BindOutcome[],
  tellDirections: boolean,
): void {
  if (cursor.binds.length === 0) return
  if (tellDirections || cursor.directions.length === 0) {
    cursor.directions = cursor.binds.map((_, index) => outcomes[index]?.direction ?? 'in')
  }
  if (tellDirections) writeDirections(call.writer, cursor.directions)
  const out = cursor.binds.flatMap((descriptor, index) => {
    if (cursor.directions[index] === 'in') return []
    const outcome = outcomes[index]
    const elements = outcome?.elements
    return [{ descriptor, value: outcome?.value ?? null, ...(elements ? { elements } : {}) }]
  })
  if (out.length > 0) writeOutBinds(call.writer, out, call.bindValues)
}

function writeRowCounts(call: Call, counts: readonly number[]): void {
  call.writer.uint8(MessageType.parameter).integers(0, 0, 0, 0, counts.length)
  for (const count of counts) call.writer.integers(count)
}
