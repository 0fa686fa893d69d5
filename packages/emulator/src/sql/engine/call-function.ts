import type { TypedValue } from '../../execution/sql-executor.ts'
import { OracleError } from '../../oracle-error.ts'
import { varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { convertible, convertValue, isTime } from '../functions/conversion.ts'
import { textLength, unifyTypes } from '../functions/result-type.ts'
import type { FunctionContext, ParameterKind, ScalarFunction } from '../functions/scalar-function.ts'
import { scalarFunctions } from '../functions/scalar-functions.ts'
import { type Family, familyOf, type SqlType, type SqlValue } from '../values/sql-value.ts'
import { storableType } from './column-description.ts'

/** Arguments that must all have the type of the one at this index, when it is there. */
const ALIKE: Readonly<Record<string, number>> = { NVL: 0, COALESCE: 0, GREATEST: 0, LEAST: 0, NULLIF: 0 }

/**
 * Calls a scalar function outside any statement. Undefined when there is none of the name.
 * @throws OracleError what the function raises, and ORA-06553 for a wrong number of arguments
 */
export function callScalarFunction(
  name: string,
  values: readonly TypedValue[],
  context: FunctionContext,
): TypedValue | undefined {
  const scalar = scalarFunctions.get(name)
  if (scalar === undefined) return undefined
  checkCount(scalar, values.length)
  const types = values.map((value) => typeOf(value))
  const given = values.map((value, index) =>
    convertArgument(value, types[index] as SqlType, parameterKind(scalar, index), context),
  )
  const alike = alikeFamily(name, types)
  const converted =
    alike === undefined
      ? given
      : given.map((value, index) => convertValue(value, familyOf(types[index] as SqlType), alike, context))
  if (name === 'TO_CHAR' && values.length === 1) {
    const text = convertValue(converted[0] ?? null, familyOf(types[0] as SqlType), 'text', context)
    return { type: varchar2(textLength(types[0] as SqlType)), value: text as OracleValue }
  }
  const type = storableType(scalar.returns(types))
  if (scalar.acceptsNull !== true && converted.includes(null)) return { type, value: null }
  const value = scalar.run(converted, context)
  return { type, value: value === '' ? null : value }
}

function typeOf(value: TypedValue): SqlType {
  return value.value === null && value.type.name === 'VARCHAR2' && value.type.length === 0
    ? { name: 'NULL' }
    : value.type
}

function checkCount(scalar: ScalarFunction, count: number): void {
  const most = scalar.variadic === true ? Number.POSITIVE_INFINITY : scalar.parameters.length
  const least = scalar.parameters.length - (scalar.optional ?? 0)
  if (count < least || count > most) {
    throw new OracleError(6553, `PLS-306: wrong number or types of arguments in call to '${scalar.name}'`)
  }
}

function parameterKind(scalar: ScalarFunction, index: number): ParameterKind {
  return scalar.parameters[Math.min(index, scalar.parameters.length - 1)] ?? 'any'
}

function convertArgument(argument: TypedValue, type: SqlType, kind: ParameterKind, context: FunctionContext): SqlValue {
  const value = argument.value
  if (value !== null && typeof value === 'object' && 'columns' in value)
    throw new OracleError(932, 'inconsistent datatypes')
  const from = familyOf(type)
  if (kind === 'any' || (kind === 'datetime' && isTime(from))) return value === '' ? null : value
  const to = kind === 'datetime' ? 'date' : kind
  if (!convertible(from, to))
    throw new OracleError(932, `inconsistent datatypes: expected ${to.toUpperCase()} got ${type.name}`)
  return convertValue(value === '' ? null : value, from, to, context)
}

function alikeFamily(name: string, types: readonly SqlType[]): Family | undefined {
  if (!Object.hasOwn(ALIKE, name)) return undefined
  const unified = unifyTypes(types) ?? types[0]
  return unified === undefined ? undefined : familyOf(unified)
}
