import type { TypedValue } from '../execution/sql-executor.ts'
import type { CallContext, Parameter, Subprogram, SubprogramResult } from '../execution/subprogram.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { type CompileContext, type Compiled, wrongArguments } from './compile-context.ts'
import { runBlockWithin } from './compile-dynamic-sql.ts'
import { compileArgumentsOf } from './compile-local-call.ts'
import { convertTo, typeOfValue } from './convert.ts'
import type { Frame } from './execution.ts'
import {
  type CompiledArgument,
  checkOutArguments,
  type Formal,
  matchArguments,
  noteBindUse,
} from './match-arguments.ts'
import { familyOf, isAssignable, MAXIMUM_LENGTH, type PlsqlType, scalar } from './plsql-type.ts'
import { CollectionValue, NULL_VALUE, type PlsqlValue, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Argument } from './syntax.ts'

interface Candidate {
  readonly subprogram: Subprogram
  readonly formals: readonly Formal[]
  readonly matched: readonly (CompiledArgument | undefined)[]
}

/** A call of a packaged subprogram. @throws OracleError ORA-06550 with PLS-00306, PLS-00221 or PLS-00222 */
export function compileRegistryCall(
  context: CompileContext,
  scope: Scope,
  overloads: readonly Subprogram[],
  at: number,
  given: readonly Argument[],
  isStatement: boolean,
): Compiled {
  const name = overloads[0]?.name.split('.').at(-1) ?? ''
  const ofKind = overloads.filter((overload) => (overload.returns === undefined) === isStatement)
  if (ofKind.length === 0) {
    const text = isStatement
      ? `PLS-00221: '${name}' is not a procedure or is undefined`
      : `PLS-00222: no function with name '${name}' exists in this scope`
    throw context.source.error(at, text, 'Statement ignored')
  }
  const compiled = compileArgumentsOf(context, scope, given)
  const candidates = ofKind.flatMap((subprogram) => candidateOf(subprogram, compiled))
  const first = candidates[0]
  if (first === undefined) throw wrongArguments(context, at, name)
  checkOutArguments(context, first.formals, first.matched)
  noteBindUse(context, first.formals, first.matched)
  const { returns } = first.subprogram
  const isCertain = candidates.length === 1
  return {
    type: returns === undefined || !isCertain ? undefined : scalar(returns),
    evaluate: (frame) => callRegistered(candidates, frame),
  }
}

function candidateOf(subprogram: Subprogram, given: readonly CompiledArgument[]): Candidate[] {
  const formals = subprogram.parameters.map((parameter) => ({
    name: parameter.name,
    mode: parameter.mode,
    type: formalType(parameter),
    initial: parameter.default,
  }))
  const matched = matchArguments(formals, given)
  return matched === undefined ? [] : [{ subprogram, formals, matched }]
}

/** Formal parameters have no length of their own. */
function formalType(parameter: Parameter): PlsqlType {
  const { type } = parameter
  const plain = scalar('length' in type ? { name: type.name, length: MAXIMUM_LENGTH } : type)
  if (!parameter.isTable) return plain
  return { kind: 'collection', name: '', element: plain, indexedBy: 'integer', limit: undefined }
}

async function callRegistered(candidates: readonly Candidate[], frame: Frame): Promise<PlsqlValue> {
  const [first] = candidates as [Candidate]
  const evaluated: (PlsqlValue | undefined)[] = []
  for (const [index, formal] of first.formals.entries()) {
    const given = first.matched[index]
    evaluated.push(given === undefined || formal.mode === 'out' ? undefined : await given.compiled.evaluate(frame))
  }
  const { subprogram, formals, matched } = candidates.length === 1 ? first : bestCandidate(candidates, evaluated, frame)
  const values = argumentValues(subprogram, formals, evaluated, frame)
  const { execution } = frame
  const placeOf = (name: string) => {
    const index = subprogram.parameters.findIndex((parameter) => parameter.name === name)
    return matched[index]?.compiled.place?.identity?.(frame)
  }
  const context: CallContext = { ...callContext(frame), placeOf }
  const result = await execution.unlessBroken(subprogram.run(values, context))
  await writeResults(subprogram, matched, result, frame)
  const { returns } = subprogram
  if (returns === undefined) return NULL_VALUE
  return { type: returns, value: result.value ?? null }
}

/** Of overloads that all could be meant, the one whose parameters need the fewest conversions. */
function bestCandidate(
  candidates: readonly Candidate[],
  evaluated: readonly (PlsqlValue | undefined)[],
  frame: Frame,
): Candidate {
  let best = candidates[0] as Candidate
  let bestScore = Number.NEGATIVE_INFINITY
  for (const candidate of candidates) {
    const score = scoreOf(candidate, evaluated, frame)
    if (score > bestScore) [best, bestScore] = [candidate, score]
  }
  return best
}

function scoreOf(candidate: Candidate, evaluated: readonly (PlsqlValue | undefined)[], frame: Frame): number {
  let score = 0
  for (const [index, formal] of candidate.formals.entries()) {
    const type = evaluated[index] === undefined ? outType(candidate, index, frame) : typeOf(evaluated[index])
    if (type === undefined || formal.type.kind !== 'scalar') continue
    if (type.kind === 'scalar' && familyOf(type.oracle) === familyOf(formal.type.oracle)) score += 1
    else if (!isAssignable(formal.type, type)) score -= 10
  }
  return score
}

/** A bind that is only written has a type all the same: the client's. */
function outType(candidate: Candidate, index: number, frame: Frame): PlsqlType | undefined {
  const given = candidate.matched[index]
  if (given?.argument.value.kind !== 'bind') return given?.compiled.type
  const bind = frame.execution.binds.get(given.argument.value.name)
  return bind === undefined ? undefined : scalar(bind.type)
}

function typeOf(value: PlsqlValue | undefined): PlsqlType | undefined {
  return value !== undefined && 'type' in value && 'name' in value.type && 'value' in value
    ? scalar((value as TypedValue).type)
    : undefined
}

function argumentValues(
  subprogram: Subprogram,
  formals: readonly Formal[],
  evaluated: readonly (PlsqlValue | undefined)[],
  frame: Frame,
): Record<string, OracleValue> {
  const values: Record<string, OracleValue> = {}
  for (const [index, parameter] of subprogram.parameters.entries()) {
    const value = evaluated[index]
    const formal = formals[index] as Formal
    if (value === undefined) values[parameter.name] = parameter.mode === 'out' ? null : (parameter.default ?? null)
    else values[parameter.name] = scalarOf(convertTo(formal.type, value, frame.execution.session.sql)).value
  }
  return values
}

function callContext(frame: Frame): CallContext {
  const { execution, authority } = frame
  const { user, packageState } = execution.session
  return {
    user: authority ?? user,
    packageState,
    signal: execution.signal,
    query: async (sql, binds = {}) => {
      const typed = Object.entries(binds).map(([name, value]) => [name, { type: typeOfValue(value), value }] as const)
      const result = await execution.runSql(sql, Object.fromEntries(typed), () => undefined, isChange(sql), authority)
      if (endsTransaction(sql)) execution.forgetSavepoint()
      return result
    },
    describeQuery: async (sql) => execution.session.sql.describeQuery(sql, authority),
    runBlock: (text, binds) => runBlockWithin(frame, text, binds),
  }
}

function isChange(sql: string): boolean {
  return /^\s*(?:INSERT|UPDATE|DELETE|MERGE)\b/i.test(sql)
}

function endsTransaction(sql: string): boolean {
  return /^\s*(?:COMMIT|ROLLBACK(?!\s+TO\b)|CREATE|DROP)\b/i.test(sql)
}

async function writeResults(
  subprogram: Subprogram,
  matched: readonly (CompiledArgument | undefined)[],
  result: SubprogramResult,
  frame: Frame,
): Promise<void> {
  for (const [index, parameter] of subprogram.parameters.entries()) {
    const place = matched[index]?.compiled.place
    if (parameter.mode === 'in' || place === undefined) continue
    await place.write(frame, resultOf(parameter, result))
  }
}

function resultOf(parameter: Parameter, result: SubprogramResult): PlsqlValue {
  if (!parameter.isTable) return { type: parameter.type, value: result.out?.[parameter.name] ?? null }
  const elements = result.outTables?.[parameter.name] ?? []
  return tableOf(parameter, elements)
}

function tableOf(parameter: Parameter, elements: readonly OracleValue[]): CollectionValue {
  const element = scalar(parameter.type)
  const table = new CollectionValue(
    { kind: 'collection', name: '', element, indexedBy: 'integer', limit: undefined },
    false,
  )
  elements.forEach((value, index) => {
    table.set(index + 1, { type: parameter.type, value })
  })
  return table
}
