import type { Interval } from '../../values/interval.ts'
import type { OracleDateTime } from '../../values/oracle-date-time.ts'
import type { OracleNumber } from '../../values/oracle-number.ts'
import type { OracleType } from '../../values/oracle-type.ts'

/** What an expression may yield while a statement runs. */
export type SqlValue = null | string | OracleNumber | OracleDateTime | boolean | Uint8Array | Interval

/** The static type of an expression. A bare NULL has a type of its own until something decides it. */
export type SqlType = OracleType | { readonly name: 'NULL' }

/** Types that compare and convert alike. */
export type Family =
  | 'text'
  | 'clob'
  | 'number'
  | 'date'
  | 'timestamp'
  | 'zoned'
  | 'raw'
  | 'boolean'
  | 'months'
  | 'span'
  | 'cursor'
  | 'null'

const FAMILIES: Readonly<Record<SqlType['name'], Family>> = {
  VARCHAR2: 'text',
  NVARCHAR2: 'text',
  CHAR: 'text',
  NCHAR: 'text',
  LONG: 'text',
  ROWID: 'text',
  CLOB: 'clob',
  NCLOB: 'clob',
  JSON: 'clob',
  NUMBER: 'number',
  BINARY_INTEGER: 'number',
  BINARY_DOUBLE: 'number',
  BINARY_FLOAT: 'number',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH LOCAL TIME ZONE': 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'zoned',
  RAW: 'raw',
  BLOB: 'raw',
  BOOLEAN: 'boolean',
  CURSOR: 'cursor',
  'INTERVAL YEAR TO MONTH': 'months',
  'INTERVAL DAY TO SECOND': 'span',
  NULL: 'null',
}

export const NULL_TYPE: SqlType = { name: 'NULL' }

export function familyOf(type: SqlType): Family {
  return FAMILIES[type.name]
}

/** The name of a type as ORA-00932 gives it. */
export function typeLabel(type: SqlType): string {
  return type.name === 'VARCHAR2' ? 'CHAR' : type.name === 'NULL' ? '-' : type.name
}
