import { JSON_TYPE, NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { memberPath } from '../parse/member-path.ts'
import type { Expression, Identifier } from '../parse/syntax-tree.ts'
import { readMember } from './json-member.ts'
import { asValue } from './operand.ts'
import { type Operand, type Scope, type SourceColumn, sourcesNamed } from './scope.ts'
import { translateSequenceValue } from './sequence-value.ts'
import type { Translation } from './translation.ts'

type NameExpression = Extract<Expression, { kind: 'name' }>

/** The text of a name in an error: `"SH"."SALES"."PRICE"`. */
export function quotedPath(path: readonly Identifier[]): string {
  return path.map((part) => `"${part.name}"`).join('.')
}

/**
 * Finds what a name stands for: a column of this block or one around it, a pseudocolumn, a function without parentheses,
 * or a variable of PL/SQL.
 * @throws OracleError ORA-00904, ORA-00918, ORA-00979
 */
export function translateName(node: NameExpression, scope: Scope, translation: Translation): Operand {
  const alias = node.path.length === 1 ? findAlias(scope, node.path) : undefined
  if (alias !== undefined) return alias
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    const column = findColumn(node, current, translation)
    if (column !== undefined) return readColumn(column, node, current, translation)
    const pseudo = findPseudocolumn(node, current)
    if (pseudo !== undefined) return pseudo
  }
  const member = findMember(node, scope, translation)
  if (member !== undefined) return member
  const variable = translation.environment.variable?.(node.path.map((part) => part.name))
  if (variable !== undefined) {
    const sql = translation.variable(
      node.path.map((part) => part.name),
      variable,
    )
    return { sql, type: variable.type, nullable: true }
  }
  const sequenceValue = translateSequenceValue(node, scope, translation)
  if (sequenceValue !== undefined) return sequenceValue
  throw translation.error(node.start, 904, `${quotedPath(node.path)}: invalid identifier`)
}

/** `alias.column.member.member`, where the column is JSON. */
function findMember(node: NameExpression, scope: Scope, translation: Translation): Operand | undefined {
  const found = findJsonColumn(node, scope, translation)
  if (found === undefined) return undefined
  const path = memberPath(node.path.slice(found.length))
  return readMember(found.column, path, JSON_TYPE)
}

/** The JSON column with which a path of names begins: after the name or alias of its table. */
export function findJsonColumn(
  { path, start, end }: Pick<NameExpression, 'path' | 'start' | 'end'>,
  scope: Scope,
  translation: Translation,
): { readonly column: Operand; readonly length: number } | undefined {
  const length = 2
  if (path.length <= length) return undefined
  const name: NameExpression = { kind: 'name', path: path.slice(0, length), outer: false, start, end }
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    const column = findColumn(name, current, translation)
    if (column?.type.name === 'JSON') return { column: readColumn(column, name, current, translation), length }
    if (column !== undefined) return undefined
  }
  return undefined
}

function findAlias(scope: Scope, path: readonly Identifier[]): Operand | undefined {
  const name = path[0]?.name
  return name === undefined ? undefined : scope.aliases?.get(name)
}

function findColumn(node: NameExpression, scope: Scope, translation: Translation): SourceColumn | undefined {
  const name = node.path.at(-1)?.name
  const qualifier = node.path.slice(0, -1)
  if (qualifier.length > 2) return undefined
  if (qualifier.length === 0) {
    const merged = scope.merged.find((column) => column.name === name)
    if (merged !== undefined) return merged
  }
  const sources = qualifier.length === 0 ? scope.sources : sourcesNamed(scope, qualifier)
  const found = sources.flatMap((source) => source.columns.filter((column) => column.name === name))
  if (found.length > 1) {
    throw translation.error(
      node.start,
      918,
      `${quotedPath(node.path)}: column ambiguously specified - appears in several tables`,
    )
  }
  return found[0]
}

function readColumn(column: SourceColumn, node: NameExpression, scope: Scope, translation: Translation): Operand {
  if (column.sql === '') {
    throw translation.error(node.start, 904, `${quotedPath(node.path)}: invalid identifier`)
  }
  const operand = { ...asValue(column), sql: scope.read(column.sql) }
  const { grouping } = scope
  if (grouping === undefined || scope.aggregates === 'inside' || scope.aggregates === 'unchecked') return operand
  if (grouping.keys.has(operand.sql)) return operand
  if (!grouping.hasGroupBy) throw translation.error(node.start, 937, 'not a single-group group function')
  throw translation.error(
    node.start,
    979,
    `${quotedPath(node.path)}: must appear in the GROUP BY clause or be used in an aggregate function`,
  )
}

function findPseudocolumn(node: NameExpression, scope: Scope): Operand | undefined {
  const [first] = node.path
  const last = node.path.at(-1)
  if (first === undefined || last === undefined || last.quoted) return undefined
  if (last.name === 'ROWID') {
    const sources = node.path.length === 1 ? scope.sources : sourcesNamed(scope, node.path.slice(0, -1))
    const rowid = sources.length === 1 ? sources[0]?.rowid : undefined
    if (rowid === undefined) return undefined
    return { sql: `ora_rowid(${scope.read(rowid)})`, type: varchar2(18), nullable: false }
  }
  if (node.path.length > 1) return undefined
  if (first.name === 'ROWNUM' && scope.rownum !== undefined) return { sql: scope.rownum, type: NUMBER, nullable: false }
  if (first.name === 'LEVEL' && scope.level !== undefined) {
    return { sql: scope.read(scope.level), type: NUMBER, nullable: false }
  }
  const flag = scope.hierarchy?.flags?.get(first.name)
  return flag === undefined ? undefined : { sql: scope.read(flag), type: NUMBER, nullable: false }
}
