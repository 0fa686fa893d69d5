import { Sequence } from '../catalog/sequence.ts'
import type { AlterSequence, CreateSequence, DropSequence, Identifier } from '../parse/syntax-tree.ts'
import type { DefinitionContext } from './definition-context.ts'
import { nameTaken, ownName } from './own-name.ts'

/** Runs CREATE SEQUENCE. @throws OracleError ORA-00955 and what the options lead to */
export function createSequence(statement: CreateSequence, context: DefinitionContext): void {
  const { catalog, translation } = context
  const { owner, name } = ownName(statement.name, context)
  if (nameTaken(owner, name, catalog)) {
    if (statement.ifNotExists) return
    throw translation.error(statement.name[0]?.start ?? 0, 955, 'name is already used by an existing object')
  }
  catalog.putSequence(new Sequence(catalog.newId(), owner, name, statement.options))
}

/** Runs ALTER SEQUENCE. @throws OracleError ORA-02289 and what the options lead to */
export function alterSequence(statement: AlterSequence, context: DefinitionContext): void {
  ownSequence(statement.name, context).alter(statement.options)
}

/** Runs DROP SEQUENCE. @throws OracleError ORA-02289 */
export function dropSequence(statement: DropSequence, context: DefinitionContext): void {
  const { catalog, schema } = context
  const [owner, name] = placeOf(statement.name, schema)
  if (statement.ifExists && catalog.findSequence(owner, name) === undefined) return
  catalog.removeSequence(ownSequence(statement.name, context))
}

function ownSequence(path: readonly Identifier[], { catalog, translation, user, schema }: DefinitionContext): Sequence {
  const [owner, name] = placeOf(path, schema)
  const start = path[0]?.start ?? 0
  const sequence = catalog.findSequence(owner, name)
  if (sequence === undefined || !catalog.mayUseSequence(user, sequence)) {
    throw translation.error(start, 2289, 'sequence does not exist')
  }
  if (!catalog.mayChange(user, owner)) throw translation.error(start, 1031, 'insufficient privileges')
  return sequence
}

function placeOf(path: readonly Identifier[], schema: string): readonly [owner: string, name: string] {
  return [path.length > 1 ? (path[0]?.name ?? '') : schema, path.at(-1)?.name ?? '']
}
