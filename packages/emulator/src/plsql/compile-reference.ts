import type { StoredUnit } from '../execution/stored-unit.ts'
import { withoutSuppliedOwner } from '../execution/supplied-owner.ts'
import { OracleError } from '../oracle-error.ts'
import { NUMBER } from '../values/oracle-type.ts'
import { collectionMethod } from './collection-methods.ts'
import { compileConstructor } from './compile-constructor.ts'
import {
  type CompileContext,
  type Compiled,
  type Evaluate,
  undeclared,
  wrongArguments,
  wrongType,
} from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { compileArgumentsOf, compileLocalCall } from './compile-local-call.ts'
import { compileRegistryCall } from './compile-registry-call.ts'
import { compileSqlFunction } from './compile-sql-function.ts'
import { chain, inOrder } from './eventual.ts'
import { findIntrinsic } from './intrinsics.ts'
import { collectionOf, elementReference, fieldReference, variableReference } from './place.ts'
import { scalar } from './plsql-type.ts'
import type { NamedThing, Scope } from './scope.ts'
import type { Argument, Reference, ReferencePart } from './syntax.ts'

/** Whether the value of a call is used, or it stands as a statement of its own. */
export type CallRole = 'value' | 'statement'

/** Resolves a name with its fields, subscripts and calls. @throws OracleError ORA-06550 */
export function compileReference(
  context: CompileContext,
  scope: Scope,
  reference: Reference,
  role: CallRole = 'value',
): Compiled {
  const parts = [...reference.parts]
  const first = parts.shift() as Extract<ReferencePart, { kind: 'name' }>
  let thing: NamedThing | undefined = scope.find(first.name)
  if (thing?.kind === 'label') {
    const inner = parts[0]
    const qualified = inner?.kind === 'name' ? thing.scope.own(inner.name) : undefined
    if (qualified !== undefined) parts.shift()
    thing = qualified ?? scope.findDeclared(first.name)
  }
  if (thing === undefined) return compileGlobal(context, scope, reference, role)
  let compiled = compileNamed(context, scope, thing, first, parts, role)
  while (parts.length > 0) compiled = compilePart(context, scope, compiled, parts, role)
  return compiled
}

/** The start of a reference to something that the block declares. Takes the parts that belong to it. */
function compileNamed(
  context: CompileContext,
  scope: Scope,
  thing: NamedThing,
  name: Extract<ReferencePart, { kind: 'name' }>,
  parts: ReferencePart[],
  role: CallRole,
): Compiled {
  if (thing.kind === 'variable') return variableReference(thing, scope.unit.level - thing.level)
  if (thing.kind === 'subprogram') {
    const given = takeArguments(parts)
    return compileLocalCall(context, scope, thing, name.at, given, role === 'statement' && parts.length === 0)
  }
  if (thing.kind === 'type') {
    if (parts[0]?.kind !== 'arguments') throw wrongType(context, name.at)
    return compileConstructor(context, scope, thing.type, name, takeArguments(parts))
  }
  throw wrongType(context, name.at)
}

function takeArguments(parts: ReferencePart[]): readonly Argument[] {
  const next = parts[0]
  if (next?.kind !== 'arguments') return []
  parts.shift()
  return next.arguments
}

/** One field, subscript or method behind what stands before it. Takes the parts that belong to it. */
function compilePart(
  context: CompileContext,
  scope: Scope,
  base: Compiled,
  parts: ReferencePart[],
  role: CallRole,
): Compiled {
  const part = parts.shift() as ReferencePart
  const { type } = base
  if (part.kind === 'name') {
    if (type?.kind === 'collection') {
      return compileMethod(context, scope, base, part, takeArguments(parts), role === 'statement')
    }
    if (type !== undefined && type.kind !== 'record') throw wrongType(context, part.at)
    const field = type?.fields?.find((candidate) => candidate.name === part.name)
    if (type?.fields !== undefined && field === undefined) throw component(context, part.at, part.name)
    return fieldReference(base, part.name, field?.type)
  }
  if (type !== undefined && type.kind !== 'collection') {
    const text = 'PLS-00224: object must be of type function or array to be used this way'
    throw context.source.error(part.at, text, 'Statement ignored')
  }
  const [subscript] = part.arguments
  if (subscript === undefined || part.arguments.length !== 1) throw wrongType(context, part.at)
  return elementReference(base, compileExpression(context, scope, subscript.value), type)
}

function compileMethod(
  context: CompileContext,
  scope: Scope,
  base: Compiled,
  name: Extract<ReferencePart, { kind: 'name' }>,
  given: readonly Argument[],
  isStatement: boolean,
): Compiled {
  const method = collectionMethod(name.name)
  if (method === undefined) throw component(context, name.at, name.name)
  if (given.length < method.minimum || given.length > method.maximum) {
    throw wrongArguments(context, name.at, name.name)
  }
  if (method.isProcedure !== isStatement) {
    const text = method.isProcedure
      ? `PLS-00222: no function with name '${name.name}' exists in this scope`
      : `PLS-00221: '${name.name}' is not a procedure or is undefined`
    throw context.source.error(name.at, text, 'Statement ignored')
  }
  const values = given.map((argument) => compileExpression(context, scope, argument.value))
  const target: Evaluate = method.isProcedure && base.place !== undefined ? base.place.open : base.evaluate
  return {
    type: undefined,
    evaluate: (frame) =>
      chain(target(frame), (value) =>
        chain(
          inOrder(values, (argument) => argument.evaluate(frame)),
          (evaluated) => method.run(collectionOf(value), evaluated, frame),
        ),
      ),
  }
}

function component(context: CompileContext, at: number, name: string): OracleError {
  return context.source.error(at, `PLS-00302: component '${name}' must be declared`, 'Statement ignored')
}

/** A name that the block does not declare: a package's subprogram or constant, or a function of the language. */
function compileGlobal(context: CompileContext, scope: Scope, reference: Reference, role: CallRole): Compiled {
  const names = leadingNames(reference)
  const rest = reference.parts.slice(names.length)
  const { registry } = context.session
  const supplied = withoutSuppliedOwner(names)
  const name = supplied.join('.')
  const packageName = supplied.slice(0, -1).join('.')
  const overloads = registry.find(name)
  if (overloads.length > 0) {
    if (!context.session.mayExecute(packageName)) throw undeclared(context, reference.at, packageName)
    const given = argumentsOnly(context, rest)
    return compileRegistryCall(context, scope, overloads, reference.at, given, role === 'statement')
  }
  const constant = registry.findConstant(name)
  if (constant !== undefined) return { type: scalar(constant.type), evaluate: () => constant }
  if (registry.hasPackage(packageName)) throw component(context, reference.at, names.at(-1) as string)
  const standard = standardName(names)
  if (standard !== undefined) {
    const intrinsic = findIntrinsic(standard)
    const given = argumentsOnly(context, rest)
    if (intrinsic !== undefined)
      return intrinsic.compile(context, scope, reference.at, compileArgumentsOf(context, scope, given))
    const compiled = compileSqlFunction(context, scope, standard, reference.at, given)
    if (compiled !== undefined) return compiled
  }
  const sequence = compileSequenceValue(context, names, rest)
  if (sequence !== undefined) return sequence
  const unit = compileUnitCall(context, scope, reference, names, role)
  if (unit !== undefined) return unit
  if (context.isCall) throw new OracleError(6576, 'not a valid function or procedure name')
  throw undeclared(context, reference.at, names.join('.'))
}

/** NEXTVAL or CURRVAL of a sequence, which only SQL can give. */
function compileSequenceValue(
  context: CompileContext,
  names: readonly string[],
  rest: readonly ReferencePart[],
): Compiled | undefined {
  const last = names.at(-1)
  if (names.length < 2 || rest.length > 0 || (last !== 'NEXTVAL' && last !== 'CURRVAL')) return undefined
  const quoted = names.slice(0, -1).map((name) => `"${name}"`)
  const sql = `SELECT ${quoted.join('.')}.${last} FROM dual`
  if (!isQuery(context, sql)) return undefined
  return {
    type: scalar(NUMBER),
    evaluate: async (frame) => {
      const { rows } = await frame.execution.runSql(sql, {}, () => undefined, false, frame.authority)
      return { type: NUMBER, value: rows[0]?.[0] ?? null }
    },
  }
}

function isQuery({ session }: CompileContext, sql: string): boolean {
  try {
    return session.describeQuery(sql).length > 0
  } catch (error) {
    if (error instanceof OracleError) return false
    throw error
  }
}

/** A call of a stored function or procedure, and what is taken of its result. */
function compileUnitCall(
  context: CompileContext,
  scope: Scope,
  reference: Reference,
  names: readonly string[],
  role: CallRole,
): Compiled | undefined {
  for (const count of [2, 1]) {
    const found = names.length < count ? undefined : context.session.findUnit(names.slice(0, count))
    if (found === undefined) continue
    if (found.symbol === undefined) throw invalidUnit(context, reference.at, found.unit)
    const parts = reference.parts.slice(count)
    const given = takeArguments(parts)
    const isStatement = role === 'statement' && parts.length === 0
    let compiled = compileLocalCall(context, scope, found.symbol, reference.at, given, isStatement)
    while (parts.length > 0) compiled = compilePart(context, scope, compiled, parts, role)
    return compiled
  }
  return undefined
}

function invalidUnit(context: CompileContext, at: number, { owner, name }: StoredUnit): OracleError {
  if (context.isCall) return new OracleError(6575, `Package or function ${name} is in an invalid state`)
  return context.source.error(at, `PLS-00905: object ${owner}.${name} is invalid`, 'Statement ignored')
}

function leadingNames(reference: Reference): string[] {
  const names: string[] = []
  for (const part of reference.parts) {
    if (part.kind !== 'name') break
    names.push(part.name)
  }
  return names
}

function standardName(names: readonly string[]): string | undefined {
  const plain = names[0] === 'SYS' && names.length === 3 ? names.slice(1) : names
  if (plain.length === 2 && plain[0] === 'STANDARD') return plain[1]
  return plain.length === 1 ? plain[0] : undefined
}

function argumentsOnly(context: CompileContext, rest: readonly ReferencePart[]): readonly Argument[] {
  const [first, second] = rest
  if (second !== undefined) throw wrongType(context, second.at)
  return first?.kind === 'arguments' ? first.arguments : []
}
