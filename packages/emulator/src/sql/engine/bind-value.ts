import type { TypedValue } from '../../execution/sql-executor.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { withoutFraction } from '../functions/conversion.ts'
import { MAXIMUM_TEXT } from '../functions/result-type.ts'
import { familyOf, type SqlType } from '../values/sql-value.ts'
import { decodeValue, encodeValue, type StoredValue, shiftMinutes, withOffset } from '../values/stored-value.ts'

/** A bind's value in the engine's form: times without zone are brought to the session's zone first. */
export function encodeBind({ type, value }: TypedValue, zoneMinutes: number): StoredValue {
  if (value !== null && typeof value === 'object' && 'columns' in value) {
    throw new OracleError(932, 'inconsistent datatypes: expected - got CURSOR')
  }
  if (!(value instanceof OracleDateTime)) return encodeValue(value)
  const family = familyOf(type)
  if (family === 'zoned') return encodeValue(value.offsetMinutes === undefined ? withOffset(value, zoneMinutes) : value)
  const local = value.offsetMinutes === undefined ? value : shiftMinutes(value, zoneMinutes - value.offsetMinutes)
  return encodeValue(family === 'date' ? withoutFraction(local) : local)
}

/** A value of a result as it leaves the engine. */
export function decodeResult(stored: StoredValue | number | bigint): OracleValue {
  return decodeValue(stored)
}

/** The type of a value that came without one. */
export function typeOfValue(value: OracleValue): OracleType {
  if (value === null) return varchar2()
  if (typeof value === 'boolean') return { name: 'BOOLEAN' }
  if (typeof value === 'string') {
    const length = Buffer.byteLength(value)
    return length > MAXIMUM_TEXT ? { name: 'CLOB' } : varchar2(Math.max(length, 1))
  }
  if (value instanceof OracleNumber) return { name: 'NUMBER', precision: 0, scale: -127 }
  if (value instanceof OracleDateTime) return timeType(value)
  if (value instanceof Interval) return intervalType(value)
  if (value instanceof Uint8Array) return { name: 'RAW', length: Math.max(value.length, 1) }
  return { name: 'CURSOR' }
}

function intervalType(value: Interval): OracleType {
  return { name: value.kind === 'months' ? 'INTERVAL YEAR TO MONTH' : 'INTERVAL DAY TO SECOND' }
}

function timeType(value: OracleDateTime): OracleType {
  if (value.offsetMinutes !== undefined) return { name: 'TIMESTAMP WITH TIME ZONE', scale: 9 }
  return value.nanosecond === 0 ? { name: 'DATE' } : { name: 'TIMESTAMP', scale: 9 }
}

/** What the translator needs to know of a bind's type. */
export function bindTypeText(type: SqlType): string {
  return 'length' in type ? `${type.name}:${type.length}` : type.name
}
