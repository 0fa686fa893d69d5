import type { Catalog } from '../catalog/catalog.ts'
import type { Identifier } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/** The owner and name of an object to be made. @throws OracleError ORA-01031 outside the user's own schema */
export function ownName(
  path: readonly Identifier[],
  { catalog, translation, user, schema }: DefinitionContext,
): { owner: string; name: string } {
  const owner = path.length > 1 ? (path[0]?.name ?? '') : schema
  const name = path.at(-1)?.name ?? ''
  const start = path[0]?.start ?? 0
  if (path.length > 2) throw translation.error(start, 903, 'invalid table name')
  if (!catalog.hasUser(owner)) throw translation.error(start, 1435, 'user does not exist')
  if (!catalog.mayChange(user, owner)) throw translation.error(start, 1031, 'insufficient privileges')
  return { owner, name }
}

/** Whether a new object may not have a name. */
export function nameTaken(owner: string, name: string, catalog: Catalog): boolean {
  return [
    catalog.find(owner, name),
    catalog.findIndex(owner, name),
    catalog.findUnit(owner, name),
    catalog.findSequence(owner, name),
  ].some((known) => known !== undefined)
}
