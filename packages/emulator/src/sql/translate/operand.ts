import { convertible, sameForm } from '../functions/conversion.ts'
import { type Family, familyOf, type SqlType, typeLabel } from '../values/sql-value.ts'
import { literalOf } from '../values/stored-value.ts'
import type { Operand } from './scope.ts'
import type { Translation } from './translation.ts'

/** The tag and the eleven bytes of a time in UTC. */
const INSTANT_BYTES = 12

const TRUE: string = literalOf(true)
const FALSE: string = literalOf(false)

/** A condition as a stored BOOLEAN; other operands as they are. */
export function asValue(operand: Operand): Operand {
  if (operand.condition !== true) return operand
  const sql = `CASE WHEN ${operand.sql} THEN ${TRUE} WHEN NOT (${operand.sql}) THEN ${FALSE} END`
  return { sql: `(${sql})`, type: operand.type, nullable: operand.nullable }
}

/** An operand as a condition of the engine. @throws OracleError ORA-00920 when it is no BOOLEAN */
export function asCondition(operand: Operand, translation: Translation, position: number): string {
  if (operand.condition === true) return operand.sql
  if (familyOf(operand.type) === 'boolean') return `(${operand.sql} = ${TRUE})`
  throw translation.error(position, 920, 'invalid relational operator')
}

/** Converts to a family as the database does implicitly. @throws OracleError ORA-00932 */
export function convertOperand(
  operand: Operand,
  to: Family,
  translation: Translation,
  position: number,
  expected?: string,
): Operand {
  const value = asValue(operand)
  const from = familyOf(value.type)
  if (!convertible(from, to)) throw inconsistent(translation, position, expected ?? to, value.type)
  if (sameForm(from, to)) return value
  return { ...value, sql: `ora_convert(${value.sql}, '${from}>${to}')` }
}

const FAMILY_LABELS: Readonly<Record<string, string>> = {
  text: 'CHAR',
  months: 'INTERVAL YEAR TO MONTH',
  span: 'INTERVAL DAY TO SECOND',
  zoned: 'TIMESTAMP WITH TIME ZONE',
}

export function inconsistent(translation: Translation, position: number, expected: string, actual: SqlType): Error {
  const label = FAMILY_LABELS[expected] ?? expected.toUpperCase()
  return translation.error(position, 932, `inconsistent datatypes: expected ${label} got ${typeLabel(actual)}`)
}

/** The family in which two values are compared: numbers and times win over text. */
function comparisonFamily(left: SqlType, right: SqlType, translation: Translation, position: number): Family {
  const [a, b] = [familyOf(left), familyOf(right)]
  if (a === 'null') return b
  if (b === 'null' || a === b) return a
  if (a === 'clob' || b === 'clob') throw inconsistent(translation, position, '-', a === 'clob' ? left : right)
  if (a === 'text') return b
  if (b === 'text') return a
  const times: readonly Family[] = ['date', 'timestamp', 'zoned']
  if (times.includes(a) && times.includes(b)) return times.indexOf(a) > times.indexOf(b) ? a : b
  throw inconsistent(translation, position, a, right)
}

/** Both operands in a form that the engine compares as the database would. */
export function comparable(
  left: Operand,
  right: Operand,
  translation: Translation,
  position: number,
): readonly [string, string] {
  const family = comparisonFamily(left.type, right.type, translation, position)
  if (family === 'clob') throw inconsistent(translation, position, '-', left.type)
  const a = convertOperand(left, family, translation, position)
  const b = convertOperand(right, family, translation, position)
  // The stored form begins with the instant and ends with the zone, which does not count.
  if (family === 'zoned') return [`substr(${a.sql}, 1, ${INSTANT_BYTES})`, `substr(${b.sql}, 1, ${INSTANT_BYTES})`]
  if (!padded(left.type, right.type)) return [a.sql, b.sql]
  return [`rtrim(${a.sql}, ' ')`, `rtrim(${b.sql}, ' ')`]
}

/** Two CHAR values of different lengths compare as if the shorter were filled with blanks. */
function padded(left: SqlType, right: SqlType): boolean {
  return left.name === 'CHAR' && right.name === 'CHAR' && left.length !== right.length
}
