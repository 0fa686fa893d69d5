import type { CatalogTable } from '../catalog/catalog-entry.ts'
import type { Identifier } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/** The table of a path, which the user may define anew. @throws OracleError ORA-00942, or ORA-01031 outside the user's own schema */
export function ownTable(path: readonly Identifier[], context: DefinitionContext): CatalogTable {
  const owner = path.length > 1 ? (path[0]?.name ?? '') : context.schema
  const name = path.at(-1)?.name ?? ''
  const start = path[0]?.start ?? 0
  const object = context.catalog.maySee(context.user, owner, name) ? context.catalog.find(owner, name) : undefined
  if (object?.kind !== 'table') {
    throw context.translation.error(start, 942, `table or view "${owner}"."${name}" does not exist`)
  }
  if (!context.catalog.mayChange(context.user, owner))
    throw context.translation.error(start, 1031, 'insufficient privileges')
  return object
}
