import type { Expression, SelectBlock } from '../parse/syntax-tree.ts'
import { translateTest } from './expression.ts'
import { translateFrom } from './from.ts'
import { Scope } from './scope.ts'
import type { Translation } from './translation.ts'
import { isBareName, someExpression } from './visit.ts'

/**
 * CONNECT BY as a generator of rows: `FROM dual CONNECT BY LEVEL <= n`. Each level repeats the one row of the table
 * while the condition holds. Hierarchies over PRIOR are refused by the parser.
 */
export function hierarchicalFrom(
  body: SelectBlock & { readonly connectBy: NonNullable<SelectBlock['connectBy']> },
  scope: Scope,
  translation: Translation,
): { from: string; where: Expression | undefined } {
  const { condition, startWith, start } = body.connectBy
  const joined = translateFrom(body, scope, translation)
  if (scope.sources.length !== 1 || scope.sources[0]?.name !== 'DUAL' || startWith !== undefined) {
    throw translation.error(start, 3001, 'unimplemented feature: CONNECT BY other than on DUAL')
  }
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
  return { from: `${joined.from} CROSS JOIN (${rows}) AS ${level}`, where: joined.where }
}
