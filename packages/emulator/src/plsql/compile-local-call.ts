import { type CompileContext, type Compiled, wrongArguments } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { convertTo } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import { type Frame, outerFrame } from './execution.ts'
import { type CompiledArgument, checkOutArguments, matchArguments, noteBindUse } from './match-arguments.ts'
import { PlsqlException, toException } from './plsql-exception.ts'
import { initialValue, NULL_VALUE, type PlsqlValue } from './plsql-value.ts'
import type { CompiledParameter, LocalSubprogram, Scope, SubprogramSymbol } from './scope.ts'
import type { Argument } from './syntax.ts'

/** Resolves arguments before it is known which subprogram they go to. */
export function compileArgumentsOf(
  context: CompileContext,
  scope: Scope,
  given: readonly Argument[],
): CompiledArgument[] {
  return given.map((argument) => {
    const reads = new Map([...context.bindUse].map(([name, use]) => [name, { ...use }]))
    const compiled = compileExpression(context, scope, argument.value)
    if (argument.value.kind === 'bind') restoreUse(context, argument.value.name, reads)
    return { argument, compiled }
  })
}

/** Whether a bare bind is read or written is decided by the parameter's mode, not by its being an expression. */
function restoreUse(
  context: CompileContext,
  name: string,
  before: ReadonlyMap<string, { read: boolean; written: boolean }>,
): void {
  const known = before.get(name)
  if (known === undefined) context.bindUse.delete(name)
  else context.bindUse.set(name, known)
}

/** A call of a procedure or function that the block declares. @throws OracleError ORA-06550 with PLS-00306 */
export function compileLocalCall(
  context: CompileContext,
  scope: Scope,
  symbol: SubprogramSymbol,
  at: number,
  given: readonly Argument[],
  isStatement: boolean,
): Compiled {
  const compiled = compileArgumentsOf(context, scope, given)
  const matching = symbol.overloads.filter((overload) => (overload.returns === undefined) === isStatement)
  if (matching.length === 0) throw wrongKind(context, at, symbol.name, isStatement)
  for (const overload of matching) {
    const matched = matchArguments(overload.parameters, compiled)
    if (matched === undefined) continue
    checkOutArguments(context, overload.parameters, matched)
    noteBindUse(context, overload.parameters, matched)
    return { type: overload.returns, evaluate: callLocal(overload, matched, scope.unit.level) }
  }
  throw wrongArguments(context, at, symbol.name)
}

function wrongKind(context: CompileContext, at: number, name: string, isStatement: boolean) {
  const text = isStatement
    ? `PLS-00221: '${name}' is not a procedure or is undefined`
    : `PLS-00222: no function with name '${name}' exists in this scope`
  return context.source.error(at, text, 'Statement ignored')
}

function callLocal(
  subprogram: LocalSubprogram,
  matched: readonly (CompiledArgument | undefined)[],
  callerLevel: number,
) {
  return async (frame: Frame): Promise<PlsqlValue> => {
    const parent = subprogram.stored
      ? unitFrame(frame, subprogram.stored.authority)
      : outerFrame(frame, callerLevel - (subprogram.level - 1))
    const callee: Frame = { execution: frame.execution, slots: [], parent, authority: parent.authority }
    for (const [index, parameter] of subprogram.parameters.entries()) {
      const value = await argumentValue(parameter, matched[index], frame, parent)
      callee.slots[parameter.slot] = { type: parameter.type, value }
    }
    let result: PlsqlValue | undefined
    try {
      result = await frame.execution.nested(() => subprogram.run?.(callee))
    } catch (error) {
      throw located(error)
    }
    await writeBack(subprogram.parameters, matched, frame, callee)
    return result ?? NULL_VALUE
  }
}

/** What surrounds a stored unit: nothing but its rights. With invoker's rights those of the caller go on. */
export function unitFrame({ execution, authority }: Frame, owner: string | undefined): Frame {
  return { execution, slots: [], parent: undefined, authority: owner ?? authority }
}

/** The exception goes on in the caller, whose line comes next in the stack. */
function located(error: unknown): unknown {
  const exception = toException(error)
  if (exception instanceof PlsqlException) exception.locatedIn = undefined
  return exception
}

function argumentValue(
  parameter: CompiledParameter,
  given: CompiledArgument | undefined,
  frame: Frame,
  parent: Frame,
): Eventual<PlsqlValue> {
  if (parameter.mode === 'out') return initialValue(parameter.type)
  const evaluated = given === undefined ? parameter.initial?.(parent) : given.compiled.evaluate(frame)
  return chain(evaluated ?? NULL_VALUE, (value) => convertTo(parameter.type, value, frame.execution.session.sql))
}

async function writeBack(
  parameters: readonly CompiledParameter[],
  matched: readonly (CompiledArgument | undefined)[],
  frame: Frame,
  callee: Frame,
): Promise<void> {
  for (const [index, parameter] of parameters.entries()) {
    const place = matched[index]?.compiled.place
    if (parameter.mode === 'in' || place === undefined) continue
    const slot = callee.slots[parameter.slot]
    if (slot !== undefined && 'value' in slot) await place.write(frame, slot.value)
  }
}
