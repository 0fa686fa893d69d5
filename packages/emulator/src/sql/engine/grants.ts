import type { StoredUnit } from '../../execution/stored-unit.ts'
import { dictionaryName, suppliedOwner, withoutSuppliedOwner } from '../../execution/supplied-owner.ts'
import type { CatalogObject } from '../catalog/catalog-entry.ts'
import type { ObjectGrant, ObjectPrivilege } from '../catalog/object-grants.ts'
import type { GrantStatement, Identifier } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'

/** A package, or an object that is kept elsewhere, on which there is EXECUTE alone. */
interface Executable {
  /** Who may grant it, beside administrators. */
  readonly owner: string | undefined
  isGranted(grantee: string): boolean
  grant(grantee: string): void
  revoke(grantee: string): void
}

/**
 * Runs GRANT and REVOKE of privileges on an object, a package or a credential.
 * @throws OracleError ORA-00942 or ORA-04042 for an unknown object, ORA-01031 for who may not grant, ORA-01917 for an unknown user,
 * ORA-01749 for oneself, ORA-01927 for what was never granted, ORA-02204 and ORA-02224 for what the object does not have
 */
export function changeGrants(statement: GrantStatement, context: DefinitionContext): void {
  const executable = statement.privileges[0] === 'EXECUTE' ? findExecutable(statement, context) : undefined
  if (executable === undefined) changeObjectGrants(statement, context)
  else changeExecuteGrants(statement, executable, context)
  context.catalog.version += 1
}

function changeExecuteGrants(statement: GrantStatement, executable: Executable, context: DefinitionContext): void {
  const { catalog, translation, user } = context
  if (user !== executable.owner && !catalog.systemGrants.isAdministrator(user)) throw insufficient(statement, context)
  for (const grantee of statement.grantees) {
    checkGrantee(grantee, user, context)
    if (statement.kind === 'revoke' && !executable.isGranted(grantee.name)) {
      throw translation.error(grantee.start, 1927, 'cannot REVOKE privileges you did not grant')
    }
  }
  for (const { name } of statement.grantees) {
    if (statement.kind === 'grant') executable.grant(name)
    else executable.revoke(name)
  }
}

function findExecutable({ object }: GrantStatement, { catalog, schema }: DefinitionContext): Executable | undefined {
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

function changeObjectGrants(statement: GrantStatement, context: DefinitionContext): void {
  const { catalog, translation, user } = context
  const { objectGrants } = catalog
  const object = grantable(statement, context)
  const { owner, name } = object
  if (!catalog.mayChange(user, owner)) throw insufficient(statement, context)
  const privileges = applicable(object, statement, context)
  const grants = statement.grantees.flatMap((grantee) => {
    checkGrantee(grantee, owner, context)
    return privileges.map((privilege): ObjectGrant => ({ owner, name, grantee: grantee.name, privilege }))
  })
  if (statement.kind === 'revoke' && !grants.some((grant) => objectGrants.includes(grant))) {
    throw translation.error(statement.object[0]?.start ?? 0, 1927, 'cannot REVOKE privileges you did not grant')
  }
  for (const grant of grants) {
    if (statement.kind === 'grant') objectGrants.grant(grant)
    else objectGrants.revoke(grant)
  }
}

type Grantable = Pick<CatalogObject | StoredUnit, 'owner' | 'name'> & {
  readonly kind: (CatalogObject | StoredUnit)['kind'] | 'sequence'
}

/** The table, view, sequence or unit that a statement names, when the user may see it, or a view of the dictionary. */
function grantable(statement: GrantStatement, context: DefinitionContext): Grantable {
  const { catalog, translation, user, schema } = context
  const { object: path } = statement
  const owner = path.length > 1 ? (path[0]?.name ?? '') : schema
  const name = path.at(-1)?.name ?? ''
  const start = path[0]?.start ?? 0
  const unit = catalog.findUnit(owner, name)
  if (unit !== undefined && catalog.mayExecuteUnit(user, unit)) return unit
  const sequence = catalog.findSequence(owner, name)
  if (sequence !== undefined && catalog.mayUseSequence(user, sequence)) return { owner, name, kind: 'sequence' }
  const object = catalog.find(owner, name)
  if (object !== undefined && catalog.maySee(user, owner, name)) return object
  if (path.length === 2 && owner === suppliedOwner(name)) {
    const view = translation.environment.dictionary.find(dictionaryName(owner, name))
    if (view !== undefined) return { owner, name, kind: 'view' }
  }
  if (statement.privileges.includes('EXECUTE')) {
    throw translation.error(start, 4042, 'procedure, function, package, or package body does not exist')
  }
  throw translation.error(start, 942, `table or view "${owner}"."${name}" does not exist`)
}

const ON_SEQUENCES: readonly ObjectPrivilege[] = ['ALTER', 'SELECT']
const ON_UNITS: readonly ObjectPrivilege[] = ['EXECUTE', 'DEBUG']
const ON_VIEWS: readonly ObjectPrivilege[] = ['DEBUG', 'DELETE', 'INSERT', 'READ', 'REFERENCES', 'SELECT', 'UPDATE']
const ON_TABLES: readonly ObjectPrivilege[] = [...ON_VIEWS, 'ALTER', 'INDEX']

const APPLICABLE: Readonly<Record<Grantable['kind'], readonly ObjectPrivilege[]>> = {
  table: ON_TABLES,
  view: ON_VIEWS,
  sequence: ON_SEQUENCES,
  FUNCTION: ON_UNITS,
  PROCEDURE: ON_UNITS,
}

/** ALL is whatever the object has; a privilege that it does not have is an error. */
function applicable(
  object: Grantable,
  { privileges, object: path }: GrantStatement,
  { translation }: DefinitionContext,
): readonly ObjectPrivilege[] {
  const existing = APPLICABLE[object.kind]
  const found = privileges.filter((privilege) => existing.includes(privilege))
  const start = path[0]?.start ?? 0
  if (found.length > 0) return found
  if (privileges.includes('EXECUTE')) {
    throw translation.error(start, 2224, 'EXECUTE privilege not allowed for tables')
  }
  if (object.kind === 'view') throw translation.error(start, 2204, 'ALTER, INDEX and EXECUTE not allowed for views')
  if (object.kind === 'sequence')
    throw translation.error(start, 2205, 'only SELECT and ALTER privileges are valid for sequences')
  throw translation.error(start, 2225, 'only EXECUTE and DEBUG privileges are valid for procedures')
}

/** @param self - to whom nothing need be granted */
function checkGrantee({ name, start }: Identifier, self: string, { catalog, translation }: DefinitionContext): void {
  if (name === self) throw translation.error(start, 1749, 'you may not GRANT/REVOKE privileges to/from yourself')
  if (!catalog.hasGrantee(name)) {
    throw translation.error(start, 1917, `user or role '${name}' does not exist`)
  }
}

function insufficient({ object }: GrantStatement, { translation }: DefinitionContext): Error {
  return translation.error(object[0]?.start ?? 0, 1031, 'insufficient privileges')
}
