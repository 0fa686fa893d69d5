import { parseExpression } from './parse-expression.ts'
import { parseJsonTable } from './parse-json.ts'
import { parsePivot, startsPivot } from './parse-pivot.ts'
import { parseQuery, startsQuery } from './parse-query.ts'
import type { Identifier, JoinKind, TableReference } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

const NO_ALIAS = [
  'LEFT',
  'RIGHT',
  'FULL',
  'INNER',
  'CROSS',
  'NATURAL',
  'JOIN',
  'OUTER',
  'USING',
  'FETCH',
  'OFFSET',
  'EXCEPT',
]
const UNSUPPORTED = ['SAMPLE', 'PARTITION', 'SUBPARTITION', 'MODEL', 'MATCH_RECOGNIZE', 'WINDOW', 'VERSIONS']

/** Reads the tables after FROM. */
export function parseFrom(reader: TokenReader): readonly TableReference[] {
  const tables = [parseJoined(reader)]
  while (reader.takeSymbol(',')) tables.push(parseJoined(reader))
  return tables
}

/** Reads a table with the joins that follow it. */
export function parseJoined(reader: TokenReader): TableReference {
  let left = parseSource(reader)
  while (true) {
    const joined = parseJoin(reader, left)
    if (joined === undefined) return left
    left = joined
  }
}

function parseJoin(reader: TokenReader, left: TableReference): TableReference | undefined {
  const start = reader.current.start
  if (reader.isWord('CROSS', 'OUTER') && reader.isWordAt(1, 'APPLY')) throw reader.error(3001, 'unimplemented feature')
  const natural = reader.isWord('NATURAL') && reader.takeWords('NATURAL')
  const join = parseJoinKind(reader)
  if (join === undefined) {
    if (natural) throw reader.error(905, 'missing keyword')
    return undefined
  }
  const right = parseSource(reader)
  const base = { kind: 'join', join, left, right, natural, start } as const
  if (join === 'CROSS' || natural) return base
  if (reader.takeWords('ON')) return { ...base, on: parseExpression(reader) }
  if (reader.takeWords('USING')) return { ...base, using: reader.identifierList() }
  throw reader.error(905, 'missing keyword')
}

function parseJoinKind(reader: TokenReader): JoinKind | undefined {
  if (reader.takeWords('JOIN') || reader.takeWords('INNER', 'JOIN')) return 'INNER'
  if (reader.takeWords('CROSS', 'JOIN')) return 'CROSS'
  for (const side of ['LEFT', 'RIGHT', 'FULL'] as const) {
    if (reader.takeWords(side, 'JOIN') || reader.takeWords(side, 'OUTER', 'JOIN')) return side
  }
  return undefined
}

/** Reads one table, and what turns it. */
function parseSource(reader: TokenReader): TableReference {
  let source = parseUnturned(reader)
  while (startsPivot(reader)) {
    const pivoted = parsePivot(reader, source)
    const alias = startsPivot(reader) ? undefined : parseAlias(reader)
    source = { ...pivoted, ...(alias === undefined ? {} : { alias }) }
  }
  return source
}

function parseUnturned(reader: TokenReader): TableReference {
  const start = reader.current.start
  if (reader.isWord('JSON_TABLE') && reader.isSymbolAt(1, '(')) {
    const table = parseJsonTable(reader)
    const alias = parseAlias(reader)
    return { ...table, start, ...(alias === undefined ? {} : { alias }) }
  }
  if (reader.isWord('LATERAL', 'TABLE', 'XMLTABLE', 'ONLY') && reader.isSymbolAt(1, '(')) {
    throw reader.error(3001, 'unimplemented feature')
  }
  if (startsQuery(reader) && !opensJoin(reader)) {
    reader.expectOpen()
    const query = parseQuery(reader)
    reader.expectClose()
    const alias = parseAlias(reader)
    const columns = alias !== undefined && reader.isSymbol('(') ? reader.identifierList() : []
    return { kind: 'derived', query, columns, start, ...(alias === undefined ? {} : { alias }) }
  }
  if (reader.takeSymbol('(')) {
    const joined = parseJoined(reader)
    reader.expectClose()
    return joined
  }
  const path = reader.path()
  if (reader.isSymbol('@')) throw reader.error(2019, 'connection description for remote database not found')
  if (reader.isSymbol('(')) throw reader.error(3001, 'unimplemented feature')
  const alias = parseAlias(reader)
  return { kind: 'table', path, start, ...(alias === undefined ? {} : { alias }) }
}

/** True for `((select ...) a join ...)`: the outer parenthesis holds a join, not a query. */
function opensJoin(reader: TokenReader): boolean {
  if (!reader.isSymbolAt(1, '(')) return false
  let depth = 0
  for (let distance = 1; ; distance += 1) {
    if (reader.peek(distance).kind === 'end') return false
    if (reader.isSymbolAt(distance, '(')) depth += 1
    if (reader.isSymbolAt(distance, ')')) depth -= 1
    if (depth > 0) continue
    const after = reader.peek(distance + 1)
    return after.kind === 'quoted' || (after.kind === 'word' && !isQueryContinuation(after.value))
  }
}

function isQueryContinuation(word: string): boolean {
  return ['UNION', 'INTERSECT', 'MINUS', 'EXCEPT', 'ORDER', 'FETCH', 'OFFSET'].includes(word)
}

function parseAlias(reader: TokenReader): Identifier | undefined {
  if (startsPivot(reader)) return undefined
  if (reader.isWord(...UNSUPPORTED) && (reader.isSymbolAt(1, '(') || reader.isWordAt(1, 'BETWEEN'))) {
    throw reader.error(3001, 'unimplemented feature')
  }
  if (reader.isWord('AS') && reader.isWordAt(1, 'OF')) throw reader.error(3001, 'unimplemented feature')
  return reader.isName() && !reader.isWord(...NO_ALIAS) ? reader.identifier() : undefined
}
