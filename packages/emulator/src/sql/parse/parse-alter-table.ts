import { parseAnnotations } from './parse-annotations.ts'
import { parseColumn } from './parse-column.ts'
import { parseConstraint } from './parse-constraint.ts'
import type { ColumnDefinition, ConstraintDefinition, Statement, TableChange } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads what follows ALTER TABLE. */
export function parseAlterTable(reader: TokenReader): Statement {
  const table = reader.path()
  return { kind: 'alter-table', table, change: parseChange(reader) }
}

/** Reads RENAME old TO new. */
export function parseRename(reader: TokenReader): Statement {
  reader.next()
  const table = [reader.identifier()]
  reader.expectWord('TO', 905, 'missing keyword')
  return { kind: 'alter-table', table, change: { kind: 'rename', to: reader.identifier() } }
}

function parseChange(reader: TokenReader): TableChange {
  if (reader.takeWords('ADD')) return parseAdd(reader)
  if (reader.takeWords('MODIFY')) return { kind: 'modify', columns: parseList(reader, () => parseColumn(reader)) }
  if (reader.takeWords('DROP')) return parseDropPart(reader)
  if (reader.takeWords('RENAME')) return parseRenamePart(reader)
  const annotations = parseAnnotations(reader)
  if (annotations.length > 0) return { kind: 'annotate', annotations }
  throw reader.error(1735, 'invalid ALTER TABLE option')
}

function parseAdd(reader: TokenReader): TableChange {
  const columns: ColumnDefinition[] = []
  const constraints: ConstraintDefinition[] = []
  parseList(reader, () => {
    const constraint = parseConstraint(reader)
    if (constraint === undefined) columns.push(parseColumn(reader))
    else constraints.push(constraint)
  })
  return { kind: 'add', columns, constraints }
}

/** One part, or several in parentheses. */
function parseList<Part>(reader: TokenReader, parse: () => Part): readonly Part[] {
  const several = reader.takeSymbol('(')
  const parts: Part[] = []
  do parts.push(parse())
  while (several && reader.takeSymbol(','))
  if (several) reader.expectClose()
  return parts
}

function parseDropPart(reader: TokenReader): TableChange {
  if (reader.takeWords('CONSTRAINT')) return parseDropConstraint(reader, reader.identifier())
  if (reader.takeWords('PRIMARY', 'KEY')) return parseDropConstraint(reader, 'primary')
  if (reader.isWord('UNIQUE') && reader.isSymbolAt(1, '(')) {
    reader.next()
    return parseDropConstraint(reader, reader.identifierList())
  }
  const columns = reader.takeWords('COLUMN') ? [reader.identifier()] : reader.identifierList()
  return { kind: 'drop-columns', columns, cascade: reader.takeWords('CASCADE', 'CONSTRAINTS') }
}

function parseDropConstraint(
  reader: TokenReader,
  constraint: Extract<TableChange, { kind: 'drop-constraint' }>['constraint'],
): TableChange {
  const start = reader.current.start
  return { kind: 'drop-constraint', constraint, start, cascade: reader.takeWords('CASCADE') }
}

function parseRenamePart(reader: TokenReader): TableChange {
  if (reader.takeWords('TO')) return { kind: 'rename', to: reader.identifier() }
  const isColumn = reader.takeWords('COLUMN')
  if (!isColumn) reader.expectWord('CONSTRAINT', 1735, 'invalid ALTER TABLE option')
  const from = reader.identifier()
  reader.expectWord('TO', 905, 'missing keyword')
  return { kind: isColumn ? 'rename-column' : 'rename-constraint', from, to: reader.identifier() }
}
