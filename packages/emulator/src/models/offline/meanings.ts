import type { Mark } from './marks.ts'
import type { SchemaGraph } from './schema-graph.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'
import type { Candidate } from './vocabulary.ts'

/** What a phrase of the question stands for, once doubts are settled by the rest of the question. */
export type Meaning =
  | { readonly kind: 'table'; readonly facts: TableFacts; readonly through?: TableFacts }
  | { readonly kind: 'columns'; readonly facts: TableFacts; readonly columns: readonly ColumnFacts[] }
  | {
      readonly kind: 'value'
      readonly facts: TableFacts
      readonly column: ColumnFacts
      readonly values: readonly string[]
    }

/** The meanings of the marks, in their order; undefined for marks that name nothing in the schema. */
export function settleMeanings(marks: readonly Mark[], graph: SchemaGraph): (Meaning | undefined)[] {
  const known = new Set<TableFacts>()
  for (const mark of marks) {
    if (mark.kind !== 'thing') continue
    const tables = new Set(mark.candidates.map(({ facts }) => facts))
    if (tables.size === 1) for (const facts of tables) known.add(facts)
  }
  return marks.map((mark, index) => {
    if (mark.kind !== 'thing') return undefined
    const beside = [marks[index - 1], marks[index + 1]].flatMap((neighbour) => onlyTable(neighbour))
    const meaning = bestMeaning(mark.candidates, mark.text, known, beside, graph)
    known.add(meaning.facts)
    return meaning
  })
}

function onlyTable(mark: Mark | undefined): readonly TableFacts[] {
  if (mark?.kind !== 'thing') return []
  const tables = new Set(mark.candidates.map(({ facts }) => facts))
  return tables.size === 1 ? [...tables] : []
}

/** Settles one phrase; `known` are the tables that the question surely names. */
export function bestMeaning(
  candidates: readonly Candidate[],
  text: string,
  known: ReadonlySet<TableFacts>,
  beside: readonly TableFacts[],
  graph: SchemaGraph,
): Meaning {
  const scored = candidates.map((candidate) => {
    const { facts, strength } = candidate
    const distances = [...known].map((table) => graph.distance(table, facts))
    const distance = distances.length === 0 ? 0 : Math.min(4, ...distances)
    const score = strength + (beside.includes(facts) ? 2 : 0) + (known.has(facts) ? 4 : 0) - distance * 1.5
    return { candidate, score: score + finerScore(candidate, text) }
  })
  const best = Math.max(...scored.map(({ score }) => score))
  const winners = scored.filter(({ score }) => score === best).map(({ candidate }) => candidate)
  return asMeaning(winners)
}

function finerScore(candidate: Candidate, text: string): number {
  if (candidate.kind === 'table') return 0.5
  const naming = candidate.facts.display.includes(candidate.column) ? 0.4 : 0
  if (candidate.kind === 'column') return naming
  return naming + (candidate.value === text ? 0.2 : 0)
}

function asMeaning(winners: readonly Candidate[]): Meaning {
  const first = winners[0] as Candidate
  const { facts } = first
  if (first.kind === 'table') {
    return { kind: 'table', facts, ...(first.through === undefined ? {} : { through: first.through }) }
  }
  if (first.kind === 'value') {
    const same = winners.filter((other) => other.kind === 'value' && other.column === first.column)
    return {
      kind: 'value',
      facts,
      column: first.column,
      values: same.map((other) => ('value' in other ? other.value : '')),
    }
  }
  // `name` stands for first and last name together when both of them name a row.
  const together = facts.display.includes(first.column) ? facts.display : [first.column]
  const columns = winners.flatMap((other) =>
    other.kind === 'column' && together.includes(other.column) ? other.column : [],
  )
  return { kind: 'columns', facts, columns }
}
