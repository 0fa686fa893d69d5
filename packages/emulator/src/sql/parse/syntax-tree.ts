import type { ObjectPrivilege } from '../catalog/object-grants.ts'
import type { SequenceOptions } from '../catalog/sequence.ts'

/** A name as written: folded to upper case unless it was quoted. */
export interface Identifier {
  readonly name: string
  readonly quoted: boolean
  readonly start: number
  /** The letters in which it was written, when they are others: members of JSON are found by their case. */
  readonly written?: string
}

interface Spanned {
  /** Where the expression stands in the statement, in UTF-16 code units. */
  readonly start: number
  readonly end: number
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='

export type Expression = Spanned &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: string }
    | { readonly kind: 'null' }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'date'; readonly value: string }
    | { readonly kind: 'timestamp'; readonly value: string }
    | { readonly kind: 'interval'; readonly value: string; readonly from: string; readonly to: string }
    | { readonly kind: 'bind'; readonly name: string; readonly index: number }
    | { readonly kind: 'name'; readonly path: readonly Identifier[]; readonly outer: boolean }
    | CallExpression
    | {
        readonly kind: 'arithmetic'
        readonly operator: '+' | '-' | '*' | '/'
        readonly left: Expression
        readonly right: Expression
      }
    | { readonly kind: 'concatenation'; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'negation'; readonly value: Expression }
    /** PRIOR and CONNECT_BY_ROOT: the value in the parent or root of a row. */
    | { readonly kind: 'prior' | 'root'; readonly value: Expression }
    | {
        readonly kind: 'case'
        readonly operand?: Expression
        readonly branches: readonly { readonly when: Expression; readonly value: Expression }[]
        readonly otherwise?: Expression
      }
    | { readonly kind: 'cast'; readonly value: Expression; readonly type: TypeName; readonly format?: Expression }
    | { readonly kind: 'extract'; readonly field: string; readonly value: Expression }
    | { readonly kind: 'subquery'; readonly query: Query }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | {
        readonly kind: 'comparison'
        readonly operator: ComparisonOperator
        readonly left: Expression
        readonly right: Expression
        readonly quantifier?: 'ANY' | 'ALL'
      }
    | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'not'; readonly value: Expression }
    | { readonly kind: 'is-null'; readonly value: Expression; readonly negated: boolean }
    | {
        readonly kind: 'is-boolean'
        readonly value: Expression
        readonly expected: boolean
        readonly negated: boolean
      }
    | {
        readonly kind: 'like'
        readonly value: Expression
        readonly pattern: Expression
        readonly escape?: Expression
        readonly negated: boolean
      }
    | {
        readonly kind: 'between'
        readonly value: Expression
        readonly low: Expression
        readonly high: Expression
        readonly negated: boolean
      }
    | { readonly kind: 'in'; readonly value: Expression; readonly choices: Expression; readonly negated: boolean }
    | { readonly kind: 'exists'; readonly query: Query }
    | JsonExpression
  )

/** What the SQL/JSON functions have instead of plain arguments. */
export type JsonExpression = Spanned &
  (
    | ({
        readonly kind: 'json-read'
        readonly name: 'JSON_VALUE' | 'JSON_QUERY' | 'JSON_EXISTS'
        readonly input: Expression
        readonly path: string
        readonly returning?: TypeName
        readonly pretty: boolean
      } & JsonReading)
    | {
        readonly kind: 'json-serialize'
        readonly input: Expression
        readonly returning?: TypeName
        readonly pretty: boolean
        readonly onError?: JsonFallback
      }
    | { readonly kind: 'json-type'; readonly input: Expression }
    | {
        readonly kind: 'json-object'
        /** Names and values in turn. */
        readonly members: readonly { readonly name: Expression; readonly value: JsonItem }[]
        readonly returning?: TypeName
      }
    | { readonly kind: 'json-array'; readonly items: readonly JsonItem[]; readonly returning?: TypeName }
    | {
        readonly kind: 'json-aggregate'
        /** Present for an object. */
        readonly name?: Expression
        readonly value: JsonItem
        readonly orderBy: readonly OrderItem[]
        readonly returning?: TypeName
      }
    | {
        readonly kind: 'is-json'
        readonly value: Expression
        readonly negated: boolean
        readonly strict: boolean
        readonly uniqueKeys: boolean
      }
  )

/** How a path's finds become a value. */
export interface JsonReading {
  readonly wrapper: 'WITHOUT' | 'CONDITIONAL' | 'WITH'
  readonly onError?: JsonFallback
  readonly onEmpty?: JsonFallback
}

/** What stands in for a value that cannot be had. */
export type JsonFallback =
  | { readonly fallback: 'NULL' | 'ERROR' | 'TRUE' | 'FALSE' | 'EMPTY ARRAY' | 'EMPTY OBJECT' }
  | { readonly fallback: 'DEFAULT'; readonly value: Expression }

/** A value that goes into JSON. */
export interface JsonItem {
  readonly value: Expression
  /** Whether the value is JSON already, as FORMAT JSON says. */
  readonly isJson: boolean
  /** Whether a NULL is left out. */
  readonly absentOnNull: boolean
}

/** A column of JSON_TABLE. */
export type JsonTableColumn =
  | { readonly kind: 'ordinality'; readonly name: Identifier }
  | ({
      readonly kind: 'value' | 'query' | 'exists'
      readonly name: Identifier
      readonly type: TypeName
      readonly path: string
    } & JsonReading)
  | { readonly kind: 'nested'; readonly path: string; readonly columns: readonly JsonTableColumn[] }

export interface CallExpression extends Spanned {
  readonly kind: 'call'
  readonly path: readonly Identifier[]
  readonly arguments: readonly Argument[]
  readonly star: boolean
  readonly distinct: boolean
  readonly withinGroup?: readonly OrderItem[]
  readonly keep?: { readonly position: 'FIRST' | 'LAST'; readonly orderBy: readonly OrderItem[] }
  readonly ignoreNulls?: boolean
  /** LISTAGG ... ON OVERFLOW TRUNCATE. */
  readonly truncate?: { readonly indicator: string; readonly withCount: boolean }
  readonly over?: WindowClause
}

export interface Argument {
  /** The parameter of a named argument (`prompt => :p`). */
  readonly name?: Identifier
  readonly value: Expression
}

export interface WindowClause {
  readonly partitionBy: readonly Expression[]
  readonly orderBy: readonly OrderItem[]
  readonly frame?: Frame
}

export interface Frame {
  readonly unit: 'ROWS' | 'RANGE'
  readonly from: FrameBound
  readonly to: FrameBound
}

export type FrameBound =
  | { readonly kind: 'UNBOUNDED PRECEDING' | 'CURRENT ROW' | 'UNBOUNDED FOLLOWING' }
  | { readonly kind: 'PRECEDING' | 'FOLLOWING'; readonly value: Expression }

export interface OrderItem {
  readonly value: Expression
  readonly descending: boolean
  readonly nulls?: 'FIRST' | 'LAST'
}

export interface TypeName {
  /** Upper case, for example `TIMESTAMP WITH TIME ZONE`. */
  readonly name: string
  readonly numbers: readonly number[]
  readonly unit?: 'BYTE' | 'CHAR'
  readonly start: number
}

export interface Query {
  readonly with: readonly CommonTable[]
  readonly body: QueryBody
  readonly orderBy: readonly OrderItem[]
  readonly offset?: Expression
  readonly fetch?: { readonly rows?: Expression; readonly percent: boolean; readonly ties: boolean }
}

export interface CommonTable {
  readonly name: Identifier
  readonly columns: readonly Identifier[]
  readonly query: Query
}

export type QueryBody =
  | SelectBlock
  | {
      readonly kind: 'set'
      readonly operator: 'UNION' | 'UNION ALL' | 'INTERSECT' | 'EXCEPT'
      readonly left: QueryBody
      readonly right: QueryBody
      readonly start: number
    }
  | { readonly kind: 'nested'; readonly query: Query; readonly start: number }

export interface SelectBlock {
  readonly kind: 'select'
  readonly start: number
  readonly distinct: boolean
  readonly items: readonly SelectItem[]
  readonly from: readonly TableReference[]
  readonly where?: Expression
  readonly groupBy: readonly GroupItem[]
  readonly having?: Expression
  readonly connectBy?: ConnectBy
}

/** What makes a query block hierarchical. */
export interface ConnectBy {
  readonly condition: Expression
  readonly startWith?: Expression
  readonly noCycle: boolean
  /** ORDER SIBLINGS BY. */
  readonly siblings?: readonly OrderItem[]
  readonly start: number
}

export type GroupItem =
  | { readonly kind: 'expression'; readonly value: Expression }
  | {
      readonly kind: 'sets'
      /** ROLLUP, CUBE and GROUPING SETS spelled out as their lists of expressions. */
      readonly sets: readonly (readonly Expression[])[]
    }

export type SelectItem =
  | { readonly kind: 'all'; readonly qualifier: readonly Identifier[]; readonly start: number }
  | { readonly kind: 'value'; readonly value: Expression; readonly alias?: Identifier; readonly heading: string }

export type JoinKind = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS'

export type TableReference =
  | {
      readonly kind: 'table'
      readonly path: readonly Identifier[]
      readonly alias?: Identifier
      readonly start: number
    }
  | PivotReference
  | UnpivotReference
  | {
      readonly kind: 'derived'
      readonly query: Query
      readonly alias?: Identifier
      readonly columns: readonly Identifier[]
      readonly start: number
    }
  | {
      readonly kind: 'json-table'
      readonly input: Expression
      readonly path: string
      readonly onError?: JsonFallback
      readonly columns: readonly JsonTableColumn[]
      readonly alias?: Identifier
      readonly start: number
    }
  | {
      readonly kind: 'join'
      readonly join: JoinKind
      readonly left: TableReference
      readonly right: TableReference
      readonly on?: Expression
      readonly using?: readonly Identifier[]
      readonly natural: boolean
      readonly start: number
    }

/** A table of which the values of a column become columns. */
export interface PivotReference {
  readonly kind: 'pivot'
  readonly source: TableReference
  readonly aggregates: readonly { readonly value: Expression; readonly heading: string; readonly alias?: Identifier }[]
  readonly columns: readonly Identifier[]
  readonly values: readonly { readonly value: Expression; readonly heading: string; readonly alias?: Identifier }[]
  readonly alias?: Identifier
  readonly start: number
}

/** A table of which columns become rows. */
export interface UnpivotReference {
  readonly kind: 'unpivot'
  readonly source: TableReference
  readonly includesNulls: boolean
  /** The column of values, and the column that tells where each came from. */
  readonly value: Identifier
  readonly name: Identifier
  readonly columns: readonly { readonly column: Identifier; readonly label?: Expression }[]
  readonly alias?: Identifier
  readonly start: number
}

export interface Returning {
  readonly values: readonly { readonly value: Expression; readonly heading: string }[]
  /** Indexes into the statement's binds; empty when the clause has no INTO. */
  readonly into: readonly number[]
}

export type Statement =
  | { readonly kind: 'query'; readonly query: Query; readonly lock: boolean }
  | InsertStatement
  /** INSERT ALL: every row of one query goes into several tables. */
  | { readonly kind: 'insert-all'; readonly inserts: readonly InsertStatement[] }
  | {
      readonly kind: 'update'
      readonly table: TableName
      readonly assignments: readonly { readonly columns: readonly Identifier[]; readonly value: Expression }[]
      readonly where?: Expression
      readonly returning?: Returning
    }
  | {
      readonly kind: 'delete'
      readonly table: TableName
      readonly where?: Expression
      readonly returning?: Returning
    }
  | MergeStatement
  | DefinitionStatement
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback'; readonly savepoint?: string }
  | { readonly kind: 'savepoint'; readonly name: string }
  | { readonly kind: 'set-transaction' }
  | { readonly kind: 'alter-session'; readonly settings: readonly { readonly name: string; readonly value: string }[] }
  | { readonly kind: 'lock-table'; readonly table: TableName }

export interface MergeStatement {
  readonly kind: 'merge'
  readonly table: TableName
  readonly source: TableReference
  readonly on: Expression
  readonly update?: {
    readonly assignments: readonly { readonly columns: readonly Identifier[]; readonly value: Expression }[]
    readonly where?: Expression
    readonly deleteWhere?: Expression
  }
  readonly insert?: {
    readonly columns: readonly Identifier[]
    readonly values: readonly Expression[]
    readonly where?: Expression
  }
}

export interface TableName {
  readonly path: readonly Identifier[]
  readonly alias?: Identifier
}

/** GRANT and REVOKE of privileges on a package or another object. */
export interface GrantStatement {
  readonly kind: 'grant' | 'revoke'
  readonly privileges: readonly ObjectPrivilege[]
  readonly object: readonly Identifier[]
  readonly grantees: readonly Identifier[]
}

/** GRANT and REVOKE of system privileges and roles. */
export interface SystemGrantStatement {
  readonly kind: 'grant-system' | 'revoke-system'
  readonly privileges: readonly { readonly name: string; readonly start: number }[]
  readonly grantees: readonly Identifier[]
}

export interface UserOptions {
  readonly password?: string
  /** A user who only owns objects and cannot log on. */
  readonly withoutPassword?: boolean
  readonly locked?: boolean
  /** In bytes, infinite for UNLIMITED. */
  readonly quotas: readonly number[]
}

export interface CreateUser {
  readonly kind: 'create-user'
  readonly name: Identifier
  readonly ifNotExists: boolean
  readonly options: UserOptions
}

export interface AlterUser {
  readonly kind: 'alter-user'
  readonly name: Identifier
  readonly options: UserOptions
}

export interface DropUser {
  readonly kind: 'drop-user'
  readonly name: Identifier
  readonly ifExists: boolean
  readonly cascade: boolean
}

export interface CreateRole {
  readonly kind: 'create-role'
  readonly name: Identifier
  readonly ifNotExists: boolean
}

export interface DropRole {
  readonly kind: 'drop-role'
  readonly name: Identifier
  readonly ifExists: boolean
}

export interface CreateSequence {
  readonly kind: 'create-sequence'
  readonly name: readonly Identifier[]
  readonly ifNotExists: boolean
  readonly options: SequenceOptions
}

export interface AlterSequence {
  readonly kind: 'alter-sequence'
  readonly name: readonly Identifier[]
  readonly options: SequenceOptions
}

export interface DropSequence {
  readonly kind: 'drop-sequence'
  readonly name: readonly Identifier[]
  readonly ifExists: boolean
}

/** GENERATED ... AS IDENTITY. */
export interface IdentityDefinition {
  /** GENERATED ALWAYS: no other value may be given. */
  readonly always: boolean
  /** BY DEFAULT ON NULL: a NULL that is given takes a number too. */
  readonly onNull: boolean
  readonly options: SequenceOptions
}

/** CREATE FUNCTION and CREATE PROCEDURE: `text` is left to PL/SQL. */
export interface CreateUnit {
  readonly kind: 'create-unit'
  readonly object: 'FUNCTION' | 'PROCEDURE'
  readonly name: readonly Identifier[]
  readonly replace: boolean
  readonly ifNotExists: boolean
  readonly text: string
}

/** ALTER FUNCTION ... COMPILE and ALTER PROCEDURE ... COMPILE. */
export interface CompileUnit {
  readonly kind: 'compile-unit'
  readonly object: 'FUNCTION' | 'PROCEDURE'
  readonly name: readonly Identifier[]
}

export interface DropUnit {
  readonly kind: 'drop-unit'
  readonly object: 'FUNCTION' | 'PROCEDURE'
  readonly name: readonly Identifier[]
  readonly ifExists: boolean
}

export type DefinitionStatement =
  | GrantStatement
  | SystemGrantStatement
  | CreateSequence
  | AlterSequence
  | DropSequence
  | CreateUser
  | AlterUser
  | CreateRole
  | DropUser
  | DropRole
  | CreateUnit
  | CompileUnit
  | DropUnit
  | CreateTable
  | {
      readonly kind: 'create-view'
      readonly name: readonly Identifier[]
      readonly replace: boolean
      readonly columns: readonly Identifier[]
      readonly annotations: readonly AnnotationChange[]
      readonly query: Query
      readonly text: string
    }
  | {
      readonly kind: 'create-index'
      readonly name: readonly Identifier[]
      readonly unique: boolean
      readonly table: readonly Identifier[]
      readonly columns: readonly Expression[]
    }
  | {
      readonly kind: 'drop'
      readonly object: 'TABLE' | 'VIEW' | 'INDEX'
      readonly name: readonly Identifier[]
      readonly ifExists: boolean
      readonly cascade: boolean
    }
  | {
      readonly kind: 'create-synonym'
      readonly name: Identifier
      readonly replace: boolean
      readonly target: readonly Identifier[]
    }
  | { readonly kind: 'drop-synonym'; readonly name: Identifier }
  | { readonly kind: 'truncate'; readonly table: readonly Identifier[] }
  | {
      readonly kind: 'comment'
      readonly on: 'TABLE' | 'COLUMN'
      readonly path: readonly Identifier[]
      readonly text: string
    }
  | { readonly kind: 'alter-table'; readonly table: readonly Identifier[]; readonly change: TableChange }

/** What one ALTER TABLE, or RENAME, changes. */
export type TableChange =
  | {
      readonly kind: 'add'
      readonly columns: readonly ColumnDefinition[]
      readonly constraints: readonly ConstraintDefinition[]
    }
  | { readonly kind: 'modify'; readonly columns: readonly ColumnDefinition[] }
  | { readonly kind: 'drop-columns'; readonly columns: readonly Identifier[]; readonly cascade: boolean }
  | {
      readonly kind: 'drop-constraint'
      /** By its name, as the primary key, or as the unique key of columns. */
      readonly constraint: Identifier | 'primary' | readonly Identifier[]
      readonly start: number
      readonly cascade: boolean
    }
  | { readonly kind: 'rename-column' | 'rename-constraint'; readonly from: Identifier; readonly to: Identifier }
  | { readonly kind: 'rename'; readonly to: Identifier }
  | { readonly kind: 'annotate'; readonly annotations: readonly AnnotationChange[] }

export interface InsertStatement {
  readonly kind: 'insert'
  readonly table: TableName
  readonly columns: readonly Identifier[]
  readonly source: { readonly kind: 'values'; readonly values: readonly (readonly Expression[])[] } | Query
  readonly returning?: Returning
}

/** One part of ANNOTATIONS (...). */
export interface AnnotationChange {
  readonly action: 'add' | 'drop' | 'replace'
  readonly name: Identifier
  readonly value: string | undefined
  /** IF NOT EXISTS, IF EXISTS */
  readonly lenient: boolean
}

export interface CreateTable {
  readonly kind: 'create-table'
  readonly name: readonly Identifier[]
  readonly ifNotExists: boolean
  readonly columns: readonly ColumnDefinition[]
  readonly constraints: readonly ConstraintDefinition[]
  readonly annotations: readonly AnnotationChange[]
  readonly query?: Query
}

export interface ColumnDefinition {
  readonly name: Identifier
  readonly type?: TypeName
  readonly default?: Expression
  readonly defaultText?: string
  readonly identity: IdentityDefinition | undefined
  readonly constraints: readonly ConstraintDefinition[]
  readonly annotations: readonly AnnotationChange[]
}

export type ConstraintDefinition = { readonly name?: Identifier; readonly start: number } & (
  | { readonly kind: 'primary' | 'unique'; readonly columns: readonly Identifier[] }
  | { readonly kind: 'not-null'; readonly columns: readonly Identifier[] }
  | { readonly kind: 'null' }
  | { readonly kind: 'check'; readonly condition: Expression; readonly text: string }
  | {
      readonly kind: 'foreign'
      readonly columns: readonly Identifier[]
      readonly table: readonly Identifier[]
      readonly references: readonly Identifier[]
      readonly onDelete?: 'CASCADE' | 'SET NULL'
    }
)
