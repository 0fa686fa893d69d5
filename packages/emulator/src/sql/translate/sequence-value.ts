import { NUMBER } from '../../values/oracle-type.ts'
import type { Sequence } from '../catalog/sequence.ts'
import type { Expression } from '../parse/syntax-tree.ts'
import type { Operand, Scope } from './scope.ts'
import type { Translation } from './translation.ts'

type NameExpression = Extract<Expression, { kind: 'name' }>

/**
 * NEXTVAL and CURRVAL of a sequence; undefined for every other name. Within a row all of them are one number, so only the
 * first NEXTVAL takes one.
 * @throws OracleError ORA-02289, ORA-02287
 */
export function translateSequenceValue(
  { path, start }: NameExpression,
  scope: Scope,
  translation: Translation,
): Operand | undefined {
  const last = path.at(-1)
  if (path.length < 2 || path.length > 3 || last?.quoted !== false) return undefined
  if (last.name !== 'NEXTVAL' && last.name !== 'CURRVAL') return undefined
  const sequence = findSequence(path.slice(0, -1), translation)
  if (sequence === undefined) throw translation.error(start, 2289, 'sequence does not exist')
  if (scope.takesSequences !== true || scope.parent !== undefined || scope.grouping !== undefined) {
    throw translation.error(start, 2287, 'sequence number not allowed here')
  }
  const advances = last.name === 'NEXTVAL' && !scope.advancedSequences.has(sequence.id)
  if (advances) scope.advancedSequences.add(sequence.id)
  return { sql: `${advances ? 'ora_nextval' : 'ora_currval'}('${sequence.id}')`, type: NUMBER, nullable: false }
}

function findSequence(
  path: NameExpression['path'],
  { environment, reader, schema }: Translation,
): Sequence | undefined {
  const owner = path.length > 1 ? (path[0]?.name ?? '') : schema
  const sequence = environment.catalog.findSequence(owner, path.at(-1)?.name ?? '')
  return sequence !== undefined && environment.catalog.mayUseSequence(reader, sequence) ? sequence : undefined
}
