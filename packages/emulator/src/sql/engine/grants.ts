import { withoutSuppliedOwner } from '../../execution/supplied-owner.ts'
import { ADMINISTRATOR, PUBLIC } from '../catalog/package-grants.ts'
import type { GrantStatement } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/** Something on which EXECUTE can be granted. */
interface Grantable {
  /** Who may grant it, beside the administrator. */
  readonly owner: string | undefined
  isGranted(grantee: string): boolean
  grant(grantee: string): void
  revoke(grantee: string): void
}

/**
 * Runs GRANT and REVOKE of EXECUTE on a package, or on an object such as a credential.
 * @throws OracleError ORA-04042 for what does not exist, ORA-01031 for who may not grant, ORA-01917 for an unknown user, ORA-01749 for
 * oneself and ORA-01927 for what was never granted
 */
export function changeGrants(statement: GrantStatement, context: DefinitionContext): void {
  const { catalog, translation, user } = context
  const start = statement.object[0]?.start ?? 0
  const object = findGrantable(statement, context)
  if (object === undefined) {
    throw translation.error(start, 4042, 'procedure, function, package, or package body does not exist')
  }
  if (user !== ADMINISTRATOR && user !== object.owner) throw translation.error(start, 1031, 'insufficient privileges')
  for (const grantee of statement.grantees) {
    if (grantee.name === user) {
      throw translation.error(grantee.start, 1749, 'you may not GRANT/REVOKE privileges to/from yourself')
    }
    if (grantee.name !== PUBLIC && !catalog.hasUser(grantee.name)) {
      throw translation.error(grantee.start, 1917, `user or role '${grantee.name}' does not exist`)
    }
    if (statement.kind === 'revoke' && !object.isGranted(grantee.name)) {
      throw translation.error(grantee.start, 1927, 'cannot REVOKE privileges you did not grant')
    }
  }
  for (const { name } of statement.grantees) {
    if (statement.kind === 'grant') object.grant(name)
    else object.revoke(name)
  }
  catalog.version += 1
}

function findGrantable({ object }: GrantStatement, { catalog, schema }: DefinitionContext): Grantable | undefined {
  const path = object.map((part) => part.name)
  const packageName = withoutSuppliedOwner(path).join('.')
  const { packageGrants } = catalog
  if (packageGrants.isRestricted(packageName)) {
    return {
      owner: undefined,
      isGranted: (grantee) => packageGrants.isGranted(grantee, packageName),
      grant: (grantee) => packageGrants.grant(grantee, packageName),
      revoke: (grantee) => packageGrants.revoke(grantee, packageName),
    }
  }
  const [name = '', owner = schema] = [...path].reverse()
  const objects = path.length > 2 ? undefined : catalog.findGrantables(owner, name)
  if (objects === undefined) return undefined
  return {
    owner,
    isGranted: (grantee) => objects.isGranted(owner, name, grantee),
    grant: (grantee) => objects.grant(owner, name, grantee),
    revoke: (grantee) => objects.revoke(owner, name, grantee),
  }
}
