import { NOT_COMPILED, type StoredUnit, type UnitCompilation } from '../../execution/stored-unit.ts'
import type { Parameter } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { CompileContext } from '../compile-context.ts'
import { declareSubprogram } from '../compile-subprogram.ts'
import { describeAnchors } from '../describe-anchors.ts'
import type { PlsqlSession } from '../execution.ts'
import { withinStack } from '../parse-block.ts'
import { MAXIMUM_LENGTH, type PlsqlType } from '../plsql-type.ts'
import { type CompiledParameter, type LocalSubprogram, Scope, type SubprogramSymbol } from '../scope.ts'
import { parseUnit } from './parse-unit.ts'
import { unitErrors } from './unit-errors.ts'

/** A stored function or procedure as blocks call it. */
export interface CompiledUnit {
  readonly unit: StoredUnit
  /** Undefined for a unit with errors. While the body is being compiled, other units may already refer to it. */
  readonly symbol: SubprogramSymbol | undefined
}

/**
 * Compiles a unit and notes in it what came of that.
 * @param session - with the names and rights of the unit's owner
 * @param headKnown - told as soon as the unit's head is there, for units that call one another
 */
export function compileUnit(
  unit: StoredUnit,
  session: PlsqlSession,
  headKnown: (compiled: CompiledUnit) => void,
): CompiledUnit {
  let subprogram: LocalSubprogram | undefined
  try {
    const { source, declaration, anchors } = parseUnit(unit)
    const tables = describeAnchors(anchors, session)
    const context: CompileContext = { source, session, tables, bindUse: new Map(), isCall: false }
    const scope = new Scope({ level: 0, slotCount: 0, kind: 'block', returns: undefined })
    const { properties } = declaration
    const finish = withinStack(source, () => declareSubprogram(context, scope, declaration))
    const symbol = scope.own(declaration.name) as SubprogramSymbol
    subprogram = symbol.overloads[0] as LocalSubprogram
    const invokerRights = properties.has('CURRENT_USER')
    subprogram.stored = { authority: invokerRights ? undefined : unit.owner }
    headKnown({ unit, symbol })
    withinStack(source, finish)
    unit.compilation = { ...facts(subprogram), invokerRights, deterministic: properties.has('DETERMINISTIC') }
    return { unit, symbol }
  } catch (error) {
    if (!(error instanceof OracleError)) throw error
    unit.compilation = { ...NOT_COMPILED, errors: unitErrors(error) }
    if (subprogram !== undefined) subprogram.run = refuse
    return { unit, symbol: undefined }
  }
}

/** Units that refer to one another may have met a head whose body turned out to be wrong. */
function refuse(): never {
  throw new OracleError(6508, 'PL/SQL: could not find program unit being called')
}

function facts(
  subprogram: LocalSubprogram,
): Pick<UnitCompilation, 'errors' | 'parameters' | 'returns' | 'callableFromSql'> {
  const returns = subprogram.returns && sqlType(subprogram.returns)
  const known = subprogram.parameters.every((parameter) => sqlType(parameter.type) !== undefined)
  return {
    errors: [],
    parameters: subprogram.parameters.map(sqlParameter),
    ...(returns === undefined ? {} : { returns }),
    callableFromSql: known && (subprogram.returns === undefined || returns !== undefined),
  }
}

function sqlParameter({ name, mode, type, initial }: CompiledParameter): Parameter {
  const known = sqlType(type) ?? varchar2(MAXIMUM_LENGTH)
  return { name, mode, type: known, ...(initial === undefined ? {} : { default: null }) }
}

/** The type that SQL has for one of PL/SQL; undefined when it has none. */
function sqlType(type: PlsqlType): OracleType | undefined {
  if (type.kind === 'cursorVariable') return { name: 'CURSOR' }
  if (type.kind !== 'scalar') return undefined
  const { oracle } = type
  return oracle.name === 'BINARY_INTEGER' || oracle.name === 'NUMBER' ? NUMBER : oracle
}
