import type { Comparison, Direction, Role, TimeUnit } from './english.ts'
import type { Mark } from './marks.ts'
import type { Meaning } from './meanings.ts'
import { type AggregateExpression, type Condition, type Period, UnreadableQuestion } from './query-form.ts'
import type { SchemaGraph } from './schema-graph.ts'
import type { TableFacts } from './table-facts.ts'
import type { Candidate } from './vocabulary.ts'

/** A table or column that a question speaks about, as against a value. */
export type Noun = Extract<Meaning, { kind: 'table' | 'columns' }>

/** What the rows of the answer stand for: a table's rows, a column's values, or stretches of time. */
export type Dimension =
  | Extract<Meaning, { kind: 'table' | 'columns' }>
  | { readonly kind: 'unit'; readonly unit: TimeUnit; readonly candidates: readonly Candidate[] }

export interface Measure {
  readonly facts: TableFacts
  readonly expression: AggregateExpression
}

export interface GroupCondition extends Measure {
  readonly comparison: Comparison
  readonly value: number
}

export interface FloatingPeriod {
  readonly comparison: Comparison
  readonly period: Period
  /** The table with dates that the question names last before the period. */
  readonly near: TableFacts | undefined
}

type RoleOf<Kind extends Role['kind']> = Extract<Role, { kind: Kind }>

/** A question while it is read: its marks, which of them are understood already, and what they added up to. */
export class Reading {
  readonly marks: readonly Mark[]
  readonly graph: SchemaGraph
  readonly conditions: Condition[] = []
  /** Stretches of time that belong to whichever date the answer is about. */
  readonly periods: FloatingPeriod[] = []
  readonly groupConditions: GroupCondition[] = []
  readonly measures: Measure[] = []
  readonly dimensions: Dimension[] = []
  /** Dimensions that the question speaks of one by one, as in `for each country`. */
  readonly singled: Set<Dimension> = new Set()
  /** Tables of which there must be no row. */
  readonly absent: Set<TableFacts> = new Set()
  /** What the rows of a list are ordered by. */
  rank: { by: Measure | Extract<Meaning, { kind: 'columns' }>; direction: Direction } | undefined
  limit: number | undefined
  /** The rows that a question means when it names only values that they have, as in `Swedish dramas`. */
  subject: TableFacts | undefined
  readonly #meanings: readonly (Meaning | undefined)[]
  readonly #used = new Set<number>()

  constructor(marks: readonly Mark[], meanings: readonly (Meaning | undefined)[], graph: SchemaGraph) {
    this.marks = marks
    this.graph = graph
    this.#meanings = meanings
  }

  role<Kind extends Role['kind']>(index: number, kind: Kind): RoleOf<Kind> | undefined {
    const mark = this.marks[index]
    return mark?.kind === 'role' && mark.role.kind === kind ? (mark.role as RoleOf<Kind>) : undefined
  }

  meaning<Kind extends Meaning['kind']>(index: number, kind: Kind): Extract<Meaning, { kind: Kind }> | undefined {
    const meaning = this.#meanings[index]
    return meaning?.kind === kind ? (meaning as Extract<Meaning, { kind: Kind }>) : undefined
  }

  anyMeaning(index: number): Meaning | undefined {
    return this.#meanings[index]
  }

  number(index: number): number | undefined {
    const mark = this.marks[index]
    return mark?.kind === 'number' ? mark.value : undefined
  }

  text(index: number): string {
    return this.marks[index]?.text ?? ''
  }

  before(index: number): readonly string[] {
    return this.marks[index]?.before ?? []
  }

  isPlural(index: number): boolean {
    const mark = this.marks[index]
    return mark?.kind === 'thing' && mark.plural
  }

  isUsed(index: number): boolean {
    return this.#used.has(index)
  }

  use(...indexes: number[]): void {
    for (const index of indexes) this.#used.add(index)
  }

  /** Indexes of marks that are not understood yet, within the bounds. */
  *open(from = 0, to: number = this.marks.length): Generator<number> {
    for (let index = Math.max(0, from); index < to; index += 1) if (!this.isUsed(index)) yield index
  }

  noun(index: number): Noun | undefined {
    return this.meaning(index, 'table') ?? this.meaning(index, 'columns')
  }

  /** Tables whose keys give rows the names that the question uses, such as films for `director`. */
  through(): readonly TableFacts[] {
    return this.#meanings.flatMap((meaning) => (meaning?.kind === 'table' && meaning.through ? [meaning.through] : []))
  }

  /** The first open table or column after a place; values are passed over. */
  nextNoun(from: number): number | undefined {
    return [...this.open(from)].find((index) => this.noun(index) !== undefined)
  }

  /** The nearest open table or column before a place. */
  previousNoun(before: number): number | undefined {
    return [...this.open(0, before)].reverse().find((index) => this.noun(index) !== undefined)
  }

  /** @throws UnreadableQuestion always */
  fail(reason: string): never {
    throw new UnreadableQuestion(reason)
  }
}
