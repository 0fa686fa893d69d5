import type { QueryResult } from '../execution/subprogram.ts'
import type { CompileContext, Completion } from './compile-context.ts'
import { wrongType } from './compile-context.ts'
import { compileCursorAccess, openCursorOf } from './compile-cursor.ts'
import { compileUsing, runDynamicQuery } from './compile-dynamic-sql.ts'
import { compileExpression } from './compile-expression.ts'
import { compileInto } from './compile-into.ts'
import { compileSql, statementText } from './compile-sql.ts'
import { toNumber } from './convert.ts'
import type { Frame } from './execution.ts'
import { CursorVariable, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Statement } from './syntax.ts'

type Run = (frame: Frame) => Promise<Completion>
type StatementOf<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>

/** OPEN of an explicit cursor, or OPEN ... FOR a query or its text. @throws OracleError ORA-06550 */
export function compileOpen(context: CompileContext, scope: Scope, statement: StatementOf<'open'>): Run {
  const isExplicit = statement.query === undefined && statement.dynamic === undefined
  const access = compileCursorAccess(context, scope, statement.cursor, isExplicit ? 'read' : 'written')
  if (isExplicit) {
    const open = access.openExplicit
    if (open === undefined) throw wrongType(context, statement.at)
    return async (frame) => {
      await open(frame)
      return undefined
    }
  }
  const { assign } = access
  if (assign === undefined) throw wrongType(context, statement.at)
  const query = compileQuery(context, scope, statement)
  return async (frame) => {
    const { columns, rows } = await query(frame)
    await assign(frame, new CursorVariable({ columns, rows, position: 0, found: null }))
    return undefined
  }
}

function compileQuery(
  context: CompileContext,
  scope: Scope,
  statement: StatementOf<'open'>,
): (frame: Frame) => Promise<QueryResult> {
  if (statement.query !== undefined) return compileSql(context, scope, statement.query).run
  if (statement.dynamic === undefined) throw wrongType(context, statement.at)
  const text = compileExpression(context, scope, statement.dynamic)
  const using = compileUsing(context, scope, statement.using)
  return async (frame) => runDynamicQuery(frame, statementText(await text.evaluate(frame), frame), using)
}

/** FETCH ... INTO, with BULK COLLECT and LIMIT. Past the last row the targets keep what they hold. @throws OracleError */
export function compileFetch(context: CompileContext, scope: Scope, statement: StatementOf<'fetch'>): Run {
  const access = compileCursorAccess(context, scope, statement.cursor, 'read')
  const receiver = compileInto(context, scope, statement.into)
  const limit = statement.into.limit && compileExpression(context, scope, statement.into.limit)
  return async (frame) => {
    const open = openCursorOf(await access.find(frame))
    if (receiver.bulk) {
      const wanted = limit === undefined ? null : toNumber(scalarOf(await limit.evaluate(frame)))
      const count = wanted?.toNumber() ?? open.rows.length
      const rows = open.rows.slice(open.position, open.position + count)
      open.position += rows.length
      open.found = rows.length > 0 && (limit === undefined || rows.length === count)
      await receiver.receiveRows(frame, open.columns, rows)
      return undefined
    }
    const row = open.rows[open.position]
    open.found = row !== undefined
    if (row === undefined) return undefined
    open.position += 1
    await receiver.receiveRow(frame, open.columns, row)
    return undefined
  }
}

/** @throws OracleError ORA-01001 when the cursor is not open */
export function compileClose(context: CompileContext, scope: Scope, statement: StatementOf<'close'>): Run {
  const access = compileCursorAccess(context, scope, statement.cursor, 'read')
  return async (frame) => {
    const variable = await access.find(frame)
    openCursorOf(variable)
    variable.open = undefined
    return undefined
  }
}
