import { parseExpression } from './parse-expression.ts'
import type { ConstraintDefinition, Identifier } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads a constraint of the table as a whole; undefined when a column definition stands here. */
export function parseConstraint(reader: TokenReader): ConstraintDefinition | undefined {
  const start = reader.current.start
  const named = parseName(reader)
  const base = { ...named, start }
  if (reader.takeWords('PRIMARY', 'KEY'))
    return finish(reader, { ...base, kind: 'primary', columns: reader.identifierList() })
  if (reader.isWord('UNIQUE') && reader.isSymbolAt(1, '(')) {
    reader.next()
    return finish(reader, { ...base, kind: 'unique', columns: reader.identifierList() })
  }
  if (reader.takeWords('FOREIGN', 'KEY')) {
    const columns = reader.identifierList()
    return finish(reader, { ...base, kind: 'foreign', columns, ...parseReferences(reader) })
  }
  if (reader.isWord('CHECK') && reader.isSymbolAt(1, '(')) return finish(reader, { ...base, ...parseCheck(reader) })
  if ('name' in named) throw reader.error(904, ': invalid identifier')
  return undefined
}

/** Reads a constraint written after a column; undefined when none follows. */
export function parseInlineConstraint(reader: TokenReader, column: Identifier): ConstraintDefinition | undefined {
  const start = reader.current.start
  const named = parseName(reader)
  const base = { ...named, start }
  if (reader.takeWords('NOT', 'NULL')) return finish(reader, { ...base, kind: 'not-null', columns: [column] })
  if (reader.takeWords('NULL')) return finish(reader, { ...base, kind: 'null' })
  if (reader.takeWords('PRIMARY', 'KEY')) return finish(reader, { ...base, kind: 'primary', columns: [column] })
  if (reader.takeWords('UNIQUE')) return finish(reader, { ...base, kind: 'unique', columns: [column] })
  if (reader.isWord('REFERENCES')) {
    return finish(reader, { ...base, kind: 'foreign', columns: [column], ...parseReferences(reader) })
  }
  if (reader.isWord('CHECK')) return finish(reader, { ...base, ...parseCheck(reader) })
  if ('name' in named) throw reader.error(2253, 'constraint specification not allowed here')
  return undefined
}

function parseName(reader: TokenReader): { name?: Identifier } {
  return reader.takeWords('CONSTRAINT') ? { name: reader.identifier() } : {}
}

function parseCheck(reader: TokenReader): {
  kind: 'check'
  condition: ReturnType<typeof parseExpression>
  text: string
} {
  reader.next()
  reader.expectOpen()
  const start = reader.current.start
  const condition = parseExpression(reader)
  const text = reader.text.slice(start, reader.lastEnd)
  reader.expectClose()
  return { kind: 'check', condition, text }
}

function parseReferences(reader: TokenReader): {
  table: readonly Identifier[]
  references: readonly Identifier[]
  onDelete?: 'CASCADE' | 'SET NULL'
} {
  reader.expectWord('REFERENCES', 905, 'missing keyword')
  const table = reader.path()
  const references = reader.isSymbol('(') ? reader.identifierList() : []
  if (!reader.takeWords('ON', 'DELETE')) return { table, references }
  if (reader.takeWords('CASCADE')) return { table, references, onDelete: 'CASCADE' }
  if (reader.takeWords('SET', 'NULL')) return { table, references, onDelete: 'SET NULL' }
  throw reader.error(905, 'missing keyword')
}

/** States that change nothing here are read; a constraint that the database would not enforce is refused. */
function finish(reader: TokenReader, constraint: ConstraintDefinition): ConstraintDefinition {
  while (true) {
    if (reader.isWord('DISABLE', 'DEFERRABLE', 'INITIALLY', 'NOVALIDATE'))
      throw reader.error(3001, 'unimplemented feature')
    const harmless = reader.takeWords('ENABLE') || reader.takeWords('VALIDATE') || reader.takeWords('RELY')
    if (harmless || reader.takeWords('NOT', 'DEFERRABLE')) continue
    if (!reader.takeWords('USING', 'INDEX')) return constraint
  }
}
