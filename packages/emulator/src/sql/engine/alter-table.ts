import { OracleError } from '../../oracle-error.ts'
import type { OracleType } from '../../values/oracle-type.ts'
import type { CatalogColumn, CatalogConstraint, CatalogTable } from '../catalog/catalog-entry.ts'
import { columnType } from '../catalog/type-from-name.ts'
import { parseExpressionText } from '../parse/parse-statement.ts'
import type {
  ColumnDefinition,
  ConstraintDefinition,
  DefinitionStatement,
  Identifier,
  TableChange,
} from '../parse/syntax-tree.ts'
import { translateValue } from '../translate/expression.ts'
import { defaultScope } from '../translate/scope.ts'
import { visitExpressions } from '../translate/visit.ts'
import { annotated } from './annotations.ts'
import { buildColumns, identityOf } from './build-columns.ts'
import { addConstraints } from './constraint-builder.ts'
import type { DefinitionContext } from './definition-context.ts'
import { nameTaken } from './own-name.ts'
import { ownTable } from './own-table.ts'
import { rebuild } from './table-rebuild.ts'
import { childrenOf, refersTo } from './table-references.ts'

type Change<Kind> = Extract<TableChange, { kind: Kind }>

/** Runs ALTER TABLE and RENAME. The table is made anew and its rows are copied. */
export function alterTable(
  statement: Extract<DefinitionStatement, { kind: 'alter-table' }>,
  context: DefinitionContext,
): void {
  const { change } = statement
  const table = ownTable(statement.table, context)
  const start = statement.table[0]?.start ?? 0
  if (change.kind === 'add') add(table, change, start, context)
  else if (change.kind === 'modify') modify(table, change, context)
  else if (change.kind === 'drop-columns') dropColumns(table, change, context)
  else if (change.kind === 'drop-constraint') dropConstraint(table, change, context)
  else if (change.kind === 'rename-column') renameColumn(table, change.from, change.to, context)
  else if (change.kind === 'rename-constraint') renameConstraint(table, change.from, change.to, context)
  else if (change.kind === 'annotate') annotate(table, change, context)
  else rename(table, change.to, context)
}

function annotate(table: CatalogTable, change: Change<'annotate'>, context: DefinitionContext): void {
  table.annotations = annotated(table.annotations, change.annotations, context)
  context.catalog.version += 1
}

function add(table: CatalogTable, change: Change<'add'>, start: number, context: DefinitionContext): void {
  const { translation } = context
  const lastStored = Math.max(0, ...table.columns.map((column) => Number(column.stored.slice(1))))
  const added = buildColumns(change.columns, lastStored + 1, context)
  for (const column of added) {
    if (table.columns.some((known) => known.name === column.name)) {
      throw translation.error(start, 1430, 'column being added already exists in table')
    }
  }
  const columns = [...table.columns.map((column) => ({ ...column })), ...added]
  const inline = change.columns.flatMap((column) => column.constraints)
  const constraints = withConstraints(table, columns, [...inline, ...change.constraints], context)
  const mandatory = added.some(
    (column) => !column.nullable && column.defaultText === undefined && column.identity === undefined,
  )
  const rows = context.storage.rows(`SELECT count(*) AS n FROM ${table.stored}`)[0]?.n
  if (mandatory && rows !== 0) {
    throw translation.error(start, 1758, 'table must be empty to add mandatory (NOT NULL) column')
  }
  const identity = table.identity ?? identityOf(columns, table.id, table.owner)
  rebuild(table, { ...table, columns, constraints, identity }, context)
}

function withConstraints(
  table: CatalogTable,
  columns: readonly CatalogColumn[],
  definitions: readonly ConstraintDefinition[],
  { catalog, translation }: DefinitionContext,
): CatalogConstraint[] {
  const constraints = [...table.constraints]
  const fail = translation.error.bind(translation)
  addConstraints(definitions, { owner: table.owner, table: table.name, columns, catalog, fail, constraints })
  return constraints
}

function modify(table: CatalogTable, change: Change<'modify'>, context: DefinitionContext): void {
  const columns = table.columns.map((column) => ({ ...column }))
  for (const definition of change.columns) {
    const index = columns.findIndex((column) => column.name === definition.name.name)
    const column = columns[index]
    if (column === undefined) throw invalidIdentifier(definition.name, context)
    columns[index] = modified(column, definition, table, context)
  }
  const nullable = change.columns.filter(({ constraints }) => constraints.some(({ kind }) => kind === 'null'))
  const names = new Set(nullable.map(({ name }) => name.name))
  const definitions = change.columns.flatMap(({ constraints }) => constraints)
  const constraints = withConstraints(table, columns, definitions, context).filter(
    (constraint) => constraint.kind !== 'not-null' || !names.has(constraint.columns[0] ?? ''),
  )
  try {
    rebuild(table, { ...table, columns, constraints }, context)
  } catch (error) {
    throw narrowingError(error)
  }
}

function modified(
  column: CatalogColumn,
  definition: ColumnDefinition,
  table: CatalogTable,
  context: DefinitionContext,
): CatalogColumn {
  const { translation } = context
  const { name, type: written } = definition
  if (definition.identity !== undefined) throw translation.error(name.start, 3001, 'unimplemented feature')
  if (definition.default !== undefined) translateValue(definition.default, defaultScope(), translation)
  const type =
    written === undefined
      ? column.type
      : columnType(written, (number, message) => translation.error(written.start, number, message))
  checkType(column, type, table, name.start, context)
  const kinds = definition.constraints.map(({ kind }) => kind)
  if (kinds.includes('not-null') && !column.nullable) {
    throw translation.error(name.start, 1442, 'column to be modified to NOT NULL is already NOT NULL')
  }
  if (kinds.includes('null') && (column.nullable || isInPrimaryKey(column, table))) {
    throw translation.error(name.start, 1451, 'column to be modified to NULL cannot be modified to NULL')
  }
  return {
    ...column,
    type,
    inCharacters: written === undefined ? column.inCharacters : written.unit === 'CHAR',
    nullable: column.nullable || kinds.includes('null'),
    defaultText: definition.defaultText ?? column.defaultText,
    annotations: annotated(column.annotations, definition.annotations, context),
  }
}

const TEXT = new Set<string>(['VARCHAR2', 'CHAR'])

/** Values stay what they are: only a column without values gets another kind of type, or room for fewer digits. */
function checkType(
  { stored, type: before }: CatalogColumn,
  after: OracleType,
  table: CatalogTable,
  start: number,
  { storage, translation }: DefinitionContext,
): void {
  const isSameKind = before.name === after.name || (TEXT.has(before.name) && TEXT.has(after.name))
  if (isSameKind && !hasFewerDigits(before, after)) return
  const filled = storage.rows(`SELECT 1 AS n FROM ${table.stored} WHERE ${stored} IS NOT NULL LIMIT 1`)
  if (filled.length === 0) return
  if (!isSameKind) throw translation.error(start, 1439, 'column to be modified must be empty to change datatype')
  throw translation.error(start, 1440, 'column to be modified must be empty to decrease precision or scale')
}

function hasFewerDigits(before: OracleType, after: OracleType): boolean {
  if (before.name !== 'NUMBER' || after.name !== 'NUMBER' || after.precision === 0) return false
  if (before.precision === 0) return true
  return after.scale < before.scale || after.precision - after.scale < before.precision - before.scale
}

/** What a value says that does not fit its column any more. */
function narrowingError(error: unknown): unknown {
  if (!(error instanceof OracleError) || error.number !== 12899) return error
  return new OracleError(1441, 'cannot decrease column length because some value is too big')
}

function isInPrimaryKey(column: CatalogColumn, table: CatalogTable): boolean {
  return table.constraints.some(({ kind, columns }) => kind === 'primary' && columns.includes(column.name))
}

function dropColumns(table: CatalogTable, change: Change<'drop-columns'>, context: DefinitionContext): void {
  const { catalog, translation } = context
  const dropped = new Set(change.columns.map(({ name }) => name))
  for (const column of change.columns) {
    if (!table.columns.some(({ name }) => name === column.name)) throw invalidIdentifier(column, context)
  }
  const start = change.columns[0]?.start ?? 0
  const columns = table.columns.filter(({ name }) => !dropped.has(name))
  if (columns.length === 0) throw translation.error(start, 12983, 'cannot drop all columns in a table')
  const goes = (constraint: CatalogConstraint): boolean => constraint.columns.some((name) => dropped.has(name))
  const keys = table.constraints.filter((each) => each.kind !== 'foreign' && goes(each)).map(({ name }) => name)
  if (!change.cascade) {
    if (isKeyOfOthers(table, keys, context)) throw translation.error(start, 12992, 'cannot drop parent key column')
    if (table.constraints.some((each) => goes(each) && each.columns.some((name) => !dropped.has(name)))) {
      throw translation.error(start, 12991, 'column is referenced in a multi-column constraint')
    }
  }
  dropKeysOfOthers(table, keys, context)
  for (const index of catalog.indexes()) {
    const isOfTable = index.tableOwner === table.owner && index.table === table.name
    const stored = table.columns.filter(({ name }) => dropped.has(name)).map((column) => column.stored)
    const uses = stored.some((name) => new RegExp(`\\b${name}\\b`).test(index.terms))
    if (isOfTable && uses) catalog.removeIndex(index.owner, index.name)
  }
  const constraints = table.constraints.filter(
    (each) => !goes(each) && !keys.includes(each.references?.constraint ?? ''),
  )
  const identity = columns.some((column) => column.identity !== undefined) ? table.identity : undefined
  rebuild(table, { ...table, columns, constraints, identity }, context)
}

/** Whether other tables refer to keys of a table, which are given by their names. */
function isKeyOfOthers(table: CatalogTable, keys: readonly string[], { catalog }: DefinitionContext): boolean {
  return childrenOf(table, catalog).some((child) => child.constraints.some((each) => refersToKey(each, table, keys)))
}

function dropKeysOfOthers(table: CatalogTable, keys: readonly string[], context: DefinitionContext): void {
  for (const child of childrenOf(table, context.catalog)) {
    const constraints = child.constraints.filter((each) => !refersToKey(each, table, keys))
    if (constraints.length < child.constraints.length) rebuild(child, { ...child, constraints }, context)
  }
}

function refersToKey(constraint: CatalogConstraint, table: CatalogTable, keys: readonly string[]): boolean {
  return refersTo(constraint, table) && keys.includes(constraint.references?.constraint ?? '')
}

function dropConstraint(table: CatalogTable, change: Change<'drop-constraint'>, context: DefinitionContext): void {
  const { translation } = context
  const dropped = findConstraint(table, change, context)
  const keys = [dropped.name]
  const ownKeys = table.constraints.filter((each) => refersToKey(each, table, keys))
  if (!change.cascade && (ownKeys.length > 0 || isKeyOfOthers(table, keys, context))) {
    throw translation.error(change.start, 2273, 'this unique/primary key is referenced by some foreign keys')
  }
  dropKeysOfOthers(table, keys, context)
  const constraints = table.constraints.filter((each) => each !== dropped && !ownKeys.includes(each))
  const required = constraints.filter(({ kind }) => kind === 'primary' || kind === 'not-null')
  const stillRequired = new Set(required.flatMap((constraint) => constraint.columns))
  const frees = dropped.kind === 'primary' || dropped.kind === 'not-null'
  const columns = table.columns.map((column) => {
    const isFreed = frees && dropped.columns.includes(column.name) && column.identity === undefined
    return isFreed && !stillRequired.has(column.name) ? { ...column, nullable: true } : column
  })
  rebuild(table, { ...table, columns, constraints }, context)
}

/** @throws OracleError ORA-02443, ORA-02441, ORA-02442 */
function findConstraint(
  table: CatalogTable,
  { constraint: written, start }: Change<'drop-constraint'>,
  { translation }: DefinitionContext,
): CatalogConstraint {
  const error = translation.error.bind(translation)
  if (written === 'primary') {
    const key = table.constraints.find(({ kind }) => kind === 'primary')
    if (key === undefined) throw error(start, 2441, 'Cannot drop nonexistent primary key')
    return key
  }
  if ('name' in written) {
    const named = table.constraints.find(({ name }) => name === written.name)
    if (named === undefined) {
      throw error(written.start, 2443, `Cannot drop constraint - nonexistent constraint - ${written.name}`)
    }
    return named
  }
  const names = written.map(({ name }) => name)
  const unique = table.constraints.find(
    ({ kind, columns }) =>
      kind === 'unique' && columns.length === names.length && columns.every((name) => names.includes(name)),
  )
  if (unique === undefined) throw error(start, 2442, 'Cannot drop nonexistent unique key')
  return unique
}

function renameColumn(table: CatalogTable, from: Identifier, to: Identifier, context: DefinitionContext): void {
  const { catalog, translation } = context
  if (!table.columns.some(({ name }) => name === from.name)) throw invalidIdentifier(from, context)
  if (table.columns.some(({ name }) => name === to.name))
    throw translation.error(to.start, 957, 'duplicate column name')
  const renamed = (name: string): string => (name === from.name ? to.name : name)
  const columns = table.columns.map((column) => ({ ...column, name: renamed(column.name) }))
  const follow = following(table, (references) => ({ ...references, columns: references.columns.map(renamed) }))
  const constraints = table.constraints.map((constraint) => ({
    ...follow(constraint),
    columns: constraint.columns.map(renamed),
    condition: constraint.condition && renamedCondition(constraint.condition, from.name, to.name),
  }))
  for (const index of catalog.indexes()) {
    if (index.tableOwner !== table.owner || index.table !== table.name) continue
    catalog.putIndex({ ...index, columns: index.columns.map(renamed) })
  }
  rebuild(table, { ...table, columns, constraints }, context)
  changeChildren(table, follow, context)
}

type References = NonNullable<CatalogConstraint['references']>

/** Gives the foreign keys to a table other references, and leaves other constraints as they are. */
function following(
  table: CatalogTable,
  change: (references: References) => References,
): (constraint: CatalogConstraint) => CatalogConstraint {
  return (constraint) =>
    constraint.references !== undefined && refersTo(constraint, table)
      ? { ...constraint, references: change(constraint.references) }
      : constraint
}

/** The text of a condition in which a column has another name. */
function renamedCondition(condition: string, from: string, to: string): string {
  const places: Identifier[] = []
  visitExpressions(parseExpressionText(condition), (part) => {
    const last = part.kind === 'name' ? part.path.at(-1) : undefined
    if (last?.name === from) places.push(last)
  })
  const written = /^[A-Z][A-Z0-9_$#]*$/.test(to) ? to : `"${to}"`
  return places
    .sort((left, right) => right.start - left.start)
    .reduce((text, { start, quoted }) => {
      const end = start + from.length + (quoted ? 2 : 0)
      return text.slice(0, start) + written + text.slice(end)
    }, condition)
}

/** Gives the tables that refer to a table other constraints. */
function changeChildren(
  table: CatalogTable,
  change: (constraint: CatalogConstraint) => CatalogConstraint,
  context: DefinitionContext,
): void {
  for (const child of childrenOf(table, context.catalog)) {
    rebuild(child, { ...child, constraints: child.constraints.map(change) }, context)
  }
}

function renameConstraint(table: CatalogTable, from: Identifier, to: Identifier, context: DefinitionContext): void {
  const { catalog, translation } = context
  if (!table.constraints.some(({ name }) => name === from.name)) {
    throw translation.error(from.start, 23292, `The constraint ${from.name} does not exist`)
  }
  const known = catalog.tables().filter(({ owner }) => owner === table.owner)
  if (known.some(({ constraints }) => constraints.some(({ name }) => name === to.name))) {
    throw translation.error(to.start, 2264, 'name already used by an existing constraint')
  }
  const renamed = (name: string): string => (name === from.name ? to.name : name)
  const follow = following(table, (references) => ({ ...references, constraint: renamed(references.constraint) }))
  const constraints = table.constraints.map((constraint) => {
    const isRenamed = constraint.name === from.name
    return { ...follow(constraint), name: renamed(constraint.name), generated: constraint.generated && !isRenamed }
  })
  rebuild(table, { ...table, constraints }, context)
  changeChildren(table, follow, context)
}

function rename(table: CatalogTable, to: Identifier, context: DefinitionContext): void {
  const { catalog, translation } = context
  if (nameTaken(table.owner, to.name, catalog)) {
    throw translation.error(to.start, 955, 'name is already used by an existing object')
  }
  const follow = following(table, (references) => ({ ...references, table: to.name }))
  const renamed = { ...table, name: to.name, constraints: table.constraints.map(follow) }
  catalog.rename(table, to.name)
  rebuild(renamed, renamed, context)
  changeChildren(table, follow, context)
}

function invalidIdentifier({ name, start }: Identifier, { translation }: DefinitionContext): Error {
  return translation.error(start, 904, `"${name}": invalid identifier`)
}
