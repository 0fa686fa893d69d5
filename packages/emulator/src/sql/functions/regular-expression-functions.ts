import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { BOOLEAN, NUMBER } from '../../values/oracle-type.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { regularExpression } from './regular-expression.ts'
import { always, MAXIMUM_TEXT, textLike, textOf } from './result-type.ts'
import type { ScalarFunction } from './scalar-function.ts'

function integer(value: SqlValue | undefined, missing: number, least: number): number {
  const number = value instanceof OracleNumber ? value.trunc().toNumber() : missing
  if (number < least) throw new OracleError(1428, `argument '${number}' is out of range`)
  return number
}

/** All matches from a position, counted from 1. */
function matches(text: string, pattern: string, start: number, parameters: SqlValue | undefined): RegExpMatchArray[] {
  const expression = regularExpression(pattern, typeof parameters === 'string' ? parameters : 'c')
  const offset = start - 1
  if (offset >= text.length) return []
  return [...text.matchAll(expression)].filter((match) => (match.index ?? 0) >= offset)
}

function replace(values: readonly SqlValue[]): SqlValue {
  const [text, pattern, replacement, start, occurrence, parameters] = values
  if (typeof text !== 'string' || typeof pattern !== 'string') return text ?? null
  const expression = regularExpression(pattern, typeof parameters === 'string' ? parameters : 'c')
  const from = integer(start, 1, 1) - 1
  const wanted = integer(occurrence, 0, 0)
  let count = 0
  const insert = typeof replacement === 'string' ? replacement : ''
  const replaced = text.slice(from).replace(expression, (...found) => {
    count += 1
    if (wanted !== 0 && count !== wanted) return found[0] as string
    return insert.replace(/\\(\d|\\)/g, (_, digit: string) =>
      digit === '\\' ? '\\' : String(found[Number(digit)] ?? ''),
    )
  })
  return text.slice(0, from) + replaced
}

export const regularExpressionFunctions: readonly ScalarFunction[] = [
  {
    name: 'REGEXP_LIKE',
    parameters: ['text', 'text', 'text'],
    optional: 1,
    returns: always(BOOLEAN),
    run: ([text, pattern, parameters]) => matches(text as string, pattern as string, 1, parameters).length > 0,
  },
  {
    name: 'REGEXP_COUNT',
    parameters: ['text', 'text', 'number', 'text'],
    optional: 2,
    returns: always(NUMBER),
    run: ([text, pattern, start, parameters]) =>
      new OracleNumber(matches(text as string, pattern as string, integer(start, 1, 1), parameters).length),
  },
  {
    name: 'REGEXP_SUBSTR',
    parameters: ['text', 'text', 'number', 'number', 'text', 'number'],
    optional: 4,
    returns: textLike(),
    run: ([text, pattern, start, occurrence, parameters, group]) => {
      const found = matches(text as string, pattern as string, integer(start, 1, 1), parameters)
      return found[integer(occurrence, 1, 1) - 1]?.[integer(group, 0, 0)] ?? null
    },
  },
  {
    name: 'REGEXP_INSTR',
    parameters: ['text', 'text', 'number', 'number', 'number', 'text', 'number'],
    optional: 5,
    returns: always(NUMBER),
    run: ([text, pattern, start, occurrence, after, parameters, group]) => {
      const found = matches(text as string, pattern as string, integer(start, 1, 1), parameters)
      const match = found[integer(occurrence, 1, 1) - 1]
      const part = match?.[integer(group, 0, 0)]
      if (match === undefined || part === undefined) return new OracleNumber(0)
      const at = (match.index ?? 0) + (integer(group, 0, 0) === 0 ? 0 : match[0].indexOf(part)) + 1
      return new OracleNumber(integer(after, 0, 0) === 1 ? at + part.length : at)
    },
  },
  {
    name: 'REGEXP_REPLACE',
    parameters: ['text', 'text', 'text', 'number', 'number', 'text'],
    optional: 4,
    acceptsNull: true,
    returns: textOf(MAXIMUM_TEXT),
    run: replace,
  },
]
