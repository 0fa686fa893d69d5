import type { ForeignKey, TableDescription } from '../schema-description.ts'
import { expanded, type TableFacts } from './table-facts.ts'
import { stemsOf } from './tokens.ts'

/** A step from a table with a foreign key to the table that the key leads to. */
export interface Step {
  readonly from: TableFacts
  readonly to: TableFacts
  readonly columns: readonly string[]
  readonly referenced: readonly string[]
  /** What the other row is here when the key does not simply name its table: `director` for DIRECTOR_ID of a person. */
  readonly role: string | undefined
}

/** The tables and the foreign keys between them. */
export class SchemaGraph {
  readonly tables: readonly TableFacts[]
  readonly #steps = new Map<TableFacts, Step[]>()

  constructor(tables: readonly TableFacts[]) {
    this.tables = tables
    const declared = tables.some(({ table }) => table.foreignKeys.length > 0)
    for (const facts of tables) {
      const keys = declared ? facts.table.foreignKeys : likelyKeys(facts, tables)
      this.#steps.set(
        facts,
        keys.flatMap((key) => stepsOf(facts, key, tables)),
      )
    }
  }

  /** The shortest way along foreign keys, from many rows to one; undefined when there is none. */
  path(from: TableFacts, to: TableFacts): readonly Step[] | undefined {
    const ways = new Map<TableFacts, readonly Step[]>([[from, []]])
    for (const [table, way] of ways) {
      if (table === to) return way
      for (const step of this.stepsFrom(table)) {
        if (!ways.has(step.to)) ways.set(step.to, [...way, step])
      }
    }
    return undefined
  }

  /** The table itself and all to which its foreign keys lead, nearest first. */
  reachable(from: TableFacts): readonly TableFacts[] {
    const found = new Set([from])
    for (const table of found) for (const { to } of this.stepsFrom(table)) found.add(to)
    return [...found]
  }

  stepsFrom(table: TableFacts): readonly Step[] {
    return this.#steps.get(table) ?? []
  }

  /** The table from which foreign keys lead to both tables: sales, for customers and products. */
  linkBetween(one: TableFacts, other: TableFacts): TableFacts | undefined {
    let best: TableFacts | undefined
    let bestCost = Number.POSITIVE_INFINITY
    for (const table of this.tables) {
      const ways = [this.path(table, one), this.path(table, other)]
      if (ways.some((way) => way === undefined)) continue
      // Of two tables at one distance the one with more foreign keys is the record of what happened.
      const cost = ways.reduce((sum, way) => sum + (way?.length ?? 0), 0) - this.#degree(table) / 100
      if (cost < bestCost) {
        best = table
        bestCost = cost
      }
    }
    return best
  }

  /** How far apart two tables are: steps along foreign keys in either direction. */
  distance(one: TableFacts, other: TableFacts): number {
    const direct = this.path(one, other) ?? this.path(other, one)
    if (direct !== undefined) return direct.length
    const link = this.linkBetween(one, other)
    if (link === undefined) return Number.POSITIVE_INFINITY
    return (this.path(link, one)?.length ?? 0) + (this.path(link, other)?.length ?? 0)
  }

  /** Tables whose foreign keys lead here in one or more steps, nearest first. */
  dependents(facts: TableFacts): readonly TableFacts[] {
    return this.tables
      .filter((table) => table !== facts && this.path(table, facts) !== undefined)
      .sort((left, right) => this.#rank(left, facts) - this.#rank(right, facts))
  }

  #rank(table: TableFacts, to: TableFacts): number {
    return (this.path(table, to)?.length ?? 0) - this.#degree(table) / 100
  }

  #degree(table: TableFacts): number {
    return this.stepsFrom(table).length
  }
}

function stepsOf(from: TableFacts, key: ForeignKey, tables: readonly TableFacts[]): Step[] {
  const { owner, table: name, columns } = key.references
  const to = tables.find(({ table }) => table.owner === owner && table.name === name)
  if (to === undefined || to === from) return []
  return [{ from, to, columns: key.columns, referenced: columns, role: roleOf(key, to) }]
}

/** @returns undefined for PERSON_ID, which leads to PERSONS or is its key's own name. */
export function roleOf(key: Pick<ForeignKey, 'columns' | 'references'>, to: TableFacts): string | undefined {
  const [column = '', ...others] = key.columns
  if (others.length > 0 || column === key.references.columns[0]) return undefined
  const stems = expanded(stemsOf(column.replace(/_(?:ID|KEY|CODE|NO)$/, '')))
  const [role] = stems
  return stems.length !== 1 || stems.some((stem) => to.stems.includes(stem)) ? undefined : role
}

/** Without declared keys: PROD_ID leads to the table PRODUCTS when that table begins with a column of this name. */
function likelyKeys(facts: TableFacts, tables: readonly TableFacts[]): ForeignKey[] {
  return facts.columns.flatMap(({ column }) => {
    const stem = expanded(stemsOf(column.name.replace(/_(?:ID|KEY|CODE|NO)$/, ''))).join(' ')
    const target = tables.find(
      (other) => other !== facts && other.table.columns[0]?.name === column.name && other.stems.join(' ') === stem,
    )
    return target === undefined ? [] : [keyTo(target.table, column.name)]
  })
}

function keyTo(target: TableDescription, column: string): ForeignKey {
  return { columns: [column], references: { owner: target.owner, table: target.name, columns: [column] } }
}
