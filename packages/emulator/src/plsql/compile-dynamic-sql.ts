import type { TypedValue } from '../execution/sql-executor.ts'
import type { QueryResult } from '../execution/subprogram.ts'
import { PLSQL_LEXIS, tokenize } from '../language/lexer.ts'
import { OracleError } from '../oracle-error.ts'
import { varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { CompileContext, Compiled, Completion } from './compile-context.ts'
import { markBind } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { compileInto, compileTarget, type RowReceiver, receiveResult } from './compile-into.ts'
import { noteResult, statementText } from './compile-sql.ts'
import { typeOfValue } from './convert.ts'
import type { BindVariable, Frame } from './execution.ts'
import { parsePlsql } from './parse-block.ts'
import { PlsqlBlock } from './plsql-block.ts'
import { MAXIMUM_LENGTH } from './plsql-type.ts'
import { isScalar, type PlsqlValue, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'
import { isPlsql } from './statement-kind.ts'
import type { Statement, UsingArgument } from './syntax.ts'

/** An argument of USING: a place for OUT, a value for IN. */
export interface CompiledUsing {
  readonly mode: UsingArgument['mode']
  readonly value: Compiled
}

/** @throws OracleError ORA-06550 */
export function compileUsing(
  context: CompileContext,
  scope: Scope,
  using: readonly UsingArgument[],
): readonly CompiledUsing[] {
  return using.map(({ mode, value }) => {
    if (mode === 'in') return { mode, value: compileExpression(context, scope, value) }
    const target = compileTarget(context, scope, value)
    if (mode === 'inOut' && value.kind === 'bind') markBind(context, value.name, 'read')
    return { mode, value: target }
  })
}

/** EXECUTE IMMEDIATE: any SQL statement or block whose text is known only now. @throws OracleError ORA-06550 */
export function compileExecuteImmediate(
  context: CompileContext,
  scope: Scope,
  statement: Extract<Statement, { kind: 'executeImmediate' }>,
): (frame: Frame) => Promise<Completion> {
  const text = compileExpression(context, scope, statement.text)
  const using = compileUsing(context, scope, statement.using)
  const into = statement.into && compileInto(context, scope, statement.into)
  const returning = statement.returning && compileInto(context, scope, statement.returning)
  return async (frame) => {
    const sql = statementText(await text.evaluate(frame), frame)
    if (sql.trim() === '') throw new OracleError(6535, 'statement string in EXECUTE IMMEDIATE is NULL or 0 length')
    if (isPlsql(sql)) await runDynamicBlock(frame, sql, using)
    else await runDynamicSql(frame, sql, using, into, returning)
    return undefined
  }
}

async function runDynamicSql(
  frame: Frame,
  sql: string,
  using: readonly CompiledUsing[],
  into: RowReceiver | undefined,
  returning: RowReceiver | undefined,
): Promise<void> {
  const text = returning === undefined ? sql : withoutReturningTargets(sql)
  const verb = tokenize(text, PLSQL_LEXIS).find((token) => token.value !== '(')?.value ?? ''
  const result = await runDynamicQuery(frame, text, using, verb)
  noteResult(frame, verb, result)
  const isQuery = verb === 'SELECT' || verb === 'WITH'
  if (isQuery && into !== undefined) await receiveResult(into, frame, result.columns, result.rows, true)
  if (returning !== undefined) await receiveResult(returning, frame, result.columns, result.rows, false)
}

/** `RETURNING id INTO :1` becomes `RETURNING id`: the values come back as rows. */
function withoutReturningTargets(sql: string): string {
  const tokens = tokenize(sql, PLSQL_LEXIS)
  const returning = tokens.findLastIndex((token) => token.value === 'RETURNING' || token.value === 'RETURN')
  const into = tokens.findIndex((token, index) => index > returning && token.kind === 'word' && token.value === 'INTO')
  const at = tokens[into]?.start
  return returning === -1 || at === undefined ? sql : sql.slice(0, at)
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])
const ENDS_TRANSACTION = new Set(
  'COMMIT CREATE ALTER DROP TRUNCATE COMMENT GRANT REVOKE RENAME ANALYZE AUDIT NOAUDIT PURGE'.split(' '),
)

/** Runs SQL text with the values of USING in the order of its placeholders. @throws OracleError ORA-01008, ORA-01006 */
export async function runDynamicQuery(
  frame: Frame,
  sql: string,
  using: readonly CompiledUsing[],
  verb: string = tokenize(sql, PLSQL_LEXIS)[0]?.value ?? '',
): Promise<QueryResult> {
  const placeholders = tokenize(sql, PLSQL_LEXIS).filter((token) => token.kind === 'bind')
  checkCount(placeholders.length, using.length)
  const binds: Record<string, TypedValue> = {}
  let text = ''
  let from = 0
  for (const [index, placeholder] of placeholders.entries()) {
    const argument = using[index] as CompiledUsing
    // Each occurrence takes a value of its own, even when two placeholders have one name.
    const name = String(index + 1)
    binds[name] = scalarOf(await argument.value.evaluate(frame))
    text += `${sql.slice(from, placeholder.start)}:${name}`
    from = placeholder.end
  }
  text += sql.slice(from)
  const result = await frame.execution.runSql(text, binds, () => undefined, CHANGES.has(verb), frame.authority)
  if (ENDS_TRANSACTION.has(verb)) frame.execution.forgetSavepoint()
  return result
}

function checkCount(placeholders: number, given: number): void {
  if (given < placeholders) throw new OracleError(1008, 'not all variables bound')
  if (given > placeholders) throw new OracleError(1006, 'bind variable does not exist')
}

async function runDynamicBlock(frame: Frame, text: string, using: readonly CompiledUsing[]): Promise<void> {
  const block = compileWithin(frame, text)
  checkCount(block.bindNames.length, using.length)
  const binds = new Map<string, BindVariable>()
  for (const [index, name] of block.bindNames.entries()) {
    const argument = using[index] as CompiledUsing
    const value = await argument.value.evaluate(frame)
    binds.set(name, { type: bindType(value), value })
  }
  await block.runWithin(frame, binds)
  for (const [index, name] of block.bindNames.entries()) {
    const argument = using[index] as CompiledUsing
    const bind = binds.get(name)
    if (argument.mode !== 'in' && bind !== undefined) await argument.value.place?.write(frame, bind.value)
  }
}

/** Runs a block whose binds are texts as part of another one. @throws OracleError ORA-01008 for a bind that is not given */
export async function runBlockWithin(
  frame: Frame,
  text: string,
  values: Readonly<Record<string, string | null>>,
): Promise<Readonly<Record<string, OracleValue>>> {
  const block = compileWithin(frame, text)
  const type = varchar2(MAXIMUM_LENGTH)
  const binds = new Map<string, BindVariable>()
  for (const name of block.bindNames) {
    const value = values[name]
    if (value === undefined) throw new OracleError(1008, 'not all variables bound')
    binds.set(name, { type, value: { type, value } })
  }
  await block.runWithin(frame, binds)
  return Object.fromEntries([...binds].map(([name, { value }]) => [name, scalarOf(value).value]))
}

function compileWithin({ execution: { session }, authority }: Frame, text: string): PlsqlBlock {
  return PlsqlBlock.compile(parsePlsql(text), authority === undefined ? session : session.withAuthorityOf(authority))
}

/** The place decides what fits when the value comes back; inside the block a text may have any length. */
function bindType(value: PlsqlValue): BindVariable['type'] {
  if (!isScalar(value)) return { name: 'CURSOR' }
  const type = value.value === null ? value.type : typeOfValue(value.value)
  return 'length' in type ? { name: type.name, length: MAXIMUM_LENGTH } : value.type
}
