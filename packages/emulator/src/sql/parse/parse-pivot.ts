import { parseExpression } from './parse-expression.ts'
import type { Expression, Identifier, PivotReference, TableReference, UnpivotReference } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Whether PIVOT or UNPIVOT follows a table, rather than an alias of that name. */
export function startsPivot(reader: TokenReader): boolean {
  if (reader.isWord('PIVOT')) return reader.isSymbolAt(1, '(') || reader.isWordAt(1, 'XML')
  return reader.isWord('UNPIVOT') && (reader.isSymbolAt(1, '(') || reader.isWordAt(1, 'INCLUDE', 'EXCLUDE'))
}

/** Reads PIVOT or UNPIVOT behind the table that it turns; the alias behind it stays. */
export function parsePivot(reader: TokenReader, source: TableReference): PivotReference | UnpivotReference {
  const { start, value } = reader.next()
  return value === 'PIVOT' ? parseTurned(reader, source, start) : parseTurnedBack(reader, source, start)
}

function parseTurned(reader: TokenReader, source: TableReference, start: number): PivotReference {
  if (reader.isWord('XML')) throw reader.error(3001, 'unimplemented feature')
  reader.expectOpen()
  const aggregates = [parseNamed(reader)]
  while (reader.takeSymbol(',')) aggregates.push(parseNamed(reader))
  reader.expectWord('FOR', 905, 'missing keyword')
  const columns = parseColumns(reader)
  reader.expectWord('IN', 905, 'missing keyword')
  reader.expectOpen()
  if (reader.isWord('ANY', 'SELECT')) throw reader.error(936, 'missing expression')
  const values = [parseNamed(reader)]
  while (reader.takeSymbol(',')) values.push(parseNamed(reader))
  reader.expectClose()
  reader.expectClose()
  return { kind: 'pivot', source, aggregates, columns, values, start }
}

function parseTurnedBack(reader: TokenReader, source: TableReference, start: number): UnpivotReference {
  const includesNulls = reader.takeWords('INCLUDE', 'NULLS')
  if (!includesNulls) reader.takeWords('EXCLUDE', 'NULLS')
  reader.expectOpen()
  const value = reader.identifier()
  reader.expectWord('FOR', 905, 'missing keyword')
  const name = reader.identifier()
  reader.expectWord('IN', 905, 'missing keyword')
  reader.expectOpen()
  const columns: { column: Identifier; label?: Expression }[] = []
  do {
    const column = reader.identifier()
    columns.push(reader.takeWords('AS') ? { column, label: parseExpression(reader) } : { column })
  } while (reader.takeSymbol(','))
  reader.expectClose()
  reader.expectClose()
  return { kind: 'unpivot', source, includesNulls, value, name, columns, start }
}

/** An expression with its name; without one it is called as it is written. */
function parseNamed(reader: TokenReader): PivotReference['values'][number] {
  const from = reader.position
  const value = parseExpression(reader)
  // Texts keep their case here, which they do in no other heading.
  const isText = value.kind === 'string'
  const heading = isText ? reader.text.slice(value.start, value.end) : reader.heading(from, reader.position)
  const named = reader.takeWords('AS') || (reader.isName() && !reader.isWord('FOR'))
  return { value, heading, ...(named ? { alias: reader.identifier() } : {}) }
}

function parseColumns(reader: TokenReader): readonly Identifier[] {
  return reader.isSymbol('(') ? reader.identifierList() : [reader.identifier()]
}
