import { setImmediate as nextTurn } from 'node:timers/promises'
import { SeededRandom } from '../demo/seeded-random.ts'
import { OracleError } from '../oracle-error.ts'
import { checkHints } from './check-hints.ts'
import { narrowedHints } from './column-hint.ts'
import type { Row } from './key-text.ts'
import { promptHints } from './prompt-hints.ts'
import { type Query, quotedName } from './query.ts'
import { RowMaker } from './row-maker.ts'
import { sampleHints } from './sample-hints.ts'
import type { TableShape } from './table-shape.ts'

/** What is wanted of one table. */
export interface TableFill {
  readonly table: TableShape
  readonly recordCount: number
  /** In words; empty for no wishes. */
  readonly userPrompt: string
}

const UNIQUE_VIOLATED = 1
const CHECK_VIOLATED = 2290
/** So often a row that the database refuses is tried with other values. */
const MOST_TRIES = 100
/** So many rows are inserted before other connections get their turn. */
const TURN = 50

/**
 * Inserts rows into a table, in the caller's transaction. The same table with the same rows in it gets the same new rows.
 * @param sampleRows - How many of its rows to take for examples.
 */
export async function fillTable(
  { table, recordCount, userPrompt }: TableFill,
  sampleRows: number,
  query: Query,
): Promise<void> {
  const place = `${quotedName(table.owner)}.${quotedName(table.name)}`
  const hints = narrowedHints(
    checkHints(table.checks, table.columns),
    promptHints(userPrompt, table.columns),
    await sampleHints(table, sampleRows, query),
  )
  const { rows } = await query(`SELECT COUNT(*) FROM ${place}`)
  const random = new SeededRandom(seedOf(`${place} ${rows[0]?.[0]} ${userPrompt}`))
  const maker = await RowMaker.open(table, hints, query, random)
  for (let count = 0; count < recordCount; count += 1) {
    if (count % TURN === TURN - 1) await nextTurn()
    maker.add(await insertRow(maker, table, place, query))
  }
}

async function insertRow(maker: RowMaker, table: TableShape, place: string, query: Query): Promise<Row> {
  let row = maker.next()
  for (let left = MOST_TRIES; ; left -= 1) {
    try {
      await insert(row, table, place, query)
      return row
    } catch (error) {
      if (left === 0 || !(error instanceof OracleError)) throw error
      if (error.number === CHECK_VIOLATED) row = maker.withOtherValues(row)
      else if (error.number === UNIQUE_VIOLATED) row = maker.next()
      else throw error
    }
  }
}

async function insert(row: Row, { columns }: TableShape, place: string, query: Query): Promise<void> {
  const names = columns.map(({ name }) => quotedName(name)).join(', ')
  const binds = columns.map((_, index) => `:V${index}`).join(', ')
  const values = columns.map(({ name }, index) => [`V${index}`, row.get(name) ?? null] as const)
  await query(`INSERT INTO ${place} (${names}) VALUES (${binds})`, Object.fromEntries(values))
}

function seedOf(text: string): number {
  let seed = 7
  for (const character of text) seed = (Math.imul(seed, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return seed
}
