import type { DefinitionStatement } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

type SynonymStatement = Extract<DefinitionStatement, { kind: 'create-synonym' | 'drop-synonym' }>

/**
 * Runs CREATE and DROP PUBLIC SYNONYM. What a synonym stands for need not exist.
 * @throws OracleError ORA-01031 for who is no administrator, ORA-00955 for a name that is taken, ORA-01432 for one that is not there
 */
export function changeSynonym(
  statement: SynonymStatement,
  { catalog, translation, user, schema }: DefinitionContext,
): void {
  const { name, start } = statement.name
  if (!catalog.systemGrants.isAdministrator(user)) throw translation.error(start, 1031, 'insufficient privileges')
  const known = catalog.publicSynonym(name)
  if (statement.kind === 'drop-synonym') {
    if (known === undefined) throw translation.error(start, 1432, 'public synonym to be dropped does not exist')
    catalog.removePublicSynonym(name)
    return
  }
  if (known !== undefined && !statement.replace) {
    throw translation.error(start, 955, 'name is already used by an existing object')
  }
  const [object, owner] = [...statement.target].reverse()
  catalog.putPublicSynonym(name, { owner: owner?.name ?? schema, name: object?.name ?? '' })
}
