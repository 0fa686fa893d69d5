import { ADMINISTRATOR } from '../catalog/package-grants.ts'
import type { GrantStatement } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/**
 * Runs GRANT and REVOKE of EXECUTE on a package.
 * @throws OracleError ORA-04042 for an unknown package, ORA-01031 for who may not grant, ORA-01917 for an unknown user, ORA-01749 for
 * oneself and ORA-01927 for what was never granted
 */
export function changeGrants(statement: GrantStatement, { catalog, translation, user }: DefinitionContext): void {
  const { packageGrants } = catalog
  const packageName = statement.object.at(-1)?.name ?? ''
  const start = statement.object[0]?.start ?? 0
  if (!packageGrants.isRestricted(packageName)) {
    throw translation.error(start, 4042, 'procedure, function, package, or package body does not exist')
  }
  if (user !== ADMINISTRATOR) throw translation.error(start, 1031, 'insufficient privileges')
  for (const grantee of statement.grantees) {
    if (grantee.name === user) {
      throw translation.error(grantee.start, 1749, 'you may not GRANT/REVOKE privileges to/from yourself')
    }
    if (!catalog.hasUser(grantee.name)) {
      throw translation.error(grantee.start, 1917, `user or role '${grantee.name}' does not exist`)
    }
    if (statement.kind === 'revoke' && !packageGrants.isGranted(grantee.name, packageName)) {
      throw translation.error(grantee.start, 1927, 'cannot REVOKE privileges you did not grant')
    }
  }
  for (const { name } of statement.grantees) {
    if (statement.kind === 'grant') packageGrants.grant(name, packageName)
    else packageGrants.revoke(name, packageName)
  }
  catalog.version += 1
}
