import { parseExpression, parseValue } from './parse-expression.ts'
import { parseFrom } from './parse-from.ts'
import { parseGroupBy } from './parse-group-by.ts'
import type { CommonTable, Expression, OrderItem, Query, QueryBody, SelectBlock, SelectItem } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

const SET_OPERATORS: Readonly<Record<string, 'UNION' | 'INTERSECT' | 'EXCEPT'>> = {
  UNION: 'UNION',
  INTERSECT: 'INTERSECT',
  MINUS: 'EXCEPT',
  EXCEPT: 'EXCEPT',
}

/** True at a parenthesis, possibly several, that opens a query. */
export function startsQuery(reader: TokenReader): boolean {
  let distance = 0
  while (reader.isSymbolAt(distance, '(')) distance += 1
  return distance > 0 && reader.isWordAt(distance, 'SELECT', 'WITH')
}

/** Reads a query with its WITH, set operators, ORDER BY and row limit. */
export function parseQuery(reader: TokenReader): Query {
  const withTables = reader.takeWords('WITH') ? parseCommonTables(reader) : []
  const written = parseBody(reader)
  const ordersSiblings = reader.isWord('ORDER') && reader.isWordAt(1, 'SIBLINGS')
  const body = ordersSiblings ? withSiblings(written, reader) : written
  const orderBy = reader.isWord('ORDER') ? parseOrderBy(reader) : []
  const offset = parseOffset(reader)
  const fetch = parseFetch(reader)
  return {
    with: withTables,
    body,
    orderBy,
    ...(offset === undefined ? {} : { offset }),
    ...(fetch === undefined ? {} : { fetch }),
  }
}

/** ORDER SIBLINGS BY belongs to the hierarchy, not to the rows of the query. */
function withSiblings(body: QueryBody, reader: TokenReader): QueryBody {
  if (body.kind !== 'select' || body.connectBy === undefined) {
    throw reader.error(30929, 'ORDER SIBLINGS BY clause not allowed here')
  }
  return { ...body, connectBy: { ...body.connectBy, siblings: parseOrderBy(reader) } }
}

function parseCommonTables(reader: TokenReader): readonly CommonTable[] {
  const tables: CommonTable[] = []
  do {
    const name = reader.identifier()
    const columns = reader.isSymbol('(') ? reader.identifierList() : []
    reader.expectWord('AS', 905, 'missing keyword')
    reader.expectOpen()
    const query = parseQuery(reader)
    reader.expectClose()
    tables.push({ name, columns, query })
  } while (reader.takeSymbol(','))
  return tables
}

function parseBody(reader: TokenReader): QueryBody {
  const start = reader.current.start
  let left = parseOperand(reader)
  while (reader.current.kind === 'word') {
    const operator = SET_OPERATORS[reader.current.value]
    if (operator === undefined) break
    reader.next()
    const all = reader.isWord('ALL')
    if (all && operator !== 'UNION') throw reader.error(3001, 'unimplemented feature')
    if (all) reader.next()
    else reader.takeWords('DISTINCT')
    const right = parseOperand(reader)
    left = { kind: 'set', operator: all ? 'UNION ALL' : operator, left, right, start }
  }
  return left
}

function parseOperand(reader: TokenReader): QueryBody {
  const start = reader.current.start
  if (reader.takeSymbol('(')) {
    const query = parseQuery(reader)
    reader.expectClose()
    return { kind: 'nested', query, start }
  }
  if (!reader.isWord('SELECT')) throw reader.error(928, 'missing SELECT keyword')
  return parseSelect(reader)
}

function parseSelect(reader: TokenReader): SelectBlock {
  const start = reader.next().start
  const distinct = reader.takeWords('DISTINCT') || reader.takeWords('UNIQUE')
  if (!distinct) reader.takeWords('ALL')
  const items = [parseItem(reader)]
  while (reader.takeSymbol(',')) items.push(parseItem(reader))
  const from = parseFromClause(reader)
  const where = reader.takeWords('WHERE') ? { where: parseExpression(reader) } : {}
  const connectBy = parseConnectBy(reader)
  const { groupBy, having } = parseGroupBy(reader)
  return {
    kind: 'select',
    start,
    distinct,
    items,
    from,
    ...where,
    ...(connectBy === undefined ? {} : { connectBy }),
    groupBy,
    ...(having === undefined ? {} : { having }),
  }
}

/** A query without FROM reads one row, as from DUAL. */
function parseFromClause(reader: TokenReader): SelectBlock['from'] {
  if (reader.takeWords('FROM')) return parseFrom(reader)
  if (reader.current.kind === 'end' || reader.isSymbol(')', ';')) return []
  if (reader.isWord('WHERE', 'ORDER', 'FETCH', 'OFFSET', 'CONNECT', ...Object.keys(SET_OPERATORS))) return []
  throw reader.error(923, 'FROM keyword not found where expected')
}

function parseItem(reader: TokenReader): SelectItem {
  const start = reader.current.start
  if (reader.takeSymbol('*')) return { kind: 'all', qualifier: [], start }
  const star = qualifiedStarLength(reader)
  if (star > 0) {
    const qualifier = []
    for (let part = 0; part < star; part += 1) {
      qualifier.push(reader.identifier())
      reader.takeSymbol('.')
    }
    reader.takeSymbol('*')
    return { kind: 'all', qualifier, start }
  }
  const from = reader.position
  const value = parseExpression(reader)
  const heading = reader.heading(from, reader.position)
  const alias = reader.takeWords('AS') || reader.isName() ? readAlias(reader) : undefined
  return { kind: 'value', value, heading, ...(alias === undefined ? {} : { alias }) }
}

function readAlias(reader: TokenReader): ReturnType<TokenReader['identifier']> | undefined {
  const previous = reader.tokens[reader.position - 1]
  const explicit = previous?.kind === 'word' && previous.value === 'AS'
  if (!explicit && reader.isWord('FETCH', 'OFFSET', 'EXCEPT', 'BULK')) return undefined
  return reader.identifier(923, 'FROM keyword not found where expected')
}

/** The number of names before a star: 1 for `t.*`, 2 for `s.t.*`, otherwise 0. */
function qualifiedStarLength(reader: TokenReader): number {
  let parts = 0
  while (['word', 'quoted'].includes(reader.peek(parts * 2).kind) && reader.isSymbolAt(parts * 2 + 1, '.')) parts += 1
  return reader.isSymbolAt(parts * 2, '*') ? parts : 0
}

function parseConnectBy(reader: TokenReader): SelectBlock['connectBy'] {
  const start = reader.current.start
  let startWith: Expression | undefined
  if (reader.takeWords('START', 'WITH')) startWith = parseExpression(reader)
  if (!reader.takeWords('CONNECT', 'BY')) {
    if (startWith !== undefined) throw reader.error(1788, 'CONNECT BY clause required in this query block')
    return undefined
  }
  const noCycle = reader.takeWords('NOCYCLE')
  const condition = parseExpression(reader)
  if (startWith === undefined && reader.takeWords('START', 'WITH')) startWith = parseExpression(reader)
  return { condition, noCycle, start, ...(startWith === undefined ? {} : { startWith }) }
}

export function parseOrderBy(reader: TokenReader): readonly OrderItem[] {
  reader.expectWord('ORDER', 924, 'missing BY keyword')
  reader.takeWords('SIBLINGS')
  reader.expectWord('BY', 924, 'missing BY keyword')
  const items: OrderItem[] = []
  do {
    const value = parseExpression(reader)
    const descending = reader.takeWords('DESC')
    if (!descending) reader.takeWords('ASC')
    const nulls = reader.takeWords('NULLS') ? readNullsPosition(reader) : undefined
    items.push({ value, descending, ...(nulls === undefined ? {} : { nulls }) })
  } while (reader.takeSymbol(','))
  return items
}

function readNullsPosition(reader: TokenReader): 'FIRST' | 'LAST' {
  if (!reader.isWord('FIRST', 'LAST')) throw reader.error(905, 'missing keyword')
  return reader.next().value as 'FIRST' | 'LAST'
}

function parseOffset(reader: TokenReader): Expression | undefined {
  if (!reader.takeWords('OFFSET')) return undefined
  const value = parseValue(reader)
  if (!reader.takeWords('ROWS')) reader.expectWord('ROW', 905, 'missing keyword')
  return value
}

function parseFetch(reader: TokenReader): Query['fetch'] {
  if (!reader.takeWords('FETCH')) return undefined
  if (!reader.takeWords('FIRST')) reader.expectWord('NEXT', 905, 'missing keyword')
  const rows = reader.isWord('ROW', 'ROWS') ? {} : { rows: parseValue(reader) }
  const percent = reader.takeWords('PERCENT')
  if (!reader.takeWords('ROWS')) reader.expectWord('ROW', 905, 'missing keyword')
  if (reader.takeWords('WITH', 'TIES')) return { ...rows, percent, ties: true }
  reader.expectWord('ONLY', 905, 'missing keyword')
  return { ...rows, percent, ties: false }
}
