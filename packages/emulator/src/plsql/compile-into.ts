import { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { type CompileContext, type Compiled, markBind, wrongType } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { convertTo } from './convert.ts'
import type { Frame } from './execution.ts'
import { CollectionValue, type PlsqlValue, rowRecord } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Expression, IntoClause } from './syntax.ts'

/** Puts rows where an INTO clause says. */
export interface RowReceiver {
  readonly bulk: boolean
  /** One row into variables, or into one record. */
  readonly receiveRow: (frame: Frame, columns: readonly Column[], row: readonly OracleValue[]) => Promise<void>
  /** All rows into collections. */
  readonly receiveRows: (
    frame: Frame,
    columns: readonly Column[],
    rows: readonly (readonly OracleValue[])[],
  ) => Promise<void>
}

/** An expression that something is assigned to. @throws OracleError ORA-06550 with PLS-00363 */
export function compileTarget(context: CompileContext, scope: Scope, expression: Expression): Compiled {
  if (expression.kind === 'bind') {
    const reads = context.bindUse.get(expression.name)?.read ?? false
    const compiled = compileExpression(context, scope, expression)
    const use = context.bindUse.get(expression.name)
    if (use !== undefined) use.read = reads
    markBind(context, expression.name, 'written')
    return compiled
  }
  const compiled = compileExpression(context, scope, expression)
  if (compiled.place !== undefined) return compiled
  const name = expression.kind === 'reference' ? referenceText(expression) : ''
  throw context.source.error(
    expression.at,
    `PLS-00363: expression '${name}' cannot be used as an assignment target`,
    'Statement ignored',
  )
}

function referenceText(expression: Extract<Expression, { kind: 'reference' }>): string {
  return expression.parts.flatMap((part) => (part.kind === 'name' ? [part.name] : [])).join('.')
}

/** @throws OracleError ORA-06550 */
export function compileInto(context: CompileContext, scope: Scope, into: IntoClause): RowReceiver {
  const targets = into.targets.map((target) => compileTarget(context, scope, target))
  if (into.bulk) {
    const scalarTarget = targets.findIndex((target) => target.type !== undefined && target.type.kind !== 'collection')
    if (scalarTarget !== -1) throw wrongType(context, into.targets[scalarTarget]?.at ?? 0)
  }
  return {
    bulk: into.bulk,
    receiveRow: (frame, columns, row) => receiveRow(targets, frame, columns, row),
    receiveRows: (frame, columns, rows) => receiveRows(targets, frame, columns, rows),
  }
}

async function receiveRow(
  targets: readonly Compiled[],
  frame: Frame,
  columns: readonly Column[],
  row: readonly OracleValue[],
): Promise<void> {
  const [only] = targets
  if (targets.length === 1 && only?.type?.kind === 'record') {
    await only.place?.write(frame, rowRecord(columns, row))
    return
  }
  checkCount(targets.length, columns.length)
  for (const [index, target] of targets.entries()) await target.place?.write(frame, columnValue(columns, row, index))
}

function checkCount(targets: number, columns: number): void {
  if (targets < columns) throw new OracleError(913, 'too many values')
  if (targets > columns) throw new OracleError(947, 'not enough values')
}

function columnValue(columns: readonly Column[], row: readonly OracleValue[], index: number): PlsqlValue {
  return { type: (columns[index] as Column).type, value: row[index] ?? null }
}

async function receiveRows(
  targets: readonly Compiled[],
  frame: Frame,
  columns: readonly Column[],
  rows: readonly (readonly OracleValue[])[],
): Promise<void> {
  const takesRecords = targets.length === 1 && elementKind(targets[0]) === 'record'
  if (!takesRecords) checkCount(targets.length, columns.length)
  for (const [index, target] of targets.entries()) {
    const { type } = target
    if (type?.kind !== 'collection') throw new OracleError(6502, 'PL/SQL: numeric or value error')
    const collection = new CollectionValue(type, false)
    for (const row of rows) {
      const value = takesRecords ? rowRecord(columns, row) : columnValue(columns, row, index)
      collection.extent += 1
      collection.set(collection.extent, convertTo(type.element, value, frame.execution.session.sql))
    }
    await target.place?.write(frame, collection)
  }
}

function elementKind(target: Compiled | undefined): string | undefined {
  return target?.type?.kind === 'collection' ? target.type.element.kind : undefined
}

/**
 * Gives the rows of a SELECT or of a RETURNING clause to their receiver.
 * @throws OracleError ORA-01403, ORA-01422
 */
export async function receiveResult(
  receiver: RowReceiver,
  frame: Frame,
  columns: readonly Column[],
  rows: readonly (readonly OracleValue[])[],
  isQuery: boolean,
): Promise<void> {
  if (receiver.bulk) return receiver.receiveRows(frame, columns, rows)
  const [row] = rows
  if (rows.length > 1) throw new OracleError(1422, 'exact fetch returns more than requested number of rows')
  if (row !== undefined) return receiver.receiveRow(frame, columns, row)
  if (isQuery) throw new OracleError(1403, 'no data found')
}
