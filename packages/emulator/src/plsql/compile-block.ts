import type { CompileContext, Completion } from './compile-context.ts'
import { compileDeclarations } from './compile-declaration.ts'
import { compileStatements, findException } from './compile-statement.ts'
import { type Frame, HANDLED_EXCEPTIONS } from './execution.ts'
import { type ExceptionIdentity, ExecutionCancelled, type PlsqlException, toException } from './plsql-exception.ts'
import { Scope } from './scope.ts'
import type { Block, Handler } from './syntax.ts'

type Run = (frame: Frame) => Promise<Completion>

/** A block in a scope of its own. @throws OracleError ORA-06550 */
export function compileBlock(context: CompileContext, scope: Scope, block: Block): Run {
  const options = block.label === undefined ? {} : { label: block.label }
  return compileBody(context, new Scope(scope.unit, scope, options), block)
}

/** A block whose scope is already there, as for the body of a subprogram with its parameters. @throws OracleError */
export function compileBody(context: CompileContext, scope: Scope, block: Block): Run {
  const initializers = compileDeclarations(context, scope, block.declarations)
  const statements = compileStatements(context, scope, block.statements)
  const handlers = block.handlers.map((handler) => compileHandler(context, scope, handler))
  const line = context.source.stackLine(block.declarations[0]?.at ?? block.at)
  return async (frame) => {
    // An exception in the declarations goes to the enclosing block, not to the handlers of this one.
    try {
      for (const initialize of initializers) await initialize(frame)
    } catch (error) {
      throw declarationError(error, line, frame)
    }
    if (handlers.length === 0) return statements(frame)
    try {
      return await statements(frame)
    } catch (error) {
      return handle(handlers, error, frame)
    }
  }
}

function declarationError(error: unknown, line: string, frame: Frame): unknown {
  const exception = toException(error)
  if (exception instanceof ExecutionCancelled || exception.locatedIn === frame) return exception
  exception.lines.push(line)
  exception.locatedIn = frame
  return exception
}

interface CompiledHandler {
  /** Undefined for OTHERS. */
  readonly exceptions: readonly ExceptionIdentity[] | undefined
  readonly run: Run
}

function compileHandler(context: CompileContext, scope: Scope, handler: Handler): CompiledHandler {
  const inner = new Scope(scope.unit, scope, { inHandler: true })
  return {
    exceptions: handler.exceptions?.map((name) => findException(context, scope, name)),
    run: compileStatements(context, inner, handler.statements),
  }
}

async function handle(handlers: readonly CompiledHandler[], error: unknown, frame: Frame): Promise<Completion> {
  const exception = toException(error)
  if (exception instanceof ExecutionCancelled) throw exception
  const handler = handlers.find((candidate) => candidate.exceptions?.some((one) => matches(one, exception)) ?? true)
  if (handler === undefined) throw exception
  const { handled, session } = frame.execution
  handled.push(exception)
  session.packageState.set(HANDLED_EXCEPTIONS, handled)
  try {
    return await handler.run(frame)
  } finally {
    handled.splice(handled.indexOf(exception), 1)
  }
}

function matches(identity: ExceptionIdentity, exception: PlsqlException): boolean {
  if (identity === exception.identity) return true
  if (identity.number === undefined) return false
  return identity.number === exception.number && exception.code !== 1
}
