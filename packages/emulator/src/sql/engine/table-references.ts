import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogConstraint, CatalogTable } from '../catalog/catalog-entry.ts'

/** The other tables that have foreign keys to a table. */
export function childrenOf(table: CatalogTable, catalog: Catalog): readonly CatalogTable[] {
  const isOther = ({ owner, name }: CatalogTable): boolean => owner !== table.owner || name !== table.name
  return catalog.tables().filter((child) => isOther(child) && child.constraints.some((each) => refersTo(each, table)))
}

/** Whether a constraint is a foreign key to a table. */
export function refersTo(constraint: CatalogConstraint, table: CatalogTable): boolean {
  return constraint.references?.owner === table.owner && constraint.references.table === table.name
}
