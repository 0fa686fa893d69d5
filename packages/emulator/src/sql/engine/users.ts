import type {
  AlterUser,
  CreateRole,
  CreateUser,
  DropRole,
  DropUser,
  Identifier,
  SystemGrantStatement,
  UserOptions,
} from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/** Runs CREATE USER. @throws OracleError ORA-01031, ORA-01920 */
export function createUser(statement: CreateUser, context: DefinitionContext): void {
  const { catalog, translation } = context
  const { name, options } = statement
  requireAdministrator(name, context)
  if (catalog.hasGrantee(name.name)) {
    if (statement.ifNotExists) return
    throw translation.error(name.start, 1920, `user name '${name.name}' conflicts with another user or role name`)
  }
  catalog.addUser(name.name)
  applyOptions(name.name, options, context)
}

/** Runs ALTER USER; everybody may change the own password. @throws OracleError ORA-01031, ORA-01918 */
export function alterUser({ name, options }: AlterUser, context: DefinitionContext): void {
  const changesPasswordOnly =
    options.password !== undefined && options.quotas.length === 0 && options.locked === undefined
  if (name.name !== context.user || !changesPasswordOnly) requireAdministrator(name, context)
  requireUser(name, context)
  applyOptions(name.name, options, context)
}

function applyOptions(user: string, { password, locked, quotas }: UserOptions, context: DefinitionContext): void {
  const { catalog, serverUsers } = context
  if (password !== undefined) serverUsers.setPassword(user, password)
  if (locked !== undefined) catalog.lockUser(user, locked)
  for (const bytes of quotas) catalog.systemGrants.setQuota(user, bytes)
}

/**
 * Runs DROP USER. Objects are dropped by `dropObjects`, and only with CASCADE.
 * @throws OracleError ORA-01031, ORA-01918, ORA-01940, ORA-01922
 */
export function dropUser(statement: DropUser, context: DefinitionContext, dropObjects: (user: string) => void): void {
  const { catalog, translation, serverUsers } = context
  const { name, start } = statement.name
  requireAdministrator(statement.name, context)
  if (statement.ifExists && !catalog.hasUser(name)) return
  requireUser(statement.name, context)
  if (serverUsers.isConnected(name)) {
    throw translation.error(start, 1940, 'cannot drop a user that is currently connected')
  }
  if (catalog.ownsObjects(name)) {
    if (!statement.cascade) throw translation.error(start, 1922, `CASCADE must be specified to drop '${name}'`)
    dropObjects(name)
  }
  serverUsers.remove(name)
  catalog.removeUser(name)
}

/**
 * Runs GRANT and REVOKE of system privileges and roles.
 * @throws OracleError ORA-01031, ORA-00990, ORA-01919, ORA-01917, and for what was never granted ORA-01951 and ORA-01952
 */
export function changeSystemGrants(statement: SystemGrantStatement, context: DefinitionContext): void {
  const { catalog, translation, user } = context
  const { systemGrants } = catalog
  for (const { name, start } of statement.privileges) {
    if (systemGrants.isRole(name) || systemGrants.isPrivilege(name)) continue
    if (name.includes(' ')) throw translation.error(start, 990, 'missing or invalid privilege')
    throw translation.error(start, 1919, `role '${name}' does not exist`)
  }
  if (!systemGrants.isAdministrator(user)) throw translation.error(0, 1031, 'insufficient privileges')
  for (const grantee of statement.grantees) {
    if (!catalog.hasGrantee(grantee.name)) {
      throw translation.error(grantee.start, 1917, `user or role '${grantee.name}' does not exist`)
    }
    if (statement.kind === 'revoke-system') checkGranted(statement, grantee, context)
    else checkNoCircle(statement, grantee, context)
  }
  for (const grantee of statement.grantees) {
    for (const { name } of statement.privileges) {
      if (statement.kind === 'grant-system') systemGrants.grant(grantee.name, name)
      else systemGrants.revoke(grantee.name, name)
    }
  }
  catalog.version += 1
}

function checkGranted(statement: SystemGrantStatement, grantee: Identifier, context: DefinitionContext): void {
  const { catalog, translation } = context
  for (const { name, start } of statement.privileges) {
    if (catalog.systemGrants.includes(grantee.name, name)) continue
    if (catalog.systemGrants.isRole(name)) {
      throw translation.error(start, 1951, `ROLE '${name}' not granted to '${grantee.name}'`)
    }
    throw translation.error(start, 1952, `system privileges not granted to '${grantee.name}'`)
  }
}

/** A role cannot come to itself by way of others. */
function checkNoCircle({ privileges }: SystemGrantStatement, grantee: Identifier, context: DefinitionContext): void {
  const { catalog, translation } = context
  for (const { name, start } of privileges) {
    if (name !== grantee.name && !catalog.systemGrants.rolesOf(name).includes(grantee.name)) continue
    throw translation.error(start, 1934, 'circular role grant detected')
  }
}

/** Runs CREATE ROLE and DROP ROLE. @throws OracleError ORA-01031, ORA-01921, ORA-01919 */
export function changeRole(statement: CreateRole | DropRole, context: DefinitionContext): void {
  const { catalog, translation } = context
  const { name, start } = statement.name
  requireAdministrator(statement.name, context)
  const { systemGrants } = catalog
  if (statement.kind === 'drop-role') {
    if (systemGrants.isCreatedRole(name)) catalog.removeRole(name)
    else if (!statement.ifExists) throw translation.error(start, 1919, `role '${name}' does not exist`)
  } else if (!catalog.hasGrantee(name)) systemGrants.createRole(name)
  else if (!statement.ifNotExists || !systemGrants.isRole(name)) {
    throw translation.error(start, 1921, `role name '${name}' conflicts with another user or role name`)
  }
}

function requireAdministrator({ start }: Identifier, { catalog, translation, user }: DefinitionContext): void {
  if (!catalog.systemGrants.isAdministrator(user)) throw translation.error(start, 1031, 'insufficient privileges')
}

function requireUser({ name, start }: Identifier, { catalog, translation }: DefinitionContext): void {
  if (!catalog.hasUser(name)) throw translation.error(start, 1918, `user '${name}' does not exist`)
}
