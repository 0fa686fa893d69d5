import type { CatalogColumn, CatalogConstraint, CatalogTable } from '../catalog/catalog-entry.ts'
import type { CreateTable, DefinitionStatement } from '../parse/syntax-tree.ts'
import { translateValue } from '../translate/expression.ts'
import { translateQuery } from '../translate/query.ts'
import { Scope } from '../translate/scope.ts'
import type { PlanColumn } from '../translate/translation.ts'
import { alterTable } from './alter-table.ts'
import { annotated } from './annotations.ts'
import { buildColumns, identityOf } from './build-columns.ts'
import { storableType } from './column-description.ts'
import { addConstraints } from './constraint-builder.ts'
import type { DefinitionContext } from './definition-context.ts'
import { changeGrants } from './grants.ts'
import { nameTaken, ownName } from './own-name.ts'
import { ownTable } from './own-table.ts'
import { alterSequence, createSequence, dropSequence } from './sequences.ts'
import { createUnit, dropUnit, recompileUnit } from './stored-units.ts'
import { changeSynonym } from './synonyms.ts'
import { rebuild } from './table-rebuild.ts'
import { childrenOf, refersTo } from './table-references.ts'
import { tableText } from './table-text.ts'
import { alterUser, changeRole, changeSystemGrants, createUser, dropUser } from './users.ts'

type Part<Kind> = Extract<DefinitionStatement, { kind: Kind }>

/**
 * Runs a definition statement: first the engine's part, then the catalog's.
 * @returns whether what it made has compilation errors
 */
export function define(statement: DefinitionStatement, context: DefinitionContext): boolean {
  checkPrivilege(statement, context)
  if (statement.kind === 'create-unit') return createUnit(statement, context)
  if (statement.kind === 'compile-unit') return recompileUnit(statement, context)
  if (statement.kind === 'create-table') createTable(statement, context)
  else if (statement.kind === 'create-view') createView(statement, context)
  else if (statement.kind === 'create-index') createIndex(statement, context)
  else if (statement.kind === 'drop') drop(statement, context)
  else if (statement.kind === 'drop-unit') dropUnit(statement, context)
  else if (statement.kind === 'truncate') truncate(statement, context)
  else if (statement.kind === 'comment') comment(statement, context)
  else if (statement.kind === 'alter-table') alterTable(statement, context)
  else if (statement.kind === 'create-synonym' || statement.kind === 'drop-synonym') changeSynonym(statement, context)
  else if (statement.kind === 'create-sequence') createSequence(statement, context)
  else if (statement.kind === 'alter-sequence') alterSequence(statement, context)
  else if (statement.kind === 'drop-sequence') dropSequence(statement, context)
  else if (statement.kind === 'create-user') createUser(statement, context)
  else if (statement.kind === 'alter-user') alterUser(statement, context)
  else if (statement.kind === 'drop-user') dropUser(statement, context, (user) => dropObjects(user, context))
  else if (statement.kind === 'create-role' || statement.kind === 'drop-role') changeRole(statement, context)
  else if ('object' in statement) changeGrants(statement, context)
  else changeSystemGrants(statement, context)
  return false
}

const NEEDED: { readonly [Kind in DefinitionStatement['kind']]?: string } = {
  'create-table': 'CREATE TABLE',
  'create-view': 'CREATE VIEW',
  'create-unit': 'CREATE PROCEDURE',
  'create-sequence': 'CREATE SEQUENCE',
}

function checkPrivilege({ kind }: DefinitionStatement, { catalog, translation, user }: DefinitionContext): void {
  const needed = NEEDED[kind]
  if (needed === undefined || catalog.systemGrants.has(user, needed)) return
  throw translation.error(0, 1031, 'insufficient privileges')
}

function truncate(statement: Part<'truncate'>, context: DefinitionContext): void {
  const table = ownTable(statement.table, context)
  if (childrenOf(table, context.catalog).length > 0) {
    throw context.translation.error(
      statement.table[0]?.start ?? 0,
      2266,
      'unique/primary keys in table referenced by enabled foreign keys',
    )
  }
  context.willChange(table)
  context.storage.change(`DELETE FROM ${table.stored}`, [], context.running)
}

function createTable(statement: CreateTable, context: DefinitionContext): void {
  const { catalog, translation, storage } = context
  const { owner, name } = ownName(statement.name, context)
  if (nameTaken(owner, name, catalog)) {
    if (statement.ifNotExists) return
    throw translation.error(statement.name[0]?.start ?? 0, 955, 'name is already used by an existing object')
  }
  const plan = statement.query === undefined ? undefined : translateQuery(statement.query, translation, undefined)
  const columns =
    plan === undefined ? buildColumns(statement.columns, 1, context) : queryColumns(statement, plan.columns, context)
  const id = catalog.newId()
  const constraints: CatalogConstraint[] = []
  const fail = translation.error.bind(translation)
  const inline = statement.columns.flatMap((column) => column.constraints)
  addConstraints([...inline, ...statement.constraints], { owner, table: name, columns, catalog, fail, constraints })
  const table: CatalogTable = {
    kind: 'table',
    id,
    owner,
    name,
    stored: `o${id}`,
    columns,
    constraints,
    comment: undefined,
    annotations: annotated([], statement.annotations, context),
    created: new Date(),
    identity: identityOf(columns, id, owner),
  }
  storage.change(tableText(table, table.stored, catalog, translation), [], context.running)
  if (plan !== undefined) {
    const names = columns.map((column) => column.stored).join(', ')
    storage.change(`INSERT INTO ${table.stored} (${names}) ${plan.sql}`, [], context.running)
  }
  catalog.put(table)
}

/** The columns of CREATE TABLE ... AS SELECT. */
function queryColumns(
  statement: CreateTable,
  columns: readonly PlanColumn[],
  context: DefinitionContext,
): CatalogColumn[] {
  const { translation } = context
  const start = statement.name[0]?.start ?? 0
  if (statement.columns.length > 0 && statement.columns.length !== columns.length) {
    throw translation.error(start, 1730, 'invalid number of column names specified')
  }
  return columns.map((column, index) => {
    const definition = statement.columns[index]
    if (definition?.type !== undefined) {
      throw translation.error(definition.type.start, 1773, 'may not specify column datatypes in this CREATE TABLE')
    }
    const name = definition?.name.name ?? column.name
    if (!/^[\p{L}][\p{L}\p{N}_$#]*$/u.test(name)) {
      throw translation.error(start, 998, 'must name this expression with a column alias')
    }
    return {
      name,
      type: storableType(column.type),
      inCharacters: false,
      nullable: column.nullable,
      defaultText: undefined,
      identity: undefined,
      stored: `c${index + 1}`,
      comment: undefined,
      annotations: [],
    }
  })
}

function createView(statement: Part<'create-view'>, context: DefinitionContext): void {
  const { catalog, translation } = context
  const { owner, name } = ownName(statement.name, context)
  const start = statement.name[0]?.start ?? 0
  const existing = catalog.find(owner, name)
  const taken =
    existing?.kind === 'table' ||
    (existing !== undefined && !statement.replace) ||
    (existing === undefined && nameTaken(owner, name, catalog))
  if (taken) throw translation.error(start, 955, 'name is already used by an existing object')
  const plan = translateQuery(statement.query, translation, undefined)
  if (statement.columns.length > 0 && statement.columns.length !== plan.columns.length) {
    throw translation.error(start, 1730, 'invalid number of column names specified')
  }
  const columns = plan.columns.map((column, index): CatalogColumn => {
    const written = statement.columns[index]?.name ?? column.name
    if (!/^[\p{L}][\p{L}\p{N}_$# ]*$/u.test(written)) {
      throw translation.error(start, 998, 'must name this expression with a column alias')
    }
    return {
      name: written,
      type: storableType(column.type),
      inCharacters: false,
      nullable: column.nullable,
      defaultText: undefined,
      identity: undefined,
      stored: `c${index + 1}`,
      comment: undefined,
      annotations: [],
    }
  })
  const { query, text } = statement
  catalog.put({
    kind: 'view',
    id: existing?.id ?? catalog.newId(),
    owner,
    name,
    columns,
    query,
    text,
    comment: undefined,
    annotations: annotated([], statement.annotations, context),
    created: new Date(),
  })
}

function createIndex(statement: Part<'create-index'>, context: DefinitionContext): void {
  const { catalog, translation, storage } = context
  const { owner, name } = ownName(statement.name, context)
  if (nameTaken(owner, name, catalog)) {
    throw translation.error(statement.name[0]?.start ?? 0, 955, 'name is already used by an existing object')
  }
  const table = ownTable(statement.table, context)
  const scope = new Scope(undefined)
  const columns = table.columns.map((column) => ({ ...column, sql: column.stored }))
  scope.sources.push({ alias: '', name: table.name, owner, columns, rowid: undefined })
  const terms = statement.columns.map((column) => translateValue(column, scope, translation).sql)
  const id = catalog.newId()
  const unique = statement.unique ? 'UNIQUE ' : ''
  storage.change(`CREATE ${unique}INDEX i${id} ON ${table.stored} (${terms.join(', ')})`, [], context.running)
  const names = statement.columns.map((column) =>
    column.kind === 'name' ? (column.path.at(-1)?.name ?? '') : 'SYS_EXPRESSION',
  )
  catalog.putIndex({
    terms: terms.join(', '),
    id,
    owner,
    name,
    tableOwner: table.owner,
    table: table.name,
    unique: statement.unique,
    columns: names,
    created: new Date(),
  })
}

function drop(statement: Part<'drop'>, context: DefinitionContext): void {
  const { catalog, translation, storage } = context
  const start = statement.name[0]?.start ?? 0
  const owner = statement.name.length > 1 ? (statement.name[0]?.name ?? '') : context.schema
  const name = statement.name.at(-1)?.name ?? ''
  const visible = catalog.maySee(context.user, owner, name)
  if (statement.object === 'INDEX') {
    const index = visible ? catalog.findIndex(owner, name) : undefined
    if (index === undefined) {
      if (statement.ifExists) return
      throw translation.error(start, 1418, 'specified index does not exist')
    }
    if (!catalog.mayChange(context.user, owner)) throw translation.error(start, 1031, 'insufficient privileges')
    storage.change(`DROP INDEX i${index.id}`, [], context.running)
    catalog.removeIndex(owner, name)
    return
  }
  const object = visible ? catalog.find(owner, name) : undefined
  if (object?.kind !== statement.object.toLowerCase()) {
    if (statement.ifExists) return
    throw translation.error(start, 942, `table or view "${owner}"."${name}" does not exist`)
  }
  if (!catalog.mayChange(context.user, owner)) throw translation.error(start, 1031, 'insufficient privileges')
  if (object?.kind === 'table') dropTable(object, statement.cascade, start, context)
  catalog.remove(owner, name)
}

function dropTable(table: CatalogTable, cascade: boolean, start: number, context: DefinitionContext): void {
  const { catalog, storage, translation } = context
  const children = childrenOf(table, catalog)
  if (children.length > 0 && !cascade) {
    throw translation.error(start, 2449, 'unique/primary keys in table referenced by foreign keys')
  }
  for (const child of children) {
    const constraints = child.constraints.filter((constraint) => !refersTo(constraint, table))
    rebuild(child, { ...child, constraints }, context)
  }
  storage.change(`DROP TABLE ${table.stored}`, [], context.running)
}

/** DROP USER ... CASCADE: nothing that the user owns remains, nor what refers to it. */
function dropObjects(user: string, context: DefinitionContext): void {
  const { catalog } = context
  for (const sequence of catalog.sequences()) if (sequence.owner === user) catalog.removeSequence(sequence)
  for (const unit of catalog.units()) if (unit.owner === user) catalog.removeUnit(unit)
  for (const object of catalog.objects()) {
    if (object.owner !== user) continue
    if (object.kind === 'table') dropTable(object, true, 0, context)
    catalog.remove(user, object.name)
  }
}

function comment(statement: Part<'comment'>, context: DefinitionContext): void {
  const { catalog, translation } = context
  const path = statement.on === 'COLUMN' ? statement.path.slice(0, -1) : statement.path
  const start = statement.path[0]?.start ?? 0
  if (path.length === 0)
    throw translation.error(start, 1747, 'invalid user.table.column, table.column, or column specification')
  const owner = path.length > 1 ? (path[0]?.name ?? '') : context.schema
  const name = path.at(-1)?.name ?? ''
  const object = catalog.maySee(context.user, owner, name) ? catalog.find(owner, name) : undefined
  if (object === undefined) throw translation.error(start, 942, `table or view "${owner}"."${name}" does not exist`)
  if (!catalog.mayChange(context.user, owner)) throw translation.error(start, 1031, 'insufficient privileges')
  const text = statement.text === '' ? undefined : statement.text
  if (statement.on === 'TABLE') object.comment = text
  else {
    const column = object.columns.find((candidate) => candidate.name === statement.path.at(-1)?.name)
    if (column === undefined) {
      throw translation.error(
        statement.path.at(-1)?.start ?? 0,
        904,
        `"${statement.path.at(-1)?.name}": invalid identifier`,
      )
    }
    column.comment = text
  }
  catalog.version += 1
}
