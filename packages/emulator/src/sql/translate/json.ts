import { parseJsonPath } from '../../json/json-path.ts'
import { OracleError } from '../../oracle-error.ts'
import { BOOLEAN, JSON_TYPE, NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { typeFromName } from '../catalog/type-from-name.ts'
import type { FallbackRule, JsonColumnOptions, JsonReadOptions, JsonTableOptions } from '../functions/json-options.ts'
import type {
  Expression,
  JsonExpression,
  JsonFallback,
  JsonItem,
  JsonTableColumn,
  TableReference,
  TypeName,
} from '../parse/syntax-tree.ts'
import { familyOf, type SqlType } from '../values/sql-value.ts'
import { literalOf, textLiteral } from '../values/stored-value.ts'
import { condition } from './condition.ts'
import { translateValue } from './expression.ts'
import { fitCode } from './fit-code.ts'
import { asValue, convertOperand, inconsistent } from './operand.ts'
import { orderTerm } from './order-term.ts'
import type { Operand, Scope, SourceColumn } from './scope.ts'
import type { Translation } from './translation.ts'

const DEFAULT_TEXT = varchar2(4000)

/** Translates the SQL/JSON functions and IS JSON. */
export function translateJson(node: JsonExpression, scope: Scope, translation: Translation): Operand {
  switch (node.kind) {
    case 'json-read':
      return translateRead(node, scope, translation)
    case 'json-serialize':
      return translateSerialize(node, scope, translation)
    case 'json-type': {
      const input = inputOf(node.input, scope, translation)
      return { sql: `ora_fit(${input.sql}, 'JSON')`, type: JSON_TYPE, nullable: true }
    }
    case 'json-object': {
      const parts = node.members.flatMap(({ name, value }) => [
        convertOperand(translateValue(name, scope, translation), 'text', translation, name.start).sql,
        itemText(value, scope, translation),
      ])
      return { sql: `ora_json_object(${parts.join(', ')})`, type: returned(node, translation), nullable: false }
    }
    case 'json-array': {
      const parts = node.items.map((item) => itemText(item, scope, translation))
      return { sql: `ora_json_array(${parts.join(', ')})`, type: returned(node, translation), nullable: false }
    }
    case 'json-aggregate':
      return translateAggregate(node, scope, translation)
    case 'is-json': {
      const value = inputOf(node.value, scope, translation)
      const options = `'${node.strict ? 'strict' : 'lax'}', '${node.uniqueKeys ? 'unique' : 'any'}'`
      const sql = `ora_json_test(${value.sql}, ${options})`
      return condition(node.negated ? `(NOT ${sql})` : `(${sql})`)
    }
  }
}

/** A document: text, JSON, or bytes that hold text. */
function inputOf(node: Expression, scope: Scope, translation: Translation): Operand {
  const operand = asValue(translateValue(node, scope, translation))
  const family = familyOf(operand.type)
  if (family === 'raw' || family === 'null' || family === 'clob') return operand
  if (family !== 'text') throw inconsistent(translation, node.start, 'JSON', operand.type)
  return operand
}

function checkPath(path: string, position: number, translation: Translation): void {
  try {
    parseJsonPath(path)
  } catch (error) {
    if (!(error instanceof OracleError)) throw error
    throw translation.error(position, error.number, error.message.replace(/^ORA-\d+: /, ''))
  }
}

function typeOf(written: TypeName | undefined, translation: Translation): SqlType {
  if (written === undefined) return DEFAULT_TEXT
  return typeFromName(written, (number, message) => translation.error(written.start, number, message))
}

function returned(node: { readonly returning?: TypeName }, translation: Translation): SqlType {
  return typeOf(node.returning, translation)
}

function translateRead(
  node: Extract<JsonExpression, { kind: 'json-read' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  checkPath(node.path, node.start, translation)
  const input = inputOf(node.input, scope, translation)
  const type = readType(node, input, translation)
  const options = readOptions(node, type)
  const fallback = (given: JsonFallback | undefined) =>
    given?.fallback === 'DEFAULT'
      ? convertOperand(translateValue(given.value, scope, translation), familyOf(type), translation, given.value.start)
          .sql
      : 'NULL'
  const sql = `ora_json_read(${input.sql}, ${optionsText(options)}, ${fallback(node.onError)}, ${fallback(node.onEmpty)})`
  return { sql, type, nullable: true }
}

function readType(
  node: Extract<JsonExpression, { kind: 'json-read' }>,
  input: Operand,
  translation: Translation,
): SqlType {
  if (node.name === 'JSON_EXISTS') return BOOLEAN
  if (node.name === 'JSON_QUERY' && node.returning === undefined && input.type.name === 'JSON') return JSON_TYPE
  return returned(node, translation)
}

type ReadSettings = Pick<
  Extract<JsonExpression, { kind: 'json-read' }>,
  'name' | 'path' | 'wrapper' | 'pretty' | 'onError' | 'onEmpty'
>

function readOptions(node: ReadSettings, type: SqlType): JsonReadOptions {
  const byDefault: FallbackRule = node.name === 'JSON_EXISTS' ? 'FALSE' : 'NULL'
  return {
    name: node.name,
    path: node.path,
    type: fitCode(type),
    wrapper: node.wrapper,
    pretty: node.pretty,
    onError: node.onError?.fallback ?? byDefault,
    ...(node.onEmpty === undefined ? {} : { onEmpty: node.onEmpty.fallback }),
  }
}

function optionsText(options: unknown): string {
  return textLiteral(JSON.stringify(options))
}

function translateSerialize(
  node: Extract<JsonExpression, { kind: 'json-serialize' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  const input = inputOf(node.input, scope, translation)
  const type = returned(node, translation)
  const { onError = { fallback: 'ERROR' as const } } = node
  const settings = { name: 'JSON_QUERY' as const, path: '$', wrapper: 'WITHOUT' as const, pretty: node.pretty, onError }
  return {
    sql: `ora_json_serialize(${input.sql}, ${optionsText(readOptions(settings, type))})`,
    type,
    nullable: true,
  }
}

const JSON_KINDS = new Set<Expression['kind']>(['json-object', 'json-array', 'json-aggregate', 'json-type'])

/** The JSON text of an item: NULL when it is to be left out. */
function itemText(item: JsonItem, scope: Scope, translation: Translation): string {
  const value = translateValue(item.value, scope, translation)
  const isFragment = item.value.kind === 'json-read' && item.value.name === 'JSON_QUERY'
  const isJson = item.isJson || isFragment || JSON_KINDS.has(item.value.kind) || value.type.name === 'JSON'
  const sql = `ora_json_item(${value.sql}, '${isJson ? 'json' : 'plain'}')`
  return item.absentOnNull ? `(CASE WHEN ${value.sql} IS NOT NULL THEN ${sql} END)` : sql
}

function translateAggregate(
  node: Extract<JsonExpression, { kind: 'json-aggregate' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  if (scope.aggregates === 'forbidden') throw translation.error(node.start, 934, 'group function is not allowed here')
  if (scope.aggregates === 'inside') throw translation.error(node.start, 935, 'group function is nested too deeply')
  const inside = scope.aggregates === 'unchecked' ? 'unchecked' : 'inside'
  return scope.within({ aggregates: inside, analytics: false }, () => {
    const item = itemText(node.value, scope, translation)
    const { name } = node
    const part =
      name === undefined
        ? item
        : `ora_json_member(${convertOperand(translateValue(name, scope, translation), 'text', translation, name.start).sql}, ${item})`
    const terms = node.orderBy.map((term) => orderTerm(term, translateValue(term.value, scope, translation).sql))
    const order = terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`
    const form = name === undefined ? 'array' : 'object'
    const sql = `ora_json_collect(group_concat(hex(${part})${order}), '${form}')`
    return { sql, type: returned(node, translation), nullable: false }
  })
}

/** Adds JSON_TABLE to the scope and gives its text; its document may come from the tables to its left. */
export function translateJsonTable(
  reference: Extract<TableReference, { kind: 'json-table' }>,
  scope: Scope,
  translation: Translation,
): string {
  const input = inputOf(reference.input, scope, translation)
  const alias = translation.alias('t')
  const columns: SourceColumn[] = []
  const table = tableOptions(reference, alias, columns, reference.start, translation)
  const onError = reference.onError?.fallback === 'ERROR' ? 'ERROR' : 'NULL'
  scope.sources.push({ alias, name: reference.alias?.name, owner: undefined, columns, rowid: undefined })
  return `json_each(ora_json_table(${input.sql}, ${optionsText({ width: columns.length, onError, table })})) AS ${alias}`
}

function tableOptions(
  table: { readonly path: string; readonly columns: readonly JsonTableColumn[] },
  alias: string,
  sources: SourceColumn[],
  start: number,
  translation: Translation,
): JsonTableOptions {
  checkPath(table.path, start, translation)
  const columns: JsonColumnOptions[] = []
  const nested: JsonTableOptions[] = []
  for (const column of table.columns) {
    if (column.kind === 'nested') nested.push(tableOptions(column, alias, sources, start, translation))
    else columns.push(columnOptions(column, alias, sources, translation))
  }
  return { path: table.path, columns, nested }
}

function columnOptions(
  column: Exclude<JsonTableColumn, { kind: 'nested' }>,
  alias: string,
  sources: SourceColumn[],
  translation: Translation,
): JsonColumnOptions {
  const position = sources.length
  const type = column.kind === 'ordinality' ? NUMBER : typeOf(column.type, translation)
  const sql = `ora_json_cell(${alias}.value, '${position}')`
  sources.push({ name: column.name.name, type, nullable: true, sql })
  if (column.kind === 'ordinality') return { kind: 'ordinality', position }
  checkPath(column.path, column.name.start, translation)
  const name = ({ value: 'JSON_VALUE', query: 'JSON_QUERY', exists: 'JSON_EXISTS' } as const)[column.kind]
  const isText = familyOf(type) === 'text'
  // EXISTS gives 'true' or 'false' to a text and 1 or 0 to a number; both are made of the truth below.
  if (column.kind === 'exists') {
    sources[position] = { name: column.name.name, type, nullable: true, sql: existsText(sql, isText, type) }
  }
  const options = readOptions({ ...column, name, pretty: false }, type)
  return {
    kind: 'read',
    position,
    options,
    ...defaultText('onError', column.onError, translation),
    ...defaultText('onEmpty', column.onEmpty, translation),
  }
}

function existsText(sql: string, isText: boolean, type: SqlType): string {
  if (familyOf(type) === 'boolean') return sql
  const truth = `(${sql} = ${literalOf(true)})`
  return isText ? `(CASE WHEN ${truth} THEN 'true' ELSE 'false' END)` : `ora_int(${truth})`
}

/** Defaults of JSON_TABLE's columns are literals. */
function defaultText(
  key: 'onError' | 'onEmpty',
  fallback: JsonFallback | undefined,
  translation: Translation,
): { readonly [Key in 'onError' | 'onEmpty']?: string } {
  if (fallback?.fallback !== 'DEFAULT') return {}
  const { value } = fallback
  if (value.kind !== 'string' && value.kind !== 'number') {
    throw translation.error(value.start, 40451, 'invalid default value for JSON_TABLE column')
  }
  return { [key]: value.value }
}
