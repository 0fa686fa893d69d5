import type { Column } from '../../values/column.ts'
import type { OracleType } from '../../values/oracle-type.ts'
import { varchar2 } from '../../values/oracle-type.ts'
import type { PlanColumn } from '../translate/translation.ts'
import type { SqlType } from '../values/sql-value.ts'

const INTERVAL_LENGTH = 30

/** A result's column as DESCRIBE reports it. Intervals have no type outside a statement and come as text. */
export function describeColumn(column: PlanColumn): Column {
  return { name: column.name, type: describedType(column.type), nullable: column.nullable }
}

function describedType(type: SqlType): OracleType {
  switch (type.name) {
    case 'NULL':
      return varchar2(1)
    case 'INTERVAL DAY TO SECOND':
    case 'INTERVAL YEAR TO MONTH':
      return varchar2(INTERVAL_LENGTH)
  }
  return type
}

/** The type of a column made from an expression: literals are CHAR only while they are described. */
export function storableType(type: SqlType): OracleType {
  const described = describedType(type)
  return described.name === 'CURSOR' ? varchar2() : described
}
