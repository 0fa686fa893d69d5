import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { type ColumnHint, type ColumnHints, narrowedHint } from './column-hint.ts'
import { stepOf } from './column-step.ts'
import type { ColumnShape } from './table-shape.ts'

const NAME = '"?([\\p{L}][\\p{L}\\p{N}_$#]*)"?'
const NUMBER = '(-?\\d+(?:\\.\\d+)?)'
const IN_LIST = new RegExp(`${NAME}\\s+IN\\s*\\(([^()]*)\\)`, 'giu')
const BETWEEN = new RegExp(`${NAME}\\s+BETWEEN\\s+${NUMBER}\\s+AND\\s+${NUMBER}`, 'giu')
const COMPARISON = new RegExp(`${NAME}\\s*(<=|>=|<|>|=)\\s*${NUMBER}(?![\\d.])`, 'giu')
const LITERAL = /'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)/g

/**
 * What check constraints say about single columns with IN, BETWEEN and comparisons with numbers. What they say otherwise shows
 * when a row is refused.
 */
export function checkHints(conditions: readonly string[], columns: readonly ColumnShape[]): ColumnHints {
  const hints = new Map<string, ColumnHint>()
  const add = (written: string | undefined, hint: (column: ColumnShape) => ColumnHint): void => {
    const column = columns.find(({ name }) => name === written || name === written?.toUpperCase())
    if (column !== undefined) hints.set(column.name, narrowedHint(hints.get(column.name), hint(column)))
  }
  for (const condition of conditions) {
    // With these words a part of the condition may be false.
    if (/\b(?:OR|NOT|CASE)\b(?!\s+NULL)/i.test(condition)) continue
    for (const [, column, list = ''] of condition.matchAll(IN_LIST)) add(column, () => ({ values: literals(list) }))
    for (const [, column, low, high] of condition.matchAll(BETWEEN)) {
      add(column, () => ({ low: Number(low), high: Number(high) }))
    }
    for (const [, column, sign = '', limit] of condition.matchAll(COMPARISON)) {
      add(column, (shape) => comparisonHint(sign, Number(limit), shape))
    }
  }
  return hints
}

function literals(list: string): readonly OracleValue[] {
  return [...list.matchAll(LITERAL)].map(([, text, number]) =>
    number === undefined ? (text ?? '').replaceAll("''", "'") : new OracleNumber(number),
  )
}

function comparisonHint(sign: string, limit: number, column: ColumnShape): ColumnHint {
  const step = stepOf(column)
  switch (sign) {
    case '<':
      return { high: limit - step }
    case '<=':
      return { high: limit }
    case '>':
      return { low: limit + step }
    case '>=':
      return { low: limit }
    default:
      return { low: limit, high: limit }
  }
}
