import type { Parameter } from '../../execution/subprogram.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import type { OracleType } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'

export function input(name: string, type: OracleType, ...defaults: readonly OracleValue[]): Parameter {
  const [value] = defaults
  return value === undefined ? { name, mode: 'in', type } : { name, mode: 'in', type, default: value }
}

export function output(name: string, type: OracleType): Parameter {
  return { name, mode: 'out', type }
}

export function inputOutput(name: string, type: OracleType): Parameter {
  return { name, mode: 'inOut', type }
}

/** The text of an argument; null when it is NULL. */
export function textOf(value: OracleValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** The whole number of an argument; null when it is NULL. */
export function integerOf(value: OracleValue | undefined): number | null {
  return value instanceof OracleNumber ? value.trunc().toNumber() : null
}

export function numeric(value: number | string): OracleNumber {
  return new OracleNumber(value)
}
