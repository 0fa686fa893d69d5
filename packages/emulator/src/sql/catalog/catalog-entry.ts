import type { OracleType } from '../../values/oracle-type.ts'
import type { IdentityDefinition, Query } from '../parse/syntax-tree.ts'
import type { Sequence } from './sequence.ts'

/** A note that programs read: a name, with or without a value. */
export interface Annotation {
  readonly name: string
  readonly value: string | undefined
}

export interface CatalogColumn {
  readonly name: string
  readonly type: OracleType
  /** Lengths declared in characters are checked in characters. */
  readonly inCharacters: boolean
  nullable: boolean
  /** The text of the DEFAULT clause. */
  readonly defaultText: string | undefined
  readonly identity: IdentityDefinition | undefined
  /** The engine's name of the column, for example `c3`. */
  readonly stored: string
  comment: string | undefined
  annotations: readonly Annotation[]
}

export interface CatalogConstraint {
  readonly name: string
  readonly generated: boolean
  readonly kind: 'primary' | 'unique' | 'foreign' | 'check' | 'not-null'
  readonly columns: readonly string[]
  /** The condition of a check constraint. */
  readonly condition: string | undefined
  readonly references:
    | {
        readonly owner: string
        readonly table: string
        readonly constraint: string
        readonly columns: readonly string[]
      }
    | undefined
  readonly onDelete: 'CASCADE' | 'SET NULL' | undefined
}

export interface CatalogTable {
  readonly kind: 'table'
  readonly id: number
  readonly owner: string
  readonly name: string
  /** The engine's name of the table, for example `o12`. */
  readonly stored: string
  readonly columns: readonly CatalogColumn[]
  readonly constraints: readonly CatalogConstraint[]
  comment: string | undefined
  annotations: readonly Annotation[]
  readonly created: Date
  /** Gives the numbers of the identity column. */
  readonly identity: Sequence | undefined
}

interface CatalogView {
  readonly kind: 'view'
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly columns: readonly CatalogColumn[]
  readonly query: Query
  /** The text of the query, for its offsets and for USER_VIEWS. */
  readonly text: string
  comment: string | undefined
  annotations: readonly Annotation[]
  readonly created: Date
}

export interface CatalogIndex {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly tableOwner: string
  readonly table: string
  readonly unique: boolean
  readonly columns: readonly string[]
  /** The engine's text of the indexed expressions. */
  readonly terms: string
  readonly created: Date
}

export type CatalogObject = CatalogTable | CatalogView
