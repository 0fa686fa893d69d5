import type { TypedValue } from '../execution/sql-executor.ts'
import type { QueryResult } from '../execution/subprogram.ts'
import { withoutSuppliedOwner } from '../execution/supplied-owner.ts'
import type { Token } from '../language/lexer.ts'
import { type CompileContext, type Compiled, markBind } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { toText } from './convert.ts'
import { type Frame, outerFrame, type Variable } from './execution.ts'
import { parseReference } from './parse-expression.ts'
import { CursorVariable, isScalar, numberValue, type PlsqlValue, RecordValue, scalarOf } from './plsql-value.ts'
import type { NamedThing, Scope } from './scope.ts'
import type { Expression, SqlText } from './syntax.ts'
import { TokenStream } from './token-stream.ts'

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])
const TRANSACTION_ENDS = new Set(['COMMIT', 'ROLLBACK'])

/** SQL inside a block, ready to run. */
export interface CompiledSql {
  readonly verb: string
  readonly run: (frame: Frame) => Promise<QueryResult>
}

/** A part of the SQL text that PL/SQL evaluates: it is replaced by placeholders. */
interface Replacement {
  readonly from: number
  readonly to: number
  readonly compiled: Compiled
  /** `VALUES row` stands for all fields of a record. */
  readonly isRecord: boolean
}

/** Prepares static SQL: binds and variables are looked up when it runs. */
export function compileSql(context: CompileContext, scope: Scope, sql: SqlText): CompiledSql {
  const bindNames = [...new Set(sql.tokens.filter((token) => token.kind === 'bind').map((token) => token.value))]
  for (const name of bindNames) markBind(context, name, 'read')
  const replacements = findReplacements(context, scope, sql)
  const changes = CHANGES.has(sql.verb)
  const lookUp = (frame: Frame) => (name: readonly string[]) => variableValue(scope, name, frame, context)
  return {
    verb: sql.verb,
    run: async (frame) => {
      const binds: Record<string, TypedValue> = {}
      for (const name of bindNames) binds[name] = scalarOf(frame.execution.binds.get(name)?.value ?? numberValue(0))
      const text = await replacedText(sql, replacements, frame, binds)
      const result = await frame.execution.runSql(text, binds, lookUp(frame), changes, frame.authority)
      if (TRANSACTION_ENDS.has(sql.verb) && !/\bTO\b/i.test(text)) frame.execution.forgetSavepoint()
      return result
    },
  }
}

/** Sets SQL%ROWCOUNT and SQL%FOUND. */
export function noteResult(frame: Frame, verb: string, result: QueryResult): void {
  const isQuery = verb === 'SELECT' || verb === 'WITH'
  const count = isQuery ? result.rows.length : result.rowCount
  const cursor = frame.execution.implicitCursor
  cursor.rowCount = numberValue(count).value
  cursor.found = count > 0
}

function findReplacements(context: CompileContext, scope: Scope, sql: SqlText): Replacement[] {
  const found: Replacement[] = []
  const { tokens } = sql
  for (let index = 0; index < tokens.length; index += 1) {
    const end = collectionReferenceEnd(context, scope, tokens, index)
    if (end !== undefined) {
      const slice = tokens.slice(index, end)
      const compiled = compileExpression(context, scope, referenceIn(context, slice))
      const isRecord = compiled.type?.kind === 'record' && tokens[index - 1]?.value === 'VALUES'
      found.push({ from: (slice[0] as Token).start, to: (slice.at(-1) as Token).end, compiled, isRecord })
      index = end - 1
    } else if (isRecordInsert(scope, tokens, index)) {
      const token = tokens[index] as Token
      const compiled = compileExpression(context, scope, referenceIn(context, [token]))
      found.push({ from: token.start, to: token.end, compiled, isRecord: true })
    }
  }
  return found
}

function referenceIn(context: CompileContext, tokens: readonly Token[]): Expression {
  const last = tokens.at(-1) as Token
  const end: Token = { kind: 'end', value: '', start: last.end, end: last.end }
  return parseReference(new TokenStream(context.source, [...tokens, end]))
}

/** Where an element or method of a collection variable, such as `names(i).first`, ends; undefined when there is none here. */
function collectionReferenceEnd(
  context: CompileContext,
  scope: Scope,
  tokens: readonly Token[],
  index: number,
): number | undefined {
  const token = tokens[index] as Token
  if (token.kind !== 'word' && token.kind !== 'quoted') return undefined
  if (tokens[index - 1]?.value === '.') return undefined
  const thing = scope.find(token.value)
  if (thing?.kind !== 'variable' || thing.type.kind !== 'collection') return undefined
  const next = tokens[index + 1]?.value
  if (next !== '(' && next !== '.') return undefined
  const rest = tokens.slice(index)
  const last = rest.at(-1) as Token
  const end: Token = { kind: 'end', value: '', start: last.end, end: last.end }
  const stream = new TokenStream(context.source, [...rest, end])
  parseReference(stream)
  const stop = stream.peek()
  const behind = tokens.findIndex((candidate, position) => position > index && candidate.start === stop.start)
  return behind === -1 ? tokens.length : behind
}

function isRecordInsert(scope: Scope, tokens: readonly Token[], index: number): boolean {
  if (tokens[index - 1]?.value !== 'VALUES') return false
  const thing = scope.find(tokens[index]?.value ?? '')
  return thing?.kind === 'variable' && thing.type.kind === 'record'
}

async function replacedText(
  sql: SqlText,
  replacements: readonly Replacement[],
  frame: Frame,
  binds: Record<string, TypedValue>,
): Promise<string> {
  let text = ''
  let from = 0
  let count = 0
  const placeholder = (value: TypedValue): string => {
    count += 1
    const name = `PLSQL${count}$`
    binds[name] = value
    return `:${name}`
  }
  for (const { from: start, to, compiled, isRecord } of replacements) {
    text += sql.text.slice(from, start - sql.at)
    const value = await compiled.evaluate(frame)
    const values = isRecord && value instanceof RecordValue ? [...value.fields.values()] : [value]
    const places = values.map((item) => placeholder(scalarOf(item))).join(', ')
    text += isRecord ? `(${places})` : places
    from = to - sql.at
  }
  return text + sql.text.slice(from)
}

/** What a name in SQL that is no column stands for in the block. */
function variableValue(
  scope: Scope,
  name: readonly string[],
  frame: Frame,
  context: CompileContext,
): TypedValue | undefined {
  const [first, ...rest] = name
  let thing: NamedThing | undefined = scope.find(first as string)
  if (thing?.kind === 'label') thing = thing.scope.own(rest.shift() ?? '')
  if (thing?.kind !== 'variable') return context.session.registry.findConstant(withoutSuppliedOwner(name).join('.'))
  const slot = outerFrame(frame, scope.unit.level - thing.level).slots[thing.slot] as Variable
  let value: PlsqlValue | undefined = slot.value
  for (const field of rest) value = value instanceof RecordValue ? value.fields.get(field) : undefined
  return value !== undefined && isScalar(value) ? value : undefined
}

/** The text of an SQL statement that an expression gives. */
export function statementText(value: PlsqlValue, frame: Frame): string {
  if (value instanceof CursorVariable) return ''
  return toText(scalarOf(value), frame.execution.session.sql) ?? ''
}
