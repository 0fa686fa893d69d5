import type { UnitCall } from '../../execution/stored-unit.ts'
import { OracleError } from '../../oracle-error.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { unitFrame } from '../compile-local-call.ts'
import { convertTo, typeOfValue } from '../convert.ts'
import { Execution, type Frame, type PlsqlSession } from '../execution.ts'
import { clientError } from '../plsql-block.ts'
import { toException } from '../plsql-exception.ts'
import { NULL_VALUE, scalarOf } from '../plsql-value.ts'
import type { CompiledParameter, LocalSubprogram } from '../scope.ts'
import type { CompiledUnit } from './compile-unit.ts'

/**
 * Calls a stored function from a SQL statement. As in the database, NO_DATA_FOUND that nobody handles is NULL there.
 * @param depth - how many statements call functions one within the other, this one included
 * @throws OracleError the exception that no handler took; ORA-06575 for a unit with errors
 */
export async function callStoredFunction(
  session: PlsqlSession,
  { unit, symbol }: CompiledUnit,
  call: UnitCall,
  depth: number,
): Promise<OracleValue> {
  const subprogram = symbol?.overloads[0]
  if (subprogram === undefined) {
    throw new OracleError(6575, `Package or function ${unit.name} is in an invalid state`)
  }
  const execution = new Execution(session, new Map(), call.signal, { within: { kind: call.from, depth } })
  const outside: Frame = { execution, slots: [], parent: undefined, authority: call.authority }
  try {
    return await run(subprogram, unitFrame(outside, subprogram.stored?.authority), call.values)
  } catch (error) {
    const exception = toException(error)
    if ('number' in exception && exception.number === 1403) return null
    await execution.undo().catch(() => {})
    throw clientError(exception)
  }
}

async function run(
  subprogram: LocalSubprogram,
  parent: Frame,
  values: Readonly<Record<string, OracleValue>>,
): Promise<OracleValue> {
  const { execution, authority } = parent
  const callee: Frame = { execution, slots: [], parent, authority }
  for (const parameter of subprogram.parameters) {
    callee.slots[parameter.slot] = { type: parameter.type, value: await argument(parameter, parent, values) }
  }
  const result = await execution.nested(() => subprogram.run?.(callee))
  return scalarOf(result ?? NULL_VALUE).value
}

async function argument(parameter: CompiledParameter, parent: Frame, values: Readonly<Record<string, OracleValue>>) {
  const { type, name } = parameter
  const given = values[name]
  const { sql } = parent.execution.session
  if (given === undefined) return convertTo(type, (await parameter.initial?.(parent)) ?? NULL_VALUE, sql)
  return convertTo(type, { type: typeOfValue(given), value: given }, sql)
}
