import type { Column } from '../../values/column.ts'
import type { OracleType } from '../../values/oracle-type.ts'
import { varchar2 } from '../../values/oracle-type.ts'
import type { PlanColumn } from '../translate/translation.ts'
import type { SqlType } from '../values/sql-value.ts'

/** A result's column as DESCRIBE reports it. */
export function describeColumn(column: PlanColumn): Column {
  return { name: column.name, type: describedType(column.type), nullable: column.nullable }
}

function describedType(type: SqlType): OracleType {
  return type.name === 'NULL' ? varchar2(1) : type
}

/** The type of a column made from an expression: literals are CHAR only while they are described. */
export function storableType(type: SqlType): OracleType {
  const described = describedType(type)
  return described.name === 'CURSOR' ? varchar2() : described
}
