/**
 * The types that values, columns, binds and PL/SQL variables have inside the emulator. Lengths are in bytes.
 * A NUMBER without precision has `precision` 0 and `scale` -127, as the database describes it.
 */
export type OracleType =
  | { readonly name: 'VARCHAR2' | 'NVARCHAR2' | 'CHAR' | 'NCHAR' | 'RAW'; readonly length: number }
  | { readonly name: 'NUMBER'; readonly precision: number; readonly scale: number }
  | {
      readonly name: 'TIMESTAMP' | 'TIMESTAMP WITH TIME ZONE' | 'TIMESTAMP WITH LOCAL TIME ZONE'
      readonly scale: number
    }
  | {
      readonly name:
        | 'BINARY_INTEGER'
        | 'BINARY_DOUBLE'
        | 'BINARY_FLOAT'
        | 'DATE'
        | 'CLOB'
        | 'NCLOB'
        | 'BLOB'
        | 'JSON'
        | 'INTERVAL YEAR TO MONTH'
        | 'INTERVAL DAY TO SECOND'
        | 'LONG'
        | 'BOOLEAN'
        | 'ROWID'
        | 'CURSOR'
    }

/** The name of a type, without its length or scale. */
export type OracleTypeName = OracleType['name']

export const NUMBER: OracleType = { name: 'NUMBER', precision: 0, scale: -127 }
export const CLOB: OracleType = { name: 'CLOB' }
export const DATE: OracleType = { name: 'DATE' }
export const JSON_TYPE: OracleType = { name: 'JSON' }
export const BOOLEAN: OracleType = { name: 'BOOLEAN' }

export function varchar2(length = 4000): OracleType {
  return { name: 'VARCHAR2', length }
}

export function number(precision: number, scale = 0): OracleType {
  return { name: 'NUMBER', precision, scale }
}
