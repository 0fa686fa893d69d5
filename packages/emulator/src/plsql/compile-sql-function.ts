import type { TypedValue } from '../execution/sql-executor.ts'
import { OracleError } from '../oracle-error.ts'
import { type CompileContext, type Compiled, markBind, undeclared, wrongArguments } from './compile-context.ts'
import { compileArgumentsOf } from './compile-local-call.ts'
import { chain, inOrder } from './eventual.ts'
import type { PlsqlSession } from './execution.ts'
import { valueError } from './plsql-exception.ts'
import { isScalar, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import type { Argument } from './syntax.ts'

/** Functions and pseudocolumns that SQL has and PL/SQL has not. */
const SQL_ONLY = new Set(
  `DECODE NVL2 ROWNUM LEVEL COUNT SUM AVG MIN MAX MEDIAN STDDEV VARIANCE LISTAGG DUMP VSIZE XMLAGG ORA_HASH`.split(' '),
)

/**
 * A function that PL/SQL shares with SQL, such as UPPER or SYSDATE.
 * @returns undefined when there is no such function
 * @throws OracleError ORA-06550 with PLS-00204 or PLS-00306
 */
export function compileSqlFunction(
  context: CompileContext,
  scope: Scope,
  name: string,
  at: number,
  given: readonly Argument[],
): Compiled | undefined {
  if (SQL_ONLY.has(name)) {
    const text = `PLS-00204: function or pseudo-column '${name}' may be used inside a SQL statement only`
    throw context.source.error(at, text, 'Statement ignored')
  }
  if (!isSqlFunction(context.session, name)) return undefined
  const compiled = compileArgumentsOf(context, scope, given)
  for (const { argument, compiled: value } of compiled) {
    if (argument.name !== undefined || (value.type !== undefined && value.type.kind !== 'scalar')) {
      throw wrongArguments(context, at, name)
    }
    if (argument.value.kind === 'bind') markBind(context, argument.value.name, 'read')
  }
  const missing = undeclared(context, at, name)
  return {
    type: undefined,
    evaluate: (frame) =>
      chain(
        inOrder(compiled, (item) => item.compiled.evaluate(frame)),
        (values) => {
          if (!values.every(isScalar)) throw valueError()
          return callFunction(frame.execution.session, name, values.map(scalarOf), missing)
        },
      ),
  }
}

/** Asking with no arguments tells a function that does not exist from one that wants some. */
function isSqlFunction(session: PlsqlSession, name: string): boolean {
  try {
    return session.sql.callFunction(name, []) !== undefined
  } catch {
    return true
  }
}

function callFunction(session: PlsqlSession, name: string, values: TypedValue[], missing: OracleError): TypedValue {
  try {
    const result = session.sql.callFunction(name, values)
    if (result === undefined) throw missing
    return result
  } catch (error) {
    // What is ORA-01722 in SQL is a value error in PL/SQL.
    if (error instanceof OracleError && error.number === 1722) {
      throw valueError('character to number conversion error')
    }
    throw error
  }
}
