import type { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import type { Eventual } from './eventual.ts'
import type { Frame, PlsqlSession } from './execution.ts'
import type { PlsqlType } from './plsql-type.ts'
import type { PlsqlValue } from './plsql-value.ts'
import type { SourceText } from './source-text.ts'

/** What all parts of the compiler share while they work on one block. */
export interface CompileContext {
  readonly source: SourceText
  readonly session: PlsqlSession
  /** Columns of the tables that `%TYPE` and `%ROWTYPE` name, by dotted name. */
  readonly tables: ReadonlyMap<string, readonly Column[]>
  readonly bindUse: Map<string, BindUse>
  readonly isCall: boolean
}

export interface BindUse {
  read: boolean
  written: boolean
}

export type Evaluate = (frame: Frame) => Eventual<PlsqlValue>

/** An expression ready to run. `type` is undefined where only the run can tell, as for binds. */
export interface Compiled {
  readonly type: PlsqlType | undefined
  readonly evaluate: Evaluate
  /** Present for what may stand on the left of an assignment. */
  readonly place?: Place
}

/** A variable, field, element or bind as the target of an assignment. */
export interface Place {
  readonly write: (frame: Frame, value: PlsqlValue) => Eventual<void>
  /** The composite inside, made when it is not there yet, so that a part of it can be written. */
  readonly open: Evaluate
  /** The object that keeps the variable or bind while it lives; absent for fields and elements. */
  readonly identity?: (frame: Frame) => object
}

/** How a statement ended: undefined when the next one follows. */
export type Completion =
  | undefined
  | { readonly kind: 'exit' | 'continue'; readonly label: string | undefined }
  | { readonly kind: 'return'; readonly value: PlsqlValue | undefined }

export interface CompiledStatement {
  /** As error stacks name it. */
  readonly line: string
  readonly run: (frame: Frame) => Eventual<Completion>
}

/** The error of a name that nothing declares. */
export function undeclared(context: CompileContext, at: number, name: string): OracleError {
  return context.source.error(at, `PLS-00201: identifier '${name}' must be declared`, 'Statement ignored')
}

/** The error of an expression that cannot stand where it does. */
export function wrongType(context: CompileContext, at: number): OracleError {
  return context.source.error(at, 'PLS-00382: expression is of wrong type', 'Statement ignored')
}

export function wrongArguments(context: CompileContext, at: number, name: string): OracleError {
  return context.source.error(
    at,
    `PLS-00306: wrong number or types of arguments in call to '${name}'`,
    'Statement ignored',
  )
}

export function markBind(context: CompileContext, name: string, use: 'read' | 'written'): void {
  const known = context.bindUse.get(name) ?? { read: false, written: false }
  known[use] = true
  context.bindUse.set(name, known)
}
