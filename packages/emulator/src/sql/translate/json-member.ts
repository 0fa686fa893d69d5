import { JSON_TYPE, NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { JsonReadOptions } from '../functions/json-options.ts'
import { textLiteral } from '../values/stored-value.ts'
import { fitCode } from './fit-code.ts'
import type { Operand } from './scope.ts'

/** Types of the functions that may end a path of names. */
const METHOD_TYPES: Readonly<Record<string, OracleType>> = {
  STRING: varchar2(4000),
  NUMBER,
  BOOLEAN: { name: 'BOOLEAN' },
  DATE: { name: 'DATE' },
  TIMESTAMP: { name: 'TIMESTAMP', scale: 6 },
  SIZE: NUMBER,
  COUNT: NUMBER,
  TYPE: varchar2(20),
  LENGTH: NUMBER,
  UPPER: varchar2(4000),
  LOWER: varchar2(4000),
}

/** The type that a function at the end of a path gives; undefined when there is no such function. */
export function methodType(name: string): OracleType | undefined {
  return Object.hasOwn(METHOD_TYPES, name) ? METHOD_TYPES[name] : undefined
}

/** What a path finds in a column: JSON, several finds as an array, or a scalar of the type given. */
export function readMember(column: Operand, path: string, type: OracleType): Operand {
  const options: JsonReadOptions = {
    name: type === JSON_TYPE ? 'JSON_QUERY' : 'JSON_VALUE',
    path,
    type: fitCode(type),
    wrapper: 'SEVERAL',
    pretty: false,
    onError: 'NULL',
  }
  const sql = `ora_json_read(${column.sql}, ${textLiteral(JSON.stringify(options))}, NULL, NULL)`
  return { sql, type, nullable: true }
}
