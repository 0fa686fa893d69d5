import { OracleError } from '../oracle-error.ts'

/** Characters or bytes of the longest LOB that blocks can make: the process holds them in memory. */
const LONGEST_LOB = 64 * 1024 * 1024

/** @throws OracleError ORA-01652, as when the temporary tablespace is full */
export function checkedLob<Content extends { readonly length: number }>(content: Content): Content {
  if (content.length <= LONGEST_LOB) return content
  throw new OracleError(1652, 'unable to extend temp segment by 128 in tablespace TEMP')
}
