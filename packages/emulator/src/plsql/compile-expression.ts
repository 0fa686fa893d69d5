import { OracleError } from '../oracle-error.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { NUMBER } from '../values/oracle-type.ts'
import { type CompileContext, type Compiled, type Evaluate, markBind, wrongType } from './compile-context.ts'
import { compileCursorAttribute } from './compile-cursor.ts'
import { compileReference } from './compile-reference.ts'
import { convertTo, toText } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import { matchesLike } from './like.ts'
import { addInterval, calculate, compare, concatenate } from './operators.ts'
import { bindReference } from './place.ts'
import { BOOLEAN_TYPE, isAssignable, NUMBER_TYPE, type PlsqlType, scalar, TEXT_TYPE } from './plsql-type.ts'
import { booleanValue, NULL_VALUE, numberValue, type PlsqlValue, scalarOf } from './plsql-value.ts'
import { resolveType } from './resolve-type.ts'
import type { Scope } from './scope.ts'
import type { TypedValue } from './sql-executor.ts'
import type { BinaryOperator, CaseExpression, Expression } from './syntax.ts'

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

function mapped(
  operand: Compiled,
  type: PlsqlType | undefined,
  map: (value: PlsqlValue, frame: Frame) => Eventual<PlsqlValue>,
): Compiled {
  return { type, evaluate: (frame) => chain(operand.evaluate(frame), (value) => map(value, frame)) }
}

function mappedPair(
  left: Compiled,
  right: Compiled,
  type: PlsqlType | undefined,
  map: (left: PlsqlValue, right: PlsqlValue, frame: Frame) => PlsqlValue,
): Compiled {
  const evaluate: Evaluate = (frame) =>
    chain(left.evaluate(frame), (first) => chain(right.evaluate(frame), (second) => map(first, second, frame)))
  return { type, evaluate }
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

function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value
}

function truthOf(value: PlsqlValue): boolean | null {
  const content = scalarOf(value).value
  if (content === null || typeof content === 'boolean') return content
  throw new OracleError(6502, 'PL/SQL: numeric or value error')
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
  return mapped(operand, operand.type, (value) =>
    addInterval(scalarOf(value), sign * interval.months, sign * interval.seconds),
  )
}

type Condition = Extract<Expression, { kind: 'isNull' | 'like' | 'between' | 'in' }>

function compileCondition(context: CompileContext, scope: Scope, expression: Condition): Compiled {
  const operand = compileExpression(context, scope, expression.operand)
  const finish = (value: boolean | null) => booleanValue(expression.negated ? negate(value) : value)
  if (expression.kind === 'isNull') return mapped(operand, BOOLEAN_TYPE, (value) => finish(isNull(value)))
  if (expression.kind === 'like') return compileLike(context, scope, expression, operand, finish)
  if (expression.kind === 'between') {
    const low = compileExpression(context, scope, expression.low)
    const high = compileExpression(context, scope, expression.high)
    return mapped(operand, BOOLEAN_TYPE, (value, frame) =>
      chain(low.evaluate(frame), (from) =>
        chain(high.evaluate(frame), (to) => {
          const { sql } = frame.execution.session
          const above = compare(value, from, sql)
          const below = compare(value, to, sql)
          return finish(both(above === null ? null : above >= 0, below === null ? null : below <= 0))
        }),
      ),
    )
  }
  const items = expression.items.map((item) => compileExpression(context, scope, item))
  return mapped(operand, BOOLEAN_TYPE, (value, frame) => chain(isMember(value, items, frame, 0, false), finish))
}

function both(left: boolean | null, right: boolean | null): boolean | null {
  if (left === false || right === false) return false
  return left === null || right === null ? null : true
}

function isMember(
  value: PlsqlValue,
  items: readonly Compiled[],
  frame: Frame,
  index: number,
  sawNull: boolean,
): Eventual<boolean | null> {
  const item = items[index]
  if (item === undefined) return sawNull ? null : false
  return chain(item.evaluate(frame), (candidate) => {
    const order = compare(value, candidate, frame.execution.session.sql)
    return order === 0 ? true : isMember(value, items, frame, index + 1, sawNull || order === null)
  })
}

function isNull(value: PlsqlValue): boolean {
  if ('isNull' in value) return value.isNull
  if ('value' in value) return value.value === null
  return 'open' in value ? value.open === undefined : false
}

function compileLike(
  context: CompileContext,
  scope: Scope,
  expression: Extract<Expression, { kind: 'like' }>,
  operand: Compiled,
  finish: (value: boolean | null) => PlsqlValue,
): Compiled {
  const pattern = compileExpression(context, scope, expression.pattern)
  const escapeMark = expression.escape && compileExpression(context, scope, expression.escape)
  return mapped(operand, BOOLEAN_TYPE, (value, frame) =>
    chain(pattern.evaluate(frame), (mask) =>
      chain(escapeMark?.evaluate(frame) ?? NULL_VALUE, (mark) => {
        const { sql } = frame.execution.session
        const text = toText(scalarOf(value), sql)
        const maskText = toText(scalarOf(mask), sql)
        if (text === null || maskText === null) return finish(null)
        return finish(matchesLike(text, maskText, toText(scalarOf(mark), sql)))
      }),
    ),
  )
}

function compileCase(context: CompileContext, scope: Scope, expression: CaseExpression): Compiled {
  const selector =
    expression.selector === undefined ? undefined : compileExpression(context, scope, expression.selector)
  const branches = expression.branches.map((branch) => ({
    when:
      selector === undefined
        ? compileBoolean(context, scope, branch.when)
        : compileExpression(context, scope, branch.when),
    result: compileExpression(context, scope, branch.result),
  }))
  const otherwise = expression.otherwise && compileExpression(context, scope, expression.otherwise)
  const choose = (frame: Frame, selected: PlsqlValue | undefined, index: number): Eventual<PlsqlValue> => {
    const branch = branches[index]
    if (branch === undefined) return otherwise?.evaluate(frame) ?? NULL_VALUE
    return chain(branch.when.evaluate(frame), (when) => {
      const matches = selected === undefined ? isTrue(when) : compare(selected, when, frame.execution.session.sql) === 0
      return matches ? branch.result.evaluate(frame) : choose(frame, selected, index + 1)
    })
  }
  const type = branches.find((branch) => branch.result.type !== undefined)?.result.type
  return {
    type: type?.kind === 'scalar' && type.oracle.name !== 'BOOLEAN' ? undefined : type,
    evaluate: (frame) =>
      selector === undefined
        ? choose(frame, undefined, 0)
        : chain(selector.evaluate(frame), (selected) => choose(frame, selected, 0)),
  }
}

const EXTRACTED: Readonly<Record<string, (value: OracleDateTime) => number>> = {
  YEAR: (value) => value.year,
  MONTH: (value) => value.month,
  DAY: (value) => value.day,
  HOUR: (value) => value.hour,
  MINUTE: (value) => value.minute,
  SECOND: (value) => value.second + value.nanosecond / 1e9,
  TIMEZONE_HOUR: (value) => Math.trunc((value.offsetMinutes ?? 0) / 60),
  TIMEZONE_MINUTE: (value) => (value.offsetMinutes ?? 0) % 60,
}
const DATE_FIELDS = new Set(['YEAR', 'MONTH', 'DAY'])

function compileExtract(
  context: CompileContext,
  scope: Scope,
  expression: Extract<Expression, { kind: 'extract' }>,
): Compiled {
  const field = Object.hasOwn(EXTRACTED, expression.field) ? EXTRACTED[expression.field] : undefined
  if (field === undefined) {
    throw context.source.error(expression.at, 'PLS-00801: invalid field for EXTRACT', 'Statement ignored')
  }
  const operand = compileExpression(context, scope, expression.operand)
  return mapped(operand, NUMBER_TYPE, (value) => {
    const { type, value: content } = scalarOf(value)
    if (content === null) return { type: NUMBER, value: null }
    const isDate = content instanceof OracleDateTime
    if (!isDate || (type.name === 'DATE' && !DATE_FIELDS.has(expression.field))) {
      throw new OracleError(30076, 'invalid extract field for extract source')
    }
    return numberValue(field(content))
  })
}

function compileTrim(
  context: CompileContext,
  scope: Scope,
  expression: Extract<Expression, { kind: 'trim' }>,
): Compiled {
  const operand = compileExpression(context, scope, expression.operand)
  const character = expression.character && compileExpression(context, scope, expression.character)
  return mapped(operand, undefined, (value, frame) =>
    chain(character?.evaluate(frame) ?? { type: TEXT_TYPE.oracle, value: ' ' }, (mark) => {
      const { sql } = frame.execution.session
      const given = scalarOf(value)
      const text = toText(given, sql)
      const trimmed = toText(scalarOf(mark), sql)
      if (text === null || trimmed === null) return NULL_VALUE
      if (trimmed.length !== 1) throw new OracleError(30001, 'trim set should have only one character')
      const result = trimText(text, trimmed, expression.side)
      const isClob = given.type.name === 'CLOB' || given.type.name === 'NCLOB'
      return { type: isClob ? given.type : TEXT_TYPE.oracle, value: result === '' && !isClob ? null : result }
    }),
  )
}

function trimText(text: string, character: string, side: 'LEADING' | 'TRAILING' | 'BOTH'): string {
  let from = 0
  let to = text.length
  if (side !== 'TRAILING') while (from < to && text[from] === character) from += 1
  if (side !== 'LEADING') while (to > from && text[to - 1] === character) to -= 1
  return text.slice(from, to)
}
