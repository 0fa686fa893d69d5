import { errorAt } from '../../language/lexer.ts'
import { defaultValue, isDefault } from './default-value.ts'
import { parseRename } from './parse-alter-table.ts'
import { parseAlter, parseComment, parseCreate, parseDrop, parseTruncate } from './parse-definition.ts'
import { parseExpression } from './parse-expression.ts'
import { parseJoined } from './parse-from.ts'
import { parseGrant } from './parse-grant.ts'
import { parseQuery, startsQuery } from './parse-query.ts'
import { parseUnitDefinition } from './parse-unit-definition.ts'
import type {
  Expression,
  Identifier,
  InsertStatement,
  Query,
  Returning,
  SelectBlock,
  SelectItem,
  Statement,
  TableName,
  TableReference,
} from './syntax-tree.ts'
import { TokenReader } from './token-reader.ts'

/** A statement's tree with the names of its binds, in order of occurrence. */
export interface ParsedStatement {
  readonly text: string
  readonly statement: Statement
  readonly bindNames: readonly string[]
}

type StatementParser = (reader: TokenReader) => Statement

const PARSERS: Readonly<Record<string, StatementParser>> = {
  SELECT: parseSelectStatement,
  WITH: parseSelectStatement,
  INSERT: parseInsert,
  UPDATE: parseUpdate,
  DELETE: parseDelete,
  MERGE: parseMerge,
  CREATE: parseCreate,
  ALTER: parseAlter,
  DROP: parseDrop,
  RENAME: parseRename,
  TRUNCATE: parseTruncate,
  COMMENT: parseComment,
  GRANT: parseGrant,
  REVOKE: parseGrant,
  COMMIT: parseCommit,
  ROLLBACK: parseRollback,
  SAVEPOINT: parseSavepoint,
  SET: parseSetTransaction,
  LOCK: parseLockTable,
}

/**
 * Reads one SQL statement; a semicolon at its end is not part of SQL.
 * @throws OracleError ORA-00900 and the other syntax errors, with the place of the offending token
 */
export function parseStatement(text: string): ParsedStatement {
  const unit = parseUnitDefinition(text)
  if (unit !== undefined) return { text, statement: unit, bindNames: [] }
  const reader = new TokenReader(text)
  const parser = startsQuery(reader) ? parseSelectStatement : statementParser(reader)
  const statement = parser(reader)
  if (reader.current.kind !== 'end') throw reader.unexpected()
  return { text, statement, bindNames: reader.bindNames }
}

/** Reads an expression that stands alone, such as a column's default. */
export function parseExpressionText(text: string): Expression {
  const reader = new TokenReader(text)
  const expression = parseExpression(reader)
  if (reader.current.kind !== 'end') throw reader.unexpected()
  return expression
}

function statementParser(reader: TokenReader): StatementParser {
  const first = reader.current
  const parser = first.kind === 'word' ? PARSERS[first.value] : undefined
  if (parser === undefined) throw errorAt(reader.text, first.start, 900, 'invalid SQL statement')
  return parser
}

function parseSelectStatement(reader: TokenReader): Statement {
  const query = parseQuery(reader)
  const lock = reader.takeWords('FOR', 'UPDATE')
  if (lock) {
    if (reader.takeWords('OF')) {
      do reader.path()
      while (reader.takeSymbol(','))
    }
    if (reader.takeWords('WAIT')) reader.integer()
    else if (!reader.takeWords('NOWAIT')) reader.takeWords('SKIP', 'LOCKED')
  }
  return { kind: 'query', query, lock }
}

function parseTarget(reader: TokenReader, ...stops: readonly string[]): TableName {
  const path = reader.path()
  const alias = reader.isName() && !reader.isWord(...stops) ? reader.identifier() : undefined
  return { path, ...(alias === undefined ? {} : { alias }) }
}

function parseInsert(reader: TokenReader): Statement {
  reader.next()
  if (reader.isWord('FIRST')) throw reader.error(3001, 'unimplemented feature')
  if (reader.takeWords('ALL')) return parseInsertAll(reader)
  reader.expectWord('INTO', 925, 'missing INTO keyword')
  const table = parseTarget(reader)
  const columns = reader.isSymbol('(') && !startsQuery(reader) ? columnNames(reader) : []
  if (!reader.takeWords('VALUES')) {
    if (!startsQuery(reader) && !reader.isWord('SELECT', 'WITH')) throw reader.error(926, 'missing VALUES keyword')
    const source = parseQuery(reader)
    return { kind: 'insert', table, columns, source, ...parseReturning(reader) }
  }
  const values = [parseValueList(reader)]
  while (reader.takeSymbol(',')) values.push(parseValueList(reader))
  return { kind: 'insert', table, columns, source: { kind: 'values', values }, ...parseReturning(reader) }
}

/** One INTO of INSERT ALL; without VALUES it takes the columns of the query as they are. */
interface InsertTarget {
  readonly table: TableName
  readonly columns: readonly Identifier[]
  readonly values: readonly Expression[] | undefined
}

function parseInsertAll(reader: TokenReader): Statement {
  if (reader.isWord('WHEN')) throw reader.error(3001, 'unimplemented feature')
  const targets: InsertTarget[] = []
  do {
    reader.expectWord('INTO', 925, 'missing INTO keyword')
    const table = parseTarget(reader)
    const columns = reader.isSymbol('(') ? columnNames(reader) : []
    targets.push({ table, columns, values: reader.takeWords('VALUES') ? parseValueList(reader) : undefined })
  } while (reader.isWord('INTO'))
  if (!startsQuery(reader) && !reader.isWord('SELECT', 'WITH')) throw reader.error(928, 'missing SELECT keyword')
  const { start } = reader.current
  const query = parseQuery(reader)
  return { kind: 'insert-all', inserts: targets.map((target) => insertOf(target, query, start)) }
}

function insertOf({ table, columns, values }: InsertTarget, query: Query, start: number): InsertStatement {
  if (values === undefined) return { kind: 'insert', table, columns, source: query }
  // A column that is not named gets its default, too.
  const isGiven = (index: number): boolean =>
    columns.length !== values.length || !isDefault(values[index] as Expression)
  const items = values
    .filter((_, index) => isGiven(index))
    .map((value): SelectItem => ({ kind: 'value', value, heading: '' }))
  const from: TableReference[] = [{ kind: 'derived', query, columns: [], start }]
  const body: SelectBlock = { kind: 'select', start, distinct: false, items, from, groupBy: [] }
  const source: Query = { with: [], body, orderBy: [] }
  return { kind: 'insert', table, columns: columns.filter((_, index) => isGiven(index)), source }
}

/** The columns of an INSERT may be written with the table's name before them. */
function columnNames(reader: TokenReader): readonly Identifier[] {
  reader.expectOpen()
  const names: Identifier[] = []
  do names.push(reader.path(904, ': invalid identifier').at(-1) as Identifier)
  while (reader.takeSymbol(','))
  reader.expectClose()
  return names
}

function parseValueList(reader: TokenReader): readonly Expression[] {
  reader.expectOpen()
  const values = [parseValueOrDefault(reader)]
  while (reader.takeSymbol(',')) values.push(parseValueOrDefault(reader))
  reader.expectClose()
  return values
}

function parseValueOrDefault(reader: TokenReader): Expression {
  if (!reader.isWord('DEFAULT')) return parseExpression(reader)
  const { start, end } = reader.next()
  return defaultValue(start, end)
}

function parseAssignments(reader: TokenReader): { columns: readonly Identifier[]; value: Expression }[] {
  const assignments: { columns: readonly Identifier[]; value: Expression }[] = []
  do {
    const columns = reader.isSymbol('(')
      ? columnNames(reader)
      : [reader.path(904, ': invalid identifier').at(-1) as Identifier]
    if (!reader.takeSymbol('=')) throw reader.error(927, 'missing equal sign')
    assignments.push({ columns, value: parseValueOrDefault(reader) })
  } while (reader.takeSymbol(','))
  return assignments
}

function parseWhere(reader: TokenReader): { where?: Expression } {
  return reader.takeWords('WHERE') ? { where: parseExpression(reader) } : {}
}

function parseUpdate(reader: TokenReader): Statement {
  reader.next()
  const table = parseTarget(reader)
  reader.expectWord('SET', 971, 'missing SET keyword')
  const assignments = parseAssignments(reader)
  return { kind: 'update', table, assignments, ...parseWhere(reader), ...parseReturning(reader) }
}

function parseDelete(reader: TokenReader): Statement {
  reader.next()
  reader.takeWords('FROM')
  const table = parseTarget(reader, 'RETURNING', 'RETURN')
  return { kind: 'delete', table, ...parseWhere(reader), ...parseReturning(reader) }
}

function parseReturning(reader: TokenReader): { returning?: Returning } {
  if (!reader.takeWords('RETURNING') && !reader.takeWords('RETURN')) return {}
  const values: { value: Expression; heading: string }[] = []
  do {
    const from = reader.position
    const value = parseExpression(reader)
    values.push({ value, heading: reader.heading(from, reader.position) })
  } while (reader.takeSymbol(','))
  const into: number[] = []
  if (reader.takeWords('INTO')) {
    do {
      const target = parseExpression(reader)
      if (target.kind !== 'bind') throw errorAt(reader.text, target.start, 905, 'missing keyword')
      into.push(target.index)
    } while (reader.takeSymbol(','))
    if (into.length < values.length) throw reader.error(947, 'not enough values')
    if (into.length > values.length) throw reader.error(913, 'too many values')
  }
  return { returning: { values, into } }
}

function parseMerge(reader: TokenReader): Statement {
  reader.next()
  reader.expectWord('INTO', 925, 'missing INTO keyword')
  const table = parseTarget(reader, 'USING')
  reader.expectWord('USING', 2012, 'missing USING keyword')
  const source = parseJoined(reader)
  reader.expectWord('ON', 969, 'missing ON keyword')
  reader.expectOpen()
  const on = parseExpression(reader)
  reader.expectClose()
  let update: Extract<Statement, { kind: 'merge' }>['update']
  let insert: Extract<Statement, { kind: 'merge' }>['insert']
  while (reader.takeWords('WHEN')) {
    if (reader.takeWords('MATCHED', 'THEN', 'UPDATE')) {
      reader.expectWord('SET', 971, 'missing SET keyword')
      const assignments = parseAssignments(reader)
      const where = parseWhere(reader)
      const deleteWhere = reader.takeWords('DELETE') ? parseWhere(reader).where : undefined
      update = { assignments, ...where, ...(deleteWhere === undefined ? {} : { deleteWhere }) }
    } else if (reader.takeWords('NOT', 'MATCHED', 'THEN', 'INSERT')) {
      const columns = reader.isSymbol('(') ? columnNames(reader) : []
      reader.expectWord('VALUES', 926, 'missing VALUES keyword')
      insert = { columns, values: parseValueList(reader), ...parseWhere(reader) }
    } else throw reader.error(905, 'missing keyword')
  }
  if (update === undefined && insert === undefined) throw reader.error(905, 'missing keyword')
  return {
    kind: 'merge',
    table,
    source,
    on,
    ...(update === undefined ? {} : { update }),
    ...(insert === undefined ? {} : { insert }),
  }
}

function parseCommit(reader: TokenReader): Statement {
  reader.next()
  reader.takeWords('WORK')
  if (reader.takeWords('COMMENT')) reader.string()
  if (reader.takeWords('WRITE')) while (reader.isWord('IMMEDIATE', 'BATCH', 'WAIT', 'NOWAIT')) reader.next()
  return { kind: 'commit' }
}

function parseRollback(reader: TokenReader): Statement {
  reader.next()
  reader.takeWords('WORK')
  if (!reader.takeWords('TO')) return { kind: 'rollback' }
  reader.takeWords('SAVEPOINT')
  return { kind: 'rollback', savepoint: reader.identifier().name }
}

function parseSavepoint(reader: TokenReader): Statement {
  reader.next()
  return { kind: 'savepoint', name: reader.identifier().name }
}

/** Each statement reads the last commit, whatever READ ONLY and isolation levels say. */
function parseSetTransaction(reader: TokenReader): Statement {
  reader.next()
  reader.expectWord('TRANSACTION', 922, 'missing or invalid option')
  if (reader.takeWords('READ')) {
    if (!reader.takeWords('ONLY')) reader.expectWord('WRITE', 905, 'missing keyword')
  } else if (reader.takeWords('ISOLATION', 'LEVEL')) {
    if (!reader.takeWords('SERIALIZABLE') && !reader.takeWords('READ', 'COMMITTED')) throw reader.unexpected()
  } else if (reader.takeWords('NAME')) reader.string()
  else throw reader.error(900, 'invalid SQL statement')
  return { kind: 'set-transaction' }
}

function parseLockTable(reader: TokenReader): Statement {
  reader.next()
  reader.expectWord('TABLE', 905, 'missing keyword')
  const table = { path: reader.path() }
  reader.expectWord('IN', 905, 'missing keyword')
  while (reader.isWord('ROW', 'SHARE', 'EXCLUSIVE', 'UPDATE')) reader.next()
  reader.expectWord('MODE', 905, 'missing keyword')
  if (reader.takeWords('WAIT')) reader.integer()
  else reader.takeWords('NOWAIT')
  return { kind: 'lock-table', table }
}
