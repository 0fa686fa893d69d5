import type { SeededRandom } from '../demo/seeded-random.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { ColumnHints } from './column-hint.ts'
import type { Row } from './key-text.ts'
import { KeyValues } from './key-values.ts'
import { agreeing, type Choice, choose, isOwnParent, type ParentChoice, parentChoice } from './parent-rows.ts'
import type { Query } from './query.ts'
import { ShuffledProduct } from './shuffled-product.ts'
import type { ColumnShape, ParentKey, TableShape } from './table-shape.ts'
import { makeValue } from './value-maker.ts'

/** So often a row is tried whose keys came together by chance. */
const MOST_TRIES = 1000

/** A foreign key to the table itself; each row that is inserted is one more to refer to. */
interface OwnParent {
  readonly key: ParentKey
  readonly columns: readonly string[]
  readonly tuples: (readonly OracleValue[])[]
}

/** What a row maker is made of. */
interface RowMakerParts {
  readonly table: TableShape
  readonly hints: ColumnHints
  readonly random: SeededRandom
  /** Foreign keys, but for those to the table itself. */
  readonly parents: readonly ParentChoice[]
  /** Foreign keys to the table itself. */
  readonly ownParents: readonly OwnParent[]
  readonly keys: readonly KeyValues[]
  /** A key that consists of choices alone, with all its combinations. */
  readonly product:
    | { readonly key: KeyValues; readonly choices: readonly Choice[]; readonly all: ShuffledProduct }
    | undefined
}

/** Makes rows for one table, one after the other, that fit its keys and foreign keys. */
export class RowMaker {
  readonly #parts: RowMakerParts
  /** Columns that are bound to no key. */
  readonly #free: readonly ColumnShape[]

  private constructor(parts: RowMakerParts) {
    this.#parts = parts
    const { table } = parts
    const bound = new Set([...table.keys, ...table.parents.map(({ columns }) => columns)].flat())
    this.#free = table.columns.filter(({ name }) => !bound.has(name))
  }

  static async open(table: TableShape, hints: ColumnHints, query: Query, random: SeededRandom): Promise<RowMaker> {
    const parents: ParentChoice[] = []
    const ownParents: OwnParent[] = []
    // A key of several columns decides more than one that is part of it.
    for (const key of table.parents.toSorted((left, right) => right.columns.length - left.columns.length)) {
      const choice = await parentChoice(key, query)
      if (isOwnParent(table, key)) ownParents.push({ key, columns: key.columns, tuples: [...choice.tuples] })
      else parents.push(choice)
    }
    const choices = [...parents, ...listedValues(table, hints)]
    const chosen = new Set([...choices, ...ownParents].flatMap(({ columns }) => columns))
    const keys: KeyValues[] = []
    for (const columns of table.keys) {
      const free = table.columns.filter(({ name }) => columns.includes(name) && !chosen.has(name))
      keys.push(await KeyValues.read(table, columns, free, (column) => hints.get(column), query))
    }
    return new RowMaker({ table, hints, random, parents, ownParents, keys, product: productOf(keys, choices, random) })
  }

  /** @throws OracleError ORA-20000 when no more rows fit the keys, or a row needs a parent and there is none. */
  next(): Row {
    for (let count = 0; count < MOST_TRIES; count += 1) {
      const row: Row = new Map()
      if (!this.#chooseProduct(row)) break
      for (const parent of this.#parts.parents) this.#chooseParent(row, parent)
      this.#completeKeys(row)
      for (const parent of this.#parts.ownParents) this.#chooseOwnParent(row, parent)
      if (this.#isFree(row)) return this.withOtherValues(row)
    }
    throw this.#exhausted()
  }

  #isFree(row: Row): boolean {
    const { keys, parents } = this.#parts
    return !keys.some((key) => key.isTaken(row)) && parents.every((parent) => parent.isKept(row))
  }

  /** The row with other values in the columns that no key decides. */
  withOtherValues(row: Row): Row {
    const { table, hints, random } = this.#parts
    for (const column of this.#free) row.set(column.name, makeValue(table.name, column, hints.get(column.name), random))
    return row
  }

  /** Notes that a row was inserted. */
  add(row: Row): void {
    for (const key of this.#parts.keys) key.add(row)
    for (const { key, tuples } of this.#parts.ownParents) tuples.push(valuesOf(row, key))
  }

  /** False when all combinations were given. */
  #chooseProduct(row: Row): boolean {
    const { product } = this.#parts
    if (product === undefined) return true
    for (let indexes = product.all.next(); indexes !== undefined; indexes = product.all.next()) {
      row.clear()
      const tuples = indexes.map((index, choice) => product.choices[choice]?.tuples[index] ?? [])
      const fits = product.choices.every((choice, index) => choose(row, choice, tuples[index] ?? []))
      if (fits && !product.key.isTaken(row)) return true
    }
    return false
  }

  #chooseParent(row: Row, parent: Choice): void {
    if (parent.columns.every((column) => row.has(column))) return
    const tuples = agreeing(row, parent)
    if (tuples.length > 0) choose(row, parent, this.#parts.random.pick(tuples))
    else this.#leaveWithoutParent(row, parent)
  }

  #leaveWithoutParent(row: Row, { columns }: Choice): void {
    const open = columns.filter((column) => !row.has(column))
    if (!open.some((column) => this.#isNullable(column))) {
      throw new OracleError(20000, `${this.#label()} needs rows in the table that ${columns.join(', ')} refers to`)
    }
    for (const column of open) if (this.#isNullable(column)) row.set(column, null)
  }

  #completeKeys(row: Row): void {
    const { keys, table, hints, random } = this.#parts
    const own = new Set(this.#parts.ownParents.flatMap(({ columns }) => columns))
    for (const key of keys) {
      if (key.complete(row, random)) continue
      // Other parents may leave room for another row; a column by itself has none.
      if (key.isUsedUp(row)) throw this.#exhausted()
      for (const column of table.columns) {
        if (!key.columns.includes(column.name) || row.has(column.name) || own.has(column.name)) continue
        row.set(column.name, makeValue(table.name, column, hints.get(column.name), random))
      }
    }
  }

  /** The first row refers to nobody or, when it must, to itself. */
  #chooseOwnParent(row: Row, parent: OwnParent): void {
    const { key, columns } = parent
    const tuples = agreeing(row, parent)
    if (tuples.length > 0) choose(row, parent, this.#parts.random.pick(tuples))
    else if (columns.some((column) => !row.has(column) && this.#isNullable(column))) {
      for (const column of columns) if (!row.has(column)) row.set(column, null)
    } else choose(row, parent, valuesOf(row, key))
  }

  #isNullable(name: string): boolean {
    return this.#parts.table.columns.some((column) => column.name === name && column.nullable)
  }

  #exhausted(): OracleError {
    return new OracleError(20000, `No more rows fit the keys of ${this.#label()}`)
  }

  #label(): string {
    const { owner, name } = this.#parts.table
    return `"${owner}"."${name}"`
  }
}

function valuesOf(row: Row, { parentColumns }: ParentKey): readonly OracleValue[] {
  return parentColumns.map((column) => row.get(column) ?? null)
}

/** Columns with a list of values, as choices; those of foreign keys have their parents to choose from. */
function listedValues(table: TableShape, hints: ColumnHints): readonly Choice[] {
  const referring = new Set(table.parents.flatMap(({ columns }) => columns))
  return table.columns.flatMap(({ name }) => {
    const values = referring.has(name) ? undefined : hints.get(name)?.values
    return values === undefined || values.length === 0
      ? []
      : [{ columns: [name], tuples: values.map((value) => [value]) }]
  })
}

function productOf(
  keys: readonly KeyValues[],
  choices: readonly Choice[],
  random: SeededRandom,
): RowMakerParts['product'] {
  for (const key of keys) {
    const covering = choices.filter(({ columns }) => columns.some((column) => key.columns.includes(column)))
    const covered = new Set(covering.flatMap(({ columns }) => columns))
    const isEmpty = covering.some(({ tuples }) => tuples.length === 0)
    if (isEmpty || !key.columns.every((column) => covered.has(column))) continue
    const all = new ShuffledProduct(
      covering.map(({ tuples }) => tuples.length),
      random,
    )
    return { key, choices: covering, all }
  }
  return undefined
}
