import { OracleError } from '../oracle-error.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { NUMBER } from '../values/oracle-type.ts'
import type { CompileContext, Compiled } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { toText } from './convert.ts'
import { chain } from './eventual.ts'
import { mapped } from './mapped.ts'
import { NUMBER_TYPE, TEXT_TYPE } from './plsql-type.ts'
import { NULL_VALUE, numberValue, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Expression } from './syntax.ts'

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

/** EXTRACT(field FROM date). @throws OracleError ORA-06550 */
export function compileExtract(
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

/** TRIM([[LEADING | TRAILING | BOTH] [character] FROM] text). @throws OracleError ORA-06550 */
export function compileTrim(
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
