import type { TypedValue } from '../execution/sql-executor.ts'
import { addDays, addInterval } from '../language/calendar.ts'
import { OracleError } from '../oracle-error.ts'
import type { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, DATE, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import { type FunctionCaller, toNumber, toText } from './convert.ts'
import { checkedLob } from './lob-limit.ts'
import { valueError } from './plsql-exception.ts'
import { DATE_TYPE, familyOf, MAXIMUM_LENGTH } from './plsql-type.ts'
import { isScalar, NULL_VALUE, numberValue, type PlsqlValue } from './plsql-value.ts'
import type { BinaryOperator } from './syntax.ts'

const LARGEST = new OracleNumber('1e126')
const MILLISECONDS_PER_DAY = 86_400_000

/** `left || right`: NULL counts as nothing. */
export function concatenate(left: TypedValue, right: TypedValue, functions: FunctionCaller): TypedValue {
  const text = (toText(left, functions) ?? '') + (toText(right, functions) ?? '')
  const isClob = familyOf(left.type) === 'clob' || familyOf(right.type) === 'clob'
  if (!isClob && text.length > MAXIMUM_LENGTH) throw valueError('character string buffer too small')
  if (isClob) return { type: CLOB, value: checkedLob(text) }
  return text === '' ? NULL_VALUE : { type: varchar2(MAXIMUM_LENGTH), value: text }
}

/** Numbers and dates. @throws OracleError ORA-01476, ORA-01426, ORA-06502 */
export function calculate(operator: BinaryOperator, left: TypedValue, right: TypedValue): TypedValue {
  if (left.value instanceof OracleDateTime || right.value instanceof OracleDateTime) {
    return calculateDate(operator, left, right)
  }
  const type = resultType(operator, left.type, right.type)
  const first = toNumber(left)
  const second = toNumber(right)
  if (first === null || second === null) return { type, value: null }
  const value = ARITHMETIC[operator]?.(first, second)
  if (value === undefined) throw valueError()
  return { type, value: checkedRange(type, value) }
}

type Arithmetic = (left: OracleNumber, right: OracleNumber) => OracleNumber

const ARITHMETIC: Partial<Record<BinaryOperator, Arithmetic>> = {
  '+': (left, right) => left.plus(right),
  '-': (left, right) => left.minus(right),
  '*': (left, right) => left.times(right),
  '/': (left, right) => {
    if (right.isZero()) throw new OracleError(1476, 'divisor is equal to zero')
    return left.dividedBy(right)
  },
  '**': (left, right) => {
    if (left.isNegative() && !right.isInteger()) throw valueError()
    return left.pow(right)
  },
  MOD: (left, right) => (right.isZero() ? left : left.mod(right)),
  REM: (left, right) => (right.isZero() ? left : left.mod(right)),
}

function resultType(operator: BinaryOperator, left: OracleType, right: OracleType): OracleType {
  const keepsIntegers = operator !== '/' && operator !== '**'
  if (keepsIntegers && left.name === 'BINARY_INTEGER' && right.name === 'BINARY_INTEGER') return left
  return NUMBER
}

function checkedRange(type: OracleType, value: OracleNumber): OracleNumber {
  const isInteger = type.name === 'BINARY_INTEGER'
  if (!value.isFinite() || value.abs().greaterThanOrEqualTo(LARGEST)) throw new OracleError(1426, 'numeric overflow')
  if (isInteger && (value.greaterThan(2_147_483_647) || value.lessThan(-2_147_483_648))) {
    throw new OracleError(1426, 'numeric overflow')
  }
  return value
}

function calculateDate(operator: BinaryOperator, left: TypedValue, right: TypedValue): TypedValue {
  if (left.value instanceof OracleDateTime && right.value instanceof OracleDateTime) {
    if (operator !== '-') throw new OracleError(975, 'date + date not allowed')
    const difference = left.value.toUtcMilliseconds() - right.value.toUtcMilliseconds()
    return numberValue(new OracleNumber(difference).dividedBy(MILLISECONDS_PER_DAY))
  }
  const [date, days] = left.value instanceof OracleDateTime ? [left.value, right] : [right.value, left]
  const amount = toNumber(days)
  if (amount === null) return { type: DATE, value: null }
  const subtracts = operator === '-' && left.value instanceof OracleDateTime
  if (!subtracts && operator !== '+') throw valueError()
  return { type: DATE, value: addDays(date as OracleDateTime, subtracts ? amount.negated() : amount) }
}

/** Moves a date or timestamp by an interval. @throws OracleError ORA-01839, ORA-01841, ORA-06502 */
export function moveByInterval(value: TypedValue, interval: Interval, sign: 1 | -1): TypedValue {
  const content = value.value
  if (content === null) return { type: DATE_TYPE.oracle, value: null }
  if (!(content instanceof OracleDateTime)) throw valueError()
  return { type: value.type, value: addInterval(content, interval, sign) }
}

/** Negative, zero or positive; null when a side is NULL. @throws OracleError ORA-06502 for values that do not compare */
export function compare(left: PlsqlValue, right: PlsqlValue, functions: FunctionCaller): number | null {
  if (!isScalar(left) || !isScalar(right)) throw valueError()
  if (left.value === null || right.value === null) return null
  if (left.value instanceof OracleDateTime || right.value instanceof OracleDateTime) {
    return compareDates(asDate(left, functions), asDate(right, functions))
  }
  if (left.value instanceof OracleNumber || right.value instanceof OracleNumber) {
    return (toNumber(left) as OracleNumber).comparedTo(toNumber(right) as OracleNumber)
  }
  if (typeof left.value === 'boolean' || typeof right.value === 'boolean') {
    if (typeof left.value !== typeof right.value) throw valueError()
    return Number(left.value) - Number(right.value)
  }
  const [first, second] = paddedTexts(left, right, functions)
  return first < second ? -1 : first > second ? 1 : 0
}

/** Comparing with a CHAR value ignores trailing blanks, as far as a literal or another CHAR stands on the other side. */
function paddedTexts(left: TypedValue, right: TypedValue, functions: FunctionCaller): [string, string] {
  const first = toText(left, functions) ?? ''
  const second = toText(right, functions) ?? ''
  const isFixed = (type: OracleType) => type.name === 'CHAR' || type.name === 'NCHAR'
  if (!isFixed(left.type) && !isFixed(right.type)) return [first, second]
  return [first.replace(/ +$/, ''), second.replace(/ +$/, '')]
}

function asDate(value: TypedValue, functions: FunctionCaller): OracleDateTime {
  if (value.value instanceof OracleDateTime) return value.value
  const text: TypedValue = { type: varchar2(MAXIMUM_LENGTH), value: toText(value, functions) }
  return functions.callFunction('TO_DATE', [text])?.value as OracleDateTime
}

function compareDates(left: OracleDateTime, right: OracleDateTime): number {
  const difference = instant(left) - instant(right)
  return difference === 0 ? left.nanosecond - right.nanosecond : difference
}

function instant(value: OracleDateTime): number {
  return Math.floor(value.toUtcMilliseconds() / 1000) * 1000 - (value.offsetMinutes ?? 0) * 60_000
}
