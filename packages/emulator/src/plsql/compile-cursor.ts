import { OracleError } from '../oracle-error.ts'
import { type CompileContext, type Compiled, markBind, wrongArguments, wrongType } from './compile-context.ts'
import { compileArgumentsOf } from './compile-local-call.ts'
import { compileReference } from './compile-reference.ts'
import { convertTo } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import { type Frame, outerFrame } from './execution.ts'
import { matchArguments, noteBindUse } from './match-arguments.ts'
import { bindReference } from './place.ts'
import { BOOLEAN_TYPE, NUMBER_TYPE } from './plsql-type.ts'
import {
  booleanValue,
  CursorVariable,
  isScalar,
  NULL_VALUE,
  numberValue,
  type OpenCursor,
  type PlsqlValue,
} from './plsql-value.ts'
import type { CursorSymbol, Scope } from './scope.ts'
import type { BindExpression, Expression, Reference } from './syntax.ts'

/** A cursor as a statement uses it. */
export interface CursorAccess {
  /** The explicit cursor behind it; undefined for a cursor variable or bind. */
  readonly symbol: CursorSymbol | undefined
  /** The variable that holds what is open. */
  readonly find: (frame: Frame) => Eventual<CursorVariable>
  /** Opens the explicit cursor with the arguments written behind its name. */
  readonly openExplicit: ((frame: Frame) => Promise<void>) | undefined
  /** Present for cursor variables and binds: OPEN ... FOR assigns to them. */
  readonly assign: ((frame: Frame, value: CursorVariable) => Eventual<void>) | undefined
}

/** Resolves the cursor of OPEN, FETCH, CLOSE or an attribute. @throws OracleError ORA-06550 */
export function compileCursorAccess(
  context: CompileContext,
  scope: Scope,
  expression: Expression,
  use: 'read' | 'written',
): CursorAccess {
  if (expression.kind === 'bind') {
    markBind(context, expression.name, use)
    return variableAccess(bindReference(expression.name))
  }
  if (expression.kind !== 'reference') throw wrongType(context, expression.at)
  const [first] = expression.parts
  const thing = first?.kind === 'name' ? scope.find(first.name) : undefined
  if (thing?.kind === 'cursor') return explicitAccess(context, scope, thing, expression)
  const compiled = compileReference(context, scope, expression)
  if (compiled.type !== undefined && compiled.type.kind !== 'cursorVariable') {
    throw context.source.error(expression.at, 'PLS-00382: expression is of wrong type', 'SQL Statement ignored')
  }
  return variableAccess(compiled)
}

function variableAccess(compiled: Compiled): CursorAccess {
  const { place } = compiled
  return {
    symbol: undefined,
    openExplicit: undefined,
    assign: place === undefined ? undefined : (frame, value) => place.write(frame, value),
    find: (frame) =>
      chain(compiled.evaluate(frame), (value) => {
        if (value instanceof CursorVariable) return value
        if (isScalar(value) && value.value === null) return new CursorVariable()
        const opened = convertTo({ kind: 'cursorVariable' }, value, frame.execution.session.sql) as CursorVariable
        return chain(place?.write(frame, opened), () => opened)
      }),
  }
}

function explicitAccess(
  context: CompileContext,
  scope: Scope,
  symbol: CursorSymbol,
  expression: Reference,
): CursorAccess {
  const levels = scope.unit.level - symbol.level
  const find = (frame: Frame) => outerFrame(frame, levels).slots[symbol.slot] as CursorVariable
  const part = expression.parts[1]
  const given = compileArgumentsOf(context, scope, part?.kind === 'arguments' ? part.arguments : [])
  const matched = matchArguments(symbol.parameters, given)
  const openExplicit = async (frame: Frame): Promise<void> => {
    if (find(frame).open !== undefined) throw new OracleError(6511, 'PL/SQL: cursor already open')
    const home = outerFrame(frame, levels)
    const values: PlsqlValue[] = []
    for (const [index, parameter] of symbol.parameters.entries()) {
      const evaluated = await (matched?.[index]?.compiled.evaluate(frame) ?? parameter.initial?.(home) ?? NULL_VALUE)
      values.push(convertTo(parameter.type, evaluated, frame.execution.session.sql))
    }
    await symbol.open.run?.(home, values)
  }
  if (matched !== undefined) noteBindUse(context, symbol.parameters, matched)
  else if (part !== undefined) throw wrongArguments(context, expression.at, symbol.name)
  const openOrFail = matched === undefined ? missingArguments(context, expression, symbol) : openExplicit
  return { symbol, find, openExplicit: openOrFail, assign: undefined }
}

/** FETCH, CLOSE and attributes name a cursor without its arguments; only opening needs them. */
function missingArguments(context: CompileContext, expression: Reference, symbol: CursorSymbol) {
  const error = wrongArguments(context, expression.at, symbol.name)
  return async () => {
    throw error
  }
}

/** The rows of an open cursor. @throws OracleError ORA-01001 */
export function openCursorOf(variable: CursorVariable): OpenCursor {
  if (variable.open === undefined) throw new OracleError(1001, 'invalid cursor')
  return variable.open
}

/** `name%FOUND` and its like; SQL% speaks of the last SQL statement. @throws OracleError ORA-06550 */
export function compileCursorAttribute(
  context: CompileContext,
  scope: Scope,
  cursor: Reference | BindExpression,
  attribute: string,
): Compiled {
  const type = attribute === 'ROWCOUNT' ? NUMBER_TYPE : BOOLEAN_TYPE
  const isImplicit = cursor.kind === 'reference' && cursor.parts[0]?.kind === 'name' && cursor.parts[0].name === 'SQL'
  if (isImplicit && cursor.parts.length === 1) return { type, evaluate: (frame) => implicitAttribute(frame, attribute) }
  const access = compileCursorAccess(context, scope, cursor, 'read')
  return {
    type,
    evaluate: (frame) => chain(access.find(frame), (variable) => explicitAttribute(variable, attribute)),
  }
}

function implicitAttribute(frame: Frame, attribute: string): PlsqlValue {
  const { rowCount, found } = frame.execution.implicitCursor
  if (attribute === 'ROWCOUNT') return { type: NUMBER_TYPE.oracle, value: rowCount }
  if (attribute === 'ISOPEN') return booleanValue(false)
  const isFound = attribute === 'FOUND'
  return booleanValue(found === null ? null : found === isFound)
}

function explicitAttribute(variable: CursorVariable, attribute: string): PlsqlValue {
  if (attribute === 'ISOPEN') return booleanValue(variable.open !== undefined)
  const { found, position } = openCursorOf(variable)
  if (attribute === 'ROWCOUNT') return numberValue(position)
  return booleanValue(found === null ? null : found === (attribute === 'FOUND'))
}
