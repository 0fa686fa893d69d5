import { type CompileContext, type Compiled, markBind } from './compile-context.ts'
import { isAssignable, type PlsqlType } from './plsql-type.ts'
import type { Argument } from './syntax.ts'

/** An actual argument: what was written, and what it compiled to. */
export interface CompiledArgument {
  readonly argument: Argument
  readonly compiled: Compiled
}

/** What matching needs to know of a formal parameter. */
export interface Formal {
  readonly name: string
  readonly mode: 'in' | 'out' | 'inOut'
  readonly type: PlsqlType
  /** Anything but undefined when the argument may be left out. */
  readonly initial: unknown
}

/**
 * Pairs arguments with parameters: by position first, by name then.
 * @returns one entry per parameter, undefined where the default counts; undefined when they do not fit together
 */
export function matchArguments(
  parameters: readonly Formal[],
  given: readonly CompiledArgument[],
): (CompiledArgument | undefined)[] | undefined {
  const matched: (CompiledArgument | undefined)[] = parameters.map(() => undefined)
  let named = false
  for (const [position, item] of given.entries()) {
    const { name } = item.argument
    if (name === undefined && named) return undefined
    named = name !== undefined
    const index = name === undefined ? position : parameters.findIndex((parameter) => parameter.name === name)
    if (index === -1 || index >= parameters.length || matched[index] !== undefined) return undefined
    matched[index] = item
  }
  const fits = parameters.every((parameter, index) => fitsParameter(parameter, matched[index]))
  return fits ? matched : undefined
}

function fitsParameter(parameter: Formal, given: CompiledArgument | undefined): boolean {
  if (given === undefined) return parameter.initial !== undefined
  const { type } = given.compiled
  if (parameter.mode !== 'out' && !isAssignable(parameter.type, type)) return false
  return parameter.mode === 'in' || isAssignable(type, parameter.type)
}

/** @throws OracleError ORA-06550 with PLS-00363 when an OUT argument is nothing that can be assigned to */
export function checkOutArguments(
  context: CompileContext,
  parameters: readonly Formal[],
  matched: readonly (CompiledArgument | undefined)[],
): void {
  for (const [index, parameter] of parameters.entries()) {
    const given = matched[index]
    if (parameter.mode === 'in' || given === undefined || given.compiled.place !== undefined) continue
    const { at } = given.argument.value
    const text = context.source.text.slice(at).match(/^[^,)\s]+/)?.[0] ?? ''
    throw context.source.error(
      at,
      `PLS-00363: expression '${text.toUpperCase()}' cannot be used as an assignment target`,
      'Statement ignored',
    )
  }
}

/** Records how binds that stand as arguments are used. */
export function noteBindUse(
  context: CompileContext,
  parameters: readonly Pick<Formal, 'mode'>[],
  matched: readonly (CompiledArgument | undefined)[],
): void {
  for (const [index, parameter] of parameters.entries()) {
    const value = matched[index]?.argument.value
    if (value?.kind !== 'bind') continue
    if (parameter.mode !== 'out') markBind(context, value.name, 'read')
    if (parameter.mode !== 'in') markBind(context, value.name, 'written')
  }
}
