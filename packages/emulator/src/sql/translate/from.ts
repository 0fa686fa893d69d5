import { dictionaryName, suppliedOwner } from '../../execution/supplied-owner.ts'
import { varchar2 } from '../../values/oracle-type.ts'
import type { CatalogObject } from '../catalog/catalog-entry.ts'
import type { DictionaryView } from '../catalog/dictionary.ts'
import type { Expression, Identifier, SelectBlock, TableReference } from '../parse/syntax-tree.ts'
import { translateTest } from './expression.ts'
import { joinByColumns } from './join-columns.ts'
import { translateJsonTable } from './json.ts'
import { quotedPath } from './names.ts'
import { outerJoin, usesJoinMarks } from './outer-join.ts'
import { pivotQuery, unpivotQuery } from './pivot.ts'
import { translateQuery } from './query.ts'
import type { Scope, Source } from './scope.ts'
import { planSourceColumns, type Translation } from './translation.ts'

const DUAL_COLUMN = { name: 'DUMMY', type: varchar2(1), nullable: true }

/** Tables of FROM in the engine's text; what is left of WHERE after outer joins written with (+). */
export function translateFrom(
  body: SelectBlock,
  scope: Scope,
  translation: Translation,
): { from: string; where: Expression | undefined } {
  if (usesJoinMarks(body.where)) return outerJoin(body, scope, translation)
  const from = body.from.map((table) => translateTable(table, scope, translation)).join(', ')
  return { from, where: body.where }
}

/** Adds a table or join to the scope and gives its text. */
export function translateTable(reference: TableReference, scope: Scope, translation: Translation): string {
  if (reference.kind === 'join') return translateJoin(reference, scope, translation)
  if (reference.kind === 'pivot' || reference.kind === 'unpivot') {
    const query =
      reference.kind === 'pivot'
        ? pivotQuery(reference, scope, translation)
        : unpivotQuery(reference, scope, translation)
    return translateDerived({ ...reference, kind: 'derived', query, columns: [] }, scope, translation)
  }
  if (reference.kind === 'derived') return translateDerived(reference, scope, translation)
  if (reference.kind === 'json-table') return translateJsonTable(reference, scope, translation)
  const alias = translation.alias('t')
  const { source, text } = resolveTable(reference.path, alias, translation)
  scope.sources.push({
    ...source,
    name: reference.alias?.name ?? source.name,
    owner: reference.alias === undefined ? source.owner : undefined,
  })
  return text
}

function translateDerived(
  reference: Extract<TableReference, { kind: 'derived' }>,
  scope: Scope,
  translation: Translation,
): string {
  const plan = translateQuery(reference.query, translation, scope.parent)
  const alias = translation.alias('t')
  if (reference.columns.length > 0 && reference.columns.length !== plan.columns.length) {
    throw translation.error(
      reference.start,
      32038,
      'number of column names does not match number of elements in select list',
    )
  }
  const columns = planSourceColumns(plan.columns, alias).map((column, index) => ({
    ...column,
    name: reference.columns[index]?.name ?? column.name,
  }))
  scope.sources.push({ alias, name: reference.alias?.name, owner: undefined, columns, rowid: undefined })
  return `(${plan.sql}) AS ${alias}`
}

function translateJoin(
  reference: Extract<TableReference, { kind: 'join' }>,
  scope: Scope,
  translation: Translation,
): string {
  const first = scope.sources.length
  const left = translateTable(reference.left, scope, translation)
  const second = scope.sources.length
  const right = translateTable(reference.right, scope, translation)
  if (reference.join !== 'INNER' && reference.join !== 'CROSS') makeNullable(reference.join, scope, first, second)
  const operator = { INNER: 'JOIN', CROSS: 'JOIN', LEFT: 'LEFT JOIN', RIGHT: 'RIGHT JOIN', FULL: 'FULL JOIN' }[
    reference.join
  ]
  const nested = reference.right.kind === 'join' ? `(${right})` : right
  const on = joinCondition(reference, scope, first, second, translation)
  return `${left} ${operator} ${nested}${on === '' ? '' : ` ON ${on}`}`
}

/** Columns of the side that an outer join may leave out are nullable in its result. */
function makeNullable(join: 'LEFT' | 'RIGHT' | 'FULL', scope: Scope, first: number, second: number): void {
  const from = join === 'LEFT' ? second : first
  const to = join === 'RIGHT' ? second : scope.sources.length
  for (let index = from; index < to; index += 1) {
    const source = scope.sources[index] as Source
    scope.sources[index] = { ...source, columns: source.columns.map((column) => ({ ...column, nullable: true })) }
  }
}

function joinCondition(
  reference: Extract<TableReference, { kind: 'join' }>,
  scope: Scope,
  first: number,
  second: number,
  translation: Translation,
): string {
  if (reference.natural || reference.using !== undefined) {
    return joinByColumns(reference, scope, first, second, translation)
  }
  return reference.on === undefined ? '' : translateTest(reference.on, scope, translation)
}

/** Finds what a table's name stands for. @throws OracleError ORA-00942 */
function resolveTable(
  path: readonly Identifier[],
  alias: string,
  translation: Translation,
): { source: Source; text: string } {
  const name = path.at(-1)?.name ?? ''
  const owner = path.length > 1 ? path[0]?.name : undefined
  const plain = { alias, name, owner: undefined, rowid: undefined }
  const common = owner === undefined ? translation.commonTables.findLast((table) => table.name === name) : undefined
  if (common !== undefined) {
    return {
      source: { ...plain, columns: planSourceColumns(common.columns, alias) },
      text: `${common.stored} AS ${alias}`,
    }
  }
  const object = path.length > 2 ? undefined : findObject(owner, name, translation)
  if (object !== undefined) {
    if (!translation.environment.catalog.mayRead(translation.reader, object.owner, object.name)) {
      throw translation.error(path[0]?.start ?? 0, 1031, 'insufficient privileges')
    }
    translation.reads(object)
    return resolveObject(object, alias, translation)
  }
  const supplier = suppliedOwner(name)
  if ((owner === undefined || owner === supplier) && path.length <= 2) {
    if (name === 'DUAL') {
      const columns = [{ ...DUAL_COLUMN, sql: `${alias}.c1` }]
      return { source: { ...plain, owner: supplier, columns }, text: `(SELECT 'X' AS c1) AS ${alias}` }
    }
    const view = findDictionaryView(owner, name, translation)
    if (view !== undefined) {
      translation.dictionaryViews.add(view)
      translation.reads({ owner: supplier, name: view.name })
      const columns = planSourceColumns(view.columns, alias)
      return { source: { ...plain, owner: supplier, columns }, text: `temp."${view.name}" AS ${alias}` }
    }
  }
  throw missingTable(path, translation)
}

/** What begins with DBA_ is the administrator's, and theirs to whom it was granted. */
function findDictionaryView(
  owner: string | undefined,
  name: string,
  translation: Translation,
): DictionaryView | undefined {
  const { catalog, dictionary } = translation.environment
  if (name.startsWith('DBA_') && !catalog.mayRead(translation.reader, suppliedOwner(name), name)) return undefined
  return dictionary.find(dictionaryName(owner, name))
}

export function missingTable(path: readonly Identifier[], translation: Translation): Error {
  const qualified = path.length > 1 ? path : [{ name: translation.schema, quoted: false, start: 0 }, ...path]
  return translation.error(path[0]?.start ?? 0, 942, `table or view ${quotedPath(qualified)} does not exist`)
}

/** A table or view that the current user may know of. */
export function findObject(
  owner: string | undefined,
  name: string,
  translation: Translation,
): CatalogObject | undefined {
  const { catalog } = translation.environment
  const schema = owner ?? translation.schema
  const found = catalog.maySee(translation.reader, schema, name) ? catalog.find(schema, name) : undefined
  const synonym = found === undefined && owner === undefined ? catalog.publicSynonym(name) : undefined
  return synonym === undefined ? found : findObject(synonym.owner, synonym.name, translation)
}

function resolveObject(
  object: CatalogObject,
  alias: string,
  translation: Translation,
): { source: Source; text: string } {
  const { name, owner } = object
  const base = { alias, name, owner }
  if (object.kind === 'view') {
    const plan = translation.insideView(owner, () => translateQuery(object.query, translation, undefined))
    const columns = planSourceColumns(plan.columns, alias).map((column, index) => ({
      ...column,
      name: object.columns[index]?.name ?? column.name,
    }))
    return { source: { ...base, columns, rowid: undefined }, text: `(${plan.sql}) AS ${alias}` }
  }
  const columns = object.columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    sql: `${alias}.${column.stored}`,
  }))
  const rowid = `'${object.id}:' || ${alias}.rowid`
  return { source: { ...base, columns, rowid }, text: `${object.stored} AS ${alias}` }
}
