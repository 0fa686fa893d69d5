import type { Bind } from '../execution/database-session.ts'
import { OracleError } from '../oracle-error.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { Session } from '../session/session.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { CursorReference, LobReference } from './locator.ts'
import type { BoundScalar, BoundValue } from './value-reader.ts'
import { bindType } from './wire-type.ts'

export type BindRow = readonly (BoundValue | undefined)[]

/** @throws OracleError ORA-01008 or ORA-01036 */
export function checkBindCount(expected: number, given: number): void {
  if (given < expected) throw new OracleError(1008, 'not all variables bound')
  if (given > expected) throw new OracleError(1036, 'unrecognized bind variable passed to the execute call')
}

/** The values of one execution as the database wants them, with LOBs and cursors looked up. */
export function bindValues(
  session: Session,
  descriptors: readonly DataDescriptor[],
  row: BindRow | undefined,
): readonly Bind[] {
  return descriptors.map((descriptor, index) => {
    const type = bindType(descriptor)
    const value = row?.[index] ?? null
    if (isElements(value)) return { type, value: null, elements: value.map((element) => resolve(session, element)) }
    return descriptor.isArray ? { type, value: null, elements: [] } : { type, value: resolve(session, value) }
  })
}

function isElements(value: BoundValue): value is readonly BoundScalar[] {
  return Array.isArray(value)
}

function resolve(session: Session, value: BoundScalar): OracleValue {
  if (value instanceof LobReference) {
    const { content } = session.lobs.get(value.id)
    return typeof content === 'string' ? content : content.slice()
  }
  if (value instanceof CursorReference) {
    const { columns, rows, position } = session.cursors.get(value.id)
    return columns ? { kind: 'cursor', columns, rows: rows.slice(position) } : null
  }
  return value
}
