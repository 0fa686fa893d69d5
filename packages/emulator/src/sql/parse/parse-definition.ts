import { parseAlterTable } from './parse-alter-table.ts'
import { parseAnnotations } from './parse-annotations.ts'
import { parseColumn } from './parse-column.ts'
import { parseConstraint } from './parse-constraint.ts'
import { parseExpression } from './parse-expression.ts'
import { parseQuery, startsQuery } from './parse-query.ts'
import { parseSequenceOptions } from './parse-sequence.ts'
import { parseAlterUser, parseCreateRole, parseCreateUser, parseDropRole, parseDropUser } from './parse-user.ts'
import type { ColumnDefinition, ConstraintDefinition, Expression, Identifier, Statement } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads CREATE TABLE, CREATE VIEW, CREATE INDEX, CREATE SEQUENCE, CREATE USER, CREATE ROLE and CREATE PUBLIC SYNONYM. */
export function parseCreate(reader: TokenReader): Statement {
  reader.next()
  const replace = reader.takeWords('OR', 'REPLACE')
  reader.takeWords('FORCE')
  if (reader.takeWords('GLOBAL', 'TEMPORARY')) throw reader.error(3001, 'unimplemented feature')
  if (reader.takeWords('TABLE')) return parseCreateTable(reader)
  if (reader.takeWords('USER')) return parseCreateUser(reader)
  if (reader.takeWords('ROLE')) return parseCreateRole(reader)
  if (reader.takeWords('SEQUENCE')) return parseCreateSequence(reader)
  if (reader.takeWords('VIEW')) return parseCreateView(reader, replace)
  if (reader.takeWords('PUBLIC', 'SYNONYM')) return parseCreateSynonym(reader, replace)
  const unique = reader.takeWords('UNIQUE')
  if (reader.takeWords('INDEX')) return parseCreateIndex(reader, unique)
  throw reader.error(901, 'invalid CREATE command')
}

function parseCreateSynonym(reader: TokenReader, replace: boolean): Statement {
  const name = reader.identifier(995, 'missing or invalid synonym identifier')
  reader.expectWord('FOR', 905, 'missing keyword')
  return { kind: 'create-synonym', name, replace, target: reader.path() }
}

function parseCreateSequence(reader: TokenReader): Statement {
  const ifNotExists = reader.takeWords('IF', 'NOT', 'EXISTS')
  const name = reader.path(2277, 'invalid sequence name')
  return { kind: 'create-sequence', name, ifNotExists, options: parseSequenceOptions(reader) }
}

function parseCreateTable(reader: TokenReader): Statement {
  const ifNotExists = reader.takeWords('IF', 'NOT', 'EXISTS')
  const name = reader.path()
  const columns: ColumnDefinition[] = []
  const constraints: ConstraintDefinition[] = []
  if (reader.takeSymbol('(')) {
    do {
      const constraint = parseConstraint(reader)
      if (constraint === undefined) columns.push(parseColumn(reader))
      else constraints.push(constraint)
    } while (reader.takeSymbol(','))
    reader.expectClose()
  }
  const annotations = parseAnnotations(reader)
  const query = reader.takeWords('AS') ? { query: parseQuery(reader) } : {}
  if (!('query' in query) && columns.length === 0) throw reader.error(906, 'missing left parenthesis')
  return { kind: 'create-table', name, ifNotExists, columns, constraints, annotations, ...query }
}

function parseCreateView(reader: TokenReader, replace: boolean): Statement {
  const name = reader.path()
  const columns = reader.isSymbol('(') && !startsQuery(reader) ? reader.identifierList() : []
  const annotations = parseAnnotations(reader)
  reader.expectWord('AS', 905, 'missing keyword')
  const start = reader.current.start
  const query = parseQuery(reader)
  const text = reader.text.slice(start, reader.lastEnd)
  if (reader.takeWords('WITH', 'READ')) reader.expectWord('ONLY', 905, 'missing keyword')
  if (reader.bindNames.length > 0) throw reader.error(1027, 'bind variables not allowed for data definition operations')
  return { kind: 'create-view', name, replace, columns, annotations, query, text }
}

function parseCreateIndex(reader: TokenReader, unique: boolean): Statement {
  const name = reader.path(953, 'missing or invalid index name')
  reader.expectWord('ON', 969, 'missing ON keyword')
  const table = reader.path()
  reader.expectOpen()
  const columns: Expression[] = []
  do {
    columns.push(parseExpression(reader))
    if (!reader.takeWords('ASC')) reader.takeWords('DESC')
  } while (reader.takeSymbol(','))
  reader.expectClose()
  return { kind: 'create-index', name, unique, table, columns }
}

/** Reads ALTER SESSION SET, ALTER TABLE, ALTER SEQUENCE, ALTER USER and the COMPILE of functions and procedures. */
export function parseAlter(reader: TokenReader): Statement {
  reader.next()
  if (reader.takeWords('SESSION')) return parseAlterSession(reader)
  if (reader.isWord('FUNCTION', 'PROCEDURE')) return parseCompile(reader)
  if (reader.takeWords('USER')) return parseAlterUser(reader)
  if (reader.takeWords('SEQUENCE')) {
    return {
      kind: 'alter-sequence',
      name: reader.path(2277, 'invalid sequence name'),
      options: parseSequenceOptions(reader),
    }
  }
  if (!reader.takeWords('TABLE')) throw reader.error(940, 'invalid ALTER command')
  return parseAlterTable(reader)
}

function parseCompile(reader: TokenReader): Statement {
  const object = reader.next().value as 'FUNCTION' | 'PROCEDURE'
  const name = reader.path(4043, 'object does not exist')
  reader.expectWord('COMPILE', 922, 'missing or invalid option')
  reader.takeWords('REUSE', 'SETTINGS')
  return { kind: 'compile-unit', object, name }
}

function parseAlterSession(reader: TokenReader): Statement {
  reader.expectWord('SET', 922, 'missing or invalid option')
  const settings: { name: string; value: string }[] = []
  while (reader.current.kind === 'word') {
    const name = reader.next().value
    if (!reader.takeSymbol('=')) throw reader.error(2248, 'invalid option for ALTER SESSION')
    const token = reader.next()
    if (token.kind === 'end') throw reader.unexpected()
    settings.push({ name, value: token.value })
  }
  if (settings.length === 0) throw reader.error(2248, 'invalid option for ALTER SESSION')
  return { kind: 'alter-session', settings }
}

export function parseDrop(reader: TokenReader): Statement {
  reader.next()
  if (reader.takeWords('USER')) return parseDropUser(reader)
  if (reader.takeWords('ROLE')) return parseDropRole(reader)
  if (reader.takeWords('SEQUENCE')) {
    const exists = reader.takeWords('IF', 'EXISTS')
    return { kind: 'drop-sequence', ifExists: exists, name: reader.path(2277, 'invalid sequence name') }
  }
  if (reader.isWord('FUNCTION', 'PROCEDURE')) {
    const unit = reader.next().value as 'FUNCTION' | 'PROCEDURE'
    const exists = reader.takeWords('IF', 'EXISTS')
    return { kind: 'drop-unit', object: unit, name: reader.path(4043, 'object does not exist'), ifExists: exists }
  }
  if (reader.takeWords('PUBLIC', 'SYNONYM')) {
    return { kind: 'drop-synonym', name: reader.identifier(995, 'missing or invalid synonym identifier') }
  }
  if (!reader.isWord('TABLE', 'VIEW', 'INDEX')) throw reader.error(950, 'invalid DROP option')
  const object = reader.next().value as 'TABLE' | 'VIEW' | 'INDEX'
  const ifExists = reader.takeWords('IF', 'EXISTS')
  const name = reader.path()
  const cascade = reader.takeWords('CASCADE', 'CONSTRAINTS')
  reader.takeWords('PURGE')
  return { kind: 'drop', object, name, ifExists, cascade }
}

export function parseTruncate(reader: TokenReader): Statement {
  reader.next()
  reader.expectWord('TABLE', 3290, 'Invalid truncate command - missing CLUSTER or TABLE keyword')
  const table = reader.path()
  if (reader.takeWords('DROP') || reader.takeWords('REUSE'))
    reader.expectWord('STORAGE', 3291, 'Invalid truncate option')
  return { kind: 'truncate', table }
}

export function parseComment(reader: TokenReader): Statement {
  reader.next()
  reader.expectWord('ON', 969, 'missing ON keyword')
  if (!reader.isWord('TABLE', 'COLUMN')) throw reader.error(3001, 'unimplemented feature')
  const on = reader.next().value as 'TABLE' | 'COLUMN'
  const path: readonly Identifier[] = reader.path()
  reader.expectWord('IS', 905, 'missing keyword')
  return { kind: 'comment', on, path, text: reader.string() }
}
