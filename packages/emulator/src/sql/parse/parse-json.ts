import { memberPath } from './member-path.ts'
import { parseExpression, parseValue } from './parse-expression.ts'
import { parseOrderBy } from './parse-query.ts'
import { parseTypeName } from './parse-type-name.ts'
import type {
  Expression,
  JsonExpression,
  JsonFallback,
  JsonItem,
  JsonReading,
  JsonTableColumn,
  TableReference,
  TypeName,
} from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

type Parser = (reader: TokenReader, start: number) => JsonExpression

const READERS: Readonly<Record<string, Parser>> = {
  JSON_VALUE: (reader, start) => parseRead(reader, 'JSON_VALUE', start),
  JSON_QUERY: (reader, start) => parseRead(reader, 'JSON_QUERY', start),
  JSON_EXISTS: (reader, start) => parseRead(reader, 'JSON_EXISTS', start),
  JSON_SERIALIZE: parseSerialize,
  JSON: parseConstructor,
  JSON_OBJECT: parseObject,
  JSON_ARRAY: parseArray,
  JSON_ARRAYAGG: parseArrayAggregate,
  JSON_OBJECTAGG: parseObjectAggregate,
}

/** Whether one of the functions comes that have a syntax of their own. */
export function startsJsonCall(reader: TokenReader): boolean {
  return reader.current.kind === 'word' && Object.hasOwn(READERS, reader.current.value) && reader.isSymbolAt(1, '(')
}

export function parseJsonCall(reader: TokenReader): JsonExpression {
  const { value, start } = reader.next()
  reader.expectOpen()
  const expression = (READERS[value] as Parser)(reader, start)
  reader.expectClose()
  return { ...expression, end: reader.lastEnd }
}

/** Reads what follows `IS [NOT] JSON`. */
export function parseIsJson(reader: TokenReader, value: Expression, negated: boolean, start: number): JsonExpression {
  const inParentheses = reader.isSymbol('(') && reader.isWordAt(1, 'STRICT', 'LAX')
  if (inParentheses) reader.next()
  const strict = reader.takeWords('STRICT')
  if (!strict) reader.takeWords('LAX')
  if (inParentheses) reader.expectClose()
  const uniqueKeys = reader.takeWords('WITH', 'UNIQUE', 'KEYS')
  if (!uniqueKeys) reader.takeWords('WITHOUT', 'UNIQUE', 'KEYS')
  return { kind: 'is-json', value, negated, strict, uniqueKeys, start, end: reader.lastEnd }
}

function parseInput(reader: TokenReader): Expression {
  const input = parseExpression(reader)
  reader.takeWords('FORMAT', 'JSON')
  return input
}

function parsePath(reader: TokenReader): string {
  if (reader.current.kind !== 'string') throw reader.error(40454, 'path expression not a literal')
  return reader.string()
}

function parseRead(
  reader: TokenReader,
  name: 'JSON_VALUE' | 'JSON_QUERY' | 'JSON_EXISTS',
  start: number,
): JsonExpression {
  const input = parseInput(reader)
  const path = reader.takeSymbol(',') ? parsePath(reader) : '$'
  if (reader.isWord('PASSING')) throw reader.error(3001, 'unimplemented feature')
  const returning = parseReturning(reader)
  const pretty = reader.takeWords('PRETTY')
  const reading = parseReading(reader)
  return { kind: 'json-read', name, input, path, ...returning, pretty, ...reading, start, end: reader.lastEnd }
}

function parseReturning(reader: TokenReader): { readonly returning?: TypeName } {
  if (!reader.takeWords('RETURNING')) return {}
  const isBare = reader.isWord('VARCHAR2') && !reader.isSymbolAt(1, '(')
  const type = parseTypeName(reader)
  return { returning: isBare ? { ...type, numbers: [4000] } : type }
}

/** Wrapper, ON ERROR and ON EMPTY, as far as they are there. */
function parseReading(reader: TokenReader): JsonReading {
  if (reader.isWord('ALLOW', 'DISALLOW') && reader.isWordAt(1, 'SCALARS')) reader.position += 2
  const wrapper = parseWrapper(reader)
  const found: { onError?: JsonFallback; onEmpty?: JsonFallback } = {}
  for (;;) {
    const fallback = parseFallback(reader)
    if (fallback === undefined) return { wrapper, ...found }
    reader.expectWord('ON', 905, 'missing keyword')
    if (reader.takeWords('EMPTY')) found.onEmpty = fallback
    else if (reader.takeWords('MISMATCH')) throw reader.error(3001, 'unimplemented feature')
    else {
      reader.expectWord('ERROR', 905, 'missing keyword')
      found.onError = fallback
    }
  }
}

function parseWrapper(reader: TokenReader): JsonReading['wrapper'] {
  if (reader.takeWords('WITHOUT')) {
    finishWrapper(reader)
    return 'WITHOUT'
  }
  if (!reader.isWord('WITH') || !reader.isWordAt(1, 'CONDITIONAL', 'UNCONDITIONAL', 'ARRAY', 'WRAPPER'))
    return 'WITHOUT'
  reader.next()
  const conditional = reader.takeWords('CONDITIONAL')
  if (!conditional) reader.takeWords('UNCONDITIONAL')
  finishWrapper(reader)
  return conditional ? 'CONDITIONAL' : 'WITH'
}

function finishWrapper(reader: TokenReader): void {
  reader.takeWords('ARRAY')
  reader.expectWord('WRAPPER', 905, 'missing keyword')
}

function parseFallback(reader: TokenReader): JsonFallback | undefined {
  if (reader.takeWords('DEFAULT')) return { fallback: 'DEFAULT', value: parseExpression(reader) }
  if (reader.isWord('NULL', 'ERROR', 'TRUE', 'FALSE') && reader.isWordAt(1, 'ON')) {
    return { fallback: reader.next().value as 'NULL' | 'ERROR' | 'TRUE' | 'FALSE' }
  }
  if (!reader.takeWords('EMPTY')) return undefined
  if (reader.takeWords('OBJECT')) return { fallback: 'EMPTY OBJECT' }
  reader.takeWords('ARRAY')
  return { fallback: 'EMPTY ARRAY' }
}

function parseSerialize(reader: TokenReader, start: number): JsonExpression {
  const input = parseInput(reader)
  const returning = parseReturning(reader)
  const pretty = reader.takeWords('PRETTY')
  if (reader.isWord('ASCII', 'ORDERED', 'TRUNCATE')) throw reader.error(3001, 'unimplemented feature')
  const { onError } = parseReading(reader)
  const fallback = onError === undefined ? {} : { onError }
  return { kind: 'json-serialize', input, ...returning, pretty, ...fallback, start, end: reader.lastEnd }
}

/** `JSON(text)` makes a value of type JSON. */
function parseConstructor(reader: TokenReader, start: number): JsonExpression {
  return { kind: 'json-type', input: parseInput(reader), start, end: reader.lastEnd }
}

function parseObject(reader: TokenReader, start: number): JsonExpression {
  const members: { name: Expression; value: Omit<JsonItem, 'absentOnNull'> }[] = []
  if (!reader.isSymbol(')') && !startsNullTreatment(reader)) {
    do members.push(parseMember(reader))
    while (reader.takeSymbol(','))
  }
  const absentOnNull = parseNullTreatment(reader, false)
  const returning = parseConstruction(reader)
  return {
    kind: 'json-object',
    members: members.map(({ name, value }) => ({ name, value: { ...value, absentOnNull } })),
    ...returning,
    start,
    end: reader.lastEnd,
  }
}

/** `[KEY] name VALUE value`, `name : value`, or a column whose name is the member's. */
function parseMember(reader: TokenReader): { name: Expression; value: Omit<JsonItem, 'absentOnNull'> } {
  if (reader.isWord('KEY') && !reader.isSymbolAt(1, ',') && !reader.isWordAt(1, 'VALUE', 'IS')) reader.next()
  const name = parseValue(reader)
  if (reader.takeWords('VALUE') || reader.takeWords('IS') || reader.takeSymbol(':')) {
    return { name, value: parseItem(reader) }
  }
  const column = name.kind === 'name' ? name.path.at(-1) : undefined
  if (column === undefined) throw reader.error(40432, 'The colon (:) or keyword VALUE is missing')
  const { start, end } = name
  return {
    name: { kind: 'string', value: column.written ?? column.name, start, end },
    value: { value: name, isJson: false },
  }
}

function parseItem(reader: TokenReader): Omit<JsonItem, 'absentOnNull'> {
  const value = parseExpression(reader)
  return { value, isJson: reader.takeWords('FORMAT', 'JSON') }
}

function startsNullTreatment(reader: TokenReader): boolean {
  return reader.isWord('NULL', 'ABSENT') && reader.isWordAt(1, 'ON')
}

function parseNullTreatment(reader: TokenReader, absentByDefault: boolean): boolean {
  if (reader.takeWords('ABSENT', 'ON', 'NULL')) return true
  return reader.takeWords('NULL', 'ON', 'NULL') ? false : absentByDefault
}

function parseConstruction(reader: TokenReader): { readonly returning?: TypeName } {
  const returning = parseReturning(reader)
  reader.takeWords('STRICT')
  reader.takeWords('WITH', 'UNIQUE', 'KEYS')
  return returning
}

function parseArray(reader: TokenReader, start: number): JsonExpression {
  const items: Omit<JsonItem, 'absentOnNull'>[] = []
  if (!reader.isSymbol(')') && !startsNullTreatment(reader)) {
    do items.push(parseItem(reader))
    while (reader.takeSymbol(','))
  }
  const absentOnNull = parseNullTreatment(reader, true)
  const returning = parseConstruction(reader)
  return {
    kind: 'json-array',
    items: items.map((item) => ({ ...item, absentOnNull })),
    ...returning,
    start,
    end: reader.lastEnd,
  }
}

function parseArrayAggregate(reader: TokenReader, start: number): JsonExpression {
  const item = parseItem(reader)
  const orderBy = reader.isWord('ORDER') ? parseOrderBy(reader) : []
  const value = { ...item, absentOnNull: parseNullTreatment(reader, true) }
  const returning = parseConstruction(reader)
  return { kind: 'json-aggregate', value, orderBy, ...returning, start, end: reader.lastEnd }
}

function parseObjectAggregate(reader: TokenReader, start: number): JsonExpression {
  const { name, value } = parseMember(reader)
  const item = { ...value, absentOnNull: parseNullTreatment(reader, false) }
  const returning = parseConstruction(reader)
  return { kind: 'json-aggregate', name, value: item, orderBy: [], ...returning, start, end: reader.lastEnd }
}

/** Reads `JSON_TABLE(...)` without its alias. */
export function parseJsonTable(
  reader: TokenReader,
): Omit<Extract<TableReference, { kind: 'json-table' }>, 'alias' | 'start'> {
  reader.next()
  reader.expectOpen()
  const input = parseInput(reader)
  const path = reader.takeSymbol(',') ? parsePath(reader) : '$'
  const { onError } = parseReading(reader)
  const columns = parseColumns(reader)
  reader.expectClose()
  return { kind: 'json-table', input, path, columns, ...(onError === undefined ? {} : { onError }) }
}

function parseColumns(reader: TokenReader): readonly JsonTableColumn[] {
  reader.expectWord('COLUMNS', 905, 'missing keyword')
  const inParentheses = reader.takeSymbol('(')
  const columns = [parseColumn(reader)]
  while (reader.takeSymbol(',')) columns.push(parseColumn(reader))
  if (inParentheses) reader.expectClose()
  return columns
}

function parseColumn(reader: TokenReader): JsonTableColumn {
  if (reader.isWord('NESTED') && (reader.isWordAt(1, 'PATH') || reader.peek(1).kind === 'string')) {
    reader.next()
    reader.takeWords('PATH')
    return { kind: 'nested', path: parsePath(reader), columns: parseColumns(reader) }
  }
  const name = reader.identifier()
  if (reader.takeWords('FOR', 'ORDINALITY')) return { kind: 'ordinality', name }
  const type = parseColumnType(reader)
  const kind = parseColumnKind(reader, type)
  const path = reader.takeWords('PATH') ? parsePath(reader) : memberPath([name])
  return { kind, name, type, path, ...parseReading(reader) }
}

function parseColumnType(reader: TokenReader): TypeName {
  const start = reader.current.start
  const isTyped =
    reader.current.kind === 'word' && !reader.isWord('PATH', 'EXISTS', 'FORMAT', 'NULL', 'ERROR', 'DEFAULT')
  if (!isTyped) return { name: 'VARCHAR2', numbers: [4000], start }
  const isBare = reader.isWord('VARCHAR2') && !reader.isSymbolAt(1, '(')
  const type = parseTypeName(reader)
  return isBare ? { ...type, numbers: [4000] } : type
}

function parseColumnKind(reader: TokenReader, type: TypeName): 'value' | 'query' | 'exists' {
  if (reader.takeWords('EXISTS')) return 'exists'
  return reader.takeWords('FORMAT', 'JSON') || type.name === 'JSON' ? 'query' : 'value'
}
