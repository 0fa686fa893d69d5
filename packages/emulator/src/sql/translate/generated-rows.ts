import type { ConnectBy, Expression, SelectBlock } from '../parse/syntax-tree.ts'
import { translateTest } from './expression.ts'
import { translateFrom } from './from.ts'
import { Scope } from './scope.ts'
import type { Translation } from './translation.ts'
import { isBareName, someExpression } from './visit.ts'

/**
 * CONNECT BY as a generator of rows: `FROM dual CONNECT BY LEVEL <= n`. Each level repeats the one row of the table
 * while the condition holds.
 * @throws OracleError ORA-01436 when it holds for ever
 */
export function generatedRows(
  body: SelectBlock & { readonly connectBy: ConnectBy },
  scope: Scope,
  translation: Translation,
): { from: string; where: Expression | undefined } {
  const { condition, start } = body.connectBy
  const joined = translateFrom(body, scope, translation)
  const level = translation.alias('h')
  const counter = new Scope(scope.parent)
  counter.level = 'ora_int(level + 1)'
  counter.rownum = counter.level
  const test = translateTest(condition, counter, translation)
  if (!someExpression(condition, (part) => isBareName(part, 'LEVEL') || isBareName(part, 'ROWNUM'))) {
    throw translation.error(start, 1436, 'CONNECT BY loop in user data')
  }
  const rows = `WITH RECURSIVE levels(level) AS (SELECT 1 UNION ALL SELECT level + 1 FROM levels WHERE ${test}) SELECT level FROM levels`
  scope.level = `ora_int(${level}.level)`
  const tables = joined.from === '' ? '(SELECT 1)' : joined.from
  return { from: `${tables} CROSS JOIN (${rows}) AS ${level}`, where: joined.where }
}
