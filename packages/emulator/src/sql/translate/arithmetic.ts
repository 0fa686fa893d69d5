import { DATE, NUMBER } from '../../values/oracle-type.ts'
import type { Expression } from '../parse/syntax-tree.ts'
import { type Family, familyOf, type SqlType } from '../values/sql-value.ts'
import { translateValue } from './expression.ts'
import { convertOperand } from './operand.ts'
import type { Operand, Scope } from './scope.ts'
import type { Translation } from './translation.ts'

type Arithmetic = Extract<Expression, { kind: 'arithmetic' }>

const NUMBER_FUNCTIONS: Readonly<Record<string, string>> = {
  '+': 'ora_add',
  '-': 'ora_subtract',
  '*': 'ora_multiply',
  '/': 'ora_divide',
}
const SPAN: SqlType = { name: 'INTERVAL DAY TO SECOND' }

/** Sums and products of numbers, dates and intervals. @throws OracleError ORA-00932, ORA-00975 */
export function translateArithmetic(node: Arithmetic, scope: Scope, translation: Translation): Operand {
  const left = translateValue(node.left, scope, translation)
  const right = translateValue(node.right, scope, translation)
  const nullable = left.nullable || right.nullable
  const [a, b] = [familyOf(left.type), familyOf(right.type)]
  if (isTime(a) || isTime(b)) return timeArithmetic(node, left, right, translation)
  if (isInterval(a) || isInterval(b)) return intervalArithmetic(node, left, right, translation)
  const x = convertOperand(left, 'number', translation, node.left.start)
  const y = convertOperand(right, 'number', translation, node.right.start)
  return { sql: `${NUMBER_FUNCTIONS[node.operator]}(${x.sql}, ${y.sql})`, type: NUMBER, nullable }
}

function isTime(family: Family): boolean {
  return family === 'date' || family === 'timestamp' || family === 'zoned'
}

function isInterval(family: Family): boolean {
  return family === 'months' || family === 'span'
}

function timeArithmetic(node: Arithmetic, left: Operand, right: Operand, translation: Translation): Operand {
  const nullable = left.nullable || right.nullable
  const [a, b] = [familyOf(left.type), familyOf(right.type)]
  if (isTime(a) && isTime(b)) {
    if (node.operator !== '-') throw translation.error(node.start, 975, 'date + date not allowed')
    const dates = a === 'date' && b === 'date'
    const sql = `${dates ? 'ora_days_between' : 'ora_interval_between'}(${left.sql}, ${right.sql})`
    return { sql, type: dates ? NUMBER : SPAN, nullable }
  }
  const time = isTime(a) ? left : right
  const amount = isTime(a) ? right : left
  const subtract = node.operator === '-'
  if (node.operator === '*' || node.operator === '/' || (subtract && !isTime(a))) {
    throw wrongTypes(node, isTime(a) ? left : right, translation)
  }
  if (isInterval(familyOf(amount.type))) {
    const sql = `ora_add_interval(${time.sql}, ${amount.sql}, '${subtract ? '-' : '+'}')`
    return { sql, type: time.type, nullable }
  }
  const days = convertOperand(amount, 'number', translation, node.start)
  const date = convertOperand(time, 'date', translation, node.start)
  return { sql: `ora_add_days(${date.sql}, ${days.sql}, '${subtract ? '-' : '+'}')`, type: DATE, nullable }
}

function intervalArithmetic(node: Arithmetic, left: Operand, right: Operand, translation: Translation): Operand {
  const nullable = left.nullable || right.nullable
  const [a, b] = [familyOf(left.type), familyOf(right.type)]
  if (node.operator === '+' || node.operator === '-') {
    if (a !== b) throw wrongTypes(node, isInterval(a) ? right : left, translation)
    return { sql: `ora_sum_intervals(${left.sql}, ${right.sql}, '${node.operator}')`, type: left.type, nullable }
  }
  const [interval, amount] = isInterval(a) ? [left, right] : [right, left]
  if (isInterval(familyOf(amount.type)) || (node.operator === '/' && !isInterval(a))) {
    throw wrongTypes(node, amount, translation)
  }
  const factor = convertOperand(amount, 'number', translation, node.start)
  return {
    sql: `ora_scale_interval(${interval.sql}, ${factor.sql}, '${node.operator}')`,
    type: interval.type,
    nullable,
  }
}

function wrongTypes(node: Arithmetic, operand: Operand, translation: Translation): Error {
  return translation.error(node.start, 932, `inconsistent datatypes: expected NUMBER got ${operand.type.name}`)
}

export function translateNegation(
  node: Extract<Expression, { kind: 'negation' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const value = translateValue(node.value, scope, translation)
  if (isInterval(familyOf(value.type))) {
    return { ...value, sql: `ora_scale_interval(${value.sql}, ora_negate(ora_int(1)), '*')` }
  }
  const number = convertOperand(value, 'number', translation, node.value.start)
  return { sql: `ora_negate(${number.sql})`, type: NUMBER, nullable: value.nullable }
}
