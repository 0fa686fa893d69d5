import { PUBLIC } from '../../execution/public-grantee.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogColumn, CatalogConstraint, CatalogTable } from '../catalog/catalog-entry.ts'
import type { ConstraintDefinition, Identifier } from '../parse/syntax-tree.ts'
import { visitExpressions } from '../translate/visit.ts'

type Fail = (position: number, number: number, message: string) => Error

interface Building {
  readonly owner: string
  readonly table: string
  readonly columns: readonly CatalogColumn[]
  readonly catalog: Catalog
  readonly fail: Fail
  /** Constraints known already, those of the table being altered included. */
  readonly constraints: CatalogConstraint[]
}

/** Adds written constraints to `building.constraints` and marks columns of keys as not nullable. */
export function addConstraints(definitions: readonly ConstraintDefinition[], building: Building): void {
  for (const definition of definitions) addConstraint(definition, building)
}

function addConstraint(definition: ConstraintDefinition, building: Building): void {
  if (definition.kind === 'null') return
  const name = constraintName(definition, building)
  const base = {
    name,
    generated: definition.name === undefined,
    condition: undefined,
    references: undefined,
    onDelete: undefined,
  }
  if (definition.kind === 'check') {
    building.constraints.push({
      ...base,
      kind: 'check',
      columns: checkedColumns(definition, building),
      condition: definition.text,
    })
    return
  }
  const columns = columnNames(definition.columns, building)
  if (definition.kind === 'not-null' || definition.kind === 'primary') {
    for (const column of building.columns) if (columns.includes(column.name)) column.nullable = false
  }
  if (definition.kind === 'primary' && building.constraints.some((other) => other.kind === 'primary')) {
    throw building.fail(definition.start, 2260, 'table can have only one primary key')
  }
  if (definition.kind === 'foreign') {
    const references = findParent(definition, columns, building)
    building.constraints.push({ ...base, kind: 'foreign', columns, references, onDelete: definition.onDelete })
    return
  }
  building.constraints.push({ ...base, kind: definition.kind, columns })
}

function constraintName(definition: ConstraintDefinition, building: Building): string {
  const { catalog, owner } = building
  const written = definition.name?.name
  if (written === undefined) return `SYS_C${String(catalog.newId()).padStart(6, '0')}`
  const taken =
    building.constraints.some((other) => other.name === written) ||
    catalog
      .tables()
      .some(
        (table) =>
          table.owner === owner &&
          table.name !== building.table &&
          table.constraints.some((other) => other.name === written),
      )
  if (taken) throw building.fail(definition.name?.start ?? 0, 2264, 'name already used by an existing constraint')
  return written
}

function columnNames(names: readonly Identifier[], building: Building): readonly string[] {
  return names.map((name) => {
    if (!building.columns.some((column) => column.name === name.name)) {
      throw building.fail(name.start, 904, `"${name.name}": invalid identifier`)
    }
    return name.name
  })
}

function checkedColumns(
  definition: Extract<ConstraintDefinition, { kind: 'check' }>,
  building: Building,
): readonly string[] {
  const names = new Set<string>()
  visitExpressions(definition.condition, (part) => {
    const name = part.kind === 'name' ? part.path.at(-1)?.name : undefined
    if (name !== undefined && building.columns.some((column) => column.name === name)) names.add(name)
  })
  return [...names]
}

/** @throws OracleError ORA-00942, ORA-02268, ORA-02270, ORA-02256 */
function findParent(
  definition: Extract<ConstraintDefinition, { kind: 'foreign' }>,
  columns: readonly string[],
  building: Building,
): NonNullable<CatalogConstraint['references']> {
  const { catalog, fail } = building
  const owner = definition.table.length > 1 ? (definition.table[0]?.name ?? '') : building.owner
  const name = definition.table.at(-1)?.name ?? ''
  const own = owner === building.owner && name === building.table
  const parent = own ? undefined : catalog.find(owner, name)
  const position = definition.table[0]?.start ?? definition.start
  if (!own && (parent?.kind !== 'table' || !mayReference(building.owner, owner, name, catalog))) {
    throw fail(position, 942, `table or view "${owner}"."${name}" does not exist`)
  }
  const constraints = own ? building.constraints : (parent as CatalogTable).constraints
  const key = findKey(
    constraints,
    definition.references.map((column) => column.name),
  )
  if (key === undefined) {
    if (definition.references.length > 0)
      throw fail(position, 2270, 'no matching unique or primary key for this column-list')
    throw fail(position, 2268, 'referenced table does not have a primary key')
  }
  if (key.columns.length !== columns.length) {
    throw fail(definition.start, 2256, 'number of referencing columns must match referenced columns')
  }
  const referenced = definition.references.length > 0 ? definition.references.map((column) => column.name) : key.columns
  return { owner, table: name, constraint: key.name, columns: referenced }
}

/** A role cannot have the privilege REFERENCES. */
function mayReference(user: string, owner: string, name: string, catalog: Catalog): boolean {
  return catalog.mayRead(user, owner, name) || catalog.objectGrants.has([user, PUBLIC], owner, name, 'REFERENCES')
}

function findKey(constraints: readonly CatalogConstraint[], names: readonly string[]): CatalogConstraint | undefined {
  if (names.length === 0) return constraints.find((constraint) => constraint.kind === 'primary')
  return constraints.find(
    (constraint) =>
      (constraint.kind === 'primary' || constraint.kind === 'unique') &&
      constraint.columns.length === names.length &&
      constraint.columns.every((name) => names.includes(name)),
  )
}
