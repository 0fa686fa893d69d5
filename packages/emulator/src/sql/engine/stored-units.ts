import { NOT_COMPILED, type StoredUnit } from '../../execution/stored-unit.ts'
import type { CompileUnit, CreateUnit, DropUnit } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'
import { nameTaken, ownName } from './own-name.ts'

/**
 * Runs CREATE FUNCTION and CREATE PROCEDURE. A unit with errors is created all the same.
 * @returns whether it has errors
 */
export function createUnit(statement: CreateUnit, context: DefinitionContext): boolean {
  const { catalog, translation, units } = context
  const { owner, name } = ownName(statement.name, context)
  const existing = catalog.findUnit(owner, name)
  if (existing !== undefined && statement.ifNotExists) return false
  const replaced = statement.replace && existing?.kind === statement.object
  if (!replaced && nameTaken(owner, name, catalog)) {
    throw translation.error(statement.name[0]?.start ?? 0, 955, 'name is already used by an existing object')
  }
  const now = new Date()
  const unit: StoredUnit = {
    id: existing?.id ?? catalog.newId(),
    owner,
    name,
    kind: statement.object,
    text: statement.text,
    created: existing?.created ?? now,
    changed: now,
    compilation: NOT_COMPILED,
  }
  catalog.putUnit(unit)
  return units().compile(unit).errors.length > 0
}

/** Runs ALTER FUNCTION ... COMPILE and ALTER PROCEDURE ... COMPILE. @returns whether the unit has errors */
export function recompileUnit(statement: CompileUnit, context: DefinitionContext): boolean {
  const unit = ownUnit(statement, context)
  unit.changed = new Date()
  context.catalog.version += 1
  return context.units().compile(unit).errors.length > 0
}

/** Runs DROP FUNCTION and DROP PROCEDURE. */
export function dropUnit(statement: DropUnit, context: DefinitionContext): void {
  const { catalog, schema } = context
  const path = statement.name.map((part) => part.name)
  const owner = path.length > 1 ? (path[0] ?? '') : schema
  const exists = catalog.findUnit(owner, path.at(-1) ?? '')?.kind === statement.object
  if (!exists && statement.ifExists) return
  catalog.removeUnit(ownUnit(statement, context))
}

/** @throws OracleError ORA-04043 where there is none that the user may see, ORA-01031 for one of somebody else */
function ownUnit(
  statement: CompileUnit | DropUnit,
  { catalog, translation, user, schema }: DefinitionContext,
): StoredUnit {
  const path = statement.name.map((part) => part.name)
  const owner = path.length > 1 ? (path[0] ?? '') : schema
  const start = statement.name[0]?.start ?? 0
  const unit = catalog.findUnit(owner, path.at(-1) ?? '')
  if (unit?.kind !== statement.object || !catalog.mayExecuteUnit(user, unit)) {
    throw translation.error(start, 4043, `object ${path.join('.')} does not exist`)
  }
  if (!catalog.mayChange(user, owner)) throw translation.error(start, 1031, 'insufficient privileges')
  return unit
}
