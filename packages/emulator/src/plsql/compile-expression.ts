import type { TypedValue } from '../execution/sql-executor.ts'
import type { OracleError } from '../oracle-error.ts'
import { compileCase, compileCondition } from './compile-condition.ts'
import { type CompileContext, type Compiled, markBind, wrongType } from './compile-context.ts'
import { compileCursorAttribute } from './compile-cursor.ts'
import { compileReference } from './compile-reference.ts'
import { compileExtract, compileTrim } from './compile-special-function.ts'
import { convertTo } from './convert.ts'
import { chain } from './eventual.ts'
import type { Frame } from './execution.ts'
import { mapped, mappedPair } from './mapped.ts'
import { calculate, compare, concatenate, moveByInterval } from './operators.ts'
import { bindReference } from './place.ts'
import { BOOLEAN_TYPE, isAssignable, NUMBER_TYPE, type PlsqlType, scalar, TEXT_TYPE } from './plsql-type.ts'
import { booleanValue, NULL_VALUE, numberValue, type PlsqlValue, scalarOf } from './plsql-value.ts'
import { resolveType } from './resolve-type.ts'
import type { Scope } from './scope.ts'
import type { BinaryOperator, Expression } from './syntax.ts'
import { negate, truthOf } from './truth.ts'

/** Resolves and checks an expression. @throws OracleError ORA-06550 */
export function compileExpression(context: CompileContext, scope: Scope, expression: Expression): Compiled {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression
      return { type: value === NULL_VALUE ? undefined : scalar(value.type), evaluate: () => value }
    }
    case 'bind':
      markBind(context, expression.name, 'read')
      return bindReference(expression.name)
    case 'reference':
      return compileReference(context, scope, expression)
    case 'attribute':
      return compileCursorAttribute(context, scope, expression.cursor, expression.attribute)
    case 'unary':
      return compileUnary(context, scope, expression)
    case 'binary':
      return compileBinary(context, scope, expression)
    case 'case':
      return compileCase(context, scope, expression)
    case 'cast': {
      const operand = compileExpression(context, scope, expression.operand)
      const type = resolveType(context, scope, expression.type)
      return mapped(operand, type, (value, frame) => convertTo(type, value, frame.execution.session.sql))
    }
    case 'extract':
      return compileExtract(context, scope, expression)
    case 'trim':
      return compileTrim(context, scope, expression)
    case 'interval':
      throw wrongType(context, expression.at)
    default:
      return compileCondition(context, scope, expression)
  }
}

/** An expression that must be BOOLEAN. @throws OracleError ORA-06550 with PLS-00382 */
export function compileBoolean(context: CompileContext, scope: Scope, expression: Expression): Compiled {
  const compiled = compileExpression(context, scope, expression)
  if (!isAssignable(BOOLEAN_TYPE, compiled.type)) throw wrongType(context, expression.at)
  return compiled
}

/** Whether a condition came out TRUE; FALSE and NULL are both no. */
export function isTrue(value: PlsqlValue): boolean {
  return scalarOf(value).value === true
}

function compileUnary(
  context: CompileContext,
  scope: Scope,
  expression: Extract<Expression, { kind: 'unary' }>,
): Compiled {
  if (expression.operator === 'NOT') {
    const operand = compileBoolean(context, scope, expression.operand)
    return mapped(operand, BOOLEAN_TYPE, (value) => booleanValue(negate(truthOf(value))))
  }
  const operand = compileExpression(context, scope, expression.operand)
  if (!isAssignable(NUMBER_TYPE, operand.type)) throw wrongOperands(context, expression.at, expression.operator)
  const sign = numberValue(expression.operator === '-' ? -1 : 1)
  return mapped(operand, operand.type, (value) => {
    const given = scalarOf(value)
    const integer: TypedValue = given.type.name === 'BINARY_INTEGER' ? { type: given.type, value: sign.value } : sign
    return calculate('*', given, integer)
  })
}

function wrongOperands(context: CompileContext, at: number, operator: string): OracleError {
  return context.source.error(
    at,
    `PLS-00306: wrong number or types of arguments in call to '${operator}'`,
    'Statement ignored',
  )
}

type BinaryExpression = Extract<Expression, { kind: 'binary' }>

function compileBinary(context: CompileContext, scope: Scope, expression: BinaryExpression): Compiled {
  const { operator } = expression
  if (operator === 'AND' || operator === 'OR') return compileLogic(context, scope, expression, operator)
  if (expression.right.kind === 'interval') return compileInterval(context, scope, expression, expression.right)
  const left = compileExpression(context, scope, expression.left)
  const right = compileExpression(context, scope, expression.right)
  if (COMPARISONS[operator] !== undefined) return compileComparison(context, expression, left, right)
  if (operator === '||') {
    if (!isAssignable(TEXT_TYPE, left.type) || !isAssignable(TEXT_TYPE, right.type)) {
      throw wrongOperands(context, expression.at, '||')
    }
    return mappedPair(left, right, undefined, (first, second, frame) =>
      concatenate(scalarOf(first), scalarOf(second), frame.execution.session.sql),
    )
  }
  if (isBooleanOrComposite(left.type) || isBooleanOrComposite(right.type)) {
    throw wrongOperands(context, expression.at, operator)
  }
  return mappedPair(left, right, undefined, (first, second) => calculate(operator, scalarOf(first), scalarOf(second)))
}

function isBooleanOrComposite(type: PlsqlType | undefined): boolean {
  return type !== undefined && (type.kind !== 'scalar' || type.oracle.name === 'BOOLEAN')
}

/** AND and OR stop at the first operand that settles the result. */
function compileLogic(
  context: CompileContext,
  scope: Scope,
  expression: BinaryExpression,
  operator: 'AND' | 'OR',
): Compiled {
  const left = compileBoolean(context, scope, expression.left)
  const right = compileBoolean(context, scope, expression.right)
  const settling = operator === 'OR'
  return mapped(left, BOOLEAN_TYPE, (first, frame) => {
    if (truthOf(first) === settling) return booleanValue(settling)
    return chain(right.evaluate(frame), (second) => {
      if (truthOf(second) === settling) return booleanValue(settling)
      return booleanValue(truthOf(first) === null || truthOf(second) === null ? null : !settling)
    })
  })
}

const COMPARISONS: Partial<Record<BinaryOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function compileComparison(
  context: CompileContext,
  expression: BinaryExpression,
  left: Compiled,
  right: Compiled,
): Compiled {
  const comparable = isAssignable(left.type, right.type) || isAssignable(right.type, left.type)
  const isComposite = [left, right].some((side) => side.type !== undefined && side.type.kind !== 'scalar')
  if (!comparable || isComposite) throw wrongOperands(context, expression.at, expression.operator)
  const test = COMPARISONS[expression.operator] as (order: number) => boolean
  return mappedPair(left, right, BOOLEAN_TYPE, (first, second, frame) => compared(first, second, frame, test))
}

function compared(left: PlsqlValue, right: PlsqlValue, frame: Frame, test: (order: number) => boolean): TypedValue {
  const order = compare(left, right, frame.execution.session.sql)
  return booleanValue(order === null ? null : test(order))
}

function compileInterval(
  context: CompileContext,
  scope: Scope,
  expression: BinaryExpression,
  interval: Extract<Expression, { kind: 'interval' }>,
): Compiled {
  if (expression.operator !== '+' && expression.operator !== '-') throw wrongType(context, expression.at)
  const sign = expression.operator === '-' ? -1 : 1
  const operand = compileExpression(context, scope, expression.left)
  return mapped(operand, operand.type, (value) => moveByInterval(scalarOf(value), interval.interval, sign))
}
