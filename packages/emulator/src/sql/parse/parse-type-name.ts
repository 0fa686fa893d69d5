import type { TypeName } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads a data type: `VARCHAR2(30 CHAR)`, `NUMBER(10,2)`, `TIMESTAMP(6) WITH TIME ZONE`. */
export function parseTypeName(reader: TokenReader): TypeName {
  const start = reader.current.start
  if (reader.current.kind !== 'word') throw reader.error(902, 'invalid datatype')
  let name = reader.next().value
  if (name === 'DOUBLE' && reader.takeWords('PRECISION')) name = 'FLOAT'
  if (name === 'LONG' && reader.takeWords('RAW')) name = 'LONG RAW'
  if ((name === 'CHARACTER' || name === 'CHAR') && reader.takeWords('VARYING')) name = 'VARCHAR2'
  if (name === 'INTERVAL') name = readInterval(reader)
  const numbers: number[] = []
  let unit: 'BYTE' | 'CHAR' | undefined
  if (reader.takeSymbol('(')) {
    do numbers.push(readNumber(reader))
    while (reader.takeSymbol(','))
    if (reader.isWord('BYTE', 'CHAR')) unit = reader.next().value as 'BYTE' | 'CHAR'
    reader.expectClose()
  }
  if (name === 'TIMESTAMP') {
    if (reader.takeWords('WITH', 'TIME', 'ZONE')) name = 'TIMESTAMP WITH TIME ZONE'
    else if (reader.takeWords('WITH', 'LOCAL', 'TIME', 'ZONE')) name = 'TIMESTAMP WITH LOCAL TIME ZONE'
  }
  return { name, numbers, ...(unit === undefined ? {} : { unit }), start }
}

/** The star of `NUMBER(*,2)` is 38 digits. */
function readNumber(reader: TokenReader): number {
  if (reader.takeSymbol('*')) return 38
  const negative = reader.takeSymbol('-')
  return negative ? -reader.integer() : reader.integer()
}

/** All intervals have the digits that they need, whatever is declared. */
function readInterval(reader: TokenReader): string {
  const first = reader.isWord('YEAR', 'DAY') ? reader.next().value : undefined
  if (first !== undefined && reader.takeSymbol('(')) {
    reader.integer()
    reader.expectClose()
  }
  if (first === 'YEAR' && reader.takeWords('TO', 'MONTH')) return 'INTERVAL YEAR TO MONTH'
  if (first === 'DAY' && reader.takeWords('TO', 'SECOND')) return 'INTERVAL DAY TO SECOND'
  throw reader.error(902, 'invalid datatype')
}
