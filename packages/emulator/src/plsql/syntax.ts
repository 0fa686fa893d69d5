import type { TypedValue } from '../execution/sql-executor.ts'
import type { Token } from '../language/lexer.ts'
import type { Interval } from '../values/interval.ts'

/** The parsed form of PL/SQL. `at` is always an offset into the source, in UTF-16 code units. */
export interface Block {
  readonly at: number
  readonly label?: string
  readonly declarations: readonly Declaration[]
  readonly statements: readonly Statement[]
  readonly handlers: readonly Handler[]
}

export interface Handler {
  readonly at: number
  /** Qualified names of exceptions; undefined for OTHERS. */
  readonly exceptions: readonly QualifiedName[] | undefined
  readonly statements: readonly Statement[]
}

export interface QualifiedName {
  readonly at: number
  readonly parts: readonly string[]
}

export type Declaration =
  | VariableDeclaration
  | TypeDeclaration
  | CursorDeclaration
  | SubprogramDeclaration
  | { readonly kind: 'exception'; readonly at: number; readonly name: string }
  | { readonly kind: 'pragma'; readonly at: number; readonly name: string; readonly arguments: readonly Expression[] }

export interface VariableDeclaration {
  readonly kind: 'variable'
  readonly at: number
  readonly name: string
  readonly type: TypeName
  readonly constant: boolean
  readonly notNull: boolean
  readonly initial?: Expression
}

export interface TypeDeclaration {
  readonly kind: 'type'
  readonly at: number
  readonly name: string
  readonly definition: TypeDefinition
}

export type TypeDefinition =
  | { readonly kind: 'record'; readonly fields: readonly VariableDeclaration[] }
  | {
      readonly kind: 'collection'
      readonly element: TypeName
      readonly notNull: boolean
      readonly indexBy?: TypeName
      /** The largest number of elements of a VARRAY. */
      readonly limit?: number
    }
  | { readonly kind: 'refCursor' }
  | {
      readonly kind: 'subtype'
      readonly base: TypeName
      readonly notNull: boolean
      readonly range?: { readonly low: Expression; readonly high: Expression }
    }

export interface CursorDeclaration {
  readonly kind: 'cursor'
  readonly at: number
  readonly name: string
  readonly parameters: readonly FormalParameter[]
  readonly query: SqlText
}

export interface SubprogramDeclaration {
  readonly kind: 'subprogram'
  readonly at: number
  readonly name: string
  readonly parameters: readonly FormalParameter[]
  readonly returns?: TypeName
  /** DETERMINISTIC and the like, and whose rights count: CURRENT_USER or DEFINER. */
  readonly properties: ReadonlySet<string>
  /** Absent for a forward declaration. */
  readonly body?: Block
}

export interface FormalParameter {
  readonly at: number
  readonly name: string
  readonly mode: 'in' | 'out' | 'inOut'
  readonly type: TypeName
  readonly initial?: Expression
}

export interface TypeName {
  readonly at: number
  readonly parts: readonly string[]
  /** The numbers in parentheses: a length, or precision and scale. */
  readonly sizes: readonly number[]
  readonly lengthUnit: 'BYTE' | 'CHAR'
  readonly anchor?: 'TYPE' | 'ROWTYPE'
  readonly timeZone?: 'TIME ZONE' | 'LOCAL TIME ZONE'
}

export type Expression =
  | { readonly kind: 'literal'; readonly at: number; readonly value: TypedValue }
  | { readonly kind: 'bind'; readonly at: number; readonly name: string }
  | Reference
  | {
      readonly kind: 'attribute'
      readonly at: number
      readonly cursor: Reference | BindExpression
      readonly attribute: string
    }
  | {
      readonly kind: 'unary'
      readonly at: number
      readonly operator: '-' | '+' | 'NOT'
      readonly operand: Expression
    }
  | {
      readonly kind: 'binary'
      readonly at: number
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'isNull'; readonly at: number; readonly operand: Expression; readonly negated: boolean }
  | {
      readonly kind: 'like'
      readonly at: number
      readonly operand: Expression
      readonly pattern: Expression
      readonly escape?: Expression
      readonly negated: boolean
    }
  | {
      readonly kind: 'between'
      readonly at: number
      readonly operand: Expression
      readonly low: Expression
      readonly high: Expression
      readonly negated: boolean
    }
  | {
      readonly kind: 'in'
      readonly at: number
      readonly operand: Expression
      readonly items: readonly Expression[]
      readonly negated: boolean
    }
  | CaseExpression
  | { readonly kind: 'cast'; readonly at: number; readonly operand: Expression; readonly type: TypeName }
  | { readonly kind: 'extract'; readonly at: number; readonly field: string; readonly operand: Expression }
  | {
      readonly kind: 'trim'
      readonly at: number
      readonly side: 'LEADING' | 'TRAILING' | 'BOTH'
      readonly character?: Expression
      readonly operand: Expression
    }
  | { readonly kind: 'interval'; readonly at: number; readonly interval: Interval }

export interface BindExpression {
  readonly kind: 'bind'
  readonly at: number
  readonly name: string
}

export interface CaseExpression {
  readonly kind: 'case'
  readonly at: number
  readonly selector?: Expression
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[]
  readonly otherwise?: Expression
}

export type BinaryOperator =
  | 'OR'
  | 'AND'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '||'
  | '*'
  | '/'
  | '**'
  | 'MOD'
  | 'REM'

/** A name with its fields, subscripts and calls: `a.b(1).c`. */
export interface Reference {
  readonly kind: 'reference'
  readonly at: number
  readonly parts: readonly ReferencePart[]
}

export type ReferencePart =
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'arguments'; readonly at: number; readonly arguments: readonly Argument[] }

export interface Argument {
  readonly at: number
  /** The formal parameter of `name => value`. */
  readonly name?: string
  /** The subscript of `1 => value` in a constructor. */
  readonly index?: Expression
  readonly value: Expression
}

/** SQL as it stands in a block: INTO clauses are blanked out, so that offsets stay those of the source. */
export interface SqlText {
  readonly at: number
  readonly text: string
  /** The first word, for example `SELECT`. */
  readonly verb: string
  /** Tokens of the SQL; their offsets are those of the source. */
  readonly tokens: readonly Token[]
  readonly into?: IntoClause
}

export interface IntoClause {
  readonly bulk: boolean
  readonly targets: readonly Expression[]
  /** The number of rows that FETCH ... BULK COLLECT takes at most. */
  readonly limit?: Expression
}

export type Statement =
  | { readonly kind: 'null'; readonly at: number }
  | { readonly kind: 'assign'; readonly at: number; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'call'; readonly at: number; readonly call: Expression; readonly into?: Expression }
  | {
      readonly kind: 'if'
      readonly at: number
      readonly branches: readonly { readonly condition: Expression; readonly statements: readonly Statement[] }[]
      readonly otherwise?: readonly Statement[]
    }
  | {
      readonly kind: 'case'
      readonly at: number
      readonly selector?: Expression
      readonly branches: readonly { readonly when: Expression; readonly statements: readonly Statement[] }[]
      readonly otherwise?: readonly Statement[]
    }
  | LoopStatement
  | {
      readonly kind: 'exit' | 'continue'
      readonly at: number
      readonly label?: string
      readonly when?: Expression
    }
  | { readonly kind: 'return'; readonly at: number; readonly value?: Expression }
  | { readonly kind: 'raise'; readonly at: number; readonly exception?: QualifiedName }
  | { readonly kind: 'block'; readonly at: number; readonly block: Block }
  | { readonly kind: 'sql'; readonly at: number; readonly sql: SqlText }
  | {
      readonly kind: 'open'
      readonly at: number
      readonly cursor: Expression
      readonly query?: SqlText
      readonly dynamic?: Expression
      readonly using: readonly UsingArgument[]
    }
  | { readonly kind: 'fetch'; readonly at: number; readonly cursor: Expression; readonly into: IntoClause }
  | { readonly kind: 'close'; readonly at: number; readonly cursor: Expression }
  | {
      readonly kind: 'executeImmediate'
      readonly at: number
      readonly text: Expression
      readonly into?: IntoClause
      readonly using: readonly UsingArgument[]
      readonly returning?: IntoClause
    }
  | {
      readonly kind: 'forall'
      readonly at: number
      readonly index: string
      readonly range: ForallRange
      readonly sql: SqlText
    }

export type ForallRange =
  | { readonly kind: 'range'; readonly low: Expression; readonly high: Expression }
  | { readonly kind: 'indices' | 'values'; readonly collection: Expression }

export interface UsingArgument {
  readonly mode: 'in' | 'out' | 'inOut'
  readonly value: Expression
}

export interface LoopStatement {
  readonly kind: 'loop'
  readonly at: number
  readonly label?: string
  readonly control: LoopControl
  readonly statements: readonly Statement[]
}

export type LoopControl =
  | { readonly kind: 'forever' }
  | { readonly kind: 'while'; readonly condition: Expression }
  | {
      readonly kind: 'range'
      readonly variable: string
      readonly reverse: boolean
      readonly low: Expression
      readonly high: Expression
    }
  | { readonly kind: 'query'; readonly variable: string; readonly query: SqlText }
  | { readonly kind: 'cursor'; readonly variable: string; readonly cursor: Expression }
  | {
      readonly kind: 'collection'
      readonly variable: string
      readonly of: 'VALUES' | 'INDICES'
      readonly collection: Expression
    }
