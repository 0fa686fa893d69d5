import { matchesLike } from '../language/like.ts'
import type { CompileContext, Compiled } from './compile-context.ts'
import { compileBoolean, compileExpression, isTrue } from './compile-expression.ts'
import { toText } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import { mapped } from './mapped.ts'
import { compare } from './operators.ts'
import { BOOLEAN_TYPE } from './plsql-type.ts'
import { booleanValue, NULL_VALUE, type PlsqlValue, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { CaseExpression, Expression } from './syntax.ts'
import { negate } from './truth.ts'

type Condition = Extract<Expression, { kind: 'isNull' | 'like' | 'between' | 'in' }>

/** IS NULL, LIKE, BETWEEN and IN. @throws OracleError ORA-06550 */
export function compileCondition(context: CompileContext, scope: Scope, expression: Condition): Compiled {
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

/** CASE as an expression; NULL when no branch fits. @throws OracleError ORA-06550 */
export function compileCase(context: CompileContext, scope: Scope, expression: CaseExpression): Compiled {
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
