import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { Query } from './query.ts'

/** A table, as far as its rows depend on it. */
export interface TableShape {
  readonly owner: string
  readonly name: string
  /** Columns that rows need a value for; those that the database fills itself are left out. */
  readonly columns: readonly ColumnShape[]
  /** Columns of the primary key and of each unique constraint. */
  readonly keys: readonly (readonly string[])[]
  readonly parents: readonly ParentKey[]
  /** Conditions of check constraints. */
  readonly checks: readonly string[]
}

export interface ColumnShape {
  readonly name: string
  /** Without its length or precision, for example `TIMESTAMP WITH TIME ZONE`. */
  readonly type: string
  /** Most characters of a text, or bytes of a RAW. */
  readonly length: number
  /** Undefined for a NUMBER of any size. */
  readonly precision: number | undefined
  readonly scale: number | undefined
  readonly nullable: boolean
}

/** A foreign key; its columns and those it references are in the same order. */
export interface ParentKey {
  readonly columns: readonly string[]
  readonly owner: string
  readonly table: string
  readonly parentColumns: readonly string[]
}

interface Constraint {
  readonly name: string
  readonly type: string
  readonly condition: string
  readonly parentOwner: string
  readonly parentConstraint: string
  readonly columns: readonly string[]
}

/** Reads a table from the data dictionary, as the caller sees it. @throws OracleError ORA-00942 when there is none. */
export async function readTableShape(owner: string, name: string, query: Query): Promise<TableShape> {
  const written = await readColumns(owner, name, query)
  const constraints = await readConstraints(owner, name, query)
  const keys = constraints.filter(({ type }) => type === 'P' || type === 'U').map(({ columns }) => columns)
  const parents: ParentKey[] = []
  for (const constraint of constraints) {
    if (constraint.type === 'R') parents.push(await readParent(constraint, query))
  }
  const bound = new Set([...keys, ...parents.map(({ columns }) => columns)].flat())
  const left = written.filter(
    ({ isIdentity, hasDefault, column }) => isIdentity || (hasDefault && !bound.has(column.name)),
  )
  const filledByDatabase = new Set(left.map(({ column }) => column.name))
  return {
    owner,
    name,
    columns: written.map(({ column }) => column).filter((column) => !filledByDatabase.has(column.name)),
    keys: keys.filter((columns) => !columns.some((column) => filledByDatabase.has(column))),
    parents,
    checks: constraints.filter(({ type }) => type === 'C').map(({ condition }) => condition),
  }
}

interface WrittenColumn {
  readonly column: ColumnShape
  readonly isIdentity: boolean
  readonly hasDefault: boolean
}

async function readColumns(owner: string, name: string, query: Query): Promise<readonly WrittenColumn[]> {
  const { rows } = await query(
    `SELECT column_name, data_type, char_length, data_length, data_precision, data_scale, nullable, identity_column,
            data_default
       FROM all_tab_columns
      WHERE owner = :OWNER AND table_name = :NAME
        AND EXISTS (SELECT 1 FROM all_tables WHERE owner = :OWNER AND table_name = :NAME)
      ORDER BY column_id`,
    { OWNER: owner, NAME: name },
  )
  if (rows.length === 0) throw new OracleError(942, `table or view "${owner}"."${name}" does not exist`)
  return rows.map(([columnName, type, characters, bytes, precision, scale, nullable, identity, initial]) => ({
    column: {
      name: String(columnName),
      type: String(type).replace(/\(\d+\)/, ''),
      length: Number(characters) || Number(bytes),
      precision: numberOf(precision),
      scale: numberOf(scale),
      nullable: nullable === 'Y',
    },
    isIdentity: identity === 'YES',
    hasDefault: initial !== null && initial !== undefined,
  }))
}

async function readConstraints(owner: string, name: string, query: Query): Promise<readonly Constraint[]> {
  const { rows } = await query(
    `SELECT constraint_name, constraint_type, search_condition, r_owner, r_constraint_name
       FROM all_constraints
      WHERE owner = :OWNER AND table_name = :NAME
      ORDER BY constraint_name`,
    { OWNER: owner, NAME: name },
  )
  const constraints: Constraint[] = []
  for (const [constraint, type, condition, parentOwner, parentConstraint] of rows) {
    constraints.push({
      name: String(constraint),
      type: String(type),
      condition: String(condition ?? ''),
      parentOwner: String(parentOwner ?? ''),
      parentConstraint: String(parentConstraint ?? ''),
      columns: (await columnsOf(owner, String(constraint), query)).columns,
    })
  }
  return constraints
}

async function readParent({ columns, parentOwner, parentConstraint }: Constraint, query: Query): Promise<ParentKey> {
  const parent = await columnsOf(parentOwner, parentConstraint, query)
  return { columns, owner: parentOwner, table: parent.table, parentColumns: parent.columns }
}

async function columnsOf(
  owner: string,
  constraint: string,
  query: Query,
): Promise<{ readonly table: string; readonly columns: readonly string[] }> {
  const { rows } = await query(
    `SELECT table_name, column_name FROM all_cons_columns
      WHERE owner = :OWNER AND constraint_name = :NAME ORDER BY position`,
    { OWNER: owner, NAME: constraint },
  )
  return { table: String(rows[0]?.[0] ?? ''), columns: rows.map(([, column]) => String(column)) }
}

function numberOf(value: OracleValue | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value)
}
