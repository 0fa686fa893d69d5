import type { Aggregate, Direction } from './english.ts'
import type { Measure, Reading } from './reading.ts'
import type { ColumnFacts } from './table-facts.ts'

/** Understands `highest and lowest list price`, and the difference between the two. */
export function readExtremes(reading: Reading): void {
  for (const index of reading.open()) {
    const directions = [reading.role(index, 'rank'), reading.role(index + 2, 'rank')].map((role) => role?.direction)
    const [first, second] = directions
    if (first === undefined || second === undefined || reading.role(index + 1, 'and') === undefined) continue
    const place = reading.nextNoun(index + 3)
    const columns = place === undefined ? undefined : reading.meaning(place, 'columns')
    const column = columns?.columns[0]
    if (place === undefined || columns === undefined || column === undefined) return
    if (!column.isNumber && !column.isDate) return
    const [one, other] = [first, second].map((direction) => extreme(columns.facts, column, direction))
    if (one === undefined || other === undefined) return
    reading.use(index, index + 1, index + 2, place)
    if (reading.role(index - 1, 'difference') === undefined) reading.measures.push(one, other)
    else {
      reading.use(index - 1)
      reading.measures.push({ ...one, expression: { ...one.expression, minus: other.expression } })
    }
    return
  }
}

function extreme(facts: Measure['facts'], column: ColumnFacts, direction: Direction): Measure {
  const aggregate: Aggregate = direction === 'DESC' ? 'MAX' : 'MIN'
  return { facts, expression: { kind: 'aggregate', aggregate, of: { facts, column } } }
}
