import { OracleError } from '../oracle-error.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { CompileContext, Compiled, Completion } from './compile-context.ts'
import { compileCursorAccess, openCursorOf } from './compile-cursor.ts'
import { compileBoolean, compileExpression, isTrue } from './compile-expression.ts'
import { compileInto } from './compile-into.ts'
import { compileSql, noteResult } from './compile-sql.ts'
import { compileStatements } from './compile-statement.ts'
import { toNumber } from './convert.ts'
import type { Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import { collectionOf } from './place.ts'
import { valueError } from './plsql-exception.ts'
import { INTEGER_TYPE, type PlsqlType, TEXT_TYPE } from './plsql-type.ts'
import { type CollectionKey, copyValue, numberValue, type PlsqlValue, rowRecord, scalarOf } from './plsql-value.ts'
import { Scope } from './scope.ts'
import type { LoopControl, LoopStatement, Statement } from './syntax.ts'

type Run = (frame: Frame) => Eventual<Completion>

/** What a loop does next: undefined to go round again. */
type Turn = { readonly ends: Completion } | undefined

/** @throws OracleError ORA-06550 */
export function compileLoop(context: CompileContext, scope: Scope, statement: LoopStatement): Run {
  return LOOPS[statement.control.kind](context, scope, statement)
}

type LoopCompiler = (context: CompileContext, scope: Scope, statement: LoopStatement) => Run

const LOOPS: Readonly<Record<LoopControl['kind'], LoopCompiler>> = {
  forever: (context, scope, statement) => {
    const turn = compileTurn(context, loopScope(scope, statement), statement)
    return (frame) => repeat(frame, turn)
  },
  while: (context, scope, statement) => {
    const condition = compileBoolean(context, scope, controlOf(statement, 'while').condition)
    const turn = compileTurn(context, loopScope(scope, statement), statement)
    return (frame) => repeat(frame, turn, condition)
  },
  range: compileRange,
  query: (context, scope, statement) => {
    const { query, variable } = controlOf(statement, 'query')
    const sql = compileSql(context, scope, query)
    const inner = loopScope(scope, statement)
    const slot = declareLoopVariable(inner, variable, { kind: 'record', name: '', fields: undefined })
    const turn = compileTurn(context, inner, statement)
    return async (frame) => {
      const { columns, rows } = await sql.run(frame)
      const records = rows.map((row) => rowRecord(columns, row))
      return overValues(frame, slot, ROW_TYPE, records, turn)
    }
  },
  cursor: compileCursorLoop,
  collection: compileCollectionLoop,
}

const ROW_TYPE: PlsqlType = { kind: 'record', name: '', fields: undefined }

function controlOf<Kind extends LoopControl['kind']>(
  statement: LoopStatement,
  _kind: Kind,
): Extract<LoopControl, { kind: Kind }> {
  return statement.control as Extract<LoopControl, { kind: Kind }>
}

function loopScope(scope: Scope, statement: LoopStatement): Scope {
  const { label } = statement
  return new Scope(scope.unit, scope, { loops: [...scope.loops, label], ...(label === undefined ? {} : { label }) })
}

/** Loop variables cannot be assigned to. */
function declareLoopVariable(scope: Scope, name: string, type: PlsqlType): number {
  const slot = scope.newSlot()
  scope.declare(name, { kind: 'variable', name, slot, level: scope.unit.level, type, readOnly: true })
  return slot
}

function compileTurn(context: CompileContext, scope: Scope, statement: LoopStatement): (frame: Frame) => Promise<Turn> {
  const body = compileStatements(context, scope, statement.statements)
  const { label } = statement
  return async (frame) => {
    const completion = await body(frame)
    if (completion === undefined) return undefined
    if (completion.kind === 'return') return { ends: completion }
    const isOurs = completion.label === undefined || completion.label === label
    if (!isOurs) return { ends: completion }
    return completion.kind === 'exit' ? { ends: undefined } : undefined
  }
}

async function repeat(frame: Frame, turn: (frame: Frame) => Promise<Turn>, condition?: Compiled): Promise<Completion> {
  for (;;) {
    if (condition !== undefined && !isTrue(await condition.evaluate(frame))) return undefined
    const result = await turn(frame)
    if (result !== undefined) return result.ends
    const pause = frame.execution.step()
    if (pause !== undefined) await pause
  }
}

async function overValues(
  frame: Frame,
  slot: number,
  type: PlsqlType,
  values: Iterable<PlsqlValue>,
  turn: (frame: Frame) => Promise<Turn>,
): Promise<Completion> {
  for (const value of values) {
    frame.slots[slot] = { type, value }
    const result = await turn(frame)
    if (result !== undefined) return result.ends
  }
  return undefined
}

function compileRange(context: CompileContext, scope: Scope, statement: LoopStatement): Run {
  const control = controlOf(statement, 'range')
  const low = compileExpression(context, scope, control.low)
  const high = compileExpression(context, scope, control.high)
  const inner = loopScope(scope, statement)
  const slot = declareLoopVariable(inner, control.variable, INTEGER_TYPE)
  const turn = compileTurn(context, inner, statement)
  return async (frame) => {
    const from = boundOf(await low.evaluate(frame))
    const to = boundOf(await high.evaluate(frame))
    return overValues(frame, slot, INTEGER_TYPE, integers(from, to, control.reverse), turn)
  }
}

function boundOf(value: PlsqlValue): number {
  const bound = toNumber(scalarOf(value))
  if (bound === null) throw valueError()
  const whole = bound.toDecimalPlaces(0).toNumber()
  if (Math.abs(whole) > 2_147_483_648) throw new OracleError(1426, 'numeric overflow')
  return whole
}

function* integers(low: number, high: number, reverse: boolean): Generator<PlsqlValue> {
  const count = high - low + 1
  for (let step = 0; step < count; step += 1) {
    const value = new OracleNumber(reverse ? high - step : low + step)
    yield { type: INTEGER_TYPE.oracle, value }
  }
}

function compileCursorLoop(context: CompileContext, scope: Scope, statement: LoopStatement): Run {
  const control = controlOf(statement, 'cursor')
  const access = compileCursorAccess(context, scope, control.cursor, 'read')
  const inner = loopScope(scope, statement)
  const slot = declareLoopVariable(inner, control.variable, ROW_TYPE)
  const turn = compileTurn(context, inner, statement)
  return async (frame) => {
    await access.openExplicit?.(frame)
    const variable = await access.find(frame)
    const open = openCursorOf(variable)
    try {
      while (open.position < open.rows.length) {
        const row = open.rows[open.position] ?? []
        open.position += 1
        open.found = true
        frame.slots[slot] = { type: ROW_TYPE, value: rowRecord(open.columns, row) }
        const result = await turn(frame)
        if (result !== undefined) return result.ends
      }
      return undefined
    } finally {
      variable.open = undefined
    }
  }
}

function compileCollectionLoop(context: CompileContext, scope: Scope, statement: LoopStatement): Run {
  const control = controlOf(statement, 'collection')
  const collection = compileExpression(context, scope, control.collection)
  const { type } = collection
  const indexType = type?.kind === 'collection' && type.indexedBy === 'text' ? TEXT_TYPE : INTEGER_TYPE
  const elementType = type?.kind === 'collection' ? type.element : INTEGER_TYPE
  const variableType = control.of === 'VALUES' ? elementType : indexType
  const inner = loopScope(scope, statement)
  const slot = declareLoopVariable(inner, control.variable, variableType)
  const turn = compileTurn(context, inner, statement)
  return async (frame) => {
    const found = collectionOf(await collection.evaluate(frame))
    const keys = [...found.keys()]
    const values =
      control.of === 'VALUES'
        ? keys.map((key) => copyValue(found.elements.get(key) as PlsqlValue))
        : keys.map((key) => subscriptValue(key))
    return overValues(frame, slot, variableType, values, turn)
  }
}

function subscriptValue(key: CollectionKey): PlsqlValue {
  if (typeof key === 'string') return { type: TEXT_TYPE.oracle, value: key }
  return { type: INTEGER_TYPE.oracle, value: new OracleNumber(key) }
}

/** FORALL runs one DML statement per subscript; SQL%ROWCOUNT counts all of them. @throws OracleError ORA-06550 */
export function compileForall(
  context: CompileContext,
  scope: Scope,
  statement: Extract<Statement, { kind: 'forall' }>,
): Run {
  const subscripts = compileSubscripts(context, scope, statement)
  const inner = new Scope(scope.unit, scope)
  const slot = declareLoopVariable(inner, statement.index, INTEGER_TYPE)
  const sql = compileSql(context, inner, statement.sql)
  const receiver = statement.sql.into && compileInto(context, inner, statement.sql.into)
  return async (frame) => {
    let rowCount = 0
    const returned: (readonly (typeof frame.execution.implicitCursor)['rowCount'][])[] = []
    let columns: Awaited<ReturnType<typeof sql.run>>['columns'] = []
    for (const value of await subscripts(frame)) {
      frame.slots[slot] = { type: INTEGER_TYPE, value }
      const pause = frame.execution.step()
      if (pause !== undefined) await pause
      const result = await sql.run(frame)
      rowCount += result.rowCount
      columns = result.columns
      returned.push(...result.rows)
    }
    noteResult(frame, sql.verb, { columns: [], rows: [], rowCount })
    if (receiver !== undefined) await receiver.receiveRows(frame, columns, returned)
    return undefined
  }
}

function compileSubscripts(
  context: CompileContext,
  scope: Scope,
  { range }: Extract<Statement, { kind: 'forall' }>,
): (frame: Frame) => Promise<Iterable<PlsqlValue>> {
  if (range.kind === 'range') {
    const low = compileExpression(context, scope, range.low)
    const high = compileExpression(context, scope, range.high)
    return async (frame) => integers(boundOf(await low.evaluate(frame)), boundOf(await high.evaluate(frame)), false)
  }
  const collection = compileExpression(context, scope, range.collection)
  return async (frame) => {
    const found = collectionOf(await collection.evaluate(frame))
    if (range.kind === 'indices') return found.keys().map(subscriptValue)
    return found.keys().map((key) => numberValue(toNumber(scalarOf(found.elements.get(key) as PlsqlValue)) ?? 0))
  }
}
