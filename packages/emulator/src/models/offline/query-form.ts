import type { Aggregate, Comparison, Direction, TimeUnit } from './english.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

/** A question in a form between words and SQL. */
export interface Query {
  /** Where the rows come from; other tables are joined along foreign keys that lead away from it. */
  readonly base: TableFacts
  readonly select: readonly SelectItem[]
  readonly distinct: boolean
  readonly conditions: readonly Condition[]
  readonly links: readonly Link[]
  /** What must be true of each group. */
  readonly having: readonly GroupTest[]
  readonly groupBy: readonly Expression[]
  readonly order: readonly { readonly expression: Expression; readonly direction: Direction }[]
  readonly limit: number | undefined
  /** When present, the order and the limit hold within each group of rows that have these in common. */
  readonly partition?: readonly Expression[] | undefined
}

/** A comparison of a number over rows. */
export interface GroupTest {
  readonly expression: AggregateExpression
  readonly comparison: Comparison
  readonly value: number
}

export interface ColumnReference {
  readonly facts: TableFacts
  readonly column: ColumnFacts
}

export type Expression =
  | ({ readonly kind: 'column' } & ColumnReference)
  | ({ readonly kind: 'date part'; readonly unit: TimeUnit } & ColumnReference)
  | AggregateExpression

export interface AggregateExpression {
  readonly kind: 'aggregate'
  readonly aggregate: Aggregate | 'COUNT'
  /** Absent for COUNT(*). */
  readonly of?: ColumnReference
  readonly distinct?: boolean
  /** What is taken off: the difference between two numbers over the same rows. */
  readonly minus?: AggregateExpression | undefined
}

export interface SelectItem {
  readonly expression: Expression
  /** Absent for a column under its own name. */
  readonly alias?: string
}

/** A stretch of time: a day, or a year, a quarter or a month, the last two of one year or of each. */
export interface Period {
  readonly year?: number
  readonly quarter?: number
  readonly month?: number
  readonly day?: number
}

export type Condition = ColumnReference &
  (
    | { readonly kind: 'in'; readonly values: readonly (string | number)[]; readonly negated: boolean }
    | { readonly kind: 'compare'; readonly comparison: Comparison; readonly value: number }
    | { readonly kind: 'between'; readonly low: number; readonly high: number }
    | { readonly kind: 'null'; readonly negated: boolean }
    | { readonly kind: 'in periods'; readonly periods: readonly Period[] }
    | { readonly kind: 'compare period'; readonly comparison: Comparison; readonly period: Period }
  )

/** Rows of the answer for which rows of another table exist, or do not exist. */
export interface Link {
  /** The other table; foreign keys lead from it to `to`. */
  readonly from: TableFacts
  /** The base, or a table to which its foreign keys lead. */
  readonly to: TableFacts
  readonly negated: boolean
  readonly conditions: readonly Condition[]
  readonly having?: GroupTest
}

/** The question cannot be read; the message is a sentence for the person who asked. */
export class UnreadableQuestion extends Error {
  override readonly name = 'UnreadableQuestion'
}
