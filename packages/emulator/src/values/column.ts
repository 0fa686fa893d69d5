import type { OracleType } from './oracle-type.ts'

/** A column of a query's result, as DESCRIBE reports it. The name has its final case: `N` for `select 1 as n`. */
export interface Column {
  readonly name: string
  readonly type: OracleType
  readonly nullable: boolean
}
