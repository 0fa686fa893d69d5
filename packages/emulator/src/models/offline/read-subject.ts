import type { Meaning } from './meanings.ts'
import type { Reading } from './reading.ts'
import type { SchemaGraph } from './schema-graph.ts'
import { NAMING_WORDS, type TableFacts } from './table-facts.ts'

/**
 * Understands `comedies` and `Swedish dramas`: values that name rows of a table by which others are sorted, used as a noun for
 * those others. Says nothing when the question has a noun of its own.
 */
export function readSubject(reading: Reading): void {
  const values = [...reading.open()].flatMap((index) => {
    const value = reading.meaning(index, 'value')
    return value !== undefined && isName(value) ? [{ index, facts: value.facts }] : []
  })
  const tables = new Set(values.map(({ facts }) => facts))
  const isNoun = tables.size > 1 || values.some(({ index }) => reading.isPlural(index))
  if (!isNoun || [...reading.open()].some((index) => reading.noun(index) !== undefined)) return
  const subjects = new Set([...tables].map((facts) => sortedBy(facts, reading.graph)))
  const [subject] = subjects
  if (subjects.size === 1) reading.subject = subject
}

function isName({ facts, column }: Extract<Meaning, { kind: 'value' }>): boolean {
  return facts.display.includes(column) && NAMING_WORDS.includes(column.nameStems.at(-1) ?? '')
}

/** The rows that a table sorts: films for genres. Undefined when they have no names or are of several tables. */
function sortedBy(facts: TableFacts, graph: SchemaGraph): TableFacts | undefined {
  const [nearest] = graph.dependents(facts)
  if (nearest === undefined) return undefined
  if (nearest.display.length > 0) return nearest
  const others = graph.stepsFrom(nearest).flatMap(({ to }) => (to === facts ? [] : [to]))
  return others.length === 1 ? others[0] : undefined
}
