import { withoutSuppliedOwner } from '../execution/supplied-owner.ts'
import { OracleError } from '../oracle-error.ts'
import { compileBlock } from './compile-block.ts'
import {
  type CompileContext,
  type CompiledStatement,
  type Completion,
  markBind,
  undeclared,
  wrongArguments,
  wrongType,
} from './compile-context.ts'
import { compileClose, compileFetch, compileOpen } from './compile-cursor-statement.ts'
import { compileExecuteImmediate } from './compile-dynamic-sql.ts'
import { compileBoolean, compileExpression, isTrue } from './compile-expression.ts'
import { compileInto, compileTarget, receiveResult } from './compile-into.ts'
import { compileForall, compileLoop } from './compile-loop.ts'
import { compileReference } from './compile-reference.ts'
import { compileSql, noteResult } from './compile-sql.ts'
import { toNumber, toText } from './convert.ts'
import { chain, type Eventual, inOrder } from './eventual.ts'
import type { Frame } from './execution.ts'
import { compare } from './operators.ts'
import type { ExceptionIdentity } from './plsql-exception.ts'
import {
  ExecutionCancelled,
  PlsqlException,
  predefinedException,
  raisedException,
  toException,
} from './plsql-exception.ts'
import { isAssignable } from './plsql-type.ts'
import { scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Argument, QualifiedName, Statement } from './syntax.ts'

type Run = (frame: Frame) => Eventual<Completion>
type StatementOf<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>
type Compilers = {
  readonly [Kind in Statement['kind']]: (context: CompileContext, scope: Scope, statement: StatementOf<Kind>) => Run
}

/** Resolves and checks a list of statements. @throws OracleError ORA-06550 */
export function compileStatements(
  context: CompileContext,
  scope: Scope,
  statements: readonly Statement[],
): (frame: Frame) => Promise<Completion> {
  const compiled = statements.map((statement) => ({
    line: context.source.stackLine(statement.at),
    run: compileStatement(context, scope, statement),
  }))
  return (frame) => runStatements(compiled, frame)
}

function compileStatement<Kind extends Statement['kind']>(
  context: CompileContext,
  scope: Scope,
  statement: StatementOf<Kind>,
): Run {
  const compile = COMPILERS[statement.kind as Kind]
  return context.source.within(statement.at, () => compile(context, scope, statement))
}

async function runStatements(statements: readonly CompiledStatement[], frame: Frame): Promise<Completion> {
  for (const statement of statements) {
    const pause = frame.execution.step()
    if (pause !== undefined) await pause
    try {
      const result = statement.run(frame)
      const completion = result instanceof Promise ? await result : result
      if (completion !== undefined) return completion
    } catch (error) {
      throw withLine(error, statement.line, frame)
    }
  }
  return undefined
}

/** Each activation adds one line to the stack: that of the statement in which the exception came up or went through. */
function withLine(error: unknown, line: string, frame: Frame): unknown {
  const exception = toException(error)
  if (exception instanceof ExecutionCancelled || exception.locatedIn === frame) return exception
  exception.lines.push(line)
  exception.locatedIn = frame
  return exception
}

const done = (): Completion => undefined

const COMPILERS: Compilers = {
  null: () => done,
  assign: (context, scope, { target, value, at }) => {
    const given = compileExpression(context, scope, value)
    const to = compileTarget(context, scope, target)
    if (!isAssignable(to.type, given.type)) throw wrongType(context, at)
    return (frame) => chain(given.evaluate(frame), (evaluated) => chain(to.place?.write(frame, evaluated), done))
  },
  call: compileCall,
  if: (context, scope, { branches, otherwise }) => {
    const compiled = branches.map((branch) => ({
      condition: compileBoolean(context, scope, branch.condition),
      run: compileStatements(context, scope, branch.statements),
    }))
    const last = otherwise === undefined ? undefined : compileStatements(context, scope, otherwise)
    const choose = (frame: Frame, index: number): Eventual<Completion> => {
      const branch = compiled[index]
      if (branch === undefined) return last?.(frame)
      return chain(branch.condition.evaluate(frame), (value) =>
        isTrue(value) ? branch.run(frame) : choose(frame, index + 1),
      )
    }
    return (frame) => choose(frame, 0)
  },
  case: compileCase,
  loop: compileLoop,
  forall: compileForall,
  exit: compileJump,
  continue: compileJump,
  return: (context, scope, { at, value }) => {
    const { unit } = scope
    if (unit.kind === 'function' && value === undefined) {
      throw context.source.error(at, 'PLS-00503: RETURN <value> statement required for this return from function')
    }
    if (unit.kind !== 'function' && value !== undefined) {
      throw context.source.error(
        at,
        'PLS-00372: In a procedure, RETURN statement cannot contain an expression',
        'Statement ignored',
      )
    }
    if (value === undefined) return () => ({ kind: 'return', value: undefined })
    const compiled = compileExpression(context, scope, value)
    if (!isAssignable(unit.returns, compiled.type)) throw wrongType(context, value.at)
    return (frame) => chain(compiled.evaluate(frame), (result) => ({ kind: 'return', value: result }))
  },
  raise: (context, scope, { at, exception }) => {
    if (exception === undefined) {
      if (!scope.inHandler) {
        throw context.source.error(
          at,
          'PLS-00367: a RAISE statement with no exception name must be inside an exception handler',
          'Statement ignored',
        )
      }
      return (frame) => {
        throw frame.execution.handled.at(-1)
      }
    }
    const identity = findException(context, scope, exception)
    return () => {
      throw raisedException(identity)
    }
  },
  block: (context, scope, { block }) => compileBlock(context, scope, block),
  sql: (context, scope, { sql, at }) => {
    const isQuery = sql.verb === 'SELECT' || sql.verb === 'WITH'
    if (isQuery && sql.into === undefined) {
      throw context.source.error(
        at,
        'PLS-00428: an INTO clause is expected in this SELECT statement',
        'SQL Statement ignored',
      )
    }
    const compiled = compileSql(context, scope, sql)
    const receiver = sql.into && compileInto(context, scope, sql.into)
    return async (frame) => {
      const result = await compiled.run(frame)
      noteResult(frame, sql.verb, result)
      const { columns, rows } = result
      if (receiver !== undefined) await receiveResult(receiver, frame, columns, rows, isQuery)
      return undefined
    }
  },
  open: compileOpen,
  fetch: compileFetch,
  close: compileClose,
  executeImmediate: compileExecuteImmediate,
}

/** The exception of a name. @throws OracleError ORA-06550 with PLS-00201 */
export function findException(context: CompileContext, scope: Scope, name: QualifiedName): ExceptionIdentity {
  const [first, second] = name.parts
  let thing = scope.find(first as string)
  if (thing?.kind === 'label' && second !== undefined) thing = thing.scope.own(second)
  if (thing?.kind === 'exception') return thing.identity
  const plain = name.parts.filter((part) => part !== 'SYS' && part !== 'STANDARD')
  const predefined = plain.length === 1 ? predefinedException(plain[0] as string) : undefined
  if (predefined !== undefined) return predefined
  const supplied = withoutSuppliedOwner(name.parts).join('.')
  const number = context.session.registry.findException(supplied)
  if (number !== undefined) return { name: supplied, number }
  throw undeclared(context, name.at, name.parts.join('.'))
}

function compileCall(context: CompileContext, scope: Scope, statement: StatementOf<'call'>): Run {
  const { call, into, at } = statement
  if (call.kind !== 'reference') throw wrongType(context, at)
  if (into !== undefined) {
    const value = compileExpression(context, scope, call)
    const target = compileTarget(context, scope, into)
    return (frame) => chain(value.evaluate(frame), (result) => chain(target.place?.write(frame, result), done))
  }
  const [name, given] = call.parts
  if (name?.kind === 'name' && name.name === 'RAISE_APPLICATION_ERROR' && call.parts.length <= 2) {
    return compileRaiseApplicationError(context, scope, at, given?.kind === 'arguments' ? given.arguments : [])
  }
  if (call.parts.length === 1 && name?.kind === 'name') {
    const thing = scope.findDeclared(name.name)
    if (thing !== undefined && thing.kind !== 'subprogram') {
      throw context.source.error(
        at,
        `PLS-00221: '${name.name}' is not a procedure or is undefined`,
        'Statement ignored',
      )
    }
  }
  const compiled = compileReference(context, scope, call, 'statement')
  return (frame) => chain(compiled.evaluate(frame), done)
}

const LARGEST_MESSAGE = 2048

function compileRaiseApplicationError(
  context: CompileContext,
  scope: Scope,
  at: number,
  given: readonly Argument[],
): Run {
  if (given.length < 2 || given.length > 3) throw wrongArguments(context, at, 'RAISE_APPLICATION_ERROR')
  const values = given.map((argument) => compileExpression(context, scope, argument.value))
  for (const { value } of given) if (value.kind === 'bind') markBind(context, value.name, 'read')
  return (frame) =>
    chain(
      inOrder(values, (value) => value.evaluate(frame)),
      ([code, message, keep]) => {
        const number = toNumber(scalarOf(code as NonNullable<typeof code>))?.toNumber() ?? 0
        if (number > -20_000 || number < -20_999) {
          throw new OracleError(21000, `error number argument to raise_application_error of ${number} is out of range`)
        }
        const text = toText(scalarOf(message as NonNullable<typeof message>), frame.execution.session.sql) ?? ''
        const earlier = keep !== undefined && isTrue(keep) ? frame.execution.handled.at(-1) : undefined
        const tail = earlier === undefined ? '' : `\n${earlier.message}`
        throw new PlsqlException(-number, text.slice(0, LARGEST_MESSAGE) + tail)
      },
    )
}

function compileCase(context: CompileContext, scope: Scope, statement: StatementOf<'case'>): Run {
  const selector = statement.selector && compileExpression(context, scope, statement.selector)
  const branches = statement.branches.map((branch) => ({
    when:
      selector === undefined
        ? compileBoolean(context, scope, branch.when)
        : compileExpression(context, scope, branch.when),
    run: compileStatements(context, scope, branch.statements),
  }))
  const otherwise = statement.otherwise && compileStatements(context, scope, statement.otherwise)
  return async (frame) => {
    const selected = selector === undefined ? undefined : await selector.evaluate(frame)
    for (const branch of branches) {
      const when = await branch.when.evaluate(frame)
      const matches = selected === undefined ? isTrue(when) : compare(selected, when, frame.execution.session.sql) === 0
      if (matches) return branch.run(frame)
    }
    if (otherwise !== undefined) return otherwise(frame)
    throw new OracleError(6592, 'PL/SQL: CASE not found while executing CASE statement')
  }
}

function compileJump(context: CompileContext, scope: Scope, statement: StatementOf<'exit' | 'continue'>): Run {
  const { kind, at, label } = statement
  if (scope.loops.length === 0) {
    const code = kind === 'exit' ? 'PLS-00376' : 'PLS-00376'
    throw context.source.error(
      at,
      `${code}: illegal EXIT/CONTINUE statement; it must appear inside a loop`,
      'Statement ignored',
    )
  }
  if (label !== undefined && !scope.loops.includes(label)) {
    throw context.source.error(at, `PLS-00378: label '${label}' must label a LOOP statement`, 'Statement ignored')
  }
  const jump: Completion = { kind, label }
  if (statement.when === undefined) return () => jump
  const condition = compileBoolean(context, scope, statement.when)
  return (frame) => chain(condition.evaluate(frame), (value) => (isTrue(value) ? jump : undefined))
}
